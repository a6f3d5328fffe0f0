"""Counting attendance (*thống kê*): cases in, figures out; who sits in is credited, never whom he sits in for."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date

from rules.attendance import Status

_CAME = frozenset(
    {
        Status.PRESENT,
        Status.ONLINE,
        Status.LATE_EXCUSED,
        Status.LATE_UNEXCUSED,
        Status.EARLY_EXCUSED,
        Status.LEFT_MIDWAY,
    }
)
_SUBSTITUTED = frozenset({Status.SUBSTITUTE_RIGHT, Status.SUBSTITUTE_WRONG})


@dataclass(frozen=True, slots=True)
class Case:
    """One seat of one meeting that is over: who was expected, who sat there, and all that holds of it.

    `decided_by` is the person who allowed the absence or classified it, where somebody did.
    """

    meeting_id: int
    invitation_id: int
    day: date
    person_id: int
    unit_id: int
    statuses: tuple[Status, ...]
    sitting_id: int | None = None
    decided_by: int | None = None


@dataclass(slots=True)
class Tally:
    """Figures of one person or unit. `open` ones are not classified yet; `sat_in` counts for the substitute."""

    expected: int = 0
    present: int = 0
    represented: int = 0
    excused: int = 0
    unexcused: int = 0
    undecided: int = 0
    unanswered: int = 0
    late: int = 0
    late_unexcused: int = 0
    left_early: int = 0
    left_midway: int = 0
    wrong: int = 0
    online: int = 0
    open: int = 0
    sat_in: int = 0

    def add(self, case: Case) -> None:
        """Count a seat with all that holds of it."""
        self.add_seat(case)
        self.add_conduct(case)

    def add_seat(self, case: Case) -> None:
        """What the seat's owner answers for: whether anybody came, and who."""
        holding = set(case.statuses)
        self.expected += 1
        self.represented += bool(holding & _SUBSTITUTED)
        self.present += bool(holding & _CAME) and not holding & _SUBSTITUTED
        self.excused += Status.ABSENT_EXCUSED in holding
        self.unexcused += Status.ABSENT_UNEXCUSED in holding
        self.undecided += bool(holding & {Status.ABSENT_UNDECIDED, Status.ABSENT_AWAITING_DOCUMENT})
        self.unanswered += Status.NO_ANSWER in holding
        self.wrong += Status.SUBSTITUTE_WRONG in holding
        self.open += not holding

    def add_conduct(self, case: Case) -> None:
        """What whoever sat there answers for: when he came and left, and how he attended."""
        holding = set(case.statuses)
        self.late += bool(holding & {Status.LATE_EXCUSED, Status.LATE_UNEXCUSED})
        self.late_unexcused += Status.LATE_UNEXCUSED in holding
        self.left_early += bool(holding & {Status.EARLY_EXCUSED, Status.LEFT_MIDWAY})
        self.left_midway += Status.LEFT_MIDWAY in holding
        self.online += Status.ONLINE in holding

    def figures(self) -> dict[str, int]:
        return {each.name: getattr(self, each.name) for each in fields(self)}

    @property
    def presence(self) -> float | None:
        """Share of the meetings at which the person himself was, of those that are not open; None without any."""
        counted = self.expected - self.open
        return self.present / counted if counted else None


def by_person(cases: Iterable[Case]) -> dict[int, Tally]:
    """Everybody who was expected or sat in. Denominators begin with the post: earlier seats are another's."""
    found: dict[int, Tally] = {}
    for case in cases:
        found.setdefault(case.person_id, Tally()).add_seat(case)
        sitting_id = case.sitting_id if case.sitting_id is not None else case.person_id
        found.setdefault(sitting_id, Tally()).add_conduct(case)
        found[sitting_id].sat_in += sitting_id != case.person_id
    return found


def by_unit(cases: Iterable[Case]) -> dict[int, Tally]:
    found: dict[int, Tally] = {}
    for case in cases:
        found.setdefault(case.unit_id, Tally()).add(case)
    return found


def total(cases: Sequence[Case]) -> Tally:
    tally = Tally()
    for case in cases:
        tally.add(case)
    return tally
