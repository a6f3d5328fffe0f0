"""What the chats show now, as far as we know."""

from typing import Any

from sqlalchemy import bindparam, select
from sqlmodel import Session

from bot.messages import Message
from models.base import spelled_out
from models.outbox import OutboxMessage

_TABLE: Any = OutboxMessage.__table__  # type: ignore[attr-defined]


def _of_last_sent(column: str) -> Any:
    """Built once: looked up for nearly every card. That it has one is said so that SQLite takes the index of cards."""
    return (
        select(_TABLE.c[column])
        .where(
            _TABLE.c.channel == bindparam("channel"),
            _TABLE.c.address == bindparam("address"),
            _TABLE.c.card == bindparam("card"),
            _TABLE.c.card != spelled_out(""),
            _TABLE.c.message_id != "",
        )
        .order_by(_TABLE.c.id.desc())
        .limit(1)
    )


_MESSAGE_ID = _of_last_sent("message_id")
_PAYLOAD = _of_last_sent("payload")


def sent_card(session: Session, row: OutboxMessage) -> str:
    """The platform's id of the message that shows this row's card now, or empty."""
    found: str | None = session.connection().scalar(_MESSAGE_ID, _place(row))
    return found or ""


def shown_message(session: Session, row: OutboxMessage) -> Message | None:
    """What this row's card said when it was last sent to this chat."""
    found = session.connection().scalar(_PAYLOAD, _place(row))
    return Message.from_json(found) if found else None


def _place(row: OutboxMessage) -> dict[str, str]:
    return {"channel": row.channel, "address": row.address, "card": row.card}
