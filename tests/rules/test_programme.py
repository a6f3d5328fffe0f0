"""The work programme's rules as tables, each line with its clause."""

from datetime import date

import pytest

from rules import packs
from rules.programme import CHANGE, ITEM, ChangeAct, ChangeState, Ground, ItemAct, ItemState, Period, figures

TO_SUBMIT, SUBMITTED, ISSUED, DROPPED = ItemState


@pytest.mark.parametrize(
    ("states", "to_submit", "submitted", "issued", "missing", "ratio"),
    [
        # TY 3.c: all five figures over what was to be submitted; what is issued was submitted too.
        ([TO_SUBMIT, SUBMITTED, ISSUED, TO_SUBMIT], 4, 2, 1, 2, 0.5),
        ([SUBMITTED, ISSUED], 2, 2, 1, 0, 1.0),
        ([TO_SUBMIT], 1, 0, 0, 1, 0.0),
        # TY 3.b: what the chair took out is no more to be submitted.
        ([DROPPED, ISSUED], 1, 1, 1, 0, 1.0),
        ([DROPPED], 0, 0, 0, 0, None),
        ([], 0, 0, 0, 0, None),
    ],
)
def test_the_five_figures(
    states: list[ItemState], to_submit: int, submitted: int, issued: int, missing: int, ratio: float | None
) -> None:
    found = figures(states)
    assert (found.to_submit, found.submitted, found.issued, found.not_submitted) == (
        to_submit,
        submitted,
        issued,
        missing,
    )
    assert found.submitted_ratio == ratio
    assert found.issued_ratio == (issued / to_submit if to_submit else None)


@pytest.mark.parametrize(
    ("ground", "clause"),
    [
        (Ground.DIRECTED, "ty.3.b.1"),
        (Ground.UNFORESEEN, "ty.3.b.2"),
        (Ground.PRACTICE, "ty.3.b.3"),
        (Ground.LEGAL, "ty.3.b.4"),
    ],
)
def test_each_ground_is_a_dash_of_tan_yen_3b_and_no_other_pack_has_it(ground: Ground, clause: str) -> None:
    knowing = {pack.id: pack.topics[ground] for pack in packs.all_packs() if ground in pack.topics}
    assert knowing == {"tan-yen-2024": clause}


def test_an_item_goes_on_only_and_a_change_is_decided_once() -> None:
    assert ITEM.final == {ISSUED, DROPPED}
    assert not ITEM.allows(SUBMITTED, ItemAct.DROP)
    assert CHANGE.final == set(ChangeState) - {ChangeState.AWAITING_DECISION}
    assert CHANGE.actions(ChangeState.AWAITING_DECISION) == set(ChangeAct)


@pytest.mark.parametrize(
    ("period", "first", "after"),
    [
        (Period(2026, 11), date(2026, 11, 1), date(2026, 12, 1)),
        (Period(2026, 12), date(2026, 12, 1), date(2027, 1, 1)),
        (Period(2026), date(2026, 1, 1), date(2027, 1, 1)),
    ],
)
def test_a_period_ends_before_the_first_day_of_the_next(period: Period, first: date, after: date) -> None:
    assert (period.first, period.after) == (first, after)
