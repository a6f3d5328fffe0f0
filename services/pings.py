"""Fire due pings: word them at the last moment, one message a person, hold them in quiet hours, drop them when over."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from bot.i18n import local_day
from bot.messages import Kind, Message
from bot.work import Work
from models.absence import AbsenceRequest
from models.duties import Duty, Ping, PingState, due_pings, pending_pings
from models.meetings import Invitation, Meeting
from models.offices import holder_of, holders_with_role
from models.people import Person, Role
from rules import deadlines
from rules.absence import State
from rules.duties import SPECS, DutyKind
from rules.workdays import at
from services import access, ladders, parties
from services.notices import absence as absence_notices
from services.notices import duties as notices
from services.notices import duty_lists
from services.notices import meetings as meeting_notices
from services.notices import votes as vote_notices
from services.notices.extensions import last_call
from services.regulation import regulation


@dataclass(frozen=True, slots=True)
class Due:
    """A ping that goes out now to somebody."""

    ping: Ping
    duty: Duty
    person: Person


def fire_due(work: Work, most: int = 200) -> int:
    """Send what is due now; returns how many pings were looked at."""
    found = due_pings(work.session, work.now, most)
    # After a long silence of ours several may be due about one thing: the latest says it all.
    latest = {(duty.key, ping.addressee): ping for ping, duty in found}
    going = []
    for ping, duty in found:
        if latest[duty.key, ping.addressee] is not ping or not duty.is_open or ping.not_after <= work.now:
            ping.state = PingState.DROPPED
        elif regulation(work).hours.is_quiet(work.now):
            # Nobody is woken; if the thing happens before morning, the ping is dropped then.
            ping.due_at = _end_of_quiet(work)
        elif _is_silenced(work, ping, duty) or _is_overtaken(work, ping, duty):
            ping.state = PingState.DROPPED
        elif (own_hour := _own_hour(work, ping, duty)) is not None:
            ping.due_at = own_hour
        else:
            ping.state = PingState.SENT
            _spare_the_day(work, ping, duty)
            going += [Due(ping, duty, person) for person in _hearers(work, ping, duty)]
    _send(work, going)
    return len(found)


def _spare_the_day(work: Work, sent: Ping, duty: Duty) -> None:
    """Nobody is asked twice in a day for the same answer, whatever held the first time up."""
    if duty.kind is DutyKind.ANSWER_INVITATION:
        for ping in pending_pings(work.session, duty.key):
            if ping.addressee == sent.addressee and local_day(ping.due_at) == work.today:
                ping.state = PingState.DROPPED


def _is_overtaken(work: Work, ping: Ping, duty: Duty) -> bool:
    """A reminder of an earlier day that we could not send: where another comes today, that one says it."""
    if local_day(ping.due_at) >= work.today:
        return False
    others = pending_pings(work.session, duty.key)
    return any(one.addressee == ping.addressee and local_day(one.due_at) == work.today for one in others)


def _end_of_quiet(work: Work) -> datetime:
    morning = at(work.today, regulation(work).hours.quiet[1])
    return morning if morning > work.now else morning + timedelta(days=1)


def _own_hour(work: Work, ping: Ping, duty: Duty) -> datetime | None:
    """When the addressee wants his morning's message, if that is still to come and in time."""
    addressed = _addressed(work, ping.addressee)
    is_of_the_morning = deadlines.rung(ping.stage) is not None or ping.stage == ladders.OPENED
    if SPECS[duty.kind].is_alone or not is_of_the_morning or len(addressed) != 1:
        return None
    wanted = addressed[0].digest_at
    moment = at(work.today, time.fromisoformat(wanted)) if wanted else work.now
    return moment if work.now < moment < ping.not_after else None


def _is_silenced(work: Work, ping: Ping, duty: Duty) -> bool:
    """Rạch Giá 2: from the meeting day on the clock says nothing to invitees; chair and Office it may ask."""
    if not SPECS[duty.kind].to_invitees or duty.event_at is None or not regulation(work).policy.silent_window:
        return False
    if ping.addressee in ("office", "chair"):
        return False
    return local_day(duty.event_at) <= work.today


