"""What the chair says to a request, the Office for a chair by telephone, and how it is set right."""

from datetime import datetime

from bot.i18n import short_moment
from bot.work import Work
from models.absence import AbsenceRequest, Ratification, keep_decision
from models.meetings import Meeting
from models.offices import posts_of
from models.people import Person
from rules import absence as rules
from rules.absence import Action, State
from rules.duties import DutyKind
from rules.errors import N_, DomainError
from rules.meetings import MeetingOverError
from services import absence_log, access, duties, parties, slips
from services.notices import absence as notices
from services.notices import words


class ReasonNeededError(DomainError):
    code = "reason_needed"
    msgid = N_("Please give the reason: it is told to the requester and kept with the decision.")


class CallTimeError(DomainError):
    code = "call_time"
    msgid = N_("The call has been already; please give a time before {now}.")


class AlreadyDecidedError(DomainError):
    """`state` is worded in the reader's language."""

    code = "already_decided"
    msgid = N_("{state} Nothing was changed.")


def approve(work: Work, request: AbsenceRequest) -> None:
    """One tap: the absence is excused; with an accepting substitute the slip goes out."""
    _decide(work, request, Action.APPROVE)


def refuse(work: Work, request: AbsenceRequest, reason: str) -> None:
    _decide(work, request, Action.REFUSE, _required(reason))


def ask_document(work: Work, request: AbsenceRequest) -> None:
    """The request waits for number and date of a document before it comes back."""
    meeting = _before_start(work, request)
    _move(work, request, meeting, Action.ASK_DOCUMENT)
    duties.close_duty(work, DutyKind.DECIDE_ABSENCE, request.key)
    absence_log.record(work, "absence.document_asked", request)
    requester = access.load(work, Person, request.requester_id)
    work.notify(requester, notices.document_asked, request, meeting)


def ask_back(work: Work, request: AbsenceRequest, question: str) -> None:
    """A question to the requester; the answer returns to the card."""
    meeting = _before_start(work, request)
    _move(work, request, meeting, Action.ASK_BACK)
    request.question, request.answer = _required(question), ""
    absence_log.record(work, "absence.asked_back", request, text=work.hashed(question))
    requester = access.load(work, Person, request.requester_id)
    work.notify(requester, notices.question, request, meeting)


def correct(work: Work, request: AbsenceRequest, *, to_approved: bool, reason: str) -> None:
    """The decider changes his mind before the meeting starts; both decisions are kept."""
    action = Action.CORRECT_TO_APPROVED if to_approved else Action.CORRECT_TO_REFUSED
    _decide(work, request, action, _required(reason))


def check_call(work: Work, moment: datetime) -> None:
    """What was said by telephone was said before it is noted; raises CallTimeError."""
    if moment > work.now:
        raise CallTimeError(now=short_moment(work.now))


def record_oral(work: Work, request: AbsenceRequest, agreed_at: datetime | None = None) -> None:
    """The Office notes that the chair agreed by telephone, just now or then: he is asked to confirm."""
    clerk, agreed_at = access.require_office(work), agreed_at or work.now
    check_call(work, agreed_at)
    meeting = _before_start(work, request)
    _move(work, request, meeting, Action.APPROVE)
    is_outside = meeting.chair_id is None
    # Nobody outside has a button to press: for them the Office's record is the consent.
    request.ratification = Ratification.NONE if is_outside else Ratification.PENDING
    request.oral_by_id, request.oral_at = clerk.id, agreed_at
    request.decided_by_id = meeting.chair_id
    _note(work, request, State.APPROVED, "", meeting.chair_id, agreed_at)
    at = agreed_at.isoformat()
    absence_log.record(work, "absence.oral_consent", request, noted_by=clerk.id, chair=meeting.chair_id, at=at)
    _settled(work, request, meeting)
    if is_outside:
        parties.refresh_chairs_card(work, request, meeting)
    for person in access.deciders(work, request, meeting):
        work.notify(person, notices.ratification_card, request, meeting)


def refuse_for_outside_chair(work: Work, request: AbsenceRequest, reason: str) -> None:
    """The Office notes that a chair from outside does not agree."""
    clerk = access.require_office(work)
    meeting = _before_start(work, request)
    if meeting.chair_id is not None:
        raise MeetingOverError()
    _move(work, request, meeting, Action.REFUSE)
    request.oral_by_id, request.oral_at = clerk.id, work.now
    _note(work, request, State.REFUSED, _required(reason), None, work.now)
    absence_log.record(work, "absence.refuse", request, noted_by=clerk.id, reason=work.hashed(reason))
    _settled(work, request, meeting)
    parties.refresh_chairs_card(work, request, meeting)


def ratify(work: Work, request: AbsenceRequest) -> None:
    """The chair confirms what he said by telephone."""
    meeting = _pending_ratification(work, request)
    request.ratification = Ratification.RATIFIED
    request.version += 1
    request.decided_by_id = access.actor(work).id
    absence_log.record(work, "absence.ratified", request, noted_by=request.oral_by_id)
    parties.refresh_chairs_card(work, request, meeting)


def reject_oral(work: Work, request: AbsenceRequest, reason: str) -> None:
    """The chair did not say so: the request is refused, everybody is told."""
    _pending_ratification(work, request)
    request.ratification = Ratification.REJECTED
    _decide(work, request, Action.CORRECT_TO_REFUSED, _required(reason))


def _pending_ratification(work: Work, request: AbsenceRequest) -> Meeting:
    meeting = access.meeting_of(work, request)
    if request.ratification is not Ratification.PENDING:
        raise AlreadyDecidedError(state=words.state_line(work, request))
    return meeting


def _decide(work: Work, request: AbsenceRequest, action: Action, reason: str = "") -> None:
    meeting = _before_start(work, request)
    _move(work, request, meeting, action)
    actor = access.actor(work)
    request.decided_by_id = actor.id
    _note(work, request, request.state, reason, actor.id, work.now)
    absence_log.record(work, f"absence.{action.value}", request, reason=work.hashed(reason))
    _settled(work, request, meeting)
    parties.refresh_chairs_card(work, request, meeting)


def _move(work: Work, request: AbsenceRequest, meeting: Meeting, action: Action) -> None:
    if (request.state, action) not in rules.MACHINE.transitions:
        raise AlreadyDecidedError(state=words.state_line(work, request))
    request.state = rules.MACHINE.next_state(request.state, action)
    request.version += 1


def _note(
    work: Work, request: AbsenceRequest, state: State, reason: str, person_id: int | None, decided_at: datetime
) -> None:
    request.decided_at, request.decision_reason = decided_at, reason
    if state is State.APPROVED and request.substitute_id is not None:
        posts = posts_of(work.session, request.substitute_id, work.today)
        request.consented_rank = posts[0].rank.value if posts else ""
    keep_decision(
        work.session, request_id=request.key, person_id=person_id, state=state, reason=reason, decided_at=decided_at
    )


def _settled(work: Work, request: AbsenceRequest, meeting: Meeting) -> None:
    duties.close_duty(work, DutyKind.DECIDE_ABSENCE, request.key)
    slip = slips.complete(work, request, meeting) if request.state is State.APPROVED else None
    parties.tell_parties(work, request, meeting, slip)


def _before_start(work: Work, request: AbsenceRequest) -> Meeting:
    access.hold(work, request)
    meeting = access.meeting_of(work, request)
    if meeting.starts_at <= work.now:
        raise MeetingOverError()
    return meeting


def _required(text: str) -> str:
    if not text.strip():
        raise ReasonNeededError()
    return text.strip()
