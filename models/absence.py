"""Requests to be absent from a meeting, to send a substitute, to come late or leave early; and their decisions."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import bindparam, insert, or_
from sqlmodel import Field, Session, col, select

from models.base import Table, UtcDateTime, by_value
from models.meetings import Meeting
from models.recall import recalled_each
from rules.absence import OPEN, Kind, Reason, State


class Acceptance(StrEnum):
    """What the substitute said: a field of the request, not a gate before the chair."""

    NONE = "none"
    ACCEPTED = "accepted"
    DECLINED = "declined"


class Ratification(StrEnum):
    """Whether an oral consent that the Office recorded has been confirmed by the chair."""

    NONE = "none"
    PENDING = "pending"
    RATIFIED = "ratified"
    REJECTED = "rejected"


class AbsenceRequest(Table, table=True):
    """Đề nghị vắng mặt, cử người dự thay, đến muộn, về sớm; one meeting each, several may share a `trip`.

    `version` grows with every change, so that an old button is recognised. `pack_id` and `pack_version` are
    those in force when it was sent: a later pack never rejudges it. `consented_rank` is the rank of the
    substitute that the consent covers.
    """

    id: int | None = Field(default=None, primary_key=True)
    meeting_id: int = Field(foreign_key="meeting.id", index=True)
    invitation_id: int = Field(foreign_key="invitation.id", index=True)
    requester_id: int = Field(foreign_key="person.id", index=True)
    entered_by_id: int | None = Field(default=None, foreign_key="person.id")
    trip: str = ""
    kind: Kind = Field(sa_type=by_value(Kind))
    reason: Reason = Field(sa_type=by_value(Reason))
    reason_text: str = ""
    arrives_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    leaves_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    file_id: int | None = Field(default=None, foreign_key="storedfile.id")
    substitute_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    acceptance: Acceptance = Field(default=Acceptance.NONE, sa_type=by_value(Acceptance))
    acceptance_reason: str = ""
    consented_rank: str = ""
    declares_authority: bool = False
    state: State = Field(sa_type=by_value(State), index=True)
    version: int = 1
    pack_id: str
    pack_version: int
    submitted_at: datetime = Field(sa_type=UtcDateTime)
    document_number: str = ""
    document_on: date | None = None
    document_file_id: int | None = Field(default=None, foreign_key="storedfile.id")
    question: str = ""
    answer: str = ""
    decided_by_id: int | None = Field(default=None, foreign_key="person.id")
    decided_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    decision_reason: str = ""
    ratification: Ratification = Field(default=Ratification.NONE, sa_type=by_value(Ratification))
    oral_by_id: int | None = Field(default=None, foreign_key="person.id")
    oral_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    slip_number: int | None = None

    @property
    def is_open(self) -> bool:
        return self.state in OPEN


class AbsenceDecision(Table, table=True):
    """Each decision ever taken on a request; a correction adds one and keeps the old."""

    id: int | None = Field(default=None, primary_key=True)
    request_id: int = Field(foreign_key="absencerequest.id", index=True)
    person_id: int | None = Field(default=None, foreign_key="person.id")
    state: State = Field(sa_type=by_value(State))
    reason: str = ""
    decided_at: datetime = Field(sa_type=UtcDateTime)


def requests_for(session: Session, meeting_id: int) -> Sequence[AbsenceRequest]:
    return session.exec(
        select(AbsenceRequest).where(AbsenceRequest.meeting_id == meeting_id).order_by(col(AbsenceRequest.id))
    ).all()


def standing_request(session: Session, invitation_id: int) -> AbsenceRequest | None:
    """The latest request on an invitation that was neither withdrawn nor made void."""
    return session.exec(
        select(AbsenceRequest)
        .where(
            AbsenceRequest.invitation_id == invitation_id,
            col(AbsenceRequest.state).not_in([State.WITHDRAWN, State.VOID]),
        )
        .order_by(col(AbsenceRequest.id).desc())
    ).first()


def substitutions_at(session: Session, meeting_id: int, person_id: int) -> Sequence[int]:
    """On which invitations to a meeting this person was named as a substitute; their keys."""
    return session.exec(
        select(AbsenceRequest.invitation_id)
        .where(AbsenceRequest.meeting_id == meeting_id, AbsenceRequest.substitute_id == person_id)
        .order_by(col(AbsenceRequest.invitation_id))
        .distinct()
    ).all()


def open_requests_chaired_by(
    session: Session, person_id: int, now: datetime
) -> Sequence[tuple[AbsenceRequest, Meeting]]:
    """What waits for this chair, oldest first; oral consents to be confirmed included."""
    return session.exec(
        select(AbsenceRequest, Meeting)
        .join(Meeting)
        .where(
            Meeting.chair_id == person_id,
            col(Meeting.starts_at) > now,
            or_(
                col(AbsenceRequest.state) == State.AWAITING_DECISION,
                col(AbsenceRequest.ratification) == Ratification.PENDING,
            ),
        )
        .order_by(col(AbsenceRequest.submitted_at), col(AbsenceRequest.id))
    ).all()


def decided_by(session: Session, person_id: int, now: datetime) -> Sequence[tuple[AbsenceRequest, Meeting]]:
    """What this person decided for meetings that have not started, newest first."""
    return session.exec(
        select(AbsenceRequest, Meeting)
        .join(Meeting)
        .where(AbsenceRequest.decided_by_id == person_id, col(Meeting.starts_at) > now)
        .order_by(col(AbsenceRequest.decided_at).desc())
    ).all()


# Asked for every card: built once.
_SINCE = (
    select(AbsenceRequest, Meeting)
    .join(Meeting)
    .where(
        col(AbsenceRequest.requester_id).in_(bindparam("keys", expanding=True)),
        col(Meeting.starts_at) >= bindparam("since", type_=UtcDateTime),
    )
    .order_by(col(Meeting.starts_at), col(AbsenceRequest.id))
)


@recalled_each
def requests_of(
    session: Session, person_ids: Collection[int], since: datetime
) -> Mapping[int, Sequence[tuple[AbsenceRequest, Meeting]]]:
    """A person's own requests for meetings that start after a moment, the nearest first."""
    found: dict[int, list[tuple[AbsenceRequest, Meeting]]] = {key: [] for key in person_ids}
    for request, meeting in session.exec(_SINCE, params={"keys": list(person_ids), "since": since}):
        found[request.requester_id].append((request, meeting))
    return found


