"""Tasks (*nhiệm vụ*): until when an extension is asked or a paper handed back in time, and what was not done.

Readings of ambiguous words (A2, A3, A4) are switches; the machines are those of an extension and of a hand-back.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from rules import deadlines
from rules.deadlines import DueRule
from rules.errors import N_, DomainError
from rules.machine import Machine
from rules.workdays import TIME_ZONE, OfficeHours, WorkCalendar


class ExtensionState(StrEnum):
    """`replaced`: asked anew before anybody decided. `void`: the task ended first."""

    AWAITING_DOCUMENT = "awaiting_document"
    AWAITING_DECISION = "awaiting_decision"
    GRANTED = "granted"
    REFUSED = "refused"
    REPLACED = "replaced"
    VOID = "void"


class ExtensionAct(StrEnum):
    SUBMIT_DOCUMENT = "submit_document"
    GRANT = "grant"
    REFUSE = "refuse"
    REPLACE = "replace"
    VOID = "void"


EXTENSION = Machine(
    initial=frozenset({ExtensionState.AWAITING_DOCUMENT, ExtensionState.AWAITING_DECISION}),
    transitions=MappingProxyType(
        {
            (ExtensionState.AWAITING_DOCUMENT, ExtensionAct.SUBMIT_DOCUMENT): ExtensionState.AWAITING_DECISION,
            (ExtensionState.AWAITING_DOCUMENT, ExtensionAct.REPLACE): ExtensionState.REPLACED,
            (ExtensionState.AWAITING_DOCUMENT, ExtensionAct.VOID): ExtensionState.VOID,
            (ExtensionState.AWAITING_DECISION, ExtensionAct.GRANT): ExtensionState.GRANTED,
            (ExtensionState.AWAITING_DECISION, ExtensionAct.REFUSE): ExtensionState.REFUSED,
            (ExtensionState.AWAITING_DECISION, ExtensionAct.REPLACE): ExtensionState.REPLACED,
            (ExtensionState.AWAITING_DECISION, ExtensionAct.VOID): ExtensionState.VOID,
        }
    ),
)


class HandBackState(StrEnum):
    """What became of *không thuộc thẩm quyền*. `returned`: sent back by the chief of the Office, to be said better."""

    AWAITING_CHIEF = "awaiting_chief"
    AWAITING_DECISION = "awaiting_decision"
    RETURNED = "returned"
    REASSIGNED = "reassigned"
    KEPT = "kept"
    VOID = "void"


class HandBackAct(StrEnum):
    FORWARD = "forward"
    RETURN = "return"
    REASSIGN = "reassign"
    KEEP = "keep"
    VOID = "void"


HAND_BACK = Machine(
    initial=frozenset({HandBackState.AWAITING_CHIEF, HandBackState.AWAITING_DECISION}),
    transitions=MappingProxyType(
        {
            (HandBackState.AWAITING_CHIEF, HandBackAct.FORWARD): HandBackState.AWAITING_DECISION,
            (HandBackState.AWAITING_CHIEF, HandBackAct.RETURN): HandBackState.RETURNED,
            (HandBackState.AWAITING_CHIEF, HandBackAct.VOID): HandBackState.VOID,
            (HandBackState.AWAITING_DECISION, HandBackAct.REASSIGN): HandBackState.REASSIGNED,
            (HandBackState.AWAITING_DECISION, HandBackAct.KEEP): HandBackState.KEPT,
            (HandBackState.AWAITING_DECISION, HandBackAct.VOID): HandBackState.VOID,
        }
    ),
)


class Timeliness(StrEnum):
    """`review`: missed, but the paper came so late in the day that a human is to judge (A3)."""

    IN_TIME = "in_time"
    REVIEW = "review"
    LATE = "late"


class Opinion(StrEnum):
    """What a contributing unit says of what the lead proposes (Tân Yên 2.b)."""

    AGREES = "agrees"
    DIFFERS = "differs"


class Cause(StrEnum):
    """The three causes of *không hoàn thành nhiệm vụ* (Tân Yên 2.c)."""

    NOT_REPORTED = "not_reported"
    NOT_JUSTIFIED = "not_justified"
    POOR_QUALITY = "poor_quality"


class NotLaterError(DomainError):
    code = "not_later"
    msgid = N_("The new day must come after the present due day, {day}.")


class SameHolderError(DomainError):
    code = "same_holder"
    msgid = N_("The task is with this unit already; please choose another.")


def due_rule(due_on: date) -> DueRule:
    """The day that was given, whatever kind of day it is."""
    return DueRule(due_on, 0, unit="calendar", roll="none")


def joint_rule(received_on: date, switches: Mapping[str, Any]) -> DueRule:
    """Tân Yên 4.a: the lead of a paper of several agencies proposes within so many working days (A4)."""
    return DueRule(received_on, switches["joint.n"], clear_days=switches["joint.clear_days"])


def nominate_rule(received_on: date, switches: Mapping[str, Any]) -> DueRule:
    """Tân Yên 2.b: a contributing unit names its person within so many working days."""
    return DueRule(received_on, switches["task.nominate_days"])


def opinion_rule(asked_on: date, switches: Mapping[str, Any]) -> DueRule:
    """Tân Yên 2.b: whoever contributes says what he thinks within so many working days."""
    return DueRule(asked_on, switches["task.opinion_days"])


def request_rule(due_on: date, switches: Mapping[str, Any]) -> DueRule:
    """Tân Yên 2.c: the last day on which an extension is asked in time (A2)."""
    return DueRule(
        due_on,
        -switches["extension.days"],
        unit=switches["extension.unit"],
        clear_days=switches["extension.clear_days"],
        counts_anchor=switches["extension.count_event_day"],
        roll=switches["extension.roll"],
        remind_unit=switches["extension.remind_on"],
    )


def announce_day(rule: DueRule, calendar: WorkCalendar) -> date:
    """The working day before the last lawful one; earlier where the stricter reading ends earlier."""
    last = deadlines.due(rule, calendar).day
    return min(calendar.nth_working_day_before(last, 1), deadlines.remind_day(rule, calendar))


def extended(assigned: date, granted: date | None) -> date:
    """The day that holds: another day in a workbook never takes back what was granted."""
    return max(assigned, granted) if granted else assigned


def hand_back_rule(received_at: datetime, switches: Mapping[str, Any]) -> DueRule:
    """Tân Yên 4.a: the day of receipt, or the next working day (A3)."""
    day = received_at.astimezone(TIME_ZONE).date()
    if switches["handback.after_cutoff"] == "next_wd" and _came_late(received_at, switches):
        return DueRule(day, 1)
    return DueRule(day, 0, unit="calendar", roll="forward")


def forward_rule(asked_on: date, switches: Mapping[str, Any], hours: OfficeHours) -> DueRule:
    """Until when the chief of the Office has a word; the same-day limit is that of the head, not his."""
    return DueRule(asked_on, switches["handback.chief_days"], cutoff=hours.afternoon[1])


def hand_back_timeliness(
    now: datetime, deadline: datetime, received_at: datetime, switches: Mapping[str, Any]
) -> Timeliness:
    """How a hand-back at this moment is judged."""
    if now < deadline:
        return Timeliness.IN_TIME
    same_day = deadlines.named_day(deadline) == received_at.astimezone(TIME_ZONE).date()
    if switches["handback.after_cutoff"] == "review" and same_day and _came_late(received_at, switches):
        return Timeliness.REVIEW
    return Timeliness.LATE


def _came_late(received_at: datetime, switches: Mapping[str, Any]) -> bool:
    return received_at.astimezone(TIME_ZONE).time() >= time.fromisoformat(switches["handback.late_arrival_cutoff"])


@dataclass(frozen=True, slots=True)
class Conduct:
    """What is known of an overdue task that is still owed."""

    reported_in_time: bool
    is_returned: bool
    waits_for_decision: bool
    was_refused: bool


def cause(conduct: Conduct) -> Cause | None:
    """Which cause to propose to a human (Tân Yên 2.c); none while an extension waits for its decision."""
    if conduct.waits_for_decision:
        return None
    if conduct.reported_in_time and conduct.is_returned:
        return Cause.POOR_QUALITY
    return Cause.NOT_JUSTIFIED if conduct.was_refused else Cause.NOT_REPORTED


@dataclass(frozen=True, slots=True)
class ListDay:
    """The weekly list of one week: for which weekday, on which day it is made, from which moment on."""

    week_of: date
    day: date
    cutoff: time


def list_day(today: date, switches: Mapping[str, Any], calendar: WorkCalendar) -> ListDay:
    """Sơn Dương 8.c: the Monday of this week, or the working day to which it is moved (A6)."""
    weekday = date.fromordinal(today.toordinal() - today.weekday() + switches["weekly.weekday"] - 2)
    rolled = calendar.roll(weekday, switches["weekly.roll"])
    return ListDay(weekday, rolled, time.fromisoformat(switches["weekly.cutoff"]))
