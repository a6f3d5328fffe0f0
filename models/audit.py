"""The tamper-evident log: ids, categories and salted hashes, never texts. Append only."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column
from sqlmodel import Field

from models.base import Table, UtcDateTime


class AuditEntry(Table, table=True):
    """One act. `digest` covers all other fields and the digest of the entry before (see `bot.audit`)."""

    number: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    at: datetime = Field(sa_type=UtcDateTime)
    actor_id: int | None = None
    action: str
    subject: str
    facts: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    previous: str
    digest: str
