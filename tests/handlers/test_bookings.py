"""Working sessions with the leadership: registered in time, drafted, sent, agreed, moved, declined, withdrawn."""

from datetime import date, datetime, time

import pytest

from bot.clock import SetClock
from bot.files import FileStore
from bot.work import Work
from models.database import Database
from models.people import the_body
from models.periodic import owed
from rules.duties import DutyState
from rules.periodic import PeriodicKind
from rules.workdays import at
from services import demo
from services.demo import Cast
from tests.conversation import Phone, Stage

WINDOW = "2026-12-01/2026-12-15"


@pytest.fixture
def stage(database: Database, clock: SetClock, files: FileStore) -> Stage:
    """Wednesday 18/11/2026: the registration for 1 to 15 December closes with Monday 23/11, for 24/11 is off."""
    stage = Stage(database, clock, files)
    stage.act(demo.load_people)
    stage.act(_adopt)
    stage.pass_time()
    return stage


def _adopt(work: Work) -> None:
    body = the_body(work.session)
    assert body is not None
    body.pack_id = "rach-gia-2024"


def moment(day: int, hour: int, minute: int = 0, month: int = 12) -> datetime:
    return at(date(2026, month, day), time(hour, minute))


def registers(stage: Stage, code: str, content: str, leader: str = "Nguyễn Văn Hưng", day: str = "") -> Phone:
    phone = stage.phone(code).says("/dangky").presses("Đăng ký buổi làm việc").presses(leader)
    phone.says(content).presses("60 phút")
    if day:
        phone.presses(day).presses("Xong (1)")
    else:
        phone.presses("Bỏ qua")
    return phone.presses("Bỏ qua").presses("Gửi")


def drafted(stage: Stage) -> Phone:
    """Two units have registered, and the Office looks at the draft on the first working morning after."""
    registers(stage, Cast.FINANCE_HEAD, "Dự toán năm 2027", day="thứ Tư 02/12")
    registers(stage, Cast.COMMUNE_CHAIR, "Mặt bằng chợ Mẫu Trung")
    stage.pass_time(to=moment(25, 7, 30, month=11))
    return stage.phone(Cast.OFFICE)


def sent(stage: Stage) -> Phone:
    drafted(stage).presses("Gửi lãnh đạo")
    return stage.phone(Cast.CHAIR)


def test_heads_hear_once_that_a_registration_is_open(stage: Stage) -> None:
    head = stage.phone(Cast.FINANCE_HEAD)
    stage.pass_time(to=moment(19, 7, 29, month=11))
    assert head.bubbles == []
    stage.pass_time(to=moment(19, 7, 30, month=11))
    head.sees_last("Mở đăng ký làm việc với lãnh đạo: hạn thứ Hai 23/11", "từ 01/12 đến 15/12/2026", "288/UBND-VP")
    head.presses("Mở").sees_last("làm việc với lãnh đạo nào")
    head.presses("Hủy")
    # The next one opens when this one has closed; 24/11 is off.
    stage.pass_time(to=moment(24, 0, 1, month=11))
    stage.pass_time(to=moment(25, 7, 30, month=11))
    head.sees_last("Mở đăng ký làm việc với lãnh đạo: hạn thứ Tư 09/12", "từ 16/12 đến 31/12/2026")
    assert head.count("Mở đăng ký làm việc với lãnh đạo") == 2


def test_heads_are_reminded_of_the_registration_and_see_until_when(stage: Stage) -> None:
    head = stage.phone(Cast.FINANCE_HEAD)
    head.says("/dangky").sees_last("01/12 đến 15/12/2026", "hết thứ Hai 23/11", "288/UBND-VP")
    stage.pass_time(to=moment(23, 7, 30, month=11))
    head.sees("Đăng ký làm việc với lãnh đạo: lịch làm việc từ 01/12 đến 15/12/2026", "hạn hôm nay")
    head.presses("Mở").sees_last("làm việc với lãnh đạo nào")
    head.presses("Hủy")


