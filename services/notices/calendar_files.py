"""The calendar file that goes along with an invitation, its changes and its end."""

from collections.abc import Sequence

from sqlalchemy import bindparam
from sqlmodel import col, select

from bot.clock import LOCAL_ZONE
from bot.i18n import _
from bot.messages import Attachment
from bot.work import Work
from models.files import StoredFile
from models.meetings import Meeting
from reports.calendar_files import MEDIA_TYPE, Event, calendar_file
from services.notices import words

# Asked with each invitation: built once.
_KEPT = select(StoredFile.id).where(
    col(StoredFile.digest) == bindparam("digest"), col(StoredFile.name) == bindparam("name")
)


def calendar_entry(work: Work, meeting: Meeting, *, is_cancelled: bool = False) -> Attachment:
    """Entered, changed or taken out of the reader's calendar with one tap."""
    return calendar_entries(work, [meeting], is_cancelled=is_cancelled)


def calendar_entries(work: Work, meetings: Sequence[Meeting], *, is_cancelled: bool = False) -> Attachment:
    """Several meetings in one file, called after the first."""
    content = calendar_file(tuple(_event(work, meeting) for meeting in meetings), is_cancelled=is_cancelled)
    name = f"{meetings[0].code}.ics"
    digest = work.files.save(content)
    # All who are invited are sent the same.
    kept = work.session.exec(_KEPT, params={"digest": digest, "name": name}).first()
    return Attachment(kept, name) if kept is not None else work.attach(name, content, MEDIA_TYPE)


def _event(work: Work, meeting: Meeting) -> Event:
    return Event(
        uid=f"meeting-{meeting.key}-{meeting.created_at:%Y%m%d%H%M%S}@thu-ky",
        sequence=meeting.version,
        stamp=meeting.created_at,
        title=meeting.title,
        starts_at=meeting.starts_at.astimezone(LOCAL_ZONE),
        ends_at=meeting.ends_at.astimezone(LOCAL_ZONE),
        place=meeting.place,
        chair=_("Chair: {chair}").format(chair=words.chair_name(work, meeting)),
    )
