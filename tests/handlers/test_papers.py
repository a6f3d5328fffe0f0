"""Papers in chat: owed when an item is put on the list, sent, late, and what the chair makes of it."""

from datetime import timedelta

import pytest

from models.meetings import meeting_by_code
from rules.duties import DutyState
from rules.papers import ItemState
from services.demo import Cast
from tests.handlers.papers_stage import MARKET, PapersStage


# The session is on Monday 30 November 2026; 24 November is a day off, the weekend is passed over.
@pytest.mark.parametrize(
    ("pack", "due", "counted"),
    [
        ("tan-yen-2024", "thứ Tư 25/11", "3 ngày làm việc trước 30/11: 27/11, 26/11, 25/11 (28/11, 29/11 không tính)"),
        ("rach-gia-2024", "thứ Tư 25/11", "3 ngày làm việc trước 30/11: 27/11, 26/11, 25/11 (28/11, 29/11 không tính)"),
        ("gia-binh-2022", "thứ Sáu 27/11", "2 ngày trước 30/11: 29/11, 28/11; 28/11 không phải ngày làm việc"),
    ],
)
def test_the_unit_owes_papers_by_the_rule_of_the_pack(papers: PapersStage, pack: str, due: str, counted: str) -> None:
    papers.adopt(pack).put_on_the_list()
    head = papers.phone(Cast.CONSTRUCTION_HEAD)
    head.says("/viec").presses(f"Gửi tài liệu: {MARKET[:10]}")
    head.sees_last(f"hạn {due}", MARKET)
    head.presses("Vì sao?")
    head.sees_last(counted, due)


def test_papers_reach_office_chair_and_invitees(papers: PapersStage) -> None:
    papers.adopt("tan-yen-2024").put_on_the_list()
    head = papers.phone(Cast.CONSTRUCTION_HEAD)
    head.says("/viec").presses("Gửi tài liệu").presses("Đã xong")
    head.says("45/TTr-SXD").attaches("to-trinh.pdf", b"x").says("Thống nhất phương án 1").presses("Đủ các mục").presses(
        "Gửi"
    )
    head.sees_last("Đã xong")
    papers.phone(Cast.OFFICE).sees_last(
        "Đã nhận tài liệu, đúng hạn", "45/TTr-SXD", "Thống nhất phương án 1", "đủ 7 mục"
    )
    assert "Tài liệu phiên họp" not in papers.phone(Cast.FINANCE_HEAD).last
    papers.pass_time(by=timedelta(hours=24))
    for code in (Cast.CHAIR, Cast.FINANCE_HEAD):
        assert papers.phone(code).count("Tài liệu phiên họp thường kỳ tháng 11") == 1
    assert head.count("Tài liệu phiên họp thường kỳ tháng 11") == 0
    clerk = papers.phone(Cast.OFFICE).says("/hop").presses("1").presses("Nội dung trình")
    clerk.sees_last("đã gửi tài liệu, đúng hạn")


def test_a_chair_drops_an_item_whose_papers_are_late_and_a_second_tap_changes_nothing(papers: PapersStage) -> None:
    papers.adopt("tan-yen-2024").put_on_the_list()
    papers.pass_due()
    clerk = papers.phone(Cast.OFFICE)
    clerk.sees("quá hạn từ thứ Tư 25/11", MARKET, "Trình chủ trì quyết định")
    clerk.presses("Trình chủ trì quyết định").says("Đơn vị chưa nêu lý do").presses("Gửi")
    chair = papers.phone(Cast.CHAIR)
    card = chair.sees_last("Xin ý kiến đồng chí chủ trì: chậm tài liệu", MARKET, "Đơn vị chưa nêu lý do")
    assert list(card.buttons) == ["Rút nội dung", "Nhận muộn", "Chuyển sang phiên khác"]
    chair.presses("Rút nội dung")
    chair.sees_last("Đã rút nội dung lúc")
    papers.phone(Cast.CONSTRUCTION_HEAD).sees_last("Đã rút nội dung lúc", "điểm b khoản 5")
    clerk.sees_last("Đã rút nội dung lúc")
    chair.presses_token(card.buttons["Nhận muộn"])
    chair.sees_last("Không có gì thay đổi", "Đã rút nội dung lúc")
    assert papers.item().state is ItemState.DROPPED
    assert papers.duty().state is DutyState.VOID


def test_a_chair_accepts_papers_late_until_the_meeting_starts(papers: PapersStage) -> None:
    papers.adopt("tan-yen-2024").put_on_the_list()
    papers.pass_due()
    papers.ask_the_chair("Chờ số liệu")
    papers.phone(Cast.CHAIR).presses("Nhận muộn")
    head = papers.phone(Cast.CONSTRUCTION_HEAD)
    head.sees_last("Đồng ý nhận tài liệu muộn", "hạn thứ Hai 30/11")
    head.presses("Đã xong").says("45/TTr-SXD").presses("Bỏ qua").says("Phương án 1").presses("Đủ các mục").presses(
        "Gửi"
    )
    papers.phone(Cast.OFFICE).sees_last("Đã nhận tài liệu, đúng hạn")


