"""Open, move and close duties, and lay the ladder of pings that push them."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel import select

from bot.i18n import local_day
from bot.work import Work
from models.duties import (
    Duty,
    DutyEntry,
    EntryKind,
    Ping,
    PingState,
    counted_open_duties,
    drop_pings,
    duty_about,
    overtaken_duties,
    pending_pings,
)
from rules import deadlines
from rules.deadlines import DueRule, Rung
from rules.duties import MACHINE, SPECS, DutyAct, DutyKind, DutyState
from services import access, task_terms
from services.notices import duties as notices
from services.regulation import Regulation, calendar, regulation

LAST_REQUEST = "last_request"
NAG_WITHIN = timedelta(days=3)
# How long an overdue rung is still worth saying, should no process have run.
STALE_AFTER = timedelta(days=7)


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
    _lay_ladder(work, duty)
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
            _lay_ladder(work, duty)
        return False
    work.session.add(
        DutyEntry(duty_id=duty.key, kind=EntryKind.MOVED, at=work.now, due_before=before, due_after=duty.due_at)
    )
    work.record("duty.moved", duty, before=before.isoformat(), after=duty.due_at.isoformat())
    _lay_ladder(work, duty)
    holder = access.owner_of(work, duty)
    if tells and holder is not None:
        work.notify(holder, notices.moved, duty, before)
    return True


def hand_to(work: Work, duty: Duty, post_id: int | None) -> None:
    """Another post owes it from now on; what is still to be said goes to its holder."""
    duty.post_id = post_id
    for ping in pending_pings(work.session, duty.key):
        ping.addressee = _addressee(duty, ping.stage)
    work.record("duty.handed_to", duty, post=post_id)


def push_again(work: Work, duty: Duty) -> None:
    """It is owed again: the ladder goes on from now."""
    duty.closed_at = None
    _lay_ladder(work, duty)


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
    _add_ping(work, duty, "snooze", until, duty.event_at or duty.due_at)
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


def _lay_ladder(work: Work, duty: Duty) -> None:
    drop_pings(work.session, duty.key)
    rules = regulation(work)
    ladder = SPECS[duty.kind].ladder
    for stage in rules.switches[ladder] if ladder else ():
        step = deadlines.rung(stage)
        if stage == LAST_REQUEST:
            _lay_last_request(work, duty)
        elif step is None:
            _lay_before_event(work, duty, stage, rules)
        else:
            _lay_rung(work, duty, stage, step, rules)


def _lay_rung(work: Work, duty: Duty, stage: str, step: Rung, rules: Regulation) -> None:
    """A morning before or after the due day; one after it has no sense once the event has begun."""
    day = deadlines.named_day(duty.due_at) if step.is_after else _remind_day(work, duty)
    moment = deadlines.rung_moment(step, day, calendar(work), rules.hours)
    if step.is_after:
        _add_ping(work, duty, stage, moment, duty.event_at or moment + STALE_AFTER)
    else:
        _add_ping(work, duty, stage, moment, duty.due_at)


def _lay_last_request(work: Work, duty: Duty) -> None:
    """Tân Yên 2.c: the day before it is too late to ask for an extension."""
    day = deadlines.named_day(duty.due_at)
    last = task_terms.last_request(work, day)
    moment = task_terms.announces_request(work, day)
    if SPECS[duty.kind].is_extendable and last is not None and moment is not None:
        _add_ping(work, duty, LAST_REQUEST, moment, last)


def _remind_day(work: Work, duty: Duty) -> date:
    if duty.rule is None:
        return deadlines.named_day(duty.due_at)
    return deadlines.remind_day(DueRule.from_json(duty.rule), calendar(work))


def _lay_before_event(work: Work, duty: Duty, stage: str, rules: Regulation) -> None:
    event_at = duty.event_at or duty.due_at
    moment = _moment(work, stage, event_at, rules)
    if duty.kind is DutyKind.ANSWER_INVITATION and duty.due_at - moment > NAG_WITHIN:
        # An answer that is due in weeks is not asked for tomorrow, but on the morning of its own day.
        moment = rules.hours.opening(local_day(duty.due_at))
    _add_ping(work, duty, stage, moment, event_at)


def _moment(work: Work, stage: str, event_at: datetime, rules: Regulation) -> datetime:
    if stage == "next_working_morning":
        return rules.hours.next_morning(work.now, calendar(work))
    moment = event_at - timedelta(hours=int(stage.removeprefix("T-").removesuffix("h")))
    day = local_day(moment)
    if calendar(work).is_working(day) or day == local_day(event_at):
        return moment
    # Nobody works on that day: the last morning on which something can still be done.
    earlier = rules.hours.opening(calendar(work).roll(day, "back"))
    return earlier if earlier > work.now else moment


def _add_ping(work: Work, duty: Duty, stage: str, moment: datetime, not_after: datetime) -> None:
    if not work.now < moment < not_after:
        return
    same = work.session.exec(
        select(Ping).where(Ping.duty_id == duty.key, Ping.stage == stage, Ping.due_at == moment)
    ).first()
    if same is None:
        work.session.add(
            Ping(duty_id=duty.key, stage=stage, addressee=_addressee(duty, stage), due_at=moment, not_after=not_after)
        )
    elif same.state is PingState.DROPPED:
        # The same moment again: the duty was opened anew, or a change was changed back.
        same.state, same.not_after = PingState.PENDING, not_after
        same.addressee = _addressee(duty, stage)


def _addressee(duty: Duty, stage: str) -> str:
    step = deadlines.rung(stage)
    if step is None or step.to == "owner":
        return f"person:{duty.person_id}" if duty.person_id is not None else f"post:{duty.post_id}"
    if step.to == "superior":
        return f"person:{duty.superior_id}" if duty.superior_id is not None else "chair"
    return step.to
