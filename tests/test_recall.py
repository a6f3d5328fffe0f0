"""What a transaction remembers of its reads: until what it has read is written."""

from collections.abc import Callable

import pytest
from sqlmodel import Session

from bot.clock import SetClock
from models.database import Database
from models.offices import accounts_of
from models.people import ChannelAccount, Person


@pytest.fixture
def chat(database: Database, clock: SetClock) -> Callable[[str], ChannelAccount]:
    def build(address: str) -> ChannelAccount:
        return ChannelAccount(
            channel="wire", address=address, person_id=1, name="A", language="vi", last_seen_at=clock.now()
        )

    with database.session() as session, session.begin():
        session.add(Person(id=1, code="A1", full_name="A", folded_name="a"))
        session.flush()
        session.add(build("old"))
    return build


def reached(session: Session) -> list[str]:
    return [account.address for account in accounts_of(session, 1)]


def test_what_came_changed_or_went_is_seen_at_once(database: Database, chat: Callable[[str], ChannelAccount]) -> None:
    with database.session() as session, session.begin():
        assert reached(session) == ["old"]
        new = chat("new")
        session.add(new)
        assert sorted(reached(session)) == ["new", "old"]
        new.person_id = None
        assert reached(session) == ["old"]
        session.delete(accounts_of(session, 1)[0])
        assert reached(session) == []


def test_what_was_taken_back_is_forgotten(database: Database, chat: Callable[[str], ChannelAccount]) -> None:
    with database.session() as session, session.begin():
        with session.begin_nested() as savepoint:
            session.add(chat("new"))
            assert sorted(reached(session)) == ["new", "old"]
            savepoint.rollback()
        assert reached(session) == ["old"]