def test_a_chair_moves_an_item_to_a_later_session(papers: PapersStage) -> None:
    papers.adopt("tan-yen-2024").put_on_the_list()
    papers.pass_due()
    papers.ask_the_chair("Chờ số liệu")
    chair = papers.phone(Cast.CHAIR).presses("Chuyển sang phiên khác").presses("Phiên họp thường kỳ tháng 12")
    chair.sees("Đã chuyển sang phiên họp thường kỳ tháng 12")
    papers.phone(Cast.CONSTRUCTION_HEAD).sees_last("Đã chuyển sang", "hạn thứ")
    meeting = papers.database.transact(lambda s: meeting_by_code(s, "TK-12"))
    assert meeting is not None and papers.item().meeting_id == meeting.id
    assert papers.duty().event_at == meeting.starts_at


def test_papers_that_come_meanwhile_leave_the_chair_nothing_to_decide(papers: PapersStage) -> None:
    papers.adopt("tan-yen-2024").put_on_the_list()
    papers.pass_due()
    papers.ask_the_chair("Chờ số liệu")
    chair = papers.phone(Cast.CHAIR)
    card = chair.last
    papers.send_papers("Phương án 1")
    chair.sees("Không còn phải cho ý kiến", MARKET)
    chair.presses_token(card.buttons["Rút nội dung"])
    chair.sees_last("Không có gì thay đổi")
    papers.phone(Cast.OFFICE).sees_last("Đã nhận tài liệu, quá hạn", "Hạn gửi: thứ Tư 25/11")
    assert papers.item().state is ItemState.PLANNED


def test_for_a_chair_from_outside_the_office_records_what_he_says(papers: PapersStage) -> None:
    papers.adopt("rach-gia-2024").put_on_the_list()
    papers.change_meeting("TK-11", chair_id=None, outside_chair="Trưởng đoàn công tác")
    papers.pass_due()
    papers.ask_the_chair("Chờ số liệu")
    papers.phone(Cast.CHIEF_OF_OFFICE).sees_last("chậm tài liệu", MARKET)
    papers.phone(Cast.CHIEF_OF_OFFICE).presses("Nhận muộn")
    papers.phone(Cast.CONSTRUCTION_HEAD).sees("Đồng ý nhận tài liệu muộn")


def test_nobody_but_office_and_chair_sees_or_decides(papers: PapersStage) -> None:
    papers.adopt("tan-yen-2024").put_on_the_list()
    papers.pass_due()
    papers.ask_the_chair("Chờ số liệu")
    head = papers.phone(Cast.CONSTRUCTION_HEAD)
    for route in ("papers.rule:1:0:accept", "papers.decide:1:0:", "papers.postpone:1:0:", "papers.propose:1:0:"):
        head.presses_token(route)
        assert "Chờ số liệu" not in head.last
    papers.phone(Cast.OFFICE).presses_token("papers.rule:1:0:drop")
    assert papers.item().state is ItemState.PLANNED


def test_a_new_chair_gets_the_question(papers: PapersStage) -> None:
    papers.adopt("tan-yen-2024").put_on_the_list()
    papers.pass_due()
    papers.ask_the_chair("Chờ số liệu")
    papers.change_meeting("TK-11", chair_id=papers.phone(Cast.VICE_CHAIR).person.id)
    vice = papers.phone(Cast.VICE_CHAIR)
    vice.sees("Xin ý kiến đồng chí chủ trì: chậm tài liệu", "Chờ số liệu")
    vice.presses("Rút nội dung")
    vice.sees_last("Đã rút nội dung lúc")


def test_what_waits_is_in_the_list_of_decisions_of_the_chair_and_of_who_decides_in_his_place(
    papers: PapersStage,
) -> None:
    papers.adopt("tan-yen-2024").put_on_the_list()
    papers.pass_due()
    papers.ask_the_chair("Chờ số liệu")
    papers.delegate(Cast.CHAIR, Cast.SECOND_VICE_CHAIR)
    for code in (Cast.CHAIR, Cast.SECOND_VICE_CHAIR):
        papers.phone(code).says("/duyet").sees_last("Việc khác chờ đồng chí cho ý kiến: 1", MARKET)
    vice = papers.phone(Cast.SECOND_VICE_CHAIR).presses("1")
    vice.presses("Nhận muộn")
    vice.sees_last("Đồng ý nhận tài liệu muộn", "đ/c Lê Quang Dũng")
    papers.phone(Cast.CHAIR).sees("đ/c Lê Quang Dũng")
    papers.phone(Cast.CHAIR).says("/duyet").sees_last("Không có đề nghị nào chờ ý kiến")
