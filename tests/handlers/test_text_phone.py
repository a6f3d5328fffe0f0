"""Living on a phone that shows text alone, as on Zalo: papers, pictures, files, and what cannot be used."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import select

from bot.prompts import LIFETIME, PASSING
from bot.unanswered import HELP_AGAIN
from bot.work import Work
from models.meetings import meeting_by_code
from models.people import Switch, person_by_code
from models.prompts import Prompt
from rules.choices import RECENT
from services import meetings, upkeep
from services.demo import Cast
from tests.conversation import PUBLIC_URL, Phone, Stage
from tests.handlers.text_phones import ask_for_absence, code_of


@pytest.fixture
def head(text_stage: Stage) -> Phone:
    return text_stage.phone(Cast.FINANCE_HEAD)


def _hand_out(work: Work, code: str, *names: str) -> None:
    meeting = meeting_by_code(work.session, code)
    assert meeting is not None
    details = meetings.details_of(work, meeting)
    papers = [work.attach(name, name.encode()).file_id for name in names]
    meetings.change(work, meeting, replace(details, paper_ids=[*details.paper_ids, *papers]))


def test_a_picture_among_the_papers_is_shown_and_every_paper_has_its_address(text_stage: Stage, head: Phone) -> None:
    seen = len(head.bubbles)
    text_stage.act(_hand_out, "CD-01", "sơ đồ chỗ ngồi.png", "tờ trình.pdf")
    picture, text = head.bubbles[seen:]
    assert (picture.text, text_stage.opens(picture.picture).content) == ("", "sơ đồ chỗ ngồi.png".encode())
    found = [line.rpartition(": ") for line in text.text.split("\n") if PUBLIC_URL in line]
    assert [name for name, _colon, _url in found] == ["sơ đồ chỗ ngồi.png", "tờ trình.pdf"]
    assert [text_stage.opens(url).content for _name, _colon, url in found] == [
        "sơ đồ chỗ ngồi.png".encode(),
        "tờ trình.pdf".encode(),
    ]


def test_a_file_sent_into_the_chat_is_answered_with_the_address_to_hand_it_in(head: Phone) -> None:
    head.presses("Xin vắng", on=head.sees("giải ngân")).presses("Vắng, không cử").presses("Công tác")
    head.attaches_in_chat("giấy mời.pdf")
    head.sees_last("Kênh này chỉ nhận chữ và ảnh", f"{PUBLIC_URL}/u/", "Bỏ qua")
    head.attaches("giấy mời.pdf").sees_last("giấy mời.pdf", "trước khi gửi")


def test_a_picture_sent_into_the_chat_answers_the_form(head: Phone) -> None:
    head.presses("Xin vắng", on=head.sees("giải ngân")).presses("Vắng, không cử").presses("Ốm")
    head.attaches("giấy khám.jpg").sees_last("giấy khám.jpg", "trước khi gửi")


def test_without_a_form_it_is_said_once_in_a_while_what_arrives_here(text_stage: Stage, head: Phone) -> None:
    seen = len(head.bubbles)
    for _ in range(3):
        head.attaches_in_chat("báo cáo.docx")
    assert [bubble.text for bubble in head.bubbles[seen:]] == [
        "Kênh này chỉ nhận chữ và ảnh, không nhận tệp.\n"
        "Khi cần văn bản, hệ thống gửi địa chỉ để nộp; nếu không, đề nghị liên hệ Văn phòng."
    ]


# Answers


@pytest.fixture
def chair(text_stage: Stage) -> Phone:
    return ask_for_absence(text_stage)


@pytest.mark.parametrize("words", ["ok", "vâng", "dạ", "vang", "chưa đồng ý", "để tôi xem"])
def test_words_that_decide_nothing_are_answered_with_what_waits(chair: Phone, words: str) -> None:
    code = code_of(chair, "Xin ý kiến")
    chair.says(words).sees_last("Chưa ghi nhận gì.", f"{code}: Xin ý kiến", "Vũ Đình Khải", "kèm mã")
    assert chair.count("Đã đồng ý") == 0


@pytest.mark.parametrize("words", ["1", "số 1", "１)", "Đồng ý ạ", "nhat tri", "1 {code} – Đồng ý", "{code} dong y"])
def test_a_consent_however_typed_is_repeated_back_and_then_counts(chair: Phone, words: str) -> None:
    code = code_of(chair, "Xin ý kiến")
    chair.says(words.format(code=code)).sees_last("Đã chọn: Đồng ý", "Vũ Đình Khải", f"CO {code}")
    chair.says("có").sees_last(f"Gõ CO {code}")
    chair.says(f"có {code}").sees_last("Đã đồng ý lúc")


def test_where_the_committee_wants_no_repeating_a_decision_counts_at_once(text_stage: Stage, chair: Phone) -> None:
    now = text_stage.clock.now().date()
    text_stage.act(lambda work: work.session.add(Switch(name="answers.repeat_decisions", value="false", from_on=now)))
    chair.says(f"1 {code_of(chair, 'Xin ý kiến')}").sees_last("Đã đồng ý lúc")


def test_a_slip_in_a_code_is_said_and_does_nothing(chair: Phone) -> None:
    code = code_of(chair, "Xin ý kiến")
    for slip in (f"{code[:3]}0", f"{code[1]}{code[0]}{code[2:]}", f"{code[:2]}0O"):
        if slip[0].isalpha():
            chair.says(f"1 {slip}").sees_last(f"Không có mã {slip}", f"{code}: Xin ý kiến")
    assert chair.count("Đồng chí chọn") == 0


def test_a_form_that_was_sent_is_not_what_a_bare_number_means(text_stage: Stage, chair: Phone) -> None:
    head = text_stage.phone(Cast.FINANCE_HEAD)
    head.says("1").sees_last("Đã chọn: Rút đề nghị")


def test_a_newer_list_takes_the_place_of_the_older_one(text_stage: Stage, chair: Phone) -> None:
    text_stage.pass_time(by=RECENT + timedelta(minutes=1))
    first = chair.says("menu").last
    chair.says("menu").says("1").sees_last("Lịch họp của đồng chí")
    chair.says(first.buttons["Lịch họp của tôi"]).sees_last("Lịch họp của đồng chí")


def test_a_command_is_a_command_also_where_many_choices_have_its_words(head: Phone) -> None:
    head.says("xin vang").sees_last("không dự được (hoặc không dự đủ) cuộc họp nào", "Xong (0)")


def test_what_fits_nothing_is_answered_once_in_a_while(text_stage: Stage) -> None:
    staff = text_stage.phone(Cast.FINANCE_STAFF)
    for _ in range(3):
        staff.says("nghe không?")
    assert staff.count("Hệ thống chưa hiểu") == 1
    text_stage.pass_time(by=HELP_AGAIN)
    staff.says("nghe không?")
    assert staff.count("Hệ thống chưa hiểu") == 2


def test_a_citizen_is_not_told_of_codes(text_stage: Stage) -> None:
    text_stage.stranger("dan1").says("Nhà tôi ở khu A2B3").sees_last("hệ thống tự động")


def test_what_has_expired_frees_itscode_of(text_stage: Stage, head: Phone) -> None:
    def count(work: Work) -> int:
        return len(work.session.exec(select(Prompt)).all())

    head.says("menu")
    before = text_stage.act(count)
    text_stage.clock.move_to(text_stage.clock.now() + PASSING + timedelta(minutes=1))
    text_stage.act(upkeep.forget_links)
    assert text_stage.act(count) == before - 1


def test_lines_that_are_numbered_above_are_offered_as_one(text_stage: Stage) -> None:
    clerk = text_stage.phone(Cast.OFFICE).says("họp")
    code = clerk.last.buttons["1"].rpartition(" ")[2]
    clerk.sees_last(f"1–5 {code} – dòng có số đó", f"6 {code} – Trang sau", f"7 {code} – Tạo cuộc họp")
    clerk.says(f"2 {code}").sees_last("giải ngân", "Nhập trả lời qua điện thoại")


def test_the_lines_of_the_next_page_keep_their_numbers(text_stage: Stage, head: Phone) -> None:
    assert "6. " not in head.says("việc").sees_last("Việc của đồng chí", "\n5. ").text
    head.says("trang sau").sees_last("\n6. ", "Trang trước")
    head.says("lịch").says("trang sau").sees_last("\n6. ", "Trang trước")
    head.says("7").sees_last("Mời họp")
    clerk = text_stage.phone(Cast.OFFICE).says("họp").says("trang sau")
    clerk.sees_last("\n10. ", "Trang trước")
    clerk.says("trang trước").sees_last("\n1. ")


def test_a_refusal_with_its_reason_on_one_line_is_repeated_back(chair: Phone) -> None:
    code = code_of(chair, "Xin ý kiến")
    chair.says(f"từ chối {code}, họp quan trọng").sees_last("Đã chọn: Không đồng ý", "họp quan trọng")
    chair.says(f"có {code}").sees_last("Không đồng ý, lúc", "Lý do: họp quan trọng")


def test_a_number_that_may_be_an_answer_does_not_end_the_form(text_stage: Stage) -> None:
    clerk = text_stage.phone(Cast.OFFICE).says("họp").presses("Tạo cuộc họp").says("Họp về quyết toán")
    clerk.presses("Họp chuyên đề").sees_last("bắt đầu lúc nào")
    clerk.says("1").sees_last("Đã chọn: Hủy", "bắt đầu lúc nào")
    clerk.says("14h30 thứ Năm tuần sau").sees_last("kéo dài bao lâu")


# Several at once


def test_meetings_of_a_trip_are_named_at_once(head: Phone) -> None:
    head.says("xin vang").sees_last("Trả lời bằng số (không cần mã)", "gõ 1,3 hoặc 1-3; đủ rồi thì gõ xong")
    head.says("2, 4").sees_last("Đã chọn: Họp về tiến độ giải ngân", "; Họp thẩm định dự toán", "Xong (2)")
    head.says("1-3").sees_last("Xong (4)")
    head.says("1").sees_last("Xong (3)")
    head.says("1,9").sees_last("không có lựa chọn này", "Xong (3)")
    head.says("xong").sees_last("đề nghị việc gì?")


def test_where_one_is_chosen_several_numbers_are_refused(head: Phone) -> None:
    head.presses("Xin vắng", on=head.sees("giải ngân"))
    code = code_of(head, "đề nghị việc gì")
    head.says(f"1,2 {code}").sees_last(f"Mã {code} không có lựa chọn này. Chưa ghi nhận gì.", "Cử người dự thay")


def test_the_roll_is_called_by_a_list_of_numbers(text_stage: Stage) -> None:
    text_stage.pass_time(to=datetime(2026, 11, 23, 6, 50, tzinfo=UTC))
    clerk = text_stage.phone(Cast.OFFICE)
    # The words are those of the button below the head count that has just come.
    clerk.says("điểm danh").sees_last("Có mặt 0/7", "Chọn nhiều mục cùng lúc: gõ 1,3 hoặc 1-3.")
    seen = len(clerk.bubbles)
    clerk.says("1-3, 5").sees_last("Có mặt 4/7")
    assert len(clerk.bubbles) == seen + 1
    clerk.says("vắng").says("4").sees_last("Có mặt 4/7")
    clerk.says("tất cả còn lại có mặt").sees_last("Có mặt 6/7")


# What is meant


def test_what_waits_is_listed_with_the_nearest_day_first(text_stage: Stage, head: Phone) -> None:
    text_stage.pass_time(by=RECENT + timedelta(minutes=1))
    listed = head.says("1").sees_last("Chưa rõ trả lời cho việc nào", "việc khác: gõ lich, viec hoặc duyet")
    cases = [line for line in listed.text.split("\n") if ": Mời họp" in line]
    assert ["23/11" in line for line in cases] == [True, True, False, False]
    assert "25/11" in cases[2]


def test_a_meeting_that_has_begun_waits_for_no_answer(text_stage: Stage, head: Phone) -> None:
    text_stage.pass_time(to=datetime(2026, 11, 23, 7, 30, tzinfo=UTC))
    assert "giải ngân" not in head.says("nghe không?").sees_last("Chưa ghi nhận gì.").text


def test_what_was_asked_for_last_is_what_a_bare_number_means(text_stage: Stage, head: Phone) -> None:
    head.says("lịch").says("2").sees_last("Mời họp: Họp về tiến độ giải ngân")
    head.says("1").sees_last("Sẽ dự: Họp về tiến độ giải ngân")


def test_words_mean_the_only_case_that_offers_them(text_stage: Stage, chair: Phone) -> None:
    chair.says("menu").says("đồng ý").sees_last("Đã chọn: Đồng ý", "Vũ Đình Khải")


@pytest.mark.parametrize("words", ["vâng", "dạ", "ok em", "đồng ý ạ"])
def test_a_yes_of_other_words_is_asked_for_again(chair: Phone, words: str) -> None:
    code = code_of(chair, "Xin ý kiến")
    chair.says("1").says(words).sees_last(f"Gõ CO {code} để xác nhận")
    assert chair.count("Đã đồng ý") == 0


def test_an_answer_counts_with_the_rights_of_its_moment(text_stage: Stage, chair: Phone) -> None:
    answer = f"1 {code_of(chair, 'Xin ý kiến')}"

    def preside(work: Work, code: str) -> None:
        meeting = meeting_by_code(work.session, "CD-01")
        other = person_by_code(work.session, code)
        assert meeting is not None and other is not None
        meetings.change(work, meeting, replace(meetings.details_of(work, meeting), chair_id=other.key))

    text_stage.act(preside, Cast.VICE_CHAIR)
    code = answer.rpartition(" ")[2]
    chair.says(answer).says(f"co {code}")
    assert chair.count("Đã đồng ý") == 0
    text_stage.phone(Cast.VICE_CHAIR).presses(
        "Đồng ý", on=text_stage.phone(Cast.VICE_CHAIR).sees("Xin ý kiến", "giải ngân")
    )
    assert text_stage.phone(Cast.VICE_CHAIR).count("Đã đồng ý lúc") == 1


def test_a_code_is_known_in_its_own_chat_only(text_stage: Stage, chair: Phone) -> None:
    code = code_of(chair, "Xin ý kiến")
    text_stage.phone(Cast.VICE_CHAIR).says(f"1 {code}").sees_last(f"Không có mã {code}")


def test_a_code_that_has_expired_is_no_code_any_more(text_stage: Stage, chair: Phone) -> None:
    code = code_of(chair, "Xin ý kiến")
    text_stage.clock.move_to(text_stage.clock.now() + LIFETIME + timedelta(minutes=1))
    chair.says(f"1 {code}").sees_last(f"Không có mã {code}")


def test_the_code_of_the_door_is_taken_whatever_waits_and_whatever_form_is_open(text_stage: Stage, head: Phone) -> None:
    text_stage.pass_time(to=datetime(2026, 11, 23, 6, 50, tzinfo=UTC))
    clerk = text_stage.phone(Cast.OFFICE).says("họp").presses("giải ngân").presses("Mã QR điểm danh")
    code = clerk.sees_last("Nhắn mã này").text.split("Mã: ")[1].split("\n")[0]
    head.presses("Xin vắng", on=head.sees("chợ Mẫu Trung")).says(code.lower()).sees_last("điểm danh", "giải ngân")


def test_a_file_is_answered_also_right_after_words_that_were_not_understood(head: Phone) -> None:
    head.says("nghe không?").attaches_in_chat("báo cáo.docx")
    head.sees_last("Kênh này chỉ nhận chữ và ảnh")


def test_who_has_accepted_to_sit_in_is_told_so(text_stage: Stage, head: Phone) -> None:
    head.presses("Xin vắng", on=head.sees("giải ngân")).presses("Cử người").presses("Công tác").presses("Bỏ qua")
    head.presses("Ngô Thị Thu").presses("Gửi")
    deputy = text_stage.phone(Cast.FINANCE_DEPUTY)
    deputy.presses("Nhận dự thay").sees_last("Đồng chí đã nhận dự thay.", "Không dự được")
