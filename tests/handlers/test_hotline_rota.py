"""The rota of a hotline's team: read, changed among colleagues, assigned by the leader, told on the morning."""

from collections.abc import Iterator
from datetime import date, time
from pathlib import Path

import pytest

from bot.files import FileStore
from bot.work import Work
from rules.workdays import at
from services import delegations, hotline_swaps
from services.delegations import NewDelegation
from services.demo import Cast
from tests.conversation import Phone
from tests.databases import SqliteFiles, opened
from tests.handlers.hotline_stage import HotlineStage
from tests.handlers.task_stage import morning

MONDAY = date(2026, 11, 23)
CHANGED = "Thay đổi lịch trực"


@pytest.fixture
def stage(sqlite_files: SqliteFiles, tmp_path: Path, files: FileStore) -> Iterator[HotlineStage]:
    with sqlite_files.fresh() as url, opened(url) as database:
        yield HotlineStage(database, files)


def rota(phone: Phone) -> Phone:
    return phone.says("/hotline").presses("Lịch trực")


def asks(stage: HotlineStage, shift: str = "chiều thứ Sáu 20/11") -> tuple[Phone, Phone]:
    """Whoever has the day asks the next one to take a half of it."""
    mine, other = stage.on_duty(), stage.on_duty(nth=1)
    rota(mine).presses("Nhờ trực thay").presses(shift).presses(other.person.full_name).presses("Gửi")
    return mine, other


def test_the_rota_shows_two_weeks_a_day_a_line_with_mine_marked(stage: HotlineStage) -> None:
    mine = stage.on_duty()
    text = rota(mine).sees_last("Lịch trực: Phường Mẫu Trung", "Nhờ trực thay").text
    assert f"thứ Sáu 20/11: đ/c {mine.person.full_name} (ca của đồng chí)" in text
    assert "thứ Hai 23/11" in text
    assert "24/11" not in text
    assert "Chủ nhật" not in text
    assert "Phân công" not in list(mine.last.buttons)
    assert len(text.splitlines()) == 6


def test_a_colleague_takes_the_shift_and_it_counts_at_once(stage: HotlineStage) -> None:
    mine, other = asks(stage)
    third, leader = stage.on_duty(nth=2), stage.leader()
    mine.sees_last("Đề nghị trực thay của đồng chí", "chiều thứ Sáu 20/11", "Rút đề nghị")
    other.sees_last("được nhờ trực thay", "Phường Mẫu Trung, chiều thứ Sáu 20/11", "Nhận trực thay", "Không trực được")
    rota(mine).sees_last(f"đã nhờ đ/c {other.person.full_name}", "Rút đề nghị: chiều thứ Sáu 20/11")
    other.presses("Nhận trực thay").sees_last("Đã nhận")
    assert not other.last.buttons
    for phone in (mine, third, leader):
        phone.sees(CHANGED, f"Người trực: đ/c {other.person.full_name}", f"Thay cho: đ/c {mine.person.full_name}")
    rota(mine).sees_last(f"sáng đ/c {mine.person.full_name} (ca của đồng chí); chiều đ/c {other.person.full_name}")
    assert stage.on_duty().address == mine.address
    stage.clock.move_to(at(date(2026, 11, 20), time(13, 30)))
    assert stage.on_duty().address == other.address
    stage.asked()
    other.sees_last("Câu hỏi số 1", "Nhận xử lý")


def test_a_refusal_comes_with_its_reason_and_the_shift_stays(stage: HotlineStage) -> None:
    mine, other = asks(stage)
    other.presses("Không trực được").says("Đi công tác")
    mine.sees_last("không trực được", "Lý do: Đi công tác", "vẫn do đồng chí trực")
    assert not mine.count(CHANGED)
    other.presses_token("rota.accept:1:0:").sees_last("không còn thực hiện được")
    asks(stage)
    other.sees_last("Nhận trực thay")


def test_a_wish_is_withdrawn_and_a_shift_is_asked_for_once(stage: HotlineStage) -> None:
    mine, other = asks(stage)
    rota(mine).presses("Nhờ trực thay").sees_last("chiều thứ Sáu 20/11", "đã nhờ, đang chờ trả lời")
    assert "chiều thứ Sáu 20/11" not in mine.last.buttons
    mine.presses("Rút đề nghị").sees("Đề nghị trực thay của đồng chí", "đã rút")
    other.sees_last("đã rút")
    assert not other.last.buttons
    other.presses_token("rota.accept:1:0:").sees_last("không còn thực hiện được")


