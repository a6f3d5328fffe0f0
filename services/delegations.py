"""Who decides in a chair's place (*ủy quyền*): with dates, both included; one step, never a chain."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlmodel import col, or_, select

from bot.i18n import full_date
from bot.work import Work
from models.meetings import Meeting, MeetingState
from models.offices import posts_of
from models.people import Delegation, Person, Role
from rules.errors import N_, DomainError, NotAllowedError
from services import people
from services.notices import delegations as notices
from services.people import Official


class DelegationError(DomainError):
    """Nobody may decide in somebody's place like this; the text says why."""

    code = "delegation"

    def __init__(self, msgid: str, **fields: object) -> None:
        super().__init__(**fields)
        self.msgid = msgid


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDelegation:
    """Both days are included."""

    from_person: Person
    to_person: Person
    from_on: date
    to_on: date
    document: str = ""


def may_delegate_for(work: Work, person: Person, chair: Person) -> bool:
    """Chairs for themselves, the Office for every chair."""
    if people.has_role(work, person, *people.OFFICE, Role.ADMIN):
        return True
    return person.id == chair.id and is_chair(work, person)


def is_chair(work: Work, person: Person) -> bool:
    """Whether decisions may be his: by his role, or because he presides over a coming meeting."""
    return people.has_role(work, person, *people.LEADERS) or person.id in _presiding(work)


def _presiding(work: Work) -> set[int | None]:
    coming = select(Meeting.chair_id).where(col(Meeting.ends_at) > work.now, Meeting.state == MeetingState.PLANNED)
    return set(work.session.exec(coming).all())


def chairs(work: Work) -> list[Official]:
    """All whose decisions somebody else may take."""
    presiding = _presiding(work)
    return [
        official
        for official in people.officials(work)
        if official.post.has_role(*people.LEADERS) or official.person.id in presiding
    ]


def delegate(work: Work, new: NewDelegation) -> Delegation:
    """Let somebody decide in a chair's place; raises DelegationError where that would be a chain or overlap."""
    if work.actor is not None and not may_delegate_for(work, work.actor, new.from_person):
        raise NotAllowedError()
    _check(work, new)
    row = Delegation(
        from_person_id=new.from_person.key,
        to_person_id=new.to_person.key,
        from_on=new.from_on,
        to_on=new.to_on,
        document=new.document,
    )
    work.session.add(row)
    work.session.flush()
    work.record(
        "delegation.made", row, chair=row.from_person_id, delegate=row.to_person_id,
        from_on=row.from_on.isoformat(), to_on=row.to_on.isoformat(), document=work.hashed(row.document),
    )  # fmt: skip
    if row.to_on >= work.today:
        _tell(work, row, notices.delegated)
    return row


def end_delegation(work: Work, row: Delegation) -> None:
    """From now on the chair decides himself again; what was decided stays decided."""
    chair = work.session.get_one(Person, row.from_person_id)
    if work.actor is not None and not may_delegate_for(work, work.actor, chair):
        raise NotAllowedError()
    if row.to_on < work.today:
        raise DelegationError(N_("This delegation is over already."))
    work.record("delegation.ended", row, chair=row.from_person_id, delegate=row.to_person_id)
    _tell(work, row, notices.delegation_ended)
    if row.from_on >= work.today:
        work.session.delete(row)
    else:
        row.to_on = work.today - timedelta(days=1)
    work.session.flush()


def coming_delegations(work: Work, chair: Person | None = None) -> Sequence[Delegation]:
    """Delegations that are not over, of one chair or of all, nearest first."""
    query = select(Delegation).where(col(Delegation.to_on) >= work.today)
    if chair is not None:
        query = query.where(Delegation.from_person_id == chair.key)
    return work.session.exec(query.order_by(col(Delegation.from_on), col(Delegation.id))).all()


def delegation(work: Work, key: int) -> Delegation:
    """One that the actor may end; raises NotAllowedError."""
    row = work.session.get(Delegation, key)
    chair = work.session.get(Person, row.from_person_id) if row else None
    if row is None or chair is None or work.actor is None or not may_delegate_for(work, work.actor, chair):
        raise NotAllowedError()
    return row


def _check(work: Work, new: NewDelegation) -> None:
    if new.from_person.id == new.to_person.id:
        raise DelegationError(N_("Nobody decides in his own place. Please choose another person."))
    if new.to_on < new.from_on:
        raise DelegationError(N_("The last day comes before the first day."))
    if not posts_of(work.session, new.to_person.key, max(new.from_on, work.today)):
        raise DelegationError(N_("{name} holds no post on that day."), name=new.to_person.full_name)
    for row in _sharing_days(work, new):
        raise DelegationError(_objection(row, new), **_described(work, row))


def _sharing_days(work: Work, new: NewDelegation) -> Sequence[Delegation]:
    """What stands in the way in those days: his own delegations, and both ends of a chain."""
    return work.session.exec(
        select(Delegation)
        .where(
            col(Delegation.from_on) <= new.to_on,
            col(Delegation.to_on) >= new.from_on,
            or_(
                Delegation.from_person_id == new.from_person.key,
                Delegation.to_person_id == new.from_person.key,
                Delegation.from_person_id == new.to_person.key,
            ),
        )
        .order_by(col(Delegation.from_on), col(Delegation.id))
    ).all()


def _objection(row: Delegation, new: NewDelegation) -> str:
    if row.from_person_id == new.from_person.id:
        return N_("{delegate} decides in the place of {chair} from {from_on} to {to_on} already. End that first.")
    if row.to_person_id == new.from_person.id:
        return N_("{delegate} decides in the place of {chair} from {from_on} to {to_on} and may not pass that on.")
    return N_("{chair} has himself given his decisions to {delegate} from {from_on} to {to_on}.")


def _described(work: Work, row: Delegation) -> dict[str, str]:
    chair, deputy = work.session.get_one(Person, row.from_person_id), work.session.get_one(Person, row.to_person_id)
    return {
        "chair": chair.full_name,
        "delegate": deputy.full_name,
        "from_on": full_date(row.from_on),
        "to_on": full_date(row.to_on),
    }


def _tell(work: Work, row: Delegation, notice: notices.DelegationNotice) -> None:
    """Both are told, but not the one who did it himself."""
    chair, deputy = work.session.get_one(Person, row.from_person_id), work.session.get_one(Person, row.to_person_id)
    for person in (chair, deputy):
        if work.actor is None or person.id != work.actor.id:
            work.notify(person, notice, chair, deputy, row)
