"""Where else somebody is called at the hour of a meeting."""

from datetime import datetime

from bot.work import Work
from models.absence import substitutions_of
from models.meetings import Answer, Meeting, invitations_to, overlapping
from models.offices import posts_of
from models.people import Person


def clashes_of(work: Work, person: Person, meeting: Meeting) -> tuple[Meeting, ...]:
    """Other meetings at that hour where the person presides, attends or sits in."""
    return clashes_at(work, person, meeting.starts_at, meeting.ends_at, but_id=meeting.id)


def clashes_at(
    work: Work, person: Person, starts_at: datetime, ends_at: datetime, *, but_id: int | None = None
) -> tuple[Meeting, ...]:
    """The same for a span of time; `but_id` is the meeting that is being arranged."""
    others = [other for other in overlapping(work.session, starts_at, ends_at) if other.id != but_id]
    if not others:
        return ()
    posts = {post.id for post in posts_of(work.session, person.key, work.today)}
    sits_in = {request.meeting_id for request, _meeting in substitutions_of(work.session, person.key, work.now)}
    return tuple(
        other
        for other in others
        if other.chair_id == person.id
        or other.id in sits_in
        or any(i.post_id in posts and i.answer is not Answer.REQUESTED for i in invitations_to(work.session, other.key))
    )
