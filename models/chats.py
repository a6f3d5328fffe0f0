"""The chats of a group of events, read and noted together instead of one by one."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, update
from sqlalchemy.orm.attributes import set_committed_value
from sqlmodel import Session, col, select

from models.database import of_few_lengths
from models.people import ChannelAccount, Person

# Built once: asked for every group of events.
_CHATS = (
    select(ChannelAccount, Person)
    .outerjoin(Person, col(ChannelAccount.person_id) == col(Person.id))
    .where(
        ChannelAccount.channel == bindparam("channel"),
        col(ChannelAccount.address).in_(bindparam("addresses", expanding=True)),
    )
)
_SEEN = (
    update(ChannelAccount)
    .where(col(ChannelAccount.id).in_(bindparam("keys", expanding=True)))
    .values(last_seen_at=bindparam("now"))
)


def chats_at(
    session: Session, channel: str, addresses: Sequence[str]
) -> Sequence[tuple[ChannelAccount, Person | None]]:
    """Several chats of a channel with their people, in one look."""
    return session.exec(_CHATS, params={"channel": channel, "addresses": of_few_lengths(addresses)}).all()


def seen(session: Session, accounts: Sequence[ChannelAccount], now: datetime) -> None:
    """Note that these chats were heard of, in one statement."""
    session.connection().execute(_SEEN, {"keys": of_few_lengths([account.key for account in accounts]), "now": now})
    for account in accounts:
        set_committed_value(account, "last_seen_at", now)
