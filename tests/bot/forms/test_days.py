"""Days and moments: pressed on a calendar, or typed."""

from collections.abc import Callable
from datetime import date

import pytest

from bot.forms import steps
from rules.errors import N_
from tests.bot.forms.filler import Filler

Fill = Callable[..., Filler]
DAY = steps.day("day", N_("Day"), N_("Which day?"))
BIRTHDAY = steps.day(
    "day",
    N_("Day"),
    N_("Which day?"),
    earliest=lambda asking: date(2026, 11, 10),
    latest=lambda asking: date(2026, 12, 3),
    quick=((N_("One week"), 7),),
)
MOMENT = steps.moment("start", N_("Start"), N_("When?"))


def test_the_calendar_shows_the_month_and_only_days_that_can_be_chosen(fill: Fill) -> None:
    chat = fill(DAY)
    assert chat.labels[:2] == ["Today", "Tomorrow"]
    assert "November 2026" in chat.labels
    assert "17" not in chat.labels
    assert {"18", "30"} < set(chat.labels)
    assert all(len(row) <= 8 for row in chat.shown.rows)


def test_a_pressed_day_answers(fill: Fill) -> None:
    chat = fill(DAY)
    chat.presses("25")
    assert chat.draft.answers == {"day": "2026-11-25"}
    assert "Day: Wednesday, 25 November 2026" in chat.sees


def test_tomorrow_is_one_press(fill: Fill) -> None:
    chat = fill(DAY)
    chat.presses("Tomorrow")
    assert chat.draft.answers == {"day": "2026-11-19"}


def test_arrows_turn_the_months_back_and_forth(fill: Fill) -> None:
    chat = fill(DAY)
    chat.presses("›")
    assert "December 2026" in chat.labels
    chat.presses("›")
    assert "January 2027" in chat.labels
    chat.presses("‹")
    chat.presses("31")
    assert chat.draft.answers == {"day": "2026-12-31"}


def test_a_filler_of_the_grid_changes_nothing(fill: Fill) -> None:
    chat = fill(DAY)
    chat.presses("·")
    assert "November 2026" in chat.labels
    assert chat.draft.answers == {}


@pytest.mark.parametrize(("typed", "meant"), [("25/11", "2026-11-25"), ("mai", "2026-11-19")])
def test_a_day_may_be_typed(fill: Fill, typed: str, meant: str) -> None:
    chat = fill(DAY)
    chat.says(typed)
    assert chat.draft.answers == {"day": meant}


def test_a_wrong_date_says_why_and_stays(fill: Fill) -> None:
    chat = fill(DAY)
    chat.says("25/13")
    assert "25/13" in chat.sees
    assert chat.draft.answers == {}


def test_a_day_that_may_mean_two_is_asked_back(fill: Fill) -> None:
    chat = fill(DAY)
    chat.says("thứ tư")
    assert chat.labels[:2] == ["Wednesday, 18 November 2026", "Wednesday, 25 November 2026"]
    chat.presses("Wednesday, 25 November 2026")
    assert chat.draft.answers == {"day": "2026-11-25"}


@pytest.mark.parametrize(("typed", "words"), [("9/11/2026", "too early"), ("4/12/2026", "too late")])
def test_a_day_out_of_bounds_is_refused(fill: Fill, typed: str, words: str) -> None:
    chat = fill(BIRTHDAY)
    chat.says(typed)
    assert words in chat.sees
    assert chat.draft.answers == {}


def test_quick_buttons_count_from_the_earliest_day(fill: Fill) -> None:
    chat = fill(BIRTHDAY)
    chat.presses("One week")
    assert chat.draft.answers == {"day": "2026-11-17"}


@pytest.mark.parametrize("argument", ["=d2026-13-01", "=mxx", "=zzz", "=d2020-01-01", "="])
def test_a_forged_day_changes_nothing(fill: Fill, argument: str) -> None:
    chat = fill(DAY)
    chat.forges(argument)
    assert chat.draft.answers == {}


def test_a_moment_is_a_day_and_then_a_time(fill: Fill) -> None:
    chat = fill(MOMENT)
    chat.presses("25")
    assert "7h30" in chat.labels
    chat.presses("14h30")
    assert chat.draft.answers == {"start": "2026-11-25T07:30:00+00:00"}
    assert "Start: 14:30, Wednesday, 25 November 2026" in chat.sees


def test_times_already_past_are_not_offered(fill: Fill) -> None:
    chat = fill(MOMENT)
    chat.presses("18")
    assert "8h" not in chat.labels
    assert "9h" in chat.labels


def test_the_time_may_be_typed_after_the_day(fill: Fill) -> None:
    chat = fill(MOMENT)
    chat.presses("25")
    chat.says("14h15")
    assert chat.draft.answers == {"start": "2026-11-25T07:15:00+00:00"}


def test_day_and_time_may_be_typed_at_once(fill: Fill) -> None:
    chat = fill(MOMENT)
    chat.says("8h 26/11")
    assert chat.draft.answers == {"start": "2026-11-26T01:00:00+00:00"}


def test_a_day_typed_alone_goes_on_to_its_times(fill: Fill) -> None:
    chat = fill(MOMENT)
    chat.says("26/11")
    assert "26 November 2026" in chat.sees
    chat.presses("8h")
    assert chat.draft.answers == {"start": "2026-11-26T01:00:00+00:00"}


def test_another_day_leads_back_to_the_calendar(fill: Fill) -> None:
    chat = fill(MOMENT)
    chat.presses("25")
    chat.presses("‹ Another day")
    assert "November 2026" in chat.labels


def test_a_moment_in_the_past_is_refused(fill: Fill) -> None:
    chat = fill(MOMENT)
    chat.presses("18")
    chat.says("8h")
    assert "too early" in chat.sees
    assert chat.draft.answers == {}


def test_an_hour_that_may_mean_two_is_asked_back(fill: Fill) -> None:
    chat = fill(MOMENT)
    chat.presses("25")
    chat.says("6h")
    chat.presses("18:00, Wednesday, 25 November 2026")
    assert chat.draft.answers == {"start": "2026-11-25T11:00:00+00:00"}


def test_with_a_known_day_only_the_time_is_asked(fill: Fill) -> None:
    chat = fill(steps.moment("at", N_("Arrives"), N_("When?"), on=lambda asking: date(2026, 11, 26)))
    assert "‹ Another day" not in chat.labels
    chat.says("9h15")
    assert chat.draft.answers == {"at": "2026-11-26T02:15:00+00:00"}


@pytest.mark.parametrize("argument", ["=t25:00", "=tx", "=c1", "=d"])
def test_a_forged_time_changes_nothing(fill: Fill, argument: str) -> None:
    chat = fill(MOMENT)
    chat.presses("25")
    chat.forges(argument)
    assert chat.draft.answers == {}