def test_what_nobody_answers_lapses_when_the_shift_begins(stage: HotlineStage) -> None:
    mine, other = asks(stage)
    stage.pass_time(to=at(date(2026, 11, 20), time(13, 29)))
    other.sees_last("Nhận trực thay")
    stage.pass_time(to=at(date(2026, 11, 20), time(13, 30)))
    mine.sees_last("hết hiệu lực", "vẫn do đồng chí trực")
    other.sees_last("hết hiệu lực")
    assert stage.on_duty().address == mine.address


def test_the_leader_assigns_a_shift_and_both_are_told(stage: HotlineStage) -> None:
    mine, other = asks(stage)
    leader, third = stage.leader(), stage.on_duty(nth=2)
    rota(leader).presses("Phân công").presses("chiều thứ Sáu 20/11").presses(third.person.full_name).presses("Gửi")
    leader.sees_last("Đã giao", f"Người trực: đ/c {third.person.full_name}")
    mine.sees(CHANGED, f"Người trực: đ/c {third.person.full_name}")
    third.sees_last(CHANGED, f"Thay cho: đ/c {mine.person.full_name}")
    other.sees_last("hết hiệu lực")
    assert not other.count(CHANGED)
    rota(leader).presses("Phân công").presses("sáng thứ Hai 23/11").presses(leader.person.full_name).presses("Gửi")
    stage.clock.move_to(morning(MONDAY))
    assert stage.on_duty().address == leader.address


def test_who_sits_in_a_meeting_during_a_shift_is_shown_as_such(stage: HotlineStage) -> None:
    mine, other = stage.on_duty(), stage.on_duty(nth=1)
    stage.meeting(at(MONDAY, time(14)), other.address)
    shown = f"thứ Hai 23/11: sáng đ/c {other.person.full_name}; chiều đ/c {other.person.full_name} (bận họp 14 giờ 00)"
    rota(mine).sees_last(shown)
    rota(stage.leader()).presses("Phân công").presses("sáng thứ Hai 23/11").presses("Hủy")
    stage.clock.move_to(at(MONDAY, time(14, 30)))
    assert stage.on_duty().address != other.address


def test_whoever_has_the_day_hears_it_once_in_the_morning(stage: HotlineStage) -> None:
    stage.clock.move_to(at(date(2026, 11, 20), time(17, 30)))
    stage.asked()
    stage.clock.move_to(morning(MONDAY))
    first = stage.on_duty()
    assert stage.act(hotline_swaps.tell_shifts) == len(("MTR", "MDO", "MTH", "MHA", "BMA", "DMA"))
    first.sees_last("Hôm nay đồng chí trực đường dây nóng: cả ngày", "Phường Mẫu Trung: 1 câu hỏi đang mở")
    assert stage.act(hotline_swaps.tell_shifts) == 0
    stage.pass_time(to=at(date(2026, 11, 24), time(8)))
    assert sum(stage.on_duty(nth=nth).count("Hôm nay đồng chí trực") for nth in range(3)) == 1


def test_strangers_to_the_team_neither_read_nor_change_its_rota(stage: HotlineStage) -> None:
    mine, _other = asks(stage)
    unit = stage.unit_id()
    for phone in (stage.phone("MDO02"), stage.citizen()):
        for token in (f"show:{unit}", f"ask:{unit}", f"assign:{unit}", "accept:1", "decline:1", "withdraw:1"):
            phone.presses_token(f"rota.{token}:0:")
            assert mine.person.full_name not in phone.last.text
    mine.presses_token(f"rota.assign:{unit}:0:").sees_last("Không có quyền xem")
    mine.presses_token("rota.accept:1:0:").sees_last("Không có quyền xem")


def on_leave(phone: Phone, *who: str, days: str = "7 ngày") -> Phone:
    """Says so from the rota: from tomorrow on; the leader says who."""
    rota(phone).presses("Báo nghỉ trực")
    for name in who:
        phone.presses(name)
    return phone.presses("Ngày mai").presses(days).presses("Gửi")


