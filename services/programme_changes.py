"""Changes of the work programme: asked by the head of the unit, decided by the chair with one tap (Tân Yên 3.b)."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import col, select

from bot.work import Work
from models.database import lock_for_transaction
from models.offices import delegate_for, delegators_to, holder_of, holders_with_role, posts_of
from models.people import Person, Role
from models.programme import ProgrammeChange, ProgrammeItem, changes_of
from rules.deadlines import DueRule
from rules.duties import DutyKind, DutyState
from rules.errors import N_, DomainError, InvalidInputError, NotAllowedError
from rules.programme import CHANGE, ITEM, ChangeAct, ChangeKind, ChangeState, Ground, ItemAct
from services import access, duties, parties, people, programme
from services.duties import NewDuty
from services.notices import programme as notices
from services.regulation import regulation

# No text says how soon the chair decides; his own reminder comes on these working days.
DECIDE_DAYS = 2

GROUND_MISSING = N_("The programme may be changed on one of the four grounds only.")
TEXTS_MISSING = N_("Reason, necessity and impact must all be given.")
SAME_DAY = N_("This is the present due day. Please give another one.")


class AlreadyAskedError(DomainError):
    code = "already_asked"
    msgid = N_("A change of this item waits for the chair already. Withdraw it before you ask for another.")


@dataclass(frozen=True, slots=True, kw_only=True)
class NewChange:
    """What is asked, as the form gives it."""

    kind: ChangeKind
    reason: str
    ground: Ground | None = None
    necessity: str = ""
    impact: str = ""
    due_on: date | None = None
    content: str = ""
    document: str = ""


def grounds(work: Work) -> list[Ground]:
    """The grounds that the pack in force knows; with none a change is asked freely."""
    return [ground for ground in Ground if regulation(work).rules(ground)]


def wants_three_texts(work: Work) -> bool:
    return regulation(work).rules("programme_reasons")


def ask(work: Work, unit_id: int, item: ProgrammeItem | None, new: NewChange) -> ProgrammeChange:
    """Put a change before the chair; without an item a new one is asked for."""
    _check(work, item, new)
    rules = regulation(work)
    change = ProgrammeChange(
        item_id=item.id if item else None,
        unit_id=unit_id,
        kind=new.kind,
        ground=new.ground,
        reason=new.reason,
        necessity=new.necessity,
        impact=new.impact,
        due_on=new.due_on,
        content=new.content,
        former_due_on=item.due_on if item else None,
        former_content=item.content if item else "",
        document=new.document,
        asked_by_id=access.actor(work).key,
        asked_at=work.now,
        pack_id=rules.pack.id,
        pack_version=rules.pack.version,
    )
    work.session.add(change)
    work.session.flush()
    work.record("programme.change_asked", change, kind=change.kind, ground=change.ground, item=change.item_id)
    _ask_chair(work, change)
    return change


def _check(work: Work, item: ProgrammeItem | None, new: NewChange) -> None:
    known = grounds(work)
    if known and new.ground not in known:
        raise InvalidInputError(GROUND_MISSING)
    if not new.reason or (wants_three_texts(work) and not (new.necessity and new.impact)):
        raise InvalidInputError(TEXTS_MISSING)
    if item is None:
        return
    ITEM.next_state(item.state, ItemAct.DROP)
    if any(change.state is ChangeState.AWAITING_DECISION for change in changes_of(work.session, item.key)):
        raise AlreadyAskedError()
    if new.kind is ChangeKind.DAY and new.due_on == item.due_on:
        raise InvalidInputError(SAME_DAY)


def _ask_chair(work: Work, change: ProgrammeChange) -> None:
    asked = deciders(work, change)
    for person in asked:
        work.notify(person, notices.change_card, change, fresh=True)
    if not asked:
        parties.tell_office(work, notices.change_card, change, fresh=True)
    chairs = holders_with_role(work.session, (Role.CHAIR,), work.today)
    duties.open_duty(
        work,
        NewDuty(
            kind=DutyKind.DECIDE_PROGRAMME,
            subject_id=change.key,
            what=change.former_content or change.content,
            person_id=chairs[0].id if chairs else None,
            rule=DueRule(work.today, DECIDE_DAYS),
            clause=programme.clause_on(work, "programme"),
        ),
    )


def deciders(work: Work, change: ProgrammeChange) -> list[Person]:
    """Whom to ask: the chair of the committee, or who decides in his place today; nobody about his own request."""
    found = []
    for chair in holders_with_role(work.session, (Role.CHAIR,), work.today):
        delegate = delegate_for(work.session, chair.key, work.today)
        found.append(chair if delegate is None or delegate.id == change.asked_by_id else delegate)
    return [person for person in found if person.id != change.asked_by_id]


def to_decide(work: Work, key: int) -> ProgrammeChange:
    """A change that the actor may decide now: as chair or in his place, never his own."""
    change, person = access.load(work, ProgrammeChange, key), access.actor(work)
    stands_in = any(
        people.has_role(work, chair, Role.CHAIR) for chair in delegators_to(work.session, person.key, work.today)
    )
    if change.asked_by_id == person.id or not (stands_in or people.has_role(work, person, Role.CHAIR)):
        raise NotAllowedError()
    return change


def own(work: Work, key: int) -> ProgrammeChange:
    """A change that the actor asked for, or whose unit he answers for; the Office may act in his place."""
    change, person = access.load(work, ProgrammeChange, key), access.actor(work)
    if change.asked_by_id != person.id and not speaks_for(work, person, change.unit_id):
        raise NotAllowedError()
    return change


def speaks_for(work: Work, person: Person, unit_id: int) -> bool:
    """Whether somebody may ask for a unit: who answers for it, or the Office in his place."""
    post = programme.responsible(work, unit_id)
    holder = holder_of(work.session, post.key, work.today) if post else None
    return (holder is not None and holder.id == person.id) or access.is_office(work, person)


def own_unit(work: Work, person: Person) -> int | None:
    """The unit that somebody answers for today."""
    for post in posts_of(work.session, person.key, work.today):
        answers = programme.responsible(work, post.unit_id)
        if answers is not None and answers.id == post.id:
            return post.unit_id
    return None


def grant(work: Work, change: ProgrammeChange) -> None:
    """One tap: the programme is changed, the duty moved; how it was stays with the change."""
    _decide(work, change, ChangeAct.GRANT)
    match change.kind:
        case ChangeKind.DAY:
            assert change.due_on is not None  # the form asks for it
            programme.reschedule(work, _item(work, change), change.due_on, tells=False)
        case ChangeKind.CONTENT:
            programme.reword(work, _item(work, change), change.content)
        case ChangeKind.DROP:
            programme.drop(work, _item(work, change))
        case ChangeKind.ADD:
            _add(work, change)
    _tell(work, change)


def refuse(work: Work, change: ProgrammeChange, reason: str) -> None:
    _decide(work, change, ChangeAct.REFUSE)
    change.decision_reason = reason
    _tell(work, change)


def withdraw(work: Work, change: ProgrammeChange) -> None:
    """Not asked any more; the chair's card says so."""
    change.state = CHANGE.next_state(change.state, ChangeAct.WITHDRAW)
    duties.close_duty(work, DutyKind.DECIDE_PROGRAMME, change.key, DutyState.VOID)
    work.record("programme.change_withdrawn", change)
    for person in deciders(work, change):
        work.notify(person, notices.change_card, change)


