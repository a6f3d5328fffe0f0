"""A person with several chats has one duty: what he did in one of them changes what the others show, in silence."""

from collections.abc import Iterator
from dataclasses import replace

from sqlalchemy import exists
from sqlmodel import Session, col, select

from bot.messages import Kind
from bot.outbox.posting import Posting
from models.offices import accounts_of
from models.outbox import OutboxMessage
from models.people import ChannelAccount


def may_echo(session: Session, posting: Posting) -> bool:
    """Whether it is a card of somebody who has more chats than those that are given it in any case."""
    if not (posting.told and posting.message.card and posting.person_id):
        return False
    return any((chat.channel, chat.address) not in posting.told for chat in accounts_of(session, posting.person_id))


def echoes(session: Session, posting: Posting) -> Iterator[Posting]:
    """The card for the person's other chats that show it."""
    if not may_echo(session, posting):
        return
    shown = exists().where(
        col(OutboxMessage.channel) == ChannelAccount.channel,
        col(OutboxMessage.address) == ChannelAccount.address,
        col(OutboxMessage.card) == posting.message.card,
    )
    chats = session.exec(
        select(ChannelAccount).where(
            ChannelAccount.person_id == posting.person_id, col(ChannelAccount.is_reachable), shown
        )
    ).all()
    message = replace(posting.message, fresh=False, files=(), menu=())
    for chat in chats:
        if (chat.channel, chat.address) not in posting.told:
            # After everything else that waits for that chat: what it changes may be among it.
            yield replace(
                posting, channel=chat.channel, address=chat.address, message=message, kind=Kind.PING, told=(),
                is_echo=True, is_copy=False, edits="", dedup_key=None, not_before=None, not_after=None,
            )  # fmt: skip
