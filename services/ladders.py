"""Lay the ladder of pings that pushes a duty: which rung falls when, and who hears it."""

from datetime import date, datetime, timedelta

from bot.i18n import local_day
from bot.work import Work
from models.duties import Duty, PingState, add_pings, pings_of
from rules import deadlines
from rules.deadlines import DueRule, Rung
from rules.duties import SPECS, DutyKind
from services import task_terms
from services.regulation import Regulation, calendar, regulation

OPENED = "opened"
LAST_REQUEST = "last_request"
NAG_WITHIN = timedelta(days=3)
# How long an overdue rung is still worth saying, should no process have run.
STALE_AFTER = timedelta(days=7)


def lay(work: Work, duty: Duty) -> None:
    """All rungs from now on; those that were laid before make way."""
    ladder = Ladder(work, duty)
    ladder.drop()
    ladder.lay()
    ladder.write()


def lay_one(work: Work, duty: Duty, stage: str, moment: datetime) -> None:
    """A rung beside the others."""
    ladder = Ladder(work, duty)
    ladder.add(stage, moment, duty.event_at or duty.due_at)
    ladder.write()


def addressee(duty: Duty, stage: str) -> str:
    """Who hears a rung."""
    step = deadlines.rung(stage)
    if step is None or step.to == "owner":
        return f"person:{duty.person_id}" if duty.person_id is not None else f"post:{duty.post_id}"
    if step.to == "superior":
        return f"person:{duty.superior_id}" if duty.superior_id is not None else "chair"
    return step.to


class Ladder:
    """The pings of one duty."""

    def __init__(self, work: Work, duty: Duty) -> None:
        self.work, self.duty, self.rules = work, duty, regulation(work)
        self.known = {(ping.stage, ping.due_at): ping for ping in pings_of(work.session, duty.key)}
        self.new: dict[tuple[str, datetime], dict[str, object]] = {}

    def drop(self) -> None:
        for ping in self.known.values():
            if ping.state is PingState.PENDING:
                ping.state = PingState.DROPPED

    def lay(self) -> None:
        ladder = SPECS[self.duty.kind].ladder
        for stage in self.rules.switches[ladder] if ladder else ():
            step = deadlines.rung(stage)
            if stage == OPENED:
                self._opening()
            elif stage == LAST_REQUEST:
                self._last_request()
            elif step is None:
                self._before_event(stage)
            else:
                self._rung(stage, step)

    def add(self, stage: str, moment: datetime, not_after: datetime) -> None:
        """One ping, unless its moment is over; the same moment again takes up the old one."""
        if not self.work.now < moment < not_after:
            return
        same = self.known.get((stage, moment))
        if same is None:
            to = addressee(self.duty, stage)
            new = {"duty_id": self.duty.key, "stage": stage, "addressee": to, "due_at": moment, "not_after": not_after}
            self.new[stage, moment] = {**new, "state": PingState.PENDING}
        elif same.state is PingState.DROPPED:
            # The duty was opened anew, or a change was changed back.
            same.state, same.not_after = PingState.PENDING, not_after
            same.addressee = addressee(self.duty, stage)

    def write(self) -> None:
        add_pings(self.work.session, list(self.new.values()))

    def _rung(self, stage: str, step: Rung) -> None:
        """A morning before or after the due day; one after it has no sense once the event has begun."""
        day = deadlines.named_day(self.duty.due_at) if step.is_after else self._remind_day()
        moment = deadlines.rung_moment(step, day, calendar(self.work), self.rules.hours)
        if step.is_after:
            self.add(stage, moment, self.duty.event_at or moment + STALE_AFTER)
        else:
            self.add(stage, moment, self.duty.due_at)

    def _opening(self) -> None:
        """It comes by itself: its owner hears of it on the next morning of work, once."""
        if self.duty.opened_at == self.work.now:
            morning = self.rules.hours.next_morning(self.work.now, calendar(self.work))
            self.add(OPENED, morning, self.duty.due_at)

    def _last_request(self) -> None:
        """Tân Yên 2.c: the day before it is too late to ask for an extension."""
        day = deadlines.named_day(self.duty.due_at)
        last = task_terms.last_request(self.work, day)
        moment = task_terms.announces_request(self.work, day)
        if SPECS[self.duty.kind].is_extendable and last is not None and moment is not None:
            self.add(LAST_REQUEST, moment, last)

    def _remind_day(self) -> date:
        if self.duty.rule is None:
            return deadlines.named_day(self.duty.due_at)
        return deadlines.remind_day(DueRule.from_json(self.duty.rule), calendar(self.work))

    def _before_event(self, stage: str) -> None:
        event_at = self.duty.event_at or self.duty.due_at
        moment = _moment(self.work, stage, event_at, self.rules)
        if self.duty.kind is DutyKind.ANSWER_INVITATION and self.duty.due_at - moment > NAG_WITHIN:
            # An answer that is due in weeks is not asked for tomorrow, but on the morning of its own day.
            moment = self.rules.hours.opening(local_day(self.duty.due_at))
        self.add(stage, moment, event_at)


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
