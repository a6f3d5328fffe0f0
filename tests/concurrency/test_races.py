"""Two processes act at once: one wins, the other says how it stands, nothing happens twice."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy.exc import OperationalError
from sqlmodel import Session, col, select

from bot.work import Work
from models.meetings import Meeting
from models.outbox import OutboxMessage, Priority
from models.people import ChannelAccount, Delegation, Person, person_by_code
from rules.absence import State
from rules.errors import DomainError
from scheduler import JOBS
from services import access, decisions, waiting
from services.demo import Cast
from tests.concurrency.twins import Twins
from tests.conversation import Stage
from tests.crash.world import Tap, World


def delegate(pair: Twins, world: World) -> int:
    """Let the second deputy chair decide in the chair's place; returns his chat."""

    def write(session: Session) -> int:
        chat = str(world.approvals[0].chat_id)
        chair = session.exec(select(ChannelAccount.person_id).where(ChannelAccount.address == chat)).one()
        person = person_by_code(session, Cast.SECOND_VICE_CHAIR)
        assert chair is not None and person is not None and person.id != chair
        day = pair.stages[0].clock.now().date()
        session.add(
            Delegation(from_person_id=chair, to_person_id=person.key, from_on=day, to_on=day + timedelta(days=9))
        )
        account = session.exec(select(ChannelAccount).where(ChannelAccount.person_id == person.id)).one()
        return int(account.address)

    return int(pair.look(write))


def test_the_same_button_twice_at_once_decides_once(pair: Twins, world: World) -> None:
    tap = world.approvals[0]
    pair.press(tap, tap)
    pair.handle()
    assert len(pair.decisions()) == 1
    assert len(pair.acts("absence.approve")) == 1
    assert (
        sum("Nothing was changed" in text or "Không có gì thay đổi" in text for text in pair.said_to(tap.chat_id)) == 1
    )


def test_chair_and_delegate_at_once_decide_once_and_the_other_is_told_who_did(pair: Twins, world: World) -> None:
    chat = delegate(pair, world)
    for tap in world.approvals:
        pair.press(tap, Tap(chat, tap.token))
    pair.handle()
    decided = pair.decisions()
    assert sorted(decision.request_id for decision in decided) == [request.id for request in pair.requests()]
    assert len(pair.acts("absence.approve")) == 4
    assert pair.chain_holds()
    deciders = {decision.person_id for decision in decided}
    names = pair.look(lambda session: [session.get_one(Person, key).full_name for key in deciders])
    for chat_id in (world.approvals[0].chat_id, chat):
        assert all(any(name in text for text in pair.said_to(chat_id)) for name in names)


def test_two_processes_under_load_do_each_thing_once(pair: Twins, world: World) -> None:
    for tap in [*world.approvals, *world.acceptances] * 2:
        pair.press(tap)
    pair.handle()
    for action in ("absence.approve", "substitution.accepted", "slip.issued"):
        assert sorted(pair.acts(action)) == [f"AbsenceRequest:{request.id}" for request in pair.requests()]
    assert sorted(request.slip_number or 0 for request in pair.requests()) == [1, 2, 3, 4]
    assert pair.chain_holds()


def test_approving_all_while_the_delegate_approves_one_decides_each_once(pair: Twins, world: World) -> None:
    chat = delegate(pair, world)
    pair.press(Tap(world.approvals[0].chat_id, "absence.all:0:0:"))
    pair.handle()
    confirm = pair.look(_confirmation)
    pair.press(Tap(world.approvals[0].chat_id, confirm), *(Tap(chat, tap.token) for tap in world.approvals))
    pair.handle()
    assert sorted(decision.request_id for decision in pair.decisions()) == [request.id for request in pair.requests()]


def test_what_another_process_decided_between_our_look_and_our_act_stays_decided_once(
    pair: Twins, world: World, may_interleave: None
) -> None:
    here, there = pair.stages
    with here.database.session() as session, session.begin():
        work = _as_presser(Work(session, here.clock.now(), here.files), world.approvals[0])
        seen = [request for request, _meeting in waiting.for_decider(work, access.actor(work))]
        with there.database.session() as other, other.begin():
            _approve(Work(other, here.clock.now(), here.files), world.approvals[0])
        with pytest.raises(decisions.AlreadyDecidedError):
            decisions.approve(work, seen[0])
    assert len(pair.decisions()) == 1


