"""Reminders by the chair, Tứ Kỳ 6 (A13): what counts together, and what follows from how many."""

from datetime import date

import pytest

from rules import packs
from rules.reminders import Step, span, step


@pytest.mark.parametrize(
    ("count", "threshold", "follows"),
    [
        # TK 6: "từ 03 lần trở lên"; one before that a warning.
        (1, 3, Step.NOTHING),
        (2, 3, Step.WARN),
        (3, 3, Step.LIST),
        (4, 3, Step.LIST),
        # A body may set another number.
        (0, 1, Step.NOTHING),
        (1, 1, Step.LIST),
        (1, 2, Step.WARN),
    ],
)
def test_what_follows_from_a_number(count: int, threshold: int, follows: Step) -> None:
    assert step(count, threshold) is follows


D = date


@pytest.mark.parametrize(
    ("days", "day", "period", "first", "last"),
    [
        # A13: the calendar year; what is recorded in January of a December day belongs to December's year.
        ([D(2026, 11, 20)], D(2026, 11, 20), "calendar_year", D(2026, 1, 1), D(2026, 12, 31)),
        ([D(2026, 12, 30)], D(2027, 1, 5), "calendar_year", D(2027, 1, 1), D(2027, 12, 31)),
        # The other reading: twelve months, the last day included.
        ([D(2026, 11, 20)], D(2026, 11, 20), "rolling_year", D(2025, 11, 21), D(2026, 11, 20)),
        # One that is recorded late counts with later ones.
        ([D(2026, 3, 1), D(2026, 11, 20)], D(2026, 3, 1), "rolling_year", D(2025, 11, 21), D(2026, 11, 20)),
        ([D(2025, 3, 1), D(2026, 11, 20)], D(2025, 3, 1), "rolling_year", D(2024, 3, 2), D(2025, 3, 1)),
        ([], D(2028, 2, 28), "rolling_year", D(2027, 3, 1), D(2028, 2, 28)),
    ],
)
def test_the_period_of_a_reminder(days: list[date], day: date, period: str, first: date, last: date) -> None:
    assert span(days, day, period) == (first, last)


def test_only_tu_ky_draws_a_consequence() -> None:
    knowing = {pack.id: pack.topics["reminders"] for pack in packs.all_packs() if "reminders" in pack.topics}
    assert knowing == {"tu-ky-2023": "tk.6.6"}
