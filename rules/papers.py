"""Papers for what is put before a meeting (*nội dung trình*): by when they are owed, and what late ones become.

Gia Bình 2, Tân Yên 5.a and 5.b, Rạch Giá 1; readings A1 and A16 are switches of the pack.
"""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from rules.deadlines import DueRule
from rules.errors import N_, DomainError
from rules.machine import Machine

REGULAR_SESSION = "thuong_ky"
BRIEFING = "giao_ban"


def papers_rule(switches: Mapping[str, Any], meeting_kind: str, day: date) -> DueRule | None:
    """Until when papers are owed to a meeting of that day; None where no time is set before it."""
    return _before(switches, day, _papers_days(switches, meeting_kind))


def opinion_rule(switches: Mapping[str, Any], meeting_kind: str, day: date) -> DueRule | None:
    """Opinions of other units come first (Rạch Giá 1): so many days before the papers themselves."""
    days = _papers_days(switches, meeting_kind)
    return _before(switches, day, days + switches["papers.opinion_lead"] if days else 0)


def consult_rule(switches: Mapping[str, Any], meeting_kind: str, day: date) -> DueRule | None:
    """The chair's opinion is asked before a regular session (Tân Yên 5.a); None where nothing is to be asked."""
    return _before(switches, day, switches["papers.consult_days"] if meeting_kind == REGULAR_SESSION else 0)


def _papers_days(switches: Mapping[str, Any], meeting_kind: str) -> int:
    return int(switches["papers.days_giao_ban" if meeting_kind == BRIEFING else "papers.days"])


def _before(switches: Mapping[str, Any], day: date, days: int) -> DueRule | None:
    if not days:
        return None
    unit, reminds_on = switches["papers.unit"], switches["papers.remind_on"]
    return DueRule(
        day,
        -days,
        unit=unit,
        clear_days=switches["papers.clear_days"],
        counts_anchor=switches["papers.count_event_day"],
        roll=switches["papers.roll"],
        remind_unit="" if reminds_on == unit else reminds_on,
    )


class ItemState(StrEnum):
    """Of an item: dropped by the chair's decision, or taken off by the Office."""

    PLANNED = "planned"
    DROPPED = "dropped"
    REMOVED = "removed"


class Late(StrEnum):
    """What becomes of an item whose papers are late, once the Office has put the question."""

    PROPOSED = "proposed"
    DROPPED = "dropped"
    ACCEPTED = "accepted"
    POSTPONED = "postponed"
    VOID = "void"
    LAPSED = "lapsed"


class LateAct(StrEnum):
    """The first three are the chair's; `void`: the papers came, or the item went; `lapse`: the meeting began."""

    DROP = "drop"
    ACCEPT = "accept"
    POSTPONE = "postpone"
    VOID = "void"
    LAPSE = "lapse"


LATE = Machine(
    initial=frozenset({Late.PROPOSED}),
    transitions=MappingProxyType(
        {
            (Late.PROPOSED, LateAct.DROP): Late.DROPPED,
            (Late.PROPOSED, LateAct.ACCEPT): Late.ACCEPTED,
            (Late.PROPOSED, LateAct.POSTPONE): Late.POSTPONED,
            (Late.PROPOSED, LateAct.VOID): Late.VOID,
            (Late.PROPOSED, LateAct.LAPSE): Late.LAPSED,
        }
    ),
)


class Flaw(StrEnum):
    """Why papers go back to the unit: the closed list of Sơn Dương 8."""

    PROCEDURE = "procedure"
    LEGAL = "legal"
    QUALITY = "quality"
    AUTHORITY = "authority"
    TIME = "time"


class NotSignedByHeadError(DomainError):
    """Sơn Dương 1: papers are signed by the head; `clause` is worded already."""

    code = "not_signed_by_head"
    msgid = N_("Papers have to be signed by the head of the agency ({clause}). Nothing was recorded.")


class OpinionsMissingError(DomainError):
    """Rạch Giá 1: the others are heard first; `units` and `clause` are worded already."""

    code = "opinions_missing"
    msgid = N_("Opinions are missing: {units} ({clause}). Please say why the papers go out without them.")


class NotLateError(DomainError):
    code = "not_late"
    msgid = N_("The papers have come, or are not late. Nothing was changed.")


class NobodyInUnitError(DomainError):
    code = "nobody_in_unit"
    msgid = N_("{unit} has nobody who could be asked.")
