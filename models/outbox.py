"""The durable queue of what must go out. Only `bot.outbox` touches it."""

from datetime import datetime
from enum import IntEnum, StrEnum
from typing import Any

from sqlalchemy import JSON, BindParameter, Column, Index, String, bindparam, text
from sqlmodel import Field

from models.base import Table, UtcDateTime, by_value


class DeliveryState(StrEnum):
    """`sending` holds a lease; after it, the answer counts as lost. `superseded`: a newer card took its place."""

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    UNREACHABLE = "unreachable"
    REJECTED = "rejected"
    UNCERTAIN = "uncertain"
    EXPIRED = "expired"
    SUPERSEDED = "superseded"


class Priority(IntEnum):
    """Replies to the person who is waiting go before notices, notices before mass pings."""

    REPLY = 0
    NOTICE = 1
    PING = 2


class OutboxMessage(Table, table=True):
    """One message to one chat, rendered as it will be read; without channel, nobody could be reached.

    `is_copy`: other chats of the same person were given the same. `is_echo`: only ever changes in silence what the
    chat shows already. `pieces` counts against the platform's quota. `failing_since`: nothing has gone out where this
    one waits. `moved_from` is the row that waited in another chat before.
    """

    __table_args__ = (
        Index(
            "ix_outboxmessage_due",
            "channel",
            "priority",
            "id",
            sqlite_where=text("state = 'queued'"),
            postgresql_where=text("state = 'queued'"),
        ),
        Index(
            "ix_outboxmessage_sending",
            "leased_until",
            sqlite_where=text("state = 'sending'"),
            postgresql_where=text("state = 'sending'"),
        ),
        Index(
            "ix_outboxmessage_failing",
            "failing_since",
            sqlite_where=text("failing_since IS NOT NULL"),
            postgresql_where=text("failing_since IS NOT NULL"),
        ),
        Index(
            "ix_outboxmessage_unreachable",
            "settled_at",
            sqlite_where=text("state = 'unreachable'"),
            postgresql_where=text("state = 'unreachable'"),
        ),
        Index(
            "ix_outboxmessage_counted",
            "channel",
            "settled_at",
            sqlite_where=text("pieces > 0"),
            postgresql_where=text("pieces > 0"),
        ),
        Index(
            "ix_outboxmessage_card",
            "address",
            "card",
            sqlite_where=text("card != ''"),
            postgresql_where=text("card != ''"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    channel: str
    address: str
    person_id: int | None = Field(default=None, index=True)
    priority: int
    payload: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    card: str = ""
    is_fresh: bool = False
    is_urgent: bool = False
    is_copy: bool = False
    is_echo: bool = False
    edits: str = ""
    dedup_key: str | None = Field(default=None, unique=True)
    cause: str = ""
    created_at: datetime = Field(sa_type=UtcDateTime)
    not_before: datetime | None = Field(default=None, sa_type=UtcDateTime)
    not_after: datetime | None = Field(default=None, sa_type=UtcDateTime)
    state: DeliveryState = Field(default=DeliveryState.QUEUED, sa_type=by_value(DeliveryState))
    attempts: int = 0
    is_repeat: bool = False
    leased_until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    message_id: str = ""
    pieces: int = 0
    failing_since: datetime | None = Field(default=None, sa_type=UtcDateTime)
    moved_from: int | None = None
    settled_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    failure: str = ""


def in_state(state: DeliveryState) -> BindParameter[str]:
    """The state as it stands in the conditions of the partial indexes, which no bound value meets."""
    return bindparam(None, state.value, String, literal_execute=True)
