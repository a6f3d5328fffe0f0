"""Documents of a vote (Tân Yên 4.d): the list of all opinions, and the draft of the report on its result."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from docx.document import Document

from reports import decree30, letters
from reports.decree30 import Issuer, Signer, phrase
from reports.vietnamese_dates import moment


@dataclass(frozen=True, slots=True)
class Opinion:
    """What one member says, in words: his choice, his comments, and why it does not count where it does not."""

    name: str
    title: str
    choice: str
    opinion: str
    cast_at: str


@dataclass(frozen=True, slots=True)
class VoteFacts:
    """`tally` are the lines of the count; `text` names the text that was voted on and its fingerprint."""

    issuer: Issuer
    draft: str
    document: str
    text: str
    opened_at: datetime
    closed_at: datetime
    tally: Sequence[str]
    opinions: Sequence[Opinion]
    signer: Signer
    citation: str = ""
    session: str = ""


def opinion_list(facts: VoteFacts) -> bytes:
    """Every member in a row, those too who have not voted."""
    document = decree30.a4_document(title="Tổng hợp ý kiến thành viên UBND")
    decree30.title(document, "Tổng hợp ý kiến thành viên UBND", phrase(facts.draft))
    _facts(document, facts)
    headings = ("TT", "Họ và tên, chức vụ", "Ý kiến", "Nội dung bổ sung, sửa đổi; lý do", "Thời điểm")
    rows = [
        (str(number), f"{each.name}, {each.title}".strip(", "), each.choice, each.opinion, each.cast_at)
        for number, each in enumerate(facts.opinions, start=1)
    ]
    letters.lined_table(document, (10, 45, 30, 50, 30), [headings, *rows])
    return decree30.saved(document)


def result_report(facts: VoteFacts) -> bytes:
    """For the drafting unit to complete, number and sign."""
    document = decree30.a4_document(title="Báo cáo kết quả lấy phiếu ý kiến thành viên UBND")
    decree30.heading(document, facts.issuer, "     /BC-", None)
    decree30.title(document, "Báo cáo", f"Kết quả lấy phiếu ý kiến thành viên UBND đối với {phrase(facts.draft)}")
    if facts.citation:
        decree30.body(document, f"Căn cứ {phrase(facts.citation)};", italic=True)
    where = f" tại {phrase(facts.session)}" if facts.session else " tại phiên họp UBND gần nhất"
    decree30.body(
        document,
        f"{phrase(facts.issuer.name)} báo cáo Chủ tịch UBND để thông báo kết quả biểu quyết{where}, như sau:",
    )
    _facts(document, facts)
    given = [each for each in facts.opinions if each.opinion]
    decree30.body(document, "" if given else "không có.", bold_lead="Ý kiến bổ sung, sửa đổi, không đồng ý: ")
    for each in given:
        decree30.body(document, f"- {phrase(each.name)}, {phrase(each.title)} ({each.choice}): {phrase(each.opinion)}.")
    decree30.body(document, letters.EMPTY, bold_lead="Tiếp thu, giải trình: ")
    decree30.signatures(document, facts.signer, ("Chủ tịch UBND (b/c)", "Văn phòng", "Lưu: VT"))
    decree30.remark(document, letters.DRAFTED)
    return decree30.saved(document)


def _facts(document: Document, facts: VoteFacts) -> None:
    if facts.document:
        decree30.body(document, f"Văn bản: {phrase(facts.document)}.")
    decree30.body(document, f"Bản lấy ý kiến: {facts.text}.")
    decree30.body(document, f"Thời gian: từ {moment(facts.opened_at)} đến {moment(facts.closed_at)}.")
    for line in facts.tally:
        decree30.body(document, line)
