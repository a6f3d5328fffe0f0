"""The work programme: its items, the changes asked of the chair, the explanations of what is not finished."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, Session, col, select

from models.base import Table, UtcDateTime, by_value
from rules.programme import ChangeKind, ChangeState, Ground, ItemState


class ProgrammeItem(Table, table=True):
    """Nội dung chương trình công tác. `level` is to whom it is submitted; `due_on` is in time to its end."""

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(unique=True)
    content: str
    unit_id: int = Field(foreign_key="unit.id", index=True)
    due_on: date = Field(index=True)
    level: str = ""
    state: ItemState = Field(default=ItemState.TO_SUBMIT, sa_type=by_value(ItemState))
    submitted_on: date | None = None


class ProgrammeChange(Table, table=True):
    """Đề nghị điều chỉnh, bổ sung: what is asked and how it was before; never overwritten, never deleted.

    Without an item a new one is asked for. `ground`, `necessity` and `impact` are empty where the pack does not
    want them. `pack_id` and `pack_version` are those in force when it was asked.
    """

    id: int | None = Field(default=None, primary_key=True)
    item_id: int | None = Field(default=None, foreign_key="programmeitem.id", index=True)
    unit_id: int = Field(foreign_key="unit.id", index=True)
    kind: ChangeKind = Field(sa_type=by_value(ChangeKind))
    ground: Ground | None = Field(default=None, sa_type=by_value(Ground))
    reason: str
    necessity: str = ""
    impact: str = ""
    due_on: date | None = None
    content: str = ""
    former_due_on: date | None = None
    former_content: str = ""
    document: str = ""
    asked_by_id: int = Field(foreign_key="person.id", index=True)
    asked_at: datetime = Field(sa_type=UtcDateTime)
    state: ChangeState = Field(default=ChangeState.AWAITING_DECISION, sa_type=by_value(ChangeState), index=True)
    decided_by_id: int | None = Field(default=None, foreign_key="person.id")
    decided_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    decision_reason: str = ""
    pack_id: str
    pack_version: int


class Explanation(Table, table=True):
    """Giải trình: asked of an unfinished item before a regular session; its text is the result of its duty."""

    __table_args__ = (UniqueConstraint("item_id", "meeting_id"),)

    id: int | None = Field(default=None, primary_key=True)
    item_id: int = Field(foreign_key="programmeitem.id", index=True)
    meeting_id: int = Field(foreign_key="meeting.id", index=True)


def item_by_code(session: Session, code: str) -> ProgrammeItem | None:
    return session.exec(select(ProgrammeItem).where(ProgrammeItem.code == code)).first()


def items_due(session: Session, first: date, after: date) -> Sequence[ProgrammeItem]:
    """The items that are due from the first day up to, but not on, the last; nearest first."""
    return session.exec(
        select(ProgrammeItem)
        .where(col(ProgrammeItem.due_on) >= first, col(ProgrammeItem.due_on) < after)
        .order_by(col(ProgrammeItem.due_on), col(ProgrammeItem.id))
    ).all()


def unfinished_items(session: Session, day: date) -> Sequence[ProgrammeItem]:
    """What was due before a day and is not submitted, oldest first."""
    return session.exec(
        select(ProgrammeItem)
        .where(ProgrammeItem.state == ItemState.TO_SUBMIT, col(ProgrammeItem.due_on) < day)
        .order_by(col(ProgrammeItem.due_on), col(ProgrammeItem.id))
    ).all()


def items_to_submit(session: Session) -> Sequence[ProgrammeItem]:
    return session.exec(
        select(ProgrammeItem)
        .where(ProgrammeItem.state == ItemState.TO_SUBMIT)
        .order_by(col(ProgrammeItem.due_on), col(ProgrammeItem.id))
    ).all()


def submitted_items(session: Session) -> Sequence[ProgrammeItem]:
    """What is submitted and waits to be issued."""
    return session.exec(
        select(ProgrammeItem)
        .where(ProgrammeItem.state == ItemState.SUBMITTED)
        .order_by(col(ProgrammeItem.due_on), col(ProgrammeItem.id))
    ).all()


def changes_of(session: Session, item_id: int) -> Sequence[ProgrammeChange]:
    """The history of an item, oldest first."""
    return session.exec(
        select(ProgrammeChange).where(ProgrammeChange.item_id == item_id).order_by(col(ProgrammeChange.id))
    ).all()


def open_changes(session: Session) -> Sequence[ProgrammeChange]:
    """What waits for the chair, oldest first."""
    return session.exec(
        select(ProgrammeChange)
        .where(ProgrammeChange.state == ChangeState.AWAITING_DECISION)
        .order_by(col(ProgrammeChange.id))
    ).all()


def explanations_for(session: Session, meeting_id: int) -> Sequence[Explanation]:
    return session.exec(
        select(Explanation).where(Explanation.meeting_id == meeting_id).order_by(col(Explanation.id))
    ).all()


def explanations_of(session: Session, item_id: int) -> Sequence[Explanation]:
    """Asked of one item, the latest first."""
    return session.exec(
        select(Explanation).where(Explanation.item_id == item_id).order_by(col(Explanation.id).desc())
    ).all()
