"""What is said to the substitute: that he is named, what the chair said, and that he need not come."""

from bot.buttons import token
from bot.i18n import _
from bot.messages import Attachment, Message, Row, Style, button, html, lines
from bot.work import Work
from models.absence import AbsenceRequest, Acceptance
from models.meetings import Meeting
from models.people import Person
from rules.absence import State
from services.notices import words
from services.notices.absence import headline
from services.notices.calendar_files import calendar_entry


def card(
    work: Work,
    person: Person,
    request: AbsenceRequest,
    meeting: Meeting,
    slip: Attachment | None = None,
    *,
    fresh: bool = False,
) -> Message:
    """To the substitute: at the same time as to the chair; later, how it ended."""
    requester = work.session.get_one(Person, request.requester_id)
    is_alive = request.is_open or request.state is State.APPROVED
    text = lines(
        html("<b>{title}</b>", title=_title(request, is_alive=is_alive).format(who=words.comrade(requester))),
        html("{meeting}, {when}.", meeting=meeting.title, when=words.when_and_where(meeting)),
        html(_("Chair: {chair}"), chair=words.chair_name(work, meeting)),
        html(_("The chair's opinion: {state}"), state=_opinion(work, request, meeting))
        if request.state is not State.WITHDRAWN
        else _("The request was withdrawn."),
        _("You have accepted.") if request.is_open and request.acceptance is Acceptance.ACCEPTED else None,
        _("Please study the papers and know the matter well before you attend.") if is_alive else None,
        words.slip_text(work, request) if slip else None,
        words.cite(work, "responsibility") if is_alive else None,
    )
    rows = _substitute_rows(request) if is_alive else ()
    papers = _along(work, request, meeting) if request.state is State.APPROVED and fresh else ()
    card, urgent = (
        f"absence:{request.id}:substitute",
        fresh and words.is_near(work, meeting.starts_at, words.LAST_HOURS),
    )
    shown = Message(text, rows, ((slip,) if slip else ()) + papers, card=card, fresh=fresh, urgent=urgent)
    is_asked = request.acceptance is Acceptance.NONE
    return shown.awaited(meeting.starts_at if is_asked else None, until=meeting.starts_at)


def _along(work: Work, request: AbsenceRequest, meeting: Meeting) -> tuple[Attachment, ...]:
    """The papers to study; with both consents there, what puts the meeting into the calendar."""
    papers = words.papers(work, meeting)
    return (*papers, calendar_entry(work, meeting)) if request.acceptance is Acceptance.ACCEPTED else papers


def _title(request: AbsenceRequest, *, is_alive: bool) -> str:
    if not is_alive:
        return _("You need not sit in for {who}")
    if request.state is State.APPROVED and request.acceptance is Acceptance.ACCEPTED:
        return _("You sit in for {who}")
    return _("You are named to sit in for {who}")


def _opinion(work: Work, request: AbsenceRequest, meeting: Meeting) -> str:
    return _("not given yet") if request.is_open else words.small(headline(work, request, meeting))


def _substitute_rows(request: AbsenceRequest) -> tuple[Row, ...]:
    accept = button(_("I will sit in"), token("substitute.accept", request.id, request.version), Style.SUCCESS)
    decline = button(_("I cannot come"), token("substitute.decline", request.id, request.version), Style.DANGER)
    if request.acceptance is Acceptance.NONE:
        return ((accept, decline),)
    return ((decline,),) if request.acceptance is Acceptance.ACCEPTED else ()
