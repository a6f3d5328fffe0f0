"""The documents of the meeting day as files, filled from what was recorded."""

from collections import Counter
from collections.abc import Sequence

from bot.i18n import full_date, use_language
from bot.messages import Attachment
from bot.work import Work
from models.conclusions import Conclusion
from models.meetings import Meeting
from models.people import Unit, the_body
from models.tasks import Task
from reports import attendance as documents
from reports import letters
from rules.attendance import FAULTS, Status
from services import access, conclusions, people, tasks
from services.letter_heads import signer
from services.notices import attendance as notices
from services.notices import words
from services.regulation import regulation
from services.seats import Seat


def for_host(work: Work, meeting: Meeting, found: Sequence[Seat]) -> tuple[Attachment, Attachment]:
    """The attendance sheet and the draft report, for the host agency."""
    facts = _facts(work, meeting, found)
    return (
        work.attach(f"Thanh-phan-{meeting.code}.docx", documents.attendance_sheet(facts)),
        work.attach(f"Bao-cao-{meeting.code}.docx", documents.result_report(facts)),
    )


def for_conclusion(work: Work, meeting: Meeting, found: Sequence[Seat]) -> Attachment | None:
    """The proposed paragraph of criticism, for the Office; None where nobody is on record with a fault or a mark."""
    with use_language("vi"):
        faults = [_sitting(work, meeting, seat) for seat in found if FAULTS & set(seat.statuses) or seat.marks]
    if not faults:
        return None
    rules = regulation(work)
    topic = "criticism" if rules.rules("criticism") else "attendance"
    return work.attach(
        f"Phe-binh-{meeting.code}.docx", documents.criticism(_meeting(work, meeting), faults, rules.cite(topic))
    )


def _facts(work: Work, meeting: Meeting, found: Sequence[Seat]) -> documents.AfterMeeting:
    unit = work.session.get_one(Unit, meeting.host_unit_id)
    body = the_body(work.session)
    # Documents of the body are in its own language, whoever asks for them.
    with use_language("vi"):
        sittings = [_sitting(work, meeting, seat) for seat in found]
        summary = _summary(found)
        told = [_conclusion(work, row, task) for row, task in conclusions.standing(work, meeting)]
    return documents.AfterMeeting(
        superior=body.name if body else "",
        unit=unit.name,
        place=body.province if body else "",
        meeting=_meeting(work, meeting),
        ended_at=meeting.ends_at,
        sittings=sittings,
        summary=summary,
        signer=signer(work, unit),
        citation=regulation(work).cite("after_meeting"),
        conclusions=told,
    )


def _conclusion(work: Work, row: Conclusion, task: Task | None) -> str:
    """The words as they were typed, and to whom it was given by when."""
    doer = access.owner_of(work, tasks.duty_held(work, task.key)) if task else None
    if task is None or doer is None:
        return row.text
    return f"{task.content} (giao {words.named(work, doer)}, hạn {full_date(task.due_on)})"


def _meeting(work: Work, meeting: Meeting) -> letters.MeetingFacts:
    return letters.MeetingFacts(meeting.title, meeting.starts_at, meeting.place, words.chair_name(work, meeting))


def _sitting(work: Work, meeting: Meeting, seat: Seat) -> documents.Sitting:
    title = people.full_title(seat.post, people.unit_of(work, seat.post))
    return documents.Sitting(
        name=seat.holder.full_name if seat.holder else "",
        title=title,
        came=seat.sitting.full_name if seat.seen and seat.sitting else "",
        record=notices.record_words(work, meeting, seat),
    )


def _summary(found: Sequence[Seat]) -> str:
    counts = Counter(status for seat in found for status in seat.statuses[:1])
    said = [f"{notices.status_words(status)}: {counts[status]}" for status in Status if counts[status]]
    unrecorded = sum(seat.is_open for seat in found)
    if unrecorded:
        said.append(f"chưa điểm danh: {unrecorded}")
    return f"Tổng số mời: {len(found)}. " + "; ".join(said).capitalize() + "."
