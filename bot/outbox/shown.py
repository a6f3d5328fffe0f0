"""What the chats show now, as far as we know."""

from sqlmodel import Session, col, select

from models.outbox import OutboxMessage


def sent_card(session: Session, row: OutboxMessage) -> str:
    """The platform's id of the message that shows this row's card now, or empty."""
    found = session.exec(
        select(OutboxMessage.message_id)
        .where(
            OutboxMessage.channel == row.channel,
            OutboxMessage.address == row.address,
            OutboxMessage.card == row.card,
            OutboxMessage.message_id != "",
        )
        .order_by(col(OutboxMessage.id).desc())
    ).first()
    return found or ""
