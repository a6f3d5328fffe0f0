"""What the host agency sends after a meeting goes on to the committee through the Office (Gia Bình 2)."""

from bot.messages import Attachment
from bot.work import Work
from models.duties import Duty, DutyEntry
from services import parties
from services.notices import after_meeting as notices


def was_reported(work: Work, duty: Duty, entry: DutyEntry) -> None:
    """To the committee through the Office (Gia Bình 2)."""
    file = Attachment(entry.file_id, work.file_name(entry.file_id)) if entry.file_id else None
    parties.tell_office(work, notices.reported, duty, entry, file)
