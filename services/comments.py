"""Opinions on drafts (*góp ý dự thảo*): asked with a date, owed by each unit, put together for whoever asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.messages import Attachment
from bot.work import Work
from models.comments import CommentAsked, CommentRequest, asked_on
from models.duties import Duty, DutyEntry, last_result
from models.people import Person, Unit
from rules.duties import MACHINE, DutyAct, DutyKind, DutyState
from rules.errors import NotAllowedError, StaleError
from rules.papers import NobodyInUnitError
from rules.tasks import due_rule
from services import access, duties, people, programme_changes, tasks
from services.duties import NewDuty
from services.notices import comments as notices
from services.regulation import regulation


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRequest:
    """What is asked: `outside` names another body, for which the Office asks."""

    title: str
    due_on: date
    unit_ids: Sequence[int]
    document: str = ""
    outside: str = ""
    file_id: int | None = None


def own_unit(work: Work, person: Person) -> int | None:
    """For which unit somebody asks: the one that he answers for, the Office for itself."""
    own = programme_changes.own_unit(work, person)
    if own is not None or not access.is_office(work, person):
        return own
    post = people.main_post(work, person)
    return post.unit_id if post else None


def ask(work: Work, new: NewRequest) -> CommentRequest:
    """Each unit's head owes its opinion by the day, and is told with the draft."""
    person = access.actor(work)
    unit_id = own_unit(work, person)
    if unit_id is None or (new.outside and not access.is_office(work, person)):
        raise NotAllowedError()
    request = CommentRequest(
        title=new.title,
        unit_id=unit_id,
        outside=new.outside,
        document=new.document,
        file_id=new.file_id,
        due_on=new.due_on,
        asked_by_id=person.key,
        asked_at=work.now,
    )
    work.session.add(request)
    work.session.flush()
    work.record("comments.asked", request, units=list(new.unit_ids), due=new.due_on.isoformat())
    for key in new.unit_ids:
        _ask_unit(work, request, access.load(work, Unit, key))
    return request


def _ask_unit(work: Work, request: CommentRequest, unit: Unit) -> None:
    head = tasks.head_of(work, unit.key)
    if head is None:
        raise NobodyInUnitError(unit=unit.name)
    asked = CommentAsked(request_id=request.key, unit_id=unit.key)
    work.session.add(asked)
    work.session.flush()
    new = NewDuty(
        kind=DutyKind.COMMENT,
        subject_id=asked.key,
        what=request.title,
        post_id=head[0].key,
        superior_id=request.asked_by_id,
        rule=due_rule(request.due_on),
        clause=_clause(work, request),
    )
    duty = duties.open_duty(work, new)
    file = Attachment(request.file_id, work.file_name(request.file_id)) if request.file_id else None
    work.notify(head[1], notices.asked, duty, request, file)


def _clause(work: Work, request: CommentRequest) -> str:
    """Tân Yên 4.b on drafts from above, 4.c on those of another sector; else the general duty."""
    return regulation(work).clause("comment" if request.outside else "comment_sector", "task")


def given(work: Work, duty: Duty, entry: DutyEntry) -> None:
    """*Đã xong* on it: whoever asked reads it at once."""
    asked = work.session.get_one(CommentAsked, duty.subject_id)
    request = work.session.get_one(CommentRequest, asked.request_id)
    asker = access.person(work, duty.superior_id or request.asked_by_id)
    if asker != work.actor:
        unit = work.session.get_one(Unit, asked.unit_id)
        file = Attachment(entry.file_id, work.file_name(entry.file_id)) if entry.file_id else None
        work.notify(asker, notices.given, request, unit, duty, entry, file)


def in_sight(work: Work, key: int) -> CommentRequest:
    """A request of the actor's own unit; the Office and the leaders see all."""
    request, person = access.load(work, CommentRequest, key), access.actor(work)
    if own_unit(work, person) != request.unit_id and not sees_all(work, person):
        raise NotAllowedError()
    return request


def sees_all(work: Work, person: Person) -> bool:
    return people.has_role(work, person, *access.OFFICE_ROLES, *people.LEADERS)


def may_change(work: Work, request: CommentRequest) -> bool:
    """Whoever may ask in that unit's name, as long as it runs; the Office always."""
    person = access.actor(work)
    return request.closed_at is None and (own_unit(work, person) == request.unit_id or access.is_office(work, person))


def to_change(work: Work, key: int) -> CommentRequest:
    request = in_sight(work, key)
    if not may_change(work, request):
        raise StaleError()
    return request


def move(work: Work, request: CommentRequest, due_on: date) -> None:
    """Another day: whoever has not answered yet is told once, from which day to which."""
    request.due_on = due_on
    work.record("comments.moved", request, due=due_on.isoformat())
    for _asked, _unit, duty in asked_on(work.session, request.key):
        if duty.state is DutyState.OPEN:
            duties.move(work, duty, rule=due_rule(due_on))


def ask_more(work: Work, request: CommentRequest, unit_ids: Sequence[int]) -> None:
    """Other units as well, by the same day; one that was asked already is not asked twice."""
    known = {unit.key for _asked, unit, _duty in asked_on(work.session, request.key)}
    new = [key for key in unit_ids if key not in known]
    work.record("comments.asked_more", request, units=new)
    for key in new:
        _ask_unit(work, request, access.load(work, Unit, key))


def close(work: Work, request: CommentRequest) -> None:
    """Nothing more is waited for: what has not come by its day is missed, what was not due yet is asked no more."""
    request.closed_at = work.now
    for _asked, _unit, duty in asked_on(work.session, request.key):
        if duty.state is DutyState.OPEN:
            act = DutyAct.MISS if duty.due_at <= work.now else DutyAct.CANCEL
            duties.close(work, duty, MACHINE.next_state(duty.state, act))
    work.record("comments.closed", request)


def compiled(work: Work, request: CommentRequest) -> Attachment:
    """All opinions in a table, late and missing ones too."""
    # openpyxl is loaded with the first workbook, not at the start.
    from reports import comments

    rows = []
    for _asked, unit, duty in asked_on(work.session, request.key):
        entry = last_result(work.session, duty.key) if duty.state is DutyState.DONE else None
        rows.append(comments.Row(unit.name, *notices.cells(duty, entry)))
    return work.attach(f"gop-y-{request.key}.xlsx", comments.table(request.title, rows))
