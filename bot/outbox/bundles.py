"""Several pieces of news for one chat as one message, where each message counts against a quota."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from markupsafe import Markup
from sqlalchemy import or_, update
from sqlmodel import Session, col, select

from bot.messages import Message, lines
from bot.outbox.queue import LEASE
from bot.plain_text import plain
from models.base import spelled_out
from models.outbox import DeliveryState, OutboxMessage, Priority

# A line in italics alone, as a clause is cited.
_REMARK = re.compile(r"<i>[^<]*</i>")
BETWEEN = Markup("\n\n–––\n\n")
# Of one chat not more are looked at: a chat that waits for so many gets several messages.
MOST = 20
# A choice's number and code, the line above the choices, an address.
PER_CHOICE, PER_MESSAGE, PER_FILE = 12, 100, 160


def companions(session: Session, row: OutboxMessage, now: datetime, limit: int) -> list[OutboxMessage]:
    """Claim what else waits for the same chat and fits into one message with this one."""
    if not _may_join(row):
        return []
    rows = session.exec(
        select(OutboxMessage)
        .where(
            OutboxMessage.state == spelled_out(DeliveryState.QUEUED),
            OutboxMessage.channel == row.channel,
            OutboxMessage.address == row.address,
            OutboxMessage.priority != Priority.REPLY,
            col(OutboxMessage.id) != row.id,
            or_(col(OutboxMessage.not_before).is_(None), col(OutboxMessage.not_before) <= now),
            or_(col(OutboxMessage.not_after).is_(None), col(OutboxMessage.not_after) > now),
        )
        .order_by(col(OutboxMessage.priority), col(OutboxMessage.id))
        .limit(MOST)
        .with_for_update(skip_locked=True)
        .execution_options(populate_existing=True)
    ).all()
    found, room, cards = list[OutboxMessage](), limit - _length(row), {row.card}
    for other in rows:
        room -= _length(other) + len(BETWEEN)
        # In order, and two states of one card never in one message.
        if room < 0 or not _may_join(other) or (other.card and other.card in cards):
            break
        cards.add(other.card)
        found.append(other)
    if found:
        session.connection().execute(
            update(OutboxMessage)
            .where(col(OutboxMessage.id).in_([other.key for other in found]))
            .values(state=DeliveryState.SENDING, leased_until=now + LEASE, attempts=OutboxMessage.attempts + 1)
        )
    return found


def _may_join(row: OutboxMessage) -> bool:
    """Answers and urgent news go alone; so does what bears a mark of its own or changes in silence."""
    return row.priority != Priority.REPLY and not (row.is_urgent or row.is_echo or row.is_repeat or row.edits)


def _length(row: OutboxMessage) -> int:
    """How long the message may become, a little overestimated."""
    payload = row.payload
    choices = sum(len(one[0]) + PER_CHOICE for line in payload["rows"] for one in line)
    return len(plain(payload["text"])) + choices + PER_FILE * len(payload["files"]) + PER_MESSAGE


def joined(messages: Sequence[Message]) -> Message:
    """One message of all, each with its own choices below it; what stands below several, a clause, is said once."""
    if len(messages) == 1:
        return messages[0]
    said = set[str]()
    texts = [lines(_unsaid(one.text, said), one.footer) for one in messages]
    return replace(messages[0], text=BETWEEN.join(texts), footer=Markup(""))


def _unsaid(text: Markup, said: set[str]) -> Markup:
    """Without the remarks that were `said` above."""
    found = str(text).split("\n")
    kept = [line for line in found if line not in said]
    said.update(line for line in found if _REMARK.fullmatch(line))
    return Markup("\n").join(Markup(line) for line in kept)
