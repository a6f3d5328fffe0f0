"""Letters say what they must, in the layout of Decree 30/2020."""

from datetime import UTC, date, datetime
from io import BytesIO

import docx
import pytest
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt
from docx.text.paragraph import Paragraph
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.decree30 import Signer
from reports.letters import (
    DRAFTED,
    FULL_AUTHORITY,
    RESPONSIBILITY,
    AbsenceLetter,
    AuthorisationSlip,
    MeetingFacts,
    Official,
    PhoneRow,
    absence_letter,
    authorisation_slip,
    phone_list,
    signer_of,
)

HEAD = Official("Vũ Đình Khải", "Trưởng phòng Kinh tế")
DEPUTY = Official("Ngô Thị Thu", "Phó Trưởng phòng Kinh tế")
CHAIR = Official("Nguyễn Văn Hưng", "Chủ tịch UBND phường Mẫu")
SESSION = MeetingFacts(
    "Phiên họp thường kỳ tháng 11", datetime(2026, 11, 26, 1, tzinfo=UTC), "Phòng họp số 1", "đ/c Nguyễn Văn Hưng"
)
CLAUSE = "mục 2, Công văn số 288/UBND-VP ngày 21/3/2024"


def letter(
    *,
    substitute: Official | None = DEPUTY,
    issued_on: date | None = None,
    number: str = "",
    reason: str = "đi công tác",
    citation: str = CLAUSE,
    meeting: MeetingFacts = SESSION,
) -> Document:
    content = absence_letter(
        AbsenceLetter(
            superior="UBND phường Mẫu",
            unit="Phòng Kinh tế",
            place="Mẫu",
            meeting=meeting,
            requester=HEAD,
            reason=reason,
            signer=Signer("Trưởng phòng", "Vũ Đình Khải"),
            substitute=substitute,
            citation=citation,
            issued_on=issued_on,
            number=number,
        )
    )
    return docx.Document(BytesIO(content))


def slip(*, declares_full_authority: bool = True, consent_note: str = "", citation: str = CLAUSE) -> Document:
    content = authorisation_slip(
        AuthorisationSlip(
            superior="UBND phường Mẫu",
            unit="Phòng Kinh tế",
            place="Mẫu",
            number="07/GUQ-KT",
            issued_on=date(2026, 2, 5),
            meeting=SESSION,
            head=HEAD,
            substitute=DEPUTY,
            consented_by=CHAIR,
            consented_at=datetime(2026, 2, 4, 7, 5, tzinfo=UTC),
            signer=signer_of(HEAD, "Phòng Kinh tế"),
            citation=citation,
            consent_note=consent_note,
            declares_full_authority=declares_full_authority,
        )
    )
    return docx.Document(BytesIO(content))


def paragraphs(document: Document) -> list[Paragraph]:
    """All paragraphs as they are read, those in tables too."""
    found: list[Paragraph] = []
    for block in document.iter_inner_content():
        if isinstance(block, Paragraph):
            found.append(block)
        else:
            found += [paragraph for row in block.rows for cell in row.cells for paragraph in cell.paragraphs]
    return found


def lines(document: Document) -> list[str]:
    return [paragraph.text for paragraph in paragraphs(document) if paragraph.text]


def test_an_absence_letter_is_a_complete_official_letter() -> None:
    assert lines(letter()) == [
        "UBND PHƯỜNG MẪU",
        "PHÒNG KINH TẾ",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Số:      /",
        "V/v báo cáo vắng họp",
        "và cử người dự thay",
        "Mẫu, ngày …… tháng …… năm ………",
        "Kính gửi: Lãnh đạo UBND phường Mẫu",
        f"Thực hiện {CLAUSE}, Phòng Kinh tế báo cáo lãnh đạo UBND phường Mẫu việc đồng chí Vũ Đình Khải, "
        "Trưởng phòng Kinh tế, vắng mặt tại cuộc họp sau đây:",
        "- Cuộc họp: Phiên họp thường kỳ tháng 11;",
        "- Thời gian: 08 giờ 00, thứ Năm, ngày 26/11/2026;",
        "- Địa điểm: Phòng họp số 1;",
        "- Chủ trì: đ/c Nguyễn Văn Hưng.",
        "Lý do vắng mặt: đi công tác.",
        f"Phòng Kinh tế cử đồng chí Ngô Thị Thu, Phó Trưởng phòng Kinh tế, dự họp thay. {FULL_AUTHORITY}",
        RESPONSIBILITY,
        "Kính đề nghị lãnh đạo UBND phường Mẫu xem xét, giải quyết./.",
        "Nơi nhận:",
        "- Như trên;",
        "- Lưu: VT.",
        "TRƯỞNG PHÒNG",
        "Vũ Đình Khải",
    ]


