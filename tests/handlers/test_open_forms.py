"""A form that stands open in a chat of text: what is typed then is a command, an answer, or forgotten."""

from datetime import timedelta

import pytest

from bot.conversation import FORGOTTEN
from services.demo import Cast
from tests.conversation import Phone, Stage
from tests.handlers.text_phones import ask_for_absence, code_of


@pytest.fixture
def chair(text_stage: Stage) -> Phone:
    return ask_for_absence(text_stage)


def test_a_command_typed_where_a_form_asks_for_something_else_is_followed(text_stage: Stage, chair: Phone) -> None:
    chair.says("giao việc").says("Rà soát hồ sơ chợ").says("Khải").says("1").sees_last("chậm nhất ngày nào")
    chair.says("duyệt").sees_last("Xin ý kiến đồng chí")
    chair.says("31/12").sees_last("Kết quả phải có")


def test_a_word_of_a_command_is_an_answer_where_it_is_shown_before_it_counts(text_stage: Stage) -> None:
    chair = text_stage.phone(Cast.CHAIR).says("giao việc")
    chair.says("báo cáo").sees_last("Giao cho ai thực hiện")


def test_a_command_or_a_code_is_no_reason_of_a_refusal(text_stage: Stage, chair: Phone) -> None:
    answer = f"2 {code_of(chair, 'Xin ý kiến')}"
    chair.says(answer).sees_last("lý do không đồng ý")
    chair.says("việc").sees_last("Việc của đồng chí")
    chair.says("1").sees_last("Cho ý kiến về đề nghị", "Mở")
    chair.says(answer.removeprefix("2 ")).sees_last("không có lựa chọn này")
    assert chair.count("Không đồng ý, lúc") == 0
    chair.says("họp quan trọng").sees_last("Không đồng ý, lúc", "Lý do: họp quan trọng")


def test_what_is_typed_hours_after_a_refusal_was_begun_is_asked_for_again(text_stage: Stage, chair: Phone) -> None:
    chair.says(f"2 {code_of(chair, 'Xin ý kiến')}")
    text_stage.pass_time(by=FORGOTTEN + timedelta(minutes=1))
    chair.says("để tôi xem đã").sees_last("đã mở từ", "trả lời lại", "lý do không đồng ý")
    assert chair.count("Không đồng ý, lúc") == 0
    chair.says("họp quan trọng").sees_last("Không đồng ý, lúc")


def test_an_option_is_named_by_a_part_of_its_words(text_stage: Stage) -> None:
    clerk = text_stage.phone(Cast.OFFICE).says("họp").presses("Tạo cuộc họp").says("Quyết toán năm")
    clerk.says("chuyên đề").sees_last("bắt đầu lúc nào")
