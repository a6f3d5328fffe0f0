"""A question of a citizen: received, taken, answered, judged; asked back, handed on, taken over; hidden from others."""

import itertools
from datetime import date, timedelta

from models.hotline import spans_of
from rules.hotline import Party, TicketState, working_minutes
from services.demo import Cast
from services.regulation import calendar, regulation
from tests.conversation import Phone
from tests.handlers.hotline_stage import HotlineStage
from tests.handlers.task_stage import morning


def answers(owner: Phone, text: str) -> Phone:
    return owner.presses("Trả lời").says(text).presses("Bỏ qua").presses("Gửi")


def test_a_citizen_is_told_whom_he_talks_to_and_that_his_question_has_arrived(stage: HotlineStage) -> None:
    citizen = stage.citizen().says("Cho hỏi giờ tiếp dân")
    citizen.sees("hệ thống tự động của UBND tỉnh Sông Mẫu", "/dulieu", "Xin không gửi ảnh giấy tờ tùy thân")
    citizen.sees_last("xã, phường nào")
    citizen.presses("Phường Mẫu Trung")
    citizen.sees_last("Đã nhận câu hỏi số 1", "0200 3000 101", "Dự kiến trả lời trước", stage.ticket.code)
    citizen.says("Còn giờ nộp hồ sơ thì sao").presses("Câu hỏi mới")
    assert citizen.count("hệ thống tự động") == 1


def test_who_is_on_duty_takes_it_answers_and_the_citizen_says_that_it_helped(stage: HotlineStage) -> None:
    citizen, team = stage.asked(), stage.on_duty()
    team.sees_last("Câu hỏi số 1", "Cho hỏi giờ tiếp dân", "Phường Mẫu Trung", "Mục 4.2")
    team.presses("Nhận xử lý").sees_last("đã nhận")
    citizen.sees_last("đang được xử lý", "Mẫu Trung", "0200 3000 101")
    answers(team, "Tiếp dân từ 7 giờ 30 đến 11 giờ 30, thứ Ba và thứ Năm.")
    team.sees_last("Đã trả lời")
    citizen.sees_last("Trả lời câu hỏi số 1", "Tiếp dân từ 7 giờ 30", "0200 3000 101", "giải đáp được cho ông/bà chưa")
    citizen.presses("Đã giải đáp được").sees_last("đã kết thúc", "mức độ hài lòng")
    citizen.presses("5/5")
    citizen.sees_last("Trân trọng cảm ơn", "5/5")
    citizen.presses("Viết góp ý").says("Trả lời nhanh")
    ticket = stage.ticket
    assert (ticket.state, ticket.rating, ticket.rating_comment) == (TicketState.DONE, 5, "Trả lời nhanh")


def test_what_was_asked_back_stops_the_clock_until_the_citizen_answers(stage: HotlineStage) -> None:
    citizen, team = stage.asked(), stage.on_duty()
    team.presses("Nhận xử lý")
    due = stage.ticket.due_at
    stage.later(30)
    team.presses("Hỏi thêm").says("Ông/bà hỏi cho việc gì?").sees_last("thời hạn tạm dừng", "chờ dân bổ sung")
    citizen.sees_last("cần bổ sung", "Ông/bà hỏi cho việc gì?")
    stage.later(60)
    citizen.says("Việc xin giấy xác nhận hộ nghèo").sees_last("Đã bổ sung vào câu hỏi số 1")
    team.sees_last("Người hỏi bổ sung", "hộ nghèo")
    assert (stage.ticket.due_at - due).total_seconds() == 60 * 60
    spans = stage.database.transact(lambda session: spans_of(session, stage.ticket.key))
    assert [span.party for span in spans] == [Party.UNIT, Party.UNIT, Party.ASKER, Party.UNIT]
    assert all(one.to_at == following.from_at for one, following in itertools.pairwise(spans))


