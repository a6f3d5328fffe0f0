"""A consistent copy of database and files while the bot runs, and its way back.

A backup is one zip: the tables as JSON lines, whatever the database was, and the attachments.
"""

import io
import json
import struct
import zipfile
import zlib
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Date, DateTime, Integer, func, insert, inspect, select, text
from sqlalchemy import Table as SqlTable
from sqlalchemy.exc import DataError, IntegrityError

from bot.cli import OperatorError
from bot.files import FileStore
from bot.settings import Settings
from models.base import UtcDateTime
from models.database import Database
from models.migrations import is_current, migrate
from models.tables import SCHEMA

FORMAT = 1
BATCH = 500
# What reading a file raises that was cut, changed or is something else altogether.
DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    KeyError,
    TypeError,
    ValueError,
    IntegrityError,
    DataError,
)


def back_up(settings: Settings, path: Path) -> None:
    """Write the copy; all tables are read in one transaction, so they fit together."""
    database = Database(settings.database_url.get_secret_value())
    if not is_current(database):
        database.close()
        raise OperatorError("The schema is not the newest. Run first: python bot.py migrate")
    part = path.with_name(path.name + ".part")
    try:
        with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as archive, database.reading() as connection:
            archive.writestr("format", str(FORMAT))
            with connection.begin():
                for table in SCHEMA.sorted_tables:
                    with archive.open(f"tables/{table.name}", "w") as file:
                        for line in _lines(connection, table):
                            file.write(line)
                digests = [
                    row.digest for row in connection.execute(select(SCHEMA.tables["storedfile"].c.digest).distinct())
                ]
            _pack_files(archive, FileStore(settings.data_dir), digests)
        # A copy that is not complete must never look like one.
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
        database.close()


def _lines(connection: Connection, table: SqlTable) -> Iterator[bytes]:
    for row in connection.execution_options(yield_per=BATCH).execute(
        select(table).order_by(*table.primary_key.columns)
    ):
        yield (json.dumps(dict(row._mapping), default=_plain, ensure_ascii=False) + "\n").encode()


def _plain(value: Any) -> str:
    if isinstance(value, datetime | date):
        return value.isoformat()
    raise TypeError(f"cannot back up {type(value).__name__}")


def _pack_files(archive: zipfile.ZipFile, files: FileStore, digests: list[str]) -> None:
    for digest in digests:
        try:
            archive.writestr(f"files/{digest}", files.read(digest))
        except FileNotFoundError:
            raise OperatorError(f"The attachment {digest} is missing from the data directory.") from None


def restore(settings: Settings, path: Path, *, force: bool) -> None:
    """Bring a copy back, all or nothing; a database that is not empty is only overwritten by force."""
    database = Database(settings.database_url.get_secret_value())
    try:
        with _opened(path) as archive:
            migrate(database)
            files = FileStore(settings.data_dir)
            for name in archive.namelist():
                if name.startswith("files/") and files.save(archive.read(name)) != name.removeprefix("files/"):
                    raise OperatorError(f"The backup is damaged: {name} is not what it should be.")
            with database.engine.begin() as connection:
                _empty(connection, force=force)
                for table in SCHEMA.sorted_tables:
                    _fill(connection, table, archive)
    except DAMAGE:
        raise OperatorError("The backup is damaged; nothing was changed.") from None
    finally:
        database.close()


def _opened(path: Path) -> zipfile.ZipFile:
    archive = zipfile.ZipFile(path)
    if archive.read("format").decode() != str(FORMAT):
        raise OperatorError("This is a backup of another version.")
    return archive


def _empty(connection: Connection, *, force: bool) -> None:
    known = set(inspect(connection).get_table_names())
    tables = [table for table in reversed(SCHEMA.sorted_tables) if table.name in known]
    # The secrets of an installation alone are no data that somebody could lose.
    held = [table for table in tables if table.name != "installation" and _count(connection, table)]
    if held and not force:
        raise OperatorError("The database is not empty; --force overwrites it.")
    for table in tables:
        connection.execute(table.delete())


def _count(connection: Connection, table: SqlTable) -> int:
    return connection.execute(select(func.count()).select_from(table)).scalar_one()


def _fill(connection: Connection, table: SqlTable, archive: zipfile.ZipFile) -> None:
    with archive.open(f"tables/{table.name}") as file:
        rows = [_typed(table, json.loads(line)) for line in io.TextIOWrapper(file, "utf-8")]
    for start in range(0, len(rows), BATCH):
        connection.execute(insert(table), rows[start : start + BATCH])
    _advance_sequence(connection, table)


def _typed(table: SqlTable, row: dict[str, Any]) -> dict[str, Any]:
    for name, value in row.items():
        kind = table.columns[name].type
        if value is not None and isinstance(kind, UtcDateTime | DateTime):
            row[name] = datetime.fromisoformat(value).astimezone(UTC)
        elif value is not None and isinstance(kind, Date):
            row[name] = date.fromisoformat(value)
    return row


def _advance_sequence(connection: Connection, table: SqlTable) -> None:
    # PostgreSQL does not count rows that were given with their keys.
    key = table.columns.get("id")
    if connection.dialect.name == "postgresql" and key is not None and isinstance(key.type, Integer):
        connection.execute(
            text(
                f"SELECT setval(pg_get_serial_sequence('{table.name}', 'id'), "
                f"(SELECT coalesce(max(id), 1) FROM {table.name}))"
            )
        )
