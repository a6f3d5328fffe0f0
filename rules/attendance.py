"""Attendance (*điểm danh*): which of the closed list of statuses follows from what was asked and what was seen.

*Có phép* needs the chair's recorded consent; *chưa phản hồi* is a state of its own (A18); what cannot be told
from the record is left open for the Office to classify.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from rules.absence import Kind, State


class Status(StrEnum):
    """The closed list of the contract; the values are stored."""

    PRESENT = "present"
    LATE_EXCUSED = "late_excused"
    LATE_UNEXCUSED = "late_unexcused"
    EARLY_EXCUSED = "early_excused"
    LEFT_MIDWAY = "left_midway"
    SUBSTITUTE_RIGHT = "substitute_right"
    SUBSTITUTE_WRONG = "substitute_wrong"
    ONLINE = "online"
    ABSENT_EXCUSED = "absent_excused"
    ABSENT_AWAITING_DOCUMENT = "absent_awaiting_document"
    ABSENT_UNDECIDED = "absent_undecided"
    ABSENT_UNEXCUSED = "absent_unexcused"
    NO_ANSWER = "no_answer"


class Mark(StrEnum):
    """What only a human enters (Gia Bình 1), with a word why."""

    PRIVATE_BUSINESS = "private_business"  # làm việc riêng
    UNPREPARED = "unprepared"  # không nắm nội dung


ABSENCES = frozenset(
    {
        Status.ABSENT_EXCUSED,
        Status.ABSENT_AWAITING_DOCUMENT,
        Status.ABSENT_UNDECIDED,
        Status.ABSENT_UNEXCUSED,
        Status.NO_ANSWER,
    }
)

# What the directives criticise; what the Office has not classified is no fault.
FAULTS = frozenset({Status.LATE_UNEXCUSED, Status.LEFT_MIDWAY, Status.SUBSTITUTE_WRONG, Status.ABSENT_UNEXCUSED})
# Of these whoever sat there answers, of the others whoever was invited.
CONDUCT = frozenset({Status.LATE_EXCUSED, Status.LATE_UNEXCUSED, Status.EARLY_EXCUSED, Status.LEFT_MIDWAY})


@dataclass(frozen=True, slots=True)
class Hours:
    """When the meeting runs, and how late is not late yet."""

    starts_at: datetime
    ends_at: datetime
    grace: timedelta


@dataclass(frozen=True, slots=True)
class Asked:
    """The standing request on an invitation. A consent by telephone that is not ratified yet is consent."""

    kind: Kind
    state: State
    arrives_at: datetime | None = None
    leaves_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Seen:
    """Who sat there and when. `is_holder`: who was invited came himself; else whether his sitting in was allowed,
    by an approved substitution or by the chair on the spot."""

    arrived_at: datetime
    left_at: datetime | None = None
    is_online: bool = False
    is_holder: bool = True
    is_allowed: bool = True


def present(seen: Seen, asked: Asked | None, hours: Hours) -> tuple[Status, ...]:
    """All that holds of somebody who came; the gravest first."""
    found = [
        _composition(seen),
        _leaving(seen, asked, hours),
        _arrival(seen, asked, hours),
        Status.ONLINE if seen.is_online else None,
    ]
    holding = [status for status in found if status is not None]
    faults = [status for status in holding if status in FAULTS]
    others = [status for status in holding if status not in FAULTS]
    return tuple(faults + others) or (Status.PRESENT,)


def _composition(seen: Seen) -> Status | None:
    if seen.is_holder:
        return None
    return Status.SUBSTITUTE_RIGHT if seen.is_allowed else Status.SUBSTITUTE_WRONG


def _arrival(seen: Seen, asked: Asked | None, hours: Hours) -> Status | None:
    if seen.arrived_at <= hours.starts_at + hours.grace:
        return None
    told = asked.arrives_at if asked and asked.kind is Kind.LATE and asked.state is State.APPROVED else None
    return Status.LATE_EXCUSED if told and seen.arrived_at <= told + hours.grace else Status.LATE_UNEXCUSED


def _leaving(seen: Seen, asked: Asked | None, hours: Hours) -> Status | None:
    if seen.left_at is None or seen.left_at >= hours.ends_at:
        return None
    told = asked.leaves_at if asked and asked.kind is Kind.EARLY and asked.state is State.APPROVED else None
    return Status.EARLY_EXCUSED if told and seen.left_at >= told - hours.grace else Status.LEFT_MIDWAY


_ASKED_AWAY = {
    State.APPROVED: Status.ABSENT_EXCUSED,
    State.AWAITING_DOCUMENT: Status.ABSENT_AWAITING_DOCUMENT,
    State.AWAITING_DECISION: Status.ABSENT_UNDECIDED,
    State.RETURNED: Status.ABSENT_UNDECIDED,
    State.LAPSED: Status.ABSENT_UNDECIDED,
    State.REFUSED: Status.ABSENT_UNEXCUSED,
}


def absent(asked: Asked | None, *, has_answered: bool, silence: str) -> Status | None:
    """What holds of somebody who was not seen; None where he had said that he would come: a human classifies.

    `silence` is the switch `absence.silence_status`.
    """
    if asked is not None and asked.kind in (Kind.ABSENT, Kind.SUBSTITUTE):
        return _ASKED_AWAY.get(asked.state)
    if has_answered or asked is not None:
        return None
    return Status.ABSENT_UNEXCUSED if silence == "unexcused" else Status.NO_ANSWER


def minutes_late(seen: Seen, hours: Hours) -> int:
    """Whole minutes after the start, without the grace; 0 for who was in time."""
    late = seen.arrived_at - hours.starts_at
    return int(late.total_seconds() // 60) if late > hours.grace else 0


def quorum(present_members: int, members: int, share: str) -> bool | None:
    """Whether so many of all members are enough; None where the body has no rule (`-`)."""
    if share == "-" or not members:
        return None
    part, whole = (int(number) for number in share.split("/"))
    return present_members * whole >= members * part
