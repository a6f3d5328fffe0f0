"""The rota of a hotline's team: who has which shift. What differs from the computed turn is a row."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.work import Work
from models.hotline_rota import HotlineShift, shifts_taken
from models.meetings import Meeting
from models.people import Person
from rules import shifts as rules
from rules.shifts import Shift
from services.regulation import calendar, regulation


@dataclass(frozen=True, slots=True)
class Place:
    """A shift with whoever has it, the meetings that he is called to at that hour, and who was asked to take it."""

    shift: Shift
    post_id: int
    person: Person | None
    meetings: Sequence[Meeting] = ()
    asked: HotlineShift | None = None


def in_turn(work: Work, unit_id: int, posts: Sequence[int]) -> list[int]:
    """The team in the order in which it is asked: who has the shift first, then those after him; the leader last."""
    members, leader = list(posts[:-1]), list(posts[-1:])
    if not members:
        return leader
    now = rules.shift_at(work.now, regulation(work).hours)
    turn = members.index(rules.has_day(members, now.day, calendar(work)))
    first = on_shifts(work, unit_id, posts, [now])[now]
    return [first, *(post for post in [*members[turn:], *members[:turn], *leader] if post != first)]


def on_shifts(work: Work, unit_id: int, posts: Sequence[int], shifts: Sequence[Shift]) -> Mapping[Shift, int]:
    """Which post of a team has each of these shifts, in order of time; its leader, the last, only where he alone is it.

    A change counts as long as whoever took the shift belongs to the team.
    """
    days, members = calendar(work), posts[:-1] or posts
    if not members or not shifts:
        return {}
    found = {shift: rules.has_day(members, shift.day, days) for shift in shifts}
    for taken in shifts_taken(work.session, unit_id, shifts[0].day, shifts[-1].day):
        if taken.shift in found and taken.post_id in posts:
            found[taken.shift] = taken.post_id
    return found
