"""What the host agency sends after a meeting goes on to the committee through the Office (Gia Bình 2)."""

from bot.messages import Attachment
from bot.work import Work
from models.duties import Duty, DutyEntry, last_result
from models.meetings import Meeting
from services import parties
from services.notices import after_meeting as notices


def was_reported(work: Work, duty: Duty, entry: DutyEntry) -> None:
    """To the committee through the Office (Gia Bình 2): one message for a meeting, whatever was sent of it by now."""
    meeting = work.session.get_one(Meeting, duty.subject_id)
    sent = [(each, last) for each in notices.owed_after(work, meeting) if (last := last_result(work.session, each.key))]
    file = Attachment(entry.file_id, work.file_name(entry.file_id)) if entry.file_id else None
    parties.tell_office(work, notices.reported, meeting, sent, file)
