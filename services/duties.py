"""Open, move and close duties, and lay the ladder of pings that push them."""

from dataclasses import dataclass
from datetime import datetime

from bot.work import Work
from models.duties import (
    Duty,
    DutyEntry,
    EntryKind,
    PingState,
    counted_open_duties,
    drop_pings,
    duty_about,
    overtaken_duties,
    pending_pings,
)
from rules import deadlines
from rules.deadlines import DueRule
from rules.duties import MACHINE, SPECS, DutyAct, DutyKind, DutyState
from services import access, ladders
from services.notices import duties as notices
from services.regulation import calendar, regulation


@dataclass(frozen=True, slots=True)
class NewDuty:
    """What is owed: by a post, or by a person where the act is personal; about which row; until when.

    Exactly one of `due_at` and `rule` is given. Nothing is said of it after `event_at`. `clause` is that of the
    kind's topic unless given.
    """

    kind: DutyKind
    subject_id: int
    what: str
    post_id: int | None = None
    person_id: int | None = None
    superior_id: int | None = None
    due_at: datetime | None = None
    rule: DueRule | None = None
    event_at: datetime | None = None
    clause: str = ""


def open_duty(work: Work, new: NewDuty) -> Duty:
    """Open a duty, or open it anew with new dates; its old pings make way."""
    rules = regulation(work)
    duty = duty_about(work.session, new.kind, new.subject_id)
    if duty is None:
        duty = Duty(
            kind=new.kind,
            subject_id=new.subject_id,
            opened_at=work.now,
            due_at=work.now,
            clause="",
            pack_id="",
            pack_version=0,
        )
        work.session.add(duty)
    duty.what, duty.post_id, duty.person_id, duty.superior_id = new.what, new.post_id, new.person_id, new.superior_id
    duty.clause = new.clause or rules.clause(SPECS[new.kind].topic)
    duty.pack_id, duty.pack_version = rules.pack.id, rules.pack.version
    duty.state, duty.closed_at, duty.event_at = DutyState.OPEN, None, new.event_at
    _set_due(work, duty, new.due_at, new.rule)
    work.session.flush()
    ladders.lay(work, duty)
    return duty


def close_duty(work: Work, kind: DutyKind, subject_id: int, state: DutyState = DutyState.DONE) -> None:
    """The duty is over: nothing more is said about it."""
    duty = duty_about(work.session, kind, subject_id)
    if duty is not None and duty.state in (DutyState.OPEN, DutyState.SUBMITTED):
        close(work, duty, state)


def close(work: Work, duty: Duty, state: DutyState) -> None:
    duty.state, duty.closed_at = state, work.now
    drop_pings(work.session, duty.key)


def close_overtaken(work: Work) -> int:
    """What had to be done before its meeting has no object once the meeting has begun; nobody is told of it."""
    found = overtaken_duties(work.session, work.now)
    for duty in found:
        close(work, duty, MACHINE.next_state(duty.state, DutyAct.MISS))
        work.record("duty.missed", duty)
    return len(found)


def move(
    work: Work,
    duty: Duty,
    *,
    rule: DueRule | None = None,
    due_at: datetime | None = None,
    event_at: datetime | None = None,
    tells: bool = True,
) -> bool:
    """Another due moment; both are kept, and the owner is told once. False where it stays the same.

    `tells` is off where the owner hears of it from another notice.
    """
    before, event_before = duty.due_at, duty.event_at
    duty.event_at = event_at or event_before
    _set_due(work, duty, due_at, rule)
    if duty.due_at == before:
        if duty.event_at != event_before:
            ladders.lay(work, duty)
        return False
    work.session.add(
        DutyEntry(duty_id=duty.key, kind=EntryKind.MOVED, at=work.now, due_before=before, due_after=duty.due_at)
    )
    work.record("duty.moved", duty, before=before.isoformat(), after=duty.due_at.isoformat())
    ladders.lay(work, duty)
    holder = access.owner_of(work, duty)
    if tells and holder is not None:
        work.notify(holder, notices.moved, duty, before)
    return True


def hand_to(work: Work, duty: Duty, post_id: int | None) -> None:
    """Another post owes it from now on; what is still to be said goes to its holder."""
    duty.post_id = post_id
    for ping in pending_pings(work.session, duty.key):
        ping.addressee = ladders.addressee(duty, ping.stage)
    work.record("duty.handed_to", duty, post=post_id)


def push_again(work: Work, duty: Duty) -> None:
    """It is owed again: the ladder goes on from now."""
    duty.closed_at = None
    ladders.lay(work, duty)


def recount(work: Work) -> int:
    """The calendar has changed: move the open duties that it touches, and only those; returns how many."""
    moved = 0
    for duty in counted_open_duties(work.session):
        rule = DueRule.from_json(duty.rule or {})
        moved += move(work, duty, rule=rule)
    return moved


def hush(work: Work, duty: Duty, stage: str) -> None:
    """One rung has lost its sense."""
    for ping in pending_pings(work.session, duty.key):
        if ping.stage == stage:
            ping.state = PingState.DROPPED


def snooze(work: Work, duty: Duty, until: datetime) -> None:
    """Remind the owner again at a moment before it is due."""
    ladders.lay_one(work, duty, "snooze", until)
    work.record("duty.snoozed", duty, until=until.isoformat())


def _set_due(work: Work, duty: Duty, due_at: datetime | None, rule: DueRule | None) -> None:
    if rule is None:
        duty.due_at, duty.rule, duty.is_provisional = due_at or duty.due_at, None, False
        return
    duty.due_at, duty.rule = moment_of(work, rule), rule.as_json()
    duty.is_provisional = deadlines.due(rule, calendar(work)).is_provisional


def moment_of(work: Work, rule: DueRule) -> datetime:
    """When a rule's due day is over, as the calendar and the body's hours stand today."""
    rules = regulation(work)
    ends_at_close = rules.switches["day.end"] == "office_close"
    day = deadlines.due(rule, calendar(work)).day
    return deadlines.due_moment(rule, day, rules.hours, ends_at_close=ends_at_close)
