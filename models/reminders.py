"""Reminders by the chair, recorded by a human with a document; what the bot sends never stands here."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlmodel import Field, Session, col, select

from models.base import Table, UtcDateTime


class ChairReminder(Table, table=True):
    """Lần nhắc nhở của Chủ tịch. `unit_id` is the person's unit at that time.

    A wrong entry is withdrawn with a reason: it stays and does not count.
    """

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    unit_id: int | None = Field(default=None, foreign_key="unit.id", index=True)
    reminded_on: date
    document: str
    about: str
    recorded_by_id: int = Field(foreign_key="person.id")
    recorded_at: datetime = Field(sa_type=UtcDateTime)
    withdrawn_by_id: int | None = Field(default=None, foreign_key="person.id")
    withdrawn_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    withdrawal_reason: str = ""
    pack_id: str
    pack_version: int

    @property
    def counts(self) -> bool:
        return self.withdrawn_at is None


def reminders_of(session: Session, person_id: int) -> Sequence[ChairReminder]:
    """All entries about a person, the withdrawn ones too, oldest first."""
    return session.exec(
        select(ChairReminder)
        .where(ChairReminder.person_id == person_id)
        .order_by(col(ChairReminder.reminded_on), col(ChairReminder.id))
    ).all()


def reminders_in_unit(session: Session, unit_id: int) -> Sequence[ChairReminder]:
    """The same for everybody who was of a unit at that time."""
    return session.exec(
        select(ChairReminder)
        .where(ChairReminder.unit_id == unit_id)
        .order_by(col(ChairReminder.reminded_on), col(ChairReminder.id))
    ).all()


def reminded_people(session: Session) -> Sequence[int]:
    """Everybody about whom an entry stands."""
    return session.exec(
        select(ChairReminder.person_id)
        .where(col(ChairReminder.withdrawn_at).is_(None))
        .distinct()
        .order_by(col(ChairReminder.person_id))
    ).all()
