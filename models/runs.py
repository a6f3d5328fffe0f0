"""What keeps several processes apart: leases, and the ledger of jobs that ran."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, Session, col, select

from models.base import Table, UtcDateTime
from models.database import insert_new


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


def runs_first(session: Session, job: str, moment: datetime, now: datetime) -> bool:
    """Note that a job runs for a scheduled moment; False where it has, in this process or in another."""
    known = select(JobRun.id).where(JobRun.job == job, JobRun.scheduled_for == moment)
    if session.exec(known).first() is not None:
        return False
    made = insert_new(session, JobRun).values(job=job, scheduled_for=moment, ran_at=now).returning(col(JobRun.id))
    return session.connection().execute(made).first() is not None
