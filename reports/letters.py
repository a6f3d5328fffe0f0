"""Letters and lists that the secretary drafts for people to sign or print: absence, authorisation, telephone list."""

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass
from datetime import date, datetime

from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import _Cell, _Row

from reports import decree30
from reports.decree30 import Issuer, Signer, phrase
from reports.vietnamese_dates import dateline, moment

RESPONSIBILITY = "Thủ trưởng cơ quan, đơn vị chịu trách nhiệm về ý kiến phát biểu của người dự thay."
FULL_AUTHORITY = (
    "Người dự thay được giao đủ thẩm quyền về mặt chuyên môn để thay mặt lãnh đạo cơ quan, đơn vị, địa phương "
    "phát biểu ý kiến về những nội dung có liên quan."
)
EMPTY = "…………………………………………………………………………"
DRAFTED = "Dự thảo do hệ thống Thư Ký lập; có hiệu lực sau khi được người có thẩm quyền ký."

_OFFICE = "Văn phòng"


@dataclass(frozen=True, slots=True)
class Official:
    """A person as documents name him: the title tells the unit too."""

    name: str
    title: str

    def __str__(self) -> str:
        return f"đồng chí {phrase(self.name)}, {phrase(self.title)}"


@dataclass(frozen=True, slots=True)
class MeetingFacts:
    """What a document says of a meeting; `chair` is the chair's name and title."""

    title: str
    begins_at: datetime
    place: str
    chair: str


@dataclass(frozen=True, slots=True)
class AbsenceLetter:
    """Công văn: a head tells the leaders that he will be absent, and asks them to consider it."""

    superior: str
    unit: str
    place: str
    meeting: MeetingFacts
    requester: Official
    reason: str
    signer: Signer
    substitute: Official | None = None
    citation: str = ""
    issued_on: date | None = None
    number: str = ""
    symbol: str = ""
    addressee: str = ""


@dataclass(frozen=True, slots=True)
class AuthorisationSlip:
    """Giấy ủy quyền: who attends in whose place, by whose consent, under which clause."""

    superior: str
    unit: str
    place: str
    number: str
    issued_on: date | None
    meeting: MeetingFacts
    head: Official
    substitute: Official
    consented_by: Official
    consented_at: datetime
    signer: Signer
    citation: str = ""
    consent_note: str = ""
    declares_full_authority: bool = False


@dataclass(frozen=True, slots=True)
class PhoneRow:
    """Somebody whom no message reaches."""

    name: str
    title: str
    unit: str
    phone: str
    state: str


def signer_of(official: Official, unit: str) -> Signer:
    """The signature of an official: his title without the unit's name again (Decree 30/2020)."""
    title, unit = phrase(official.title), phrase(unit)
    rest = unit.partition(" ")[2]
    # In "Chánh Văn phòng" the office is part of the title; in "Giám đốc Sở Nội vụ" it is not.
    endings = [unit.removeprefix(_OFFICE).strip()] if unit.startswith(_OFFICE) else [unit, rest]
    for ending in endings:
        if ending and title.endswith(f" {ending}"):
            return Signer(title.removesuffix(ending).rstrip(" ,"), official.name)
    return Signer(title, official.name)


def absence_letter(letter: AbsenceLetter) -> bytes:
    """The draft as .docx; number and day stay blank until the unit gives them."""
    leaders = phrase(letter.addressee) or f"Lãnh đạo {phrase(letter.superior)}"
    document = decree30.a4_document(title="Công văn báo cáo vắng họp")
    number = letter.number or f"     /{letter.symbol}"
    about = "V/v báo cáo vắng họp" + ("\nvà cử người dự thay" if letter.substitute else "")
    decree30.heading(
        document, Issuer(letter.superior, letter.unit, letter.place), number, letter.issued_on, about=about
    )
    decree30.addressee(document, leaders)
    under = f"Thực hiện {phrase(letter.citation)}, " if letter.citation else ""
    leaders = leaders[0].lower() + leaders[1:]
    decree30.body(
        document,
        f"{under}{phrase(letter.unit)} báo cáo {leaders} việc {letter.requester}, vắng mặt tại cuộc họp sau đây:",
    )
    for line in meeting_lines(letter.meeting):
        decree30.body(document, line)
    decree30.body(document, f"Lý do vắng mặt: {phrase(letter.reason)}.")
    if letter.substitute:
        decree30.body(document, f"{phrase(letter.unit)} cử {letter.substitute}, dự họp thay. {FULL_AUTHORITY}")
        decree30.body(document, RESPONSIBILITY)
    else:
        decree30.body(document, f"{phrase(letter.unit)} không cử người dự họp thay.")
    decree30.body(document, f"Kính đề nghị {leaders} xem xét, giải quyết./.")
    decree30.signatures(document, letter.signer, ("Như trên", "Lưu: VT"))
    return decree30.saved(document)


