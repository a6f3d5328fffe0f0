"""Two processes at once: the chair decides a change once, explanations are asked for once, a clerk enters once."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlmodel import Session, select

from bot.work import Work
from models.duties import Duty
from models.people import person_by_code
from models.programme import ProgrammeChange, item_by_code
from models.reminders import ChairReminder
from rules.duties import DutyKind
from rules.errors import DomainError
from rules.programme import ChangeKind, ChangeState, Ground
from services import explanations, programme_changes, reminders
from services.demo import Cast
from services.programme_changes import NewChange
from services.reminders import NewReminder
from tests.concurrency.twins import Twins
from tests.conversation import Stage
from tests.programme_stage import MARKETS, TAN_YEN, item, staged
from tests.services.workbooks import load, meetings

OVERDUE = ("CT-02", "Phân bổ vốn đầu tư công", "STC", "10/11/2026", "UBND", "phai_trinh", None)
SESSION = ("PH-1", "Phiên họp thường kỳ", "thuong_ky", "20/11/2026 07:30", "11:30", "CT", "VP", "STC, SXD", "")
NEW_DAY = date(2026, 12, 15)


@pytest.fixture
def tan_yen(pair: Twins) -> Twins:
    staged(pair.stages[0], TAN_YEN, MARKETS, OVERDUE)
    return pair


def acting(work: Work, code: str) -> Work:
    work.actor = person_by_code(work.session, code)
    return work


def at_once(pair: Twins, act: Callable[[Stage, Work], object]) -> list[str]:
    """Either side in a transaction of its own at the same moment; gives back whom a refusal answered."""

    def run(stage: Stage) -> str:
        try:
            with stage.database.session() as session, session.begin():
                work = stage.work(session)
                act(stage, work)
                work.close()
        except DomainError as error:
            return error.code
        return "done"

    return sorted(pair.both(run))


def asked(work: Work) -> int:
    found = item_by_code(acting(work, Cast.FINANCE_HEAD).session, str(MARKETS[0]))
    assert found is not None
    new = NewChange(
        kind=ChangeKind.DAY,
        ground=Ground.PRACTICE,
        due_on=NEW_DAY,
        reason="Chưa có ý kiến",
        necessity="Chưa đủ căn cứ",
        impact="Không",
    )
    return programme_changes.ask(work, found.unit_id, found, new).key


def test_the_chairs_two_devices_decide_a_change_once(tan_yen: Twins) -> None:
    key = tan_yen.stages[0].act(asked)

    def decide(stage: Stage, work: Work) -> None:
        change = programme_changes.to_decide(acting(work, Cast.CHAIR), key)
        if stage is tan_yen.stages[0]:
            programme_changes.grant(work, change)
        else:
            programme_changes.refuse(work, change, "Đã lùi một lần")

    assert at_once(tan_yen, decide) == ["done", "transition"]
    change = tan_yen.look(lambda session: session.exec(select(ProgrammeChange)).one().state)
    granted, refused = tan_yen.acts("programme.change_grant"), tan_yen.acts("programme.change_refuse")
    assert len(granted) + len(refused) == 1
    assert (change is ChangeState.GRANTED) == bool(granted)
    assert (item(tan_yen.database, str(MARKETS[0])).due_on == NEW_DAY) == bool(granted)
    assert tan_yen.chain_holds()


def test_two_schedulers_ask_for_each_explanation_once(tan_yen: Twins) -> None:
    tan_yen.stages[0].act(load, meetings(SESSION))
    tan_yen.stages[0].clock.move_to(tan_yen.stages[0].clock.now() + timedelta(hours=1))
    assert at_once(tan_yen, lambda _stage, work: explanations.collect(work)) == ["done", "done"]

    def open_ones(session: Session) -> int:
        return len(session.exec(select(Duty).where(Duty.kind == DutyKind.EXPLAIN)).all())

    assert tan_yen.look(open_ones) == 1


def test_two_clerks_enter_one_reminder_once(tan_yen: Twins) -> None:
    def enter(_stage: Stage, work: Work) -> None:
        head = person_by_code(acting(work, Cast.OFFICE).session, Cast.FINANCE_HEAD)
        assert head is not None
        new = NewReminder(person_id=head.key, reminded_on=work.today, document="45/TB-UBND", about="Chậm báo cáo")
        reminders.record(work, new)

    assert at_once(tan_yen, enter) == ["already_recorded", "done"]
    assert tan_yen.look(lambda session: len(session.exec(select(ChairReminder)).all())) == 1
