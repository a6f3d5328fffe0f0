"""Dates and times as officials type them (facts 4.4); seen from Saturday 21 November 2026, 9:00."""

from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.errors import InvalidInputError
from rules.vietnamese_dates import AmbiguousDateError, parse_date, parse_moment, parse_time

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
SATURDAY = date(2026, 11, 21)
NOW = datetime(2026, 11, 21, 9, 0, tzinfo=HANOI)

DATES = (
    ("25/11", date(2026, 11, 25)),
    ("25/11/2026", date(2026, 11, 25)),
    ("25/11/26", date(2026, 11, 25)),
    ("25-11", date(2026, 11, 25)),
    ("25.11.2026", date(2026, 11, 25)),
    ("25/11.", date(2026, 11, 25)),
    ("５/12", date(2026, 12, 5)),
    ("05/01", date(2027, 1, 5)),
    ("2026-11-25", date(2026, 11, 25)),
    ("ngày 25/11", date(2026, 11, 25)),
    ("ngày 25 tháng 11", date(2026, 11, 25)),
    ("ngày 05 tháng 02 năm 2027", date(2027, 2, 5)),
    ("ngay 25 thang 11", date(2026, 11, 25)),
    ("ngày 25", date(2026, 11, 25)),
    ("ngày 5", date(2026, 12, 5)),
    ("hôm nay", SATURDAY),
    ("hom nay", SATURDAY),
    ("mai", date(2026, 11, 22)),
    ("Ngày mai", date(2026, 11, 22)),
    ("sáng mai", date(2026, 11, 22)),
    ("chiều mai", date(2026, 11, 22)),
    ("ngày kia", date(2026, 11, 23)),
    ("mốt", date(2026, 11, 23)),
    ("ngày mốt", date(2026, 11, 23)),
    ("ngày kìa", date(2026, 11, 24)),
    ("3 ngày nữa", date(2026, 11, 24)),
    ("hôm qua", date(2026, 11, 20)),
    ("thứ 2", date(2026, 11, 23)),
    ("thứ hai", date(2026, 11, 23)),
    ("t2", date(2026, 11, 23)),
    ("thu tu", date(2026, 11, 25)),
    ("thứ tư", date(2026, 11, 25)),
    ("thứ 2 tuần tới", date(2026, 11, 23)),
    ("thứ 2 tuần sau", date(2026, 11, 23)),
    ("tuần sau thứ 2", date(2026, 11, 23)),
    ("t5 tuan sau", date(2026, 11, 26)),
    ("thứ năm tuần này", date(2026, 11, 19)),
    ("thứ năm tuần trước", date(2026, 11, 12)),
    ("CN", date(2026, 11, 22)),
    ("chủ nhật", date(2026, 11, 22)),
    ("CN tuần sau", date(2026, 11, 29)),
    ("thứ năm 26/11", date(2026, 11, 26)),
    ("thứ Năm, ngày 26/11/2026", date(2026, 11, 26)),
    ("thứ tư tới", date(2026, 11, 25)),
    ("tối thứ tư", date(2026, 11, 25)),
    ("thứ tư tối", date(2026, 11, 25)),
)
TIMES = (
    ("14h", time(14)),
    ("14 h", time(14)),
    ("14h30", time(14, 30)),
    ("14:30", time(14, 30)),
    ("14g30", time(14, 30)),
    ("14 giờ 30", time(14, 30)),
    ("14 giờ 30 phút", time(14, 30)),
    ("lúc 14h30p", time(14, 30)),
    ("14 gio", time(14)),
    ("8h", time(8)),
    ("07:30", time(7, 30)),
    ("7h30 sáng", time(7, 30)),
    ("8 giờ sáng", time(8)),
    ("8 gio sang", time(8)),
    ("2h", time(14)),
    ("2h chiều", time(14)),
    ("2 giờ rưỡi chiều", time(14, 30)),
    ("hai giờ rưỡi chiều", time(14, 30)),
    ("2 ruoi chieu", time(14, 30)),
    ("8 rưỡi", time(8, 30)),
    ("3 giờ kém 15 chiều", time(14, 45)),
    ("3 gio kem 15", time(14, 45)),
    ("mười một giờ", time(11)),
    ("11h trưa", time(11)),
    ("1h trưa", time(13)),
    ("7h tối", time(19)),
    ("toi 7h", time(19)),
    ("10h đêm", time(22)),
    ("0h", time(0)),
    ("02:00", time(2)),
    ("18h chiều", time(18)),
)
MOMENTS = (
    ("14h30 ngày 25/11", (2026, 11, 25, 14, 30)),
    ("25/11 14:30", (2026, 11, 25, 14, 30)),
    ("14 giờ 25/11", (2026, 11, 25, 14, 0)),
    ("14h 25 tháng 11", (2026, 11, 25, 14, 0)),
    ("14 giờ 00, thứ Năm, ngày 26/11/2026", (2026, 11, 26, 14, 0)),
    ("chiều mai 2h", (2026, 11, 22, 14, 0)),
    ("2h chiều mai", (2026, 11, 22, 14, 0)),
    ("8 giờ sáng thứ 2 tuần tới", (2026, 11, 23, 8, 0)),
    ("8h sang thu 2 tuan toi", (2026, 11, 23, 8, 0)),
    ("sáng thứ hai lúc 8 giờ", (2026, 11, 23, 8, 0)),
    ("tối thứ tư 7h", (2026, 11, 25, 19, 0)),
    ("14h", (2026, 11, 21, 14, 0)),
    ("14h hôm nay", (2026, 11, 21, 14, 0)),
    ("8h ngày kìa", (2026, 11, 24, 8, 0)),
)
WRONG_DATES = (
    ("25/13", "no month 13"),
    ("11/25", "no month 25"),
    ("31/11", "no day 31"),
    ("30/2/2027", "no day 30"),
    ("29/2/2027", "no day 29"),
    ("00/11", "no day 0"),
    ("ngày 31", "no day 31"),
    ("thứ sáu 26/11", "another weekday"),
    ("thứ 8", "is not a date"),
    ("bao giờ cũng được", "is not a date"),
    ("", "is not a date"),
    ("25/11/1026", "is not a date"),
)
AMBIGUOUS_DATES = (
    ("20/11", (date(2026, 11, 20), date(2027, 11, 20))),
    ("thứ bảy", (date(2026, 11, 21), date(2026, 11, 28))),
    ("25/11 hoặc 26/11", (date(2026, 11, 25), date(2026, 11, 26))),
    ("tuần sau", tuple(date(2026, 11, 23 + n) for n in range(5))),
)


