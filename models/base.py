"""What all tables share: aware UTC datetimes, enums by value, constraint names that migrations can refer to."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from pydantic import ConfigDict
from sqlalchemy import ColumnClause, DateTime, Dialect, Enum, Index, MetaData, String, literal_column, text
from sqlalchemy.types import TypeDecorator
from sqlmodel import SQLModel

NAMING = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcDateTime(TypeDecorator[datetime]):
    """An aware moment. SQLite forgets the zone, so everything is stored and given back in UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a naive datetime must not be stored")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def by_value(enum: type[StrEnum]) -> Enum:
    """A column type that stores the enum's values, as text, not its Python names."""
    return Enum(
        enum,
        native_enum=False,
        length=40,
        create_constraint=False,
        values_callable=lambda members: [member.value for member in members],
    )


def partial_index(name: str, *columns: str, where: str, postgresql_where: str = "") -> Index:
    """An index of the rows of which `where` holds; PostgreSQL may need other words for it.

    `migrations/env.py` hands them on: an option of PostgreSQL's said here would load its dialect at every start.
    """
    return Index(name, *columns, sqlite_where=text(where), info={"postgresql_where": postgresql_where or where})


def spelled_out(value: str) -> ColumnClause[str]:
    """A value as it stands in the condition of a partial index.

    A bound one never meets it on PostgreSQL; SQLite prepares the statement anew each time to see whether it does.
    """
    return literal_column(f"'{value}'", String)


class Table(SQLModel):
    """Base of all tables."""

    # Rows are never validated by pydantic: what that would need is built when somebody asks, not at every start.
    model_config = ConfigDict(defer_build=True)  # type: ignore[assignment]
    metadata = MetaData(naming_convention=NAMING)

    @property
    def key(self) -> int:
        """The primary key of a row that is certainly in the database."""
        value: Any = getattr(self, "id", None)
        if value is None:
            raise RuntimeError(f"{type(self).__name__} has not been flushed")
        return int(value)
