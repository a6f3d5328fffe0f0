"""Registrations of working sessions with the leadership (Rạch Giá 1): their states, and a fair drafted schedule."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from types import MappingProxyType

from rules.errors import N_
from rules.machine import Machine
from rules.workdays import OfficeHours, at

# Sessions begin on the half hour, as meetings do.
_GRID = timedelta(minutes=30)


class BookingState(StrEnum):
    """`registered`: waits for the Office's schedule; `proposed`: waits for the leader."""

    REGISTERED = "registered"
    PROPOSED = "proposed"
    APPROVED = "approved"
    DECLINED = "declined"
    DROPPED = "dropped"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"


class BookingAct(StrEnum):
    """`approve` may name another time than the one proposed; `drop` is the Office's, before a leader is asked."""

    PROPOSE = "propose"
    DROP = "drop"
    APPROVE = "approve"
    DECLINE = "decline"
    WITHDRAW = "withdraw"
    LAPSE = "lapse"


_REGISTERED, _PROPOSED, _APPROVED = BookingState.REGISTERED, BookingState.PROPOSED, BookingState.APPROVED

MACHINE = Machine(
    initial=frozenset({_REGISTERED}),
    transitions=MappingProxyType(
        {
            (_REGISTERED, BookingAct.PROPOSE): _PROPOSED,
            (_REGISTERED, BookingAct.DROP): BookingState.DROPPED,
            (_REGISTERED, BookingAct.WITHDRAW): BookingState.WITHDRAWN,
            (_REGISTERED, BookingAct.LAPSE): BookingState.LAPSED,
            (_PROPOSED, BookingAct.APPROVE): _APPROVED,
            (_PROPOSED, BookingAct.DECLINE): BookingState.DECLINED,
            (_PROPOSED, BookingAct.WITHDRAW): BookingState.WITHDRAWN,
            (_PROPOSED, BookingAct.LAPSE): BookingState.LAPSED,
            (_APPROVED, BookingAct.WITHDRAW): BookingState.WITHDRAWN,
        }
    ),
)

STATES: Mapping[BookingState, str] = MappingProxyType(
    {
        BookingState.REGISTERED: N_("registered, waits for the schedule"),
        BookingState.PROPOSED: N_("waits for the leader"),
        BookingState.APPROVED: N_("agreed"),
        BookingState.DECLINED: N_("not agreed"),
        BookingState.DROPPED: N_("not put into the schedule"),
        BookingState.WITHDRAWN: N_("withdrawn"),
        BookingState.LAPSED: N_("expired, the leader has not given an opinion"),
    }
)


@dataclass(frozen=True, slots=True)
class Wish:
    """What one unit asks of one leader."""

    key: int
    leader: int
    unit: int
    minutes: int
    days: Sequence[date] = ()


@dataclass(frozen=True, slots=True)
class Span:
    """Time that somebody has no more."""

    starts_at: datetime
    ends_at: datetime


def draft(
    wishes: Sequence[Wish], days: Mapping[int, Sequence[date]], busy: Mapping[int, Sequence[Span]], hours: OfficeHours
) -> dict[int, datetime]:
    """When each wish is put, by its key; who finds no room is left out.

    `wishes` come in the order in which they were made: every unit gets its first before any gets a second.
    `days` are those that each leader works in the window, `busy` what he has already. Preferred days come first,
    then the emptiest day.
    """
    taken: dict[int, list[Span]] = {leader: list(spans) for leader, spans in busy.items()}
    placed: dict[int, datetime] = {}
    for wish in _in_turn(wishes):
        his = taken.setdefault(wish.leader, [])
        start = _first_free(wish, days.get(wish.leader, ()), his, hours)
        if start is not None:
            placed[wish.key] = start
            his.append(Span(start, start + timedelta(minutes=wish.minutes)))
    return placed


def _in_turn(wishes: Sequence[Wish]) -> list[Wish]:
    """Round by round: nobody's second wish before everybody's first."""
    seen: dict[tuple[int, int], int] = {}
    rounds = []
    for order, wish in enumerate(wishes):
        turn = seen.get((wish.leader, wish.unit), 0)
        seen[wish.leader, wish.unit] = turn + 1
        rounds.append((turn, order, wish))
    return [wish for _turn, _order, wish in sorted(rounds, key=lambda entry: entry[:2])]


def _first_free(wish: Wish, days: Sequence[date], taken: Sequence[Span], hours: OfficeHours) -> datetime | None:
    preferred = [day for day in days if day in wish.days]
    others = sorted((day for day in days if day not in wish.days), key=lambda day: (_load(day, taken, hours), day))
    for day in [*preferred, *others]:
        for start in _starts(day, wish.minutes, hours):
            if is_free(Span(start, start + timedelta(minutes=wish.minutes)), taken):
                return start
    return None


def _load(day: date, taken: Iterable[Span], hours: OfficeHours) -> timedelta:
    opens, closes = hours.opening(day), hours.closing(day)
    return sum((min(one.ends_at, closes) - max(one.starts_at, opens) for one in taken
                if one.starts_at < closes and one.ends_at > opens), timedelta())  # fmt: skip


def _starts(day: date, minutes: int, hours: OfficeHours) -> Iterable[datetime]:
    """The half hours at which so long a session fits into the morning or the afternoon."""
    for opens, closes in (hours.morning, hours.afternoon):
        start = at(day, opens)
        while start + timedelta(minutes=minutes) <= at(day, closes):
            yield start
            start += _GRID


def is_free(span: Span, taken: Iterable[Span]) -> bool:
    return not any(one.starts_at < span.ends_at and one.ends_at > span.starts_at for one in taken)