@pytest.mark.parametrize(("text", "expected"), DATES)
def test_a_day_is_read_as_people_mean_it(text: str, expected: date) -> None:
    assert parse_date(text, SATURDAY) == expected


@pytest.mark.parametrize(("text", "expected"), TIMES)
def test_a_time_is_read_as_people_mean_it(text: str, expected: time) -> None:
    assert parse_time(text) == expected


@pytest.mark.parametrize(("text", "expected"), MOMENTS)
def test_a_moment_is_read_in_local_time(text: str, expected: tuple[int, ...]) -> None:
    year, month, day, hour, minute = expected
    assert parse_moment(text, NOW) == datetime(year, month, day, hour, minute, tzinfo=HANOI)
    assert parse_moment(text, NOW).tzinfo is UTC


@pytest.mark.parametrize(("text", "reason"), WRONG_DATES)
def test_an_impossible_day_is_refused_with_its_reason(text: str, reason: str) -> None:
    with pytest.raises(InvalidInputError) as caught:
        parse_date(text, SATURDAY)
    assert reason in str(caught.value)
    assert text in str(caught.value)


@pytest.mark.parametrize("text", ["25h", "14h75", "13h sáng", "9h chiều", "giờ nào cũng được", "", "25/11"])
def test_an_impossible_time_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(InvalidInputError) as caught:
        parse_time(text)
    assert "14h30" in str(caught.value)


@pytest.mark.parametrize(("text", "candidates"), AMBIGUOUS_DATES)
def test_a_day_with_two_readings_is_asked_back(text: str, candidates: tuple[date, ...]) -> None:
    with pytest.raises(AmbiguousDateError) as caught:
        parse_date(text, SATURDAY)
    assert caught.value.candidates == candidates


