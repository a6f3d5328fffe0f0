"""What somebody is told who was not reached before: the invitations, cards and decisions that wait for him."""

from bot.work import Work
from models.absence import Acceptance, substitutions_of
from models.meetings import Answer
from models.people import Person
from services import agenda, waiting
from services.notices import absence as absence_notices
from services.notices import meetings as meeting_notices
from services.notices import substitutes

# Enough to see what is near; /lich and /duyet list the rest.
MOST = 10


def catch_up(work: Work, person: Person) -> None:
    """A chat was linked: what was said to nobody is said now, the nearest last, where it is seen."""
    unanswered = [
        each for each in agenda.agenda(work, person) if each.invitation and each.invitation.answer is Answer.NONE
    ]
    for entry in reversed(unanswered[:MOST]):
        if entry.invitation is not None:
            work.notify(person, meeting_notices.invitation, entry.meeting, entry.invitation)
    for request, meeting in substitutions_of(work.session, person.key, work.now):
        if request.acceptance is Acceptance.NONE:
            work.notify(person, substitutes.card, request, meeting, fresh=True)
    for request, meeting in waiting.for_decider(work, person)[:MOST]:
        work.notify(person, absence_notices.decision_card, request, meeting, fresh=True)
