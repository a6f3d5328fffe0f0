"""Where else somebody is called at the hour of a meeting."""

from bot.work import Work
from models.absence import substitutions_of
from models.meetings import Answer, Meeting, invitations_to, overlapping
from models.people import Person, posts_of


def clashes_of(work: Work, person: Person, meeting: Meeting) -> tuple[Meeting, ...]:
    """Other meetings at that hour where the person presides, attends or sits in."""
    others = [other for other in overlapping(work.session, meeting.starts_at, meeting.ends_at) if other.id != meeting.id]
    posts = {post.id for post in posts_of(work.session, person.key, work.today)}
    sits_in = {request.meeting_id for request, _meeting in substitutions_of(work.session, person.key, work.now)}
    return tuple(
        other
        for other in others
        if other.chair_id == person.id
        or other.id in sits_in
        or any(i.post_id in posts and i.answer is not Answer.REQUESTED for i in invitations_to(work.session, other.key))
    )
