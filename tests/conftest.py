"""What every test may ask for: a fresh migrated database of either kind, a clock that stands still, a file store.

A test that asks for `database` or `database_url` runs twice; `-m "not postgresql"` and `-m "not sqlite"` leave one out.
Conversations (`tests/handlers`) are many and differ little between databases: of two such runs one is made, half of
them on either kind; `--all-databases` makes both.
"""

import re
import zlib
from collections import defaultdict
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
CONVERSATIONS = Path(__file__).parent / "handlers"
_DATABASE = re.compile(r"(?<=[\[-])(?:sqlite|postgresql)(?=[]-])")


def pytest_configure() -> None:
    network.refuse_the_world()
    # A busy machine is slow, and that is no fault of what is tested.
    settings.register_profile("thuky", deadline=None, suppress_health_check=[HealthCheck.too_slow])
    settings.load_profile("thuky")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--all-databases", action="store_true", help="play each conversation on SQLite and on PostgreSQL")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("all_databases") or config.option.markexpr:
        return
    pairs = defaultdict[str, list[pytest.Item]](list)
    for item in items:
        if CONVERSATIONS in item.path.parents:
            pairs[_DATABASE.sub("", item.nodeid)].append(item)
    # The same one each time; which, says nothing but the name.
    left_out = {pair[zlib.crc32(name.encode()) % 2] for name, pair in pairs.items() if len(pair) == 2}
    config.hook.pytest_deselected(items=list(left_out))
    items[:] = [item for item in items if item not in left_out]


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
