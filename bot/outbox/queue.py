"""Put messages into the outbox, and settle what became of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, func, update
from sqlmodel import Session, col, select

from bot.messages import Kind
from bot.outbox.echoes import echoes, may_echo
from bot.outbox.posting import Posting
from bot.outbox.statements import FORGET_UNREACHED, INSERT, SETTLE, SUPERSEDE
from models.base import spelled_out
from models.outbox import DeliveryState, OutboxMessage, Priority

PRIORITIES = {Kind.REPLY: Priority.REPLY, Kind.NOTICE: Priority.NOTICE, Kind.PING: Priority.PING}
# Longer than any send may take; after it the answer to the send counts as lost.
LEASE = timedelta(minutes=5)
# As a power of four, in seconds: 17 minutes.
LONGEST_PATIENCE = 5
_SAID = "said"
_KNOWN = select(OutboxMessage.id).where(col(OutboxMessage.dedup_key) == bindparam("dedup_key"))


def put(session: Session, posting: Posting) -> None:
    """Queue a message; it is written with all others of its transaction.

    The same `dedup_key` twice is one message; without a channel it is kept as unreachable.
    """
    session.info.setdefault(_SAID, []).append(posting)


def write(session: Session) -> None:
    """Write what was queued: before the commit, and before somebody looks for it."""
    for group in _groups(session, session.info.pop(_SAID, [])):
        _write(session, group)
        for echo in echoes(session, group[-1]):
            _write(session, [echo])


def _groups(session: Session, said: Sequence[Posting]) -> Iterator[list[Posting]]:
    """In their order, as many together as do not concern each other; what has echoes is the last of its group."""
    group, marks = list[Posting](), set[tuple[str, ...]]()
    for posting in said:
        if not marks.isdisjoint(posting.marks):
            yield group
            group, marks = [], set()
        group.append(posting)
        marks |= posting.marks
        if may_echo(session, posting):
            yield group
            group, marks = [], set()
    if group:
        yield group


def _write(session: Session, group: Sequence[Posting]) -> None:
    new = [posting for posting in group if not _is_known(session, posting)]
    execute, cards = session.connection().execute, [posting for posting in new if posting.message.card]
    # What reached nobody is said now: it must not come a second time once another chat is found.
    if unreached := [_whose(one) for one in cards if one.message.fresh and one.person_id is not None]:
        execute(FORGET_UNREACHED, unreached)
    # What was not sent yet need not be sent: the newer state of the same card says more.
    if cards:
        execute(SUPERSEDE, [_place(posting) for posting in cards])
    if new:
        execute(INSERT, [_row(posting) for posting in new])


def _is_known(session: Session, posting: Posting) -> bool:
    if posting.dedup_key is None:
        return False
    return session.exec(_KNOWN, params={"dedup_key": posting.dedup_key}).first() is not None


def _whose(posting: Posting) -> dict[str, Any]:
    return {"of_person": posting.person_id, "of_card": posting.message.card}


def _place(posting: Posting) -> dict[str, Any]:
    place = {"at_channel": posting.channel, "at_address": posting.address, "of_card": posting.message.card}
    return place | {"settled": posting.now}


def _row(posting: Posting) -> dict[str, Any]:
    message = posting.message
    return {
        "channel": posting.channel,
        "address": posting.address,
        "person_id": posting.person_id,
        "priority": PRIORITIES[posting.kind].value,
        "payload": {**message.to_json(), "language": posting.language},
        "card": message.card,
        "is_fresh": message.fresh,
        "is_urgent": message.urgent,
        "is_copy": posting.is_copy,
        "is_echo": posting.is_echo,
        "edits": posting.edits,
        "dedup_key": posting.dedup_key,
        "cause": posting.cause,
        "created_at": posting.now,
        "not_before": posting.not_before,
        "not_after": posting.not_after,
        "state": DeliveryState.QUEUED if posting.channel else DeliveryState.UNREACHABLE,
        "attempts": 0,
        "is_repeat": False,
        "message_id": "",
        "pieces": 0,
        "failure": "" if posting.channel else "no channel",
    }


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of a message; `retry_at` is set when it goes back into the queue.

    `pieces` is how many of the platform's messages it took, as far as they are counted.
    """

    id: int
    state: DeliveryState
    message_id: str = ""
    failure: str = ""
    retry_at: datetime | None = None
    is_repeat: bool = False
    pieces: int = 0


def settle(session: Session, fates: Sequence[Fate], now: datetime) -> None:
    """Record what became of messages whose lease is still ours."""
    if not fates:
        return
    rows: list[dict[str, Any]] = [
        {
            "key": fate.id,
            "new_state": fate.state,
            "new_message_id": fate.message_id,
            "new_failure": fate.failure[:500],
            "retry_at": fate.retry_at,
            "repeat": fate.is_repeat,
            "more_pieces": fate.pieces,
            "settled": None if fate.retry_at else now,
        }
        for fate in fates
    ]
    session.connection().execute(SETTLE, rows)


def after_lost_answer(row: OutboxMessage, now: datetime, failure: str) -> Fate:
    """An edit may be repeated freely, a notice marked as repeated; an answer to a waiting person is not.

    That person sees the state on his next tap, whereas nobody asks for a notice he does not know of.
    """
    if row.priority == Priority.REPLY and not row.edits:
        return Fate(row.key, DeliveryState.UNCERTAIN, failure=failure)
    # A platform that swallows every answer shall not be given the same notice without end.
    patience = timedelta(seconds=4 ** min(row.attempts, LONGEST_PATIENCE) - 1)
    return Fate(row.key, DeliveryState.QUEUED, failure=failure, retry_at=now + patience, is_repeat=True)


def recover(session: Session, channel: str, now: datetime, *, orphaned: bool) -> None:
    """Settle what nobody is sending any more: all of it when its courier died, else what outlived its lease."""
    lost = select(OutboxMessage).where(
        OutboxMessage.channel == channel, OutboxMessage.state == spelled_out(DeliveryState.SENDING)
    )
    if not orphaned:
        lost = lost.where(col(OutboxMessage.leased_until) <= now)
    rows = session.exec(
        lost.order_by(col(OutboxMessage.id)).with_for_update(skip_locked=True).execution_options(populate_existing=True)
    ).all()
    fates = [after_lost_answer(row, now, "the sender died") for row in rows]
    # A death is not the platform's fault: no reason to be patient with it.
    settle(session, [replace(fate, retry_at=fate.retry_at and now) for fate in fates], now)


def close_chat(session: Session, closed: OutboxMessage, now: datetime) -> None:
    """The platform does not take anything for this chat any more: what else waits for it need not be tried."""
    session.connection().execute(
        update(OutboxMessage)
        .where(
            col(OutboxMessage.channel) == closed.channel,
            col(OutboxMessage.address) == closed.address,
            col(OutboxMessage.state) == DeliveryState.QUEUED,
        )
        .values(state=DeliveryState.UNREACHABLE, failure=closed.failure, settled_at=now)
    )


def count_by_state(session: Session) -> dict[str, int]:
    rows = session.exec(select(OutboxMessage.state, func.count()).group_by(OutboxMessage.state)).all()
    return {DeliveryState(state).value: number for state, number in rows}