def test_who_has_registered_is_not_reminded_and_who_has_not_has_missed_nothing(stage: Stage) -> None:
    registers(stage, Cast.FINANCE_HEAD, "Dự toán năm 2027").sees_last("Đã đăng ký", "Dự toán năm 2027", "60 phút")
    stage.pass_time(to=moment(23, 7, 30, month=11))
    assert not stage.phone(Cast.FINANCE_HEAD).count("hạn hôm nay")
    stage.pass_time(to=moment(24, 8, month=11))
    found = stage.database.transact(lambda session: owed(session, PeriodicKind.BOOKING, WINDOW))
    assert {one.unit.code: one.duty.state for one in found}["STC"] is DutyState.DONE
    assert {one.duty.state for one in found if one.unit.code != "STC"} == {DutyState.VOID}
    stage.phone(Cast.HEALTH_HEAD).says("/viec")
    assert "quá hạn" not in stage.phone(Cast.HEALTH_HEAD).last


def test_a_late_registration_is_refused_with_the_clause_and_the_next_window(stage: Stage) -> None:
    stage.pass_time(to=moment(23, 23, 50, month=11))
    head = stage.phone(Cast.FINANCE_HEAD).says("/dangky").presses("Đăng ký buổi làm việc").presses("Nguyễn Văn Hưng")
    head.says("Dự toán năm 2027").presses("60 phút").presses("Bỏ qua").presses("Bỏ qua")
    stage.pass_time(to=moment(24, 0, month=11))
    head.presses("Gửi")
    head.sees_last("Đã hết hạn đăng ký", "01/12 đến 15/12/2026", "288/UBND-VP", "16/12 đến 31/12/2026", "thứ Tư 09/12")
    (first, *_rest) = stage.database.transact(lambda session: owed(session, PeriodicKind.BOOKING, WINDOW))
    head.presses_token(f"booking.open:{first.turn.id}:0:")
    head.sees_last("Đã hết hạn đăng ký", "16/12 đến 31/12/2026")


def test_the_office_gets_a_draft_on_the_first_working_morning(stage: Stage) -> None:
    office = drafted(stage)
    office.sees_last("Lịch làm việc dự thảo 01/12 đến 15/12/2026", "Đ/c Nguyễn Văn Hưng")
    office.sees_last("07 giờ 30, thứ Tư 02/12, 60 phút: Sở Tài chính; Dự toán năm 2027")
    office.sees_last("07 giờ 30, thứ Ba 01/12, 60 phút: Phường Mẫu Trung")
    stage.phone(Cast.CHIEF_OF_OFFICE).says("/viec").sees_last("Gửi lịch làm việc dự thảo", "thứ Hai 30/11")


def test_the_office_moves_a_session_but_not_onto_another(stage: Stage) -> None:
    office = drafted(stage).presses("1").presses("Giờ khác").says("2/12").says("8h")
    office.sees_last("lãnh đạo đã có lịch")
    office.says("5/12 8h")
    office.sees_last("không phải ngày làm việc")
    office.says("2/12 9h")
    office.sees_last("Lịch làm việc dự thảo", "09 giờ 00, thứ Tư 02/12, 60 phút: Phường Mẫu Trung")


def test_what_is_left_out_is_told_with_the_reason(stage: Stage) -> None:
    drafted(stage).presses("1").presses("Bỏ khỏi lịch").says("Đã có trong chương trình phiên họp")
    stage.phone(Cast.COMMUNE_CHAIR).sees_last("chưa xếp được vào lịch", "Đã có trong chương trình phiên họp")


