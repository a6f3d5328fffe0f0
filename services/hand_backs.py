"""*Không thuộc thẩm quyền*: a paper is handed back to the chair through the chief of the Office (Tân Yên 4.a).

The chief has a word, not the decision: he sends it on with a line of his own, or once back to the unit to be said
better. Where he keeps silent it goes to the chair by itself; where nobody is chief, at once.
"""

from dataclasses import dataclass

from bot.work import Work
from models.duties import Duty, duty_about
from models.extensions import HandBack, hand_backs_of, hand_backs_unanswered
from models.people import Role, Unit
from models.tasks import Task, chain_of
from rules import tasks as rules
from rules.deadlines import DueRule
from rules.duties import MACHINE, DutyAct, DutyKind
from rules.errors import N_, DomainError, NotAllowedError, StaleError
from rules.tasks import HAND_BACK, HandBackAct, HandBackState
from services import access, duties, hand_back_cards, people, task_terms, tasks
from services.duties import NewDuty
from services.hand_back_cards import chairs, chiefs
from services.notices import hand_back_lines
from services.notices import hand_backs as notices
from services.regulation import regulation


class NobodyThereError(DomainError):
    code = "nobody_there"
    msgid = N_("{unit} has nobody at present to whom it could be assigned.")


@dataclass(frozen=True, slots=True)
class HandedBack:
    reason: str
    proposed_unit_id: int


def hand_back(work: Work, duty: Duty, said: HandedBack) -> HandBack:
    """Once for each owner, or again where the chief sent it back; late where it was not said on the day of receipt.

    What is said again counts from when it was said first: the day is the head's, not the chief's.
    """
    task = access.load(work, Task, duty.subject_id)
    assignment = chain_of(work.session, task.key)[-1]
    deadline = task_terms.hand_back_deadline(work, assignment)
    if not duty.is_open or deadline is None or hand_back_lines.was_said(work, task):
        raise StaleError()
    earlier = [row for row in hand_backs_of(work.session, task.key) if row.post_id == task.post_id]
    row = HandBack(
        task_id=task.key,
        post_id=task.post_id,
        asked_by_id=access.actor(work).key,
        asked_at=work.now,
        deadline=earlier[0].deadline if earlier else deadline,
        timeliness=earlier[0].timeliness if earlier else task_terms.hand_back_timeliness(work, assignment, deadline),
        reason=said.reason,
        proposed_unit_id=said.proposed_unit_id,
    )
    work.session.add(row)
    work.session.flush()
    work.record("hand_back.asked", row, timeliness=row.timeliness, unit=said.proposed_unit_id)
    # The chief may send it back once; after that the chair hears it in any case.
    if earlier or not _put_before_chief(work, duty, row):
        _put_before_chair(work, duty, row)
    return row


def forward(work: Work, row: HandBack, duty: Duty, opinion: str) -> None:
    """The chief sends it on to the chair, with a line of his own if he likes."""
    row.opinion = opinion
    row.forwarded_by_id = access.actor(work).id
    duties.close_duty(work, DutyKind.FORWARD_HAND_BACK, row.key)
    _put_before_chair(work, duty, row)
    work.record("hand_back.forwarded", row, **({"opinion": work.hashed(opinion)} if opinion else {}))
    hand_back_cards.show(work, row, chiefs(work))


def send_back(work: Work, row: HandBack, duty: Duty, reason: str) -> None:
    """The chief wants it said better; the owner may say it once more, and that goes to the chair."""
    row.state = HAND_BACK.next_state(row.state, HandBackAct.RETURN)
    row.decided_by_id, row.decided_at, row.decision_reason = access.actor(work).id, work.now, reason
    duties.close_duty(work, DutyKind.FORWARD_HAND_BACK, row.key)
    work.record("hand_back.returned", row, reason=work.hashed(reason))
    owner = access.owner_of(work, duty)
    if owner is not None:
        work.notify(owner, notices.sent_back, row, duty)
    hand_back_cards.show(work, row, chiefs(work))


def pass_on_unanswered(work: Work) -> int:
    """The chief kept silent until his moment passed: the chair decides without his word."""
    return sum(_pass_on(work, known) for known in hand_backs_unanswered(work.session, work.now))


