"""Two processes at once about one task: an extension is granted once, a list made once, nobody told twice."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlmodel import Session, select

from bot.work import Work
from models.duties import Duty, DutyEntry, EntryKind, duty_about
from models.extensions import Extension, HandBack
from models.people import Person, person_by_code, the_body
from models.tasks import Task, TaskAssignment, WeeklyList
from rules.duties import DutyKind, DutyState
from rules.errors import DomainError
from rules.tasks import ExtensionState, HandBackState
from services import demo, extensions, hand_backs, people, results, tasks, weekly_lists
from services.demo import Cast
from services.extensions import Asked
from services.hand_backs import HandedBack
from services.results import Result
from services.tasks import NewTask
from tests.concurrency.twins import Twins
from tests.conversation import Stage


@pytest.fixture
def town(pair: Twins) -> Twins:
    def under(work: Work) -> None:
        body = the_body(work.session)
        assert body is not None
        body.pack_id = "tan-yen-2024"

    pair.stages[0].act(demo.load_people)
    pair.stages[0].act(under)
    return pair


def person(work: Work, code: str) -> Person:
    found = person_by_code(work.session, code)
    assert found is not None
    return found


def assign(work: Work, due_on: date, received_in: timedelta = timedelta()) -> Task:
    post = people.main_post(work, person(work, Cast.FINANCE_HEAD))
    assert post is not None
    new = NewTask(
        content="Rà soát chợ",
        result="Báo cáo",
        due_on=due_on,
        post_id=post.key,
        responsible_post_id=post.key,
        assigner_id=person(work, Cast.CHAIR).key,
        received_at=work.now + received_in,
    )
    return tasks.assign(work, new)


def asked(work: Work) -> int:
    task = assign(work, work.today + timedelta(days=20))
    work.actor = person(work, Cast.FINANCE_HEAD)
    wanted = Asked(work.today + timedelta(days=30), "Chờ số liệu", "8/STC")
    return extensions.ask(work, tasks.duty_held(work, task.key), wanted).key


def grant(work: Work, key: int) -> None:
    work.actor = person(work, Cast.CHAIR)
    extensions.grant(work, *extensions.to_decide(work, key))


def finish(work: Work, key: int) -> None:
    work.actor = person(work, Cast.FINANCE_HEAD)
    _extension, duty = extensions.own(work, key)
    results.submit(work, duty, Result(text="Xong"))


def attempt(act: Callable[[Work, int], None], key: int) -> Callable[[Stage], bool]:
    """True where it went through, False where it was refused politely."""

    def run(stage: Stage) -> bool:
        try:
            stage.act(act, key)
        except DomainError:
            return False
        return True

    return run


def moved(session: Session) -> int:
    return len(session.exec(select(DutyEntry).where(DutyEntry.kind == EntryKind.MOVED)).all())


def test_an_extension_is_granted_once(town: Twins) -> None:
    key = town.stages[0].act(asked)
    assert sorted(town.both(attempt(grant, key))) == [False, True]
    assert town.look(moved) == 1
    assert len(town.acts("extension.grant")) == 1


def test_done_while_it_is_being_granted_ends_in_one_of_two_clear_ways(town: Twins) -> None:
    key = town.stages[0].act(asked)
    acts = {id(town.stages[0]): grant, id(town.stages[1]): finish}
    went = town.both(lambda stage: (acts[id(stage)].__name__, attempt(acts[id(stage)], key)(stage)))

    def state(session: Session) -> tuple[ExtensionState, DutyState, int]:
        extension = session.get_one(Extension, key)
        duty = duty_about(session, DutyKind.TASK, extension.task_id)
        assert duty is not None
        return extension.state, duty.state, moved(session)

    granted = dict(went)["grant"]
    expected = (ExtensionState.GRANTED, 1) if granted else (ExtensionState.VOID, 0)
    found = town.look(state)
    assert dict(went)["finish"]
    assert found == (expected[0], DutyState.SUBMITTED, expected[1])


def test_two_processes_make_one_list_of_the_week(town: Twins) -> None:
    def sonduong(work: Work) -> None:
        body = the_body(work.session)
        assert body is not None
        body.pack_id = "son-duong-2021"

    town.stages[0].act(sonduong)
    town.stages[0].clock.move_to(town.stages[0].clock.now() + timedelta(days=6))
    assert sum(town.both(lambda stage: stage.act(weekly_lists.compile_due))) == 1
    assert town.look(lambda session: len(session.exec(select(WeeklyList)).all())) == 1


def test_what_is_received_is_given_out_once(town: Twins) -> None:
    stage = town.stages[0]
    stage.act(lambda work: assign(work, work.today + timedelta(days=20), timedelta(hours=1)))
    stage.clock.move_to(stage.clock.now() + timedelta(hours=2))
    town.both(lambda each: each.act(tasks.give_received))
    assert town.look(lambda session: len(session.exec(select(TaskAssignment)).all())) == 1
    assert town.look(lambda session: len(session.exec(select(Duty).where(Duty.kind == DutyKind.TASK)).all())) == 1


def handed_back(work: Work) -> int:
    task = assign(work, work.today + timedelta(days=20))
    head = work.actor = person(work, Cast.FINANCE_HEAD)
    unit = people.officials(work)[0].unit
    assert head
    return hand_backs.hand_back(work, tasks.duty_held(work, task.key), HandedBack("Thuộc ngành khác", unit.key)).key


def forward(work: Work, key: int) -> None:
    work.actor = person(work, Cast.CHIEF_OF_OFFICE)
    hand_backs.forward(work, *hand_backs.to_forward(work, key), "Đúng")


def pass_on(work: Work, _key: int) -> None:
    assert hand_backs.pass_on_unanswered(work) < 2


def test_what_the_chief_sends_on_in_his_last_moment_comes_before_the_chair_once(town: Twins) -> None:
    key = town.stages[0].act(handed_back)
    town.stages[0].clock.move_to(town.stages[0].clock.now() + timedelta(days=5))
    acts = {id(town.stages[0]): forward, id(town.stages[1]): pass_on}
    went = dict(town.both(lambda stage: (acts[id(stage)].__name__, attempt(acts[id(stage)], key)(stage))))
    assert went["pass_on"]

    def found(session: Session) -> tuple[HandBackState, bool, int]:
        row = session.get_one(HandBack, key)
        waiting = select(Duty).where(Duty.kind == DutyKind.DECIDE_HAND_BACK)
        return row.state, row.forwarded_by_id is not None, len(session.exec(waiting).all())

    assert town.look(found) == (HandBackState.AWAITING_DECISION, went["forward"], 1)
    assert len(town.acts("hand_back.forwarded")) + len(town.acts("hand_back.passed_on")) == 1
