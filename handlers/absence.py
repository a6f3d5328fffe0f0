"""What a requester and a substitute press: ask, enter the document, answer the chair, withdraw, accept, decline."""

from datetime import date, timedelta

from markupsafe import Markup

from bot.context import Context, Reply
from bot.forms import engine
from bot.forms.form import Asking, Form
from bot.forms.steps import attachment, day, person, text
from bot.i18n import _
from bot.messages import Message, html, lines
from bot.routes import Route, command, form, press
from handlers.absence_form import REQUEST_ABSENCE, listed
from models.absence import AbsenceRequest
from models.meetings import Invitation, Meeting
from models.offices import holder_of
from rules.absence import State
from rules.errors import N_
from services import absence, access, agenda, slips, substitution
from services.notices import absence as notices
from services.notices import substitutes, words


def on_vang(context: Context) -> Reply:
    """/vang: one meeting is taken at once, several are listed."""
    found = agenda.may_ask_about(context.work, context.official)
    if not found:
        return Message(Markup(_("You have no coming meeting to ask about. /lich shows your meetings and requests.")))
    known: dict[str, object] = {"meetings": [str(found[0][0].key)]} if len(found) == 1 else {}
    return engine.start(context, REQUEST_ABSENCE, None, **known)


def on_ask(context: Context) -> Reply:
    """The invitation's own button: the meeting is known."""
    invitation, clerk = access.invitation_to_answer(context.work, context.token.subject)
    # Said at once, not at the end of the form.
    absence.check_ahead(context.work, access.load(context.work, Meeting, invitation.meeting_id))
    known: dict[str, object] = {"meetings": [str(invitation.key)], "offer": context.token.argument}
    if clerk is not None:
        holder = holder_of(context.work.session, invitation.post_id, context.work.today)
        known["for"] = holder.key if holder else None
    return engine.start(context, REQUEST_ABSENCE, invitation.key, **known)


def _own(context: Context) -> tuple[AbsenceRequest, Meeting]:
    request = access.own_request(context.work, context.token.subject)
    return request, access.meeting_of(context.work, request)


def on_withdraw(context: Context) -> Reply:
    request, meeting = _own(context)
    absence.withdraw(context.work, request)
    return _card(context, request, meeting)


def _card(context: Context, request: AbsenceRequest, meeting: Meeting) -> Message:
    """In the place of what was pressed; below what was typed, where it is seen."""
    shown = notices.request_card(context.work, context.official, request, meeting)
    return Message(shown.text, shown.rows, shown.files, card=shown.card, edit=True, fresh=not context.was_pressed)


def on_letter(context: Context) -> Reply:
    """The draft of the letter, as a file to be numbered and signed."""
    request, meeting = _own(context)
    letter = slips.letter(context.work, request, meeting)
    note = _("Draft of the letter. Once it is numbered and signed, choose “Enter the document”.")
    return Message(Markup.escape(note), files=(letter,))


def on_document(context: Context) -> Reply:
    request, _meeting = _own(context)
    return engine.start(context, DOCUMENT, request.key)


def _finish_document(asking: Asking) -> Reply:
    work = asking.context.work
    request = access.own_request(work, asking.subject_id or 0)
    file = asking.answers.get("file") or {}
    absence.submit_document(
        work, request, asking.answers["number"], date.fromisoformat(asking.answers["on"]), file.get("file_id")
    )
    return _card(asking.context, request, access.meeting_of(work, request))


def on_answer(context: Context) -> Reply:
    request, _meeting = _own(context)
    return engine.start(context, ANSWER, request.key)


def _finish_answer(asking: Asking) -> Reply:
    work = asking.context.work
    request = access.own_request(work, asking.subject_id or 0)
    absence.answer(work, request, asking.answers["answer"])
    return _card(asking.context, request, access.meeting_of(work, request))


def on_choose(context: Context) -> Reply:
    request, _meeting = _own(context)
    return engine.start(context, ANOTHER, request.key)


