"""Choose what is sent next and lease it."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import or_, update
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, select

from bot.outbox.places import Place, anywhere
from bot.outbox.queue import LEASE
from models.outbox import DeliveryState, OutboxMessage, Priority, in_state


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """How much may be claimed, and what not: anything for `busy` chats, more news for `gated` ones.

    `most_bulk` bounds notices and pings, which wait for the pacer. To `used_up` places only answers and urgent news go.
    """

    most: int
    most_bulk: int
    busy: Sequence[str] = ()
    gated: Sequence[str] = ()
    used_up: Sequence[Place] = ()


@dataclass(frozen=True, slots=True)
class _Waiting:
    """As much of a row as the choice needs: many are looked at for each that is taken, and their texts are long."""

    id: int
    address: str
    priority: int
    card: str
    is_fresh: bool
    attempts: int
    not_after: datetime | None


def claim(session: Session, channel: str, now: datetime, room: Room) -> Sequence[OutboxMessage]:
    """Due messages of a channel, leased, replies first, in order within a chat; of news one for each chat."""
    due = [row for row in _due(session, channel, now, room) if not _is_past(session, channel, row, now)]
    chosen = [row.id for row in _choose(due, room)]
    if not chosen:
        return []
    rows = session.exec(
        select(OutboxMessage)
        .where(col(OutboxMessage.id).in_(chosen))
        .order_by(col(OutboxMessage.priority), col(OutboxMessage.id))
    ).all()
    session.connection().execute(
        update(OutboxMessage)
        .where(col(OutboxMessage.id).in_(chosen))
        .values(state=DeliveryState.SENDING, leased_until=now + LEASE, attempts=OutboxMessage.attempts + 1)
    )
    return rows


def _due(session: Session, channel: str, now: datetime, room: Room) -> list[_Waiting]:
    columns: list[Any] = [getattr(OutboxMessage, field.name) for field in fields(_Waiting)]
    rows = session.connection().execute(
        select_columns(*columns)
        .where(
            col(OutboxMessage.state) == in_state(DeliveryState.QUEUED),
            col(OutboxMessage.channel) == channel,
            or_(col(OutboxMessage.not_before).is_(None), col(OutboxMessage.not_before) <= now),
            col(OutboxMessage.address).not_in(room.busy),
            or_(col(OutboxMessage.priority) == Priority.REPLY, col(OutboxMessage.address).not_in(room.gated)),
            or_(
                col(OutboxMessage.priority) == Priority.REPLY,
                col(OutboxMessage.is_urgent),
                col(OutboxMessage.is_echo),
                ~anywhere(room.used_up, col(OutboxMessage.channel), col(OutboxMessage.address)),
            ),
        )
        .order_by(col(OutboxMessage.priority), col(OutboxMessage.id))
        .limit(room.most * 4)
        .with_for_update(skip_locked=True)
    )
    return [_Waiting(*row) for row in rows]


def _choose(due: Sequence[_Waiting], room: Room) -> list[_Waiting]:
    chosen: list[_Waiting] = []
    # Chats whose next message has to wait for one of the chosen.
    held: set[str] = set()
    cards: set[tuple[str, str]] = set()
    bulk = 0
    for row in due:
        is_bulk = row.priority != Priority.REPLY
        if row.address in held or len(chosen) == room.most or (is_bulk and bulk == room.most_bulk):
            continue
        if row.card and (row.address, row.card) in cards:
            # It will edit the one before, whose id is not known yet.
            held.add(row.address)
            continue
        cards.add((row.address, row.card))
        if is_bulk:
            bulk += 1
            held.add(row.address)
        chosen.append(row)
    return chosen


def _is_past(session: Session, channel: str, row: _Waiting, now: datetime) -> bool:
    """Whether there is no sense any more in sending it; then it is settled here."""
    if row.not_after is not None and row.not_after <= now:
        state = DeliveryState.EXPIRED
    elif row.attempts and _is_outdated(session, channel, row):
        state = DeliveryState.SUPERSEDED
    else:
        return False
    session.connection().execute(
        update(OutboxMessage).where(col(OutboxMessage.id) == row.id).values(state=state, settled_at=now)
    )
    return True


def _is_outdated(session: Session, channel: str, row: _Waiting) -> bool:
    """Whether a silent card that was being sent, and came back, was meanwhile drawn anew: the older must not win."""
    if not row.card or row.is_fresh:
        return False
    newer = select(OutboxMessage.id).where(
        OutboxMessage.channel == channel,
        OutboxMessage.address == row.address,
        OutboxMessage.card == row.card,
        col(OutboxMessage.id) > row.id,
    )
    return session.exec(newer.limit(1)).first() is not None
