"""Counting the hotline's questions (*số liệu đường dây nóng*): cases in, figures out.

All figures are of the questions that came in within the time, so that in time, late, unanswered and open add up to
what was received.
"""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from statistics import fmean, median
from typing import TypeVar

from rules.hotline import OPEN, Party, TicketState

KeyT = TypeVar("KeyT", bound=Hashable)


@dataclass(frozen=True, slots=True, kw_only=True)
class Minutes:
    """Working time by whose clock ran: the unit where it came in, the asker, the units that it was handed on to."""

    unit: int = 0
    asker: int = 0
    others: int = 0

    def __add__(self, other: "Minutes") -> "Minutes":
        return Minutes(unit=self.unit + other.unit, asker=self.asker + other.asker, others=self.others + other.others)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One question that is no complaint, as it stands.

    `late_at` is the first due moment that passed without an answer while a unit's clock ran, `late_unit_id` that
    unit: neither a pause nor a new owner makes it undone. `minutes_to_answer` is None before the first answer.
    `may_rate`: it was asked from a chat, so that its asker can be asked how well he was served.
    """

    number: int
    unit_id: int
    topic_id: int | None
    state: TicketState
    opened_at: datetime
    due_at: datetime
    first_answer_at: datetime | None = None
    minutes_to_answer: int | None = None
    late_at: datetime | None = None
    late_unit_id: int | None = None
    rating: int | None = None
    may_rate: bool = True
    minutes: Minutes = Minutes()

    @property
    def is_answered(self) -> bool:
        return self.first_answer_at is not None

    @property
    def is_waiting(self) -> bool:
        """Nobody has answered it yet, and somebody still will."""
        return not self.is_answered and self.state in OPEN

    @property
    def is_late(self) -> bool:
        return self.late_at is not None


@dataclass(slots=True)
class Tally:
    """Figures of many cases. `late_elsewhere` are those of `late` that another unit than the commune's was late with,
    `unanswered` those that were finished without an answer (the asker never supplied what was missing).
    `overdue` is a part of `open`, `silent` are askers who were asked for a rating and gave none.
    """

    received: int = 0
    in_time: int = 0
    late: int = 0
    late_elsewhere: int = 0
    unanswered: int = 0
    open: int = 0
    overdue: int = 0
    silent: int = 0
    ratings: list[int] = field(default_factory=list)
    answer_minutes: list[int] = field(default_factory=list)
    minutes: Minutes = Minutes()

    def add(self, case: Case) -> None:
        self.received += 1
        self.in_time += case.is_answered and not case.is_late
        self.late += case.is_answered and case.is_late
        self.late_elsewhere += case.is_answered and case.late_unit_id not in (None, case.unit_id)
        self.unanswered += not case.is_answered and not case.is_waiting
        self.open += case.is_waiting
        self.overdue += case.is_waiting and case.is_late
        self.minutes += case.minutes
        if case.minutes_to_answer is not None:
            self.answer_minutes.append(case.minutes_to_answer)
        if case.rating is not None:
            self.ratings.append(case.rating)
        elif case.may_rate and case.state is TicketState.DONE:
            self.silent += 1

    @property
    def median_minutes(self) -> int | None:
        """Working time to the first answer; None before there is any."""
        return int(median(self.answer_minutes)) if self.answer_minutes else None

    @property
    def rating(self) -> float | None:
        return fmean(self.ratings) if self.ratings else None

    @property
    def asked_to_rate(self) -> int:
        return len(self.ratings) + self.silent


def total(cases: Iterable[Case]) -> Tally:
    tally = Tally()
    for case in cases:
        tally.add(case)
    return tally


def by(cases: Iterable[Case], key: Callable[[Case], KeyT]) -> dict[KeyT, Tally]:
    """A tally for each value of the key, most questions first."""
    found: dict[KeyT, Tally] = {}
    for case in cases:
        found.setdefault(key(case), Tally()).add(case)
    return dict(sorted(found.items(), key=lambda pair: -pair[1].received))


def minutes_of(party: Party, *, is_home: bool, spent: int) -> Minutes:
    """To whom the time of one span belongs."""
    if party is Party.ASKER:
        return Minutes(asker=spent)
    return Minutes(unit=spent) if is_home else Minutes(others=spent)
