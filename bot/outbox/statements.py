"""What every message executes, built once: the building would cost more than the execution."""

from typing import Any

from sqlalchemy import bindparam, insert, update

from models.base import spelled_out
from models.outbox import DeliveryState, OutboxMessage

_TABLE: Any = OutboxMessage.__table__  # type: ignore[attr-defined]
INSERT = insert(_TABLE)
SUPERSEDE = (
    update(_TABLE)
    .where(
        _TABLE.c.channel == bindparam("at_channel"),
        _TABLE.c.address == bindparam("at_address"),
        _TABLE.c.card == bindparam("of_card"),
        # Said aloud so that SQLite takes the index of cards, which leaves the messages without one out.
        _TABLE.c.card != spelled_out(""),
        _TABLE.c.state == spelled_out(DeliveryState.QUEUED),
        # News is said even when more news follows; only a card that would change in silence makes way.
        _TABLE.c.is_fresh.is_(False),
    )
    .values(state=DeliveryState.SUPERSEDED, settled_at=bindparam("settled"))
)
FORGET_UNREACHED = (
    update(_TABLE)
    .where(
        _TABLE.c.state == spelled_out(DeliveryState.UNREACHABLE),
        _TABLE.c.settled_at.is_not(None),
        _TABLE.c.person_id == bindparam("of_person"),
        _TABLE.c.card == bindparam("of_card"),
    )
    .values(state=DeliveryState.SUPERSEDED)
)
SETTLE = (
    update(_TABLE)
    .where(_TABLE.c.id == bindparam("key"), _TABLE.c.state == spelled_out(DeliveryState.SENDING))
    .values(
        state=bindparam("new_state"),
        message_id=bindparam("new_message_id"),
        failure=bindparam("new_failure"),
        not_before=bindparam("retry_at"),
        is_repeat=bindparam("repeat"),
        pieces=_TABLE.c.pieces + bindparam("more_pieces"),
        settled_at=bindparam("settled"),
        leased_until=None,
    )
)
