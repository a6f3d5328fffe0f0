"""Who may sit in; the substitute accepts or declines; another is chosen. Acceptance is no gate before the chair."""

from dataclasses import dataclass

from bot.work import Work
from models.absence import AbsenceRequest, Acceptance
from models.meetings import Invitation, Meeting
from models.offices import holders_in
from models.people import Person, Post, Unit
from rules import absence as rules
from rules.absence import Action, Kind, Rank, Standing, State, Verdict
from rules.errors import N_, DomainError
from rules.meetings import MeetingOverError
from services import absence_log, access, parties, slips
from services.clashes import clashes_of
from services.notices import absence as notices
from services.notices import substitutes, words
from services.regulation import regulation, regulation_of


class SubstituteRefusedError(DomainError):
    """Somebody whom the pack does not allow; `why` is worded already."""

    code = "substitute_refused"
    msgid = N_("{name} may not be named: {why}")


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody of the unit, whether he may be named, and where else he is called at that hour."""

    person: Person
    post: Post
    verdict: Verdict
    clashes: tuple[Meeting, ...]


def candidates(work: Work, invitation: Invitation, meeting: Meeting, *, consented: bool = False) -> list[Candidate]:
    """Everybody of the unit but oneself, those who may be named first."""
    post = access.load(work, Post, invitation.post_id)
    unit = access.load(work, Unit, post.unit_id)
    held = holders_in(work.session, unit.key, work.today)
    policy = regulation(work).policy
    has_deputy = any(other.rank is Rank.DEPUTY and other.id != post.id for other, _person in held)
    requester = Standing(unit.kind, unit.code, post.rank, is_head(work, post))
    found = []
    for other, person in held:
        if other.id == post.id:
            continue
        verdict = rules.may_substitute(
            policy, requester, _standing(unit, other), meeting.requires_head, not has_deputy, consented
        )
        found.append(Candidate(person, other, verdict, clashes_of(work, person, meeting)))
    return sorted(found, key=lambda candidate: not candidate.verdict.allowed)


def is_head(work: Work, post: Post) -> bool:
    """Whether the post leads its unit today: the head, or with none the first deputy, who acts."""
    if post.rank is Rank.HEAD:
        return True
    held = holders_in(work.session, post.unit_id, work.today)
    return bool(held) and held[0][0].rank is not Rank.HEAD and held[0][0].id == post.id


def _standing(unit: Unit, post: Post) -> Standing:
    return Standing(unit.kind, unit.code, post.rank, post.rank is Rank.HEAD)


def check(
    work: Work, request: AbsenceRequest, meeting: Meeting, person_id: int, *, consented: bool = False
) -> Candidate:
    """The candidate, if the pack allows him; raises SubstituteRefusedError with the reason and the clause."""
    invitation = access.load(work, Invitation, request.invitation_id)
    found = candidates(work, invitation, meeting, consented=consented)
    candidate = next((each for each in found if each.person.id == person_id), None)
    if candidate is None or not candidate.verdict.allowed:
        name = candidate.person.full_name if candidate else ""
        why = words.verdict(work, candidate.verdict if candidate else Verdict(False, rules.OTHER_UNIT))
        raise SubstituteRefusedError(name=name, why=why)
    return candidate


def ask(work: Work, request: AbsenceRequest, meeting: Meeting) -> None:
    """Put the card before the substitute."""
    work.notify(access.load(work, Person, request.substitute_id or 0), substitutes.card, request, meeting)


def accept(work: Work, request: AbsenceRequest) -> None:
    meeting = _open_meeting(work, request)
    if request.acceptance is Acceptance.ACCEPTED:
        return
    request.acceptance, request.acceptance_reason = Acceptance.ACCEPTED, ""
    absence_log.record(work, "substitution.accepted", request)
    if request.state is State.APPROVED:
        parties.tell_parties(work, request, meeting, slips.complete(work, request, meeting))
        parties.refresh_chairs_card(work, request, meeting)
    else:
        _tell(work, request, meeting)


def decline(work: Work, request: AbsenceRequest, reason: str) -> None:
    """Also after the consent: it reopens only the choice of the substitute."""
    meeting = _open_meeting(work, request)
    request.acceptance, request.acceptance_reason = Acceptance.DECLINED, reason
    absence_log.record(work, "substitution.declined", request, reason=work.hashed(reason))
    _tell(work, request, meeting)
    requester = access.load(work, Person, request.requester_id)
    work.notify(requester, notices.choose_another, request, meeting)


def choose(work: Work, request: AbsenceRequest, person_id: int, *, declares_authority: bool = False) -> None:
    """Name another substitute, or the first one after the consent to the absence.

    The consent covers the absence and a rank: the same rank needs no new consent, another does.
    """
    meeting = _open_meeting(work, request, substitute_needed=False)
    consented = request.state is State.APPROVED
    candidate = check(work, request, meeting, person_id, consented=consented)
    request.kind = Kind.SUBSTITUTE
    request.substitute_id = person_id
    request.acceptance, request.acceptance_reason = Acceptance.NONE, ""
    request.declares_authority = request.declares_authority or declares_authority
    request.version += 1
    absence_log.record(work, "substitution.chosen", request, rank=candidate.post.rank)
    if consented and _needs_new_consent(work, request, candidate.post):
        request.state = rules.MACHINE.next_state(request.state, Action.REOPEN)
        parties.ask_chair(work, request, meeting)
    else:
        _tell(work, request, meeting)
    ask(work, request, meeting)


def _needs_new_consent(work: Work, request: AbsenceRequest, post: Post) -> bool:
    if not regulation_of(work, request).policy.asks_consent:
        return False
    # Consent to an absence in which nobody was named yet covers whom the pack allows at all.
    return request.consented_rank not in ("", post.rank.value)


def _tell(work: Work, request: AbsenceRequest, meeting: Meeting) -> None:
    """Cards that show the substitute's word are drawn anew."""
    for person in access.deciders(work, request, meeting):
        if request.is_open:
            work.notify(person, notices.decision_card, request, meeting)
    requester = access.load(work, Person, request.requester_id)
    work.notify(requester, notices.request_card, request, meeting)


def _open_meeting(work: Work, request: AbsenceRequest, *, substitute_needed: bool = True) -> Meeting:
    meeting = access.meeting_of(work, request)
    is_alive = request.is_open or request.state is State.APPROVED
    if meeting.starts_at <= work.now or not is_alive or (substitute_needed and request.substitute_id is None):
        raise MeetingOverError()
    return meeting
