"""What is asked about a task: more time (*gia hạn*), or to be rid of it (*không thuộc thẩm quyền*)."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import bindparam
from sqlmodel import Field, Session, col, select

from models.base import Table, UtcDateTime, by_value
from models.duties import Duty
from rules.duties import DutyKind, DutyState
from rules.tasks import ExtensionState, HandBackState, Timeliness


class Extension(Table, table=True):
    """Đề nghị gia hạn: `last_moment` is until when it could be asked in time, by the pack of that day.

    `completed_at` is when its document was there. `due_before` is the due day when it was decided.
    """

    id: int | None = Field(default=None, primary_key=True)
    task_id: int = Field(foreign_key="task.id", index=True)
    asked_by_id: int = Field(foreign_key="person.id")
    asked_at: datetime = Field(sa_type=UtcDateTime)
    new_due_on: date
    due_before: date
    reason: str
    document: str = ""
    completed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    last_moment: datetime = Field(sa_type=UtcDateTime)
    is_late: bool = False
    state: ExtensionState = Field(sa_type=by_value(ExtensionState))
    decided_by_id: int | None = Field(default=None, foreign_key="person.id")
    decided_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    decision_reason: str = ""


class HandBack(Table, table=True):
    """Không thuộc thẩm quyền: whose it should be, and whether that was said on the day of receipt.

    `forwarded_at` is when it came before the chair, by whose hand and with which opinion of the chief of the
    Office; nobody's where he kept silent or there is none.
    """

    id: int | None = Field(default=None, primary_key=True)
    task_id: int = Field(foreign_key="task.id", index=True)
    post_id: int = Field(foreign_key="post.id")
    asked_by_id: int = Field(foreign_key="person.id")
    asked_at: datetime = Field(sa_type=UtcDateTime)
    deadline: datetime = Field(sa_type=UtcDateTime)
    timeliness: Timeliness = Field(sa_type=by_value(Timeliness))
    reason: str
    proposed_unit_id: int = Field(foreign_key="unit.id")
    state: HandBackState = Field(default=HandBackState.AWAITING_CHIEF, sa_type=by_value(HandBackState))
    opinion: str = ""
    forwarded_by_id: int | None = Field(default=None, foreign_key="person.id")
    forwarded_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    decided_by_id: int | None = Field(default=None, foreign_key="person.id")
    decided_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    decision_reason: str = ""


OPEN_HAND_BACKS = (HandBackState.AWAITING_CHIEF, HandBackState.AWAITING_DECISION)
OPEN_EXTENSIONS = (ExtensionState.AWAITING_DOCUMENT, ExtensionState.AWAITING_DECISION)


_OF_TASK = select(Extension).where(col(Extension.task_id) == bindparam("task")).order_by(col(Extension.id))


def extensions_of(session: Session, task_id: int) -> Sequence[Extension]:
    """All that were ever asked, oldest first."""
    return session.exec(_OF_TASK, params={"task": task_id}).all()


def open_extension(session: Session, task_id: int) -> Extension | None:
    return session.exec(
        select(Extension)
        .where(Extension.task_id == task_id, col(Extension.state).in_(OPEN_EXTENSIONS))
        .order_by(col(Extension.id).desc())
    ).first()


def hand_backs_of(session: Session, task_id: int) -> Sequence[HandBack]:
    return session.exec(select(HandBack).where(HandBack.task_id == task_id).order_by(col(HandBack.id))).all()


# Asked by the clock at each of its looks: built once.
_UNANSWERED = (
    select(HandBack)
    .join(Duty, col(Duty.subject_id) == col(HandBack.id))
    .where(
        HandBack.state == HandBackState.AWAITING_CHIEF,
        Duty.kind == DutyKind.FORWARD_HAND_BACK,
        Duty.state == DutyState.OPEN,
        col(Duty.due_at) <= bindparam("now", type_=UtcDateTime),
    )
    .order_by(col(HandBack.id))
    .limit(200)
)


def hand_backs_unanswered(session: Session, now: datetime) -> Sequence[HandBack]:
    """Those on which the chief of the Office has let his moment pass."""
    return session.exec(_UNANSWERED, params={"now": now}).all()
