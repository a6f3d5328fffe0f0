"""Messages with choices on channels without buttons, each with its case code."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import JSON, Column, UniqueConstraint
from sqlmodel import Field, Session, col, delete, select, update

from models.base import Table, UtcDateTime


class Prompt(Table, table=True):
    """The numbered choices under one message in one chat: `labels` as they are read, `tokens` as buttons carry them.

    `weighty` are the choices, counted from 0, that are repeated back before they count; `confirms` is the one
    that waits for a yes, with what was written behind it; `ticks` are those that may be named together. `is_closed`:
    a newer prompt has taken its place, or it was answered; its code still says how the case stands. `is_used`:
    something was chosen from it, and what that brought stands below it now. `asked` names the event that it was the
    reply to; empty for news. An answer is owed by `due_at`; at `until`
    nobody waits for it any more.
    """

    __table_args__ = (UniqueConstraint("channel", "address", "code"),)

    id: int | None = Field(default=None, primary_key=True)
    channel: str
    address: str
    code: str
    outbox_id: int = Field(unique=True)
    card: str = ""
    title: str = ""
    labels: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    tokens: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    weighty: list[int] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    ticks: list[int] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    is_step: bool = False
    is_closed: bool = False
    is_used: bool = False
    asked: str = ""
    confirms: int | None = None
    rest: str = ""
    sent_at: datetime = Field(sa_type=UtcDateTime)
    expires_at: datetime = Field(sa_type=UtcDateTime, index=True)
    due_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    until: datetime | None = Field(default=None, sa_type=UtcDateTime)


def prompts_in(session: Session, channel: str, address: str, now: datetime) -> Sequence[Prompt]:
    """All that have not expired in a chat, newest first."""
    return session.exec(
        select(Prompt)
        .where(Prompt.channel == channel, Prompt.address == address, col(Prompt.expires_at) > now)
        .order_by(col(Prompt.sent_at).desc(), col(Prompt.id).desc())
    ).all()


def asked_since(session: Session, channel: str, address: str, moment: datetime) -> bool:
    """Whether a case has come into a chat since then, or come again."""
    asked = select(Prompt.id).where(
        Prompt.channel == channel, Prompt.address == address, Prompt.card != "", col(Prompt.sent_at) > moment
    )
    return session.exec(asked.limit(1)).first() is not None


def prompt_of(session: Session, outbox_id: int) -> Prompt | None:
    return session.exec(select(Prompt).where(Prompt.outbox_id == outbox_id)).first()


def open_prompt_of_card(session: Session, channel: str, address: str, card: str) -> Prompt | None:
    """What a chat can still answer of a case."""
    return session.exec(
        select(Prompt)
        .where(
            Prompt.channel == channel, Prompt.address == address, Prompt.card == card, col(Prompt.is_closed).is_(False)
        )
        .order_by(col(Prompt.id).desc())
    ).first()


def close_card(session: Session, channel: str, address: str, card: str) -> None:
    """The case is answered elsewhere: its code says so, a bare answer does not mean it any more."""
    session.connection().execute(
        update(Prompt)
        .where(col(Prompt.channel) == channel, col(Prompt.address) == address, col(Prompt.card) == card)
        .values(is_closed=True)
    )


def close_prompt_of(session: Session, outbox_id: int) -> None:
    """The message went to another chat: here nobody has seen its choices."""
    session.connection().execute(update(Prompt).where(col(Prompt.outbox_id) == outbox_id).values(is_closed=True))


def codes_in(session: Session, channel: str, address: str) -> set[str]:
    """Also of prompts that have expired and are still there."""
    return set(session.exec(select(Prompt.code).where(Prompt.channel == channel, Prompt.address == address)))


def prune_prompts(session: Session, before: datetime) -> None:
    session.connection().execute(delete(Prompt).where(col(Prompt.expires_at) < before))


def forget_prompts(session: Session, channel: str, address: str) -> None:
    """All choices of a chat, with what they were about."""
    session.connection().execute(delete(Prompt).where(col(Prompt.channel) == channel, col(Prompt.address) == address))
