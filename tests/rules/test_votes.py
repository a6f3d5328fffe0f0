"""Votes: the machine, which ballot counts, the count with its line of validity (Tân Yên 4.d; readings of A7)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules import packs, votes
from rules.machine import TransitionError
from rules.votes import MACHINE, Base, Cast, Choice, Outcome, Seat, Standing, Terms, VoteAct, VoteState

AGREE, COMMENTS, DISAGREE = Choice
RECOMMENDED = Terms(comments_count=True, base=Base.ALL, accepts_late=True)


def seats(agree: int, comments: int = 0, disagree: int = 0, silent: int = 0, chair: Choice | None = None) -> list[Seat]:
    """So many of each; the chair is one more where he has voted."""
    found = [
        *[Seat(Standing.COUNTED, AGREE)] * agree,
        *[Seat(Standing.COUNTED, COMMENTS)] * comments,
        *[Seat(Standing.COUNTED, DISAGREE)] * disagree,
        *[Seat(Standing.NONE)] * silent,
    ]
    return [*found, Seat(Standing.COUNTED, chair, is_chair=True)] if chair else found


def test_the_clause_names_three_positions_and_a_vote_takes_no_fourth() -> None:
    text = packs.load("tan-yen-2024").clauses["ty.4.d.vote"].text
    assert text.endswith("Đồng ý; đồng ý nhưng có ý kiến bổ sung, sửa đổi; không đồng ý.")
    assert len(Choice) == 3


def test_the_readings_are_those_recommended_unless_a_body_says_otherwise() -> None:
    for pack in packs.all_packs():
        assert votes.terms(pack.switches) == RECOMMENDED


@pytest.mark.parametrize(
    ("state", "act", "then"),
    [
        (VoteState.OPEN, VoteAct.CLOSE, VoteState.CLOSED),
        (VoteState.OPEN, VoteAct.CANCEL, VoteState.CANCELLED),
        (VoteState.CLOSED, VoteAct.REPORT, VoteState.REPORTED),
    ],
)
def test_what_a_vote_may_become(state: VoteState, act: VoteAct, then: VoteState) -> None:
    assert MACHINE.next_state(state, act) is then


def test_nothing_else_may_be_done_with_it() -> None:
    assert MACHINE.states == set(VoteState)
    assert MACHINE.final == {VoteState.REPORTED, VoteState.CANCELLED}
    for state in (VoteState.CLOSED, VoteState.REPORTED, VoteState.CANCELLED):
        with pytest.raises(TransitionError):
            MACHINE.next_state(state, VoteAct.CLOSE)


@pytest.mark.parametrize(
    ("ballots", "standing", "index"),
    [
        ([], Standing.NONE, None),
        ([Cast(AGREE, 2, False)], Standing.COUNTED, 0),
        # The last word counts, the former stays.
        ([Cast(AGREE, 2, False), Cast(DISAGREE, 2, False)], Standing.COUNTED, 1),
        # A ballot is bound to its text.
        ([Cast(AGREE, 1, False)], Standing.STALE, 0),
        ([Cast(AGREE, 1, False), Cast(COMMENTS, 2, False)], Standing.COUNTED, 1),
        # After the due moment: apart (A7), and it takes nothing back.
        ([Cast(AGREE, 2, True)], Standing.LATE, 0),
        ([Cast(AGREE, 1, False), Cast(AGREE, 2, True)], Standing.LATE, 1),
        ([Cast(AGREE, 2, False), Cast(DISAGREE, 2, True)], Standing.COUNTED, 0),
    ],
)
def test_where_a_member_stands(ballots: list[Cast], standing: Standing, index: int | None) -> None:
    assert votes.standing(ballots, 2) == (standing, index)


@pytest.mark.parametrize(
    ("found", "members", "known", "in_favour", "base", "outcome"),
    [
        # More than half of all members, not of those who have voted.
        (seats(7, silent=5), 12, RECOMMENDED, 7, 12, Outcome.MAJORITY),
        (seats(6, silent=6), 12, RECOMMENDED, 6, 12, Outcome.NO_MAJORITY),
        (seats(6, silent=6), 12, Terms(True, Base.VOTED, True), 6, 6, Outcome.MAJORITY),
        # Who was not asked is a member all the same.
        (seats(3), 12, RECOMMENDED, 3, 12, Outcome.NO_MAJORITY),
        # "đồng ý nhưng có ý kiến" is agreement in principle, or is not.
        (seats(4, 3, 2, 3), 12, RECOMMENDED, 7, 12, Outcome.MAJORITY),
        (seats(4, 3, 2, 3), 12, Terms(False, Base.ALL, True), 4, 12, Outcome.NO_MAJORITY),
        # A tie goes to the side of the chair.
        (seats(5, 0, 6, chair=AGREE), 12, RECOMMENDED, 6, 12, Outcome.TIE_FOR),
        (seats(6, 0, 5, chair=DISAGREE), 12, RECOMMENDED, 6, 12, Outcome.TIE_AGAINST),
        (seats(6, 0, 6), 12, RECOMMENDED, 6, 12, Outcome.TIE),
        (seats(2, 0, 2, 8), 12, Terms(True, Base.VOTED, True), 2, 4, Outcome.TIE),
        # As many for as against is no tie while others have said nothing.
        (seats(5, 0, 5, 2), 12, RECOMMENDED, 5, 12, Outcome.NO_MAJORITY),
        (seats(6, 0, 6, chair=COMMENTS), 13, Terms(False, Base.ALL, True), 6, 13, Outcome.NO_MAJORITY),
        (seats(0, silent=12), 12, RECOMMENDED, 0, 12, Outcome.NO_MAJORITY),
        (seats(0, silent=12), 12, Terms(True, Base.VOTED, True), 0, 0, Outcome.NO_MAJORITY),
    ],
)
def test_what_the_count_says(
    found: list[Seat], members: int, known: Terms, in_favour: int, base: int, outcome: Outcome
) -> None:
    counted = votes.tally(found, members, known)
    assert (counted.in_favour, counted.base, counted.outcome) == (in_favour, base, outcome)


any_seat = st.builds(
    lambda standing, choice: Seat(standing, None if standing is Standing.NONE else choice),
    st.sampled_from(Standing),
    st.sampled_from(Choice),
)
any_terms = st.builds(Terms, st.booleans(), st.sampled_from(Base), st.booleans())


@given(found=st.lists(any_seat, max_size=40), absent=st.integers(0, 10), known=any_terms)
def test_everybody_is_counted_once_and_only_what_is_in_time_decides(
    found: list[Seat], absent: int, known: Terms
) -> None:
    counted = votes.tally(found, len(found) + absent, known)
    parts = (counted.agree, counted.with_comments, counted.disagree, counted.late, counted.stale, counted.silent)
    assert sum(parts) == counted.asked == len(found)
    assert counted.in_favour + counted.disagree <= counted.cast <= counted.asked <= counted.members
    in_time = [seat for seat in found if seat.standing is Standing.COUNTED]
    again = votes.tally(in_time, len(found) + absent, known)
    assert (again.in_favour, again.base, again.outcome) == (counted.in_favour, counted.base, counted.outcome)
    assert (counted.outcome is Outcome.MAJORITY) == (2 * counted.in_favour > counted.base)


@given(found=st.lists(any_seat, max_size=40), known=any_terms)
def test_one_more_who_agrees_never_turns_a_majority_away(found: list[Seat], known: Terms) -> None:
    members = len(found) + 1
    before = votes.tally([*found, Seat(Standing.NONE)], members, known)
    after = votes.tally([*found, Seat(Standing.COUNTED, AGREE)], members, known)
    assert after.in_favour == before.in_favour + 1
    assert before.outcome is not Outcome.MAJORITY or after.outcome is Outcome.MAJORITY


casts = st.builds(Cast, st.sampled_from(Choice), st.integers(1, 3), st.booleans())


@given(ballots=st.lists(casts, max_size=12))
def test_a_ballot_that_counts_is_always_on_the_text_that_stands(ballots: list[Cast]) -> None:
    standing, index = votes.standing(ballots, 3)
    if standing is Standing.COUNTED:
        assert index is not None and ballots[index].draft == 3 and not ballots[index].is_late
    assert (standing is Standing.NONE) == (not ballots)


@pytest.mark.parametrize(
    ("said", "vague"),
    [
        ("cơ bản đồng ý", True),
        ("Cơ bản nhất trí.", True),
        ("đồng ý về nguyên tắc", True),
        ("thống nhất về chủ trương", True),
        ("không có ý kiến", True),
        ("Không có ý kiến gì thêm", True),
        ("tôi không có ý kiến ạ", True),
        ("phiếu trắng", True),
        ("không đồng ý", False),
        ("đồng ý", False),
        ("Đồng ý, có ý kiến", False),
        ("cơ bản đồng ý, bổ sung Điều 5", False),
        ("Bổ sung Điều 5 về phòng cháy", False),
    ],
)
def test_words_that_are_no_position(said: str, vague: bool) -> None:
    assert votes.is_vague(said) is vague