def test_next_wednesday_said_on_a_monday_is_asked_back() -> None:
    with pytest.raises(AmbiguousDateError) as caught:
        parse_date("thứ tư tới", date(2026, 11, 23))
    assert caught.value.candidates == (date(2026, 11, 25), date(2026, 12, 2))


def test_the_29th_of_february_is_next_years_where_this_has_none() -> None:
    assert parse_date("29/2", date(2027, 9, 2)) == date(2028, 2, 29)


def test_six_o_clock_is_morning_or_evening() -> None:
    with pytest.raises(AmbiguousDateError) as caught:
        parse_time("6h")
    assert caught.value.candidates == (time(6), time(18))


@pytest.mark.parametrize(
    ("text", "candidates"),
    [
        ("6h30 25/11", ("2026-11-25T06:30", "2026-11-25T18:30")),
        ("6h", ("2026-11-21T18:00",)),
        ("14h thứ bảy", ("2026-11-21T14:00", "2026-11-28T14:00")),
        ("14h 20/11", ("2026-11-20T14:00", "2027-11-20T14:00")),
    ],
)
def test_a_moment_with_several_readings_offers_whole_moments(text: str, candidates: tuple[str, ...]) -> None:
    expected = tuple(datetime.fromisoformat(one).replace(tzinfo=HANOI) for one in candidates)
    if len(expected) == 1:
        assert parse_moment(text, NOW) == expected[0]
        return
    with pytest.raises(AmbiguousDateError) as caught:
        parse_moment(text, NOW)
    assert caught.value.candidates == expected


def test_a_time_already_past_today_is_asked_back() -> None:
    with pytest.raises(AmbiguousDateError) as caught:
        parse_moment("8h", NOW)
    today = datetime(2026, 11, 21, 8, tzinfo=HANOI)
    assert caught.value.candidates == (today, today + timedelta(days=1))


def test_a_day_without_a_time_is_no_moment() -> None:
    with pytest.raises(InvalidInputError) as caught:
        parse_moment("25/11", NOW)
    assert "has no time" in str(caught.value)


DAYS = st.dates(date(2020, 1, 1), date(2090, 12, 31))


@given(DAYS, DAYS, st.sampled_from(("%d/%m/%Y", "%d-%m-%Y", "%Y-%m-%d", "ngày %d tháng %m năm %Y")))
def test_a_full_date_means_itself_whatever_today_is(day: date, today: date, shape: str) -> None:
    assert parse_date(day.strftime(shape), today) == day


@given(st.times(), st.sampled_from(("%H:%M", "%Hh%M", "%Hg%M", "%H giờ %M phút")))
def test_a_two_figure_hour_means_itself(moment: time, shape: str) -> None:
    expected = moment.replace(second=0, microsecond=0)
    assert parse_time(moment.strftime(shape)) == expected


@given(DAYS, st.integers(0, 180))
def test_a_day_of_the_coming_half_year_needs_no_year(today: date, ahead: int) -> None:
    day = today + timedelta(days=ahead)
    assert parse_date(f"{day.day}/{day.month}", today) == day


@given(DAYS, st.integers(2, 7))
def test_next_week_is_the_following_calendar_week(today: date, number: int) -> None:
    day = parse_date(f"thứ {number} tuần sau", today)
    monday = today - timedelta(days=today.weekday())
    assert day == monday + timedelta(days=7 + number - 2)


WORDS = (
    "thứ",
    "2",
    "tuần",
    "sau",
    "25/11",
    "14h",
    "chiều",
    "tối",
    "tới",
    "mai",
    "ngày",
    "kém",
    "31",
)


@given(st.one_of(st.text(max_size=40), st.lists(st.sampled_from(WORDS)).map(" ".join)), DAYS)
def test_whatever_is_typed_is_read_or_refused_politely(text: str, today: date) -> None:
    now = datetime.combine(today, time(9), HANOI)
    for read in (
        lambda: parse_date(text, today),
        lambda: parse_moment(text, now),
        lambda: parse_time(text),
    ):
        with suppress(InvalidInputError):
            read()
