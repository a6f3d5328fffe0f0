"""Two bots on one database that holds the sample body and some requests."""

from collections.abc import Iterator

import pytest

from bot.clock import SetClock
from bot.files import FileStore
from tests.concurrency.twins import CHANNEL, Twins, twins
from tests.crash.world import World, build


@pytest.fixture
def pair(database_url: str, clock: SetClock, files: FileStore) -> Iterator[Twins]:
    with twins(database_url, clock, files) as found:
        yield found


@pytest.fixture
def world(pair: Twins, clock: SetClock, files: FileStore) -> World:
    """Four requests wait for the first chair of the crowd."""
    return build(pair.database, files, clock.now(), requests=4, channel=CHANNEL)


@pytest.fixture
def may_interleave(pair: Twins) -> None:
    """Two transactions that write can be open at once."""
    if pair.database.is_sqlite:
        pytest.skip("SQLite has one writer at a time")
