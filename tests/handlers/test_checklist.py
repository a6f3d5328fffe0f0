"""The checklist of papers (Gia Bình 2, Tân Yên 5.c, Rạch Giá 4): one tap says that all is there, or what is wanting."""

import pytest

from rules import packs
from services.demo import Cast
from tests.conversation import Stage
from tests.handlers.papers_stage import MARKET, PapersStage

EDUCATION = "Báo cáo kết quả kiểm tra dạy thêm"


def test_what_is_wanting_goes_to_the_office_with_the_papers_and_stays_with_the_item(papers: PapersStage) -> None:
    papers.adopt("tan-yen-2024").put_on_the_list()
    head = papers.phone(Cast.CONSTRUCTION_HEAD).says("/viec").presses("Gửi tài liệu").presses("Đã xong")
    head.says("45/TTr-SXD").presses("Bỏ qua").says("Phương án 1")
    head.sees_last(
        "Hồ sơ đã đủ các mục sau chưa?", "1. Căn cứ pháp lý", "7. Đầy đủ tài liệu kèm theo", "điểm c khoản 5"
    )
    head.presses("Còn mục chưa đủ").presses("Thẩm quyền ban hành").presses("Xong").presses("Gửi")
    office = papers.phone(Cast.OFFICE)
    office.sees_last("Đã nhận tài liệu", MARKET, "còn thiếu: thẩm quyền ban hành", "Trả lại tài liệu")
    office.says("/hop").presses("1").presses("Nội dung trình").presses("1")
    office.sees_last(MARKET, "còn thiếu: thẩm quyền ban hành")


def test_one_tap_says_that_all_is_there(papers: PapersStage) -> None:
    papers.adopt("rach-gia-2024").put_on_the_list()
    papers.send_papers()
    papers.phone(Cast.OFFICE).sees_last("Đã nhận tài liệu, đúng hạn", "Đơn vị tự kiểm tra: đủ 4 mục")


def test_a_directive_without_a_checklist_asks_for_none(papers: PapersStage) -> None:
    papers.adopt("son-duong-2021").put_on_the_list()
    papers.send_papers("[Người đứng đầu ký]", "Phương án 1")
    assert "tự kiểm tra" not in papers.phone(Cast.OFFICE).sees_last("Đã nhận tài liệu")


def test_it_is_answered_by_number_on_a_phone_that_shows_text_alone(text_stage: Stage) -> None:
    head = text_stage.phone(Cast.EDUCATION_HEAD)
    head.presses("Đã xong", on=head.sees(f"Gửi tài liệu: {EDUCATION}")).says("12/BC").presses("Bỏ qua").presses(
        "Còn mục chưa đủ"
    ).presses("Đầy đủ tài liệu họp")
    head.presses("Xong").presses("Gửi")
    text_stage.phone(Cast.OFFICE).sees(EDUCATION, "còn thiếu: đầy đủ tài liệu họp")


@pytest.mark.parametrize("pack_id", ["gia-binh-2022", "tan-yen-2024", "rach-gia-2024"])
def test_every_item_cites_a_clause_of_its_own_directive(pack_id: str) -> None:
    pack = packs.load(pack_id)
    assert pack.checklist
    assert {pack.clauses[item.clause].source for item in pack.checklist} == {
        packs.load(pack_id).clauses[pack.topics["papers"]].source
    }