def substitutions_of(session: Session, person_id: int, since: datetime) -> Sequence[tuple[AbsenceRequest, Meeting]]:
    """Requests that name this person as substitute and that he has not declined."""
    return session.exec(
        select(AbsenceRequest, Meeting)
        .join(Meeting)
        .where(
            AbsenceRequest.substitute_id == person_id,
            col(AbsenceRequest.acceptance) != Acceptance.DECLINED,
            col(Meeting.starts_at) >= since,
            or_(col(AbsenceRequest.state).in_(OPEN), col(AbsenceRequest.state) == State.APPROVED),
        )
        .order_by(col(Meeting.starts_at))
    ).all()


# Asked by the clock at each of its looks: built once.
_OVERDUE_OPEN = (
    select(AbsenceRequest)
    .join(Meeting)
    .where(col(AbsenceRequest.state).in_(OPEN), col(Meeting.starts_at) <= bindparam("now", type_=UtcDateTime))
    .order_by(col(AbsenceRequest.id))
    .with_for_update(of=AbsenceRequest, skip_locked=True)
    .execution_options(populate_existing=True)
)


def overdue_open_requests(session: Session, now: datetime) -> Sequence[AbsenceRequest]:
    """Undecided although their meeting has started, held; what somebody decides at this moment is left to him."""
    return session.exec(_OVERDUE_OPEN, params={"now": now}).all()


_KEEP = insert(AbsenceDecision.__table__)  # type: ignore[attr-defined]


def keep_decision(
    session: Session, *, request_id: int, person_id: int | None, state: State, reason: str, decided_at: datetime
) -> None:
    """Nobody needs it as a row of the session; of those SQLite takes one at a time, to tell their numbers."""
    decision = {"request_id": request_id, "person_id": person_id, "state": state, "reason": reason}
    session.connection().execute(_KEEP, decision | {"decided_at": decided_at})


def decisions_on(session: Session, request_id: int) -> Sequence[AbsenceDecision]:
    return session.exec(
        select(AbsenceDecision).where(AbsenceDecision.request_id == request_id).order_by(col(AbsenceDecision.id))
    ).all()


def highest_slip_number(session: Session, since: datetime) -> int:
    """The last number given to an authorisation slip since a moment; 0 if none."""
    last = session.exec(
        select(AbsenceRequest.slip_number)
        .where(col(AbsenceRequest.slip_number).is_not(None), col(AbsenceRequest.decided_at) >= since)
        .order_by(col(AbsenceRequest.slip_number).desc())
    ).first()
    return last or 0
