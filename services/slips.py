"""The authorisation slip (*phiếu cử người dự họp thay*) and the draft letter to the committee's leaders."""

from datetime import UTC, datetime

from bot.clock import LOCAL_ZONE
from bot.messages import Attachment
from bot.work import Work
from models.absence import AbsenceRequest, Acceptance, highest_slip_number
from models.database import lock_for_transaction
from models.meetings import Meeting
from rules.absence import Kind
from services import access

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def complete(work: Work, request: AbsenceRequest, meeting: Meeting) -> Attachment | None:
    """The substitution is complete when both have said yes; then its slip is issued.

    Said again, after another substitute or another decision, it is another slip: no number is given twice.
    """
    is_complete = request.kind is Kind.SUBSTITUTE and request.acceptance is Acceptance.ACCEPTED
    if not is_complete or not access.substitute_is_of_unit(work, request):
        return None
    year_start = datetime(work.today.year, 1, 1, tzinfo=LOCAL_ZONE).astimezone(UTC)
    lock_for_transaction(work.session, "slip number")
    request.slip_number = highest_slip_number(work.session, year_start) + 1
    work.session.flush()
    work.record("slip.issued", request, number=request.slip_number, substitute=request.substitute_id)
    # What draws up documents is loaded with the first one, not at every start.
    from services import slip_papers

    name = f"giay-uy-quyen-du-hop-{request.slip_number}.docx"
    return work.attach(name, slip_papers.slip(work, request, meeting), DOCX)


def letter(work: Work, request: AbsenceRequest, meeting: Meeting) -> Attachment:
    """The letter that the pack demands, drawn up for the requester to be numbered and signed (Rạch Giá 2)."""
    from services import slip_papers

    return work.attach(f"cong-van-vang-hop-{meeting.code}.docx", slip_papers.letter(work, request, meeting), DOCX)
