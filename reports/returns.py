"""The letter with which the Office asks a unit to complete its papers (Sơn Dương 8.b), to be numbered and signed."""

from collections.abc import Sequence
from dataclasses import dataclass

from reports import decree30
from reports.decree30 import Issuer, Signer, phrase


@dataclass(frozen=True, slots=True)
class ReturnLetter:
    """`flaws` are the reasons of the closed list in words, `until` the day by which the papers are owed again."""

    issuer: Issuer
    unit: str
    item: str
    document: str
    meeting: str
    flaws: Sequence[str]
    remark: str
    until: str
    citation: str
    signer: Signer


def return_letter(letter: ReturnLetter) -> bytes:
    """The draft as .docx; number and day stay blank until it is issued."""
    unit = phrase(letter.unit)
    document = decree30.a4_document(title="Công văn yêu cầu hoàn thiện hồ sơ")
    decree30.heading(document, letter.issuer, "     /", None, about="V/v yêu cầu hoàn thiện hồ sơ")
    decree30.addressee(document, unit)
    number = f" (văn bản số {phrase(letter.document)})" if letter.document else ""
    decree30.body(
        document,
        f"{phrase(letter.issuer.name)} nhận được hồ sơ của {unit}{number} về nội dung: {phrase(letter.item)}, "
        f"trình tại {phrase(letter.meeting)}.",
    )
    under = f"Căn cứ {phrase(letter.citation)}, " if letter.citation else ""
    lead = f"{under}sau khi xem xét, hồ sơ chưa bảo đảm yêu cầu vì các lý do sau:"
    decree30.body(document, lead[0].upper() + lead[1:])
    reasons = [*letter.flaws, *([letter.remark] if letter.remark else [])]
    for number_of, reason in enumerate(reasons, start=1):
        decree30.body(document, f"{number_of}. {phrase(reason)[0].upper()}{phrase(reason)[1:]}.")
    decree30.body(document, f"Đề nghị {unit} hoàn thiện và gửi lại hồ sơ {letter.until}./.")
    decree30.signatures(document, letter.signer, ("Như trên", "Chủ tịch (b/c)", "Lưu: VT"))
    return decree30.saved(document)
