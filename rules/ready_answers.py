"""Ready answers (*câu trả lời mẫu*): who has approved what, and how long it may be used."""

from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType

from rules.errors import N_
from rules.machine import Machine

# Law changes: nothing is used longer than that without somebody looking at it again.
LONGEST = timedelta(days=365)
# Its owner is reminded so long before its shelf life ends.
REMINDED_BEFORE = timedelta(days=7)


class AnswerState(StrEnum):
    """`expired`: its shelf life has ended; it may be renewed."""

    PROPOSED = "proposed"
    APPROVED = "approved"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


class AnswerAct(StrEnum):
    """`share`: the Office lets all communes use it."""

    APPROVE = "approve"
    SHARE = "share"
    DECLINE = "decline"
    RENEW = "renew"
    WITHDRAW = "withdraw"
    EXPIRE = "expire"


_PROPOSED, _APPROVED, _EXPIRED = AnswerState.PROPOSED, AnswerState.APPROVED, AnswerState.EXPIRED
_WITHDRAWN = AnswerState.WITHDRAWN

# What ends by itself when its last day has passed.
EXPIRING = frozenset({_PROPOSED, _APPROVED})

MACHINE = Machine(
    initial=frozenset({_PROPOSED}),
    transitions=MappingProxyType(
        {
            (_PROPOSED, AnswerAct.APPROVE): _APPROVED,
            (_PROPOSED, AnswerAct.SHARE): _APPROVED,
            (_PROPOSED, AnswerAct.DECLINE): AnswerState.DECLINED,
            (_PROPOSED, AnswerAct.WITHDRAW): _WITHDRAWN,
            (_PROPOSED, AnswerAct.EXPIRE): _EXPIRED,
            (_APPROVED, AnswerAct.SHARE): _APPROVED,
            (_APPROVED, AnswerAct.RENEW): _APPROVED,
            (_APPROVED, AnswerAct.WITHDRAW): _WITHDRAWN,
            (_APPROVED, AnswerAct.EXPIRE): _EXPIRED,
            (_EXPIRED, AnswerAct.RENEW): _PROPOSED,
            (_EXPIRED, AnswerAct.WITHDRAW): _WITHDRAWN,
        }
    ),
)

STATES: Mapping[AnswerState, str] = MappingProxyType(
    {
        _PROPOSED: N_("waits for approval"),
        _APPROVED: N_("approved"),
        AnswerState.DECLINED: N_("not approved"),
        _WITHDRAWN: N_("withdrawn"),
        _EXPIRED: N_("shelf life ended"),
    }
)


def renewed_until(today: date, term: int) -> date:
    """A renewal lasts as many days as the first time, counted from the day on which somebody looked."""
    return today + min(timedelta(days=term), LONGEST)
