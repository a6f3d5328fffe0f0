"""The rota of a hotline's team: who has the shift now."""

from collections.abc import Sequence

from bot.work import Work
from services.regulation import calendar


def in_turn(work: Work, unit_id: int, posts: Sequence[int]) -> list[int]:
    """The team in the order in which it is asked: who has the day first, then those after him; the leader last.

    The members take the working days in turn.
    """
    members, leader = list(posts[:-1]), list(posts[-1:])
    if not members:
        return leader
    first = calendar(work).number_of(work.today) % len(members)
    return [*members[first:], *members[:first], *leader]