def test_an_absence_letter_without_a_substitute_says_so() -> None:
    told = lines(letter(substitute=None))

    assert "Phòng Kinh tế không cử người dự họp thay." in told
    assert "và cử người dự thay" not in told
    assert not any(FULL_AUTHORITY in line or "Ngô Thị Thu" in line for line in told)


def test_a_number_and_a_day_are_written_when_they_are_known() -> None:
    told = lines(letter(number="12/KT", issued_on=date(2026, 2, 5)))

    assert "Số: 12/KT" in told
    assert "Mẫu, ngày 05 tháng 02 năm 2026" in told


def test_what_is_not_known_leaves_no_empty_line() -> None:
    told = lines(letter(citation="", meeting=MeetingFacts("Họp", SESSION.begins_at, "", "")))

    assert "- Thời gian: 08 giờ 00, thứ Năm, ngày 26/11/2026." in told
    assert not any("Địa điểm" in line or "Chủ trì" in line or "Thực hiện" in line for line in told)


def test_a_slip_names_both_people_the_meeting_the_consent_and_the_clause() -> None:
    told = lines(slip(consent_note="qua điện thoại, Văn phòng ghi nhận"))

    assert told[4:] == [
        "Số: 07/GUQ-KT",
        "Mẫu, ngày 05 tháng 02 năm 2026",
        "GIẤY ỦY QUYỀN",
        "Về việc cử người dự họp thay",
        f"Căn cứ {CLAUSE};",
        "Căn cứ ý kiến đồng ý của đồng chí Nguyễn Văn Hưng, Chủ tịch UBND phường Mẫu, "
        "lúc 14 giờ 05, thứ Tư, ngày 04/02/2026 (qua điện thoại, Văn phòng ghi nhận),",
        "Người ủy quyền: đồng chí Vũ Đình Khải, Trưởng phòng Kinh tế.",
        "Người được ủy quyền dự họp thay: đồng chí Ngô Thị Thu, Phó Trưởng phòng Kinh tế.",
        "Nội dung ủy quyền: dự họp thay tại cuộc họp sau đây:",
        "- Cuộc họp: Phiên họp thường kỳ tháng 11;",
        "- Thời gian: 08 giờ 00, thứ Năm, ngày 26/11/2026;",
        "- Địa điểm: Phòng họp số 1;",
        "- Chủ trì: đ/c Nguyễn Văn Hưng.",
        FULL_AUTHORITY,
        f"{RESPONSIBILITY}/.".replace("../.", "./."),
        "Nơi nhận:",
        "- Chủ trì cuộc họp (b/c);",
        "- Cơ quan chuẩn bị cuộc họp;",
        "- Người dự thay;",
        "- Lưu: VT.",
        "TRƯỞNG PHÒNG",
        "Vũ Đình Khải",
        DRAFTED,
    ]


def test_full_authority_is_declared_only_where_it_is_asked() -> None:
    assert FULL_AUTHORITY not in lines(slip(declares_full_authority=False))


@pytest.mark.parametrize("document", [letter(), slip(), docx.Document(BytesIO(phone_list([])))])
def test_the_page_has_the_prescribed_size_margins_and_letters(document: Document) -> None:
    (section,) = document.sections
    sizes = [section.page_width, section.page_height, section.top_margin, section.bottom_margin]
    sizes += [section.left_margin, section.right_margin]

    assert [round(Length(size or 0).mm) for size in sizes] == [210, 297, 20, 20, 30, 15]
    normal = document.styles["Normal"]
    assert normal.element.xpath("string(.//w:rFonts/@w:ascii)") == "Times New Roman"
    assert normal.element.xpath("string(.//w:rFonts/@w:eastAsia)") == "Times New Roman"
    assert normal.element.xpath("string(.//w:lang/@w:val)") == "vi-VN"


def test_pages_after_the_first_are_numbered_above_the_text() -> None:
    (section,) = letter().sections

    assert section.different_first_page_header_footer
    assert section.header.paragraphs[0].alignment == WD_ALIGN_PARAGRAPH.CENTER
    assert section.header._element.xpath("string(.//w:fldSimple/@w:instr)") == "PAGE"
    assert section.first_page_header.paragraphs[0].text == ""


