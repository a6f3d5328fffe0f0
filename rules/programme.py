"""The work programme (*chương trình công tác*): states of an item and of a change, grounds of a change, the figures."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from rules.deadlines import DueRule
from rules.machine import Machine


class ItemState(StrEnum):
    """As the workbook writes it; `da_rut`: the chair took it out of the programme."""

    TO_SUBMIT = "phai_trinh"
    SUBMITTED = "da_trinh"
    ISSUED = "da_ban_hanh"
    DROPPED = "da_rut"


class ItemAct(StrEnum):
    SUBMIT = "submit"
    ISSUE = "issue"
    DROP = "drop"


ITEM = Machine(
    initial=frozenset({ItemState.TO_SUBMIT}),
    transitions=MappingProxyType(
        {
            (ItemState.TO_SUBMIT, ItemAct.SUBMIT): ItemState.SUBMITTED,
            (ItemState.TO_SUBMIT, ItemAct.DROP): ItemState.DROPPED,
            (ItemState.SUBMITTED, ItemAct.ISSUE): ItemState.ISSUED,
        }
    ),
)


class ChangeKind(StrEnum):
    """What of the programme is to be another: a day, the content of an item, an item less, an item more."""

    DAY = "day"
    CONTENT = "content"
    DROP = "drop"
    ADD = "add"


class ChangeState(StrEnum):
    AWAITING_DECISION = "awaiting_decision"
    GRANTED = "granted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class ChangeAct(StrEnum):
    GRANT = "grant"
    REFUSE = "refuse"
    WITHDRAW = "withdraw"


CHANGE = Machine(
    initial=frozenset({ChangeState.AWAITING_DECISION}),
    transitions=MappingProxyType(
        {
            (ChangeState.AWAITING_DECISION, ChangeAct.GRANT): ChangeState.GRANTED,
            (ChangeState.AWAITING_DECISION, ChangeAct.REFUSE): ChangeState.REFUSED,
            (ChangeState.AWAITING_DECISION, ChangeAct.WITHDRAW): ChangeState.WITHDRAWN,
        }
    ),
)


class Ground(StrEnum):
    """The four cases in which Tân Yên 3.b lets the programme be changed; the value names the topic in a pack."""

    DIRECTED = "programme_directed"
    UNFORESEEN = "programme_unforeseen"
    PRACTICE = "programme_practice"
    LEGAL = "programme_legal"


def plan_rule(due_on: date, switches: Mapping[str, Any]) -> DueRule | None:
    """Tân Yên 3.b: until when the detailed plan of an item is drawn up; None where nobody is asked for it."""
    days = switches["programme.plan_days"]
    return DueRule(due_on, -days) if days else None


@dataclass(frozen=True, slots=True)
class Figures:
    """Tân Yên 3.c: how many were to be submitted, are submitted, issued, not submitted; and the two ratios.

    What is issued was submitted, and counts as both.
    """

    to_submit: int
    submitted: int
    issued: int

    @property
    def not_submitted(self) -> int:
        return self.to_submit - self.submitted

    @property
    def submitted_ratio(self) -> float | None:
        """Of all that was to be submitted; None where nothing was."""
        return self.submitted / self.to_submit if self.to_submit else None

    @property
    def issued_ratio(self) -> float | None:
        return self.issued / self.to_submit if self.to_submit else None


def figures(states: Iterable[ItemState]) -> Figures:
    """Counted over the items of a period; one that was taken out is not counted."""
    counted = [state for state in states if state is not ItemState.DROPPED]
    issued = counted.count(ItemState.ISSUED)
    return Figures(len(counted), counted.count(ItemState.SUBMITTED) + issued, issued)


@dataclass(frozen=True, slots=True)
class Period:
    """A month of a year, or with month 0 the whole year."""

    year: int
    month: int = 0

    @property
    def first(self) -> date:
        return date(self.year, self.month or 1, 1)

    @property
    def after(self) -> date:
        """The first day that is no more in it."""
        if self.month in (0, 12):
            return date(self.year + 1, 1, 1)
        return date(self.year, self.month + 1, 1)
