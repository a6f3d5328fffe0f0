"""Two processes at once on one question: one takes it, one word counts, the clock and a hand do not both move it."""

from datetime import timedelta

import pytest
from sqlmodel import col, select

from bot.work import Work
from models.hotline import Ticket, TicketEntry, TicketEntryKind, TicketSpan
from models.people import ChannelAccount, Person, account_at
from rules.hotline import Category, Rung, TicketState
from services import hotline, hotline_clock, hotline_team
from services.hotline import NewQuestion
from services.hotline_team import TakenError
from tests.concurrency.test_hotline_races import LEADER, NOW, on_duty, town, unit_of
from tests.concurrency.test_programme_races import acting, at_once
from tests.concurrency.twins import CHANNEL, Twins
from tests.conversation import Stage

__all__ = ["town"]
CHAT = "dan-1"


@pytest.fixture
def key(town: Twins) -> int:
    """A question that waits to be taken."""

    def asks(work: Work) -> int:
        work.account = ChannelAccount(channel=CHANNEL, address=CHAT, last_seen_at=work.now)
        work.session.add(work.account)
        work.session.flush()
        new = NewQuestion(unit_id=unit_of(work), text="Loa hỏng, bao giờ sửa?", category=Category.OTHER)
        return hotline.ask(work, new).key

    key: int = town.stages[0].act(asks)
    return key


@pytest.fixture
def owner(town: Twins, key: int) -> str:
    """Who has taken it."""

    def takes(work: Work) -> str:
        code = on_duty(work, 0)
        hotline_team.take(acting(work, code), key)
        return code

    code: str = town.stages[0].act(takes)
    return code


def asker(work: Work) -> Work:
    work.account = account_at(work.session, CHANNEL, CHAT)
    return work


def ticket(town: Twins) -> Ticket:
    return town.look(lambda session: session.exec(select(Ticket)).one())


def entries(town: Twins, *kinds: TicketEntryKind) -> list[TicketEntry]:
    known = select(TicketEntry).where(col(TicketEntry.kind).in_(kinds)).order_by(col(TicketEntry.id))
    return town.look(lambda session: list(session.exec(known).all()))


def running(town: Twins) -> list[TicketSpan]:
    found = select(TicketSpan).where(col(TicketSpan.to_at).is_(None))
    return town.look(lambda session: list(session.exec(found).all()))


def first(town: Twins, stage: Stage) -> bool:
    return stage is town.stages[0]


def pass_minutes(town: Twins, minutes: int) -> None:
    for stage in town.stages:
        stage.clock.move_to(NOW + timedelta(minutes=minutes))


def test_of_two_who_take_it_at_once_one_wins_and_the_other_is_told_who(town: Twins, key: int) -> None:
    told: list[str] = []

    def take(stage: Stage, work: Work) -> None:
        try:
            hotline_team.take(acting(work, on_duty(work, 0 if first(town, stage) else 1)), key)
        except TakenError as error:
            told.append(str(error.fields["name"]))
            raise

    assert at_once(town, take) == ["done", "ticket_taken"]
    [entry] = entries(town, TicketEntryKind.TAKEN)
    assert ticket(town).owner_post_id == entry.post_id == running(town)[0].post_id
    winner = town.look(lambda session: session.get_one(Person, entry.person_id).full_name)
    assert [winner in name for name in told] == [True]


def test_an_answer_and_a_takeover_at_once_leave_one_owner_who_may_answer(town: Twins, key: int, owner: str) -> None:
    def act(stage: Stage, work: Work) -> None:
        if first(town, stage):
            hotline_team.answer(acting(work, owner), key, "Sửa xong trong tuần")
        else:
            hotline_team.take(acting(work, LEADER), key, over=True)

    outcome = at_once(town, act)
    answered = entries(town, TicketEntryKind.ANSWERED)
    if ticket(town).state is TicketState.ANSWERED:
        assert outcome == ["done", "transition"]
        assert len(answered) == 1
    else:
        assert outcome == ["done", "ticket_not_owner"]
        assert ticket(town).state is TicketState.TAKEN
        assert not answered
    assert len(running(town)) == (0 if answered else 1)


def test_what_the_asker_adds_while_the_team_finishes_is_heard(town: Twins, key: int, owner: str) -> None:
    town.stages[0].act(lambda work: hotline_team.answer(acting(work, owner), key, "Sửa xong trong tuần"))

    def act(stage: Stage, work: Work) -> None:
        if first(town, stage):
            hotline_team.finish(acting(work, owner), key)
        else:
            hotline.supply(asker(work), hotline.own_ticket(work, key), "Loa thôn bên cũng hỏng")

    assert at_once(town, act) == ["done", "done"]
    said = entries(town, TicketEntryKind.SUPPLIED, TicketEntryKind.REOPENED)
    assert [entry.text for entry in said] == ["Loa thôn bên cũng hỏng"]
    # Either it was added before the end, or it opened the question again.
    states = {TicketEntryKind.SUPPLIED: TicketState.DONE, TicketEntryKind.REOPENED: TicketState.REOPENED}
    assert ticket(town).state is states[said[0].kind]


def test_the_clock_and_whoever_takes_it_do_not_both_move_it(town: Twins, key: int) -> None:
    due = ticket(town).next_step_at
    assert due
    pass_minutes(town, int((due - NOW).total_seconds()) // 60 + 1)

    def act(stage: Stage, work: Work) -> None:
        if first(town, stage):
            hotline_clock.climb(work)
        else:
            hotline_team.take(acting(work, on_duty(work, 0)), key)

    assert at_once(town, act) == ["done", "done"]
    now = ticket(town)
    assert (now.state, now.offered_post_id, now.rung) == (TicketState.TAKEN, None, Rung.REMIND)
    assert len(running(town)) == 1
    # The next one was asked before it was taken, or not at all.
    kinds = [entry.kind for entry in entries(town, TicketEntryKind.OFFERED, TicketEntryKind.TAKEN)]
    assert kinds[-1] is TicketEntryKind.TAKEN


def test_two_schedulers_turn_to_the_next_once(town: Twins, key: int) -> None:
    due = ticket(town).next_step_at
    assert due
    pass_minutes(town, int((due - NOW).total_seconds()) // 60 + 1)
    assert at_once(town, lambda _stage, work: hotline_clock.climb(work)) == ["done", "done"]
    assert len(entries(town, TicketEntryKind.OFFERED)) == 2


def test_an_asker_who_is_satisfied_and_the_clock_that_closes_finish_it_once(town: Twins, key: int, owner: str) -> None:
    town.stages[0].act(lambda work: hotline_team.answer(acting(work, owner), key, "Sửa xong trong tuần"))
    pass_minutes(town, 60 * 24 * 20)

    def act(stage: Stage, work: Work) -> None:
        if first(town, stage):
            hotline_clock.close_silent(work)
        else:
            hotline.settle(asker(work), hotline.own_ticket(work, key))

    assert at_once(town, act) == ["done", "done"]
    assert len(entries(town, TicketEntryKind.FINISHED)) == 1
    assert ticket(town).state is TicketState.DONE
