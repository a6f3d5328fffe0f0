"""What a citizen writes, as he writes it, finds place and topic; what no team may wait for or read goes elsewhere."""

import pytest
from sqlmodel import select

from models.hotline import Ticket
from rules.hotline import Category
from services.demo import Cast
from tests.handlers.hotline_stage import HotlineStage, still_asks


def tickets(stage: HotlineStage) -> list[Ticket]:
    return stage.database.transact(lambda session: list(session.exec(select(Ticket)).all()))


def test_a_known_procedure_in_a_known_place_is_answered_at_once(stage: HotlineStage) -> None:
    citizen = stage.citizen().says("cho e hoi lam giay khai sinh cho con o phuong Mau Trung")
    citizen.sees_last("Đăng ký khai sinh", "Nơi nộp", "0200 3000 101", "giải đáp được cho ông/bà chưa")
    citizen.presses("Đã giải đáp được").sees_last("Trân trọng cảm ơn", "0200 3000 101")
    assert tickets(stage) == []


def test_what_the_guide_does_not_answer_goes_to_the_team_with_its_topic(stage: HotlineStage) -> None:
    citizen = stage.citizen().says("cho e hoi lam giay khai sinh cho con o phuong Mau Trung")
    citizen.presses("Chưa được, hỏi đường dây nóng").sees_last("Đã nhận câu hỏi số 1", "0200 3000 101")
    stage.on_duty().sees_last("khai sinh", "Thủ tục: Đăng ký khai sinh")
    assert stage.ticket.category is Category.PROCEDURE


def test_a_name_of_before_the_merger_finds_the_commune_of_today(stage: HotlineStage) -> None:
    citizen = stage.citizen().says("Tôi ở xã Lạc Sương cũ, loa truyền thanh mở to quá")
    citizen.sees_last("Đã nhận câu hỏi số 1", "Đường dây nóng xã Mẫu Thượng", "0200 3000 103")


def test_a_place_that_two_communes_claim_is_asked_for(stage: HotlineStage) -> None:
    citizen = stage.citizen().says("Tôi ở xã Tân Diều, loa truyền thanh mở to quá")
    shown = citizen.sees_last("xã, phường nào")
    assert [label for label in shown.buttons if "Tân Diều" in label] and len(shown.buttons) == 3
    citizen.presses("Phường Mẫu Đông").sees_last("Đã nhận câu hỏi số 1", "0200 3000 102")


def test_a_typed_place_is_found_and_an_unknown_one_is_not_guessed(stage: HotlineStage) -> None:
    citizen = stage.citizen().says("Loa truyền thanh mở to quá")
    citizen.says("Xứ Bông Bênh").sees_last("Chưa tìm thấy", "kể cả tên cũ")
    citizen.says("ap con say").sees_last("Đã nhận câu hỏi số 1", "0200 3000 105")


@pytest.mark.parametrize(
    ("text", "number"),
    [("Cháy nhà ở xã Mẫu Hạ, cứu với", "114"), ("bố tôi đột quỵ rồi", "115"), ("có trộm đang cậy cửa nhà tôi", "113")],
)
def test_an_emergency_is_told_its_number_at_once(stage: HotlineStage, text: str, number: str) -> None:
    citizen = stage.citizen().says(text)
    assert f"gọi ngay {number}" in citizen.bubbles[0].text
    assert tickets(stage) == []


def test_another_body_is_named_and_the_hotline_still_helps(stage: HotlineStage) -> None:
    citizen = stage.citizen().says("Làm lại căn cước bị mất ở đâu, tôi ở xã Mẫu Hạ")
    citizen.sees_last("không thuộc thẩm quyền của xã, phường", "Công an", "0200 3000 104")
    citizen.presses("Chưa được, hỏi đường dây nóng").sees_last("Đã nhận câu hỏi số 1")


def test_a_complaint_goes_to_the_chair_alone(stage: HotlineStage) -> None:
    citizen = stage.citizen().says("Tôi tố cáo cán bộ xã Mẫu Hạ vòi tiền khi làm giấy khai sinh")
    citizen.sees_last("chỉ chuyển riêng đến Chủ tịch")
    citizen.presses("Gửi riêng Chủ tịch")
    citizen.sees_last("Đã nhận phản ánh số 1", "không qua tổ trực")
    chair = stage.phone(Cast.CHAIR)
    chair.sees_last("chỉ gửi riêng đồng chí Chủ tịch", "vòi tiền")
    key = stage.ticket.id
    for code in (Cast.CHIEF_OF_OFFICE, Cast.OFFICE, "MHA01", "MHA02", "MHA03"):
        phone = stage.phone(code)
        for route in ("open", "take", "over", "transfer"):
            phone.presses_token(f"ticket.{route}:{key}:0:")
        phone.says("/hotline")
        assert "vòi tiền" not in phone.transcript
    stage.later(400)
    assert all("vòi tiền" not in stage.phone(code).transcript for code in (Cast.CHIEF_OF_OFFICE, "MHA01"))
    chair.says("/hotline").presses("1").presses("Nhận xử lý").presses("Trả lời")
    chair.says("Đã giao thanh tra kiểm tra").presses("Bỏ qua").presses("Gửi")
    citizen.sees_last("Đã giao thanh tra kiểm tra")


