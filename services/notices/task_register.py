"""What the Office sees of the month's tasks: how many are in the system, and what wants a look before it confirms."""

from collections.abc import Iterable, Sequence

from markupsafe import Markup

from bot.buttons import token
from bot.i18n import _, local_day, short_date, use_language
from bot.messages import Message, Row, Style, button, column, html, lines
from bot.work import Work
from models.duties import Duty
from models.meetings import Meeting
from models.periodic import Periodic
from models.tasks import Task
from services.notices import duties, words
from services.task_register import Check

# Of each list so many are named; `/nhiemvu` and `/hop` have all.
NAMED = 4


def card(work: Work, turn: Periodic, duty: Duty, found: Check) -> Message:
    """The month as it stands, each gap with where it is closed, and one tap to confirm."""
    text = lines(
        html("<b>{name}</b>", name=duties.name(duty)),
        html("{due}", due=words.capital(duties.state_words(work, duty) or duties.due_words(work, duty))),
        _("Tasks in the system: {count}").format(count=len(found.given)),
        *_gaps(found),
        _("Classified content is never entered here."),
        duties.cite(work, duty),
    )
    return Message(text, _rows(duty, turn, found), card=f"duty:{duty.id}", fresh=True)


def _gaps(found: Check) -> list[Markup]:
    told = [
        (_("conclusions that are no task yet"), [_counted(*row) for row in found.unassigned]),
        (_("nobody holds the post that does it"), [_task(task) for task in found.vacant]),
        (_("nobody named by a contributing unit"), [f"{_task(task)} – {unit}" for task, unit in found.unnamed]),
        (_("without the number of a document"), [task.code for task in found.undocumented]),
        (_("meetings without a conclusion typed"), [_meeting(meeting) for meeting in found.unheard]),
    ]
    listed = [
        html("– {what} ({count}): {names}", what=what, count=len(names), names=_some(names))
        for what, names in told
        if names
    ]
    return (
        [html("<b>{title}</b>", title=_("To be looked at:")), *listed]
        if listed
        else [Markup.escape(_("Nothing is wanting."))]
    )


def _some(names: Sequence[str]) -> str:
    more = len(names) - NAMED
    rest = [_("{number} more").format(number=more)] if more > 0 else []
    return "; ".join([*names[:NAMED], *rest])


def _task(task: Task) -> str:
    return f"{task.code} {task.content[:60]}"


def _meeting(meeting: Meeting) -> str:
    return f"{meeting.title} {short_date(local_day(meeting.starts_at))}"


def _counted(meeting: Meeting, count: int) -> str:
    return f"{_meeting(meeting)} ({count})"


def _rows(duty: Duty, turn: Periodic, found: Check) -> tuple[Row, ...]:
    """Where gaps are closed, and the confirmation while it is owed."""
    if not duty.is_open:
        return ()
    meetings: Iterable[Meeting] = [meeting for meeting, _count in found.unassigned[:NAMED]]
    buttons = [
        button(
            _("Assign: {meeting}").format(meeting=words.meeting_in_short(meeting)),
            token("conclusions.list", meeting.id),
        )
        for meeting in meetings
    ]
    buttons.append(button(_("Assign a task"), token("/giaoviec")))
    buttons.append(button(_("Confirm: complete"), token("register.confirm", turn.id), Style.SUCCESS))
    return column(*buttons)


def in_short(found: Check) -> str:
    """For the record, in the language of the body: what was still wanting when it was confirmed."""
    with use_language("vi"):
        counts = [
            (_("conclusions that are no task yet"), sum(count for _meeting, count in found.unassigned)),
            (_("nobody holds the post that does it"), len(found.vacant)),
            (_("nobody named by a contributing unit"), len(found.unnamed)),
        ]
        wanting = "; ".join(f"{what}: {count}" for what, count in counts if count)
        told = _("Tasks in the system: {count}").format(count=len(found.given))
        return f"{told}; {wanting}" if wanting else told
