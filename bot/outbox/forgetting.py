"""Taking out of the queue, sent or not, what must not be kept any more: the rows stay, their contents go."""

import json
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from markupsafe import Markup
from sqlalchemy import ColumnElement, String, and_, cast, delete, or_, update
from sqlmodel import Session, col, select

from bot.i18n import _, language
from bot.messages import Message
from bot.outbox import queue
from models.outbox import DeliveryState, OutboxMessage
from models.prompts import Prompt

UNSENT = (DeliveryState.QUEUED, DeliveryState.UNREACHABLE)
UNSETTLED = (*UNSENT, DeliveryState.SENDING)


def in_chat(channel: str, address: str) -> ColumnElement[bool]:
    return and_(col(OutboxMessage.channel) == channel, col(OutboxMessage.address) == address)


def of_cards(cards: Collection[str]) -> ColumnElement[bool]:
    return col(OutboxMessage.card).in_(cards)


def quoting(phrases: Collection[str]) -> ColumnElement[bool]:
    """What has one of these phrases in it, as the queue writes it."""
    stored = cast(col(OutboxMessage.payload), String)
    return or_(*(stored.contains(_as_stored(phrase), autoescape=True) for phrase in phrases if phrase))


def _as_stored(phrase: str) -> str:
    return json.dumps(str(Markup.escape(phrase)))[1:-1]


def passing(since: datetime, until: datetime) -> ColumnElement[bool]:
    """Lists and steps of forms that were sent between two moments: nothing reads their contents again."""
    return and_(
        col(OutboxMessage.card) == "",
        col(OutboxMessage.created_at) >= since,
        col(OutboxMessage.created_at) <= until,
        col(OutboxMessage.state).not_in(UNSETTLED),
    )


def forget(session: Session, which: ColumnElement[bool], now: datetime) -> set[int]:
    """Empty these messages; what has not gone out does not go out. Returns the files that were to go with them."""
    queue.write(session)
    rows = session.exec(select(OutboxMessage.id, OutboxMessage.payload).where(which)).all()
    ids = [row_id for row_id, _payload in rows if row_id is not None]
    connection, chosen = session.connection(), col(OutboxMessage.id).in_(ids)
    connection.execute(
        update(OutboxMessage)
        .where(chosen, col(OutboxMessage.state).in_(UNSENT))
        .values(state=DeliveryState.SUPERSEDED, settled_at=now)
    )
    # What is being sent at this moment may come back and be sent again: then it says no more than this.
    connection.execute(update(OutboxMessage).where(chosen).values(payload=_emptied()))
    connection.execute(delete(Prompt).where(col(Prompt.outbox_id).in_(ids)))
    return {file_id for _row_id, payload in rows for file_id, _name in _files(payload)}


def _emptied() -> dict[str, Any]:
    return {**Message(Markup(_("(erased)"))).to_json(), "language": language()}


def _files(payload: Mapping[str, Any]) -> Sequence[tuple[int, str]]:
    return payload.get("files") or ()
