"""/lich: my meetings with my answer to each; the invitation's button; a chair who cannot come."""

from collections.abc import Sequence
from dataclasses import replace

from markupsafe import Markup

from bot.buttons import token
from bot.context import Context, Reply
from bot.forms import engine
from bot.forms.form import Asking, Form
from bot.forms.steps import text
from bot.i18n import _
from bot.messages import Message, Row, button, column, grid, html, lines
from bot.routes import Route, command, form, press
from handlers import weeks
from handlers.paging import page_in, paged
from models.absence import AbsenceRequest
from models.meetings import Answer, Meeting
from models.offices import holder_of
from rules.errors import N_
from rules.text import fold
from services import absence, access, agenda, attendance, bookings, meetings
from services.agenda import Entry
from services.notices import absence as absence_notices
from services.notices import bookings as booking_notices
from services.notices import meetings as notices
from services.notices import substitutes, words
from services.regulation import regulation


def on_lich(context: Context) -> Reply:
    """The nearest meetings, a line each; one tap opens a meeting. `/lich tuan` shows the week."""
    if fold(context.typed).endswith("tuan"):
        return weeks.on_week(context)
    entries = agenda.agenda(context.work, context.official)
    sessions = [html("– {line}", line=line) for line in _sessions(context)]
    if not entries:
        return Message(lines(_("You have no coming meetings."), *sessions), (_further(),))
    title = html("<b>{title}</b>", title=_("Your meetings"))
    page = page_in(context.token.argument)
    shown, turn = paged(context, entries, page, lambda other: token("/lich", argument=other))
    items = [html("{number}. {line}", number=number, line=_line(context, entry)) for number, entry in shown]
    buttons = [button(str(number), _open(entry)) for number, entry in shown]
    here = _check_in(context, [entry for _number, entry in shown])
    text_ = lines(title, *items, *([] if page else sessions))
    return Message(text_, (*here, *grid(buttons), *turn, _further()), edit=bool(context.token.argument))


def _sessions(context: Context) -> list[Markup]:
    """Working sessions with the leadership that are agreed: the leader's, and the unit's."""
    return [booking_notices.agreed(context.work, row) for row in bookings.agreed(context.work, context.official)]


def _further() -> Row:
    return (button(_("The week"), token("week.show")), button(_("My attendance"), token("attendance.mine")))


def _check_in(context: Context, shown: Sequence[Entry]) -> tuple[Row, ...]:
    """Where one may report oneself present: the meetings whose doors are open."""
    if not regulation(context.work).switches["attendance.self_check_in"]:
        return ()
    open_now = [
        entry.meeting for entry in shown if not entry.presides and attendance.is_open(context.work, entry.meeting)
    ]
    return tuple(
        (
            button(_("I am here: {meeting}").format(meeting=meeting.title), token("check_in.here", meeting.id)),
            button(_("I attend online"), token("check_in.online", meeting.id)),
        )
        for meeting in open_now
    )


def _line(context: Context, entry: Entry) -> str:
    return f"{words.meeting_in_short(entry.meeting)}: {_answer(entry)}"


def _answer(entry: Entry) -> str:
    if entry.presides:
        return _("you preside")
    if entry.sits_in_for is not None:
        return _("you sit in for {who}").format(who=words.comrade(entry.sits_in_for))
    if entry.request is not None:
        return f"{words.kind(entry.request.kind).lower()}, {words.state(entry.request.state)}"
    attends = entry.invitation is not None and entry.invitation.answer is Answer.ATTENDS
    return _("you will attend") if attends else _("not answered yet")


def _open(entry: Entry) -> str:
    if entry.presides:
        return token("meeting.preside", entry.meeting.id)
    if entry.sits_in_for is not None and entry.request is not None:
        return token("meeting.sit_in", entry.request.id)
    return token("meeting.open", entry.invitation.id if entry.invitation else 0)


def on_open(context: Context) -> Reply:
    """One of my meetings: the invitation with its buttons, or my request with its own."""
    invitation = access.own_invitation(context.work, context.token.subject)
    meeting = access.load(context.work, Meeting, invitation.meeting_id)
    entry = next(
        (each for each in agenda.agenda(context.work, context.official) if each.invitation is invitation), None
    )
    if entry is not None and entry.request is not None:
        return absence_notices.request_card(context.work, context.official, entry.request, meeting, fresh=True)
    show = notices.attending if invitation.answer is Answer.ATTENDS else notices.invitation
    return replace(show(context.work, context.official, meeting, invitation), fresh=True)


def on_sit_in(context: Context) -> Reply:
    request = access.request_as_substitute(context.work, context.token.subject)
    meeting = access.meeting_of(context.work, request)
    return substitutes.card(context.work, context.official, request, meeting, fresh=True)


