"""/hop: coming meetings for the Office; create, change, repeat, cancel; the telephone list."""

from markupsafe import Markup

from bot.buttons import token
from bot.context import Context, Reply
from bot.forms import engine
from bot.forms.form import Asking, Form
from bot.forms.steps import text
from bot.i18n import _
from bot.messages import Message, button, grid, html, lines
from bot.routes import Route, command, form, press
from handlers import meeting_form, meeting_view, office_answers
from handlers.paging import page_in
from models.meetings import Meeting, MeetingState
from rules.errors import N_, StaleError
from rules.meetings import MeetingOverError
from services import access, meetings, office, people
from services.notices import words

# How many of the telephone list are named in the chat; the document has all.
CALLED = 8


def on_hop(context: Context) -> Reply:
    access.require_office(context.work)
    return meeting_view.listing(context)


def on_meetings(context: Context) -> Reply:
    access.require_office(context.work)
    return meeting_view.listing(context, page_in(context.token.argument), edit=True)


def on_meeting(context: Context) -> Reply:
    access.require_office(context.work)
    meeting = access.standing_meeting(context.work, context.token.subject)
    return meeting_view.view(context, meeting, edit=True)


def on_new(context: Context) -> Reply:
    access.require_office(context.work)
    return engine.start(context, meeting_form.MEETING)


def _coming(context: Context) -> Meeting:
    """The meeting of the button, if it can still be changed."""
    access.require_office(context.work)
    meeting = access.load(context.work, Meeting, context.token.subject)
    if meeting.state is not MeetingState.PLANNED or meeting.starts_at <= context.work.now:
        raise MeetingOverError()
    return meeting


def _present(context: Context, meeting: Meeting) -> Message:
    """What an old button answers: the meeting as it stands now; nothing is done."""
    return meeting_view.view(
        context, meeting, _("The meeting has changed since this message. This is how it stands now.")
    )


def _is_old(context: Context, meeting: Meeting) -> bool:
    return meeting.version != context.token.version


def on_change(context: Context) -> Reply:
    """Which answer of the form is to be another one."""
    meeting = _coming(context)
    if _is_old(context, meeting):
        return _present(context, meeting)
    steps = [step for step in meeting_form.STEPS if step.key not in ("weekly", "outside") or _has(step.key, meeting)]
    buttons = [button(step.label(), token("meeting.edit", meeting.id, meeting.version, step.key)) for step in steps]
    back = (button(_("Back to the meeting"), token("office.meeting", meeting.id)),)
    question = html("<b>{title}</b>", title=words.meeting_in_short(meeting))
    return Message(lines(question, _("What is to be changed?")), (*grid(buttons, 2), back), edit=True)


def _has(key: str, meeting: Meeting) -> bool:
    return key == "outside" and meeting.chair_id is None


def on_edit(context: Context) -> Reply:
    """Opens the form at that answer; also from the word that the chair cannot come."""
    meeting = _coming(context)
    if _is_old(context, meeting):
        return _present(context, meeting)
    if meeting_form.CHANGE.step(context.token.argument) is None:
        raise StaleError()
    return meeting_form.start_change(context, meeting, context.token.argument)


def on_cancel(context: Context) -> Reply:
    meeting = _coming(context)
    return _present(context, meeting) if _is_old(context, meeting) else engine.start(context, CANCEL, meeting.key)


def _cancel_title(asking: Asking) -> str:
    meeting = access.load(asking.context.work, Meeting, asking.subject_id or 0)
    return _("Cancel the meeting: {meeting}").format(meeting=words.meeting_in_short(meeting))


def _cancel_notes(asking: Asking) -> Markup:
    return lines(_("Every request ends, and everybody invited is told."))


def _cancel(asking: Asking) -> Reply:
    work = asking.context.work
    access.require_office(work)
    meeting = access.load(work, Meeting, asking.subject_id or 0)
    meetings.cancel(work, meeting, asking.answers["reason"])
    done = html(_("<b>Cancelled: {meeting}</b>"), meeting=words.meeting_in_short(meeting))
    return Message(lines(done, _("Everybody invited has been told.")), edit=True)


def on_repeat(context: Context) -> Reply:
    """How many weeks; then the further meetings are planned at once."""
    meeting = _coming(context)
    if _is_old(context, meeting):
        return _present(context, meeting)
    weeks = context.token.argument
    if not weeks:
        return _ask_weeks(context, meeting)
    if weeks not in dict(meeting_form.WEEKS):
        raise StaleError()
    planned = office.repeat(context.work, meeting, int(weeks))
    _working, off = office.weekly(context.work, meeting.starts_at, int(weeks))
    done = (
        _("Meetings added: {number}.").format(number=len(planned))
        if planned
        else _("These weeks have the meeting already.")
    )
    note = " ".join(part for part in (done, meeting_view.skipped(context.work, off)) if part)
    return meeting_view.view(context, meeting, note, edit=True)


def _ask_weeks(context: Context, meeting: Meeting) -> Message:
    choices = tuple(
        button(_(label), token("office.repeat", meeting.id, meeting.version, weeks))
        for weeks, label in meeting_form.WEEKS
        if weeks != "0"
    )
    back = (button(_("Back to the meeting"), token("office.meeting", meeting.id)),)
    asked = _("Repeat {meeting} on the same weekday, for how long? Everybody invited is told at once.")
    return Message(html(asked, meeting=words.meeting_in_short(meeting)), (choices, back), edit=True)


def on_phones(context: Context) -> Reply:
    """People whom no message reaches: the first of them here, all in a document."""
    access.require_office(context.work)
    found = people.unreachable_people(context.work)
    if not found:
        return Message(Markup(_("Everybody can be reached by message.")))
    listed = [
        html(
            "– {name}, {title}: {phone}",
            name=row.person.full_name,
            title=row.title,
            phone=row.person.phone or _("no telephone"),
        )
        for row in found[:CALLED]
    ]
    more = _("and {number} more").format(number=len(found) - CALLED) if len(found) > CALLED else None
    title = html("<b>{title}</b>", title=_("To be called by telephone: {number}").format(number=len(found)))
    return Message(lines(title, *listed, more), files=(office.phone_list(context.work),))


CANCEL = Form(
    "cancel meeting",
    _cancel_title,
    (text("reason", N_("Reason"), N_("For what reason is the meeting cancelled? Everybody invited is told."), 500),),
    _cancel,
    notes=_cancel_notes,
)

ROUTES: list[Route] = [
    command("hop", on_hop, "cuoc hop"),
    press("office.meetings", on_meetings),
    press("office.meeting", on_meeting),
    press("office.new", on_new),
    press("office.phones", on_phones),
    press("office.change", on_change),
    press("office.repeat", on_repeat),
    press("meeting.edit", on_edit),
    press("meeting.cancel", on_cancel),
    *(form(each) for each in (meeting_form.MEETING, meeting_form.CHANGE, CANCEL)),
    *office_answers.ROUTES,
]
