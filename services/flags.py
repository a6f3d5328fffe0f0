"""What a chair should know before he decides: facts of the case, no judgement."""

from collections.abc import Sequence

from sqlmodel import col, select

from bot.i18n import _, local_day, short_date, short_moment
from bot.work import Work
from models.absence import AbsenceRequest, requests_of
from models.meetings import Invitation, Meeting
from models.offices import posts_of
from models.people import Person, Post
from rules.absence import Kind, Rank, State
from rules.workdays import quarter_begin
from services import access
from services.clashes import clashes_of

AWAY = (Kind.SUBSTITUTE, Kind.ABSENT)
# One absence is nothing, two may be chance; the directives begin to count at three.
NOTABLE = 3


def flags(work: Work, request: AbsenceRequest, meeting: Meeting) -> list[str]:
    """Worded in the reader's language."""
    found: list[str] = []
    if meeting.requires_head and _is_head(work, request) and request.kind in AWAY:
        found.append(_("the meeting requires the head"))
    nth = absences_this_quarter(work, request, meeting)
    if request.kind in AWAY and nth >= NOTABLE:
        found.append(_("absence number {number} this quarter").format(number=nth))
    if local_day(request.submitted_at) >= local_day(meeting.starts_at):
        found.append(_("asked on the day of the meeting"))
    if request.substitute_id is not None:
        found.extend(_about_substitute(work, request))
    former = _former_substitute(work, request, meeting)
    if former is not None:
        found.append(_("last time {name} sat in on this subject").format(name=former.full_name))
    number = _substitutes_of_series(work, request, meeting)
    if number >= NOTABLE:
        found.append(_("substitute number {number} on this subject").format(number=number))
    found.extend(_clashes(work, request, meeting))
    return found


def is_flagged(work: Work, request: AbsenceRequest, meeting: Meeting) -> bool:
    return bool(flags(work, request, meeting))


def warnings(work: Work, request: AbsenceRequest, meeting: Meeting) -> list[str]:
    """For who asked: one before what would be marked on the chair's card, with the cases that count."""
    found: list[str] = []
    former = _absent_from(work, request, meeting)
    if request.kind in AWAY and len(former) + 1 == NOTABLE - 1:
        days = ", ".join(short_date(local_day(each.starts_at)) for each in (*former, meeting))
        counted = _("This is your absence number {number} this quarter ({days}).")
        found.append(counted.format(number=NOTABLE - 1, days=days) + " " + _marked_from())
    if _substitutes_of_series(work, request, meeting) == NOTABLE - 1:
        keys = [*reversed(_former_substitutes(work, request, meeting)), request.substitute_id]
        names = ", ".join(work.session.get_one(Person, key).full_name for key in dict.fromkeys(keys) if key)
        counted = _("This is substitute number {number} on this subject ({names}).")
        found.append(counted.format(number=NOTABLE - 1, names=names) + " " + _marked_from())
    return found


def _marked_from() -> str:
    return _("From number {number} on it is marked on the chair's card.").format(number=NOTABLE)


def absences_this_quarter(work: Work, request: AbsenceRequest, meeting: Meeting) -> int:
    """Which absence of the requester this is in the meeting's quarter, the present request included."""
    return len(_absent_from(work, request, meeting)) + 1


def _absent_from(work: Work, request: AbsenceRequest, meeting: Meeting) -> Sequence[Meeting]:
    """Earlier meetings of the quarter that he was allowed to miss, the first first."""
    found = {
        missed.key: missed
        for other, missed in requests_of(work.session, request.requester_id, quarter_begin(meeting.starts_at))
        if other.state is State.APPROVED
        and other.kind in AWAY
        and other.id != request.id
        and missed.id != meeting.id
        and missed.starts_at <= meeting.starts_at
    }
    return list(found.values())


def _is_head(work: Work, request: AbsenceRequest) -> bool:
    invitation = work.session.get_one(Invitation, request.invitation_id)
    return work.session.get_one(Post, invitation.post_id).rank is Rank.HEAD


def _about_substitute(work: Work, request: AbsenceRequest) -> list[str]:
    """He has left the unit; or the consent once given was to another rank than his."""
    if not access.substitute_is_of_unit(work, request):
        return [_("the substitute no longer holds a post in the unit")]
    rank = posts_of(work.session, request.substitute_id or 0, work.today)[0].rank
    if request.is_open and request.consented_rank not in ("", rank.value):
        return [_("you consented before to a substitute of another rank")]
    return []


def _former_substitute(work: Work, request: AbsenceRequest, meeting: Meeting) -> Person | None:
    """Who sat in for the requester at the last meeting of the series, if it was somebody else."""
    former = _former_substitutes(work, request, meeting)
    return work.session.get(Person, former[0]) if former and former[0] != request.substitute_id else None


def _substitutes_of_series(work: Work, request: AbsenceRequest, meeting: Meeting) -> int:
    """How many different people have sat in for the requester on this subject, with the one now named."""
    former = set(_former_substitutes(work, request, meeting))
    return 0 if request.substitute_id in former else len(former) + 1


def _former_substitutes(work: Work, request: AbsenceRequest, meeting: Meeting) -> Sequence[int | None]:
    """Who sat in for the requester at earlier meetings of the series, the latest first."""
    if not meeting.series or request.substitute_id is None:
        return ()
    return work.session.exec(
        select(AbsenceRequest.substitute_id)
        .join(Meeting)
        .where(
            Meeting.series == meeting.series,
            AbsenceRequest.requester_id == request.requester_id,
            AbsenceRequest.state == State.APPROVED,
            col(AbsenceRequest.substitute_id).is_not(None),
            col(Meeting.starts_at) < meeting.starts_at,
        )
        .order_by(col(Meeting.starts_at).desc())
    ).all()


def _clashes(work: Work, request: AbsenceRequest, meeting: Meeting) -> list[str]:
    if request.substitute_id is None:
        return []
    substitute = work.session.get_one(Person, request.substitute_id)
    return [
        _("{name} is called to {title} at {time}").format(
            name=substitute.full_name, title=other.title, time=short_moment(other.starts_at)
        )
        for other in clashes_of(work, substitute, meeting)
    ]
