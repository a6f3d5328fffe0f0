"""What waits for somebody's decision, and what he decided."""

import hashlib
from collections.abc import Sequence
from typing import TypeAlias

from bot.work import Work
from models.absence import (
    AbsenceRequest,
    Ratification,
    decided_by,
    open_requests_chaired_by,
)
from models.duties import Duty, open_duties_of
from models.meetings import Meeting, MeetingState
from models.offices import delegators_to, posts_of
from models.people import Person
from rules.duties import SPECS
from services import access
from services.flags import is_flagged
from services.notices import words

Case: TypeAlias = tuple[AbsenceRequest, Meeting]


def for_decider(work: Work, person: Person) -> list[Case]:
    """What this person may decide now: as chair, or in a chair's place today; oldest first."""
    chairs = [person.key, *(chair.key for chair in delegators_to(work.session, person.key, work.today))]
    found = [case for chair in chairs for case in open_requests_chaired_by(work.session, chair, work.now)]
    allowed = [
        (request, meeting)
        for request, meeting in found
        if meeting.state is MeetingState.PLANNED and access.may_decide(work, person, request, meeting)
    ]
    return sorted(allowed, key=lambda case: (case[0].submitted_at, case[0].key))


def decided(work: Work, person: Person) -> Sequence[Case]:
    """What he decided and can still correct."""
    return [
        (request, meeting)
        for request, meeting in decided_by(work.session, person.key, work.now)
        if not request.is_open and meeting.state is MeetingState.PLANNED and request.state in ("approved", "refused")
    ]


def other_decisions(work: Work, person: Person) -> list[Duty]:
    """What else waits for him, or for somebody in whose place he decides today; nearest first."""
    posts = [post.key for post in posts_of(work.session, person.key, work.today)]
    found = [*open_duties_of(work.session, person.key, posts)]
    for chair in delegators_to(work.session, person.key, work.today):
        found += open_duties_of(work.session, chair.key, [])
    return sorted((duty for duty in found if SPECS[duty.kind].is_decision), key=lambda duty: duty.due_at)


def is_to_ratify(request: AbsenceRequest) -> bool:
    return request.ratification is Ratification.PENDING


def split(work: Work, person: Person) -> tuple[list[Case], list[Case]]:
    """What may be approved together, and what has something to consider first."""
    cases = [case for case in for_decider(work, person) if not is_to_ratify(case[0])]
    flagged = [case for case in cases if is_flagged(work, *case)]
    return [case for case in cases if case not in flagged], flagged


def seal(cases: Sequence[Case]) -> str:
    """A short mark of exactly these cases as they stand; another case or another version breaks it."""
    content = ",".join(f"{request.id}.{request.version}" for request, _meeting in cases)
    return hashlib.sha256(content.encode()).hexdigest()[:16]


def in_one_line(work: Work, request: AbsenceRequest, meeting: Meeting) -> str:
    requester = work.session.get_one(Person, request.requester_id)
    return f"{words.named(work, requester)}: {words.kind(request.kind).lower()}, {words.meeting_in_short(meeting)}"
