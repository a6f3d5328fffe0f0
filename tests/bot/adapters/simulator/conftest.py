"""The committee of `playground`, with and without the simulator over it."""

import asyncio
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.clock import Clock
from bot.files import FileStore
from models.database import Database
from tests.bot.adapters.simulator.playground import Page, Playground, meeting, people


@pytest.fixture
def committee(database: Database) -> Database:
    database.transact(people)
    return database


@pytest.fixture
def moving_clock() -> Clock:
    return Clock()


@pytest.fixture
def meeting_at(committee: Database, moving_clock: Clock) -> datetime:
    starts_at = moving_clock.now().replace(second=0, microsecond=0) + timedelta(days=2)
    committee.transact(lambda session: meeting(session, starts_at))
    return starts_at


@pytest.fixture
def files(tmp_path: Path) -> FileStore:
    return FileStore(tmp_path)


@pytest.fixture
def playground(committee: Database, moving_clock: Clock, files: FileStore) -> Playground:
    return Playground(committee, moving_clock, files)


@pytest.fixture
def page(playground: Playground) -> Iterator[Page]:
    with asyncio.Runner() as runner:
        yield Page(playground, runner)
