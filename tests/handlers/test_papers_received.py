"""What papers need before they are taken, who may send them back, and how they follow their meeting."""

from datetime import time, timedelta
from io import BytesIO

import docx
import pytest
from sqlmodel import Session, select

from models.duties import EntryKind, entries_of
from models.files import StoredFile
from rules.duties import DutyKind, DutyState
from rules.workdays import at
from services.demo import Cast
from tests.handlers.papers_stage import MARKET, PapersStage


def test_papers_that_the_head_has_not_signed_are_refused_with_the_clause(papers: PapersStage) -> None:
    papers.adopt("son-duong-2021").put_on_the_list()
    papers.send_papers("[Người khác ký]", "Đề nghị phương án 1")
    head = papers.phone(Cast.CONSTRUCTION_HEAD)
    head.sees_last("phải do người đứng đầu cơ quan ký", "Mục 1, Chỉ thị số 01/CT-UBND")
    assert papers.duty().state is DutyState.OPEN
    head.presses("Sửa").presses("Người đứng đầu ký").presses("Người đứng đầu ký").presses("Gửi")
    papers.phone(Cast.OFFICE).sees_last("Đã nhận tài liệu, đúng hạn", "Người đứng đầu ký", "Đề nghị phương án 1")


def test_the_other_units_are_heard_first_or_it_is_said_why_not(papers: PapersStage) -> None:
    papers.adopt("rach-gia-2024").put_on_the_list("Sở Tài chính")
    finance = papers.phone(Cast.FINANCE_HEAD)
    finance.sees_last("Cho ý kiến", MARKET, "hạn thứ Hai 23/11", "Mục 1")
    papers.send_papers("Sở Tài chính chưa có số liệu")
    papers.phone(Cast.OFFICE).sees_last("Gửi khi chưa đủ ý kiến: Sở Tài chính chưa có số liệu")
    finance.sees_last("Đã nhận tài liệu", "Trả lại tài liệu")


def test_nothing_is_asked_once_all_opinions_are_there(papers: PapersStage) -> None:
    papers.adopt("rach-gia-2024").put_on_the_list("Sở Tài chính")
    finance = papers.phone(Cast.FINANCE_HEAD).says("/viec").presses("Cho ý kiến").presses("Đã xong")
    finance.says("Nhất trí").presses("Bỏ qua").presses("Gửi")
    papers.phone(Cast.CONSTRUCTION_HEAD).sees_last("Ý kiến của Sở Tài chính", MARKET, "Nhất trí")
    papers.send_papers()
    office = papers.phone(Cast.OFFICE).sees_last("Đã nhận tài liệu, đúng hạn")
    assert "chưa đủ ý kiến" not in office


@pytest.mark.parametrize("returner", [Cast.OFFICE, Cast.FINANCE_HEAD])
def test_papers_are_returned_with_reasons_of_the_closed_list_and_owed_again(
    papers: PapersStage, returner: Cast
) -> None:
    papers.adopt("son-duong-2021").put_on_the_list("Sở Tài chính")
    papers.send_papers("Chờ ý kiến bổ sung", "[Người đứng đầu ký]", "Phương án 1")
    phone = papers.phone(returner).presses("Trả lại tài liệu").presses("Chưa rõ pháp lý").presses("Chất lượng thấp")
    phone.presses("Xong").says("Thiếu căn cứ").presses("Gửi")
    head = papers.phone(Cast.CONSTRUCTION_HEAD)
    head.sees_last("Kết quả bị trả lại", "chưa rõ pháp lý; chất lượng thấp; Thiếu căn cứ", "Mục 8")
    assert papers.duty().state is DutyState.OPEN
    head.says("/viec").sees_last(MARKET)


def test_the_office_gets_a_letter_to_sign_when_it_returns_papers_and_a_unit_that_was_heard_none(
    papers: PapersStage,
) -> None:
    papers.adopt("son-duong-2021").put_on_the_list("Sở Tài chính")
    papers.send_papers("Chờ ý kiến bổ sung", "[Người đứng đầu ký]", "Phương án 1")
    office = papers.phone(Cast.OFFICE).presses("Trả lại tài liệu").presses("Chưa rõ pháp lý").presses("Xong")
    office.says("Thiếu căn cứ").presses("Gửi")
    (name,) = office.sees_last("Dự thảo công văn yêu cầu hoàn thiện hồ sơ").files
    assert name.startswith("Yeu-cau-hoan-thien-TK-11") and name.endswith(".docx")
    text = "\n".join(paragraph.text for paragraph in docx.Document(BytesIO(_content(papers, name))).paragraphs)
    assert f"hồ sơ của Sở Xây dựng (văn bản số 45/TTr-SXD) về nội dung: {MARKET}" in text
    assert "Chưa rõ pháp lý" in text and "Thiếu căn cứ" in text and "Mục 8, gạch đầu dòng thứ hai" in text
    papers.send_papers("Chờ ý kiến bổ sung", "[Người đứng đầu ký]", "Phương án 1")
    finance = papers.phone(Cast.FINANCE_HEAD).presses("Trả lại tài liệu").presses("Chất lượng thấp").presses("Xong")
    finance.presses("Bỏ qua").presses("Gửi")
    assert not any("Dự thảo công văn" in bubble for bubble in finance.bubbles)


def _content(papers: PapersStage, name: str) -> bytes:
    def digest(session: Session) -> str:
        return session.exec(select(StoredFile).where(StoredFile.name == name)).one().digest

    return papers.files.read(papers.database.transact(digest))


