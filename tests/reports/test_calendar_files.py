"""Calendar files: what a calendar reads out of them."""

from datetime import datetime

from icalendar import Calendar

from bot.clock import LOCAL_ZONE
from reports.calendar_files import Event, calendar_file

HELD = Event(
    uid="meeting-1@thu-ky",
    sequence=3,
    stamp=datetime(2030, 3, 1, 8, tzinfo=LOCAL_ZONE),
    title="Họp về tiến độ; giải ngân, đợt 2",
    starts_at=datetime(2030, 3, 4, 14, tzinfo=LOCAL_ZONE),
    ends_at=datetime(2030, 3, 4, 16, 30, tzinfo=LOCAL_ZONE),
    place="Phòng họp số 1, Trụ sở UBND",
    chair="Chủ trì: đ/c Nguyễn Văn Hưng",
)


def test_a_calendar_reads_hours_place_and_chair_in_vietnam_time() -> None:
    calendar = Calendar.from_ical(calendar_file((HELD,)))
    [event] = calendar.walk("VEVENT")
    assert calendar["METHOD"] == "PUBLISH"
    assert (str(event["SUMMARY"]), str(event["LOCATION"])) == (HELD.title, HELD.place)
    assert str(event["DESCRIPTION"]) == HELD.chair
    assert event.decoded("DTSTART") == HELD.starts_at
    assert event["DTSTART"].params["TZID"] == "Asia/Ho_Chi_Minh"
    assert [str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE")] == ["Asia/Ho_Chi_Minh"]


def test_a_cancellation_names_the_same_entry_with_its_sequence() -> None:
    calendar = Calendar.from_ical(calendar_file((HELD,), is_cancelled=True))
    [event] = calendar.walk("VEVENT")
    assert (calendar["METHOD"], event["STATUS"]) == ("CANCEL", "CANCELLED")
    assert (event["UID"], event["SEQUENCE"]) == (HELD.uid, HELD.sequence)
