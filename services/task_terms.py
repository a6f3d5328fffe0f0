"""Until when something can be asked about a task in time, as the body's rules read it today."""

from datetime import date, datetime

from bot.work import Work
from models.tasks import TaskAssignment
from rules import deadlines, tasks
from rules.deadlines import DueRule
from rules.tasks import Timeliness
from services.regulation import calendar, regulation


def last_request(work: Work, due_on: date) -> datetime | None:
    """Until when an extension is asked in time (Tân Yên 2.c); None where no clause sets a day."""
    rules = regulation(work)
    return _moment(work, tasks.request_rule(due_on, rules.switches)) if rules.rules("extension") else None


def announces_request(work: Work, due_on: date) -> datetime | None:
    """When the owner is told that the last lawful moment is near: a morning of work before it."""
    rules = regulation(work)
    if not rules.rules("extension"):
        return None
    day = tasks.announce_day(tasks.request_rule(due_on, rules.switches), calendar(work))
    return rules.hours.opening(day)


def hand_back_deadline(work: Work, assignment: TaskAssignment) -> datetime | None:
    """Until when it can be said in time that a paper is not ours (Tân Yên 4.a); None where no clause asks for it."""
    rules = regulation(work)
    if not rules.rules("hand_back"):
        return None
    return _moment(work, tasks.hand_back_rule(_came_at(work, assignment), rules.switches))


def hand_back_timeliness(work: Work, assignment: TaskAssignment, deadline: datetime) -> Timeliness:
    """How it is judged to say so now."""
    return tasks.hand_back_timeliness(work.now, deadline, _came_at(work, assignment), regulation(work).switches)


def _came_at(work: Work, assignment: TaskAssignment) -> datetime:
    """A3: when it was assigned, or when its owner opened it first; what nobody has read has not come yet."""
    if regulation(work).switches["handback.clock"] == "read":
        return assignment.read_at or work.now
    return assignment.received_at


def _moment(work: Work, rule: DueRule) -> datetime:
    rules = regulation(work)
    day = deadlines.due(rule, calendar(work)).day
    ends_at_close = rules.switches["day.end"] == "office_close"
    return deadlines.due_moment(rule, day, rules.hours, ends_at_close=ends_at_close)
