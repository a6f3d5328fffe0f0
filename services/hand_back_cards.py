"""Before whom a paper handed back is: the chief of the Office, then the chair; and its end without a decision."""

from collections.abc import Iterable

from bot.work import Work
from models.extensions import OPEN_HAND_BACKS, HandBack, hand_backs_of
from models.offices import delegate_for, holders_with_role
from models.people import Person, Role
from rules.duties import DutyKind, DutyState
from rules.tasks import HAND_BACK, HandBackAct
from services import duties
from services.notices import hand_backs as notices


def chairs(work: Work) -> list[Person]:
    """Who decides in the chair's place today, and the chair."""
    return _in_office(work, Role.CHAIR)


def chiefs(work: Work) -> list[Person]:
    """Who acts in the place of the chief of the Office today, and the chief."""
    return _in_office(work, Role.CHIEF_OF_OFFICE)


def _in_office(work: Work, role: Role) -> list[Person]:
    found: list[Person] = []
    for person in holders_with_role(work.session, (role,), work.today):
        delegate = delegate_for(work.session, person.key, work.today)
        found += [delegate, person] if delegate else [person]
    return found


def show(work: Work, row: HandBack, people: Iterable[Person]) -> None:
    """Draw the cards anew; who acts sees his own drawn as the answer."""
    acting = work.actor.id if work.actor else None
    for person in {person.key: person for person in people}.values():
        if person.id != acting:
            work.notify(person, notices.card, row)


def void_open(work: Work, task_id: int) -> None:
    """The task is done, or another does it already: there is nothing to decide."""
    for row in hand_backs_of(work.session, task_id):
        if row.state in OPEN_HAND_BACKS:
            had_chair = row.forwarded_at is not None
            row.state = HAND_BACK.next_state(row.state, HandBackAct.VOID)
            for kind in (DutyKind.FORWARD_HAND_BACK, DutyKind.DECIDE_HAND_BACK):
                duties.close_duty(work, kind, row.key, DutyState.VOID)
            work.record("hand_back.void", row)
            show(work, row, [*chiefs(work), *(chairs(work) if had_chair else [])])
