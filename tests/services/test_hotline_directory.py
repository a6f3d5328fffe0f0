"""Finding hotline and procedure in a real directory, which is kept in memory and never stale."""

import pytest

from bot.work import Work
from rules.competence import MatterKind
from rules.words import Certainty
from services import demo
from services.hotline_directory import competence_of, find_place, find_topic
from tests.services.workbooks import load


@pytest.fixture
def directory(sample: Work) -> Work:
    demo.load_hotlines(sample)
    return sample


def test_a_place_leads_to_its_unit_s_hotline(directory: Work) -> None:
    found = find_place(directory, "toi o xa lac suong cu")
    [candidate] = found.candidates
    assert (found.certainty, candidate.unit.code, candidate.place) == (Certainty.SURE, "MTH", "xã Lạc Sương")
    assert candidate.hotline.phone == "0200 3000 103"


def test_a_place_of_two_units_offers_both(directory: Work) -> None:
    found = find_place(directory, "xã Tân Diều")
    assert found.certainty is Certainty.OFFER
    assert [candidate.unit.code for candidate in found.candidates] == ["MTR", "MDO"]


def test_a_sentence_leads_to_a_procedure(directory: Work) -> None:
    found = find_topic(directory, "gks cho be moi sinh")
    assert (found.certainty, [each.code for each in found.procedures], found.competences) == (
        Certainty.SURE,
        ["HT-01"],
        [],
    )


def test_another_body_s_business_and_what_is_urgent_are_told_apart_from_procedures(directory: Work) -> None:
    police = find_topic(directory, "đăng ký tạm trú")
    assert (police.procedures, [each.id for each in police.competences]) == ([], ["police"])
    [fire] = find_topic(directory, "cháy nhà rồi, đang làm giấy khai sinh").competences
    assert fire.kind is MatterKind.EMERGENCY
    complaint = competence_of("tố cáo cán bộ")
    assert complaint is not None and complaint.kind is MatterKind.COMPLAINT


def test_a_body_without_hotlines_asks(work: Work) -> None:
    assert find_place(work, "xã Mẫu Hạ").certainty is Certainty.ASK
    assert find_topic(work, "giấy khai sinh").certainty is Certainty.ASK


def test_what_a_workbook_changes_is_found_at_once(directory: Work) -> None:
    assert find_place(directory, "xóm Mới Toanh").certainty is Certainty.ASK
    headings = ("Đơn vị", "Số điện thoại", "Tổ trưởng", "Thành viên", "Địa bàn")
    load(directory, ("Đường dây nóng", [headings, ("MHA", "0200 3000 104", "MHA01", "MHA02", "xóm Mới Toanh")]))
    assert [each.unit.code for each in find_place(directory, "xóm Mới Toanh").candidates] == ["MHA"]
    assert find_place(directory, "xóm Đình").certainty is Certainty.ASK
    load(directory, ("Đơn vị", [("Mã", "Tên", "Loại"), ("MHA", "Phường Bờ Dậu", "xa")]))
    assert [each.unit.code for each in find_place(directory, "phường Bờ Dậu").candidates] == ["MHA"]
