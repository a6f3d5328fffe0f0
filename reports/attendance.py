"""Documents of the meeting day: the attendance sheet, the draft report and the paragraph of criticism."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from docx.document import Document

from reports import decree30
from reports.decree30 import Issuer, Signer, phrase
from reports.letters import DRAFTED, EMPTY, MeetingFacts, lined_table, meeting_lines


@dataclass(frozen=True, slots=True)
class Sitting:
    """One line of the sheet: who was expected, who came, what is recorded of it."""

    name: str
    title: str
    came: str
    record: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class AfterMeeting:
    """What the host agency reports (Gia Bình 2): prefilled, edited and signed by people."""

    superior: str
    unit: str
    place: str
    meeting: MeetingFacts
    ended_at: datetime
    sittings: Sequence[Sitting]
    summary: str
    signer: Signer
    conclusions: Sequence[str] = ()
    citation: str = ""


def attendance_sheet(facts: AfterMeeting) -> bytes:
    """Danh sách thành phần tham dự, as .docx."""
    document = decree30.a4_document(title="Danh sách thành phần tham dự")
    decree30.heading(document, Issuer(facts.superior, facts.unit, facts.place), "", None)
    decree30.title(document, "Danh sách thành phần tham dự", phrase(facts.meeting.title))
    for line in meeting_lines(facts.meeting):
        decree30.body(document, line)
    decree30.body(document, facts.summary)
    _table(document, facts.sittings)
    decree30.signatures(document, facts.signer, ("Văn phòng (t/h)", "Lưu: VT"))
    decree30.remark(document, DRAFTED)
    return decree30.saved(document)


def result_report(facts: AfterMeeting) -> bytes:
    """Báo cáo kết quả cuộc họp và thành phần tham dự: a draft with the places for what only people know."""
    document = decree30.a4_document(title="Báo cáo kết quả cuộc họp")
    decree30.heading(document, Issuer(facts.superior, facts.unit, facts.place), "     /BC-", None)
    decree30.title(document, "Báo cáo", f"Kết quả {phrase(facts.meeting.title)} và thành phần tham dự")
    if facts.citation:
        decree30.body(document, f"Thực hiện {phrase(facts.citation)}, {phrase(facts.unit)} báo cáo như sau:")
    decree30.body(document, "", bold_lead="1. Cuộc họp")
    for line in meeting_lines(facts.meeting):
        decree30.body(document, line)
    decree30.body(document, "", bold_lead="2. Thành phần tham dự")
    decree30.body(document, facts.summary)
    _table(document, facts.sittings)
    for lead, known in (
        ("3. Nội dung, ý kiến phát biểu", ()),
        ("4. Kết luận của chủ trì", facts.conclusions),
        ("5. Kiến nghị, đề xuất", ()),
    ):
        decree30.body(document, "", bold_lead=lead)
        for line in known:
            decree30.body(document, f"- {phrase(line)};")
        if not known:
            decree30.body(document, EMPTY)
    decree30.signatures(document, facts.signer, ("Văn phòng (b/c)", "Chủ trì cuộc họp (b/c)", "Lưu: VT"))
    decree30.remark(document, DRAFTED)
    return decree30.saved(document)


def criticism(meeting: MeetingFacts, faults: Sequence[Sitting], citation: str) -> bytes:
    """The paragraph for the conclusion notice (Gia Bình 3.1): proposed, never published by the bot."""
    document = decree30.a4_document(title="Dự thảo đoạn phê bình trong thông báo kết luận")
    decree30.title(document, "Dự thảo", "Đoạn về chấp hành chế độ hội họp trong thông báo kết luận")
    decree30.body(
        document, f"Căn cứ {phrase(citation)}, đề nghị xem xét đưa vào thông báo kết luận {phrase(meeting.title)}:"
    )
    decree30.body(document, "Phê bình các cơ quan, đơn vị sau đây chưa chấp hành chế độ hội họp:")
    for fault in faults:
        decree30.body(document, f"- {phrase(fault.title)} ({phrase(fault.name)}): {phrase(fault.record)};")
    decree30.remark(document, DRAFTED)
    return decree30.saved(document)


def _table(document: Document, sittings: Sequence[Sitting]) -> None:
    headings = ("TT", "Họ và tên", "Chức vụ, đơn vị", "Người dự", "Ghi nhận", "Ghi chú")
    rows = [(str(n), s.name, s.title, s.came, s.record, s.note) for n, s in enumerate(sittings, start=1)]
    lined_table(document, (10, 36, 42, 30, 32, 15), [headings, *rows])
