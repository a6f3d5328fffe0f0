"""Two processes at once about one vote: it is closed once, and no ballot is lost, doubled or moved to another text."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlmodel import Session, col, select

from bot.work import Work
from models.duties import Duty
from models.people import person_by_code
from models.votes import Ballot, Vote
from rules.duties import DutyKind, DutyState
from rules.errors import DomainError
from rules.votes import Choice, VoteState
from services import demo, demo_votes, vote_results, votes, voting
from services.demo import Cast
from services.votes import Draft
from tests.concurrency.twins import Twins
from tests.conversation import Stage


@pytest.fixture
def town(pair: Twins) -> Twins:
    """Twelve are asked, one has voted."""
    pair.stages[0].act(demo.load_people)
    pair.stages[0].act(demo_votes.load)
    return pair


def cast(work: Work, code: str, choice: Choice, draft: int = 1) -> bool:
    work.actor = person_by_code(work.session, code)
    return voting.cast(work, votes.in_sight(work, 1), draft, choice)


def replace(work: Work) -> None:
    work.actor = person_by_code(work.session, Cast.OFFICE)
    votes.replace_draft(work, votes.to_run(work, 1), Draft("Điều 1. Bản khác."))


def went(act: Callable[[Stage], object]) -> Callable[[Stage], bool]:
    """True where it went through, False where it was refused politely."""

    def run(stage: Stage) -> bool:
        try:
            act(stage)
        except DomainError:
            return False
        return True

    return run


def ballots(session: Session) -> list[tuple[Choice, int, bool]]:
    rows = session.exec(select(Ballot).order_by(col(Ballot.id))).all()
    return [(row.choice, row.draft, row.is_late) for row in rows]


def duty_states(session: Session) -> list[DutyState]:
    return [duty.state for duty in session.exec(select(Duty).where(Duty.kind == DutyKind.VOTE)).all()]


def test_one_tap_on_two_devices_is_one_ballot(town: Twins) -> None:
    assert sorted(town.both(lambda stage: stage.act(cast, Cast.VICE_CHAIR, Choice.AGREE))) == [False, True]
    assert town.look(ballots)[1:] == [(Choice.AGREE, 1, False)]
    assert len(town.acts("vote.cast")) == 2


def test_two_words_at_once_are_both_kept_and_the_last_counts(town: Twins) -> None:
    choices = dict(zip(map(id, town.stages), (Choice.AGREE, Choice.DISAGREE), strict=True))
    assert town.both(lambda stage: stage.act(cast, Cast.VICE_CHAIR, choices[id(stage)])) == [True, True]
    assert {choice for choice, *_rest in town.look(ballots)[1:]} == {Choice.AGREE, Choice.DISAGREE}
    assert town.look(duty_states).count(DutyState.DONE) == 2
    assert town.chain_holds()


def test_two_clocks_close_it_once(town: Twins) -> None:
    clock = town.stages[0].clock
    clock.move_to(clock.now() + timedelta(days=10))
    assert sum(town.both(lambda stage: stage.act(vote_results.close_due))) == 1
    assert town.look(lambda session: session.exec(select(Vote.state)).one()) is VoteState.CLOSED
    assert len(town.acts("vote.closed")) == 1
    assert sorted(town.look(duty_states)) == sorted([DutyState.DONE, *[DutyState.MISSED] * 11])


def test_a_ballot_while_the_draft_is_replaced_is_on_the_text_that_was_read(town: Twins) -> None:
    acts = {id(town.stages[0]): replace, id(town.stages[1]): lambda work: cast(work, Cast.VICE_CHAIR, Choice.AGREE)}
    results = town.both(lambda stage: (acts[id(stage)] is replace, went(lambda each: each.act(acts[id(each)]))(stage)))
    assert dict(results)[True]
    was_cast = dict(results)[False]
    assert town.look(ballots)[1:] == ([(Choice.AGREE, 1, False)] if was_cast else [])
    # Either way it is owed again, or still.
    assert town.look(duty_states) == [DutyState.OPEN] * 12


def test_who_is_too_late_by_a_hair_is_late_and_not_lost(town: Twins) -> None:
    clock = town.stages[0].clock
    due_at = town.look(lambda session: session.exec(select(Vote.due_at)).one())
    clock.move_to(due_at)
    acts = {
        id(town.stages[0]): vote_results.close_due,
        id(town.stages[1]): lambda w: cast(w, Cast.VICE_CHAIR, Choice.AGREE),
    }
    town.both(lambda stage: stage.act(acts[id(stage)]))
    # The clock looks again a moment later, should the ballot have held the vote just then.
    town.stages[0].act(vote_results.close_due)
    assert town.look(ballots)[1:] == [(Choice.AGREE, 1, True)]
    assert town.look(lambda session: session.exec(select(Vote.state)).one()) is VoteState.CLOSED
