"""What the chats show now, as far as we know."""

from sqlmodel import Session, col, select

from bot.messages import Message
from models.outbox import OutboxMessage


def sent_card(session: Session, row: OutboxMessage) -> str:
    """The platform's id of the message that shows this row's card now, or empty."""
    found = _last_sent(session, row)
    return found.message_id if found else ""


def shown_message(session: Session, row: OutboxMessage) -> Message | None:
    """What this row's card said when it was last sent to this chat."""
    found = _last_sent(session, row)
    return Message.from_json(found.payload) if found else None


def _last_sent(session: Session, row: OutboxMessage) -> OutboxMessage | None:
    return session.exec(
        select(OutboxMessage)
        .where(
            OutboxMessage.channel == row.channel,
            OutboxMessage.address == row.address,
            OutboxMessage.card == row.card,
            OutboxMessage.message_id != "",
        )
        .order_by(col(OutboxMessage.id).desc())
    ).first()
