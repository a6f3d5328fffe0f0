"""The Office keeps the month's tasks complete (Tân Yên 2.c): what the data shows to be wanting, and its word for it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time, timedelta

from bot.work import Work
from models.conclusions import meetings_without_conclusions, unassigned_conclusions
from models.duties import Duty, duty_about
from models.meetings import Meeting
from models.offices import holder_of
from models.people import Unit
from models.periodic import Periodic
from models.tasks import Task, tasks_received, unnamed_parts
from rules.duties import DutyKind
from rules.errors import NotAllowedError
from rules.periodic import PeriodicKind
from rules.workdays import at
from services import access


@dataclass(frozen=True, slots=True)
class Check:
    """What was given out in the month so far, and what wants a look.

    `unassigned` are meetings with the number of their conclusions that are no task yet; `vacant` tasks whose post
    nobody holds; `unnamed` tasks with a contributing unit that has named nobody; `undocumented` tasks without the
    document that assigned them; `unheard` meetings of the month of which no conclusion was typed: that may be right.
    """

    given: Sequence[Task]
    unassigned: Sequence[tuple[Meeting, int]]
    vacant: Sequence[Task]
    unnamed: Sequence[tuple[Task, str]]
    undocumented: Sequence[Task]
    unheard: Sequence[Meeting]


def check(work: Work, turn: Periodic) -> Check:
    """As it stands now; each list is one read."""
    since = at(turn.first, time())
    until = min(at(turn.last + timedelta(days=1), time()), work.now)
    given = tasks_received(work.session, since, until)
    holder_of.ahead(work.session, {task.post_id for task in given}, work.today)
    return Check(
        given=given,
        unassigned=unassigned_conclusions(work.session),
        vacant=[task for task in given if holder_of(work.session, task.post_id, work.today) is None],
        unnamed=[
            (task, work.session.get_one(Unit, part.unit_id).name)
            for part, task in unnamed_parts(work.session, since, until)
        ],
        undocumented=[task for task in given if not task.document],
        unheard=meetings_without_conclusions(work.session, since, until),
    )


def to_check(work: Work, key: int) -> tuple[Periodic, Duty]:
    """A month's register, for the Office."""
    access.require_office(work)
    turn = access.load(work, Periodic, key)
    duty = duty_about(work.session, DutyKind.TASK_REGISTER, key)
    if turn.kind is not PeriodicKind.MONTHLY_TASKS or duty is None:
        raise NotAllowedError()
    return turn, duty
