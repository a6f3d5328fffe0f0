"""What follows when a duty of a kind is finished with *Đã xong*, and what makes it ask for an excuse."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from bot.work import Work
from models.duties import Duty, DutyEntry
from rules.duties import DutyKind
from services import (
    comments,
    coordination,
    extensions,
    hand_back_cards,
    host_reports,
    papers,
    periodic,
    programme,
    vote_results,
)


def _task_done(work: Work, duty: Duty, entry: DutyEntry) -> None:
    """What was asked about it and not decided has no object any more."""
    extensions.void_open(work, duty.subject_id)
    hand_back_cards.void_open(work, duty.subject_id)
    coordination.void_open(work, duty.subject_id)


EFFECTS: Mapping[DutyKind, Callable[[Work, Duty, DutyEntry], None]] = MappingProxyType(
    {
        DutyKind.COMMENT: comments.given,
        DutyKind.COMPILE: periodic.send_on,
        DutyKind.OPINION: papers.heard,
        DutyKind.PAPERS: papers.received,
        DutyKind.PROGRAMME: programme.was_submitted,
        DutyKind.REPORT_ATTENDANCE: host_reports.was_reported,
        DutyKind.REPORT_RESULT: host_reports.was_reported,
        DutyKind.REPORT_VOTE: vote_results.reported,
        DutyKind.TASK: _task_done,
    }
)
"""A DomainError means that the result does not do: nothing is kept."""

GAPS: Mapping[DutyKind, Callable[[Work, Duty], object]] = MappingProxyType({DutyKind.PAPERS: papers.gap})
"""Whether something is missing, so that the owner has to say why."""