def _confirmation(session: Session) -> str:
    rows = session.exec(select(OutboxMessage).where(OutboxMessage.priority == Priority.REPLY)).all()
    return str(next(token for row in rows for line in row.payload["rows"] for _, token, *_ in line))


def test_one_draft_from_two_devices_takes_one_answer(pair: Twins, world: World) -> None:
    form = world.acceptances[0].chat_id
    pair.press(Tap(form, world.acceptances[0].token.replace("accept", "decline")))
    pair.handle()
    cancel = pair.look(_confirmation)
    pair.press(Tap(form, cancel), Tap(form, cancel))
    pair.handle()
    said = pair.said_to(form)
    assert sum("Đã hủy" in text or "Cancelled" in text for text in said) == 1


def _tick(stage: Stage) -> None:
    for job in JOBS:
        with stage.database.session() as session, session.begin():
            work = Work(session, stage.clock.now(), stage.files, cause=f"job:{job.name}")
            job.run(work)
            work.close()


def test_two_schedulers_at_one_tick_remind_once(pair: Twins, world: World) -> None:
    pair.stages[0].clock.move_to(pair.stages[0].clock.now() + timedelta(hours=25))
    pair.both(_tick)
    reminders = select(OutboxMessage.dedup_key).where(col(OutboxMessage.dedup_key).like("ping:%"))
    keys = pair.look(lambda session: session.exec(reminders).all())
    assert keys
    assert len(keys) == len(set(keys))
    reminded = pair.look(lambda session: session.exec(select(OutboxMessage).where(OutboxMessage.priority == 2)).all())
    assert len({(row.address, row.payload["text"]) for row in reminded}) == len(reminded)


def test_two_schedulers_at_one_tick_let_a_request_lapse_once(pair: Twins, world: World) -> None:
    _move_to_start(pair)
    pair.both(_tick)
    assert len(pair.acts("absence.lapsed")) == 4
    assert {request.state for request in pair.requests()} == {State.LAPSED}


def _move_to_start(pair: Twins) -> None:
    starts = pair.look(lambda session: session.exec(select(Meeting.starts_at)).all())[0]
    pair.stages[0].clock.move_to(starts)


def test_an_approval_at_the_last_moment_stands_though_the_clock_strikes(pair: Twins, world: World) -> None:
    """The transaction that decided has begun before the meeting, the one that lets lapse after it."""
    before = pair.stages[0].clock.now()
    _move_to_start(pair)
    other = pair.stages[1]

    def decide(stage: Stage) -> None:
        if stage is other:
            _insist(lambda: _tick(stage))
            return
        for tap in world.approvals:
            _insist(lambda tap=tap: stage.database.transact(lambda s: _approve(Work(s, before, stage.files), tap)))  # type: ignore[misc]

    pair.both(decide)
    for request in pair.requests():
        decided = [decision for decision in pair.decisions() if decision.request_id == request.id]
        lapsed = f"AbsenceRequest:{request.id}" in pair.acts("absence.lapsed")
        assert (request.state is State.APPROVED, len(decided), lapsed) in [(True, 1, False), (False, 0, True)]
    assert pair.chain_holds()


def _insist(act: Callable[[], object]) -> None:
    """As dispatch does: a lost race is run again on what the winner left."""
    for _ in range(3):
        try:
            act()
        except OperationalError:
            continue
        return
    raise AssertionError("the race was lost three times")


def _as_presser(work: Work, tap: Tap) -> Work:
    chat = ChannelAccount.address == str(tap.chat_id)
    work.actor = work.session.exec(select(Person).join(ChannelAccount).where(chat)).one()
    return work


def _approve(work: Work, tap: Tap) -> None:
    _as_presser(work, tap)
    try:
        decisions.approve(work, access.request_to_decide(work, int(tap.token.split(":")[1])))
    except DomainError:
        return
    work.close()
