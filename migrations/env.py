"""Runs the steps on the connection of `models.migrations` or, to write a new one, on the database of `-x url=…`."""

from collections.abc import Iterable
from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from alembic.operations import MigrationScript
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Enum, MetaData, text
from sqlmodel.sql.sqltypes import AutoString

from models.base import UtcDateTime
from models.database import engine_for
from models.tables import SCHEMA


def written(kind: str, item: Any, _autogenerate: AutogenContext) -> str | Literal[False]:
    """A step says what the database holds, so that it stays true when our column types change."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, AutoString | Enum):
        return f"sa.String({item.length or ''})"
    return False


def numbered(
    migration: MigrationContext, _revision: str | Iterable[str | None] | Iterable[str], scripts: list[MigrationScript]
) -> None:
    """Steps are counted, 0001 and up, so that a listing shows their order."""
    assert migration.config is not None
    head = ScriptDirectory.from_config(migration.config).get_current_head()
    scripts[0].rev_id = f"{int(head or 0) + 1:04}"


def both_conditions(metadata: MetaData) -> MetaData:
    """The indexes of some rows get their condition for PostgreSQL too, see `models.base.partial_index`."""
    for index in (index for table in metadata.tables.values() for index in table.indexes):
        if "postgresql_where" in index.info:
            index.dialect_kwargs["postgresql_where"] = text(index.info["postgresql_where"])
    return metadata


def run(connection: Connection) -> None:
    context.configure(
        connection,
        target_metadata=both_conditions(SCHEMA),
        # SQLite too undoes a change of schema, once its driver leaves transactions to us.
        transactional_ddl=True,
        render_as_batch=True,
        render_item=written,
        process_revision_directives=numbered,
    )
    with context.begin_transaction():
        context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    run(given)
else:
    with engine_for(context.get_x_argument(as_dictionary=True)["url"]).begin() as own:
        run(own)