def test_what_nobody_takes_goes_to_the_next_the_leader_and_the_chief_of_office(stage: HotlineStage) -> None:
    first, second = stage.on_duty(), stage.on_duty(nth=1)
    stage.asked()
    first.sees_last("Câu hỏi số 1")
    stage.later(31)
    second.sees_last("Câu hỏi số 1", "Nhận xử lý")
    stage.later(31)
    stage.leader().sees_last("Chưa có người nhận câu hỏi số 1")
    stage.later(31)
    stage.phone(Cast.CHIEF_OF_OFFICE).sees_last("Chưa có người nhận câu hỏi số 1")
    second.presses("Nhận xử lý").sees_last("đã nhận")
    first.presses_token(f"ticket.take:{stage.ticket.id}:0:")
    first.sees_last("đã nhận xử lý câu hỏi này. Không có gì thay đổi")


def test_who_takes_it_and_falls_silent_is_reminded_and_the_leader_takes_over(stage: HotlineStage) -> None:
    citizen, team, leader = stage.asked(), stage.on_duty(), stage.leader()
    team.presses("Nhận xử lý")
    stage.later(121)
    team.sees_last("đang chờ đồng chí trả lời")
    stage.pass_time(to=morning(date(2026, 11, 23)))
    stage.later(60)
    leader.sees_last("đã nhận nhưng chưa trả lời", "Nhận thay")
    leader.presses("Nhận thay").sees_last("đã nhận", "Đoàn Thị Kim Oanh")
    citizen.sees_last("Đoàn Thị Kim Oanh")
    team.sees_last("đã nhận (đ/c Đoàn Thị Kim Oanh)")
    team.presses_token(f"ticket.answer:{stage.ticket.id}:0:").sees_last("nhận xử lý câu hỏi trước")


def test_it_is_handed_on_with_a_reason_to_another_unit_whose_clock_runs_then(stage: HotlineStage) -> None:
    citizen, team = stage.asked(), stage.on_duty()
    team.presses("Nhận xử lý").presses("Chuyển").says("Sở Xây dựng").presses("Sở Xây dựng")
    team.says("Thuộc thẩm quyền cấp tỉnh").presses("Gửi").sees_last("Đã chuyển")
    citizen.sees_last("đã được chuyển", "Sở Xây dựng", "0200 3000 101")
    other = stage.phone(Cast.CONSTRUCTION_HEAD)
    other.sees_last("Câu hỏi số 1", "Thuộc thẩm quyền cấp tỉnh")
    other.sees_last(f"– Chuyển đến Sở Xây dựng (đ/c {team.person.full_name} chuyển)")
    assert not team.last.buttons
    answers(other.presses("Nhận xử lý"), "Hồ sơ nộp tại Sở")
    citizen.sees_last("Hồ sơ nộp tại Sở")


def test_a_citizen_who_is_not_helped_says_so_and_reopens_within_the_days(stage: HotlineStage) -> None:
    citizen, team = stage.asked(), stage.on_duty()
    answers(team.presses("Nhận xử lý"), "Có")
    citizen.presses("Chưa được").says("Tôi hỏi giờ, không hỏi có hay không")
    team.sees_last("Người hỏi báo chưa được giải đáp", "Tôi hỏi giờ")
    answers(team, "7 giờ 30").presses("Hoàn thành")
    citizen.sees_last("đã kết thúc")
    citizen.presses("Mở lại").says("Phòng nào?").sees_last("Đã mở lại")
    team.sees_last("Người hỏi mở lại", "Phòng nào?", "Nhận xử lý")
    stage.pass_time(to=morning(date(2026, 12, 7)))


def test_what_is_typed_while_it_is_asked_where_it_belongs_is_sent_along(stage: HotlineStage) -> None:
    citizen = stage.asked()
    citizen.says("Ở phường Mẫu Trung, sáng thứ Bảy có làm không?").sees_last("câu hỏi mới hay bổ sung")
    citizen.says("Tôi bận ngày thường").sees_last("câu hỏi mới hay bổ sung")
    citizen.presses("Bổ sung cho câu hỏi số 1")
    stage.on_duty().presses("Nhận xử lý").sees_last("sáng thứ Bảy có làm không?", "Tôi bận ngày thường")


