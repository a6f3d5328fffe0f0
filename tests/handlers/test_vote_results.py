"""How a vote ends (Tân Yên 4.d): closed by the clock or the Office, counted, reported to the next session."""

from datetime import date, timedelta

from models.people import Switch
from rules.duties import DutyKind, DutyState
from rules.votes import Choice, VoteState
from services import demo
from services.demo import Cast
from tests.conversation import Stage
from tests.handlers.vote_stage import (
    DUE,
    THREE,
    TITLE,
    after,
    ask,
    ballots,
    cancel_session,
    comment,
    document,
    move_session,
    owed,
    session_on,
    state,
)


def test_late_ballots_are_recorded_apart_and_do_not_count(town: Stage) -> None:
    office = ask(town.phone(Cast.OFFICE), whom=THREE)
    town.phone(Cast.CHAIR).presses("Đồng ý")
    town.pass_time(to=after())
    assert state(town) is VoteState.CLOSED
    health = town.phone(Cast.HEALTH_HEAD).says("/bieuquyet").presses("1").presses("Đồng ý")
    health.sees("Phiếu đến sau thời hạn, được ghi riêng", "cho ý kiến muộn: 1", "Đồng ý 1/12")
    assert ballots(town)[-1] == (Choice.AGREE, "", 1, True)
    assert office.says("/bieuquyet").presses("1").presses("Tổng hợp ý kiến").last.files == [
        "Tong-hop-y-kien-1.docx",
        "Bao-cao-ket-qua-1.docx",
    ]


def test_between_the_due_moment_and_the_clock_s_next_look_a_ballot_is_late(town: Stage) -> None:
    ask(town.phone(Cast.OFFICE), whom=THREE)
    town.clock.move_to(DUE)
    town.phone(Cast.CHAIR).presses("Đồng ý")
    assert ballots(town) == [(Choice.AGREE, "", 1, True)]


def test_a_body_that_takes_no_late_ballots_says_so(town: Stage) -> None:
    switch = Switch(name="vote.accept_late", value="không", from_on=date(2026, 11, 1))
    town.act(lambda work: work.session.add(switch))
    ask(town.phone(Cast.OFFICE), whom=THREE)
    town.pass_time(to=after())
    health = town.phone(Cast.HEALTH_HEAD)
    health.presses_token("vote.cast:1:1:agree").sees_last("Việc lấy phiếu đã kết thúc", "không nhận phiếu muộn")
    assert ballots(town) == []


def test_all_have_voted_and_the_office_closes_it(town: Stage) -> None:
    office = ask(town.phone(Cast.OFFICE), whom=THREE)
    office.presses_token("vote.close:1:0:").sees_last("Còn đồng chí chưa cho ý kiến")
    for code in THREE:
        town.phone(code).presses("Đồng ý")
    office.sees_last("Tất cả thành viên đã cho ý kiến").buttons["Kết thúc lấy phiếu"]
    office.presses("Kết thúc lấy phiếu")
    assert state(town) is VoteState.CLOSED
    result = office.sees("Kết quả lấy phiếu ý kiến", "Đồng ý: 3", "Đồng ý 3/12: không quá nửa", "lấy ý kiến 3 đồng chí")
    assert result.files == ["Tong-hop-y-kien-1.docx", "Bao-cao-ket-qua-1.docx"]
    town.phone(Cast.CHAIR).sees("Kết quả lấy phiếu ý kiến")
    assert town.phone("SCT01").sees("Kết quả lấy phiếu ý kiến", "Chưa có phiên họp thường kỳ").files == result.files


def test_the_drafting_unit_reports_to_the_next_session(town: Stage) -> None:
    town.act(demo.load_meetings)
    office = ask(town.phone(Cast.OFFICE), whom=THREE)
    town.phone(Cast.CHAIR).presses("Đồng ý")
    town.pass_time(to=after())
    office.sees("Kết quả được báo cáo tại", "Phiên họp")
    drafter = town.phone("SCT01")
    assert owed(town, DutyKind.REPORT_VOTE) == [DutyState.OPEN]
    drafter.says("/viec").presses("Báo cáo kết quả lấy phiếu").presses("Đã xong")
    drafter.presses("Bỏ qua").says("Đã báo cáo Chủ tịch").presses("Bỏ qua").presses("Gửi")
    assert (owed(town, DutyKind.REPORT_VOTE), state(town)) == ([DutyState.DONE], VoteState.REPORTED)
    town.phone(Cast.CHAIR).sees_last("Đã báo cáo kết quả lấy phiếu", "Đã báo cáo Chủ tịch")
    town.phone(Cast.HEALTH_HEAD).presses_token("vote.cast:1:1:agree").sees_last("đã kết thúc")
    assert len(ballots(town)) == 1


