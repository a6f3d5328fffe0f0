"""Votes (*lấy phiếu ý kiến thành viên UBND*, Tân Yên 4.d): the three choices, which ballot counts, what the count says.

The readings of A7 are switches. A tie is decided by the side of the chair (2015 law, Article 117; whether the law of
2025 keeps it is not verified).
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from rules.errors import N_, DomainError
from rules.machine import Machine
from rules.text import fold


class Choice(StrEnum):
    """The three that the clause names; there is no fourth, and none is given for silence."""

    AGREE = "agree"
    WITH_COMMENTS = "with_comments"
    DISAGREE = "disagree"


class VoteState(StrEnum):
    """`reported`: the result went to the session; nothing is taken any more."""

    OPEN = "open"
    CLOSED = "closed"
    REPORTED = "reported"
    CANCELLED = "cancelled"


class VoteAct(StrEnum):
    CLOSE = "close"
    REPORT = "report"
    CANCEL = "cancel"


MACHINE = Machine(
    initial=frozenset({VoteState.OPEN}),
    transitions=MappingProxyType(
        {
            (VoteState.OPEN, VoteAct.CLOSE): VoteState.CLOSED,
            (VoteState.OPEN, VoteAct.CANCEL): VoteState.CANCELLED,
            (VoteState.CLOSED, VoteAct.REPORT): VoteState.REPORTED,
        }
    ),
)


class Base(StrEnum):
    """Of whom the majority is counted: `vote.quorum_base`."""

    ALL = "all"
    VOTED = "voted"


@dataclass(frozen=True, slots=True)
class Terms:
    """How a vote is counted: the readings in force when it was opened (A7)."""

    comments_count: bool
    base: Base
    accepts_late: bool


def terms(switches: Mapping[str, Any]) -> Terms:
    return Terms(
        comments_count=switches["vote.agree_with_comments_counts"],
        base=Base(switches["vote.quorum_base"]),
        accepts_late=switches["vote.accept_late"],
    )


@dataclass(frozen=True, slots=True)
class Cast:
    """A ballot: on which text of the draft, counted from 1, and whether it came after the due moment."""

    choice: Choice
    draft: int
    is_late: bool


class Standing(StrEnum):
    """Where a member stands. `stale`: it is on a text that was replaced; `late`: it came after the due moment."""

    COUNTED = "counted"
    LATE = "late"
    STALE = "stale"
    NONE = "none"


def standing(ballots: Sequence[Cast], draft: int) -> tuple[Standing, int | None]:
    """Where a member stands, and which of his ballots says so: the last of its kind; given in the order of casting."""
    kinds = [_kind(ballot, draft) for ballot in ballots]
    for kind in (Standing.COUNTED, Standing.LATE, Standing.STALE):
        if kind in kinds:
            return kind, len(kinds) - 1 - kinds[::-1].index(kind)
    return Standing.NONE, None


def _kind(ballot: Cast, draft: int) -> Standing:
    if ballot.draft != draft:
        return Standing.STALE
    return Standing.LATE if ballot.is_late else Standing.COUNTED


@dataclass(frozen=True, slots=True)
class Seat:
    """One who was asked; `choice` is that of the ballot which says where he stands."""

    standing: Standing
    choice: Choice | None = None
    is_chair: bool = False


class Outcome(StrEnum):
    """A tie, half of the base against the other half, goes to the side of the chair; `tie`: he is on neither."""

    MAJORITY = "majority"
    NO_MAJORITY = "no_majority"
    TIE_FOR = "tie_for"
    TIE_AGAINST = "tie_against"
    TIE = "tie"


@dataclass(frozen=True, slots=True)
class Tally:
    """The count. `asked` are the seats; `members` all members of the committee, asked or not."""

    members: int
    asked: int
    agree: int
    with_comments: int
    disagree: int
    late: int
    stale: int
    silent: int
    in_favour: int
    base: int
    outcome: Outcome

    @property
    def cast(self) -> int:
        """What was cast in time on the text that stands."""
        return self.agree + self.with_comments + self.disagree


def tally(seats: Iterable[Seat], members: int, known: Terms) -> Tally:
    """What counts is in time and on the text that stands; everything else is counted apart."""
    seats = list(seats)
    counted = Counter(seat.choice for seat in seats if seat.standing is Standing.COUNTED)
    apart = Counter(seat.standing for seat in seats)
    agree, with_comments, disagree = (counted[choice] for choice in Choice)
    in_favour = agree + with_comments * known.comments_count
    base = members if known.base is Base.ALL else agree + with_comments + disagree
    return Tally(
        members=members,
        asked=len(seats),
        agree=agree,
        with_comments=with_comments,
        disagree=disagree,
        late=apart[Standing.LATE],
        stale=apart[Standing.STALE],
        silent=apart[Standing.NONE],
        in_favour=in_favour,
        base=base,
        outcome=_outcome(in_favour, disagree, base, _chairs_side(seats, known)),
    )


def _outcome(in_favour: int, against: int, base: int, chair_agrees: bool | None) -> Outcome:
    if 2 * in_favour > base:
        return Outcome.MAJORITY
    if not in_favour or not in_favour == against == base - in_favour:
        return Outcome.NO_MAJORITY
    return {True: Outcome.TIE_FOR, False: Outcome.TIE_AGAINST, None: Outcome.TIE}[chair_agrees]


def _chairs_side(seats: Iterable[Seat], known: Terms) -> bool | None:
    """None where the chair's ballot is on no side."""
    choice = next((seat.choice for seat in seats if seat.is_chair and seat.standing is Standing.COUNTED), None)
    if choice is Choice.WITH_COMMENTS:
        return True if known.comments_count else None
    return None if choice is None else choice is Choice.AGREE


# A7: said often, and none of the three; whoever says so is asked which of them he means. Folded.
_HALF = ("co ban", "ve co ban", "ve nguyen tac", "ve chu truong", "chung")
_YES = ("dong y", "nhat tri", "thong nhat", "tan thanh")
VAGUE = frozenset(
    {f"{half.removeprefix('ve ')} {yes}" for half in _HALF[:2] for yes in _YES}
    | {f"{yes} {half}" for half in _HALF for yes in _YES}
    | {"khong co y kien", "khong y kien", "khong co y kien gi", "khong co y kien gi them", "khong co y kien khac"}
    | {
        "phieu trang",
        "y kien khac",
        "theo da so",
        "theo tap the",
        "tuy tap the",
        "khong bieu quyet",
        "chua ro quan diem",
    }
)


def is_vague(text: str) -> bool:
    """Whether somebody says what is no position: *cơ bản đồng ý*, *không có ý kiến*."""
    return fold(text).strip(" .,").removeprefix("toi ").removesuffix(" a") in VAGUE


class NoOpinionError(DomainError):
    code = "no_opinion"
    msgid = N_("“Agree, with comments” needs the comments: what is to be added or changed in the draft?")
