"""The durable queue of what came in. Only `bot.inbox` touches it."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Column, UniqueConstraint
from sqlmodel import Field

from models.base import Table, UtcDateTime, by_value, partial_index


class EventState(StrEnum):
    """`parked`: it failed three times and blocks nobody; `doctor` shows it."""

    NEW = "new"
    DONE = "done"
    PARKED = "parked"


class ReceivedEvent(Table, table=True):
    """A raw event. Without a payload it was screened off as classified: neither text nor file was kept."""

    __table_args__ = (
        UniqueConstraint("channel", "event_id"),
        partial_index("ix_receivedevent_new", "channel", "address", "id", where="state = 'new'"),
    )

    id: int | None = Field(default=None, primary_key=True)
    channel: str
    event_id: str
    address: str
    payload: dict[str, Any] | None = Field(default=None, sa_column=Column(JSON(none_as_null=True)))
    received_at: datetime = Field(sa_type=UtcDateTime)
    state: EventState = Field(default=EventState.NEW, sa_type=by_value(EventState))
    attempts: int = 0
    not_before: datetime | None = Field(default=None, sa_type=UtcDateTime)
    incident: str = ""