def test_not_yet_below_the_answer_of_a_finished_question_opens_it_anew(stage: HotlineStage) -> None:
    citizen, team = stage.asked(), stage.on_duty()
    answers(team.presses("Nhận xử lý"), "Có").presses("Hoàn thành")
    citizen.sees_last("đã kết thúc")
    citizen.presses("Chưa được", on=citizen.sees("Trả lời câu hỏi số 1")).says("Mấy giờ?").sees_last("Đã mở lại")


def test_it_is_looked_up_by_its_code_from_any_chat_without_what_was_asked(stage: HotlineStage) -> None:
    citizen = stage.asked()
    code = stage.ticket.code
    citizen.says(f"tra cứu {code.lower()}").sees_last("Câu hỏi số 1", "mới", "Cho hỏi giờ tiếp dân")
    other = stage.citizen("dan-2").says(f"tra cuu {code}")
    other.sees_last("Câu hỏi số 1", "mới")
    assert "giờ tiếp dân" not in other.last.text
    other.says("tra cứu AAAAAA").sees_last("Không có câu hỏi nào mang mã")


def test_outside_office_hours_he_is_told_when_the_team_is_back_and_nobody_is_disturbed(stage: HotlineStage) -> None:
    stage.pass_time(to=morning(date(2026, 11, 21)))
    team = stage.on_duty()
    seen = len(team.bubbles)
    citizen = stage.asked()
    citizen.sees_last("ngoài giờ làm việc", "07 giờ 30, thứ Hai 23/11")
    stage.later(3)
    assert len(team.bubbles) == seen
    stage.pass_time(to=morning(date(2026, 11, 23)))
    stage.on_duty().sees_last("Câu hỏi số 1", "Nhận xử lý")


def test_a_picture_of_an_identity_card_is_refused_with_a_word_why(stage: HotlineStage) -> None:
    citizen = stage.citizen().attaches("cccd-mat-truoc.jpg", b"card")
    citizen.sees_last("giấy tờ tùy thân", "không cần")
    citizen.attaches("anh.jpg", b"card", "ảnh căn cước của tôi").sees_last("giấy tờ tùy thân")
    citizen.attaches("don.jpg", b"form", "Đơn này điền thế nào").presses("Phường Mẫu Trung")
    stage.on_duty().presses("Nhận xử lý").presses_token(f"ticket.open:{stage.ticket.id}:0:").sees_last("Đơn này điền")
    assert stage.on_duty().last.files


def test_personal_numbers_are_masked_for_all_but_the_owner(stage: HotlineStage) -> None:
    stage.asked("Hỏi giờ tiếp dân, số của tôi là 001234567890")
    team = stage.on_duty()
    assert "001234567890" not in team.last.text
    team.sees_last("•••890")
    team.presses("Nhận xử lý").sees_last("001234567890")
    team.says("/hotline").sees_last("•••890")


def test_a_call_is_written_down_and_called_back(stage: HotlineStage) -> None:
    clerk = stage.phone(Cast.OFFICE).says("/hotline").presses("Nhập cuộc gọi")
    clerk.says("Hỏi lịch tiếp dân").says("0912 345 678").says("Ông Hòa").presses("Phường Mẫu Trung").presses("Gửi")
    clerk.sees_last("Đã nhập. Mã tra cứu", stage.ticket.code)
    team = stage.on_duty().sees_last
    team("Ông Hòa", "•••678")
    stage.on_duty().presses("Nhận xử lý").sees_last("0912 345 678")


def test_nobody_outside_the_team_reads_or_takes_a_question(stage: HotlineStage) -> None:
    stage.asked()
    key = stage.ticket.id
    for phone in (stage.phone(Cast.HEALTH_HEAD), stage.phone("MDO02"), stage.citizen("dan-2")):
        for route in ("open", "take", "over", "answer", "ask", "transfer", "finish", "settled", "reopen", "supply"):
            phone.presses_token(f"ticket.{route}:{key}:0:")
            assert "giờ tiếp dân" not in phone.last.text
    assert stage.ticket.state is TicketState.NEW


