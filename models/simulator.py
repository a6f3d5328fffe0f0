"""What the chats of the simulator show, and the queries of its page."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column, Index, UniqueConstraint, func
from sqlmodel import Field, Session, col, select

from models.audit import AuditEntry
from models.base import Table, UtcDateTime
from models.database import lock_for_transaction
from models.inbox import ReceivedEvent
from models.meetings import Meeting, MeetingState
from models.outbox import OutboxMessage
from models.people import Unit

LOCK = "simulator"


class SimulatedMessage(Table, table=True):
    """A bubble in a simulated chat; `is_ours` tells the bot's from the person's. `changed` orders edits too.

    A person's bubble carries the key of the event that it became. A press is kept too, though no chat shows it.
    """

    __table_args__ = (Index("ix_simulatedmessage_chat", "channel", "address", "changed"),)

    id: int | None = Field(default=None, primary_key=True)
    channel: str
    address: str
    is_ours: bool
    payload: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    event_id: str = ""
    shown_at: datetime = Field(sa_type=UtcDateTime)
    is_edited: bool = False
    changed: int = Field(default=0, index=True)


class SimulatedChat(Table, table=True):
    """One phone: its command menu, and how far it has been read (`SimulatedMessage.changed`)."""

    __table_args__ = (UniqueConstraint("channel", "address"),)

    id: int | None = Field(default=None, primary_key=True)
    channel: str
    address: str
    commands: list[list[str]] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    read_to: int = 0


def next_change(session: Session) -> int:
    """The next number in the order of all changes. Writers take turns, so that a reader misses none."""
    lock_for_transaction(session, LOCK)
    return (session.exec(select(func.max(SimulatedMessage.changed))).one() or 0) + 1


def chat_at(session: Session, channel: str, address: str) -> SimulatedChat:
    """The phone, put there when it was not."""
    wanted = select(SimulatedChat).where(SimulatedChat.channel == channel, SimulatedChat.address == address)
    chat = session.exec(wanted).first()
    if chat is None:
        # The page opens a phone and looks at it at the same time.
        lock_for_transaction(session, LOCK)
        chat = session.exec(wanted).first()
    if chat is None:
        chat = SimulatedChat(channel=channel, address=address)
        session.add(chat)
        session.flush()
    return chat


def message_in(session: Session, channel: str, address: str, message_id: str) -> SimulatedMessage | None:
    """One of the bot's messages, if this very chat shows it."""
    found = session.get(SimulatedMessage, int(message_id)) if message_id.isdecimal() else None
    return found if found and found.is_ours and (found.channel, found.address) == (channel, address) else None


def bubbles_since(session: Session, chat: SimulatedChat, changed: int, most: int) -> Sequence[SimulatedMessage]:
    """What is new or edited in a chat, the latest of it when it is more than `most`; oldest first."""
    rows = session.exec(
        select(SimulatedMessage)
        .where(
            SimulatedMessage.channel == chat.channel,
            SimulatedMessage.address == chat.address,
            col(SimulatedMessage.changed) > changed,
        )
        .order_by(col(SimulatedMessage.id).desc())
        .limit(most)
    ).all()
    return rows[::-1]


def unread(session: Session) -> Sequence[tuple[str, str, int]]:
    """Channel, address and number of the bot's messages that nobody has looked at."""
    read_to = func.coalesce(SimulatedChat.read_to, 0)
    return session.exec(
        select(SimulatedMessage.channel, SimulatedMessage.address, func.count())
        .outerjoin(
            SimulatedChat,
            (col(SimulatedChat.channel) == col(SimulatedMessage.channel))
            & (col(SimulatedChat.address) == col(SimulatedMessage.address)),
        )
        .where(col(SimulatedMessage.is_ours).is_(True), col(SimulatedMessage.changed) > read_to)
        .group_by(col(SimulatedMessage.channel), col(SimulatedMessage.address))
    ).all()


def latest_acts(session: Session, most: int) -> Sequence[tuple[SimulatedMessage, ReceivedEvent | None]]:
    """What people did last, and the event that each became; newest first."""
    return session.exec(
        select(SimulatedMessage, ReceivedEvent)
        .outerjoin(
            ReceivedEvent,
            (col(ReceivedEvent.channel) == col(SimulatedMessage.channel))
            & (col(ReceivedEvent.event_id) == col(SimulatedMessage.event_id)),
        )
        .where(col(SimulatedMessage.is_ours).is_(False))
        .order_by(col(SimulatedMessage.id).desc())
        .limit(most)
    ).all()


def caused_by(session: Session, causes: Collection[str]) -> Sequence[OutboxMessage]:
    return session.exec(
        select(OutboxMessage)
        .where(OutboxMessage.cause != "", col(OutboxMessage.cause).in_(causes))
        .order_by(col(OutboxMessage.id))
    ).all()


def sent_by_the_clock(session: Session, most: int) -> Sequence[OutboxMessage]:
    """The latest messages that no event caused, newest first."""
    return session.exec(
        select(OutboxMessage)
        .where(col(OutboxMessage.cause).not_like("event:%"))
        .order_by(col(OutboxMessage.id).desc())
        .limit(most)
    ).all()


def audited_at(session: Session, moments: Collection[datetime]) -> Sequence[AuditEntry]:
    """The entries of units of work that happened at exactly these moments."""
    return session.exec(
        select(AuditEntry).where(col(AuditEntry.at).in_(moments)).order_by(col(AuditEntry.number))
    ).all()


def all_units(session: Session) -> Sequence[Unit]:
    """In the order in which they were entered."""
    return session.exec(select(Unit).order_by(col(Unit.id))).all()


def coming_meetings(session: Session, now: datetime, most: int) -> Sequence[Meeting]:
    """Planned meetings that have not begun, nearest first."""
    return session.exec(
        select(Meeting)
        .where(col(Meeting.starts_at) > now, Meeting.state == MeetingState.PLANNED)
        .order_by(col(Meeting.starts_at), col(Meeting.id))
        .limit(most)
    ).all()
