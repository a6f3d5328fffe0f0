"""What is put before a meeting: items are added, changed, taken off, and follow their meeting; papers are returned."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import col, select

from bot.work import Work
from models.agenda import AgendaItem, OpinionAsked, has_ruled, items_of, opinions_on
from models.database import lock_for_transaction
from models.duties import Duty, duty_about
from models.meetings import Meeting, papers_about
from models.people import Unit
from rules.duties import DutyKind, DutyState
from rules.errors import NotAllowedError
from rules.meetings import MeetingOverError
from rules.papers import Flaw, ItemState, Late
from services import access, late_papers, papers, results
from services.notices import papers as notices


@dataclass(frozen=True, slots=True)
class ItemDetails:
    """An item as the Office gives it; without a code it gets one of its meeting."""

    meeting_id: int
    title: str
    unit_id: int
    opinion_unit_ids: Sequence[int] = ()
    code: str = ""


def add(work: Work, details: ItemDetails) -> tuple[AgendaItem, list[Duty]]:
    """Put an item on the list; returns the duties, of which their owners are still to be told (`papers.ask`)."""
    meeting = _coming(work, details.meeting_id)
    item = AgendaItem(
        code=details.code or _new_code(work, meeting),
        meeting_id=meeting.key,
        title=details.title,
        unit_id=details.unit_id,
        created_at=work.now,
    )
    work.session.add(item)
    work.session.flush()
    work.record("agenda.added", item, meeting=meeting.id, unit=item.unit_id)
    _hear(work, item, details.opinion_unit_ids)
    return item, papers.arrange(work, item)


def change(work: Work, item: AgendaItem, details: ItemDetails) -> list[Duty]:
    """Bring an item in line with what the Office gives; returns the duties that are new.

    A decision of the chair stands: what he dropped stays off, what he postponed stays where he put it.
    """
    if item.state is not ItemState.PLANNED:
        return []
    is_settled = has_ruled(work.session, item.key, details.meeting_id, Late.POSTPONED)
    meeting_id = item.meeting_id if is_settled else details.meeting_id
    heard = {asked.unit_id for asked in opinions_on(work.session, item.key)}
    wanted = (meeting_id, details.title, details.unit_id, set(details.opinion_unit_ids))
    if (item.meeting_id, item.title, item.unit_id, heard) == wanted:
        return []
    _coming(work, meeting_id)
    item.meeting_id, item.title, item.unit_id = meeting_id, details.title, details.unit_id
    for paper in papers_about(work.session, item.key):
        paper.meeting_id = meeting_id
    _hear(work, item, details.opinion_unit_ids)
    work.record("agenda.changed", item, meeting=meeting_id, unit=item.unit_id)
    new = papers.arrange(work, item)
    late_papers.follow(work, item)
    return new


def remove(work: Work, item: AgendaItem) -> None:
    """The Office takes an item off; who owes something for it is told."""
    access.require_office(work)
    if item.state is not ItemState.PLANNED:
        raise NotAllowedError()
    _coming(work, item.meeting_id)
    item.state = ItemState.REMOVED
    work.session.flush()
    work.record("agenda.removed", item)
    papers.release(work, item)


def follow(work: Work, meeting: Meeting) -> None:
    """The meeting was changed or called off: what is owed for its items moves, or falls away."""
    new: list[Duty] = []
    for item in items_of(work.session, meeting.key):
        new += papers.arrange(work, item)
        late_papers.follow(work, item)
    papers.ask(work, new)


def return_papers(work: Work, item: AgendaItem, flaws: Sequence[Flaw], remark: str) -> None:
    """The Office, or a unit that was heard, sends papers back (Sơn Dương 8): they are owed again."""
    duty = duty_about(work.session, DutyKind.PAPERS, item.key)
    if duty is None or not may_return(work, item):
        raise NotAllowedError()
    meeting = _coming(work, item.meeting_id)
    results.give_back(work, duty, notices.flaws_in_words(work, flaws, remark))
    work.record("papers.returned", item, flaws=[flaw.value for flaw in flaws])
    for paper in papers_about(work.session, item.key):
        work.session.delete(paper)
    owner = papers.submitter(work, item)
    for person in papers.watchers(work, item, meeting):
        if person.id != access.actor(work).id and person is not owner:
            work.notify(person, notices.returned, item, meeting, flaws, remark)


def may_return(work: Work, item: AgendaItem) -> bool:
    """Whether papers that have come may be sent back by the actor."""
    duty = duty_about(work.session, DutyKind.PAPERS, item.key)
    meeting = work.session.get_one(Meeting, item.meeting_id)
    if duty is None or duty.state is not DutyState.DONE or item.state is not ItemState.PLANNED:
        return False
    heads = [papers.head_of(work, asked.unit_id) for asked in opinions_on(work.session, item.key)]
    person = access.actor(work)
    return meeting.starts_at > work.now and (access.is_office(work, person) or person in heads)


def _coming(work: Work, meeting_id: int) -> Meeting:
    meeting = work.session.get_one(Meeting, meeting_id)
    if not papers.is_coming(work, meeting):
        raise MeetingOverError()
    return meeting


def _new_code(work: Work, meeting: Meeting) -> str:
    """GB-2026-48/1: the meeting and a running number."""
    lock_for_transaction(work.session, "agenda code")
    stem = f"{meeting.code}/"
    taken = work.session.exec(select(AgendaItem.code).where(col(AgendaItem.code).startswith(stem))).all()
    numbers = [int(rest) for rest in (code.removeprefix(stem) for code in taken) if rest.isdecimal()]
    return f"{stem}{max(numbers, default=0) + 1}"


def _hear(work: Work, item: AgendaItem, unit_ids: Sequence[int]) -> None:
    """Which units are to be heard; the one that submits is none of them."""
    wanted = [unit_id for unit_id in dict.fromkeys(unit_ids) if unit_id != item.unit_id]
    rows = work.session.exec(select(OpinionAsked).where(OpinionAsked.item_id == item.key)).all()
    for row in rows:
        duty = duty_about(work.session, DutyKind.OPINION, row.key)
        if duty is not None and row.unit_id not in wanted:
            papers.cancel(work, [duty])
        row.is_withdrawn = row.unit_id not in wanted
    known = {row.unit_id for row in rows}
    work.session.add_all(OpinionAsked(item_id=item.key, unit_id=key) for key in wanted if key not in known)
    work.session.flush()


def units(work: Work) -> list[Unit]:
    """Those that can submit something or be heard: somebody answers for them."""
    found = work.session.exec(select(Unit).order_by(col(Unit.id))).all()
    return [unit for unit in found if papers.head_of(work, unit.key) is not None]
