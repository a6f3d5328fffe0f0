"""Last lawful moments and verdicts about tasks, clause by clause, and what holds for all of them."""

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules import packs, tasks
from rules.deadlines import due, due_moment, remind_day
from rules.tasks import EXTENSION, HAND_BACK, Cause, Conduct, Timeliness
from rules.workdays import OfficeHours, WorkCalendar, at

CALENDAR = WorkCalendar()
HOURS = OfficeHours()
SWITCHES = packs.load("tan-yen-2024").switches
DAYS = st.dates(date(2021, 1, 15), date(2044, 12, 1))
READINGS = st.fixed_dictionaries(
    {
        "extension.days": st.integers(0, 10),
        "extension.unit": st.sampled_from(["calendar", "working"]),
        "extension.clear_days": st.booleans(),
        "extension.count_event_day": st.just(False),
        "extension.roll": st.just("back"),
        "extension.remind_on": st.sampled_from(["calendar", "working"]),
    }
)


def readings(**changed: Any) -> dict[str, Any]:
    return {**SWITCHES, **{name.replace("__", "."): value for name, value in changed.items()}}


@pytest.mark.parametrize(
    ("due_on", "changed", "last", "announced"),
    [
        # A2, Tân Yên 2.c: at least 02 days before Monday 30/11 is Saturday, rolled back to Friday.
        (date(2026, 11, 30), {}, date(2026, 11, 27), date(2026, 11, 26)),
        (date(2026, 12, 4), {}, date(2026, 12, 2), date(2026, 12, 1)),
        # Thursday 26/11: Tuesday the 24th is off, so Monday; told on Friday before it.
        (date(2026, 11, 26), {}, date(2026, 11, 23), date(2026, 11, 20)),
        (date(2026, 11, 30), {"extension__roll": "none"}, date(2026, 11, 28), date(2026, 11, 26)),
        (date(2026, 11, 30), {"extension__unit": "working"}, date(2026, 11, 26), date(2026, 11, 25)),
        (date(2026, 12, 4), {"extension__clear_days": True}, date(2026, 12, 1), date(2026, 11, 30)),
    ],
)
def test_until_when_an_extension_is_asked(due_on: date, changed: dict[str, Any], last: date, announced: date) -> None:
    rule = tasks.request_rule(due_on, readings(**changed))
    assert due(rule, CALENDAR).day == last
    assert tasks.announce_day(rule, CALENDAR) == announced


@given(DAYS, READINGS)
def test_the_last_lawful_day_is_announced_on_a_day_of_work_before_it(due_on: date, switches: dict[str, Any]) -> None:
    rule = tasks.request_rule(due_on, switches)
    announced = tasks.announce_day(rule, CALENDAR)
    assert CALENDAR.is_working(announced)
    assert announced < due(rule, CALENDAR).day <= due_on
    assert announced <= remind_day(rule, CALENDAR)


@pytest.mark.parametrize(
    ("received", "changed", "last"),
    [
        # A3, Tân Yên 4.a: the day of receipt, literally, at whatever hour; on a day off the next day of work.
        (at(date(2026, 11, 20), time(8, 0)), {}, date(2026, 11, 20)),
        (at(date(2026, 11, 20), time(16, 55)), {}, date(2026, 11, 20)),
        (at(date(2026, 11, 21), time(9, 0)), {}, date(2026, 11, 23)),
        (at(date(2026, 11, 24), time(9, 0)), {}, date(2026, 11, 25)),
        (at(date(2026, 11, 20), time(16, 55)), {"handback__after_cutoff": "next_wd"}, date(2026, 11, 23)),
        (at(date(2026, 11, 20), time(15, 59)), {"handback__after_cutoff": "next_wd"}, date(2026, 11, 20)),
    ],
)
def test_until_when_a_paper_is_handed_back(received: datetime, changed: dict[str, Any], last: date) -> None:
    rule = tasks.hand_back_rule(received, readings(**changed))
    assert due(rule, CALENDAR).day == last


@pytest.mark.parametrize(
    ("received", "after_cutoff", "missed"),
    [
        (time(8), "review", Timeliness.LATE),
        (time(16), "review", Timeliness.REVIEW),
        (time(16, 55), "literal", Timeliness.LATE),
    ],
)
def test_a_miss_after_a_late_arrival_is_for_a_human(received: time, after_cutoff: str, missed: Timeliness) -> None:
    switches = readings(handback__after_cutoff=after_cutoff)
    received_at = at(date(2026, 11, 20), received)
    deadline = due_moment(tasks.hand_back_rule(received_at, switches), date(2026, 11, 20), HOURS)
    moment = timedelta(microseconds=1)
    assert tasks.hand_back_timeliness(deadline - moment, deadline, received_at, switches) is Timeliness.IN_TIME
    assert tasks.hand_back_timeliness(deadline, deadline, received_at, switches) is missed


def test_what_came_on_a_day_off_had_a_whole_day_of_work() -> None:
    received_at = at(date(2026, 11, 21), time(18))
    deadline = due_moment(tasks.hand_back_rule(received_at, SWITCHES), date(2026, 11, 23), HOURS)
    assert tasks.hand_back_timeliness(deadline, deadline, received_at, SWITCHES) is Timeliness.LATE


def test_the_lead_of_several_agencies_proposes_within_two_days_of_work() -> None:
    # A4, Tân Yên 4.a: the day of receipt is not counted; Tuesday 24/11 is off.
    assert due(tasks.joint_rule(date(2026, 11, 20), SWITCHES), CALENDAR).day == date(2026, 11, 25)


@pytest.mark.parametrize(
    ("conduct", "cause"),
    [
        # Tân Yên 2.c, the three causes.
        (Conduct(False, False, False, False), Cause.NOT_REPORTED),
        (Conduct(False, False, False, True), Cause.NOT_JUSTIFIED),
        (Conduct(True, True, False, False), Cause.POOR_QUALITY),
        # What came late and was returned was not reported in time.
        (Conduct(False, True, False, False), Cause.NOT_REPORTED),
        # Whoever has asked and waits for the chair is not blamed meanwhile.
        (Conduct(False, False, True, False), None),
    ],
)
def test_the_cause_that_is_proposed(conduct: Conduct, cause: Cause | None) -> None:
    assert tasks.cause(conduct) is cause


@pytest.mark.parametrize(
    ("today", "week_of", "day"),
    [
        # A6, Sơn Dương 8.c: every Monday; a Monday off moves it to the next day of work.
        (date(2026, 11, 23), date(2026, 11, 23), date(2026, 11, 23)),
        (date(2026, 11, 29), date(2026, 11, 23), date(2026, 11, 23)),
        (date(2026, 4, 27), date(2026, 4, 27), date(2026, 4, 28)),
    ],
)
def test_the_day_of_the_weekly_list(today: date, week_of: date, day: date) -> None:
    found = tasks.list_day(today, packs.load("son-duong-2021").switches, CALENDAR)
    assert (found.week_of, found.day, found.cutoff) == (week_of, day, time(7))


@given(DAYS, st.none() | DAYS, st.lists(DAYS, max_size=5))
def test_another_day_in_a_workbook_never_takes_back_what_was_granted(
    assigned: date, granted: date | None, later: list[date]
) -> None:
    for day in [assigned, *later]:
        assert tasks.extended(day, granted) >= (granted or day)


def test_whatever_is_decided_is_decided_once() -> None:
    assert {str(state) for state in EXTENSION.final} == {"granted", "refused", "replaced", "void"}
    assert {str(state) for state in HAND_BACK.final} == {"returned", "reassigned", "kept", "void"}
