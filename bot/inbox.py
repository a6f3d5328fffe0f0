"""The durable queue of what came in: stored before it is confirmed, handled in order within a chat."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Integer, bindparam, delete, func, or_, update
from sqlmodel import Session, col, select

from bot.channel import RawEvent
from models.base import UtcDateTime, spelled_out
from models.database import insert_new, of_few_lengths
from models.inbox import EventState, ReceivedEvent

# Built once: for a group of one event or two the building would cost more than the execution.
_NOW: Any = bindparam("now", type_=UtcDateTime)
_IS_READY = (
    ReceivedEvent.state == spelled_out(EventState.NEW),
    or_(col(ReceivedEvent.not_before).is_(None), col(ReceivedEvent.not_before) <= _NOW),
)
_CHATS = (
    select(func.min(ReceivedEvent.id).label("head"), func.count().label("waiting"))
    .where(ReceivedEvent.state == spelled_out(EventState.NEW))
    .group_by(col(ReceivedEvent.channel), col(ReceivedEvent.address))
    .subquery()
)
_CLAIM = (
    select(ReceivedEvent, _CHATS.c.waiting)
    .join(_CHATS, col(ReceivedEvent.id) == _CHATS.c.head)
    .where(*_IS_READY)
    .order_by(col(ReceivedEvent.id))
    .limit(bindparam("most", type_=Integer))
    .with_for_update(of=ReceivedEvent, skip_locked=True)
    .execution_options(populate_existing=True)
)
_FINISH = (
    update(ReceivedEvent)
    .where(col(ReceivedEvent.id).in_(bindparam("keys", expanding=True)))
    .values(state=EventState.DONE, payload=None)
)


def store(session: Session, events: Sequence[RawEvent], now: datetime) -> None:
    """Keep events; one that is there already changes nothing, however often the platform repeats it."""
    if not events:
        return
    rows = [
        {
            "channel": event.channel,
            "event_id": event.event_id,
            "address": event.address,
            "payload": event.payload,
            "received_at": now,
            "state": EventState.NEW,
            "attempts": 0,
            "incident": "",
        }
        for event in events
    ]
    session.connection().execute(insert_new(session, ReceivedEvent), rows)


def claim(session: Session, now: datetime, most: int) -> tuple[Sequence[ReceivedEvent], bool]:
    """The oldest unhandled event of each chat, held until the transaction ends; and whether more may be waiting.

    A process that dies lets go of them by itself; another process skips what is held.
    """
    found = session.exec(_CLAIM, params={"now": now, "most": most}).all()
    return [event for event, _waiting in found], len(found) == most or any(waiting > 1 for _event, waiting in found)


def claim_one(session: Session, event_id: int) -> ReceivedEvent | None:
    """This event, if it is still unhandled and nobody else holds it."""
    return session.exec(
        select(ReceivedEvent)
        .where(ReceivedEvent.id == event_id, ReceivedEvent.state == EventState.NEW)
        .with_for_update(skip_locked=True)
        .execution_options(populate_existing=True)
    ).first()


def finish(session: Session, ids: Sequence[int]) -> None:
    """The contents of a handled event are not needed any more, and personal: they go."""
    session.connection().execute(_FINISH, {"keys": of_few_lengths(ids)})


def count(session: Session, state: EventState) -> int:
    return session.exec(select(func.count()).select_from(ReceivedEvent).where(ReceivedEvent.state == state)).one()


def prune(session: Session, before: datetime, most: int = 1000) -> None:
    """Forget handled events that no platform will repeat any more."""
    old = (
        select(ReceivedEvent.id)
        .where(ReceivedEvent.state == EventState.DONE, col(ReceivedEvent.received_at) < before)
        .limit(most)
    )
    session.connection().execute(delete(ReceivedEvent).where(col(ReceivedEvent.id).in_(old)))
