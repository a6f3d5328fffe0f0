"""The hotline's figures: they add up, whatever became of the questions; the silent stay in the denominator."""

from datetime import date, time

from hypothesis import given
from hypothesis import strategies as st

from rules.hotline import Party, TicketState
from rules.hotline_figures import Case, Minutes, by, minutes_of, total
from rules.workdays import at

ASKED = at(date(2026, 11, 20), time(8))
LATER = at(date(2026, 11, 20), time(9))


@st.composite
def cases(draw: st.DrawFn) -> Case:
    answered = draw(st.booleans())
    late = draw(st.booleans())
    return Case(
        number=draw(st.integers(1, 99)),
        unit_id=draw(st.integers(1, 3)),
        topic_id=draw(st.sampled_from([None, 1, 2])),
        state=draw(st.sampled_from(TicketState)),
        opened_at=ASKED,
        due_at=LATER,
        first_answer_at=LATER if answered else None,
        minutes_to_answer=draw(st.integers(0, 5000)) if answered else None,
        late_at=LATER if late else None,
        late_unit_id=draw(st.integers(1, 3)) if late else None,
        rating=draw(st.sampled_from([None, 1, 5])),
        may_rate=draw(st.booleans()),
        minutes=Minutes(unit=draw(st.integers(0, 99)), asker=draw(st.integers(0, 99))),
    )


@given(st.lists(cases()))
def test_what_was_received_is_in_time_late_unanswered_or_open(found: list[Case]) -> None:
    tally = total(found)
    assert tally.received == len(found) == tally.in_time + tally.late + tally.unanswered + tally.open
    assert tally.overdue <= tally.open and tally.late_elsewhere <= tally.late
    assert tally.asked_to_rate == len(tally.ratings) + tally.silent <= tally.received


@given(st.lists(cases()))
def test_the_parts_add_up_to_the_whole(found: list[Case]) -> None:
    whole, parts = total(found), by(found, lambda case: case.unit_id).values()
    for name in ("received", "in_time", "late", "late_elsewhere", "unanswered", "open", "overdue", "silent"):
        assert sum(getattr(part, name) for part in parts) == getattr(whole, name)
    assert sum((part.minutes for part in parts), Minutes()) == whole.minutes
    assert [part.received for part in parts] == sorted((part.received for part in parts), reverse=True)


def test_time_belongs_to_whoever_had_it() -> None:
    assert minutes_of(Party.ASKER, is_home=False, spent=7) == Minutes(asker=7)
    assert minutes_of(Party.UNIT, is_home=True, spent=7) == Minutes(unit=7)
    assert minutes_of(Party.UNIT, is_home=False, spent=7) == Minutes(others=7)


def test_nothing_is_averaged_out_of_nothing() -> None:
    empty = total([])
    assert (empty.median_minutes, empty.rating, empty.asked_to_rate) == (None, None, 0)
