"""Which status follows from what was asked and seen; quorum with the right denominator."""

from datetime import UTC, datetime, timedelta

import pytest

from rules.absence import Kind, State
from rules.attendance import Asked, Hours, Seen, Status, absent, minutes_late, present, quorum

START = datetime(2026, 12, 1, 7, tzinfo=UTC)
END = START + timedelta(hours=2)
HOURS = Hours(START, END, timedelta(minutes=5))


def at(minutes: int) -> datetime:
    return START + timedelta(minutes=minutes)


LATE = Asked(Kind.LATE, State.APPROVED, arrives_at=at(30))
EARLY = Asked(Kind.EARLY, State.APPROVED, leaves_at=at(60))


@pytest.mark.parametrize(
    ("seen", "asked", "statuses"),
    [
        (Seen(at(-10)), None, (Status.PRESENT,)),
        (Seen(at(5)), None, (Status.PRESENT,)),
        (Seen(at(6)), None, (Status.LATE_UNEXCUSED,)),
        (Seen(at(30)), LATE, (Status.LATE_EXCUSED,)),
        # Later than what was granted is not covered by it.
        (Seen(at(50)), LATE, (Status.LATE_UNEXCUSED,)),
        (Seen(at(30)), Asked(Kind.LATE, State.REFUSED, arrives_at=at(30)), (Status.LATE_UNEXCUSED,)),
        (Seen(at(0), left_at=at(60)), EARLY, (Status.EARLY_EXCUSED,)),
        (Seen(at(0), left_at=at(40)), EARLY, (Status.LEFT_MIDWAY,)),
        (Seen(at(0), left_at=at(40)), None, (Status.LEFT_MIDWAY,)),
        (Seen(at(0), left_at=END), None, (Status.PRESENT,)),
        (Seen(at(0), is_online=True), None, (Status.ONLINE,)),
        (Seen(at(0), is_holder=False, is_allowed=True), None, (Status.SUBSTITUTE_RIGHT,)),
        (Seen(at(0), is_holder=False, is_allowed=False), None, (Status.SUBSTITUTE_WRONG,)),
        # All that holds, the faults first.
        (
            Seen(at(20), at(40), is_holder=False, is_allowed=False),
            None,
            (Status.SUBSTITUTE_WRONG, Status.LEFT_MIDWAY, Status.LATE_UNEXCUSED),
        ),
        (Seen(at(20), is_holder=False, is_allowed=True), None, (Status.LATE_UNEXCUSED, Status.SUBSTITUTE_RIGHT)),
    ],
)
def test_who_came(seen: Seen, asked: Asked | None, statuses: tuple[Status, ...]) -> None:
    assert present(seen, asked, HOURS) == statuses


@pytest.mark.parametrize(
    ("asked", "has_answered", "silence", "status"),
    [
        (Asked(Kind.ABSENT, State.APPROVED), False, "no_answer", Status.ABSENT_EXCUSED),
        (Asked(Kind.SUBSTITUTE, State.APPROVED), False, "no_answer", Status.ABSENT_EXCUSED),
        # Rạch Giá 2: without the document nothing is granted yet.
        (Asked(Kind.ABSENT, State.AWAITING_DOCUMENT), False, "no_answer", Status.ABSENT_AWAITING_DOCUMENT),
        # Silence of the chair is neither consent nor refusal.
        (Asked(Kind.ABSENT, State.LAPSED), False, "no_answer", Status.ABSENT_UNDECIDED),
        (Asked(Kind.ABSENT, State.AWAITING_DECISION), False, "no_answer", Status.ABSENT_UNDECIDED),
        (Asked(Kind.ABSENT, State.REFUSED), False, "no_answer", Status.ABSENT_UNEXCUSED),
        # A18: no answer is its own state, unless the body reads it otherwise.
        (None, False, "no_answer", Status.NO_ANSWER),
        (None, False, "unexcused", Status.ABSENT_UNEXCUSED),
        # Said that he comes and was not seen: a human classifies.
        (None, True, "no_answer", None),
        (LATE, False, "no_answer", None),
    ],
)
def test_who_was_not_seen(asked: Asked | None, has_answered: bool, silence: str, status: Status | None) -> None:
    assert absent(asked, has_answered=has_answered, silence=silence) is status


def test_minutes_are_counted_from_the_start_and_only_beyond_the_grace() -> None:
    assert [minutes_late(Seen(at(minutes)), HOURS) for minutes in (-5, 5, 6, 12)] == [0, 0, 6, 12]


@pytest.mark.parametrize(
    ("here", "members", "share", "reached"),
    [
        (6, 9, "2/3", True),
        (5, 9, "2/3", False),
        (7, 10, "2/3", True),
        (6, 10, "2/3", False),
        (1, 9, "-", None),
        (0, 0, "2/3", None),
    ],
)
def test_the_quorum_is_of_all_members(here: int, members: int, share: str, reached: bool | None) -> None:
    assert quorum(here, members, share) is reached
