"""What every test may ask for: a fresh migrated database of either kind, a clock that stands still, a file store.

A test that asks for `database` or `database_url` runs twice; `-m "not postgresql"` and `-m "not sqlite"` leave one out.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from bot.clock import SetClock
from bot.files import FileStore
from models.database import Database
from tests import network
from tests.databases import PostgresServer, SqliteFiles, opened

# Wednesday 18 November 2026, 9:00 in Vietnam.
START = datetime(2026, 11, 18, 2, 0, tzinfo=UTC)


def pytest_configure() -> None:
    network.refuse_the_world()
    # A busy machine is slow, and that is no fault of what is tested.
    settings.register_profile("thuky", deadline=None, suppress_health_check=[HealthCheck.too_slow])
    settings.load_profile("thuky")


@pytest.fixture(autouse=True)
def _stay_on_this_machine() -> Iterator[None]:
    network.attempts.clear()
    yield
    assert not network.attempts, f"the test tried to leave this machine: {network.attempts}"


@pytest.fixture
def clock() -> SetClock:
    return SetClock(START)


@pytest.fixture
def files(tmp_path: Path) -> FileStore:
    return FileStore(tmp_path)


@pytest.fixture(scope="session")
def sqlite_files(tmp_path_factory: pytest.TempPathFactory) -> SqliteFiles:
    return SqliteFiles(tmp_path_factory.mktemp("sqlite"))


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    server = PostgresServer()
    yield server
    server.stop()


@pytest.fixture(
    params=[
        pytest.param("sqlite_files", marks=pytest.mark.sqlite, id="sqlite"),
        pytest.param("postgres_server", marks=pytest.mark.postgresql, id="postgresql"),
    ]
)
def database_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """The address, for tests with several processes or several `Database` objects."""
    with request.getfixturevalue(request.param).fresh() as url:
        yield url


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    with opened(database_url) as database:
        yield database
