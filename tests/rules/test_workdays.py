"""The working calendar against the notices of each year, and office hours in local time."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.workdays import DayState, OfficeHours, WorkCalendar

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
CALENDAR = WorkCalendar()
HOURS = OfficeHours()

# Each with the document that says so.
OFF = (
    ("2024-02-08", "5015/TB-LĐTBXH"),
    ("2024-04-29", "1570/TB-LĐTBXH"),
    ("2025-01-31", "6150/TB-BLĐTBXH"),
    ("2025-05-02", "6150/TB-BLĐTBXH"),
    ("2026-01-02", "12729/VPCP-KGVX"),
    ("2026-02-16", "9441/TB-BNV"),
    ("2026-02-20", "9441/TB-BNV"),
    ("2026-04-27", "Điều 111"),  # Hùng Kings' day on a Sunday, made up
    ("2026-08-31", "9441/TB-BNV"),
    ("2026-09-01", "9441/TB-BNV"),
    ("2026-09-02", "Điều 112"),
    ("2026-11-24", "28/2026/QH16"),
    ("2027-02-10", "10065/VPCP-KGVX"),
    ("2027-05-03", "Điều 111"),
    ("2027-09-03", "10065/VPCP-KGVX"),
)
WORK = (
    ("2024-05-04", "1570/TB-LĐTBXH"),
    ("2025-04-26", "6150/TB-BLĐTBXH"),
    ("2026-01-10", "12729/VPCP-KGVX"),
    ("2026-08-22", "9441/TB-BNV"),
)
ORDINARY = ("2026-11-23", "2026-11-25", "2026-02-13", "2026-02-23", "2025-11-24", "2027-02-03")
RESTING = ("2026-11-28", "2026-11-21", "2026-11-22", "2026-04-26")


@pytest.mark.parametrize(("text", "document"), OFF)
def test_a_weekday_off_is_known_with_its_document(text: str, document: str) -> None:
    day = date.fromisoformat(text)
    entry = next(entry for entry in CALENDAR.differing_days(day.year) if entry.day == day)
    assert CALENDAR.state(day) is DayState.OFF and not CALENDAR.is_working(day)
    assert document in entry.document and entry.word == "off"
    assert CALENDAR.name(day) == entry.name != ""


@pytest.mark.parametrize(("text", "document"), WORK)
def test_a_saturday_worked_is_known_with_its_document(text: str, document: str) -> None:
    day = date.fromisoformat(text)
    entry = next(entry for entry in CALENDAR.differing_days(day.year) if entry.day == day)
    assert CALENDAR.state(day) is DayState.WORKING
    assert document in entry.document and entry.word == "work"


@pytest.mark.parametrize("text", ORDINARY)
def test_an_ordinary_weekday_is_worked(text: str) -> None:
    assert CALENDAR.state(date.fromisoformat(text)) is DayState.WORKING


@pytest.mark.parametrize("text", RESTING)
def test_a_weekend_is_not(text: str) -> None:
    assert CALENDAR.state(date.fromisoformat(text)) is DayState.OFF


# A16: session Monday 30/11/2026; A8: by the 24th, which is a holiday; A5: quarter days
COUNTS = (
    ("2026-11-30", -5, "2026-11-20"),
    ("2026-11-30", -3, "2026-11-25"),
    ("2026-11-30", -1, "2026-11-27"),
    ("2026-11-25", -1, "2026-11-23"),
    ("2026-11-23", 1, "2026-11-25"),
    ("2026-11-20", 2, "2026-11-25"),
    ("2026-11-21", 1, "2026-11-23"),
)


@pytest.mark.parametrize(("start", "n", "expected"), COUNTS)
def test_working_days_are_counted_without_the_day_itself(start: str, n: int, expected: str) -> None:
    day = date.fromisoformat(start)
    counted = CALENDAR.nth_working_day_after(day, n) if n > 0 else CALENDAR.nth_working_day_before(day, -n)
    assert counted == date.fromisoformat(expected)


@pytest.mark.parametrize(
    ("text", "direction", "expected"),
    [
        ("2026-11-24", "back", "2026-11-23"),
        ("2026-12-20", "forward", "2026-12-21"),
        ("2027-03-20", "forward", "2027-03-22"),
        ("2027-06-20", "none", "2027-06-20"),
        ("2026-11-25", "back", "2026-11-25"),
    ],
)
def test_a_deadline_rolls_onto_a_working_day(text: str, direction: str, expected: str) -> None:
    assert CALENDAR.roll(date.fromisoformat(text), direction) == date.fromisoformat(expected)


def test_announced_years_hold_no_doubt() -> None:
    assert CALENDAR.is_announced(2026) and CALENDAR.is_announced(2027)
    assert not CALENDAR.is_announced(2028)
    year = [date(2027, 1, 1) + timedelta(days=n) for n in range(365)]
    assert all(CALENDAR.state(day) is not DayState.UNANNOUNCED for day in year)


def test_a_year_without_notice_is_in_doubt_around_tet_and_beside_national_day() -> None:
    assert CALENDAR.state(date(2028, 1, 24)) is DayState.UNANNOUNCED
    assert CALENDAR.state(date(2028, 1, 31)) is DayState.UNANNOUNCED
    assert CALENDAR.state(date(2028, 1, 26)) is DayState.OFF
    assert CALENDAR.state(date(2028, 9, 1)) is DayState.UNANNOUNCED
    assert CALENDAR.state(date(2028, 6, 15)) is DayState.WORKING


def test_the_bodys_own_entries_go_over_everything() -> None:
    own = WorkCalendar(
        [
            (date(2026, 11, 23), "off", "Nghỉ theo địa phương", "Công văn số 5/UBND"),
            (date(2026, 11, 28), "work", "Làm bù", "Công văn số 5/UBND"),
        ]
    )
    assert not own.is_working(date(2026, 11, 23)) and own.is_working(date(2026, 11, 28))
    assert own.nth_working_day_before(date(2026, 11, 30), 1) == date(2026, 11, 28)
    assert CALENDAR.is_working(date(2026, 11, 23))
    assert own.differing_days(2026)[-1].document == "Công văn số 5/UBND"


def test_a_body_that_enters_every_doubtful_day_has_announced_the_year() -> None:
    year = [date(2028, 1, 1) + timedelta(days=n) for n in range(366)]
    doubtful = [day for day in year if CALENDAR.state(day) is DayState.UNANNOUNCED]
    own = WorkCalendar([(day, "off", "Nghỉ", "Thông báo") for day in doubtful])
    assert doubtful and own.is_announced(2028)


DAYS = st.dates(date(2021, 1, 1), date(2044, 1, 1))


@given(DAYS, st.integers(1, 60))
def test_counting_agrees_with_walking(start: date, n: int) -> None:
    for step, counted in (
        (-1, CALENDAR.nth_working_day_before(start, n)),
        (1, CALENDAR.nth_working_day_after(start, n)),
    ):
        day, left = start, n
        while left:
            day += timedelta(days=step)
            left -= CALENDAR.is_working(day)
        assert counted == day


@given(DAYS, st.sampled_from(("back", "forward")))
def test_rolling_ends_on_the_nearest_working_day_and_stays_there(day: date, direction: str) -> None:
    rolled = CALENDAR.roll(day, direction)
    assert CALENDAR.is_working(rolled) and CALENDAR.roll(rolled, direction) == rolled
    assert (rolled <= day) if direction == "back" else (rolled >= day)
    assert CALENDAR.nth_working_day_before(day, 0) == CALENDAR.roll(day, "back")


@given(DAYS)
def test_a_day_differs_exactly_when_it_is_listed(day: date) -> None:
    listed = day in {entry.day for entry in CALENDAR.differing_days(day.year)}
    assert listed == (CALENDAR.is_working(day) != (day.weekday() < 5))


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=HANOI)


@pytest.mark.parametrize(
    ("now", "opens"),
    [
        ("2026-11-20T06:00", "2026-11-20T07:30"),
        ("2026-11-20T09:00", "2026-11-20T09:00"),
        ("2026-11-20T12:00", "2026-11-20T13:30"),
        ("2026-11-20T17:00", "2026-11-23T07:30"),
        ("2026-11-21T09:00", "2026-11-23T07:30"),
        ("2026-11-23T18:00", "2026-11-25T07:30"),  # 24/11 is off
    ],
)
def test_the_office_opens_next(now: str, opens: str) -> None:
    assert HOURS.next_open(moment(now), CALENDAR) == moment(opens)


@pytest.mark.parametrize(
    ("now", "morning"),
    [
        ("2026-11-20T06:00", "2026-11-20T07:30"),
        ("2026-11-20T07:30", "2026-11-23T07:30"),
        ("2026-11-20T16:00", "2026-11-23T07:30"),
        ("2026-11-22T23:00", "2026-11-23T07:30"),
        ("2026-11-23T08:00", "2026-11-25T07:30"),
    ],
)
def test_the_next_working_morning(now: str, morning: str) -> None:
    assert HOURS.next_morning(moment(now), CALENDAR) == moment(morning)


@pytest.mark.parametrize(
    ("clock", "quiet"),
    [("20:59", False), ("21:00", True), ("02:00", True), ("06:59", True), ("07:00", False)],
)
def test_quiet_hours_run_over_midnight(clock: str, quiet: bool) -> None:
    now = moment(f"2026-11-20T{clock}")
    assert HOURS.is_quiet(now) is quiet
    assert HOURS.is_quiet(now.astimezone(UTC)) is quiet


def test_quiet_hours_within_one_day() -> None:
    nap = OfficeHours(quiet=(time(11, 30), time(13, 30)))
    assert nap.is_quiet(moment("2026-11-20T12:00")) and not nap.is_quiet(moment("2026-11-20T22:00"))


# Hypothesis wants its bounds without a zone; the tests add it.
EARLIEST = datetime(2021, 1, 1, tzinfo=UTC).replace(tzinfo=None)
LATEST = datetime(2044, 1, 1, tzinfo=UTC).replace(tzinfo=None)


@given(st.datetimes(EARLIEST, LATEST))
def test_the_office_is_open_when_it_next_opens(naive: datetime) -> None:
    now = naive.replace(tzinfo=UTC)
    opens = HOURS.next_open(now, CALENDAR)
    assert opens >= now and opens.tzinfo is UTC
    assert HOURS.is_open(opens, CALENDAR) and not HOURS.is_quiet(opens)
    assert (opens == now) == HOURS.is_open(now, CALENDAR)
    assert HOURS.next_morning(now, CALENDAR) > now


@given(st.datetimes(EARLIEST, LATEST))
def test_without_a_calendar_every_day_is_worked(naive: datetime) -> None:
    now = naive.replace(tzinfo=UTC)
    assert HOURS.next_open(now) - now < timedelta(hours=15)
