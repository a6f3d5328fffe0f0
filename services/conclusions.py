"""*Giao việc từ kết luận*: the conclusions of a meeting are typed once, and become tasks of posts."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from bot.i18n import _, full_date, local_day, use_language
from bot.work import Work
from models.conclusions import Conclusion, conclusions_of, meetings_to_assign
from models.meetings import Meeting
from models.offices import holders_in
from models.people import Person, Post
from models.tasks import Task
from rules import conclusions as rules
from rules.absence import Rank
from rules.errors import N_, InvalidInputError, NotAllowedError, StaleError
from rules.text import fold
from rules.vietnamese_dates import AmbiguousDateError, parse_date
from services import access, office, people, tasks
from services.notices import words
from services.people import Official
from services.tasks import NewTask

NOBODY = N_("“{letters}” is nobody and no unit of this body")
SEVERAL = N_("“{letters}” may be {names}; please type more of it")
NO_HEAD = N_("{unit} has nobody to whom it could be given")
PAST = N_("{day} is past")
UNCLEAR_DAY = N_("“{text}” may be several days; please write day and month")
LONGEST_NAMES = 3
DOCUMENT_LENGTH = 200


def require_assigner(work: Work) -> Person:
    """Whoever may assign tasks may assign these."""
    person = access.actor(work)
    if not tasks.may_assign(work, person):
        raise NotAllowedError()
    return person


def finished_meeting(work: Work, key: int) -> Meeting:
    """A meeting that has begun: conclusions are typed at its end."""
    require_assigner(work)
    meeting = access.load(work, Meeting, key)
    if work.now < meeting.starts_at:
        raise NotAllowedError()
    return meeting


def read(work: Work, text: str) -> dict[str, Any]:
    """A typed line, its parts understood: content, and of doer, due, result, responsible those that were typed."""
    line = rules.read(text)
    found: dict[str, Any] = {"content": line.content}
    if line.doer:
        found["doer"] = _called(work, line.doer).key
    if line.due:
        found["due"] = _day(work, line.due).isoformat()
    if line.result:
        found["result"] = line.result
    if line.responsible:
        found["responsible"] = _called(work, line.responsible).key
    return found


def _called(work: Work, letters: str) -> Person:
    """A unit by code or name is its head; else a person by letters of the name."""
    wanted = fold(letters)
    units = [unit for unit in office.units(work) if wanted in (fold(unit.code), fold(unit.name))]
    if units:
        head = tasks.head_of(work, units[0].key)
        if head is None:
            raise InvalidInputError(NO_HEAD, unit=units[0].name)
        return head[1]
    found = [each for each in people.officials(work) if wanted in fold(each.person.full_name)]
    exact = [each for each in found if f" {fold(each.person.full_name)} ".endswith(f" {wanted} ")]
    named: Sequence[Official] = exact if len(exact) == 1 else found
    if not named:
        raise InvalidInputError(NOBODY, letters=letters)
    if len(named) > 1:
        names = ", ".join(each.name for each in named[:LONGEST_NAMES])
        raise InvalidInputError(SEVERAL, letters=letters, names=names)
    return named[0].person


def _day(work: Work, text: str) -> date:
    try:
        day = parse_date(text, work.today)
    except AmbiguousDateError:
        raise InvalidInputError(UNCLEAR_DAY, text=text) from None
    if day < work.today:
        raise InvalidInputError(PAST, day=full_date(day))
    return day


def enter(work: Work, meeting: Meeting, typed: Sequence[Mapping[str, Any]]) -> list[Conclusion]:
    """Keep the lines; what is complete becomes a task at once, the rest waits for who and by when."""
    clerk = require_assigner(work)
    kept = []
    for line in typed:
        row = Conclusion(
            meeting_id=meeting.key,
            text=line["content"],
            known={name: value for name, value in line.items() if name != "content"},
            entered_by_id=clerk.key,
            entered_at=work.now,
        )
        work.session.add(row)
        work.session.flush()
        work.record("conclusion.entered", row, meeting=meeting.id, text=work.hashed(row.text))
        kept.append(row)
        if {"doer", "due", "result"} <= row.known.keys():
            assign(work, row, row.known)
    return kept


def open_conclusion(work: Work, key: int) -> tuple[Conclusion, Meeting]:
    """One that is no task yet, held; StaleError where somebody was quicker."""
    require_assigner(work)
    row = access.load(work, Conclusion, key)
    if not row.is_open:
        raise StaleError()
    return row, access.load(work, Meeting, row.meeting_id)


def drop(work: Work, row: Conclusion) -> None:
    """Nothing is to be done about it."""
    row.is_dropped = True
    work.record("conclusion.dropped", row)


def assign(work: Work, row: Conclusion, given: Mapping[str, Any]) -> Task:
    """Its task: of the doer's post, in the name of who presided, answered for by whom it falls to."""
    meeting = access.load(work, Meeting, row.meeting_id)
    doer = access.person(work, given["doer"])
    responsible = given.get("responsible")
    task = tasks.assign(
        work,
        NewTask(
            content=given.get("content") or row.text,
            result=given["result"],
            due_on=date.fromisoformat(given["due"]),
            post_id=_post(work, doer).key,
            responsible_post_id=_post(work, access.person(work, responsible)).key
            if responsible
            else responsible_for(work, doer)[0].key,
            assigner_id=meeting.chair_id,
            document=_source(meeting),
        ),
    )
    row.task_id = task.key
    work.session.flush()
    work.record("conclusion.assigned", row, task=task.id)
    return task


def responsible_for(work: Work, doer: Person) -> tuple[Post, Person]:
    """Where nobody is named, the head of the doer's unit answers (Sơn Dương 5)."""
    post = _post(work, doer)
    if post.rank is Rank.HEAD:
        return post, doer
    return next(
        (row for row in holders_in(work.session, post.unit_id, work.today) if row[0].rank is Rank.HEAD), (post, doer)
    )


def _post(work: Work, person: Person) -> Post:
    post = people.main_post(work, person)
    if post is None:
        raise InvalidInputError(N_("{name} holds no post today."), name=person.full_name)
    return post


def _source(meeting: Meeting) -> str:
    """Kết luận họp giao ban tuần ngày 23/11/2026."""
    # It stands in the register of the body, whoever types it.
    with use_language("vi"):
        told = _("Conclusions of {meeting}, {day}")
        return told.format(meeting=words.small(meeting.title), day=full_date(local_day(meeting.starts_at)))[
            :DOCUMENT_LENGTH
        ]


def standing(work: Work, meeting: Meeting) -> list[tuple[Conclusion, Task | None]]:
    """All that stand, each with the task that it became."""
    rows = conclusions_of(work.session, meeting.key)
    return [(row, work.session.get(Task, row.task_id) if row.task_id else None) for row in rows]


def waiting_meetings(work: Work) -> Sequence[Meeting]:
    """Meetings of which something is still to be given out, the latest first."""
    require_assigner(work)
    return meetings_to_assign(work.session)
