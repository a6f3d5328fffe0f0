"""Fire due pings: word them at the last moment, hold them in quiet hours, drop them when their moment has passed."""

from datetime import datetime, timedelta

from bot.i18n import local_day
from bot.messages import Kind, Message
from bot.work import Work
from models.absence import AbsenceRequest
from models.duties import Duty, DutyKind, DutyState, Ping, PingState, due_pings
from models.meetings import Invitation, Meeting
from models.people import Person
from rules.workdays import at
from services import access, duties, parties
from services.notices import absence as absence_notices
from services.notices import meetings as meeting_notices
from services.regulation import regulation


def fire_due(work: Work, most: int = 200) -> int:
    """Send what is due now; returns how many pings were looked at."""
    found = due_pings(work.session, work.now, most)
    rules = regulation(work)
    # After a long silence of ours several may be due about one thing: the latest says it all.
    latest = {duty.key: ping for ping, duty in found}
    for ping, duty in found:
        if latest[duty.key] is not ping or duty.state is not DutyState.OPEN or ping.not_after <= work.now:
            ping.state = PingState.DROPPED
        elif rules.hours.is_quiet(work.now):
            # Nobody is woken; if the thing happens before morning, the ping is dropped then.
            ping.due_at = _end_of_quiet(work)
        elif _is_silenced(work, duty, ping):
            ping.state = PingState.DROPPED
        else:
            ping.state = PingState.SENT
            _send(work, ping, duty)
    return len(found)


def _end_of_quiet(work: Work) -> datetime:
    morning = at(work.today, regulation(work).hours.quiet[1])
    return morning if morning > work.now else morning + timedelta(days=1)


def _is_silenced(work: Work, duty: Duty, ping: Ping) -> bool:
    """Rạch Giá 2: from the meeting day on the clock says nothing to invitees; chair and Office it may ask."""
    if duty.kind is not DutyKind.ANSWER_INVITATION or not regulation(work).policy.silent_window:
        return False
    return local_day(ping.not_after) <= work.today


def _send(work: Work, ping: Ping, duty: Duty) -> None:
    if duty.kind is DutyKind.ANSWER_INVITATION:
        invitation = access.load(work, Invitation, duty.subject_id)
        owner = duties.owner(work, duty)
        if owner is not None:
            meeting = access.load(work, Meeting, invitation.meeting_id)
            _ping(work, owner, work.worded(owner, meeting_notices.answer_reminder, meeting, invitation), ping)
        return
    request = access.load(work, AbsenceRequest, duty.subject_id)
    meeting = access.meeting_of(work, request)
    for person in parties.to_remind(work, request, meeting):
        _ping(work, person, work.worded(person, absence_notices.decision_reminder, request, meeting), ping)


def _ping(work: Work, person: Person, message: Message, ping: Ping) -> None:
    key = f"ping:{ping.id}:{ping.due_at.isoformat()}:{person.id}"
    work.post(person, message, kind=Kind.PING, dedup_key=key, not_after=ping.not_after)
