"""Stored files; their content lies in the data directory under its hash."""

from datetime import datetime

from sqlmodel import Field

from models.base import Table, UtcDateTime


class StoredFile(Table, table=True):
    """A file that was received or drawn up; `digest` is the SHA-256 of its content."""

    id: int | None = Field(default=None, primary_key=True)
    digest: str = Field(index=True)
    name: str
    media_type: str = ""
    size: int
    stored_at: datetime = Field(sa_type=UtcDateTime)
