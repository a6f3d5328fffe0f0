"""Bringing a database to the newest schema, and asking whether it is there. The steps themselves are in migrations/."""

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect, text

from models.database import Database

if TYPE_CHECKING:
    from alembic.config import Config

_STEPS = Path(__file__).resolve().parent.parent / "migrations"


def migrate(database: Database) -> None:
    """Take the missing steps, all or none; of several processes that start at once, one does it."""
    if is_current(database):
        return
    from alembic import command

    with database.engine.connect() as connection:
        if database.is_sqlite:
            # A step may rebuild a table; with foreign keys on, dropping the old one would take rows of others along.
            _enforce_foreign_keys(connection, False)
        with connection.begin():
            if not database.is_sqlite:
                connection.execute(text("SELECT pg_advisory_xact_lock(hashtext('migrations'))"))
            config = _config()
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
            if database.is_sqlite and (orphans := connection.execute(text("PRAGMA foreign_key_check")).all()):
                raise RuntimeError(f"the migration would leave rows that refer to nothing: {orphans[:5]}")
        if database.is_sqlite:
            _enforce_foreign_keys(connection, True)


def is_current(database: Database) -> bool:
    """Whether the database has the newest schema; asked at every start, so without loading Alembic."""
    with database.engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return False
        taken = connection.execute(text("SELECT version_num FROM alembic_version")).scalars().all()
    # A step's file is named after its number, and the steps form one line.
    newest = max(step.name.split("_")[0] for step in (_STEPS / "versions").glob("[0-9]*.py"))
    return list(taken) == [newest]


def _config() -> "Config":
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_STEPS).replace("%", "%%"))
    return config


def _enforce_foreign_keys(connection: Connection, on: bool) -> None:
    # Past SQLAlchemy, which would open a transaction, in which SQLite ignores the pragma.
    driver = connection.connection.driver_connection
    assert driver is not None
    driver.execute(f"PRAGMA foreign_keys={'ON' if on else 'OFF'}")
