"""The durable queue of what came in: stored before it is confirmed, handled in order within a chat."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, func, or_, update
from sqlmodel import Session, col, select

from bot.channel import RawEvent
from models.database import insert_new
from models.inbox import EventState, ReceivedEvent


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


def claim(session: Session, now: datetime, most: int) -> Sequence[ReceivedEvent]:
    """The oldest unhandled event of each chat, held until the transaction ends.

    A process that dies lets go of them by itself; another process skips what is held.
    """
    heads = (
        select(func.min(ReceivedEvent.id))
        .where(ReceivedEvent.state == EventState.NEW)
        .group_by(col(ReceivedEvent.channel), col(ReceivedEvent.address))
    )
    return session.exec(
        select(ReceivedEvent)
        .where(
            ReceivedEvent.state == EventState.NEW,
            col(ReceivedEvent.id).in_(heads),
            or_(col(ReceivedEvent.not_before).is_(None), col(ReceivedEvent.not_before) <= now),
        )
        .order_by(col(ReceivedEvent.id))
        .limit(most)
        .with_for_update(skip_locked=True)
    ).all()


def claim_one(session: Session, event_id: int) -> ReceivedEvent | None:
    """This event, if it is still unhandled and nobody else holds it."""
    return session.exec(
        select(ReceivedEvent)
        .where(ReceivedEvent.id == event_id, ReceivedEvent.state == EventState.NEW)
        .with_for_update(skip_locked=True)
    ).first()


def finish(session: Session, ids: Sequence[int]) -> None:
    """The contents of a handled event are not needed any more, and personal: they go."""
    session.connection().execute(
        update(ReceivedEvent).where(col(ReceivedEvent.id).in_(ids)).values(state=EventState.DONE, payload=None)
    )


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