def _pass_on(work: Work, known: HandBack) -> bool:
    """Locked in the order of all acts: the task's duty first. False where another was faster."""
    duty = tasks.duty_held(work, known.task_id)
    row = access.load(work, HandBack, known.key)
    of_chief = duty_about(work.session, DutyKind.FORWARD_HAND_BACK, row.key)
    if row.state is not HandBackState.AWAITING_CHIEF or of_chief is None:
        return False
    duties.close(work, of_chief, MACHINE.next_state(of_chief.state, DutyAct.MISS))
    _put_before_chair(work, duty, row)
    work.record("hand_back.passed_on", row)
    hand_back_cards.show(work, row, chiefs(work))
    return True


def reassign(work: Work, row: HandBack, duty: Duty, post_id: int) -> None:
    """Another does it; the first owner stays in the chain."""
    _decide(work, row, HandBackAct.REASSIGN, "")
    tasks.reassign(work, duty, post_id, row.reason)


def to_proposed(work: Work, row: HandBack, duty: Duty) -> None:
    """To the head of the unit that was proposed; raises NobodyThereError."""
    head = tasks.head_of(work, row.proposed_unit_id)
    if head is None:
        raise NobodyThereError(unit=work.session.get_one(Unit, row.proposed_unit_id).name)
    reassign(work, row, duty, head[0].key)


def keep(work: Work, row: HandBack, duty: Duty, reason: str) -> None:
    """It stays where it is, and why."""
    _decide(work, row, HandBackAct.KEEP, reason)
    owner = access.owner_of(work, duty)
    if owner is not None:
        work.notify(owner, notices.kept, row, duty)


def in_sight(work: Work, key: int) -> tuple[HandBack, Duty]:
    """A hand-back with its task's duty, which is locked first; for the chief of the Office and the chair."""
    return _for(work, key, Role.CHIEF_OF_OFFICE, Role.CHAIR)


def to_forward(work: Work, key: int) -> tuple[HandBack, Duty]:
    """For the chief of the Office, or who decides in his place today."""
    return _for(work, key, Role.CHIEF_OF_OFFICE)


def to_decide(work: Work, key: int) -> tuple[HandBack, Duty]:
    """For the chair, or who decides in his place today."""
    return _for(work, key, Role.CHAIR)


def _for(work: Work, key: int, *roles: Role) -> tuple[HandBack, Duty]:
    known = work.session.get(HandBack, key)
    if known is None or not any(access.acts_as(work, access.actor(work), role) for role in roles):
        raise NotAllowedError()
    duty = tasks.duty_held(work, known.task_id)
    return access.load(work, HandBack, key), duty


def _put_before_chief(work: Work, duty: Duty, row: HandBack) -> bool:
    """False where there is no chief, or the paper is his own."""
    asked = chiefs(work)
    post = people.main_post(work, asked[-1]) if asked else None
    if post is None or post.key == row.post_id:
        return False
    duties.open_duty(
        work,
        NewDuty(
            kind=DutyKind.FORWARD_HAND_BACK,
            subject_id=row.key,
            what=duty.what,
            post_id=post.key,
            rule=rules.forward_rule(work.today, regulation(work).switches, regulation(work).hours),
        ),
    )
    for person in asked:
        work.notify(person, notices.card, row, fresh=True)
    return True


def _put_before_chair(work: Work, duty: Duty, row: HandBack) -> None:
    row.state = HAND_BACK.next_state(row.state, HandBackAct.FORWARD)
    row.forwarded_at = work.now
    deciding = chairs(work)
    duties.open_duty(
        work,
        NewDuty(
            kind=DutyKind.DECIDE_HAND_BACK,
            subject_id=row.key,
            what=duty.what,
            person_id=next((person.id for person in deciding), None),
            rule=DueRule(work.today, 1),
        ),
    )
    for person in deciding:
        work.notify(person, notices.card, row, fresh=True)


def _decide(work: Work, row: HandBack, act: HandBackAct, reason: str) -> None:
    row.state = HAND_BACK.next_state(row.state, act)
    row.decided_by_id, row.decided_at, row.decision_reason = access.actor(work).id, work.now, reason
    duties.close_duty(work, DutyKind.DECIDE_HAND_BACK, row.key)
    work.record(f"hand_back.{act.value}", row, **({"reason": work.hashed(reason)} if reason else {}))
    hand_back_cards.show(work, row, [*chairs(work), *chiefs(work)])
