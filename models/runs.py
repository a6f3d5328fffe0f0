"""What keeps several processes apart: leases, and the ledger of jobs that ran."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from models.base import Table, UtcDateTime


class Lease(Table, table=True):
    """Who alone may do a thing until when, e.g. poll a platform or send through it."""

    name: str = Field(primary_key=True)
    holder: str
    until: datetime = Field(sa_type=UtcDateTime)


class JobRun(Table, table=True):
    """A job that ran for a scheduled moment; the unique key makes every moment happen once."""

    __table_args__ = (UniqueConstraint("job", "scheduled_for"),)

    id: int | None = Field(default=None, primary_key=True)
    job: str
    scheduled_for: datetime = Field(sa_type=UtcDateTime)
    ran_at: datetime = Field(sa_type=UtcDateTime)
