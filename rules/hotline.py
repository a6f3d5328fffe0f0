"""The hotline's tickets (*phiếu hỏi*): their states, whose clock runs in each, and how an unanswered one climbs."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType

from rules.errors import N_
from rules.machine import Machine
from rules.workdays import OfficeHours, WorkCalendar


class TicketState(StrEnum):
    """`transferred`: handed to another, who has not taken it yet; `reopened`: the asker was not satisfied."""

    NEW = "new"
    TAKEN = "taken"
    AWAITING_ASKER = "awaiting_asker"
    TRANSFERRED = "transferred"
    ANSWERED = "answered"
    DONE = "done"
    REOPENED = "reopened"


class TicketAct(StrEnum):
    """`dispute`: the asker says that the answer did not help, while his ticket is still open."""

    TAKE = "take"
    ASK = "ask"
    SUPPLY = "supply"
    TRANSFER = "transfer"
    ANSWER = "answer"
    DISPUTE = "dispute"
    FINISH = "finish"
    REOPEN = "reopen"
    WITHDRAW = "withdraw"


_NEW, _TAKEN, _AWAITING = TicketState.NEW, TicketState.TAKEN, TicketState.AWAITING_ASKER
_TRANSFERRED, _ANSWERED, _DONE = TicketState.TRANSFERRED, TicketState.ANSWERED, TicketState.DONE
_REOPENED = TicketState.REOPENED

# States in which somebody is still to take it.
UNTAKEN = frozenset({_NEW, _TRANSFERRED, _REOPENED})
OPEN = frozenset({*UNTAKEN, _TAKEN, _AWAITING})

MACHINE = Machine(
    initial=frozenset({_NEW}),
    transitions=MappingProxyType(
        {
            **{(state, TicketAct.TAKE): _TAKEN for state in (_NEW, _TRANSFERRED, _REOPENED, _TAKEN, _AWAITING)},
            **{(state, TicketAct.TRANSFER): _TRANSFERRED for state in (*sorted(UNTAKEN), _TAKEN, _AWAITING)},
            **{(state, TicketAct.ANSWER): _ANSWERED for state in (_TAKEN, _AWAITING, _ANSWERED)},
            **{(state, TicketAct.FINISH): _DONE for state in (_TAKEN, _AWAITING, _ANSWERED)},
            **{(state, TicketAct.WITHDRAW): _DONE for state in (*sorted(OPEN), _ANSWERED)},
            (_TAKEN, TicketAct.ASK): _AWAITING,
            (_AWAITING, TicketAct.ASK): _AWAITING,
            (_AWAITING, TicketAct.SUPPLY): _TAKEN,
            (_ANSWERED, TicketAct.DISPUTE): _TAKEN,
            (_DONE, TicketAct.REOPEN): _REOPENED,
        }
    ),
)

STATES: Mapping[TicketState, str] = MappingProxyType(
    {
        _NEW: N_("new"),
        _TAKEN: N_("taken"),
        _AWAITING: N_("waiting for the asker"),
        _TRANSFERRED: N_("handed on"),
        _ANSWERED: N_("answered"),
        _DONE: N_("finished"),
        _REOPENED: N_("reopened"),
    }
)


class Category(StrEnum):
    """What a question is about; each has its own time. A complaint goes to the chair alone."""

    PROCEDURE = "procedure"
    OTHER = "other"
    COMPLAINT = "complaint"


class Party(StrEnum):
    """Whose time is running."""

    UNIT = "unit"
    ASKER = "asker"


def runs_for(state: TicketState) -> Party | None:
    """Whose clock runs in a state; nobody's once it is answered."""
    if state is _AWAITING:
        return Party.ASKER
    return Party.UNIT if state in OPEN else None


class Rung(StrEnum):
    """Who is turned to next: for what nobody has taken, then for what somebody has taken and left."""

    OFFER = "offer"
    NEXT = "next"
    LEADER = "leader"
    CHIEF = "chief"
    REMIND = "remind"
    TELL_LEADER = "tell_leader"
    OVERDUE = "overdue"


# What follows which; the last of each ladder comes again every working morning until somebody acts.
_AFTER: Mapping[Rung, Rung] = MappingProxyType(
    {
        Rung.OFFER: Rung.NEXT,
        Rung.NEXT: Rung.LEADER,
        Rung.LEADER: Rung.CHIEF,
        Rung.CHIEF: Rung.CHIEF,
        Rung.REMIND: Rung.TELL_LEADER,
        Rung.TELL_LEADER: Rung.OVERDUE,
        Rung.OVERDUE: Rung.OVERDUE,
    }
)


@dataclass(frozen=True, slots=True)
class Patience:
    """How long each may take, in minutes of working time."""

    take: int
    silence: int
    answer: Mapping[Category, int]
    # What is left at least when a clock runs again.
    least: int = 30


@dataclass(frozen=True, slots=True)
class Step:
    """The next rung and its moment."""

    rung: Rung
    at: datetime


def next_step(
    rung: Rung, now: datetime, due_at: datetime, patience: Patience, hours: OfficeHours, calendar: WorkCalendar
) -> Step:
    """What follows a rung that was climbed now, if nobody acts."""
    following = _AFTER[rung]
    if following is rung:
        return Step(rung, hours.next_morning(now, calendar))
    if following is Rung.OVERDUE:
        return Step(following, max(due_at, now + timedelta(minutes=1)))
    wait = patience.silence if following is Rung.TELL_LEADER else patience.take
    return Step(following, working_after(now, wait, hours, calendar))


def first_step_of_owner(now: datetime, patience: Patience, hours: OfficeHours, calendar: WorkCalendar) -> Step:
    """When whoever has taken it, or has just said something, is reminded."""
    return Step(Rung.REMIND, working_after(now, patience.silence, hours, calendar))


def working_after(start: datetime, minutes: int, hours: OfficeHours, calendar: WorkCalendar) -> datetime:
    """The moment after so many minutes of working time; lunch, evenings and days off do not count.

    Counted from a whole minute: half a morning from 07:30:20 ends with the morning, not after lunch.
    """
    start = start.replace(second=0, microsecond=0)
    moment, left = hours.next_open(start, calendar), timedelta(minutes=minutes)
    while True:
        closes = hours.closes_after(moment)
        if moment + left <= closes:
            return moment + left
        left -= closes - moment
        moment = hours.next_open(closes, calendar)


def working_minutes(start: datetime, end: datetime, hours: OfficeHours, calendar: WorkCalendar) -> int:
    """How many minutes of working time lie between two moments, from whole minute to whole minute.

    So spans that follow each other add up to the whole, however short each is.
    """
    start, end = (moment.replace(second=0, microsecond=0) for moment in (start, end))
    spent, moment = timedelta(), hours.next_open(start, calendar)
    while moment < end:
        closes = min(hours.closes_after(moment), end)
        spent += closes - moment
        moment = hours.next_open(hours.closes_after(moment), calendar)
    return int(spent.total_seconds() // 60)
