"""The month's tasks under Tân Yên: the Office hears what is wanting, and confirms with one tap."""

from datetime import date

from sqlmodel import select

from bot.work import Work
from models.duties import Duty, last_result
from models.people import Tenure, Unit, person_by_code
from rules.duties import DutyKind, DutyState
from services import conclusions
from services.demo import Cast
from tests.conversation import Stage
from tests.handlers.task_stage import STARTS, briefing, given, morning, under

# The last working day of November 2026 is Monday the 30th.
DUE = date(2026, 11, 30)


def register(stage: Stage) -> Duty:
    def read(work: Work) -> Duty:
        found = work.session.exec(select(Duty).where(Duty.kind == DutyKind.TASK_REGISTER)).one()
        work.session.expunge(found)
        return found

    duty: Duty = stage.act(read)
    return duty


def conclude(work: Work) -> None:
    """A meeting of the morning, of whose two conclusions one waits for who does it."""
    clerk = work.actor = person_by_code(work.session, Cast.OFFICE)
    assert clerk
    meeting = briefing(work)
    conclusions.enter(work, meeting, [{"content": "Rà soát đèn đường"}, {"content": "Rà soát vỉa hè"}])


def leave(work: Work, code: str) -> None:
    """Nobody holds his post from today on."""
    person = person_by_code(work.session, code)
    assert person
    for tenure in work.session.exec(select(Tenure).where(Tenure.person_id == person.key)):
        tenure.to_on = date(2026, 11, 18)


def test_the_office_sees_what_is_wanting_and_confirms_with_one_tap(town: Stage) -> None:
    unit_ids = town.act(lambda work: [work.session.exec(select(Unit).where(Unit.code == "SXD")).one().key])
    town.act(lambda work: given(work, date(2026, 12, 4), unit_ids=unit_ids).id)
    town.act(lambda work: given(work, date(2026, 12, 4), doer=Cast.HEALTH_HEAD, document="12/UBND").id)
    town.act(leave, Cast.HEALTH_HEAD)
    town.act(conclude)
    town.pass_time(to=morning(date(2026, 11, 23)))
    town.pass_time(to=morning(DUE))
    chief = town.phone(Cast.CHIEF_OF_OFFICE)
    chief.sees("Cập nhật nhiệm vụ: nhiệm vụ giao trong tháng 11/2026", "hạn hôm nay", "điểm c khoản 2")
    chief.says("/viec").presses("Cập nhật nhiệm vụ").presses("Mở")
    chief.sees_last(
        "Nhiệm vụ đã cập nhật: 2",
        "kết luận chưa thành nhiệm vụ (1): Họp giao ban tuần 19/11 (2)",
        "vị trí thực hiện đang khuyết (1): NV-2026-002",
        "đơn vị phối hợp chưa cử người (1): NV-2026-001 Rà soát chợ Mẫu Trung – Sở Xây dựng",
        "chưa ghi số văn bản (1): NV-2026-001",
        "Nội dung mật không nhập",
        "điểm c khoản 2, đoạn thứ tư",
    )
    chief.presses("Xác nhận đã cập nhật đủ")
    duty = register(town)
    assert duty.state is DutyState.DONE and not duty.is_late
    entry = town.act(lambda work: last_result(work.session, duty.key))
    assert entry.text.startswith("Nhiệm vụ đã cập nhật: 2; kết luận chưa thành nhiệm vụ: 2")


def test_a_month_without_gaps_says_so_and_a_second_tap_changes_nothing(town: Stage) -> None:
    town.act(lambda work: given(work, date(2026, 12, 4), document="12/UBND").id)
    town.pass_time(to=morning(date(2026, 11, 23)))
    office = town.phone(Cast.OFFICE)
    route = f"register.confirm:{register(town).subject_id}:0:"
    office.presses_token(route)
    office.sees_last("Không thiếu nội dung nào", "Đã xong")
    closed_at = register(town).closed_at
    office.presses_token(route)
    assert register(town).closed_at == closed_at


def test_it_is_the_office_s_alone_and_only_where_the_directive_asks_for_it(town: Stage) -> None:
    town.pass_time(to=morning(date(2026, 11, 23)))
    head = town.phone(Cast.FINANCE_HEAD)
    head.presses_token(f"register.confirm:{register(town).subject_id}:0:")
    assert register(town).state is DutyState.OPEN
    assert register(town).due_at > STARTS


def test_another_directive_asks_for_no_register(town: Stage) -> None:
    under(town, "son-duong-2021")
    town.pass_time(to=morning(date(2026, 11, 23)))
    assert town.act(lambda work: work.session.exec(select(Duty).where(Duty.kind == DutyKind.TASK_REGISTER)).all()) == []