def test_who_is_away_is_off_the_rota_and_the_next_has_his_shifts(stage: HotlineStage) -> None:
    first, second, third = (stage.on_duty(nth=number) for number in range(3))
    leader = stage.leader()
    on_leave(second).sees_last("tổ trưởng đã được thông báo", "21/11 đến 27/11")
    leader.sees_last("Nghỉ trực đường dây nóng", f"Đ/c {second.person.full_name}", "21/11 đến 27/11")
    text = rota(first).sees_last(f"Nghỉ trực: đ/c {second.person.full_name}, 21/11 đến 27/11").text
    assert f"thứ Hai 23/11: đ/c {third.person.full_name}" in text
    assert f"thứ Tư 25/11: đ/c {third.person.full_name}" in text
    stage.pass_time(to=morning(MONDAY))
    third.sees_last("Hôm nay đồng chí trực đường dây nóng")
    assert not second.count("đồng chí trực đường dây nóng")
    stage.asked()
    third.sees_last("Câu hỏi số 1")
    third.presses("Nhận xử lý").presses("Chuyển").says(second.person.full_name).sees_last("hôm nay nghỉ trực")
    rota(third).presses("Nhờ trực thay").presses("chiều thứ Hai 23/11").sees_last("nghỉ trực ngày đó")


def test_what_comes_back_to_who_is_away_goes_to_the_next_and_past_a_leader_who_is(stage: HotlineStage) -> None:
    citizen, owner, leader = stage.asked(), stage.on_duty(), stage.leader()
    owner.presses("Nhận xử lý").presses("Trả lời").says("Có").presses("Bỏ qua").presses("Gửi").presses("Hoàn thành")
    on_leave(owner)
    on_leave(leader, leader.person.full_name)
    stage.pass_time(to=morning(MONDAY))
    citizen.presses("Mở lại").says("Ở phòng nào?")
    stage.on_duty().sees_last("Người hỏi mở lại", "Nhận xử lý")
    assert stage.on_duty().address != owner.address
    stage.later(31)
    stage.later(31)
    stage.phone(Cast.CHIEF_OF_OFFICE).sees_last("Chưa có người nhận câu hỏi số 1")
    assert not leader.count("Chưa có người nhận")


def test_the_leader_says_it_for_another_and_it_is_taken_back(stage: HotlineStage) -> None:
    mine, leader = stage.on_duty(nth=1), stage.leader()
    on_leave(leader, mine.person.full_name, days="Một ngày").sees_last("21/11")
    mine.sees_last("Nghỉ trực đường dây nóng", "21/11", "người kế tiếp")
    on_leave(mine).sees_last("đã báo nghỉ từ 21/11 đến 21/11")
    mine.presses("Hủy")
    rota(mine).presses("Bỏ báo nghỉ").sees_last("trở lại trong lịch trực")
    leader.sees_last("Trực lại đường dây nóng")
    assert "Nghỉ trực:" not in rota(mine).last.text


def test_whoever_owns_questions_is_told_so_before_he_leaves(stage: HotlineStage) -> None:
    stage.asked()
    owner = stage.on_duty().presses("Nhận xử lý")
    rota(owner).presses("Báo nghỉ trực").presses("Hôm nay").presses("Một ngày")
    owner.sees_last("1 câu hỏi chờ xử lý; đề nghị chuyển")
    owner.presses("Gửi")
    assert stage.on_duty().address != owner.address


def test_nobody_else_says_who_is_away(stage: HotlineStage) -> None:
    mine = on_leave(stage.on_duty())
    for phone in (stage.on_duty(nth=1), stage.phone("MDO01"), stage.phone(Cast.CHIEF_OF_OFFICE)):
        phone.presses_token("leave.end:1:0:").sees_last("Không có quyền xem")
    stage.phone("MDO01").presses_token(f"leave.new:{stage.unit_id()}:0:").sees_last("Không có quyền xem")
    assert "21/11 đến 27/11" in rota(mine).last.text


def test_whoever_has_given_his_decisions_to_another_is_off_too(stage: HotlineStage) -> None:
    mine, other = stage.on_duty(), stage.on_duty(nth=1)

    def delegate(work: Work) -> None:
        new = NewDelegation(from_person=mine.person, to_person=other.person, from_on=work.today, to_on=work.today)
        delegations.delegate(work, new)

    stage.act(delegate)
    assert stage.on_duty().address == other.address
    stage.asked()
    other.sees_last("Câu hỏi số 1")
    assert not mine.count("Câu hỏi số 1")