def test_a_greeting_is_no_question(stage: HotlineStage) -> None:
    citizen = stage.citizen().says("Xin chào ạ".removesuffix(" ạ"))
    citizen.sees_last("cần hỏi việc gì, ở địa bàn nào")
    assert not citizen.last.buttons


def test_the_place_asked_for_last_time_is_offered_first(stage: HotlineStage) -> None:
    citizen = stage.asked(place="Xã Bến Mẫu")
    stage.on_duty("BMA").presses("Nhận xử lý")
    citizen.says("Hỏi thêm lịch nghỉ lễ").presses("Câu hỏi mới")
    assert next(iter(citizen.last.buttons)) == "Xã Bến Mẫu"


LAMPS = "Đèn đường ở tổ 5 phường Mẫu Trung hỏng"


@pytest.mark.parametrize("text", ["nhà tôi đang cháy, cứu với", "tổ 5 có cháy lớn"])
def test_help_is_not_kept_waiting_by_a_form(stage: HotlineStage, text: str) -> None:
    citizen = stage.citizen().says(LAMPS)
    citizen.sees_last("Đã giải đáp được")
    citizen.says(text).sees_last("gọi ngay 114")
    stage.citizen("dan-2").says("Cho hỏi giờ tiếp dân").says(text).sees_last("gọi ngay 114")


def test_who_adds_to_a_question_that_it_burns_is_told_whom_to_call_first(stage: HotlineStage) -> None:
    citizen = stage.asked()
    citizen.says(f"tra cứu {stage.ticket.code}").presses("Bổ sung")
    seen = len(citizen.bubbles)
    citizen.says("nhà tôi đang cháy, cứu với").sees_last("Đã bổ sung vào câu hỏi số 1")
    assert "gọi ngay 114" in citizen.bubbles[seen].text


@pytest.mark.parametrize("words", ["chưa được", "Chưa được, hỏi đường dây nóng", "hoi duong day nong"])
def test_that_a_guide_has_not_helped_may_be_typed_in_part(stage: HotlineStage, words: str) -> None:
    stage.citizen().says(LAMPS).says(words).sees_last("Đã nhận câu hỏi số 1")
    assert stage.ticket.question == LAMPS


def test_words_after_a_guide_go_to_the_team_with_the_question(stage: HotlineStage) -> None:
    citizen = stage.citizen().says(LAMPS).says("Tôi báo hai lần rồi mà chưa ai đến")
    citizen.sees_last("Đã nhận câu hỏi số 1", "phường Mẫu Trung")
    assert stage.ticket.question == f"{LAMPS}\nTôi báo hai lần rồi mà chưa ai đến"
    stage.on_duty().sees_last("Đèn đường", "hai lần rồi")
    citizen.says("/hotline").sees_last("Câu hỏi số 1")


def test_another_question_after_a_guide_takes_its_place_and_thanks_end_it(stage: HotlineStage) -> None:
    citizen = stage.citizen().says(LAMPS).says("Làm giấy khai sinh ở xã Mẫu Hạ thế nào")
    citizen.sees_last("Đăng ký khai sinh", "xã Mẫu Hạ")
    citizen.says("cảm ơn").sees_last("Trân trọng cảm ơn")
    citizen.says("tra cứu ABC234").sees_last("Không có câu hỏi nào mang mã")


def test_a_code_is_looked_up_in_the_middle_of_a_form(stage: HotlineStage) -> None:
    citizen = stage.asked()
    code = stage.ticket.code
    citizen.says(LAMPS).presses("Câu hỏi mới").says(f"tra cứu {code}").sees_last("Câu hỏi số 1", "Trạng thái")
    citizen.presses("Đã giải đáp được").sees_last("Trân trọng cảm ơn")


def test_after_too_many_in_an_hour_the_form_ends_with_the_words_and_the_time(stage: HotlineStage) -> None:
    citizen = stage.asked("Câu hỏi số không về giờ tiếp dân")
    for number in range(5):
        stage.later(1)
        still_asks(citizen.says(f"Câu hỏi thứ {number} về giờ tiếp dân").presses("Câu hỏi mới").presses("Mẫu Trung"))
    citizen.attaches("anh.jpg", b"picture", "Loa mở to quá").presses("Câu hỏi mới").presses("Mẫu Trung")
    citizen.sees_last("chưa được gửi", "từ 09 giờ 01", "0200 3000 101", "Loa mở to quá", "Tệp gửi kèm cũng cần gửi lại")
    assert not citizen.last.buttons
    # Nothing stands open that would take other words.
    citizen.says("nhà tôi đang cháy, cứu với").sees_last("gọi ngay 114")
    citizen.says(f"tra cứu {stage.ticket.code}").sees_last("Câu hỏi số 6")
    stage.later(56)
    still_asks(citizen.says("Loa mở to quá").presses("Câu hỏi mới").presses("Mẫu Trung"))
    citizen.sees_last("Đã nhận câu hỏi số 7")
