"""*Xin gia hạn*, its document, its decision."""

from datetime import date, timedelta

from markupsafe import Markup

from bot.buttons import token
from bot.context import Context, Reply
from bot.forms import engine, steps
from bot.forms.form import Asking, Form
from bot.i18n import _
from bot.messages import Message, Row, button, html, lines
from bot.routes import Route, form, press
from models.duties import Duty
from models.extensions import Extension, open_extension
from rules import deadlines
from rules.duties import SPECS
from rules.errors import N_
from rules.tasks import ExtensionState
from services import access, extensions
from services.extensions import Asked
from services.notices import duties as duty_notices
from services.notices import extensions as notices
from services.notices import task_lines, words


def on_ask(context: Context) -> Reply:
    duty = access.own_duty(context.work, context.token.subject)
    if not duty.is_open or not SPECS[duty.kind].is_extendable:
        return duty_notices.stands(context.work, context.official, duty)
    return engine.start(context, ASK, duty.key)


def _duty(asking: Asking) -> Duty:
    return access.own_duty(asking.context.work, asking.subject_id or 0)


def _first_day(asking: Asking) -> date:
    return deadlines.named_day(_duty(asking).due_at) + timedelta(days=1)


def _finish_ask(asking: Asking) -> Reply:
    work, answers, duty = asking.context.work, asking.answers, _duty(asking)
    former = open_extension(work.session, duty.subject_id)
    extension = extensions.ask(
        work, duty, Asked(date.fromisoformat(answers["day"]), answers["reason"], answers["document"] or "")
    )
    return Message(
        lines(
            html(
                "<b>{title}</b>", title=_("Request for an extension: {state}").format(state=task_lines.state(extension))
            ),
            html("{name}", name=duty_notices.name(duty)),
            _("The former request has been replaced by this one.") if former else None,
            task_lines.timeliness(work, extension),
            _("The time of the request is kept; please enter the number of the document once it is signed.")
            if extension.state is ExtensionState.AWAITING_DOCUMENT
            else None,
            words.cite(work, "extension"),
        ),
        _document_rows(extension),
        edit=True,
    )


def _document_rows(extension: Extension) -> tuple[Row, ...]:
    if extension.state is not ExtensionState.AWAITING_DOCUMENT:
        return ()
    return ((button(_("Enter the number of the document"), token("extension.document", extension.id)),),)


ASK = Form(
    "extension",
    lambda asking: html("{title}: {name}", title=_("Ask for an extension"), name=duty_notices.name(_duty(asking))),
    (
        steps.day(
            "day",
            N_("New due day"),
            N_("To which day?"),
            earliest=_first_day,
            quick=((N_("3 days more"), 2), (N_("7 days more"), 6)),
        ),
        steps.text("reason", N_("Reason"), N_("Why can it not be done in time? A line or two."), 1000),
        steps.text(
            "document",
            N_("Document"),
            N_("Number and date of the written report; it can also follow later."),
            200,
            is_optional=True,
        ),
    ),
    _finish_ask,
)


def on_document(context: Context) -> Reply:
    extension, duty = extensions.own(context.work, context.token.subject)
    if extension.state is not ExtensionState.AWAITING_DOCUMENT:
        return duty_notices.stands(context.work, context.official, duty)
    return engine.start(context, DOCUMENT, extension.key)


def _finish_document(asking: Asking) -> Reply:
    extension, duty = extensions.own(asking.context.work, asking.subject_id or 0)
    extensions.submit_document(asking.context.work, extension, duty, asking.answers["number"])
    title = _("Request for an extension: {state}").format(state=task_lines.state(extension))
    return Message(lines(html("<b>{title}</b>", title=title), html("{name}", name=duty_notices.name(duty))))


DOCUMENT = Form(
    "extension document",
    lambda asking: _("Number of the document"),
    (steps.text("number", N_("Number of the document"), N_("Number and date of the written report?"), 200),),
    _finish_document,
    confirms=False,
)


def on_open(context: Context) -> Reply:
    """From a reminder: the card that decides."""
    extension, _duty_of = extensions.to_decide(context.work, context.token.subject)
    return notices.decision_card(context.work, context.official, extension, fresh=True)


def on_grant(context: Context) -> Reply:
    extension, duty = extensions.to_decide(context.work, context.token.subject)
    if extension.state is not ExtensionState.AWAITING_DECISION:
        return _as_it_stands(context, extension)
    extensions.grant(context.work, extension, duty)
    return notices.decision_card(context.work, context.official, extension)


def on_refuse(context: Context) -> Reply:
    extension, _duty_of = extensions.to_decide(context.work, context.token.subject)
    if extension.state is not ExtensionState.AWAITING_DECISION:
        return _as_it_stands(context, extension)
    return engine.start(context, REFUSE, extension.key)


def _as_it_stands(context: Context, extension: Extension) -> Message:
    card = notices.decision_card(context.work, context.official, extension)
    note = html("<i>{note}</i>", note=_("This was settled already. Nothing was changed."))
    return Message(lines(card.text, note), card=card.card)


def _finish_refuse(asking: Asking) -> Reply:
    extension, duty = extensions.to_decide(asking.context.work, asking.subject_id or 0)
    extensions.refuse(asking.context.work, extension, duty, asking.answers["reason"])
    return _recorded(notices.decision_card(asking.context.work, asking.context.official, extension))


def _recorded(card: Message) -> Reply:
    """A word to what was typed; the card is drawn anew where it stands."""
    return [Message(Markup(_("Recorded; those concerned have been told."))), card]


REFUSE = Form(
    "extension refuse",
    lambda asking: _("Refuse the extension"),
    (steps.text("reason", N_("Reason"), N_("Please type the reason; the owner will read it."), 500),),
    _finish_refuse,
    confirms=False,
)


ROUTES: list[Route] = [
    press("extension.ask", on_ask),
    press("extension.document", on_document),
    press("extension.open", on_open),
    press("extension.grant", on_grant),
    press("extension.refuse", on_refuse),
    *(form(each) for each in (ASK, DOCUMENT, REFUSE)),
]
