"""Who hears of a request, and when: the chair is asked, everybody concerned is told."""

from collections.abc import Callable
from typing import Any

from bot.messages import Attachment, Message
from bot.work import Work
from models.absence import AbsenceRequest, Acceptance
from models.meetings import Meeting
from models.offices import holders_in, holders_with_role
from models.people import Person
from rules.absence import State
from rules.duties import DutyKind
from services import access, duties
from services.duties import NewDuty
from services.notices import absence as notices
from services.notices import substitutes


def ask_chair(work: Work, request: AbsenceRequest, meeting: Meeting) -> None:
    """Put the card before whoever decides now; for a chair from outside, before the Office."""
    deciders = access.deciders(work, request, meeting)
    for person in deciders:
        work.notify(person, notices.decision_card, request, meeting, fresh=True)
    if not deciders:
        tell_office(work, notices.decision_card, request, meeting, fresh=True)
    duties.open_duty(
        work,
        NewDuty(
            kind=DutyKind.DECIDE_ABSENCE,
            subject_id=request.key,
            what=meeting.title,
            due_at=meeting.starts_at,
            event_at=meeting.starts_at,
            person_id=meeting.chair_id,
        ),
    )


def to_remind(work: Work, request: AbsenceRequest, meeting: Meeting) -> list[Person]:
    """Whom to remind of a decision: the chair and who decides in his place today; for one from outside the Office.

    Who was asked back has to answer first.
    """
    if request.state is State.RETURNED:
        return [access.load(work, Person, request.requester_id)]
    chair = work.session.get(Person, meeting.chair_id) if meeting.chair_id else None
    people = [*access.deciders(work, request, meeting), *([chair] if chair else [])]
    asked = {person.key: person for person in people if person.id != request.requester_id}
    return list(asked.values()) or office(work)


def office(work: Work) -> list[Person]:
    """Everybody whose post makes him one of the Office."""
    return list(holders_with_role(work.session, access.OFFICE_ROLES, work.today))


def tell_office(work: Work, build: Callable[..., Message], *args: Any, **kwargs: Any) -> None:
    """Everybody of the Office, each once."""
    for person in office(work):
        work.notify(person, build, *args, **kwargs)


def tell_parties(work: Work, request: AbsenceRequest, meeting: Meeting, slip: Attachment | None = None) -> None:
    """Requester, substitute, host agency's head and the Office learn how it stands, each in one message.

    The chair and whoever acts see it on their own card; but the slip goes to requester and substitute in any case.
    """
    acting = work.actor.id if work.actor else None
    told = {key for key in (acting, meeting.chair_id, request.requester_id, request.substitute_id) if key is not None}
    if slip is not None or request.requester_id != acting:
        requester = access.person(work, request.requester_id)
        work.notify(requester, notices.request_card, request, meeting, slip=slip, fresh=True)
    has_substitute = request.substitute_id is not None and request.acceptance is not Acceptance.DECLINED
    if has_substitute and (slip is not None or request.substitute_id != acting):
        substitute = access.person(work, request.substitute_id or 0)
        work.notify(substitute, substitutes.card, request, meeting, slip=slip, fresh=True)
    hosts = [person for _post, person in holders_in(work.session, meeting.host_unit_id, work.today)[:1]]
    for person in [*hosts, *holders_with_role(work.session, access.OFFICE_ROLES, work.today)]:
        if person.key not in told:
            told.add(person.key)
            work.notify(person, notices.for_the_record, request, meeting)


def refresh_chairs_card(work: Work, request: AbsenceRequest, meeting: Meeting) -> None:
    """On every device: the card shows how it ended and loses its buttons; for a chair from outside, the Office's."""
    chair = work.session.get(Person, meeting.chair_id) if meeting.chair_id else None
    shown = [*access.deciders(work, request, meeting), chair] if chair else office(work)
    people = {person.key: person for person in shown}
    for person in people.values():
        if work.actor is None or person.id != work.actor.id:
            work.notify(person, notices.decided_card, request, meeting)