def on_attend(context: Context) -> Reply:
    """I come; or the Office enters it for somebody, by telephone."""
    invitation, clerk = access.invitation_to_answer(context.work, context.token.subject)
    meeting = access.load(context.work, Meeting, invitation.meeting_id)
    if meeting.version != context.token.version:
        return _present(context, meeting, clerk is None)
    meetings.attend(context.work, invitation, entered_by=clerk)
    holder = holder_of(context.work.session, invitation.post_id, context.work.today)
    shown = notices.attending(context.work, holder or context.official, meeting, invitation)
    return Message(shown.text, shown.rows if clerk is None else (), card=shown.card if clerk is None else "", edit=True)


def _present(context: Context, meeting: Meeting, is_own: bool) -> Reply:
    """The meeting has changed since the button was made: nothing is recorded, the present state is shown."""
    note = html("<i>{note}</i>", note=_("The meeting has changed since this message. Please answer anew."))
    entries = agenda.agenda(context.work, context.official)
    entry = next((each for each in entries if each.meeting is meeting and each.invitation is not None), None)
    if entry is None or entry.invitation is None or not is_own:
        return Message(note)
    shown = notices.invitation(context.work, context.official, meeting, entry.invitation)
    return Message(lines(note, shown.text), shown.rows, shown.files, card=shown.card, edit=True)


def on_preside(context: Context) -> Reply:
    """A meeting that I preside over: who has answered what, and what if I cannot come."""
    meeting = access.standing_meeting(context.work, context.token.subject)
    rows = column(
        button(_("Agenda and papers"), token("agenda.list", meeting.id)),
        button(_("I cannot preside"), token("meeting.no_chair", meeting.id)),
    )
    return Message(answers_text(context, meeting), rows)


def answers_text(context: Context, meeting: Meeting) -> Markup:
    """Who comes, who is excused, who has not answered: the counts, then the names."""
    found = agenda.invitees(context.work, meeting)
    coming = [each for each in found if each.comes]
    silent = [each for each in found if each.invitation.answer is Answer.NONE]
    asked = [each for each in found if each.request is not None]
    counts = _("Invited {all}, will come {coming}, requests {asked}, not answered {silent}.").format(
        all=len(found), coming=len(coming), asked=len(asked), silent=len(silent)
    )
    who = [_request_line(context, each.request) for each in asked if each.request is not None]
    names = ", ".join(each.holder.full_name if each.holder else each.post.title for each in silent)
    return lines(
        html("<b>{title}</b>", title=meeting.title),
        html("{when}", when=words.when_and_where(meeting)),
        html(_("Chair: {chair}"), chair=words.chair_name(context.work, meeting)),
        counts,
        *who,
        html(_("Not answered: {names}"), names=names) if names else None,
    )


def _request_line(context: Context, request: AbsenceRequest) -> Markup:
    """– đ/c Vũ Đình Khải: cử người dự thay (đ/c Ngô Thị Thu, đã nhận), chờ ý kiến chủ trì."""
    holder = access.person(context.work, request.requester_id)
    substitute = access.person(context.work, request.substitute_id) if request.substitute_id else None
    sits_in = f" ({words.comrade(substitute)}, {absence_notices.acceptance(request)})" if substitute else ""
    asked = words.kind(request.kind).lower()
    return html(
        "– {who}: {asked}{sits_in}, {state}",
        who=words.comrade(holder),
        asked=asked,
        sits_in=sits_in,
        state=words.state(request.state),
    )


def on_no_chair(context: Context) -> Reply:
    meeting = access.standing_meeting(context.work, context.token.subject)
    return engine.start(context, NO_CHAIR, meeting.key)


def _finish_no_chair(asking: Asking) -> Reply:
    meeting = access.standing_meeting(asking.context.work, asking.subject_id or 0)
    absence.chair_cannot_come(asking.context.work, meeting, asking.answers.get("reason") or "")
    return Message(Markup(_("The Office has been asked to name another chair or to postpone the meeting.")), edit=True)


NO_CHAIR = Form(
    "no chair",
    lambda asking: _("You cannot preside"),
    (text("reason", N_("Reason"), N_("For what reason can you not preside?"), 500, is_optional=True),),
    _finish_no_chair,
)

ROUTES: list[Route] = [
    command("lich", on_lich, "lich hop", "xem lich", "lich tuan"),
    press("meeting.open", on_open),
    press("meeting.sit_in", on_sit_in),
    press("meeting.attend", on_attend),
    press("meeting.preside", on_preside),
    press("meeting.no_chair", on_no_chair),
    form(NO_CHAIR),
]
