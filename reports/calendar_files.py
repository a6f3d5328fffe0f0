"""Meetings as calendar files (.ics), which a telephone puts into its own calendar, changes there and takes out."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from icalendar import Component

MEDIA_TYPE = "text/calendar"


@dataclass(frozen=True, slots=True)
class Event:
    """A meeting with local hours. `uid` stays the same for good; what carries the higher `sequence` holds."""

    uid: str
    sequence: int
    stamp: datetime
    title: str
    starts_at: datetime
    ends_at: datetime
    place: str
    chair: str


# All who are invited get the same file.
@lru_cache(maxsize=64)
def calendar_file(events: tuple[Event, ...], *, is_cancelled: bool = False) -> bytes:
    """One file for all of them: to be entered or, if cancelled, to be taken out."""
    # Loaded with the first invitation: most starts need none.
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//Thu Ky//VN")
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if is_cancelled else "PUBLISH")
    calendar.add_component(_zone())
    for event in events:
        calendar.add_component(_component(event, is_cancelled=is_cancelled))
    return bytes(calendar.to_ical())


@lru_cache
def _zone() -> "Component":
    """Vietnam's hours; working them out takes far longer than all the rest."""
    from icalendar import Timezone

    return Timezone.from_tzid("Asia/Ho_Chi_Minh", first_date=date(2000, 1, 1))


def _component(event: Event, *, is_cancelled: bool) -> "Component":
    from icalendar import Event as Entry

    entry = Entry()
    entry.add("uid", event.uid)
    entry.add("sequence", event.sequence)
    entry.add("dtstamp", event.stamp)
    entry.add("dtstart", event.starts_at)
    entry.add("dtend", event.ends_at)
    entry.add("summary", event.title)
    entry.add("status", "CANCELLED" if is_cancelled else "CONFIRMED")
    for name, value in (("location", event.place), ("description", event.chair)):
        if value:
            entry.add(name, value)
    return entry
