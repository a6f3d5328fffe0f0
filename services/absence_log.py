"""Acts on requests as the audit log keeps them: each entry tells the state it led to; the log alone suffices."""

from typing import Any

from bot.work import Work
from models.absence import AbsenceRequest


def record(work: Work, action: str, request: AbsenceRequest, **facts: Any) -> None:
    """Note an act with all that attendance is later judged by; ids and categories only."""
    work.record(
        action,
        request,
        **{
            "meeting": request.meeting_id,
            "invitation": request.invitation_id,
            "requester": request.requester_id,
            "kind": request.kind,
            "state": request.state,
            "substitute": request.substitute_id,
            "arrives": request.arrives_at.isoformat() if request.arrives_at else None,
            "leaves": request.leaves_at.isoformat() if request.leaves_at else None,
            **facts,
        },
    )
