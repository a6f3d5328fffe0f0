"""A person with several chats has one duty: what he did in one of them changes what the others show, in silence."""

from collections.abc import Collection
from dataclasses import replace

from sqlalchemy import exists
from sqlmodel import Session, col, select

from bot.messages import Kind
from bot.outbox import queue
from bot.outbox.queue import Posting
from models.offices import accounts_of
from models.outbox import OutboxMessage
from models.people import ChannelAccount


def echo(session: Session, posting: Posting, told: Collection[tuple[str, str]]) -> None:
    """Carry a card into the person's other chats that show it; `told` are those that are given it in any case."""
    card = posting.message.card
    if not card or posting.person_id is None:
        return
    if all((chat.channel, chat.address) in told for chat in accounts_of(session, posting.person_id)):
        return
    shown = exists().where(
        col(OutboxMessage.channel) == ChannelAccount.channel,
        col(OutboxMessage.address) == ChannelAccount.address,
        col(OutboxMessage.card) == card,
    )
    chats = session.exec(
        select(ChannelAccount).where(
            ChannelAccount.person_id == posting.person_id, col(ChannelAccount.is_reachable), shown
        )
    ).all()
    message = replace(posting.message, fresh=False, files=(), menu=())
    for chat in chats:
        if (chat.channel, chat.address) not in told:
            # After everything else that waits for that chat: what it changes may be among it.
            silent = replace(
                posting, channel=chat.channel, address=chat.address, message=message, kind=Kind.PING,
                is_echo=True, is_copy=False, edits="", dedup_key=None, not_before=None, not_after=None,
            )  # fmt: skip
            queue.put(session, silent)
