"""Two processes at once: a team is told of its day once, a shift is settled one way, a chat is blocked once."""

from datetime import date, time

import pytest
from sqlmodel import select

from bot.work import Work
from models.hotline_blocks import HotlineBlock
from models.hotline_rota import HotlineShift
from models.outbox import OutboxMessage
from models.people import ChannelAccount, Unit
from rules.hotline import Category
from rules.shifts import SwapState
from rules.workdays import at
from services import demo, hotline, hotline_blocks, hotline_people, hotline_swaps
from services.demo_hotlines import HOTLINES
from services.hotline import NewQuestion
from tests.concurrency.test_programme_races import acting, at_once
from tests.concurrency.twins import Twins
from tests.conversation import Stage

LEADER = "MTR01"
# A working Friday, before the afternoon's shift.
NOW = at(date(2026, 11, 20), time(8))


@pytest.fixture
def town(pair: Twins) -> Twins:
    for stage in pair.stages:
        stage.clock.move_to(NOW)
    pair.stages[0].act(demo.load_people)
    pair.stages[0].act(demo.load_hotlines)
    return pair


def unit_of(work: Work) -> int:
    return work.session.exec(select(Unit).where(Unit.code == "MTR")).one().key


def on_duty(work: Work, nth: int) -> str:
    return hotline_people.on_duty(work, unit_of(work))[nth][0].code


def test_two_schedulers_tell_a_team_of_its_day_once(town: Twins) -> None:
    told = at_once(town, lambda _stage, work: hotline_swaps.tell_shifts(work))
    assert told == ["done", "done"]
    queued = town.stages[0].database.transact(lambda session: session.exec(select(OutboxMessage)).all())
    assert len(queued) == len(HOTLINES)


def test_a_shift_that_is_accepted_and_assigned_at_once_is_settled_one_way(town: Twins) -> None:
    def asks(work: Work) -> tuple[int, str]:
        mine, other = on_duty(work, 0), on_duty(work, 1)
        person = acting(work, mine).actor
        assert person
        [place, *_more] = hotline_swaps.to_give(work, person, unit_of(work))
        post_id = hotline_people.on_duty(work, unit_of(work))[1][1]
        return hotline_swaps.ask(work, unit_of(work), place.shift, post_id or 0).key, other

    key, other = town.stages[0].act(asks)

    def settle(stage: Stage, work: Work) -> None:
        if stage is town.stages[0]:
            hotline_swaps.accept(acting(work, other), key)
            return
        row = work.session.get_one(HotlineShift, key)
        third = hotline_people.team(work, unit_of(work))[-1]
        hotline_swaps.assign(acting(work, LEADER), unit_of(work), row.shift, third)

    outcome = at_once(town, settle)
    shifts = town.stages[0].database.transact(lambda session: session.exec(select(HotlineShift)).all())
    states = [row.state for row in shifts]
    assert SwapState.ASKED not in states
    # Either the leader was first and the wish had lapsed, or he assigned what had just been accepted.
    assert outcome in (["done", "done"], ["done", "transition"])
    assert states.count(SwapState.ACCEPTED) == outcome.count("done")


def test_a_chat_is_blocked_once_by_two(town: Twins) -> None:
    def asks(work: Work) -> int:
        work.account = ChannelAccount(channel="simulator", address="dan-1", last_seen_at=work.now)
        work.session.add(work.account)
        work.session.flush()
        return hotline.ask(work, NewQuestion(unit_id=unit_of(work), text="Hỏi", category=Category.OTHER)).key

    key = town.stages[0].act(asks)
    outcome = at_once(town, lambda _stage, work: hotline_blocks.block(acting(work, LEADER), key, "Quấy rối"))
    assert outcome == ["done", "stale"]
    assert len(town.stages[0].database.transact(lambda session: session.exec(select(HotlineBlock)).all())) == 1
