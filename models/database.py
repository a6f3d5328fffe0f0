"""Engines and transactions for SQLite and PostgreSQL, and the threads that run them.

Everything below the edges is plain synchronous Python over a session; `Database.run` carries it to a
database thread so that the event loop never waits.
"""

import asyncio
from collections.abc import Callable, Collection
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlmodel import Session, SQLModel

T = TypeVar("T")
V = TypeVar("V", int, str)

BUSY_TIMEOUT_MS = 10_000
POSTGRES_THREADS = 4
# Half of SQLite's own choice: what it lets go of, the system still has.
CACHE_KIB = 1000
# What is asked again and again; 128, as the driver keeps, took 5 MiB.
KEPT_STATEMENTS = 32


class Database:
    """One body's database. SQLite is given one writer thread, PostgreSQL a few."""

    def __init__(self, url: str, *, kept_statements: int = KEPT_STATEMENTS) -> None:
        self.engine = engine_for(url, kept_statements)
        self.is_sqlite = self.engine.dialect.name == "sqlite"
        self._threads = ThreadPoolExecutor(1 if self.is_sqlite else POSTGRES_THREADS, thread_name_prefix="database")

    def session(self) -> Session:
        # Attributes stay readable after the commit: messages are composed from them.
        return Session(self.engine, expire_on_commit=False)

    async def run(self, function: Callable[..., T], *args: Any) -> T:
        """Run a function in a database thread."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, function, *args)

    def reading(self) -> Connection:
        """A connection whose transactions only read, all from the same moment, and hold nobody up."""
        if self.is_sqlite:
            return self.engine.connect().execution_options(only_reads=True)
        return self.engine.connect().execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)

    def transact(self, function: Callable[[Session], T]) -> T:
        """Run a function in one transaction and commit it."""
        with self.session() as session, session.begin():
            return function(session)

    def close(self) -> None:
        self._threads.shutdown(wait=True)
        self.engine.dispose()


def engine_for(url: str, kept_statements: int = KEPT_STATEMENTS) -> Engine:
    """The engine for an address as people write it: `postgresql://…` or `sqlite:///…`."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        if parsed.database and parsed.database != ":memory:":
            Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
        given = {"timeout": BUSY_TIMEOUT_MS / 1000, "check_same_thread": False, "cached_statements": kept_statements}
        engine = create_engine(parsed, connect_args=given)
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", _begin)
        return engine
    if parsed.get_backend_name() == "postgresql":
        # Dead overnight connections are noticed before they are used.
        return create_engine(
            parsed.set(drivername="postgresql+psycopg"), pool_pre_ping=True, pool_size=POSTGRES_THREADS + 2
        )
    raise ValueError("the database must be sqlite:///… or postgresql://…")


def _set_up_sqlite(connection: Any, _record: Any) -> None:
    # The driver's own transactions begin too late: a savepoint as first statement would commit by itself.
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    # A confirmed event must survive a power cut, so every commit reaches the disk.
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")
    cursor.execute(f"PRAGMA cache_size=-{CACHE_KIB}")
    cursor.close()


def _begin(connection: Connection) -> None:
    # Who will write says so at the start and waits his turn; a long read must not keep writers waiting.
    reads = connection.get_execution_options().get("only_reads", False)
    connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")


def lock_for_transaction(session: Session, name: str) -> None:
    """Hold a named lock until the transaction ends. SQLite has a single writer already."""
    if session.get_bind().dialect.name == "postgresql":
        session.connection().execute(text("SELECT pg_advisory_xact_lock(hashtext(:name))"), {"name": name})


def locks_rows(session: Session) -> bool:
    """Whether rows must be locked one by one. On SQLite the transaction holds the whole database from its beginning."""
    return session.get_bind().dialect.name == "postgresql"


def of_few_lengths(values: Collection[V]) -> list[V]:
    """The same values for an `IN`, the first one repeated up to a power of two: each length is a statement of its own,
    which the driver prepares and keeps.
    """
    found = list(values)
    return found + found[:1] * ((1 << (len(found) - 1).bit_length()) - len(found)) if found else found


def insert_new(session: Session, table: type[SQLModel]) -> Any:
    """An INSERT that passes over the rows that are there already."""
    if locks_rows(session):
        # PostgreSQL's dialect is loaded where it is spoken only: it takes long.
        from sqlalchemy.dialects.postgresql import insert

        return insert(table).on_conflict_do_nothing()
    from sqlalchemy.dialects.sqlite import insert as insert_sqlite

    return insert_sqlite(table).on_conflict_do_nothing()