def test_the_chair_agrees_to_all_with_one_tap_and_the_heads_are_told(stage: Stage) -> None:
    chair = sent(stage)
    chair.sees_last("2 buổi làm việc chờ ý kiến đồng chí", "Sở Tài chính; Dự toán năm 2027", "Phường Mẫu Trung")
    chair.presses("Đồng ý tất cả")
    for code in (Cast.FINANCE_HEAD, Cast.COMMUNE_CHAIR):
        stage.phone(code).sees_last("Lãnh đạo đã đồng ý lịch làm việc", "288/UBND-VP")
    chair.says("/viec").sees_last("không có việc nào")
    stage.phone(Cast.FINANCE_HEAD).says("/dangky")
    stage.phone(Cast.FINANCE_HEAD).sees_last("Dự toán năm 2027: đã đồng ý, 07 giờ 30, thứ Tư 02/12")
    chair.says("/dangky").presses("Lịch làm việc của tôi").sees_last("07 giờ 30, thứ Ba 01/12", "(đã đồng ý)")
    for phone in (chair, stage.phone(Cast.FINANCE_HEAD)):
        phone.says("/lich").sees_last("thứ Tư 02/12: Sở Tài chính làm việc với đ/c Nguyễn Văn Hưng")


def test_the_chair_names_another_time_or_declines_with_a_reason(stage: Stage) -> None:
    chair = sent(stage).presses("2").presses("Giờ khác").says("3/12 14h")
    stage.phone(Cast.FINANCE_HEAD).sees_last("đã đồng ý lịch làm việc", "14 giờ 00, thứ Năm 03/12")
    chair.presses("1").presses("Không đồng ý").says("Đồng chí Phó Chủ tịch phụ trách giải quyết")
    stage.phone(Cast.COMMUNE_CHAIR).sees_last("không đồng ý lịch làm việc", "Phó Chủ tịch phụ trách giải quyết")
    chair.presses("Đồng ý tất cả")
    assert stage.phone(Cast.COMMUNE_CHAIR).count("Lãnh đạo đã đồng ý") == 0


def test_silence_is_no_consent(stage: Stage) -> None:
    sent(stage)
    stage.pass_time(to=moment(1, 7, 30))
    stage.phone(Cast.COMMUNE_CHAIR).sees("Đăng ký của đồng chí đã hết hạn, lãnh đạo chưa cho ý kiến")
    assert not stage.phone(Cast.FINANCE_HEAD).count("đã hết hạn")


def test_a_unit_withdraws_what_was_agreed_and_the_leader_is_told(stage: Stage) -> None:
    sent(stage).presses("Đồng ý tất cả")
    stage.phone(Cast.FINANCE_HEAD).says("/dangky").presses("Rút đăng ký 1").sees_last("Đã rút đăng ký")
    stage.phone(Cast.CHAIR).sees_last("Đơn vị rút đăng ký làm việc", "Dự toán năm 2027")


def test_nobody_but_the_leader_decides_and_nobody_but_the_office_sends(stage: Stage) -> None:
    sent(stage)
    other = stage.phone(Cast.HEALTH_HEAD)
    for token in (
        "booking.agree:1:0:",
        "booking.all:1:0:",
        "booking.edit:1:0:",
        "booking.send:1:0:",
        "booking.withdraw:1:0:",
    ):
        other.presses_token(token)
    stage.phone(Cast.CHAIR).says("/dangky").presses("Lịch làm việc của tôi").sees_last("2 buổi làm việc chờ")


def test_nothing_is_drafted_where_nobody_has_registered(stage: Stage) -> None:
    stage.pass_time(to=moment(25, 7, 30, month=11))
    assert not stage.phone(Cast.OFFICE).count("Lịch làm việc dự thảo")
    stage.phone(Cast.OFFICE).says("/dangky")
    assert not [label for label in stage.phone(Cast.OFFICE).last.buttons if "Lịch làm việc 01/12" in label]


def test_packs_without_the_clause_know_no_registration(stage: Stage) -> None:
    def leave(work: Work) -> None:
        body = the_body(work.session)
        assert body is not None
        body.pack_id = "gia-binh-2022"

    stage.act(leave)
    stage.phone(Cast.FINANCE_HEAD).says("/dangky").sees_last("không có đợt đăng ký nào")
    assert "Đăng ký làm việc với lãnh đạo" not in stage.phone(Cast.FINANCE_HEAD).says("/menu").last.buttons
