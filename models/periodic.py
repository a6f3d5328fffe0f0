"""What is owed once a period: one row a kind, period and unit, however many processes open it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import UniqueConstraint, func
from sqlmodel import Field, Session, col, select

from models.base import Table, UtcDateTime, by_value
from models.database import insert_new
from models.duties import Duty
from models.people import Post, Unit
from rules.duties import DutyKind, DutyState
from rules.periodic import PERIODIC, PeriodicKind

_PERIODIC = {spec.duty for spec in PERIODIC.values()}
_REPORTED = (DutyKind.REPORT, DutyKind.BADGES, DutyKind.READ_OUT, DutyKind.COMPILE)


class Periodic(Table, table=True):
    """Việc định kỳ: the subject of a duty. `period` is its first and last day.

    `told_at`: when whoever compiles was told what is missing.
    """

    __table_args__ = (UniqueConstraint("kind", "period", "unit_id"),)

    id: int | None = Field(default=None, primary_key=True)
    kind: PeriodicKind = Field(sa_type=by_value(PeriodicKind))
    period: str
    unit_id: int = Field(foreign_key="unit.id", index=True)
    told_at: datetime | None = Field(default=None, sa_type=UtcDateTime)

    @property
    def first(self) -> date:
        return date.fromisoformat(self.period.partition("/")[0])

    @property
    def last(self) -> date:
        return date.fromisoformat(self.period.partition("/")[2])


@dataclass(frozen=True, slots=True)
class Owed:
    """A unit's turn with its duty."""

    turn: Periodic
    duty: Duty
    unit: Unit

    @property
    def is_received(self) -> bool:
        return self.duty.state in (DutyState.DONE, DutyState.SUBMITTED)


def add_turns(session: Session, kind: PeriodicKind, period: str, unit_ids: Sequence[int]) -> Sequence[Periodic]:
    """Make the rows that are not there yet, and give back those that this process made."""
    rows = [{"kind": kind, "period": period, "unit_id": unit_id} for unit_id in unit_ids]
    made = insert_new(session, Periodic).values(rows).returning(col(Periodic.id))
    keys = list(session.connection().execute(made).scalars()) if rows else []
    return session.exec(select(Periodic).where(col(Periodic.id).in_(keys)).order_by(col(Periodic.id))).all()


def units_with(session: Session, kind: PeriodicKind, period: str) -> set[int]:
    """The units whose turn is there already."""
    return set(session.exec(select(Periodic.unit_id).where(Periodic.kind == kind, Periodic.period == period)).all())


def owed(session: Session, kind: PeriodicKind, period: str) -> list[Owed]:
    """All turns of a kind in a period, in the order of the units."""
    rows = session.exec(
        select(Periodic, Duty, Unit)
        .join(Unit, col(Periodic.unit_id) == col(Unit.id))
        .join(Duty, col(Duty.subject_id) == col(Periodic.id))
        .where(Periodic.kind == kind, Periodic.period == period, Duty.kind == PERIODIC[kind].duty)
        .order_by(col(Unit.id))
    ).all()
    return [Owed(turn, duty, unit) for turn, duty, unit in rows]


# Asked by the clock at each of its looks: built once, the building would cost as much as the execution.
_OPEN_TURNS = (
    select(Periodic, Duty, Unit)
    .join(Unit, col(Periodic.unit_id) == col(Unit.id))
    .join(Duty, col(Duty.subject_id) == col(Periodic.id))
    .where(col(Duty.kind).in_(_PERIODIC), Duty.state == DutyState.OPEN)
    .order_by(col(Duty.id))
)


def open_turns(session: Session) -> list[Owed]:
    """Everything periodic that is still owed."""
    rows = session.exec(_OPEN_TURNS).all()
    return [Owed(turn, duty, unit) for turn, duty, unit in rows]


def due_by_unit(
    session: Session, kinds: Sequence[DutyKind], since: datetime, until: datetime
) -> Sequence[tuple[Unit, Duty]]:
    """Duties of these kinds that were due in a span, with the unit whose post owes them; void ones aside."""
    return session.exec(
        select(Unit, Duty)
        .join(Post, col(Post.unit_id) == col(Unit.id))
        .join(Duty, col(Duty.post_id) == col(Post.id))
        .where(
            col(Duty.kind).in_(kinds),
            col(Duty.due_at) > since,
            col(Duty.due_at) <= until,
            Duty.state != DutyState.VOID,
        )
        .order_by(col(Unit.id), col(Duty.id))
    ).all()


def last_due(session: Session, now: datetime) -> dict[tuple[PeriodicKind, int], str]:
    """The last period of each kind that has fallen due for each unit."""
    rows = session.exec(
        select(Periodic.kind, Periodic.unit_id, func.max(col(Periodic.period)))
        .join(Duty, col(Duty.subject_id) == col(Periodic.id))
        .where(col(Duty.kind).in_(_PERIODIC), col(Duty.due_at) <= now)
        .group_by(col(Periodic.kind), col(Periodic.unit_id))
    ).all()
    return {(PeriodicKind(kind), unit_id): period for kind, unit_id, period in rows}


def latest_turns(session: Session, most: int) -> Sequence[tuple[PeriodicKind, str]]:
    """Kinds and periods of reports, those due last first."""
    latest = func.max(col(Duty.due_at))
    rows = session.exec(
        select(Periodic.kind, Periodic.period)
        .join(Duty, col(Duty.subject_id) == col(Periodic.id))
        .where(col(Duty.kind).in_(_REPORTED))
        .group_by(col(Periodic.kind), col(Periodic.period))
        .order_by(latest.desc(), col(Periodic.kind))
        .limit(most)
    ).all()
    return [(PeriodicKind(kind), period) for kind, period in rows]


def latest_turn(session: Session, kind: PeriodicKind) -> Periodic | None:
    """The one that was opened last."""
    return session.exec(select(Periodic).where(Periodic.kind == kind).order_by(col(Periodic.id).desc())).first()
