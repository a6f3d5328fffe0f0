"""A meeting as the Office gives it: what planning and changing take, and what a change is told against."""

from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from datetime import datetime

from models.meetings import MeetingKind


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingDetails:
    """A meeting as the Office gives it. `post_ids` are the posts invited; the chair is a person or a name."""

    code: str
    title: str
    kind: MeetingKind
    starts_at: datetime
    ends_at: datetime
    host_unit_id: int
    post_ids: Sequence[int]
    place: str = ""
    chair_id: int | None = None
    outside_chair: str = ""
    requires_head: bool = False
    series: str = ""
    convenor: str = ""
    paper_ids: Sequence[int] = field(default_factory=tuple)


# What is copied into the row as it is; invitations and papers are rows of their own.
PLAIN = tuple(part.name for part in fields(MeetingDetails) if part.name not in ("post_ids", "paper_ids"))
