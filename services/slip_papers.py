"""The documents of a request as files: the authorisation slip and the draft letter, filled from the rows."""

from bot.work import Work
from models.absence import AbsenceRequest
from models.meetings import Meeting
from models.people import Person, the_body
from reports import letters
from services import access, people
from services.notices import words
from services.regulation import regulation_of


def letter(work: Work, request: AbsenceRequest, meeting: Meeting) -> bytes:
    """The letter that the pack demands, drawn up for the requester to be numbered and signed (Rạch Giá 2)."""
    requester = access.load(work, Person, request.requester_id)
    unit = _unit_name(work, requester)
    official = _official(work, requester)
    substitute = work.session.get(Person, request.substitute_id) if request.substitute_id else None
    return letters.absence_letter(
        letters.AbsenceLetter(
            superior=_body_name(work),
            unit=unit,
            place=_place(work),
            meeting=_facts(work, meeting),
            requester=official,
            reason=words.reason_in_full(request),
            signer=letters.signer_of(official, unit),
            substitute=_official(work, substitute) if substitute else None,
            citation=regulation_of(work, request).cite("document"),
        )
    )


def slip(work: Work, request: AbsenceRequest, meeting: Meeting) -> bytes:
    head = access.load(work, Person, request.requester_id)
    decider = work.session.get(Person, request.decided_by_id) if request.decided_by_id else None
    unit = _unit_name(work, head)
    rules = regulation_of(work, request)
    return letters.authorisation_slip(
        letters.AuthorisationSlip(
            superior=_body_name(work),
            unit=unit,
            place=_place(work),
            number=words.slip_number(request),
            issued_on=work.today,
            meeting=_facts(work, meeting),
            head=_official(work, head),
            substitute=_official(work, access.load(work, Person, request.substitute_id or 0)),
            consented_by=_official(work, decider) if decider else letters.Official(meeting.outside_chair, "chủ trì"),
            consented_at=request.decided_at or work.now,
            signer=letters.signer_of(_official(work, head), unit),
            citation=rules.cite("substitute"),
            consent_note=words.consent_note(request),
            declares_full_authority=request.declares_authority,
        )
    )


def _facts(work: Work, meeting: Meeting) -> letters.MeetingFacts:
    return letters.MeetingFacts(meeting.title, meeting.starts_at, meeting.place, words.chair_name(work, meeting))


def _official(work: Work, person: Person) -> letters.Official:
    return letters.Official(person.full_name, people.title_of(work, person))


def _unit_name(work: Work, person: Person) -> str:
    post = people.main_post(work, person)
    return people.unit_of(work, post).name if post else ""


def _body_name(work: Work) -> str:
    body = the_body(work.session)
    return body.name if body else ""


def _place(work: Work) -> str:
    body = the_body(work.session)
    return body.province if body else ""
