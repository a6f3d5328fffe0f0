"""The only way to load a thing on somebody's behalf. Not found and not allowed look the same."""

from typing import TypeVar

from sqlmodel import col, select

from bot.work import Work
from models.absence import AbsenceRequest
from models.base import Table
from models.database import locks_rows
from models.duties import Duty
from models.meetings import Invitation, Meeting, MeetingState
from models.offices import delegate_for, delegators_to, holder_of, posts_of
from models.people import Person, Post, Role
from models.tasks import Task, units_of
from rules.duties import DutyKind
from rules.errors import NotAllowedError
from services import people

RowT = TypeVar("RowT", bound=Table)

OFFICE_ROLES = (Role.OFFICE, Role.CHIEF_OF_OFFICE)


def load(work: Work, table: type[RowT], key: int) -> RowT:
    """The row, locked against others until the work is done; raises NotAllowedError."""
    locks = locks_rows(work.session)
    # What the session remembers may be older than the lock for which it waits; where it waits for none, nobody writes.
    row = work.session.get(table, key, with_for_update=locks or None, populate_existing=locks)
    if row is None:
        raise NotAllowedError()
    return row


def hold(work: Work, request: AbsenceRequest) -> None:
    """Read a request that a list gave again, and hold it: others may have acted on it since."""
    load(work, AbsenceRequest, request.key)


def actor(work: Work) -> Person:
    if work.actor is None:
        raise NotAllowedError()
    return work.actor


def post_of(work: Work, invitation: Invitation) -> Post:
    return load(work, Post, invitation.post_id)


def person(work: Work, key: int) -> Person:
    return load(work, Person, key)


def is_office(work: Work, person: Person) -> bool:
    return people.has_role(work, person, *OFFICE_ROLES)


def presides_or_stands_in(work: Work, person: Person) -> bool:
    """Whether decisions may come to this person: a chair of a coming meeting, or who decides in a place today."""
    if delegators_to(work.session, person.key, work.today):
        return True
    chaired = select(Meeting.id).where(
        Meeting.chair_id == person.id, Meeting.state == MeetingState.PLANNED, col(Meeting.ends_at) > work.now
    )
    return work.session.exec(chaired.limit(1)).first() is not None


def require_office(work: Work) -> Person:
    """The acting clerk or chief of the Office."""
    person = actor(work)
    if not is_office(work, person):
        raise NotAllowedError()
    return person


def own_invitation(work: Work, key: int) -> Invitation:
    """An invitation whose post the actor holds today."""
    invitation = load(work, Invitation, key)
    holder = holder_of(work.session, invitation.post_id, work.today)
    if holder is None or holder.id != actor(work).id or invitation.is_withdrawn:
        raise NotAllowedError()
    return invitation


def invitation_to_answer(work: Work, key: int) -> tuple[Invitation, Person | None]:
    """An invitation that the actor may answer, and the clerk where he answers for the holder by telephone."""
    if is_office(work, actor(work)):
        invitation = load(work, Invitation, key)
        holder = holder_of(work.session, invitation.post_id, work.today)
        if invitation.is_withdrawn or holder is None:
            raise NotAllowedError()
        return invitation, None if holder.id == actor(work).id else actor(work)
    return own_invitation(work, key), None


def own_request(work: Work, key: int) -> AbsenceRequest:
    """A request on the actor's post, his predecessor's included; the Office may act on one that it entered."""
    request = load(work, AbsenceRequest, key)
    holder = holder_of(work.session, load(work, Invitation, request.invitation_id).post_id, work.today)
    entered = request.entered_by_id is not None and is_office(work, actor(work))
    if not entered and (holder is None or holder.id != actor(work).id):
        raise NotAllowedError()
    return request


def request_as_substitute(work: Work, key: int) -> AbsenceRequest:
    request = load(work, AbsenceRequest, key)
    if request.substitute_id is None or request.substitute_id != actor(work).id:
        raise NotAllowedError()
    if not substitute_is_of_unit(work, request):
        raise NotAllowedError()
    return request


def substitute_is_of_unit(work: Work, request: AbsenceRequest) -> bool:
    """Whether the substitute still holds a post in the unit that he is to speak for."""
    unit_id = load(work, Post, load(work, Invitation, request.invitation_id).post_id).unit_id
    held = posts_of(work.session, request.substitute_id or 0, work.today)
    return any(post.unit_id == unit_id for post in held)


