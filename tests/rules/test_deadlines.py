"""Due days by the clauses' own examples, and what holds for every rule on every calendar."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.deadlines import DueRule, due, due_moment, named_day, remind_day, rung, rung_moment
from rules.workdays import OfficeHours, WorkCalendar

CALENDAR = WorkCalendar()
HOURS = OfficeHours()
MONDAY = date(2026, 11, 30)
DAYS = st.dates(date(2021, 1, 15), date(2044, 12, 1))
RULES = st.builds(
    DueRule,
    anchor=DAYS,
    days=st.integers(-15, 15),
    unit=st.sampled_from(["working", "calendar"]),
    clear_days=st.booleans(),
    roll=st.sampled_from(["back", "forward", "none"]),
)


@pytest.mark.parametrize(
    ("rule", "day"),
    [
        # A16, Tân Yên 5: the session of Monday 30/11/2026; 24/11 is off (Resolution 80).
        (DueRule(MONDAY, -5), date(2026, 11, 20)),
        (DueRule(MONDAY, -3), date(2026, 11, 25)),
        (DueRule(MONDAY, -1), date(2026, 11, 27)),
        (DueRule(MONDAY, -3, clear_days=True), date(2026, 11, 23)),
        # A1, Gia Bình 2: at least 02 days before Monday is Saturday, rolled back to Friday.
        (DueRule(MONDAY, -2, unit="calendar"), date(2026, 11, 27)),
        (DueRule(MONDAY, -2, unit="calendar", roll="none"), date(2026, 11, 28)),
        (DueRule(MONDAY, -2, unit="calendar", clear_days=True), date(2026, 11, 27)),
        # A4, Tân Yên 4.a: two working days after receipt on Friday.
        (DueRule(date(2026, 11, 27), 2), date(2026, 12, 1)),
        # A5: the 20th is a Sunday or Saturday and goes forward (Civil Code 148).
        (DueRule(date(2026, 12, 20), 0, unit="calendar", roll="forward"), date(2026, 12, 21)),
        (DueRule(date(2027, 3, 20), 0, unit="calendar", roll="forward"), date(2027, 3, 22)),
        (DueRule(date(2027, 6, 20), 0, unit="calendar", roll="forward"), date(2027, 6, 21)),
        # A8, Rạch Giá 1: before the 25th is the 24th, a day off in November: Monday 23.
        (DueRule(date(2026, 11, 25), -1, unit="calendar"), date(2026, 11, 23)),
        (DueRule(date(2026, 12, 10), -1, unit="calendar"), date(2026, 12, 9)),
    ],
)
def test_the_clauses_give_these_days(rule: DueRule, day: date) -> None:
    assert due(rule, CALENDAR).day == day


def test_the_computation_names_what_was_counted_and_what_was_not() -> None:
    found = due(DueRule(MONDAY, -3), CALENDAR)
    assert found.counted == (date(2026, 11, 27), date(2026, 11, 26), date(2026, 11, 25))
    assert found.passed_over == (date(2026, 11, 29), date(2026, 11, 28))


def test_reminders_follow_the_stricter_reading() -> None:
    rule = DueRule(MONDAY, -2, unit="calendar", remind_unit="working")
    assert due(rule, CALENDAR).day == date(2026, 11, 27)
    assert remind_day(rule, CALENDAR) == date(2026, 11, 26)


@given(RULES)
def test_a_rule_survives_being_kept(rule: DueRule) -> None:
    assert DueRule.from_json(rule.as_json()) == rule


@given(RULES)
def test_a_day_before_is_never_after_its_anchor_when_rolled_back(rule: DueRule) -> None:
    day = due(rule, CALENDAR).day
    if rule.days < 0 and (rule.unit == "working" or rule.roll != "forward"):
        assert day < rule.anchor
    if rule.days > 0 and (rule.unit == "working" or rule.roll != "back"):
        assert day > rule.anchor
    if rule.unit == "working" or rule.roll != "none":
        assert CALENDAR.is_working(day) or (rule.days == 0 and rule.roll == "none")


@given(RULES)
def test_counted_and_passed_over_are_just_the_days_between(rule: DueRule) -> None:
    found = due(rule, CALENDAR)
    assert not set(found.counted) & set(found.passed_over)
    if rule.unit == "working" and rule.days:
        assert len(found.counted) == abs(rule.days) + rule.clear_days
        assert all(CALENDAR.is_working(day) for day in found.counted)


@given(RULES)
def test_the_named_day_is_the_due_day(rule: DueRule) -> None:
    day = due(rule, CALENDAR).day
    assert named_day(due_moment(rule, day, HOURS)) == day
    assert named_day(due_moment(rule, day, HOURS, ends_at_close=True)) == day


@given(DAYS, st.integers(0, 10))
def test_rungs_are_working_mornings_on_their_side_of_the_due_day(day: date, number: int) -> None:
    before, after = rung(f"wd-{number}"), rung(f"wd+{number}@office")
    assert before is not None and after is not None and after.to == "office"
    early = rung_moment(before, day, CALENDAR, HOURS)
    assert named_day(early) <= day and CALENDAR.is_working(named_day(early))
    if number:
        assert named_day(rung_moment(after, day, CALENDAR, HOURS)) > day


def test_an_own_day_off_moves_the_due_day_by_one() -> None:
    closed = WorkCalendar([(date(2026, 11, 26), "off", "", "Công điện số 1")])
    assert due(DueRule(MONDAY, -3), closed).day == due(DueRule(MONDAY, -4), CALENDAR).day - timedelta(days=0)