def test_the_office_puts_the_result_on_the_agenda_once(town: Stage) -> None:
    town.act(demo.load_meetings)
    office = ask(town.phone(Cast.OFFICE), whom=THREE)
    town.pass_time(to=after())
    office.says("/bieuquyet").presses("1").presses("Đưa vào chương trình phiên họp")
    assert "Đưa vào chương trình phiên họp" not in office.sees_last("Đã có trong chương trình phiên họp").buttons
    town.phone("SCT01").sees("Kết quả lấy phiếu ý kiến: " + TITLE)
    office.presses_token("vote.agenda:1:0:").sees_last("Đã có trong chương trình phiên họp")


def test_it_is_called_off_with_a_reason(town: Stage) -> None:
    office = ask(town.phone(Cast.OFFICE), whom=THREE)
    office.presses("Hủy lấy phiếu").says("Đưa ra phiên họp thảo luận").presses("Gửi")
    chair = town.phone(Cast.CHAIR)
    chair.sees_last("Việc lấy phiếu đã hủy", "Đưa ra phiên họp thảo luận")
    chair.presses_token("vote.cast:1:1:agree")
    # What was cast stays sealed.
    assert office.presses_token("vote.papers:1:0:").last.files == []
    assert (ballots(town), owed(town), state(town)) == ([], [DutyState.VOID] * 3, VoteState.CANCELLED)


def test_a_late_ballot_is_told_to_whoever_revises_the_draft(town: Stage) -> None:
    ask(town.phone(Cast.OFFICE), whom=THREE)
    town.pass_time(to=after())
    comment(town.phone(Cast.HEALTH_HEAD).says("/bieuquyet").presses("1"), "Bỏ Điều 7")
    town.phone("SCT01").sees_last("Có phiếu muộn", "Đ/c Phùng Thế Vinh: Đồng ý, có ý kiến: Bỏ Điều 7")


def test_the_report_follows_its_session(town: Stage) -> None:
    office = ask(town.phone(Cast.OFFICE), whom=THREE)
    town.pass_time(to=after())
    office.sees("Chưa có phiên họp thường kỳ")
    assert owed(town, DutyKind.REPORT_VOTE) == []
    first = town.act(session_on, date(2026, 12, 8))
    town.pass_time(by=timedelta(minutes=1))
    town.phone("SCT01").sees_last("Báo cáo kết quả lấy phiếu", "thứ Ba 08/12", "điểm d khoản 4, đoạn thứ hai")
    second = town.act(session_on, date(2026, 12, 15))
    town.act(cancel_session, first)
    town.pass_time(by=timedelta(minutes=1))
    town.phone("SCT01").sees_last("Báo cáo kết quả lấy phiếu", "thứ Ba 15/12")
    town.act(move_session, second, date(2026, 12, 17))
    town.pass_time(by=timedelta(minutes=1))
    town.phone("SCT01").sees_last("Thời hạn đã thay đổi", "thứ Năm 17/12")
    assert owed(town, DutyKind.REPORT_VOTE) == [DutyState.OPEN]


def test_the_documents_name_every_member_and_the_text_that_was_voted_on(town: Stage) -> None:
    ask(town.phone(Cast.OFFICE), whom=THREE)
    comment(town.phone(Cast.FINANCE_HEAD), "Bổ sung Điều 5 về phòng cháy")
    town.pass_time(to=after())
    opinions, report = document(town, "Tong-hop"), document(town, "Bao-cao-ket-qua")
    for words in ("Nguyễn Văn Hưng", "Vũ Đình Khải", "Phùng Thế Vinh", "chưa cho ý kiến", "mã đối chiếu"):
        assert words in opinions
    rule = "quá nửa tổng số thành viên UBND (12)"
    for words in ("Bổ sung Điều 5 về phòng cháy", "không quá nửa", rule, "SỞ CÔNG THƯƠNG"):
        assert words in report
