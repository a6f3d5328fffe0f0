"""Where the clock of the sample body may be moved; how far it was moved is kept with the body."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeAlias

from sqlmodel import Session

from bot.clock import LOCAL_ZONE, Clock
from bot.i18n import local_day
from models.meetings import upcoming_invitations
from models.offices import posts_of
from models.people import person_by_code, the_body
from models.simulator import coming_meetings
from rules.workdays import FIRST_YEAR, LAST_YEAR

BEFORE_A_MEETING = timedelta(minutes=15)
MOST_MEETINGS = 500
STEPS = {"hour": timedelta(hours=1), "day": timedelta(days=1)}

NextMorning: TypeAlias = Callable[[Session], datetime]


class NoSuchMomentError(Exception):
    """There is nothing to move to: no coming meeting, or a date that cannot be read."""


@dataclass(frozen=True, slots=True)
class Step:
    """Where to: `name` is hour, day, morning, meeting (whose: `address`, everybody's if empty) or given."""

    name: str
    address: str = ""
    moment: str = ""


def target(session: Session, now: datetime, step: Step, next_morning: NextMorning) -> datetime:
    """The moment that a step leads to. Raises NoSuchMomentError."""
    moment = _target(session, now, step, next_morning)
    if not FIRST_YEAR <= moment.year < LAST_YEAR:
        raise NoSuchMomentError("beyond the calendar")
    return moment


def _target(session: Session, now: datetime, step: Step, next_morning: NextMorning) -> datetime:
    if step.name in STEPS:
        return now + STEPS[step.name]
    if step.name == "morning":
        return next_morning(session)
    if step.name == "meeting":
        return _before_next_meeting(session, now, step.address)
    return _given(step.moment)


def keep(session: Session, offset: timedelta) -> None:
    """Note how far the clock is moved, for other processes and the next start."""
    body = the_body(session)
    if body is not None:
        body.clock_offset_seconds = round(offset.total_seconds())


def kept(session: Session) -> timedelta:
    body = the_body(session)
    return timedelta(seconds=body.clock_offset_seconds if body else 0)


def follow(clock: Clock, offset: timedelta) -> None:
    """Take over what was kept. The fraction of a second that is not kept is no difference."""
    if abs(clock.offset - offset) >= timedelta(seconds=1):
        clock.offset = offset


def _before_next_meeting(session: Session, now: datetime, address: str) -> datetime:
    after = now + BEFORE_A_MEETING
    person = person_by_code(session, address)
    coming = coming_meetings(session, after, MOST_MEETINGS)
    starts = [meeting.starts_at for meeting in coming if person is None or meeting.chair_id == person.id]
    if person is not None:
        posts = [post.key for post in posts_of(session, person.key, local_day(now))]
        invited = upcoming_invitations(session, posts, after)
        starts += [meeting.starts_at for _invitation, meeting in invited if meeting.starts_at > after]
    if not starts:
        raise NoSuchMomentError("no coming meeting")
    return min(starts) - BEFORE_A_MEETING


def _given(moment: str) -> datetime:
    try:
        given = datetime.fromisoformat(moment)
    except ValueError:
        raise NoSuchMomentError(moment) from None
    return given if given.tzinfo else given.replace(tzinfo=LOCAL_ZONE)