def test_whoever_was_not_heard_cannot_return_papers(papers: PapersStage) -> None:
    papers.adopt("tan-yen-2024").put_on_the_list()
    papers.send_papers("Phương án 1")
    stranger = papers.phone(Cast.HEALTH_HEAD)
    stranger.presses_token(f"papers.return:{papers.item().id}:0:")
    stranger.presses_token(f"agenda.item:{papers.item().id}:0:")
    assert MARKET not in stranger.last
    assert papers.duty().state is DutyState.DONE


def test_consultation_is_owed_before_a_regular_session_only_where_the_pack_asks_for_it(papers: PapersStage) -> None:
    papers.adopt("tan-yen-2024").put_on_the_list()
    papers.phone(Cast.CONSTRUCTION_HEAD).sees_last("Xin ý kiến Chủ tịch, Phó Chủ tịch", "hạn thứ Sáu 20/11")
    assert papers.duty(DutyKind.CONSULT).clause == "ty.5.a"


def test_a_meeting_that_is_moved_moves_what_is_owed_and_both_days_are_kept(papers: PapersStage) -> None:
    papers.adopt("tan-yen-2024").put_on_the_list()
    before = papers.duty().due_at
    day = papers.clock.now().date() + timedelta(days=19)
    papers.change_meeting("TK-11", starts_at=at(day, time(14)), ends_at=at(day, time(17)))
    after = papers.duty()
    assert after.due_at > before and after.event_at == at(day, time(14))
    moved = papers.database.transact(
        lambda s: [(e.due_before, e.due_after) for e in entries_of(s, after.key) if e.kind is EntryKind.MOVED]
    )
    assert moved == [(before, after.due_at)]
    papers.phone(Cast.CONSTRUCTION_HEAD).sees("Trước đây thứ Tư 25/11")


def test_a_meeting_moved_to_tomorrow_makes_nobody_late(papers: PapersStage) -> None:
    papers.adopt("tan-yen-2024").put_on_the_list()
    tomorrow = papers.clock.now().date() + timedelta(days=1)
    papers.change_meeting("TK-11", starts_at=at(tomorrow, time(14)), ends_at=at(tomorrow, time(17)))
    assert papers.duty().due_at == at(tomorrow, time(14))


def test_with_the_meeting_goes_what_is_owed(papers: PapersStage) -> None:
    papers.adopt("tan-yen-2024").put_on_the_list("Sở Tài chính")
    papers.cancel_meeting("TK-11")
    papers.phone(Cast.FINANCE_HEAD).sees("Không còn phải làm", MARKET)
    for kind in (DutyKind.PAPERS, DutyKind.CONSULT, DutyKind.OPINION):
        assert papers.duty(kind).state is DutyState.VOID


def test_the_office_takes_an_item_off(papers: PapersStage) -> None:
    papers.adopt("tan-yen-2024").put_on_the_list()
    clerk = papers.phone(Cast.OFFICE).says("/hop").presses("1").presses("Nội dung trình").presses("1")
    clerk.presses("Bỏ nội dung này").presses("Gửi")
    clerk.sees_last("Đã bỏ", "Chưa có nội dung nào")
    papers.phone(Cast.CONSTRUCTION_HEAD).sees_last("Không còn phải làm", MARKET)


def test_a_meeting_that_begins_ends_what_was_not_given(papers: PapersStage) -> None:
    papers.adopt("tan-yen-2024").put_on_the_list()
    papers.pass_due()
    papers.ask_the_chair("Chờ số liệu")
    papers.pass_time(to=papers.duty().event_at)
    assert papers.duty().state is papers.duty(DutyKind.DECIDE_LATE_PAPERS).state is DutyState.MISSED
    chair = papers.phone(Cast.CHAIR)
    chair.sees("chủ trì chưa cho ý kiến về việc chậm tài liệu")
    chair.presses_token("papers.rule:1:0:drop")
    chair.sees_last("Không có gì thay đổi")


@pytest.mark.parametrize(("pack", "reminders"), [("rach-gia-2024", 0), ("tan-yen-2024", 1)])
def test_on_the_meeting_day_the_clock_says_nothing_to_invitees_of_rach_gia(
    papers: PapersStage, pack: str, reminders: int
) -> None:
    papers.adopt(pack)
    day = papers.clock.now().date() + timedelta(days=2)
    papers.change_meeting("TK-11", starts_at=at(day, time(14)), ends_at=at(day, time(17)))
    papers.put_on_the_list()
    papers.pass_time(to=at(day, time(6)))
    head = papers.phone(Cast.CONSTRUCTION_HEAD)
    seen = len(head.bubbles)
    papers.pass_time(to=at(day, time(8)))
    assert sum(MARKET in bubble for bubble in head.bubbles[seen:]) == reminders


def test_a_post_that_nobody_holds_does_not_keep_its_meeting_from_moving(papers: PapersStage) -> None:
    papers.adopt("tan-yen-2024").put_on_the_list()
    papers.leave(Cast.CONSTRUCTION_HEAD, Cast.CONSTRUCTION_DEPUTY, "SXD03")
    day = papers.clock.now().date() + timedelta(days=19)
    papers.change_meeting("TK-11", starts_at=at(day, time(14)), ends_at=at(day, time(17)))
    assert papers.duty().event_at == at(day, time(14))