def _hearers(work: Work, ping: Ping, duty: Duty) -> list[Person]:
    """Who hears it today; what nobody would hear goes to the Office."""
    if duty.kind is DutyKind.DECIDE_ABSENCE:
        request = access.load(work, AbsenceRequest, duty.subject_id)
        return parties.to_remind(work, request, access.meeting_of(work, request))
    people = _addressed(work, ping.addressee)
    if SPECS[duty.kind].is_decision:
        # Who decides in his place today hears it too.
        people = list({each.key: each for one in people for each in (one, *access.deciding_for(work, one))}.values())
    return people or parties.office(work)


def _addressed(work: Work, addressee: str) -> list[Person]:
    match addressee.split(":"):
        case ["person", key]:
            person = work.session.get(Person, int(key)) if key.isdecimal() else None
            return [person] if person else []
        case ["post", key]:
            person = holder_of(work.session, int(key), work.today) if key.isdecimal() else None
            return [person] if person else []
        case ["chair"]:
            return list(holders_with_role(work.session, (Role.CHAIR,), work.today))
        case ["internal_affairs"]:
            return list(holders_with_role(work.session, (Role.INTERNAL_AFFAIRS,), work.today))
    return parties.office(work)


def _send(work: Work, going: Iterable[Due]) -> None:
    """One message a person, what needs an answer of its own apart; nobody hears of one thing twice."""
    shared: dict[int, list[Due]] = {}
    for due in {(due.duty.key, due.person.key): due for due in going}.values():
        if SPECS[due.duty.kind].is_alone or _asks_office(work, due):
            _say(work, [due], _alone(work, due))
        elif due.ping.stage == ladders.LAST_REQUEST:
            _say(work, [due], _single(work, due))
        else:
            shared.setdefault(due.person.key, []).append(due)
    for dues in shared.values():
        person = dues[0].person
        if len(dues) == 1:
            _say(work, dues, _single(work, dues[0]))
        else:
            _say(work, dues, work.worded(person, duty_lists.digest, [due.duty for due in dues]))


def _asks_office(work: Work, due: Due) -> bool:
    """Papers are late: the Office may put it before the chair, perhaps in the last hours before the meeting."""
    return due.duty.kind is DutyKind.PAPERS and due.ping.addressee == "office" and due.duty.due_at <= work.now


_SAYS: Mapping[str, Callable[[Work, Person, Duty], Message]] = {
    ladders.LAST_REQUEST: last_call,
    ladders.OPENED: notices.opened,
}


def _single(work: Work, due: Due) -> Message:
    return work.worded(due.person, _SAYS.get(due.ping.stage, notices.reminder), due.duty)


def _alone(work: Work, due: Due) -> Message:
    duty, person = due.duty, due.person
    if duty.kind is DutyKind.ANSWER_INVITATION:
        invitation = access.load(work, Invitation, duty.subject_id)
        meeting = access.load(work, Meeting, invitation.meeting_id)
        return work.worded(person, meeting_notices.answer_reminder, meeting, invitation)
    if duty.kind is DutyKind.DECIDE_ABSENCE:
        request = access.load(work, AbsenceRequest, duty.subject_id)
        asks_chair, asks_back = absence_notices.decision_reminder, absence_notices.question_reminder
        reminds = asks_back if request.state is State.RETURNED else asks_chair
        return work.worded(person, reminds, request, access.meeting_of(work, request))
    build = vote_notices.reminder if duty.kind is DutyKind.VOTE else notices.reminder
    return work.worded(person, build, duty)


def _say(work: Work, dues: list[Due], message: Message) -> None:
    first = dues[0]
    key = f"ping:{first.ping.id}:{first.ping.due_at.isoformat()}:{first.person.id}"
    not_after = max(due.ping.not_after for due in dues)
    work.post(first.person, message, kind=Kind.PING, dedup_key=key, not_after=not_after)
