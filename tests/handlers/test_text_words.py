"""Words where none were asked for: those of a button that is not there, of having no paper, beside what a card asks."""

from datetime import timedelta

from bot.work import Work
from models.meetings import meeting_by_code
from services import meetings
from services.demo import Cast
from tests.conversation import Stage
from tests.handlers.text_phones import ask_for_absence, code_of


def test_the_word_of_a_button_that_is_not_there_is_no_answer(text_stage: Stage) -> None:
    clerk = text_stage.phone(Cast.OFFICE).says("họp").presses("Tạo cuộc họp")
    clerk.says("gửi").sees_last("“gửi” không phải là câu trả lời", "Tên cuộc họp là gì?")
    clerk.says("Bỏ qua").sees_last("“Bỏ qua” không phải là câu trả lời", "Tên cuộc họp là gì?")


def test_that_no_paper_comes_may_be_said_in_words(text_stage: Stage) -> None:
    clerk = text_stage.phone(Cast.OFFICE).says("họp").presses("Tạo cuộc họp").says("Họp về quyết toán")
    clerk.presses("Họp chuyên đề").says("14h30 thứ Năm tuần sau").presses("2 giờ").says("Phòng 1")
    clerk.says("nguyen van hung").presses("Nguyễn Văn Hưng").presses("Sở Tài chính").presses("không")
    clerk.presses("Sở Xây dựng (").says("xong").sees_last("gửi lần lượt từng tài liệu")
    clerk.says("để sau").sees_last("không còn tài liệu thì chọn “Xong”")
    clerk.says("không có").sees_last("lặp lại hằng tuần")


def test_what_answers_nothing_is_told_again_once_something_new_was_asked(text_stage: Stage) -> None:
    chair = ask_for_absence(text_stage)
    head = text_stage.phone(Cast.FINANCE_HEAD).says("nghe không?").says("nghe không?")
    assert head.count("Hệ thống chưa hiểu") == 1
    text_stage.pass_time(by=timedelta(minutes=1))
    chair.says(f"hỏi lại {code_of(chair, 'Xin ý kiến')}").says("sao không cử người?")
    head.says("vì tôi đi công tác").sees_last("Hệ thống chưa hiểu", "Chủ trì hỏi thêm")
    assert head.says("nghe không?").count("Hệ thống chưa hiểu") == 2


def test_who_was_asked_back_is_reminded_and_not_the_chair(text_stage: Stage) -> None:
    chair, head = ask_for_absence(text_stage), text_stage.phone(Cast.FINANCE_HEAD)
    chair.says(f"hỏi lại {code_of(chair, 'Xin ý kiến')}").says("sao không cử người?")
    before = chair.count("đang chờ ý kiến đồng chí")
    text_stage.pass_time(by=timedelta(days=3))
    head.sees("chưa trả lời câu hỏi của chủ trì", "sao không cử người?", "Trả lời chủ trì")
    assert chair.count("đang chờ ý kiến đồng chí") == before


def test_a_reason_in_words_of_his_own_is_another_reason_with_its_details(text_stage: Stage) -> None:
    head = text_stage.phone(Cast.FINANCE_HEAD)
    head.presses("Xin vắng", on=head.sees("giải ngân")).presses("Vắng, không cử")
    head.says("việc gia đình đột xuất").sees_last("Lý do: Lý do khác", "việc gia đình đột xuất", "Gửi")
    head.says("gửi").sees_last("Chờ ý kiến chủ trì")
    text_stage.phone(Cast.CHAIR).sees("việc gia đình đột xuất")


def test_one_word_that_is_no_reason_is_asked_again(text_stage: Stage) -> None:
    head = text_stage.phone(Cast.FINANCE_HEAD)
    head.presses("Xin vắng", on=head.sees("giải ngân")).presses("Vắng, không cử")
    head.says("hả").sees_last("chọn một trong các")


def test_an_old_invitation_to_a_cancelled_meeting_opens_no_form(text_stage: Stage) -> None:
    head = text_stage.phone(Cast.FINANCE_HEAD)
    asks = head.sees("giải ngân").buttons["Xin vắng"]
    text_stage.act(_cancel)
    head.says(asks).sees_last("đã bắt đầu hoặc đã hủy")


def _cancel(work: Work) -> None:
    meeting = meeting_by_code(work.session, "CD-01")
    assert meeting is not None
    meetings.cancel(work, meeting, "Trùng lịch")


def test_what_is_written_behind_a_consent_is_not_lost_in_silence(text_stage: Stage) -> None:
    chair = ask_for_absence(text_stage)
    code = code_of(chair, "Xin ý kiến")
    chair.says(f"đồng ý {code} nhưng phải cử cấp phó dự thay").says(f"co {code}")
    chair.sees_last("chưa được chuyển tới ai: “nhưng phải cử cấp phó dự thay”")
    text_stage.phone(Cast.FINANCE_HEAD).sees("Đã đồng ý")
