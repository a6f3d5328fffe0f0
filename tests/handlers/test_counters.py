"""Counters with a consequence: one before it the person is warned with the cases, once; then internal affairs hear."""

from datetime import date, timedelta

import pytest

from bot.clock import SetClock
from bot.files import FileStore
from bot.work import Work
from models.attendance import Method
from models.database import Database
from models.meetings import Meeting
from models.people import Switch, person_by_code
from rules.attendance import Status
from services import attendance
from services.demo import Cast
from services.seats import seats
from tests.conversation import Stage
from tests.handlers.office_stage import OfficeStage
from tests.handlers.task_stage import given, morning, under


@pytest.fixture
def stage(database: Database, clock: SetClock, files: FileStore) -> OfficeStage:
    return OfficeStage(database, clock, files)


def threshold(stage: Stage, counter: str, value: int) -> None:
    stage.act(lambda work: work.session.add(Switch(name=f"counters.{counter}", value=str(value), from_on=work.today)))


def checks_in(work: Work, meeting: Meeting, code: str) -> None:
    work.actor = person_by_code(work.session, code)
    attendance.check_in(work, meeting, Method.SELF)


def is_late(stage: OfficeStage, meeting: str, code: str = Cast.FINANCE_HEAD) -> None:
    stage.pass_time(to=stage.meeting(meeting).starts_at + timedelta(minutes=12))
    stage.act(checks_in, stage.meeting(meeting), code)
    stage.pass_time(to=stage.meeting(meeting).ends_at + timedelta(minutes=1))


def classifies(work: Work, meeting: Meeting, code: str, status: Status) -> None:
    work.actor = person_by_code(work.session, Cast.OFFICE)
    seat = next(one for one in seats(work, meeting) if one.holder is not None and one.holder.code == code)
    attendance.classify(work, meeting, seat, status, "Theo biên bản")


def warnings(stage: Stage, code: str, words: str = "Faults of attendance") -> list[str]:
    return [bubble.text for bubble in stage.phone(code).bubbles if words in bubble]


def test_the_second_fault_of_three_warns_with_both_cases_once(stage: OfficeStage) -> None:
    is_late(stage, "CD-01")
    assert warnings(stage, Cast.FINANCE_HEAD) == []
    is_late(stage, "CD-02")
    [told] = warnings(stage, Cast.FINANCE_HEAD)
    assert told.count("late, not excused") == 2 and "giải ngân" in told and "Mẫu Trung" in told
    assert "From the case number 3" in told and "Mục 3.2" in told
    stage.act(classifies, stage.meeting("CD-02"), Cast.FINANCE_HEAD, Status.ABSENT_UNEXCUSED)
    assert len(warnings(stage, Cast.FINANCE_HEAD)) == 1
    assert warnings(stage, Cast.INTERNAL_AFFAIRS) == []
    stage.head.presses("My attendance").sees_last("absent, not excused")


def test_when_the_number_is_reached_internal_affairs_get_the_list(stage: OfficeStage) -> None:
    threshold(stage, "faults", 2)
    is_late(stage, "CD-01")
    assert len(warnings(stage, Cast.FINANCE_HEAD)) == 1
    is_late(stage, "CD-02")
    [listed] = warnings(stage, Cast.INTERNAL_AFFAIRS)
    assert "Vũ Đình Khải" in listed and listed.count("late, not excused") == 2
    assert len(warnings(stage, Cast.FINANCE_HEAD)) == 1


def test_a_fault_taken_back_counts_no_more(stage: OfficeStage) -> None:
    threshold(stage, "faults", 3)
    stage.pass_time(to=stage.meeting("CD-02").ends_at + timedelta(minutes=1))
    stage.act(classifies, stage.meeting("CD-02"), Cast.FINANCE_HEAD, Status.ABSENT_UNEXCUSED)
    stage.act(classifies, stage.meeting("CD-02"), Cast.FINANCE_HEAD, Status.ABSENT_EXCUSED)
    assert warnings(stage, Cast.FINANCE_HEAD) == []


def test_who_sat_there_answers_for_his_own_lateness_and_his_head_for_sending_him(stage: OfficeStage) -> None:
    threshold(stage, "faults", 2)
    is_late(stage, "CD-02", Cast.FINANCE_DEPUTY)
    assert "late, not excused" in warnings(stage, Cast.FINANCE_DEPUTY)[0]
    [told] = warnings(stage, Cast.FINANCE_HEAD)
    assert "wrong composition" in told and "late" not in told


@pytest.mark.parametrize(("pack", "number"), [("quoc-gia", "3"), ("gia-binh-2022", "0")])
def test_where_no_consequence_is_known_nobody_is_warned(stage: OfficeStage, pack: str, number: str) -> None:
    under(stage, pack)
    threshold(stage, "faults", int(number))
    is_late(stage, "CD-01")
    is_late(stage, "CD-02")
    assert warnings(stage, Cast.FINANCE_HEAD) == []


def test_the_second_task_confirmed_as_not_done_warns_with_both(town: Stage) -> None:
    for due in (date(2026, 11, 23), date(2026, 11, 25)):
        town.act(given, due)
    chair = town.phone(Cast.CHAIR)
    for day in (26, 27, 30):
        town.pass_time(to=morning(date(2026, 11, day)))
    for number in (1, 2):
        chair.presses_token(f"failure.confirm:{number}:0:").says("Đã nhắc")
    [told] = warnings(town, Cast.FINANCE_HEAD, "Nhiệm vụ đã xác nhận không hoàn thành trong năm 2026: 2")
    assert told.count("Rà soát chợ Mẫu Trung") == 2 and "Từ trường hợp thứ 3" in told