def add_document(work: Work, change: ProgrammeChange, document: str) -> None:
    """The number of the letter follows the chat; the chair sees it on his card."""
    change.document = document
    work.record("programme.change_document", change, document=work.hashed(document))
    for person in deciders(work, change):
        work.notify(person, notices.change_card, change)


def _decide(work: Work, change: ProgrammeChange, act: ChangeAct) -> None:
    change.state = CHANGE.next_state(change.state, act)
    change.decided_by_id, change.decided_at = access.actor(work).id, work.now
    duties.close_duty(work, DutyKind.DECIDE_PROGRAMME, change.key)
    work.record(f"programme.change_{act.value}", change, kind=change.kind)


def _item(work: Work, change: ProgrammeChange) -> ProgrammeItem:
    return access.load(work, ProgrammeItem, change.item_id or 0)


def _add(work: Work, change: ProgrammeChange) -> None:
    assert change.due_on is not None  # the form asks for it
    item = ProgrammeItem(code=_new_code(work), content=change.content, unit_id=change.unit_id, due_on=change.due_on)
    work.session.add(item)
    work.session.flush()
    change.item_id = item.id
    programme.open_item(work, item)


def _new_code(work: Work) -> str:
    """BS-2026-1: added in that year, a running number."""
    lock_for_transaction(work.session, "programme code")
    stem = f"BS-{work.today.year}-"
    taken = work.session.exec(select(ProgrammeItem.code).where(col(ProgrammeItem.code).startswith(stem))).all()
    numbers = [int(rest) for rest in (code.removeprefix(stem) for code in taken) if rest.isdecimal()]
    return f"{stem}{max(numbers, default=0) + 1}"


def _tell(work: Work, change: ProgrammeChange) -> None:
    """Who asked, who answers for the unit, and the Office learn it; the chair's other devices show it."""
    post = programme.responsible(work, change.unit_id)
    holder = holder_of(work.session, post.key, work.today) if post else None
    asker = access.person(work, change.asked_by_id)
    told = {person.key: person for person in (asker, holder) if person is not None}
    for person in told.values():
        work.notify(person, notices.decided, change)
    for person in parties.office(work):
        if person.key not in told:
            work.notify(person, notices.decided, change)
    for person in deciders(work, change):
        if person.id != access.actor(work).id:
            work.notify(person, notices.change_card, change)
