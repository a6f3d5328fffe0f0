"""Ask to be absent, to send a substitute, to come late or leave early; supply what the chair asks for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.i18n import clock_time, local_day
from bot.work import Work
from models.absence import AbsenceRequest, standing_request
from models.meetings import Answer, Invitation, Meeting, MeetingState
from models.offices import holder_of
from models.people import Person, Post
from rules import absence as rules
from rules.absence import Action, Kind, Reason, State
from rules.duties import DutyKind
from rules.errors import N_, DomainError
from rules.meetings import MeetingOverError
from services import absence_log, access, duties, endings, parties, substitution
from services.notices import absence as notices
from services.notices import chairs
from services.notices import meetings as meeting_notices
from services.regulation import regulation


class AlreadyRequestedError(DomainError):
    code = "already_requested"
    msgid = N_("There is a request for this meeting already. Withdraw it before you send another.")


class OwnChairError(DomainError):
    code = "own_chair"
    msgid = N_("You preside over this meeting. If you cannot come, open it in /lich and choose “I cannot preside”.")


class TimesError(DomainError):
    code = "times"
    msgid = N_("The time must lie within the meeting, between {start} and {end}.")


class DocumentDateError(DomainError):
    code = "document_date"
    msgid = N_("A document dated in the future cannot be entered.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """What is asked, as the form gives it."""

    kind: Kind
    reason: Reason
    reason_text: str = ""
    arrives_at: datetime | None = None
    leaves_at: datetime | None = None
    substitute_id: int | None = None
    file_id: int | None = None
    declares_authority: bool = False
    trip: str = ""


def submit(
    work: Work, invitations: Sequence[Invitation], details: Details, *, entered_by: Person | None = None
) -> list[AbsenceRequest]:
    """A request for each meeting of a trip: the chair (or first the letter), the substitute and the Office are told.

    The Office may enter them for a holder, by telephone; then `entered_by` is the clerk.
    """
    requests = [_enter(work, invitation, details, entered_by) for invitation in invitations]
    # When all are there: what the chair of one should see may be another.
    for request, invitation in zip(requests, invitations, strict=True):
        _tell_submitted(work, request, invitation, entered_by)
    return requests


def _enter(work: Work, invitation: Invitation, details: Details, entered_by: Person | None) -> AbsenceRequest:
    meeting = access.load(work, Meeting, invitation.meeting_id)
    requester = holder_of(work.session, invitation.post_id, work.today)
    check_ahead(work, meeting)
    if requester is None:
        raise MeetingOverError()
    if requester.id == meeting.chair_id:
        raise OwnChairError()
    if standing_request(work.session, invitation.key) is not None:
        raise AlreadyRequestedError()
    _check_times(meeting, details)
    request = _new_request(work, invitation, meeting, requester, details)
    request.entered_by_id = entered_by.id if entered_by else None
    if details.substitute_id is not None:
        substitution.check(work, request, meeting, details.substitute_id)
    work.session.add(request)
    invitation.answer, invitation.answered_at, invitation.answered_by_id = (
        Answer.REQUESTED,
        work.now,
        access.actor(work).id,
    )
    work.session.flush()
    duties.close_duty(work, DutyKind.ANSWER_INVITATION, invitation.key)
    absence_log.record(
        work,
        "absence.submitted",
        request,
        reason=request.reason,
        text=work.hashed(request.reason_text),
        entered_by=request.entered_by_id,
    )
    return request


def _new_request(
    work: Work, invitation: Invitation, meeting: Meeting, requester: Person, details: Details
) -> AbsenceRequest:
    regime = regulation(work)
    post = access.load(work, Post, invitation.post_id)
    is_head = substitution.is_head(work, post)
    return AbsenceRequest(
        meeting_id=meeting.key,
        invitation_id=invitation.key,
        requester_id=requester.key,
        trip=details.trip,
        kind=details.kind,
        reason=details.reason,
        reason_text=details.reason_text,
        arrives_at=details.arrives_at,
        leaves_at=details.leaves_at,
        file_id=details.file_id,
        substitute_id=details.substitute_id,
        declares_authority=details.declares_authority,
        state=rules.initial_state(regime.policy, details.kind, meeting.kind, is_head),
        pack_id=regime.pack.id,
        pack_version=regime.pack.version,
        submitted_at=work.now,
    )


def check_ahead(work: Work, meeting: Meeting) -> None:
    """Nothing is asked about what has started or was cancelled; raises MeetingOverError."""
    if meeting.state is not MeetingState.PLANNED or meeting.starts_at <= work.now:
        raise MeetingOverError()


def check_time(meeting: Meeting, moment: datetime) -> None:
    """To arrive or to leave while the meeting lasts; raises TimesError."""
    if not meeting.starts_at < moment < meeting.ends_at:
        raise TimesError(start=clock_time(meeting.starts_at), end=clock_time(meeting.ends_at))


def _check_times(meeting: Meeting, details: Details) -> None:
    for moment in (details.arrives_at, details.leaves_at):
        if moment is not None:
            check_time(meeting, moment)


def _tell_submitted(work: Work, request: AbsenceRequest, invitation: Invitation, entered_by: Person | None) -> None:
    meeting, requester = access.meeting_of(work, request), access.person(work, request.requester_id)
    if request.state is State.AWAITING_DECISION:
        parties.ask_chair(work, request, meeting)
    if request.substitute_id is not None:
        substitution.ask(work, request, meeting)
    if entered_by is not None:
        work.notify(requester, notices.entered_for_you, request, meeting, entered_by)
    if request.state is State.APPROVED:
        parties.tell_parties(work, request, meeting)
    work.notify(requester, meeting_notices.requested, meeting, invitation)


def chair_cannot_come(work: Work, meeting: Meeting, reason_text: str) -> None:
    """The chair himself cannot come: the Office is asked to name another chair or to postpone."""
    if meeting.chair_id != access.actor(work).id or meeting.starts_at <= work.now:
        raise MeetingOverError()
    work.record("meeting.chair_cannot_come", meeting, reason=work.hashed(reason_text))
    parties.tell_office(work, chairs.chair_cannot_come, meeting, reason_text)


def submit_document(work: Work, request: AbsenceRequest, number: str, on: date, file_id: int | None = None) -> None:
    """The letter is there: its number and date, or the letter itself. Only now the chair is asked."""
    meeting = access.meeting_of(work, request)
    _require_before_start(work, meeting)
    if on > local_day(work.now):
        raise DocumentDateError()
    request.state = rules.MACHINE.next_state(request.state, Action.SUBMIT_DOCUMENT)
    request.document_number, request.document_on = number, on
    request.document_file_id = file_id
    request.version += 1
    absence_log.record(work, "absence.document", request, number=work.hashed(number), on=on.isoformat())
    parties.ask_chair(work, request, meeting)


def answer(work: Work, request: AbsenceRequest, text: str) -> None:
    """The requester answers the chair's question; the answer returns to the card."""
    meeting = access.meeting_of(work, request)
    _require_before_start(work, meeting)
    request.state = rules.MACHINE.next_state(request.state, Action.ANSWER)
    request.answer = text
    request.version += 1
    absence_log.record(work, "absence.answered", request, text=work.hashed(text))
    parties.ask_chair(work, request, meeting)


def withdraw(work: Work, request: AbsenceRequest) -> None:
    """The requester comes after all, any time before the meeting starts."""
    meeting = access.meeting_of(work, request)
    _require_before_start(work, meeting)
    endings.withdraw(work, request, meeting)
    invitation = access.load(work, Invitation, request.invitation_id)
    invitation.answer, invitation.answered_at = Answer.ATTENDS, work.now


def _require_before_start(work: Work, meeting: Meeting) -> None:
    if meeting.starts_at <= work.now or meeting.state is not MeetingState.PLANNED:
        raise MeetingOverError()
