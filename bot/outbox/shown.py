"""What the chats show now, as far as we know."""

from sqlalchemy import bindparam
from sqlmodel import Session, col, select

from bot.messages import Message
from models.base import spelled_out
from models.outbox import OutboxMessage

# Built once: looked up for nearly every card. That it has one is said aloud so that SQLite takes the index of cards.
_LAST_SENT = (
    select(OutboxMessage)
    .where(
        OutboxMessage.channel == bindparam("channel"),
        OutboxMessage.address == bindparam("address"),
        OutboxMessage.card == bindparam("card"),
        OutboxMessage.card != spelled_out(""),
        OutboxMessage.message_id != "",
    )
    .order_by(col(OutboxMessage.id).desc())
    .limit(1)
)


def sent_card(session: Session, row: OutboxMessage) -> str:
    """The platform's id of the message that shows this row's card now, or empty."""
    found = _last_sent(session, row)
    return found.message_id if found else ""


def shown_message(session: Session, row: OutboxMessage) -> Message | None:
    """What this row's card said when it was last sent to this chat."""
    found = _last_sent(session, row)
    return Message.from_json(found.payload) if found else None


def _last_sent(session: Session, row: OutboxMessage) -> OutboxMessage | None:
    about = {"channel": row.channel, "address": row.address, "card": row.card}
    return session.exec(_LAST_SENT, params=about).first()
