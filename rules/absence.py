"""Absence from a meeting (*vắng họp, dự thay*): its states, and who may sit in for whom."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from rules.errors import N_
from rules.machine import Machine
from rules.packs import AbsencePolicy


class Kind(StrEnum):
    """What is asked for."""

    SUBSTITUTE = "substitute"
    ABSENT = "absent"
    LATE = "late"
    EARLY = "early"


class Reason(StrEnum):
    """Why; the text beside it is for the chair alone."""

    WORK_TRIP = "work_trip"  # Công tác
    CLASH = "clash"  # Trùng lịch họp
    SICK = "sick"  # Ốm
    LEAVE = "leave"  # Nghỉ phép
    TRAINING = "training"  # Đi học
    OTHER = "other"  # Lý do khác


class State(StrEnum):
    """Where a request stands; the values are stored."""

    AWAITING_DOCUMENT = "awaiting_document"
    AWAITING_DECISION = "awaiting_decision"
    APPROVED = "approved"
    REFUSED = "refused"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"
    VOID = "void"


class Action(StrEnum):
    """What people and the clock do to a request."""

    SUBMIT_DOCUMENT = "submit_document"
    APPROVE = "approve"
    REFUSE = "refuse"
    ASK_DOCUMENT = "ask_document"
    ASK_BACK = "ask_back"
    ANSWER = "answer"
    WITHDRAW = "withdraw"
    LAPSE = "lapse"
    VOID = "void"
    CORRECT_TO_APPROVED = "correct_to_approved"
    CORRECT_TO_REFUSED = "correct_to_refused"
    # A substitute of another rank after the consent, or an oral consent that was not ratified.
    REOPEN = "reopen"


class Rank(StrEnum):
    """Level of a post (*cấp*)."""

    HEAD = "truong"
    DEPUTY = "pho"
    STAFF = "chuyen_vien"


OPEN = frozenset({State.AWAITING_DOCUMENT, State.AWAITING_DECISION, State.RETURNED})

# The chair may decide without waiting for the answer to his question: he may have got it by phone.
_DECIDE = {
    Action.APPROVE: State.APPROVED,
    Action.REFUSE: State.REFUSED,
    Action.ASK_DOCUMENT: State.AWAITING_DOCUMENT,
}
_CLOSE = {
    Action.WITHDRAW: State.WITHDRAWN,
    Action.LAPSE: State.LAPSED,
    Action.VOID: State.VOID,
}
_TABLE: Mapping[State, Mapping[Action, State]] = {
    State.AWAITING_DOCUMENT: {Action.SUBMIT_DOCUMENT: State.AWAITING_DECISION, **_CLOSE},
    State.AWAITING_DECISION: {**_DECIDE, Action.ASK_BACK: State.RETURNED, **_CLOSE},
    State.RETURNED: {**_DECIDE, Action.ANSWER: State.AWAITING_DECISION, **_CLOSE},
    State.APPROVED: {
        Action.CORRECT_TO_REFUSED: State.REFUSED,
        Action.REOPEN: State.AWAITING_DECISION,
        Action.WITHDRAW: State.WITHDRAWN,
        Action.VOID: State.VOID,
    },
    State.REFUSED: {Action.CORRECT_TO_APPROVED: State.APPROVED},
}
MACHINE: Machine[State, Action] = Machine(
    initial=frozenset({State.AWAITING_DOCUMENT, State.AWAITING_DECISION, State.APPROVED}),
    transitions=MappingProxyType(
        {(state, action): target for state, row in _TABLE.items() for action, target in row.items()}
    ),
)


def is_report_only(policy: AbsencePolicy, kind: Kind) -> bool:
    """Whether telling the chair is enough (Rạch Giá 2 read literally), so that nobody decides."""
    if kind in (Kind.LATE, Kind.EARLY):
        return not policy.late_needs_consent
    return not policy.asks_consent


def needs_document(policy: AbsencePolicy, kind: Kind, meeting_kind: str, *, is_head: bool) -> bool:
    """Whether chat alone is not enough: a head away from such a meeting must write (Rạch Giá 2)."""
    away = kind in (Kind.SUBSTITUTE, Kind.ABSENT)
    return away and is_head and meeting_kind in policy.document_for


def initial_state(policy: AbsencePolicy, kind: Kind, meeting_kind: str, is_head: bool) -> State:
    """Where a sent request starts; APPROVED only where a report is enough and nobody decides."""
    if needs_document(policy, kind, meeting_kind, is_head=is_head):
        return State.AWAITING_DOCUMENT
    return State.APPROVED if is_report_only(policy, kind) else State.AWAITING_DECISION


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a person stands in the body: enough to say who may sit in for whom."""

    unit_kind: str
    unit_code: str
    rank: Rank
    is_head: bool
    person: str = ""  # code; empty where only the post is known


@dataclass(frozen=True, slots=True)
class Verdict:
    """May he be named? ``why`` is a message id: the ground of a refusal, or what the chair sees."""

    allowed: bool
    why: str = ""
    clause: str = ""
    needs_consent_first: bool = False


ONESELF = N_("Nobody sits in for himself.")
OTHER_UNIT = N_("Not of the same unit.")
NOT_A_DEPUTY = N_("Only a deputy may sit in for the head.")
NOT_A_SUBORDINATE = N_("Only a subordinate may sit in for the head.")
NO_DEPUTY = N_("Not a deputy: the unit has none.")
HEAD_REQUIRED = N_("The head is required; a substitute may be named only after the chair consents.")

# Whom the pack's switch `absence.substitute` lets a head send.
_RANKS: Mapping[str, tuple[frozenset[Rank], str]] = {
    "deputy": (frozenset({Rank.DEPUTY}), NOT_A_DEPUTY),
    "subordinate": (frozenset({Rank.DEPUTY, Rank.STAFF}), NOT_A_SUBORDINATE),
    "authorised": (frozenset(Rank), ""),
}


def may_substitute(
    policy: AbsencePolicy,
    requester: Standing,
    candidate: Standing,
    requires_head: bool,
    fallback: bool = False,
    consented: bool = False,
) -> Verdict:
    """Whether the candidate may be named for the requester at a meeting that may require the head.

    ``fallback`` says that the unit has no deputy to send; ``consented`` that the chair has allowed
    the absence. Nobody but the chair's consent opens a required head's seat (Sơn Dương 5).
    """
    clause = policy.clauses.get("substitute", "")
    ground = _objection(policy, requester, candidate)
    flag = ""
    if ground == NOT_A_DEPUTY and fallback and candidate.rank == Rank.STAFF:
        ground, flag = "", NO_DEPUTY
    if ground:
        return Verdict(allowed=False, why=ground, clause=clause)
    locked = requires_head and requester.is_head and policy.head_replaceable == "after_consent"
    if locked and not consented:
        head_clause = policy.clauses.get("head", clause)
        return Verdict(False, HEAD_REQUIRED, head_clause, needs_consent_first=True)
    return Verdict(allowed=True, why=flag, clause=clause)


def _objection(policy: AbsencePolicy, requester: Standing, candidate: Standing) -> str:
    if requester.person and requester.person == candidate.person:
        return ONESELF
    if requester.unit_code != candidate.unit_code:
        return OTHER_UNIT
    ranks, ground = _RANKS[policy.substitute]
    # The packs speak of heads; in another's place his own rank or the head himself is as good.
    if not requester.is_head:
        ranks = ranks | {Rank.HEAD, requester.rank}
    return "" if candidate.rank in ranks else ground
