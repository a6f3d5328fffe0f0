"""When a chat or its platform does not work: what waits there goes to another chat of the same person, once."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Update, and_, bindparam, exists, or_, update
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from bot.i18n import _, use_language
from bot.messages import html
from bot.outbox import queue
from bot.outbox.places import Place, anywhere, place_of
from bot.outbox.queue import Fate
from models.base import UtcDateTime, spelled_out
from models.offices import accounts_of
from models.outbox import DeliveryState, OutboxMessage, Priority
from models.people import ChannelAccount, Person
from models.prompts import close_prompt_of

# A platform that stumbles for a moment gets its messages a moment later.
PATIENCE = timedelta(minutes=10)
# What nobody could be told for so long, the Office has said by telephone.
RECENT = timedelta(days=3)
# Who was told of the detour lately need not be told with every message.
SAID_AGAIN = timedelta(days=1)


def note(session: Session, settled: Sequence[tuple[OutboxMessage, Fate]], now: datetime) -> None:
    """Remember since when nothing goes out at a place; what goes out ends that."""
    failed = [row.key for row, fate in settled if fate.retry_at is not None and fate.failure]
    if failed:
        session.connection().execute(
            update(OutboxMessage)
            .where(col(OutboxMessage.id).in_(failed), col(OutboxMessage.failing_since).is_(None))
            .values(failing_since=now)
        )
    for place in {place_of(row.channel, row.address) for row, fate in settled if fate.state is DeliveryState.SENT}:
        session.connection().execute(_works_again(place))


@cache
def _works_again(place: Place) -> Update:
    # Kept, because it runs with nearly every look of a courier; there are as many as there are bots.
    at = place.where(col(OutboxMessage.channel), col(OutboxMessage.address))
    return update(OutboxMessage).where(col(OutboxMessage.failing_since).is_not(None), at).values(failing_since=None)


def in_trouble(session: Session, now: datetime) -> list[Place]:
    """Where nothing has gone out for a while although something should."""
    rows = session.exec(_FAILING, params={"since": now - PATIENCE}).all()
    return list(dict.fromkeys(place_of(channel, address) for channel, address in rows))


def reroute(session: Session, now: datetime, closed: Sequence[Place], most: int = 200) -> int:
    """Move what waits in a chat that is not reached, or at the `closed` places; returns how many moved."""
    # Nearly always nothing is closed: that statement is built once.
    stuck = [_stuck(_IS_UNREACHABLE, closed), _stuck(_waits_at(closed), closed)] if closed else [_UNREACHABLE]
    number = 0
    for statement in stuck:
        rows = session.exec(statement, params={"now": now, "since": now - RECENT, "most": most}).all()
        for row in rows:
            _move(session, row, now, _another(session, row, closed))
        number += len(rows)
    return number


def leave(session: Session, account: ChannelAccount, now: datetime) -> None:
    """The chat is not its owner's any more: what waits for him there must not be sent there."""
    queue.write(session)
    session.connection().execute(
        update(OutboxMessage)
        .where(
            col(OutboxMessage.state) == spelled_out(DeliveryState.QUEUED),
            col(OutboxMessage.channel) == account.channel,
            col(OutboxMessage.address) == account.address,
        )
        .values(state=DeliveryState.UNREACHABLE, settled_at=now, failure="unlinked")
    )


def _stuck(condition: ColumnElement[bool], closed: Sequence[Place]) -> SelectOfScalar[OutboxMessage]:
    return (
        select(OutboxMessage)
        .where(condition, _may_move(), _has_another(closed))
        # By when it failed first, so that the index of what failed is taken and not the whole table read.
        .order_by(col(OutboxMessage.settled_at), col(OutboxMessage.id))
        .limit(bindparam("most"))
        .with_for_update(skip_locked=True)
        .execution_options(populate_existing=True)
    )


def _waits_at(closed: Sequence[Place]) -> ColumnElement[bool]:
    return and_(
        col(OutboxMessage.state) == spelled_out(DeliveryState.QUEUED),
        anywhere(closed, col(OutboxMessage.channel), col(OutboxMessage.address)),
    )


