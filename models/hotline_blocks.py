"""Chats from which the hotline takes no questions for a while, because somebody abused it."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, bindparam
from sqlmodel import Field, Session, col, or_, select

from models.base import Table, UtcDateTime
from models.recall import recalled


class HotlineBlock(Table, table=True):
    """Chặn: whose question it was about, why, by whom, until when (None: without end). `told_on`: last told so.

    `reason` is empty once the question was erased.
    """

    id: int | None = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="channelaccount.id", index=True)
    ticket_id: int = Field(foreign_key="ticket.id")
    unit_id: int = Field(foreign_key="unit.id", index=True)
    reason: str
    by_id: int = Field(foreign_key="person.id")
    at: datetime = Field(sa_type=UtcDateTime)
    until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    lifted_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    lifted_by_id: int | None = Field(default=None, foreign_key="person.id")
    told_on: date | None = None


def _stands(now: Any) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return col(HotlineBlock.lifted_at).is_(None), or_(col(HotlineBlock.until).is_(None), col(HotlineBlock.until) > now)


_OF_CHAT = (
    select(HotlineBlock)
    .where(col(HotlineBlock.account_id) == bindparam("account"), *_stands(bindparam("now", type_=UtcDateTime)))
    .order_by(col(HotlineBlock.id).desc())
    .limit(1)
)


@recalled
def block_of(session: Session, account_id: int, now: datetime) -> HotlineBlock | None:
    """The block that a chat stands under."""
    return session.exec(_OF_CHAT, params={"account": account_id, "now": now}).first()


def blocks_about(session: Session, ticket_id: int) -> Sequence[HotlineBlock]:
    """Those that were set for a question, lifted and ended ones too."""
    found = select(HotlineBlock).where(HotlineBlock.ticket_id == ticket_id).order_by(col(HotlineBlock.id))
    return session.exec(found).all()


def standing_blocks(session: Session, now: datetime) -> Sequence[HotlineBlock]:
    """All that stand, oldest first."""
    return session.exec(select(HotlineBlock).where(*_stands(now)).order_by(col(HotlineBlock.id))).all()
