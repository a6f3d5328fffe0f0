"""Who sat where: each invitation with what was asked and seen, and the statuses that follow."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from sqlmodel import col, select

from bot.i18n import local_day
from bot.work import Work
from models.absence import AbsenceRequest, requests_for, standing_request
from models.attendance import Act, AttendanceEntry, entries_about, entries_of
from models.meetings import Answer, Invitation, Meeting, invitations_to
from models.offices import holder_of
from models.people import Person, Post, Unit
from rules import attendance as rules
from rules.absence import Kind, State
from rules.attendance import Asked, Hours, Seen, Status
from services.regulation import regulation

NOT_STANDING = (State.WITHDRAWN, State.VOID)


@dataclass(frozen=True, slots=True)
class Seat:
    """One invitation: whose it is, who sits there, and what holds of it; no status where the record is silent."""

    invitation: Invitation
    post: Post
    holder: Person | None
    request: AbsenceRequest | None
    sitting: Person | None
    seen: Seen | None
    statuses: tuple[Status, ...]
    entries: Sequence[AttendanceEntry] = field(default_factory=list)

    @property
    def is_present(self) -> bool:
        """Somebody sits there and has not left."""
        return self.seen is not None and self.seen.left_at is None

    @property
    def is_open(self) -> bool:
        """The record does not tell what holds."""
        return not self.statuses

    @property
    def is_missed(self) -> bool:
        """The last thing seen of him is that he was not there."""
        sights = [entry.act for entry in self.entries if entry.act in (Act.CHECK_IN, Act.ABSENT, Act.UNDO)]
        return bool(sights) and sights[-1] is Act.ABSENT

    @property
    def marks(self) -> list[AttendanceEntry]:
        """The marks that nobody has withdrawn."""
        standing = {}
        for entry in self.entries:
            if entry.act is Act.MARK:
                standing[entry.mark] = entry
            elif entry.act is Act.WITHDRAW:
                standing.pop(entry.mark, None)
        return list(standing.values())

    @property
    def is_classified(self) -> bool:
        """A human has said what holds."""
        return any(entry.act is Act.CLASSIFY for entry in self.entries)

    @property
    def awaits_office(self) -> bool:
        """After the meeting the Office classifies it: nothing is known, or only that nobody answered (A18)."""
        return self.holder is not None and not self.is_classified and set(self.statuses) <= {Status.NO_ANSWER}


def hours_of(work: Work, meeting: Meeting) -> Hours:
    grace = int(regulation(work).switches["attendance.grace_minutes"])
    return Hours(meeting.starts_at, meeting.ends_at, timedelta(minutes=grace))


def seats(work: Work, meeting: Meeting) -> list[Seat]:
    """All seats of a meeting, in the order of the invitations."""
    told = [each for each in requests_for(work.session, meeting.key) if each.state not in NOT_STANDING]
    requests = {each.invitation_id: each for each in told}
    by_seat: dict[int, list[AttendanceEntry]] = {}
    for entry in entries_of(work.session, meeting.key):
        if entry.invitation_id is not None:
            by_seat.setdefault(entry.invitation_id, []).append(entry)
    invited = invitations_to(work.session, meeting.key)
    _read_ahead(work, meeting, invited)
    return [
        seat(work, meeting, invitation, requests.get(invitation.key), by_seat.get(invitation.key, []))
        for invitation in invited
    ]


def _read_ahead(work: Work, meeting: Meeting, invited: Sequence[Invitation]) -> None:
    """Posts, units and holders of all seats at once: the head count looks every few seconds."""
    keys = [invitation.post_id for invitation in invited]
    work.session.exec(select(Post, Unit).join(Unit).where(col(Post.id).in_(keys))).all()
    holder_of.ahead(work.session, keys, local_day(meeting.starts_at))


def seat_of(work: Work, meeting: Meeting, invitation_id: int) -> Seat | None:
    """One seat, without working out all others."""
    invitation = work.session.get(Invitation, invitation_id)
    if invitation is None or invitation.meeting_id != meeting.id or invitation.is_withdrawn:
        return None
    own = entries_about(work.session, invitation.key)
    return seat(work, meeting, invitation, standing_request(work.session, invitation.key), own)


def seat(
    work: Work,
    meeting: Meeting,
    invitation: Invitation,
    request: AbsenceRequest | None,
    entries: Sequence[AttendanceEntry],
) -> Seat:
    """One seat from what is known of it, wherever that was read: in the tables, or in the audit log."""
    holder = holder_of(work.session, invitation.post_id, local_day(meeting.starts_at))
    standing = _without_slips(entries)
    arrival = next((entry for entry in reversed(standing) if entry.act is Act.CHECK_IN), None)
    seen = _seen(standing, arrival, holder, request) if arrival else None
    sitting = work.session.get(Person, arrival.person_id) if arrival else None
    return Seat(
        invitation,
        work.session.get_one(Post, invitation.post_id),
        holder,
        request,
        sitting,
        seen,
        _statuses(work, meeting, invitation, request, seen, standing),
        entries,
    )


def _without_slips(entries: Sequence[AttendanceEntry]) -> list[AttendanceEntry]:
    """What stands: an UNDO takes back the sight before it (arrival, leaving, absence), no classification."""
    standing: list[AttendanceEntry] = []
    for entry in entries:
        if entry.act is Act.UNDO:
            sights = [one for one in standing if one.act in (Act.CHECK_IN, Act.LEAVE, Act.ABSENT)]
            if sights:
                standing.remove(sights[-1])
        else:
            standing.append(entry)
    return standing


def _seen(
    standing: Sequence[AttendanceEntry],
    arrival: AttendanceEntry,
    holder: Person | None,
    request: AbsenceRequest | None,
) -> Seen | None:
    after = [entry for entry in standing if (entry.id or 0) > (arrival.id or 0)]
    if any(entry.act is Act.ABSENT for entry in after):
        return None
    left = next((entry.at for entry in reversed(after) if entry.act is Act.LEAVE), None)
    is_holder = holder is not None and holder.id == arrival.person_id
    accepted = any(entry.act is Act.ACCEPT and entry.person_id == arrival.person_id for entry in standing)
    is_allowed = is_holder or accepted or _is_approved(request, arrival.person_id)
    return Seen(arrival.at, left, arrival.is_online, is_holder, is_allowed)


def _is_approved(request: AbsenceRequest | None, person_id: int) -> bool:
    """Whether the chair consented to this substitute."""
    return (
        request is not None
        and request.kind is Kind.SUBSTITUTE
        and request.state is State.APPROVED
        and request.substitute_id == person_id
    )


def _statuses(
    work: Work,
    meeting: Meeting,
    invitation: Invitation,
    request: AbsenceRequest | None,
    seen: Seen | None,
    standing: Sequence[AttendanceEntry],
) -> tuple[Status, ...]:
    classified = next((entry.status for entry in reversed(standing) if entry.act is Act.CLASSIFY), None)
    if classified is not None:
        return (classified,)
    asked = Asked(request.kind, request.state, request.arrives_at, request.leaves_at) if request else None
    if seen is not None:
        return rules.present(seen, asked, hours_of(work, meeting))
    silence = regulation(work).policy.silence_status
    status = rules.absent(asked, has_answered=invitation.answer is Answer.ATTENDS, silence=silence)
    return (status,) if status else ()