def _may_move() -> ColumnElement[bool]:
    """Answers stay where they were asked for, copies were given to every chat, echoes change nothing elsewhere."""
    return and_(
        col(OutboxMessage.priority) != Priority.REPLY,
        col(OutboxMessage.person_id).is_not(None),
        col(OutboxMessage.is_copy).is_(False),
        col(OutboxMessage.is_echo).is_(False),
    )


def _has_another(closed: Sequence[Place]) -> ColumnElement[bool]:
    return exists().where(
        col(ChannelAccount.person_id) == OutboxMessage.person_id,
        col(ChannelAccount.is_reachable),
        or_(col(ChannelAccount.channel) != OutboxMessage.channel, col(ChannelAccount.address) != OutboxMessage.address),
        ~anywhere(closed, col(ChannelAccount.channel), col(ChannelAccount.address)),
    )


def _another(session: Session, row: OutboxMessage, closed: Sequence[Place]) -> ChannelAccount:
    """The preferred of his other chats, else the one last used."""
    works = ~anywhere(closed, col(ChannelAccount.channel), col(ChannelAccount.address))
    keys = set(session.exec(select(ChannelAccount.id).where(ChannelAccount.person_id == row.person_id, works)))
    chats = [
        chat
        for chat in accounts_of(session, row.person_id or 0)
        if chat.id in keys and chat.is_reachable and (chat.channel, chat.address) != (row.channel, row.address)
    ]
    person = session.get_one(Person, row.person_id)
    return next((chat for chat in chats if chat.channel == person.preferred_channel), chats[0])


def _move(session: Session, row: OutboxMessage, now: datetime, chat: ChannelAccount) -> None:
    payload = dict(row.payload)
    if not _was_told(session, row, chat, now):
        with use_language(payload["language"]):
            words = _("Sent through this channel, because the other one cannot be reached at present.")
        payload["text"] += html("\n<i>{words}</i>", words=words)
    kept = row.model_dump(
        include={"person_id", "priority", "card", "is_fresh", "is_urgent", "cause", "not_after", "is_repeat"}
    )
    session.add(
        OutboxMessage(
            **kept, channel=chat.channel, address=chat.address, payload=payload, created_at=now, moved_from=row.id
        )
    )
    row.state, row.settled_at, row.failing_since = DeliveryState.SUPERSEDED, now, None
    row.failure = f"moved to {chat.channel}"
    close_prompt_of(session, row.key)
    session.flush()


def _was_told(session: Session, row: OutboxMessage, chat: ChannelAccount, now: datetime) -> bool:
    told = select(OutboxMessage.id).where(
        OutboxMessage.person_id == row.person_id,
        OutboxMessage.channel == chat.channel,
        OutboxMessage.address == chat.address,
        col(OutboxMessage.moved_from).is_not(None),
        col(OutboxMessage.created_at) > now - SAID_AGAIN,
    )
    return session.exec(told.limit(1)).first() is not None


def people_waiting(session: Session, closed: Sequence[Place]) -> set[int]:
    """Whose messages wait at closed places, and who has no other chat."""
    rows = session.exec(
        select(OutboxMessage.person_id)
        .where(
            _waits_at(closed),
            OutboxMessage.priority != Priority.REPLY,
            col(OutboxMessage.person_id).is_not(None),
            col(OutboxMessage.is_echo).is_(False),
            ~_has_another(closed),
        )
        .distinct()
    ).all()
    return {person_id for person_id in rows if person_id is not None}


_NOW: Any = bindparam("now", type_=UtcDateTime)
_SINCE: Any = bindparam("since", type_=UtcDateTime)
_FAILING = (
    select(OutboxMessage.channel, OutboxMessage.address)
    .where(
        col(OutboxMessage.failing_since) <= _SINCE,
        col(OutboxMessage.state).in_([spelled_out(DeliveryState.QUEUED), spelled_out(DeliveryState.SENDING)]),
    )
    .distinct()
)
_IS_UNREACHABLE = and_(
    col(OutboxMessage.state) == spelled_out(DeliveryState.UNREACHABLE),
    col(OutboxMessage.settled_at) > _SINCE,
    or_(col(OutboxMessage.not_after).is_(None), col(OutboxMessage.not_after) > _NOW),
)
_UNREACHABLE = _stuck(_IS_UNREACHABLE, ())
