"""What every test may ask for: a fresh database and a clock that stands still."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

import models  # noqa: F401  # makes every table known
from bot.clock import SetClock
from models.base import Table
from models.database import Database

# A Wednesday, 9:00 in Vietnam.
START = datetime(2026, 11, 18, 2, 0, tzinfo=UTC)


@pytest.fixture
def clock() -> SetClock:
    return SetClock(START)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = Database(f"sqlite:///{tmp_path / 'thuky.db'}")
    Table.metadata.create_all(database.engine)
    yield database
    database.close()
