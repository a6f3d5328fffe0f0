"""The post of a fresh database."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.clock import SetClock
from bot.files import FileStore
from models.database import Database
from tests.databases import SqliteFiles, opened
from tests.outbox.wire import Post


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
def sqlite_post(sqlite_files: SqliteFiles, tmp_path: Path, clock: SetClock, files: FileStore) -> Iterator[Post]:
    with sqlite_files.fresh() as url, opened(url) as database:
        yield Post(database, clock, files)


@pytest.fixture
def post(database: Database, clock: SetClock, files: FileStore) -> Post:
    return Post(database, clock, files)
