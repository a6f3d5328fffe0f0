"""A drafted schedule: into free office hours, never two at once, first wishes first."""

import itertools
from datetime import date, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from rules.booking import MACHINE, BookingState, Span, Wish, draft
from rules.workdays import OfficeHours, WorkCalendar, at

HOURS = OfficeHours()
CALENDAR = WorkCalendar()
DAYS = [date(2026, 12, 1), date(2026, 12, 2), date(2026, 12, 3)]
WISHES = st.lists(
    st.tuples(
        st.integers(1, 2), st.integers(1, 4), st.sampled_from([30, 45, 60, 120, 180]), st.lists(st.sampled_from(DAYS))
    ),
    max_size=30,
)


def wishes(asked: list[tuple[int, int, int, list[date]]]) -> list[Wish]:
    return [Wish(key, leader, unit, minutes, days) for key, (leader, unit, minutes, days) in enumerate(asked)]


def test_a_preferred_day_is_kept_and_meetings_are_avoided() -> None:
    busy = {1: [Span(at(DAYS[1], time(7, 30)), at(DAYS[1], time(9)))]}
    placed = draft([Wish(1, 1, 1, 60, [DAYS[1]])], {1: DAYS}, busy, HOURS)
    assert placed == {1: at(DAYS[1], time(9))}


def test_nobody_s_second_wish_comes_before_everybody_s_first() -> None:
    half_day = 180
    asked = [Wish(1, 1, 1, half_day), Wish(2, 1, 1, half_day), Wish(3, 1, 2, half_day)]
    assert set(draft(asked, {1: DAYS[:1]}, {}, HOURS)) == {1, 3}


@given(WISHES)
def test_whatever_is_asked_no_leader_is_in_two_places_and_all_is_in_office_hours(
    asked: list[tuple[int, int, int, list[date]]],
) -> None:
    known = {wish.key: wish for wish in wishes(asked)}
    placed = draft(list(known.values()), {1: DAYS, 2: DAYS[:1]}, {}, HOURS)
    spans: list[tuple[int, datetime, datetime]] = sorted(
        (known[key].leader, start, start + timedelta(minutes=known[key].minutes)) for key, start in placed.items()
    )
    for one, following in itertools.pairwise(spans):
        assert one[0] != following[0] or one[2] <= following[1]
    for _leader, start, end in spans:
        assert HOURS.is_open(start, CALENDAR)
        assert HOURS.is_open(end - timedelta(minutes=1), CALENDAR)


def test_only_what_was_proposed_can_be_agreed_to() -> None:
    assert {source for source, action in MACHINE.transitions if action == "approve"} == {BookingState.PROPOSED}
