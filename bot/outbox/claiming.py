"""Choose what is sent next and lease it."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import Integer, bindparam, or_, update
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, select

from bot.outbox.places import Place, anywhere
from bot.outbox.queue import LEASE
from models.base import UtcDateTime, spelled_out
from models.database import of_few_lengths
from models.outbox import DeliveryState, OutboxMessage, Priority


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


_TABLE: Any = OutboxMessage.__table__  # type: ignore[attr-defined]
_KEYS: Any = bindparam("keys", expanding=True)
_IS_REPLY = col(OutboxMessage.priority) == Priority.REPLY
# Built once, like all that runs with nearly every message: the building would cost more than the execution.
_DUE = (
    select_columns(*(_TABLE.c[field.name] for field in fields(_Waiting)))
    .where(
        col(OutboxMessage.state) == spelled_out(DeliveryState.QUEUED),
        col(OutboxMessage.channel) == bindparam("channel"),
        or_(
            col(OutboxMessage.not_before).is_(None),
            col(OutboxMessage.not_before) <= bindparam("now", type_=UtcDateTime),
        ),
        col(OutboxMessage.address).not_in(bindparam("busy", expanding=True)),
        or_(_IS_REPLY, col(OutboxMessage.address).not_in(bindparam("gated", expanding=True))),
    )
    .order_by(col(OutboxMessage.priority), col(OutboxMessage.id))
    .limit(bindparam("most", type_=Integer))
    .with_for_update(skip_locked=True)
)
_CHOSEN = (
    select(OutboxMessage)
    .where(col(OutboxMessage.id).in_(_KEYS))
    .order_by(col(OutboxMessage.priority), col(OutboxMessage.id))
)
_LEASE = (
    update(_TABLE)
    .where(_TABLE.c.id.in_(_KEYS))
    .values(state=DeliveryState.SENDING, leased_until=bindparam("until"), attempts=_TABLE.c.attempts + 1)
)


def claim(session: Session, channel: str, now: datetime, room: Room) -> Sequence[OutboxMessage]:
    """Due messages of a channel, leased, replies first, in order within a chat; of news one for each chat."""
    due = [row for row in _due(session, channel, now, room) if not _is_past(session, channel, row, now)]
    chosen = [row.id for row in _choose(due, room)]
    if not chosen:
        return []
    keys = of_few_lengths(chosen)
    rows = session.exec(_CHOSEN, params={"keys": keys}).all()
    session.connection().execute(_LEASE, {"keys": keys, "until": now + LEASE})
    return rows


def _due(session: Session, channel: str, now: datetime, room: Room) -> list[_Waiting]:
    due = _DUE
    if room.used_up:
        elsewhere = ~anywhere(room.used_up, col(OutboxMessage.channel), col(OutboxMessage.address))
        due = due.where(or_(_IS_REPLY, col(OutboxMessage.is_urgent), col(OutboxMessage.is_echo), elsewhere))
    about = {"channel": channel, "now": now, "most": 4 * room.most}
    chats = {"busy": of_few_lengths(room.busy), "gated": of_few_lengths(room.gated)}
    return [_Waiting(*row) for row in session.connection().execute(due, about | chats)]


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