def authorisation_slip(slip: AuthorisationSlip) -> bytes:
    """The slip as .docx, to be signed by the head."""
    document = decree30.a4_document(title="Giấy ủy quyền dự họp thay")
    decree30.heading(document, Issuer(slip.superior, slip.unit, slip.place), slip.number, slip.issued_on)
    decree30.title(document, "Giấy ủy quyền", "Về việc cử người dự họp thay")
    if slip.citation:
        decree30.body(document, f"Căn cứ {phrase(slip.citation)};", italic=True)
    note = f" ({phrase(slip.consent_note)})" if slip.consent_note else ""
    agreed = f"Căn cứ ý kiến đồng ý của {slip.consented_by}, lúc {moment(slip.consented_at)}{note},"
    decree30.body(document, agreed, italic=True)
    decree30.body(document, f"{slip.head}.", bold_lead="Người ủy quyền: ")
    decree30.body(document, f"{slip.substitute}.", bold_lead="Người được ủy quyền dự họp thay: ")
    decree30.body(document, "", bold_lead="Nội dung ủy quyền: dự họp thay tại cuộc họp sau đây:")
    for line in meeting_lines(slip.meeting):
        decree30.body(document, line)
    if slip.declares_full_authority:
        decree30.body(document, FULL_AUTHORITY)
    decree30.body(document, f"{RESPONSIBILITY[:-1]}./.")
    decree30.signatures(
        document, slip.signer, ("Chủ trì cuộc họp (b/c)", "Cơ quan chuẩn bị cuộc họp", "Người dự thay", "Lưu: VT")
    )
    decree30.remark(document, DRAFTED)
    return decree30.saved(document)


def meeting_lines(meeting: MeetingFacts) -> list[str]:
    facts = (
        ("Cuộc họp", meeting.title),
        ("Thời gian", moment(meeting.begins_at)),
        ("Địa điểm", meeting.place),
        ("Chủ trì", meeting.chair),
    )
    lines = [f"- {label}: {phrase(value)}" for label, value in facts if phrase(value)]
    return [f"{line};" for line in lines[:-1]] + [f"{lines[-1]}."]


def phone_list(rows: Sequence[PhoneRow], *, body_name: str = "", on: date | None = None) -> bytes:
    """People who are not linked or cannot be reached, to be called by telephone."""
    document = decree30.a4_document(title="Danh sách liên hệ bằng điện thoại")
    subject = phrase(body_name) + (f" ({dateline(on)})" if on else "")
    decree30.title(document, "Danh sách liên hệ bằng điện thoại", subject.strip())
    headings = ("TT", "Họ và tên", "Chức vụ", "Đơn vị", "Điện thoại", "Tình trạng")
    listed = [(str(n), r.name, r.title, r.unit, r.phone, r.state) for n, r in enumerate(rows, start=1)]
    lined_table(document, (10, 36, 33, 28, 31, 27), [headings, *listed])
    if not rows:
        decree30.body(document, "Không có ai phải liên hệ bằng điện thoại.")
    return decree30.saved(document)


def lined_table(document: Document, widths: Sequence[int], rows: Sequence[Sequence[str]]) -> None:
    """Columns of so many millimetres; the first row holds the headings."""
    table = decree30.fixed_table(document, 2, [Mm(width) for width in widths])
    table.style = "Table Grid"
    headings, model = table.rows
    keep_whole(headings, is_heading=True)
    keep_whole(model, is_heading=False)
    for cell, heading in zip(headings.cells, rows[0], strict=True):
        _write_close(cell, heading, bold=True)
    for cell in model.cells:
        _write_close(cell, " ", bold=False)
    # Copied, because each cell that is built from its parts takes as long as a copied row.
    table._tbl.remove(model._tr)
    for values in rows[1:]:
        row = deepcopy(model._tr)
        for place, value in zip(row.iter(qn("w:t")), values, strict=True):
            place.text = decree30.printable(value)
        table._tbl.append(row)


def _write_close(cell: _Cell, words: str, *, bold: bool) -> None:
    paragraph = decree30.write(cell.paragraphs[0], words, size=12, bold=bold)
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(2)


def keep_whole(row: _Row, *, is_heading: bool) -> None:
    """A row is not broken between pages; the headings stand on every page."""
    properties = row._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
    if is_heading:
        properties.append(OxmlElement("w:tblHeader"))
