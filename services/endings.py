"""How requests end without a word of the chair: withdrawn, void, lapsed; and how they pass to another chair."""

from bot.work import Work
from models.absence import AbsenceRequest, requests_for, standing_request
from models.meetings import Invitation, Meeting
from models.people import Person
from rules import absence as rules
from rules.absence import Action, State
from rules.duties import DutyKind, DutyState
from services import absence_log, access, duties, parties
from services.notices import chairs
from services.notices import meetings as meeting_notices


def withdraw(work: Work, request: AbsenceRequest, meeting: Meeting) -> None:
    _end(work, request, meeting, Action.WITHDRAW, "absence.withdrawn")


def withdraw_standing(work: Work, invitation: Invitation) -> None:
    """Who says that he comes takes back what he asked for."""
    request = standing_request(work.session, invitation.key)
    if request is not None and _is_alive(work, request):
        withdraw(work, request, access.meeting_of(work, request))


def _is_alive(work: Work, request: AbsenceRequest) -> bool:
    """Whether it waits or was allowed, once nobody else is acting on it."""
    access.hold(work, request)
    return request.state in (*rules.OPEN, State.APPROVED)


def end_requests(work: Work, meeting: Meeting) -> None:
    """The meeting was cancelled or moved to another time: what was asked for the old one has no object."""
    for request in requests_for(work.session, meeting.key):
        _void(work, request, meeting)


def end_request_of(work: Work, meeting: Meeting, invitation: Invitation) -> None:
    request = standing_request(work.session, invitation.key)
    if request is not None:
        _void(work, request, meeting)


def _void(work: Work, request: AbsenceRequest, meeting: Meeting) -> None:
    if _is_alive(work, request):
        _end(work, request, meeting, Action.VOID, "absence.void")


def lapse(work: Work, request: AbsenceRequest) -> None:
    """The meeting has started and the chair has said nothing: neither excused nor unexcused."""
    _end(work, request, access.meeting_of(work, request), Action.LAPSE, "absence.lapsed")


def _end(work: Work, request: AbsenceRequest, meeting: Meeting, action: Action, act: str) -> None:
    request.state = rules.MACHINE.next_state(request.state, action)
    request.version += 1
    state = DutyState.MISSED if action is Action.LAPSE else DutyState.VOID
    duties.close_duty(work, DutyKind.DECIDE_ABSENCE, request.key, state)
    absence_log.record(work, act, request)
    parties.tell_parties(work, request, meeting)
    parties.refresh_chairs_card(work, request, meeting)


def hand_over(work: Work, meeting: Meeting, former_chair_id: int | None) -> None:
    """Another chair: open requests are his now; he is told which were decided by whom."""
    requests = requests_for(work.session, meeting.key)
    for request in requests:
        # Who presides does not ask to be absent: if he cannot come, the Office is told otherwise.
        if _is_alive(work, request) and request.requester_id == meeting.chair_id:
            withdraw(work, request, meeting)
    waiting = [request for request in requests if request.state is State.AWAITING_DECISION]
    decided = [request for request in requests if request.state in (State.APPROVED, State.REFUSED)]
    former = work.session.get(Person, former_chair_id) if former_chair_id else None
    for request in waiting:
        request.version += 1
        if former is not None:
            work.notify(former, chairs.handed_over, request, meeting)
        else:
            parties.tell_office(work, chairs.handed_over, request, meeting)
        parties.ask_chair(work, request, meeting)
    if former is not None:
        work.notify(former, meeting_notices.no_longer_chair, meeting)
    chair = work.session.get(Person, meeting.chair_id) if meeting.chair_id else None
    if chair is not None:
        work.notify(chair, chairs.taken_over, meeting, waiting, decided)
