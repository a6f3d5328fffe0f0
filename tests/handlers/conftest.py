"""What conversations of the Office start from."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.adapters.simulator.channel import TEXT_ONLY
from bot.clock import SetClock
from bot.files import FileStore
from models.database import Database
from tests.conversation import Stage
from tests.databases import SqliteFiles, opened
from tests.handlers.hotline_stage import HotlineStage
from tests.handlers.office_stage import OfficeStage
from tests.handlers.papers_stage import PapersStage
from tests.handlers.task_stage import town_on
from tests.handlers.text_phones import FRIDAY
from tests.transcripts.world import Worlds


@pytest.fixture
def office(sqlite_files: SqliteFiles, tmp_path: Path, clock: SetClock, files: FileStore) -> Iterator[OfficeStage]:
    """On SQLite; `office_anywhere` is for the few acts in which databases differ."""
    with sqlite_files.fresh() as url, opened(url) as database:
        yield OfficeStage(database, clock, files)


@pytest.fixture
def office_anywhere(database: Database, clock: SetClock, files: FileStore) -> OfficeStage:
    return OfficeStage(database, clock, files)


@pytest.fixture
def papers(sqlite_files: SqliteFiles, tmp_path: Path, clock: SetClock, files: FileStore) -> Iterator[PapersStage]:
    with sqlite_files.fresh() as url, opened(url) as database:
        yield PapersStage(database, clock, files)


@pytest.fixture
def town(database: Database, files: FileStore) -> Stage:
    """Where tasks are assigned and extended."""
    return town_on(database, files)


@pytest.fixture
def stage(sqlite_files: SqliteFiles, tmp_path: Path, files: FileStore) -> Iterator[HotlineStage]:
    with sqlite_files.fresh() as url, opened(url) as database:
        yield HotlineStage(database, files)


@pytest.fixture(scope="module")
def text_worlds(tmp_path_factory: pytest.TempPathFactory) -> Worlds:
    return Worlds(tmp_path_factory.mktemp("text-phones"), TEXT_ONLY)


@pytest.fixture
def text_stage(text_worlds: Worlds) -> Iterator[Stage]:
    """All have phones that show text alone, as on Zalo."""
    with text_worlds.open(FRIDAY, "gia-binh-2022") as stage:
        yield stage
