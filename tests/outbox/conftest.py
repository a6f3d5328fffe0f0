"""The post of a fresh database."""

import pytest

from bot.clock import SetClock
from bot.files import FileStore
from models.database import Database
from tests.outbox.wire import Post


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
def post(database: Database, clock: SetClock, files: FileStore) -> Post:
    return Post(database, clock, files)
