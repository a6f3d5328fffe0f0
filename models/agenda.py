"""What is put before a meeting, whose opinion comes first, and what became of items whose papers were late."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import UniqueConstraint, bindparam
from sqlmodel import Field, Session, col, select

from models.base import Table, UtcDateTime, by_value
from models.meetings import Meeting, MeetingState
from rules.papers import ItemState, Late


class AgendaItem(Table, table=True):
    """Nội dung trình: `unit_id` is the unit that submits it and owes its papers."""

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(unique=True)
    meeting_id: int = Field(foreign_key="meeting.id", index=True)
    title: str
    unit_id: int = Field(foreign_key="unit.id")
    state: ItemState = Field(default=ItemState.PLANNED, sa_type=by_value(ItemState))
    created_at: datetime = Field(sa_type=UtcDateTime)


class OpinionAsked(Table, table=True):
    """Đơn vị cho ý kiến: a unit that is heard before the papers go out."""

    __table_args__ = (UniqueConstraint("item_id", "unit_id"),)

    id: int | None = Field(default=None, primary_key=True)
    item_id: int = Field(foreign_key="agendaitem.id", index=True)
    unit_id: int = Field(foreign_key="unit.id")
    is_withdrawn: bool = False


class LatePapers(Table, table=True):
    """Chậm tài liệu: the Office's question to the chair, and his decision. `meeting_id` is the meeting it was about."""

    id: int | None = Field(default=None, primary_key=True)
    item_id: int = Field(foreign_key="agendaitem.id", index=True)
    meeting_id: int = Field(foreign_key="meeting.id", index=True)
    reason: str
    proposed_by_id: int | None = Field(default=None, foreign_key="person.id")
    proposed_at: datetime = Field(sa_type=UtcDateTime)
    state: Late = Field(default=Late.PROPOSED, sa_type=by_value(Late))
    decided_by_id: int | None = Field(default=None, foreign_key="person.id")
    decided_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    moved_to_id: int | None = Field(default=None, foreign_key="meeting.id")


def item_by_code(session: Session, code: str) -> AgendaItem | None:
    return session.exec(select(AgendaItem).where(AgendaItem.code == code)).first()


def items_of(session: Session, meeting_id: int) -> Sequence[AgendaItem]:
    """What is to be treated, in the order in which it was put on the list."""
    return session.exec(
        select(AgendaItem)
        .where(AgendaItem.meeting_id == meeting_id, AgendaItem.state == ItemState.PLANNED)
        .order_by(col(AgendaItem.id))
    ).all()


def opinions_on(session: Session, item_id: int) -> Sequence[OpinionAsked]:
    """The units that are to be heard, in the order in which they were named."""
    return session.exec(
        select(OpinionAsked)
        .where(OpinionAsked.item_id == item_id, col(OpinionAsked.is_withdrawn).is_(False))
        .order_by(col(OpinionAsked.id))
    ).all()


def question_on(session: Session, item_id: int) -> LatePapers | None:
    """The question about its late papers that waits for the chair."""
    return session.exec(
        select(LatePapers).where(LatePapers.item_id == item_id, LatePapers.state == Late.PROPOSED)
    ).first()


def has_ruled(session: Session, item_id: int, meeting_id: int, state: Late) -> bool:
    """Whether the chair has decided so about the item's papers for that meeting."""
    ruled = select(LatePapers.id).where(
        LatePapers.item_id == item_id, LatePapers.meeting_id == meeting_id, LatePapers.state == state
    )
    return session.exec(ruled.limit(1)).first() is not None


# Asked by the clock at each of its looks: built once.
_OVERTAKEN = (
    select(LatePapers)
    .join(Meeting, col(LatePapers.meeting_id) == col(Meeting.id))
    .where(LatePapers.state == Late.PROPOSED, col(Meeting.starts_at) <= bindparam("now", type_=UtcDateTime))
)


def overtaken_questions(session: Session, now: datetime) -> Sequence[LatePapers]:
    """Questions that nobody answered before the meeting began."""
    return session.exec(_OVERTAKEN, params={"now": now}).all()


def later_meetings_like(session: Session, meeting: Meeting, now: datetime, most: int = 6) -> Sequence[Meeting]:
    """Planned meetings after it of the same series or, where it is of none, of the same kind; nearest first."""
    same = Meeting.series == meeting.series if meeting.series else Meeting.kind == meeting.kind
    return session.exec(
        select(Meeting)
        .where(
            same,
            Meeting.id != meeting.id,
            Meeting.state == MeetingState.PLANNED,
            col(Meeting.starts_at) > max(meeting.starts_at, now),
        )
        .order_by(col(Meeting.starts_at), col(Meeting.id))
        .limit(most)
    ).all()