def _others(asking: Asking) -> list[tuple[int, str, str]]:
    work = asking.context.work
    request = access.own_request(work, asking.subject_id or 0)
    invitation = access.load(work, Invitation, request.invitation_id)
    consented = request.state is State.APPROVED
    found = substitution.candidates(work, invitation, access.meeting_of(work, request), consented=consented)
    return [listed(asking, candidate) for candidate in found if candidate.person.id != request.substitute_id]


def _finish_choose(asking: Asking) -> Reply:
    work = asking.context.work
    request = access.own_request(work, asking.subject_id or 0)
    substitution.choose(work, request, asking.answers["substitute"])
    return _card(asking.context, request, access.meeting_of(work, request))


def on_accept(context: Context) -> Reply:
    request = access.request_as_substitute(context.work, context.token.subject)
    had_slip = request.slip_number
    substitution.accept(context.work, request)
    if request.slip_number != had_slip:
        # The card with the slip comes as a message of its own.
        return Message(Markup(_("You will sit in; the authorisation slip follows.")), edit=True)
    return _substitute_card(context, request)


def on_decline(context: Context) -> Reply:
    """Nothing is recorded before the reason is known."""
    request = access.request_as_substitute(context.work, context.token.subject)
    return engine.start(context, DECLINE, request.key)


def _finish_decline(asking: Asking) -> Reply:
    work = asking.context.work
    request = access.request_as_substitute(work, asking.subject_id or 0)
    substitution.decline(work, request, asking.answers["reason"])
    done = _("You have declined; the requester has been told.")
    text_ = lines(html("<b>{done}</b>", done=done), words.meeting_in_short(access.meeting_of(work, request)))
    # A word below what was typed; the card itself is drawn anew, wherever in the chat it stands.
    return [Message(Markup.escape(done)), Message(text_, card=f"absence:{request.id}:substitute")]


def _substitute_card(context: Context, request: AbsenceRequest) -> Message:
    meeting = access.meeting_of(context.work, request)
    shown = substitutes.card(context.work, context.official, request, meeting)
    return Message(shown.text, shown.rows, shown.files, card=shown.card, edit=True)


# How old, in days, a document may be that reports a coming absence.
REACH = 60


def _today(asking: Asking) -> date:
    return asking.context.work.today


def _long_ago(asking: Asking) -> date:
    return _today(asking) - timedelta(days=REACH)


DOCUMENT = Form(
    "document",
    lambda asking: _("The document, before it is sent"),
    (
        text("number", N_("Number"), N_("Number of the document, for example 125/UBND-VP?"), 60),
        day(
            "on",
            N_("Date"),
            N_("Date of the document?"),
            earliest=_long_ago,
            latest=_today,
            quick=[(N_("Today"), REACH)],
        ),
        attachment("file", N_("File"), N_("You may attach the signed document.")),
    ),
    _finish_document,
)
ANSWER = Form(
    "answer",
    lambda asking: _("Your answer"),
    (text("answer", N_("Answer"), N_("Please type your answer to the chair.")),),
    _finish_answer,
    confirms=False,
)
ANOTHER = Form(
    "another substitute",
    lambda asking: _("Another substitute"),
    (person("substitute", N_("Substitute"), N_("Who sits in for you?"), _others),),
    _finish_choose,
    confirms=False,
)
DECLINE = Form(
    "decline",
    lambda asking: _("You cannot sit in"),
    (text("reason", N_("Reason"), N_("Please type the reason why you cannot sit in."), 500),),
    _finish_decline,
    confirms=False,
)

ROUTES: list[Route] = [
    command("vang", on_vang, "xin vang", "vang hop", "xin phep vang"),
    press("absence.ask", on_ask),
    press("absence.withdraw", on_withdraw),
    press("absence.letter", on_letter),
    press("absence.document", on_document),
    press("absence.answer", on_answer),
    press("absence.choose", on_choose),
    press("substitute.accept", on_accept),
    press("substitute.decline", on_decline),
    *(form(each) for each in (REQUEST_ABSENCE, DOCUMENT, ANSWER, ANOTHER, DECLINE)),
]
