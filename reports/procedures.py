"""The report on administrative procedures (Tứ Kỳ 4.1) as a draft: what the system knows, and places for the rest."""

from collections.abc import Sequence
from dataclasses import dataclass

from docx.shared import Pt

from reports import decree30
from reports.decree30 import Issuer, Signer, phrase
from reports.letters import DRAFTED, EMPTY, lined_table

_HEADINGS = ("Tiếp nhận", "Đúng hạn", "Chậm", "Chưa trả lời", "Điểm đánh giá")
_WIDTHS = (60, 21, 21, 21, 21, 21)


@dataclass(frozen=True, slots=True)
class ProceduresReport:
    """`about` names the period; `figures` are the hotline's in words, `rows` the same by `divided_by`, name first."""

    issuer: Issuer
    about: str
    citation: str
    figures: Sequence[str]
    divided_by: str
    rows: Sequence[Sequence[str]]
    recipient: str
    signer: Signer


def procedures_report(report: ProceduresReport) -> bytes:
    """Báo cáo, as .docx; number and day stay blank until the unit gives them."""
    document = decree30.a4_document(title="Báo cáo giải quyết thủ tục hành chính")
    decree30.heading(document, report.issuer, "     /BC-", None)
    decree30.title(document, "Báo cáo", f"Kết quả tiếp nhận, giải quyết thủ tục hành chính, {report.about}")
    decree30.body(document, f"Thực hiện {phrase(report.citation)}, {phrase(report.issuer.name)} báo cáo như sau:")
    decree30.body(document, "", bold_lead="1. Tiếp nhận, giải quyết thủ tục hành chính")
    decree30.body(document, EMPTY)
    decree30.body(document, "", bold_lead="2. Đường dây nóng")
    for number, line in enumerate(report.figures, start=1):
        decree30.body(document, f"- {phrase(line)}{'.' if number == len(report.figures) else ';'}")
    if report.rows:
        lined_table(document, _WIDTHS, [(report.divided_by, *_HEADINGS), *report.rows])
    lead = decree30.body(document, "", bold_lead="3. Tồn tại, nguyên nhân; kiến nghị, đề xuất")
    lead.paragraph_format.space_before = Pt(6)
    decree30.body(document, EMPTY)
    decree30.signatures(document, report.signer, (report.recipient, "Lưu: VT"))
    decree30.remark(document, DRAFTED)
    return decree30.saved(document)
