"""Stored files; their content lies in the data directory under its hash."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Column, delete
from sqlmodel import Field, Session, col, select

from models.base import Table, UtcDateTime
from models.links import FileLink


class StoredFile(Table, table=True):
    """A file that was received or drawn up; `digest` is the SHA-256 of its content."""

    id: int | None = Field(default=None, primary_key=True)
    digest: str = Field(index=True)
    name: str
    media_type: str = ""
    size: int
    stored_at: datetime = Field(sa_type=UtcDateTime)


def discard_unnamed(session: Session, file_ids: Collection[int]) -> None:
    """Delete those of these files that no other row names; addresses that led to them lead nowhere then."""
    if not file_ids:
        return
    named: set[int] = set()
    for column in _naming():
        named |= set(session.connection().execute(select(column).where(column.in_(file_ids))).scalars())
    gone = set(file_ids) - named
    session.connection().execute(delete(FileLink).where(col(FileLink.file_id).in_(gone)))
    session.connection().execute(delete(StoredFile).where(col(StoredFile.id).in_(gone)))


def _naming() -> list[Column[int]]:
    """Every column that names a file, but that of the addresses."""
    return [
        key.parent
        for table in Table.metadata.sorted_tables
        if table.name != FileLink.__tablename__
        for key in table.foreign_keys
        if key.column.table.name == StoredFile.__tablename__
    ]


def known_digests(session: Session, digests: Collection[str]) -> set[str]:
    """Those of these contents that some row names."""
    return set(session.exec(select(StoredFile.digest).where(col(StoredFile.digest).in_(digests))))
