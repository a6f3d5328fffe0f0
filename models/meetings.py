"""Meetings and who is invited to them."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from enum import StrEnum

from sqlalchemy import UniqueConstraint, bindparam
from sqlmodel import Field, Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from models.base import Table, UtcDateTime, by_value
from models.people import Post
from models.recall import recalled_each


class MeetingKind(StrEnum):
    """Loại cuộc họp, as the workbook writes it."""

    REGULAR_SESSION = "thuong_ky"
    BRIEFING = "giao_ban"
    THEMATIC = "chuyen_de"
    CONFERENCE = "hoi_nghi"


class MeetingState(StrEnum):
    PLANNED = "planned"
    CANCELLED = "cancelled"


class Answer(StrEnum):
    """What an invitee said; a request to be absent or late is a row of its own."""

    NONE = "none"
    ATTENDS = "attends"
    REQUESTED = "requested"


class Meeting(Table, table=True):
    """Cuộc họp. `version` grows with each change that invitees are told of; `check_in_code` is shown at the door.

    The chair is a person of the body or, from outside, a name: then the Office records the consent.
    """

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(unique=True)
    title: str
    kind: MeetingKind = Field(sa_type=by_value(MeetingKind))
    starts_at: datetime = Field(sa_type=UtcDateTime, index=True)
    ends_at: datetime = Field(sa_type=UtcDateTime)
    place: str = ""
    convenor: str = ""
    chair_id: int | None = Field(default=None, foreign_key="person.id")
    outside_chair: str = ""
    host_unit_id: int = Field(foreign_key="unit.id")
    requires_head: bool = False
    series: str = ""
    state: MeetingState = Field(default=MeetingState.PLANNED, sa_type=by_value(MeetingState))
    version: int = 1
    check_in_code: str | None = Field(default=None, unique=True)
    created_at: datetime = Field(sa_type=UtcDateTime)


class Invitation(Table, table=True):
    """Giấy mời: a post is invited; whoever holds the post answers."""

    __table_args__ = (UniqueConstraint("meeting_id", "post_id"),)

    id: int | None = Field(default=None, primary_key=True)
    meeting_id: int = Field(foreign_key="meeting.id", index=True)
    post_id: int = Field(foreign_key="post.id", index=True)
    answer: Answer = Field(default=Answer.NONE, sa_type=by_value(Answer))
    answered_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    answered_by_id: int | None = Field(default=None, foreign_key="person.id")
    is_withdrawn: bool = False
    invited_at: datetime = Field(sa_type=UtcDateTime)


class MeetingPaper(Table, table=True):
    """A paper attached to a meeting; `item_id` is what it is about, where a unit sent it as papers owed.

    `hand_round_at` is when those who sit in the meeting get it; None where they have it.
    """

    id: int | None = Field(default=None, primary_key=True)
    meeting_id: int = Field(foreign_key="meeting.id", index=True)
    file_id: int = Field(foreign_key="storedfile.id")
    item_id: int | None = Field(default=None, foreign_key="agendaitem.id")
    hand_round_at: datetime | None = Field(default=None, sa_type=UtcDateTime, index=True)


def meeting_by_code(session: Session, code: str) -> Meeting | None:
    return session.exec(select(Meeting).where(Meeting.code == code)).first()


def invitations_to(session: Session, meeting_id: int) -> Sequence[Invitation]:
    """The invitations that stand, in the order they were made."""
    return session.exec(_standing(meeting_id)).all()


def invitations_of(session: Session, meeting_id: int, post_ids: Collection[int]) -> Sequence[Invitation]:
    """The standing invitations that went to one of these posts."""
    return session.exec(_standing(meeting_id).where(col(Invitation.post_id).in_(post_ids))).all()


def invitations_of_units(session: Session, meeting_id: int, unit_ids: Collection[int]) -> Sequence[Invitation]:
    """The standing invitations that went to a post of one of these units."""
    of_units = select(Post.id).where(col(Post.unit_id).in_(unit_ids))
    return session.exec(_standing(meeting_id).where(col(Invitation.post_id).in_(of_units))).all()


def _standing(meeting_id: int) -> SelectOfScalar[Invitation]:
    return (
        select(Invitation)
        .where(Invitation.meeting_id == meeting_id, col(Invitation.is_withdrawn).is_(False))
        .order_by(col(Invitation.id))
    )


def upcoming_invitations(
    session: Session, post_ids: Sequence[int], now: datetime
) -> Sequence[tuple[Invitation, Meeting]]:
    """Invitations of these posts to planned meetings that are not over, nearest first."""
    return session.exec(
        select(Invitation, Meeting)
        .join(Meeting)
        .where(
            col(Invitation.post_id).in_(post_ids),
            col(Invitation.is_withdrawn).is_(False),
            col(Meeting.ends_at) > now,
            Meeting.state == MeetingState.PLANNED,
        )
        .order_by(col(Meeting.starts_at), col(Meeting.id))
    ).all()


_OVERLAPPING = (
    select(Meeting)
    .where(
        col(Meeting.starts_at) < bindparam("until", type_=UtcDateTime),
        col(Meeting.ends_at) > bindparam("since", type_=UtcDateTime),
        col(Meeting.state) == MeetingState.PLANNED,
    )
    .order_by(col(Meeting.starts_at))
)


def overlapping(session: Session, starts_at: datetime, ends_at: datetime) -> Sequence[Meeting]:
    """Planned meetings that share time with a span."""
    return session.exec(_OVERLAPPING, params={"since": starts_at, "until": ends_at}).all()


def next_of_kind(session: Session, kind: MeetingKind, now: datetime) -> Meeting | None:
    """The nearest planned meeting of a kind that has not begun."""
    return session.exec(
        select(Meeting)
        .where(Meeting.kind == kind, Meeting.state == MeetingState.PLANNED, col(Meeting.starts_at) > now)
        .order_by(col(Meeting.starts_at), col(Meeting.id))
        .limit(1)
    ).first()


# Read for every message about a meeting: built once, the building would cost as much as the execution.
_PAPERS = (
    select(MeetingPaper)
    .where(col(MeetingPaper.meeting_id).in_(bindparam("keys", expanding=True)))
    .order_by(col(MeetingPaper.id))
)


@recalled_each
def papers_of(session: Session, meeting_ids: Collection[int]) -> Mapping[int, Sequence[MeetingPaper]]:
    """The papers of a meeting, in the order in which they were attached."""
    found: dict[int, list[MeetingPaper]] = {key: [] for key in meeting_ids}
    for paper in session.exec(_PAPERS, params={"keys": list(meeting_ids)}):
        found[paper.meeting_id].append(paper)
    return found


def papers_about(session: Session, item_id: int) -> Sequence[MeetingPaper]:
    return session.exec(select(MeetingPaper).where(MeetingPaper.item_id == item_id)).all()


_TO_HAND_ROUND = (
    select(MeetingPaper)
    .where(col(MeetingPaper.hand_round_at) <= bindparam("now", type_=UtcDateTime))
    .order_by(col(MeetingPaper.meeting_id), col(MeetingPaper.id))
    .with_for_update(skip_locked=True)
    .execution_options(populate_existing=True)
)


def papers_to_hand_round(session: Session, now: datetime) -> Sequence[MeetingPaper]:
    """Papers whose moment has come, meeting by meeting; another process skips them."""
    return session.exec(_TO_HAND_ROUND, params={"now": now}).all()


def invited_among(session: Session, post_ids: Sequence[int], meeting_ids: Sequence[int]) -> Sequence[int]:
    """Those of the meetings to which one of the posts is invited."""
    return session.exec(
        select(Invitation.meeting_id).where(
            col(Invitation.meeting_id).in_(meeting_ids),
            col(Invitation.post_id).in_(post_ids),
            col(Invitation.is_withdrawn).is_(False),
        )
    ).all()
