"""Duties: who owes what by when under which clause; what was done about them; and the pings that push them."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Column, Index, UniqueConstraint, bindparam, insert, update
from sqlmodel import Field, Session, col, or_, select

from models.base import Table, UtcDateTime, by_value, partial_index, spelled_out
from models.recall import recalled_each
from rules.duties import DutyKind, DutyState


class Duty(Table, table=True):
    """Owed by the holder of a post, or by a person where the act is personal (a chair's decision).

    `subject_id` is the row that it is about: the invitation, the agenda item, the task. `what` names it in a
    list. `rule` is the DueRule from which `due_at` follows, None where the moment was given; `event_at` the
    meeting after which it has no object. `superior_id` is who assigned it and accepts it. `pack_id`,
    `pack_version` and `clause` are those in force when it arose.
    """

    __table_args__ = (UniqueConstraint("kind", "subject_id"), Index("ix_duty_state_due", "state", "due_at"))

    id: int | None = Field(default=None, primary_key=True)
    kind: DutyKind = Field(sa_type=by_value(DutyKind))
    subject_id: int
    what: str = ""
    post_id: int | None = Field(default=None, foreign_key="post.id", index=True)
    person_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    superior_id: int | None = Field(default=None, foreign_key="person.id")
    opened_at: datetime = Field(sa_type=UtcDateTime)
    due_at: datetime = Field(sa_type=UtcDateTime)
    event_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    rule: dict[str, Any] | None = Field(default=None, sa_column=Column(JSON, nullable=True))
    is_provisional: bool = False
    clause: str
    pack_id: str
    pack_version: int
    state: DutyState = Field(default=DutyState.OPEN, sa_type=by_value(DutyState))
    closed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)

    @property
    def is_open(self) -> bool:
        return self.state is DutyState.OPEN

    @property
    def is_late(self) -> bool:
        """Whether it was closed after its due moment."""
        return self.closed_at is not None and self.closed_at >= self.due_at


class EntryKind(StrEnum):
    PROGRESS = "progress"
    OBSTACLE = "obstacle"
    RESULT = "result"
    ACCEPTED = "accepted"
    RETURNED = "returned"
    MOVED = "moved"


class DutyEntry(Table, table=True):
    """What was said or done about a duty; nothing of it is ever overwritten.

    A result's `number` is that of its document, `signed` whether the head signed it, `position` the unit's own
    position, `missing` what of the pack's checklist its papers do not hold, None where nobody was asked. An entry that
    the Office made for somebody names it in `entered_by_id`. MOVED keeps both due moments.
    """

    id: int | None = Field(default=None, primary_key=True)
    duty_id: int = Field(foreign_key="duty.id", index=True)
    kind: EntryKind = Field(sa_type=by_value(EntryKind))
    at: datetime = Field(sa_type=UtcDateTime)
    person_id: int | None = Field(default=None, foreign_key="person.id")
    entered_by_id: int | None = Field(default=None, foreign_key="person.id")
    text: str = ""
    number: str = ""
    position: str = ""
    signed: bool | None = None
    missing: list[str] | None = Field(default=None, sa_column=Column(JSON, nullable=True))
    file_id: int | None = Field(default=None, foreign_key="storedfile.id")
    due_before: datetime | None = Field(default=None, sa_type=UtcDateTime)
    due_after: datetime | None = Field(default=None, sa_type=UtcDateTime)


class PingState(StrEnum):
    """`dropped`: its moment had passed when it could have been sent."""

    PENDING = "pending"
    SENT = "sent"
    DROPPED = "dropped"


class Ping(Table, table=True):
    """One reminder of one duty; nothing is sent after `not_after`, when what it announces has happened.

    `addressee` says for whom it is (`post:7`, `person:3`, `office`, `chair` …), so that what is due for him at
    the same time is found together and said in one message.
    """

    __table_args__ = (
        UniqueConstraint("duty_id", "stage", "due_at"),
        partial_index("ix_ping_pending", "due_at", where="state = 'pending'"),
    )

    id: int | None = Field(default=None, primary_key=True)
    duty_id: int = Field(foreign_key="duty.id", index=True)
    stage: str
    addressee: str
    due_at: datetime = Field(sa_type=UtcDateTime)
    not_after: datetime = Field(sa_type=UtcDateTime)
    state: PingState = Field(default=PingState.PENDING, sa_type=by_value(PingState))


# Asked with nearly every act: built once, the building would cost as much as the execution.
_ABOUT = select(Duty).where(
    col(Duty.kind) == bindparam("of_kind"), col(Duty.subject_id).in_(bindparam("keys", expanding=True))
)
_NOW: Any = bindparam("now", type_=UtcDateTime)
_OVERTAKEN = (
    select(Duty)
    .where(Duty.state == DutyState.OPEN, col(Duty.event_at) <= _NOW)
    .order_by(col(Duty.id))
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
    .execution_options(populate_existing=True)
)
_IS_DUE = (Ping.state == spelled_out(PingState.PENDING), col(Ping.due_at) <= _NOW)
_FIRST_DUE = select(Ping.addressee).where(*_IS_DUE).order_by(col(Ping.due_at), col(Ping.id)).limit(bindparam("most"))
_DUE = (
    select(Ping, Duty)
    .join(Duty)
    .where(*_IS_DUE, col(Ping.addressee).in_(bindparam("addressees", expanding=True)))
    .order_by(col(Ping.due_at), col(Ping.id))
    .with_for_update(of=Ping, skip_locked=True)
    .execution_options(populate_existing=True)
)
_ADD_PINGS = insert(Ping.__table__)  # type: ignore[attr-defined]
_PINGS = select(Ping).where(col(Ping.duty_id) == bindparam("duty"))
_PENDING_PINGS = select(Ping).where(
    col(Ping.duty_id) == bindparam("duty"), Ping.state == spelled_out(PingState.PENDING)
)
_DROP_PINGS = (
    update(Ping.__table__)  # type: ignore[attr-defined]
    .where(col(Ping.duty_id) == bindparam("duty"), col(Ping.state) == spelled_out(PingState.PENDING))
    .values(state=PingState.DROPPED)
)


@recalled_each
def duties_about(session: Session, subject_ids: Collection[int], kind: DutyKind) -> Mapping[int, Duty | None]:
    """What is owed of a kind about a row, where anything is."""
    found = session.exec(_ABOUT, params={"of_kind": kind, "keys": list(subject_ids)})
    return {duty.subject_id: duty for duty in found}


def duty_about(session: Session, kind: DutyKind, subject_id: int) -> Duty | None:
    return duties_about(session, subject_id, kind)


def open_duties_of(session: Session, person_id: int, post_ids: Sequence[int]) -> Sequence[Duty]:
    """What a person or one of his posts owes, nearest first; what waits for acceptance too."""
    return session.exec(
        select(Duty)
        .where(
            col(Duty.state).in_([DutyState.OPEN, DutyState.SUBMITTED]),
            or_(Duty.person_id == person_id, col(Duty.post_id).in_(post_ids)),
        )
        .order_by(col(Duty.due_at), col(Duty.id))
    ).all()


def counted_open_duties(session: Session) -> Sequence[Duty]:
    """Open duties whose due day was counted, so that a change of the calendar may move it."""
    return [
        duty
        for duty in session.exec(select(Duty).where(Duty.state == DutyState.OPEN).order_by(col(Duty.id))).all()
        if duty.rule is not None
    ]


def overtaken_duties(session: Session, now: datetime, most: int = 200) -> Sequence[Duty]:
    """Open duties whose event has begun; another process passes over those that this one holds."""
    return session.exec(_OVERTAKEN, params={"now": now, "most": most}).all()


def entries_of(session: Session, duty_id: int) -> Sequence[DutyEntry]:
    return session.exec(select(DutyEntry).where(DutyEntry.duty_id == duty_id).order_by(col(DutyEntry.id))).all()


def last_result(session: Session, duty_id: int) -> DutyEntry | None:
    """The result that was sent last."""
    found = [entry for entry in entries_of(session, duty_id) if entry.kind is EntryKind.RESULT]
    return found[-1] if found else None


def pending_pings(session: Session, duty_id: int) -> Sequence[Ping]:
    return session.exec(_PENDING_PINGS, params={"duty": duty_id}).all()


def drop_pings(session: Session, duty_id: int) -> None:
    """Nothing of what was still to be said of a duty is said."""
    # By their keys, because a session may hold thousands of other rows, and mostly no ping.
    held = session.identity_map.keys()
    if any(issubclass(key[0], Ping) for key in held):
        session.flush()
        # Those that somebody holds are read anew.
        for row in session:
            if isinstance(row, Ping):
                session.expire(row)
    session.connection().execute(_DROP_PINGS, {"duty": duty_id})


def add_pings(session: Session, pings: Sequence[Mapping[str, object]]) -> None:
    """All at once: as rows of the session each of them would be a statement."""
    if pings:
        session.connection().execute(_ADD_PINGS, pings)


def pings_of(session: Session, duty_id: int) -> Sequence[Ping]:
    """All that were ever laid for it."""
    return session.exec(_PINGS, params={"duty": duty_id}).all()


def due_pings(session: Session, now: datetime, most: int = 200) -> Sequence[tuple[Ping, Duty]]:
    """What is due for the first addressees, each with all of his; `most` of them are looked at first.

    Claimed for this transaction: on PostgreSQL another process skips them.
    """
    addressees = set(session.exec(_FIRST_DUE, params={"now": now, "most": most}).all())
    if not addressees:
        return []
    return session.exec(_DUE, params={"now": now, "addressees": list(addressees)}).all()