def test_an_official_asks_too_and_is_addressed_as_one(stage: HotlineStage) -> None:
    official = stage.phone(Cast.HEALTH_STAFF).says("/hotline").presses("Đặt câu hỏi").says("Mẫu báo cáo TTHC ở đâu?")
    official.presses("Phường Mẫu Trung").attaches("mau.pdf", b"form").sees_last("Đã nhận câu hỏi số 1")
    owner = stage.on_duty().presses("Nhận xử lý").sees_last("Tệp gửi kèm câu hỏi số 1")
    assert owner.files
    answers(stage.on_duty(), "Tại Văn phòng")
    official.sees_last("Tại Văn phòng", "cho đồng chí chưa")


def test_too_many_questions_of_one_chat_are_refused_with_the_number_to_call(stage: HotlineStage) -> None:
    citizen = stage.asked()
    for number in range(2, 8):
        citizen.says(f"Câu hỏi thứ {number}").presses("Câu hỏi mới").presses("Phường Mẫu Trung")
    citizen.sees_last("Đã có 6 câu hỏi", "0200 3000 101")


def test_silence_after_the_answer_finishes_it_unrated(stage: HotlineStage) -> None:
    citizen = stage.asked()
    answers(stage.on_duty().presses("Nhận xử lý"), "7 giờ 30")
    stage.pass_time(to=morning(date(2026, 11, 26)))
    stage.pass_time(to=morning(date(2026, 11, 27)))
    citizen.sees_last("đã kết thúc")
    assert (stage.ticket.state, stage.ticket.rating) == (TicketState.DONE, None)


def test_handing_it_to_a_colleague_gives_nobody_more_time_and_loses_no_minute(stage: HotlineStage) -> None:
    citizen, team = stage.asked(), stage.on_duty()
    due = stage.ticket.due_at
    for _turn in range(3):
        stage.pass_time(by=timedelta(seconds=50))
        holder = team.presses_token(f"ticket.take:{stage.ticket.id}:0:")
        team = stage.on_duty(nth=1) if team.address == stage.on_duty().address else stage.on_duty()
        holder.presses("Chuyển")
        assert not any(holder.person.full_name in label for label in holder.last.buttons)
        holder.presses(team.person.full_name).says("Đồng chí phụ trách việc này").presses("Gửi")
        citizen.sees_last("đã được chuyển", "Cán bộ khác của phường Mẫu Trung", "0200 3000 101")
    assert stage.ticket.due_at == due
    spans = stage.database.transact(lambda session: spans_of(session, stage.ticket.key))
    hours, days = stage.act(lambda work: (regulation(work).hours, calendar(work)))
    parts = [working_minutes(span.from_at, span.to_at or stage.clock.now(), hours, days) for span in spans]
    assert sum(parts) == 2


def test_who_reopens_outside_office_hours_is_told_when_the_team_is_back(stage: HotlineStage) -> None:
    citizen, team = stage.asked(), stage.on_duty()
    answers(team.presses("Nhận xử lý"), "Có")
    citizen.presses("Đã giải đáp được").sees_last("0200 3000 101")
    citizen.presses("3/5").sees_last("0200 3000 101")
    stage.pass_time(to=morning(date(2026, 11, 22)))
    citizen.presses("Mở lại").says("Phòng nào?")
    citizen.sees_last("ngoài giờ làm việc", "07 giờ 30, thứ Hai 23/11", "0200 3000 101")
    citizen.says(f"tra cứu {stage.ticket.code}").sees_last("ngoài giờ làm việc")


def test_what_was_asked_back_and_never_came_ends_too_and_can_be_reopened(stage: HotlineStage) -> None:
    citizen, team = stage.asked(), stage.on_duty()
    team.presses("Nhận xử lý").presses("Hỏi thêm").says("Ông/bà hỏi cho việc gì?")
    stage.pass_time(to=morning(date(2026, 11, 25)))
    team.presses("Hỏi thêm").says("Ông/bà còn cần giải đáp không?")
    stage.pass_time(to=morning(date(2026, 11, 30)))
    assert stage.ticket.is_open
    stage.pass_time(to=morning(date(2026, 12, 1)))
    citizen.sees_last("đã kết thúc", "Chưa nhận được nội dung bổ sung", "0200 3000 101")
    assert stage.ticket.state is TicketState.DONE
    citizen.presses("Mở lại").says("Việc xin giấy xác nhận").sees_last("Đã mở lại")
    assert stage.ticket.first_answer_at is None
