"""The durable queue of what must go out. Only `bot.outbox` touches it."""

from datetime import datetime
from enum import IntEnum, StrEnum
from typing import Any

from sqlalchemy import JSON, Column
from sqlmodel import Field

from models.base import Table, UtcDateTime, by_value, partial_index


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
        partial_index("ix_outboxmessage_due", "channel", "priority", "id", where="state = 'queued'"),
        partial_index("ix_outboxmessage_sending", "leased_until", where="state = 'sending'"),
        partial_index("ix_outboxmessage_failing", "failing_since", where="failing_since IS NOT NULL"),
        partial_index("ix_outboxmessage_unreachable", "settled_at", where="state = 'unreachable'"),
        partial_index("ix_outboxmessage_counted", "channel", "settled_at", where="pieces > 0"),
        partial_index("ix_outboxmessage_card", "address", "card", where="card != ''"),
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
