"""The rota of a hotline's team: who has which shift. What differs from the computed turn is a row: a swap, a leave."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.work import Work
from models.hotline_leaves import leaves_within
from models.hotline_rota import HotlineShift, shifts_taken
from models.meetings import Meeting
from models.offices import delegate_for, holder_of
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

    A change counts as long as whoever took the shift belongs to the team; in the place of whoever is away that day
    stands the next in turn.
    """
    days, members = calendar(work), posts[:-1] or posts
    if not members or not shifts:
        return {}
    found = {shift: rules.has_day(members, shift.day, days) for shift in shifts}
    for taken in shifts_taken(work.session, unit_id, shifts[0].day, shifts[-1].day):
        if taken.shift in found and taken.post_id in posts:
            found[taken.shift] = taken.post_id
    away = {shift.day: _away(work, posts, shift.day) for shift in shifts}
    return {shift: rules.stands_in(post, members, away[shift.day]) for shift, post in found.items()}


def _away(work: Work, posts: Sequence[int], day: date) -> set[int]:
    """The posts whose holders are away that day."""
    held = {post_id: holder_of(work.session, post_id, work.today) for post_id in posts}
    delegate_for.ahead(work.session, [person.key for person in held.values() if person], day)
    return {post_id for post_id, person in held.items() if person and is_away(work, person, day)}


def is_away(work: Work, person: Person, day: date) -> bool:
    """On leave from the rota, or his decisions are another's that day (*ủy quyền*), which tells the same."""
    is_on_leave = any(leave.person_id == person.id for leave in leaves_within(work.session, day, day))
    return is_on_leave or delegate_for(work.session, person.key, day) is not None
