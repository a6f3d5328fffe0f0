"""The steps of migrations/ lead from nothing to what the models say, on both databases."""

from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect

from models import tables
from models.database import Database
from models.migrations import is_current, migrate


def test_an_empty_database_and_the_steps_make_the_models(database: Database) -> None:
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, tables.SCHEMA) == []
        assert {"person", "outboxmessage"} <= set(inspect(connection).get_table_names())


def test_a_migrated_database_is_current_and_stays_as_it_is(database: Database) -> None:
    assert is_current(database)
    migrate(database)
    assert is_current(database)


def test_a_new_database_is_not_current(tmp_path: Path) -> None:
    with closing(Database(f"sqlite:///{tmp_path / 'new.db'}")) as database:
        assert not is_current(database)


def test_every_file_of_tables_is_known_to_the_steps() -> None:
    files = {path.stem for path in Path(tables.__file__).parent.glob("*.py") if "table=True" in path.read_text()}
    assert files
    assert files <= set(tables.__all__)


@pytest.mark.sqlite
def test_foreign_keys_hold_again_after_a_migration(tmp_path: Path) -> None:
    with closing(Database(f"sqlite:///{tmp_path / 'new.db'}")) as database:
        migrate(database)
        with database.engine.connect() as connection:
            assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
