"""Papers that have come go round once, together: to the chair, to invitees who come, and to substitutes."""

from collections.abc import Sequence
from itertools import groupby

from bot.i18n import local_day
from bot.work import Work
from models.absence import standing_request
from models.agenda import AgendaItem
from models.meetings import Meeting, MeetingPaper, invitations_to, papers_to_hand_round
from models.offices import holder_of
from models.people import Person
from rules.absence import State
from services import papers
from services.notices import papers as notices
from services.regulation import regulation


def hand_round(work: Work) -> int:
    """What is due to go round now; returns how many papers were looked at."""
    found = papers_to_hand_round(work.session, work.now)
    for meeting_id, group in groupby(found, key=lambda paper: paper.meeting_id):
        meeting, together = work.session.get_one(Meeting, meeting_id), list(group)
        for paper in together:
            paper.hand_round_at = None
        if papers.is_coming(work, meeting):
            _send(work, meeting, together)
    return len(found)


def _send(work: Work, meeting: Meeting, together: Sequence[MeetingPaper]) -> None:
    by_item = [(paper, work.session.get_one(AgendaItem, paper.item_id)) for paper in together]
    knows = {item.key: _who_has_it(work, item, meeting) for _paper, item in by_item}
    for person in _readers(work, meeting):
        news = [(paper, item) for paper, item in by_item if person.key not in knows[item.key]]
        if news:
            work.notify(person, notices.handed_round, meeting, news)


def _who_has_it(work: Work, item: AgendaItem, meeting: Meeting) -> set[int]:
    """The unit that sent it, and whoever was told when it came."""
    owner = papers.submitter(work, item)
    people = [*papers.watchers(work, item, meeting), *([owner] if owner else [])]
    return {person.key for person in people}


def _readers(work: Work, meeting: Meeting) -> list[Person]:
    """From the meeting day on no invitee is written to (Rạch Giá 2)."""
    found = [work.session.get(Person, meeting.chair_id) if meeting.chair_id else None]
    if not (regulation(work).policy.silent_window and local_day(meeting.starts_at) <= work.today):
        found += _attending(work, meeting)
    return list({person.key: person for person in found if person is not None}.values())


def _attending(work: Work, meeting: Meeting) -> Sequence[Person | None]:
    """Who is invited; in place of one who is excused, his substitute."""
    found: list[Person | None] = []
    for invitation in invitations_to(work.session, meeting.key):
        request = standing_request(work.session, invitation.key)
        if request is None or request.state is not State.APPROVED or request.arrives_at or request.leaves_at:
            found.append(holder_of(work.session, invitation.post_id, work.today))
        elif request.substitute_id is not None:
            found.append(work.session.get(Person, request.substitute_id))
    return found
