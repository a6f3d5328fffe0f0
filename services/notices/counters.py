"""What is said of counters: to the person one before the consequence, to internal affairs when it is reached."""

from collections.abc import Sequence

from markupsafe import Markup

from bot.buttons import token
from bot.i18n import _, local_day, short_date
from bot.messages import Message, Row, button, html, lines
from bot.work import Work
from models.meetings import Meeting
from models.people import Person
from models.tasks import Task, TaskFailure
from rules.attendance import Status
from rules.deadlines import named_day
from rules.reminders import Step
from services.notices import tasks as task_notices
from services.notices import words
from services.notices.attendance import status_words

# So many are told one by one, the latest.
LISTED = 8


def faults(
    work: Work,
    reader: Person,
    person: Person,
    cases: Sequence[tuple[Meeting, Sequence[Status]]],
    threshold: int,
    step: Step,
) -> Message:
    """Faults of attendance in a year."""
    told = [
        html(
            "– {day}, {meeting}: {faults}",
            day=short_date(local_day(meeting.starts_at)),
            meeting=meeting.title,
            faults=", ".join(map(status_words, statuses)),
        )
        for meeting, statuses in cases
    ]
    title = _("Faults of attendance in the year {year}: {count}")
    title = title.format(year=local_day(cases[-1][0].starts_at).year, count=len(cases))
    own = (button(_("My attendance"), token("attendance.mine")),)
    return _message(work, title, told, person, threshold, step, own)


def failures(
    work: Work, reader: Person, person: Person, cases: Sequence[tuple[TaskFailure, Task]], threshold: int, step: Step
) -> Message:
    """Tasks confirmed as not done in a year."""
    told = [
        html(
            "– {content}, {due}: {cause}",
            content=task.content if len(task.content) <= 80 else f"{task.content[:79]}…",
            due=_("due {day}").format(day=short_date(named_day(failure.due_at))),
            cause=task_notices.cause(failure.cause),
        )
        for failure, task in cases
    ]
    title = _("Tasks confirmed as not done in the year {year}: {count}")
    title = title.format(year=named_day(cases[-1][0].due_at).year, count=len(cases))
    return _message(work, title, told, person, threshold, step, ())


def _message(
    work: Work, title: str, told: Sequence[Markup], person: Person, threshold: int, step: Step, own: Row
) -> Message:
    """Who is warned may look at his record; internal affairs get the list."""
    is_warning = step is Step.WARN
    consequence = _("From the case number {threshold} on internal affairs get the list, for the yearly rating.")
    text = lines(
        html("<b>{title}</b>", title=title),
        None if is_warning else html("{who}", who=words.capital(words.named(work, person))),
        _("{number} earlier ones are not shown.").format(number=len(told) - LISTED) if len(told) > LISTED else None,
        *told[-LISTED:],
        consequence.format(threshold=threshold) if is_warning else _("For consideration in the yearly rating."),
        words.cite(work, "rating"),
    )
    return Message(text, (own,) if is_warning and own else ())
