"""The letter that goes with returned papers (Sơn Dương 8.b): drafted for the Office to number and sign."""

from collections.abc import Sequence

from bot.i18n import use_language
from bot.messages import Attachment
from bot.work import Work
from models.agenda import AgendaItem
from models.duties import Duty, duty_about, last_result
from models.meetings import Meeting
from models.people import Unit, the_body
from reports.decree30 import Issuer
from reports.returns import ReturnLetter, return_letter
from rules.duties import DutyKind
from rules.papers import Flaw
from services import access, people
from services.letter_heads import signer
from services.notices import papers as notices
from services.notices import words
from services.regulation import regulation


def draft(work: Work, item: AgendaItem, flaws: Sequence[Flaw], remark: str) -> Attachment | None:
    """For the clerk who returned them; None where no clause asks for a letter, or a unit that was heard did it."""
    clerk = access.actor(work)
    post = people.main_post(work, clerk)
    duty = duty_about(work.session, DutyKind.PAPERS, item.key)
    if not regulation(work).rules("return") or not access.is_office(work, clerk) or post is None or duty is None:
        return None
    body, office = the_body(work.session), work.session.get_one(Unit, post.unit_id)
    sent = last_result(work.session, duty.key)
    meeting = work.session.get_one(Meeting, item.meeting_id)
    # Documents of the body are in its own language, whoever asks for them.
    with use_language("vi"):
        letter = ReturnLetter(
            issuer=Issuer(body.name if body else "", office.name, body.province if body else ""),
            unit=work.session.get_one(Unit, item.unit_id).name,
            item=item.title,
            document=sent.number if sent else "",
            meeting=words.in_sentence(meeting),
            flaws=[notices.flaw(flaw) for flaw in flaws],
            remark=remark,
            until=_until(work, duty),
            citation=regulation(work).cite("return"),
            signer=signer(work, office),
        )
    return work.attach(f"Yeu-cau-hoan-thien-{item.code.replace('/', '-')}.docx", return_letter(letter))


def _until(work: Work, duty: Duty) -> str:
    """Papers that are overdue already are wanted at once."""
    return f"chậm nhất {words.by_when(duty.due_at)}" if duty.due_at > work.now else "trước giờ họp"
