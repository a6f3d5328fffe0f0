"""What the handling of several requests will ask for, read together before they are handled one after the other."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam
from sqlmodel import Session, col, select

from models.absence import AbsenceRequest, requests_of
from models.database import of_few_lengths
from models.duties import duties_about
from models.meetings import Invitation, Meeting, papers_of
from models.offices import accounts_of, delegate_for, holders_in, posts_of
from models.people import Person, Post
from rules.duties import DutyKind
from rules.workdays import quarter_begin

_KEYS: Any = bindparam("keys", expanding=True)
_CASES = (
    select(AbsenceRequest, Meeting, Invitation, Post)
    .join(Meeting, col(AbsenceRequest.meeting_id) == col(Meeting.id))
    .join(Invitation, col(AbsenceRequest.invitation_id) == col(Invitation.id))
    .join(Post, col(Invitation.post_id) == col(Post.id))
    .where(col(AbsenceRequest.id).in_(_KEYS))
)
_PEOPLE = select(Person).where(col(Person.id).in_(_KEYS))


def requests_ahead(session: Session, keys: Collection[int], day: date) -> None:
    """Requests with their meetings, and everybody whom a word about them concerns: posts, units, chats."""
    cases = [
        (request, meeting) for request, meeting, *_rest in session.exec(_CASES, params={"keys": of_few_lengths(keys)})
    ]
    hosts = {meeting.host_unit_id for _request, meeting in cases}
    holders_in.ahead(session, hosts, day)
    heads = [person.key for unit in hosts for _post, person in holders_in(session, unit, day)[:1]]
    named = [(case.requester_id, case.substitute_id, meeting.chair_id) for case, meeting in cases]
    people = {key for keys_ in (heads, *named) for key in keys_ if key is not None}
    session.exec(_PEOPLE, params={"keys": of_few_lengths(people)}).all()
    accounts_of.ahead(session, people)
    posts_of.ahead(session, people, day)
    papers_of.ahead(session, {meeting.key for _request, meeting in cases})
    duties_about.ahead(session, keys, DutyKind.DECIDE_ABSENCE)
    asking = defaultdict[datetime, set[int]](set)
    for request, meeting in cases:
        asking[quarter_begin(meeting.starts_at)].add(request.requester_id)
    for quarter, requesters in asking.items():
        requests_of.ahead(session, requesters, quarter)
    delegate_for.ahead(session, {meeting.chair_id for _request, meeting in cases if meeting.chair_id}, day)