def request_to_decide(work: Work, key: int) -> AbsenceRequest:
    """A request that the actor may decide at this moment: never his own."""
    request = load(work, AbsenceRequest, key)
    meeting = meeting_of(work, request)
    if not may_decide(work, actor(work), request, meeting):
        raise NotAllowedError()
    return request


def may_decide(work: Work, person: Person, request: AbsenceRequest, meeting: Meeting) -> bool:
    """The chair of the meeting, or who decides in his place today; the delegation is looked up at the act."""
    if person.id == request.requester_id or meeting.chair_id is None:
        return False
    if person.id == meeting.chair_id:
        return True
    delegate = delegate_for(work.session, meeting.chair_id, work.today)
    return delegate is not None and delegate.id == person.id


def deciders(work: Work, request: AbsenceRequest, meeting: Meeting) -> list[Person]:
    """Whom to ask: who decides in the chair's place today, else the chair; nobody for a chair from outside."""
    if meeting.chair_id is None:
        return []
    delegate = delegate_for(work.session, meeting.chair_id, work.today)
    if delegate is not None and delegate.id != request.requester_id:
        return [delegate]
    chair = work.session.get(Person, meeting.chair_id)
    return [chair] if chair is not None and chair.id != request.requester_id else []


def acts_as(work: Work, person: Person, role: Role) -> bool:
    """Whether his post carries the role today, or he decides in the place of somebody whose does."""
    stands_in = delegators_to(work.session, person.key, work.today)
    return any(people.has_role(work, each, role) for each in (person, *stands_in))


def deciding_for(work: Work, chair: Person) -> list[Person]:
    """Who decides in the chair's place today, else the chair."""
    delegate = delegate_for(work.session, chair.key, work.today)
    return [delegate if delegate is not None else chair]


def meeting_of(work: Work, request: AbsenceRequest) -> Meeting:
    return load(work, Meeting, request.meeting_id)


def standing_meeting(work: Work, key: int) -> Meeting:
    """A planned meeting, for the Office or for whoever presides over it."""
    meeting = load(work, Meeting, key)
    person = actor(work)
    if not is_office(work, person) and meeting.chair_id != person.id:
        raise NotAllowedError()
    if meeting.state is not MeetingState.PLANNED:
        raise NotAllowedError()
    return meeting


def owner_of(work: Work, duty: Duty) -> Person | None:
    """Who owes it now: the person, or whoever holds the post today."""
    if duty.person_id is not None:
        return work.session.get(Person, duty.person_id)
    return holder_of(work.session, duty.post_id, work.today) if duty.post_id is not None else None


def own_duty(work: Work, key: int) -> Duty:
    """A duty that the actor owes today; the Office may act on one in its owner's place."""
    duty = load(work, Duty, key)
    holder = owner_of(work, duty)
    if (holder is None or holder.id != actor(work).id) and not is_office(work, actor(work)):
        raise NotAllowedError()
    return duty


def duty_in_sight(work: Work, key: int) -> Duty:
    """A duty in the sight of the actor: his own or assigned by him; any for leaders, Office and internal affairs."""
    duty = load(work, Duty, key)
    person = actor(work)
    holder = owner_of(work, duty)
    is_his = (holder is not None and holder.id == person.id) or duty.superior_id == person.id
    is_his = is_his or (duty.kind in (DutyKind.TASK, DutyKind.STEP) and _takes_part(work, person, duty.subject_id))
    if not is_his and not people.has_role(work, person, *OFFICE_ROLES, *people.LEADERS, Role.INTERNAL_AFFAIRS):
        raise NotAllowedError()
    return duty


def _takes_part(work: Work, person: Person, task_id: int) -> bool:
    """Whether he answers for the task, or contributes to it for his unit."""
    responsible = holder_of(work.session, load(work, Task, task_id).responsible_post_id, work.today)
    nominees = {row.nominee_id for row in units_of(work.session, task_id)}
    return (responsible is not None and responsible.id == person.id) or person.id in nominees


def duty_to_accept(work: Work, key: int) -> Duty:
    """A duty whose result the actor may accept or return: who assigned it, the chair, or who stands in for either."""
    duty = load(work, Duty, key)
    if not may_accept(work, actor(work), duty):
        raise NotAllowedError()
    return duty


def may_accept(work: Work, person: Person, duty: Duty) -> bool:
    """Whether he accepts its result, decides about its due day and to whom it is given."""
    assigner = duty.superior_id
    stands_in = {each.id for each in delegators_to(work.session, person.key, work.today)}
    return person.id == assigner or assigner in stands_in or people.has_role(work, person, Role.CHAIR)
