"""Open and close duties, and lay the ladder of pings that push them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import select

from bot.i18n import local_day
from bot.work import Work
from models.duties import Duty, DutyKind, DutyState, Ping, PingState, duty_about, pending_pings
from models.people import Person, holder_of
from services.regulation import Regulation, calendar, regulation

NAG_WITHIN = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class NewDuty:
    """What is owed: by a post, or by a person where the act is personal; about which row; until when.

    `reminders` are the pack's words (`next_working_morning`, `T-24h` before `event_at`); none comes after
    `event_at`.
    """

    kind: DutyKind
    subject_id: int
    due_at: datetime
    event_at: datetime
    topic: str
    reminders: Sequence[str]
    post_id: int | None = None
    person_id: int | None = None


def open_duty(work: Work, new: NewDuty) -> Duty:
    """Open a duty, or open it anew with new dates; its old pings make way."""
    rules = regulation(work)
    duty = duty_about(work.session, new.kind, new.subject_id)
    if duty is None:
        duty = Duty(kind=new.kind, subject_id=new.subject_id, due_at=new.due_at, clause="", pack_id="", pack_version=0)
        work.session.add(duty)
    duty.post_id, duty.person_id, duty.due_at = new.post_id, new.person_id, new.due_at
    duty.clause, duty.pack_id, duty.pack_version = rules.clause(new.topic), rules.pack.id, rules.pack.version
    duty.state, duty.closed_at = DutyState.OPEN, None
    work.session.flush()
    _drop_pings(work, duty)
    for stage in new.reminders:
        _lay(work, duty, stage, new.event_at, rules)
    return duty


def close_duty(work: Work, kind: DutyKind, subject_id: int, state: DutyState = DutyState.DONE) -> None:
    """The duty is over: nothing more is said about it."""
    duty = duty_about(work.session, kind, subject_id)
    if duty is None or duty.state is not DutyState.OPEN:
        return
    duty.state, duty.closed_at = state, work.now
    _drop_pings(work, duty)


def _drop_pings(work: Work, duty: Duty) -> None:
    for ping in pending_pings(work.session, duty.key):
        ping.state = PingState.DROPPED
    work.session.flush()


def _lay(work: Work, duty: Duty, stage: str, event_at: datetime, rules: Regulation) -> None:
    due_at = _moment(work, stage, event_at, rules)
    if duty.kind is DutyKind.ANSWER_INVITATION and duty.due_at - due_at > NAG_WITHIN:
        # An answer that is due in weeks is not asked for tomorrow, but on the morning of its own day.
        due_at = rules.hours.opening(local_day(duty.due_at))
    if not work.now < due_at < event_at:
        return
    same = work.session.exec(
        select(Ping).where(Ping.duty_id == duty.key, Ping.stage == stage, Ping.due_at == due_at)
    ).first()
    if same is not None:
        # The same moment again: the duty was opened anew, or a change was changed back.
        if same.state is PingState.DROPPED:
            same.state, same.not_after = PingState.PENDING, event_at
        return
    work.session.add(Ping(duty_id=duty.key, stage=stage, due_at=due_at, not_after=event_at))


def _moment(work: Work, stage: str, event_at: datetime, rules: Regulation) -> datetime:
    if stage == "next_working_morning":
        return rules.hours.next_morning(work.now, calendar(work))
    hours = int(stage.removeprefix("T-").removesuffix("h"))
    return event_at - timedelta(hours=hours)


def owner(work: Work, duty: Duty) -> Person | None:
    """Who owes it now: the person, or whoever holds the post today."""
    if duty.person_id is not None:
        return work.session.get(Person, duty.person_id)
    return holder_of(work.session, duty.post_id, work.today) if duty.post_id is not None else None