def test_a_document_has_the_styles_that_it_names_and_few_others() -> None:
    document = docx.Document(BytesIO(phone_list([PhoneRow("Ngô Thị Thu", "", "", "", "")])))
    named = {qn(f"w:{name}") for name in ("pStyle", "rStyle", "tblStyle")}
    parts = [document.element, document.sections[0].header._element]
    used = {element.get(qn("w:val")) for part in parts for element in part.iter() if element.tag in named}
    known = {style.style_id for style in document.styles}
    assert "TableGrid" in used <= known
    assert len(known) < 12


def test_each_part_has_its_prescribed_letters() -> None:
    looks = {}
    for paragraph in paragraphs(slip()):
        for run in paragraph.runs:
            looks[run.text] = (run.font.size, bool(run.bold), bool(run.italic))

    assert looks["UBND PHƯỜNG MẪU"] == (Pt(12), False, False)
    assert looks["PHÒNG KINH TẾ"] == (Pt(12), True, False)
    assert looks["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"] == (Pt(12), True, False)
    assert looks["Độc lập - Tự do - Hạnh phúc"] == (Pt(13), True, False)
    assert looks["Số: 07/GUQ-KT"] == (Pt(13), False, False)
    assert looks["Mẫu, ngày 05 tháng 02 năm 2026"] == (Pt(13), False, True)
    assert looks["GIẤY ỦY QUYỀN"] == (Pt(14), True, False)
    assert looks[FULL_AUTHORITY] == (Pt(14), False, False)
    assert looks["TRƯỞNG PHÒNG"] == (Pt(14), True, False)
    assert looks["Nơi nhận:"] == (Pt(12), True, True)
    assert looks["- Lưu: VT."] == (Pt(11), False, False)


def test_the_text_is_justified_with_an_indented_first_line() -> None:
    (reason,) = (paragraph for paragraph in letter().paragraphs if paragraph.text.startswith("Lý do"))

    assert reason.alignment == WD_ALIGN_PARAGRAPH.JUSTIFY
    assert reason.paragraph_format.first_line_indent == Mm(12.7)
    assert reason.paragraph_format.space_after == Pt(6)


@pytest.mark.parametrize(
    ("title", "unit", "signed"),
    [
        ("Trưởng phòng Kinh tế", "Phòng Kinh tế", "Trưởng phòng"),
        ("Chủ tịch UBND phường Mẫu", "UBND phường Mẫu", "Chủ tịch"),
        ("Chánh Văn phòng", "Văn phòng", "Chánh Văn phòng"),
        ("Phó Chánh Văn phòng HĐND và UBND", "Văn phòng HĐND và UBND", "Phó Chánh Văn phòng"),
        ("Giám đốc Trung tâm Văn hóa", "Trung tâm Văn hóa", "Giám đốc"),
        ("Giám đốc", "Trung tâm Văn hóa", "Giám đốc"),
    ],
)
def test_a_signature_does_not_repeat_the_name_of_the_unit(title: str, unit: str, signed: str) -> None:
    assert signer_of(Official("Vũ Đình Khải", title), unit) == Signer(signed, "Vũ Đình Khải")


@settings(max_examples=30, deadline=None)
@given(st.text(max_size=200), st.text(max_size=50))
def test_whatever_people_typed_makes_a_document(reason: str, name: str) -> None:
    meeting = MeetingFacts(name, SESSION.begins_at, name, name)

    assert lines(letter(reason=reason, number=name, citation=name, meeting=meeting))[0] == "UBND PHƯỜNG MẪU"


def test_the_telephone_list_tells_everybody_under_headings_that_stay() -> None:
    rows = [PhoneRow("Ngô Thị Thu", "Phó Trưởng phòng", "Phòng Kinh tế", "0912 345 678", "chưa liên kết")] * 60
    document = docx.Document(BytesIO(phone_list(rows, body_name="UBND phường Mẫu", on=date(2026, 11, 20))))

    (table,) = document.tables
    assert [cell.text for cell in table.rows[0].cells] == [
        "TT",
        "Họ và tên",
        "Chức vụ",
        "Đơn vị",
        "Điện thoại",
        "Tình trạng",
    ]
    assert [cell.text for cell in table.rows[60].cells] == [
        "60", "Ngô Thị Thu", "Phó Trưởng phòng", "Phòng Kinh tế", "0912 345 678", "chưa liên kết",
    ]  # fmt: skip
    assert table.rows[0]._tr.xpath("./w:trPr/w:tblHeader")
    assert lines(document)[:2] == ["DANH SÁCH LIÊN HỆ BẰNG ĐIỆN THOẠI", "UBND phường Mẫu (ngày 20 tháng 11 năm 2026)"]


def test_an_empty_telephone_list_says_so() -> None:
    assert lines(docx.Document(BytesIO(phone_list([]))))[-1] == "Không có ai phải liên hệ bằng điện thoại."
