"""Ready answers: proposed by a team's member, approved by its leader or the Office, withdrawn by themselves."""

from dataclasses import dataclass
from datetime import date

from bot.work import Work
from models.hotline import Ticket
from models.hotline_directory import hotlines
from models.offices import holder_of
from models.people import Person
from models.ready_answers import ReadyAnswer, ending, kept, over, usable
from rules.errors import N_, DomainError, NotAllowedError, StaleError
from rules.ready_answers import LONGEST, MACHINE, AnswerAct, AnswerState, renewed_until
from services import access, hotline_people, hotline_team
from services.notices import ready_answers as notices
from services.regulation import calendar, regulation


class ShelfLifeError(DomainError):
    code = "ready_answer_shelf_life"
    msgid = N_("A ready answer is valid for a year at most, and not for a day that has passed.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What is proposed for a unit's team."""

    unit_id: int
    text: str
    basis: str
    valid_until: date
    procedure_id: int | None = None


def propose(work: Work, new: Proposal) -> ReadyAnswer:
    """Lưu làm câu trả lời mẫu: whoever is in the team; he keeps it, its leader decides."""
    person = access.actor(work)
    post_id = hotline_people.post_in_team(work, person, new.unit_id)
    if post_id is None:
        raise NotAllowedError()
    if not work.today <= new.valid_until <= work.today + LONGEST:
        raise ShelfLifeError()
    answer = ReadyAnswer(
        unit_id=new.unit_id,
        owner_post_id=post_id,
        procedure_id=new.procedure_id,
        text=new.text,
        basis=new.basis,
        valid_until=new.valid_until,
        term=(new.valid_until - work.today).days,
        proposed_at=work.now,
    )
    work.session.add(answer)
    work.session.flush()
    work.record("ready_answer.proposed", answer, unit=new.unit_id, procedure=new.procedure_id, **_hashes(work, answer))
    _ask_leader(work, answer)
    return answer


def _hashes(work: Work, answer: ReadyAnswer) -> dict[str, str]:
    return {"text": work.hashed(answer.text), "basis": work.hashed(answer.basis)}


def _ask_leader(work: Work, answer: ReadyAnswer) -> None:
    for leader, _post in hotline_people.leaders(work, answer.unit_id):
        if leader.id != access.actor(work).id:
            work.notify(leader, notices.card, answer, fresh=True)


def units_of(work: Work) -> list[int]:
    """Whose ready answers the actor reads: of his teams, of all communes for the Office."""
    person = access.actor(work)
    if access.is_office(work, person):
        return [unit.key for _hotline, unit in hotlines(work.session)]
    return [unit.key for unit in hotline_team.teams_of(work, person)]


def listed(work: Work) -> list[ReadyAnswer]:
    return list(kept(work.session, units_of(work)))


def in_sight(work: Work, key: int) -> ReadyAnswer:
    answer = access.load(work, ReadyAnswer, key)
    if answer.unit_id not in units_of(work):
        raise NotAllowedError()
    return answer


def _act(work: Work, key: int, act: AnswerAct, *, allowed: bool) -> ReadyAnswer:
    if not allowed:
        raise NotAllowedError()
    answer = access.load(work, ReadyAnswer, key)
    answer.state = MACHINE.next_state(answer.state, act)
    return answer


def approve(work: Work, key: int) -> ReadyAnswer:
    """The leader lets his commune use it, the Office all communes."""
    answer, person = in_sight(work, key), access.actor(work)
    is_shared = access.is_office(work, person)
    act = AnswerAct.SHARE if is_shared else AnswerAct.APPROVE
    _act(work, key, act, allowed=hotline_people.approves(work, person, answer.unit_id))
    if answer.valid_until < work.today:
        raise ShelfLifeError()
    answer.is_shared = answer.is_shared or is_shared
    answer.decided_by_id, answer.decided_at = person.id, work.now
    work.record("ready_answer.approved", answer, shared=answer.is_shared)
    _tell_owner(work, answer)
    return answer


def decline(work: Work, key: int, reason: str) -> ReadyAnswer:
    answer, person = in_sight(work, key), access.actor(work)
    _act(work, key, AnswerAct.DECLINE, allowed=hotline_people.approves(work, person, answer.unit_id))
    answer.decided_by_id, answer.decided_at = person.id, work.now
    work.record("ready_answer.declined", answer, reason=work.hashed(reason))
    _tell_owner(work, answer, reason)
    return answer


def renew(work: Work, key: int) -> ReadyAnswer:
    """As long as at first, from today; one whose shelf life had ended waits for approval anew."""
    answer = in_sight(work, key)
    _act(work, key, AnswerAct.RENEW, allowed=notices.may_keep(work, access.actor(work), answer))
    answer.valid_until, answer.reminded_at = renewed_until(work.today, answer.term), None
    work.record("ready_answer.renewed", answer, until=answer.valid_until.isoformat())
    if answer.state is AnswerState.PROPOSED:
        _ask_leader(work, answer)
    return answer


def withdraw(work: Work, key: int) -> ReadyAnswer:
    answer = in_sight(work, key)
    _act(work, key, AnswerAct.WITHDRAW, allowed=notices.may_keep(work, access.actor(work), answer))
    work.record("ready_answer.withdrawn", answer)
    _tell_owner(work, answer)
    return answer


def _tell_owner(work: Work, answer: ReadyAnswer, reason: str = "") -> None:
    """Whoever holds the owner's post, or else the leader; not whoever did it himself."""
    for person in _keepers(work, answer):
        if work.actor is None or person.id != work.actor.id:
            work.notify(person, notices.card, answer, reason=reason, fresh=True)


def _keepers(work: Work, answer: ReadyAnswer) -> list[Person]:
    owner = holder_of(work.session, answer.owner_post_id, work.today)
    return [owner] if owner else [leader for leader, _post in hotline_people.leaders(work, answer.unit_id)]


def fitting(work: Work, ticket: Ticket) -> list[ReadyAnswer]:
    """What may be used for a question now: of its procedure first, then of none, then the others."""
    found = usable(work.session, ticket.unit_id, work.today)
    return sorted(found, key=lambda one: (one.procedure_id != ticket.procedure_id, one.procedure_id is not None))


def use(work: Work, ticket: Ticket, key: str) -> ReadyAnswer:
    """The one that an answer begins with; raises StaleError for one that may be used no more."""
    found = next((one for one in fitting(work, ticket) if str(one.id) == key), None)
    if found is None:
        raise StaleError()
    work.record("ready_answer.used", found, ticket=ticket.id)
    return found


def look_after(work: Work) -> int:
    """Withdraw what is over, tell the owners, and remind those of what ends soon; in office hours, each once."""
    if not regulation(work).hours.is_open(work.now, calendar(work)):
        return 0
    ended = over(work.session, work.today)
    for answer in ended:
        answer.state = MACHINE.next_state(answer.state, AnswerAct.EXPIRE)
        work.record("ready_answer.expired", answer)
        _tell_owner(work, answer)
    soon = ending(work.session, work.today)
    for answer in soon:
        answer.reminded_at = work.now
        _tell_owner(work, answer)
    return len(ended) + len(soon)
