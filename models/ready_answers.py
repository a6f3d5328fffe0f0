"""Ready answers of the hotline's teams, with their legal basis and shelf life."""

from collections.abc import Collection, Sequence
from datetime import date, datetime

from sqlmodel import Field, Session, col, or_, select
from sqlmodel.sql.expression import SelectOfScalar

from models.base import Table, UtcDateTime, by_value
from rules.ready_answers import EXPIRING, REMINDED_BEFORE, AnswerState


class ReadyAnswer(Table, table=True):
    """Câu trả lời mẫu: of a unit's team, or of all (`is_shared`); `owner_post_id` keeps it true.

    `valid_until` is its last day, `term` how many days it was given at first; `reminded_at`: when the owner was told
    that this shelf life ends soon.
    """

    id: int | None = Field(default=None, primary_key=True)
    unit_id: int = Field(foreign_key="unit.id", index=True)
    owner_post_id: int = Field(foreign_key="post.id", index=True)
    procedure_id: int | None = Field(default=None, foreign_key="procedure.id")
    text: str
    basis: str
    valid_until: date = Field(index=True)
    term: int
    state: AnswerState = Field(default=AnswerState.PROPOSED, sa_type=by_value(AnswerState))
    is_shared: bool = False
    proposed_at: datetime = Field(sa_type=UtcDateTime)
    decided_by_id: int | None = Field(default=None, foreign_key="person.id")
    decided_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    reminded_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


def usable(session: Session, unit_id: int, day: date) -> Sequence[ReadyAnswer]:
    """Approved and still valid: the unit's own, and those of all."""
    found = select(ReadyAnswer).where(
        ReadyAnswer.state == AnswerState.APPROVED,
        col(ReadyAnswer.valid_until) >= day,
        or_(col(ReadyAnswer.unit_id) == unit_id, col(ReadyAnswer.is_shared)),
    )
    return session.exec(found.order_by(col(ReadyAnswer.id))).all()


_KEPT = (AnswerState.PROPOSED, AnswerState.APPROVED, AnswerState.EXPIRED)


def kept(session: Session, unit_ids: Collection[int]) -> Sequence[ReadyAnswer]:
    """What these units have proposed, use, or may renew; what waits for approval first."""
    found = select(ReadyAnswer).where(col(ReadyAnswer.unit_id).in_(unit_ids), col(ReadyAnswer.state).in_(_KEPT))
    ordered = session.exec(found.order_by(col(ReadyAnswer.id))).all()
    return sorted(ordered, key=lambda one: _KEPT.index(one.state))


def over(session: Session, day: date) -> Sequence[ReadyAnswer]:
    """Whose last day has passed; another process passes over those that this one holds."""
    found = select(ReadyAnswer).where(col(ReadyAnswer.state).in_(EXPIRING), col(ReadyAnswer.valid_until) < day)
    return _held(session, found)


def ending(session: Session, day: date) -> Sequence[ReadyAnswer]:
    """Whose shelf life ends soon and whose owner has not been told."""
    found = select(ReadyAnswer).where(
        ReadyAnswer.state == AnswerState.APPROVED,
        col(ReadyAnswer.valid_until) <= day + REMINDED_BEFORE,
        col(ReadyAnswer.reminded_at).is_(None),
    )
    return _held(session, found)


def _held(session: Session, found: SelectOfScalar[ReadyAnswer]) -> Sequence[ReadyAnswer]:
    return session.exec(
        found.order_by(col(ReadyAnswer.id))
        .limit(100)
        .with_for_update(skip_locked=True)
        .execution_options(populate_existing=True)
    ).all()
