"""What must hold of every rehearsal, whatever happened in it."""

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import select

from bot.i18n import local_day
from bot.messages import Kind
from bot.outbox.rehearsed import Said
from bot.plain_text import plain
from models.duties import Duty, Ping, PingState
from rules import packs
from rules.duties import SPECS
from rules.workdays import OfficeHours
from services.rehearsal import Rehearsal


@dataclass(frozen=True, slots=True)
class Sent:
    """A reminder that went out, and its duty as it stood then."""

    at: datetime
    ping: Ping
    event_at: datetime
    clause: str
    is_ruled: bool


class Watched(Rehearsal):
    """A rehearsal that looks at its reminders after each tick; `lost` were due and are neither sent nor over."""

    sent: list[Sent]
    lost: list[str]

    def look(self) -> datetime:
        if not hasattr(self, "sent"):
            self.sent, self.lost = [], []
        before = self._pings()
        following = super().look()
        self._compare(before)
        return following

    def _pings(self) -> dict[int, tuple[PingState, datetime]]:
        with self.database.session() as session:
            return {ping.key: (ping.state, ping.due_at) for ping in session.exec(select(Ping)).all()}

    def _compare(self, before: dict[int, tuple[PingState, datetime]]) -> None:
        now = self.clock.now()
        with self.database.session() as session:
            rows = session.exec(select(Ping, Duty).join(Duty)).all()
        unsent = (PingState.PENDING, now)
        fresh = [(ping, duty) for ping, duty in rows if before.get(ping.key, unsent)[0] is PingState.PENDING]
        told = {(ping.duty_id, ping.addressee) for ping, _duty in fresh if ping.state is PingState.SENT}
        for ping, duty in fresh:
            due_at = before[ping.key][1] if ping.key in before else ping.due_at
            if ping.state is PingState.SENT:
                is_ruled = SPECS[duty.kind].topic in packs.load(duty.pack_id).topics
                self.sent.append(Sent(now, ping, duty.event_at or ping.not_after, duty.clause, is_ruled))
            elif ping.state is PingState.PENDING and ping.due_at <= now:
                self.lost.append(f"{now}: {ping} is due and waits")
            elif _was_wanted(ping, duty, due_at, now) and (ping.duty_id, ping.addressee) not in told:
                self.lost.append(f"{now}: {ping} was dropped, and nobody told")


def _was_wanted(ping: Ping, duty: Duty, due_at: datetime, now: datetime) -> bool:
    """Whether a dropped reminder was due, in time, and held back by no silent window."""
    is_dropped = ping.state is PingState.DROPPED and due_at <= now < ping.not_after
    return is_dropped and duty.is_open and not SPECS[duty.kind].to_invitees


def wrongs(rehearsal: Watched, hours: OfficeHours) -> list[str]:
    """Everything that should not have been, in words."""
    sent = rehearsal.sent
    times = Counter(each.ping.id for each in sent)
    steps = [(each.ping.duty_id, each.ping.stage, each.ping.addressee, local_day(each.at)) for each in sent]
    steps = [step for step in steps if step[1] != "snooze"]
    return [
        *rehearsal.lost,
        *(f"{each} after its event" for each in sent if each.at >= min(each.ping.not_after, each.event_at)),
        *(f"{number} times: ping {key}" for key, number in times.items() if number > 1),
        *(f"{number} times in a day: {step}" for step, number in Counter(steps).items() if number > 1),
        *(f"{each} cites nothing" for each in sent if each.is_ruled and not each.clause),
        *_wrong_messages([said for said in rehearsal.heard if said.kind is Kind.PING], hours, _days_put_off(sent)),
        *_without_clause(rehearsal),
    ]


def _days_put_off(sent: Sequence[Sent]) -> set[date]:
    """Days on which somebody was reminded again because he had asked for it."""
    return {local_day(each.at) for each in sent if each.ping.stage == "snooze"}


def _wrong_messages(heard: Sequence[Said], hours: OfficeHours, put_off: Collection[date]) -> list[str]:
    calm = [said for said in heard if not said.is_urgent]
    found = [f"{said.at}: in quiet hours: {said.text}" for said in calm if hours.is_quiet(said.at)]
    digests = Counter((said.address, local_day(said.at)) for said in heard if said.cause == "duty_lists.digest")
    found += [f"{number} digests: {who}" for who, number in digests.items() if number > 1]
    found += [f"twice in one message: {said.text}" for said in heard if _repeats_itself(said)]
    # What somebody put off to the same day comes in the same words.
    once = [said for said in heard if not (said.cause.endswith("reminder") and local_day(said.at) in put_off)]
    same = Counter((said.address, local_day(said.at), said.text) for said in once)
    return found + [f"{number} times the same: {what}" for what, number in same.items() if number > 1]


def _repeats_itself(said: Said) -> bool:
    """A line of a list that says the same as another one."""
    told = [re.sub(r"^\d+\. ", "", line) for line in plain(said.text).splitlines() if re.match(r"\d+\. ", line)]
    return len(told) > len(set(told))


def _without_clause(rehearsal: Watched) -> list[str]:
    """Reminders that cite nothing; no fault on a day on which one was about what the pack says nothing of."""
    silent = {local_day(each.at) for each in rehearsal.sent if not each.is_ruled}
    heard = [said for said in rehearsal.heard if said.kind is Kind.PING and local_day(said.at) not in silent]
    return [f"{said.at}: without a clause: {said.text}" for said in heard if not _cites(said)]


def _cites(said: Said) -> bool:
    text = plain(said.text)
    return any(clause.source in text for pack in packs.all_packs() for clause in pack.clauses.values())
