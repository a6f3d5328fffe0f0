"""Delivery on paper: what the courier would hand over now. The queue is the real one, only no platform is asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam
from sqlmodel import Session, col, func, select

from bot.messages import Kind
from bot.outbox import queue
from bot.outbox.claiming import Room, claim
from bot.outbox.queue import PRIORITIES, Fate
from bot.outbox.shown import sent_card
from models.base import UtcDateTime, spelled_out
from models.outbox import DeliveryState, OutboxMessage

_ROOM = Room(most=200, most_bulk=200)
_KINDS = {priority: kind for kind, priority in PRIORITIES.items()}


@dataclass(frozen=True, slots=True)
class Said:
    """A message as it was heard. `is_change`: no new one, but one that stood in the chat already, drawn anew."""

    at: datetime
    person_id: int | None
    address: str
    kind: Kind
    is_urgent: bool
    is_change: bool
    text: str
    cause: str
    dedup_key: str


def deliver(session: Session, channel: str, now: datetime) -> list[Said]:
    """Everything that is due in the channel's queue, in the order in which it goes out."""
    heard: list[Said] = []
    while claimed := claim(session, channel, now, _ROOM):
        for row in claimed:
            changes = bool(row.card) and not row.is_fresh and bool(sent_card(session, row))
            if changes or not row.is_echo:
                heard.append(_said(row, now, changes))
        queue.settle(session, [Fate(row.key, DeliveryState.SENT, str(row.id)) for row in claimed], now)
    return heard


def _said(row: OutboxMessage, now: datetime, changes: bool) -> Said:
    return Said(
        at=now,
        person_id=row.person_id,
        address=row.address,
        kind=_KINDS[row.priority],  # type: ignore[index]  # a priority is kept as its number
        is_urgent=row.is_urgent,
        is_change=changes,
        text=row.payload["text"],
        cause=row.cause,
        dedup_key=row.dedup_key or "",
    )


def unheard(session: Session) -> Sequence[OutboxMessage]:
    """What was to be said and reached nobody, for want of a chat."""
    return session.exec(
        select(OutboxMessage).where(OutboxMessage.state == DeliveryState.UNREACHABLE).order_by(col(OutboxMessage.id))
    ).all()


_NEXT = select(func.min(col(OutboxMessage.not_before))).where(
    col(OutboxMessage.channel) == bindparam("at_channel"),
    OutboxMessage.state == spelled_out(DeliveryState.QUEUED),
    col(OutboxMessage.not_before) > bindparam("now", type_=UtcDateTime),
)


def next_moment(session: Session, channel: str, now: datetime) -> datetime | None:
    """When the next of what waits for its hour may go out."""
    return session.exec(_NEXT, params={"at_channel": channel, "now": now}).one()
