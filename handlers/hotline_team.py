"""What the team does with a question: take, answer, ask back, hand on, finish."""

from markupsafe import Markup

from bot.buttons import token
from bot.context import Context, Reply
from bot.forms import engine, steps
from bot.forms.form import Asking, Form
from bot.forms.lists import Option
from bot.i18n import _
from bot.messages import Message, button, html, lines
from bot.routes import Route, form, press
from handlers import hotline_steps
from models.hotline import Ticket
from models.offices import holder_of
from rules.errors import N_, StaleError
from services import hotline_people, hotline_rota, hotline_team, office, people
from services.notices import hotline_team as notices


def _card(context: Context, ticket: Ticket, *, edit: bool = True) -> Message:
    shown = notices.card(context.work, context.official, ticket)
    return Message(shown.text, shown.rows, card=shown.card, edit=edit)


def on_open(context: Context) -> Reply:
    """The whole of it, files too, as a message of its own."""
    ticket = hotline_team.ticket_in_sight(context.work, context.token.subject)
    return notices.card(context.work, context.official, ticket, fresh=True)


def on_take(context: Context) -> Reply:
    return _taken(context, hotline_team.take(context.work, context.token.subject))


def on_over(context: Context) -> Reply:
    """From somebody who has fallen silent."""
    return _taken(context, hotline_team.take(context.work, context.token.subject, over=True))


def _taken(context: Context, ticket: Ticket) -> Reply:
    """What the asker sent along is seen by the owner alone, so it comes when he takes it."""
    sent = notices.sent_along(context.work, ticket)
    return [_card(context, ticket), sent] if sent.files else _card(context, ticket)


def on_answer(context: Context) -> Reply:
    ticket = hotline_team.to_own(context.work, context.token.subject)
    asked = engine.start(context, ANSWER, ticket.key)
    ready = button(_("Choose a ready answer"), token("ready.choose", ticket.id))
    return asked.with_rows(*asked.rows, (ready,))


def _prompt(asking: Asking) -> Markup:
    """What is changed is shown once more, so that it can be copied."""
    was = asking.view.get("was")
    told = html("<code>{text}</code>", text=was) if was else None
    ticket = hotline_team.ticket_in_sight(asking.context.work, asking.subject_id or 0)
    if ticket.is_by_phone:
        return lines(_("Please call the asker back, then type what was answered."), told)
    return lines(_("Please type the answer; the asker reads it as it stands."), told)


def on_ask(context: Context) -> Reply:
    return engine.start(context, ASK_BACK, hotline_team.to_own(context.work, context.token.subject).key)


def on_transfer(context: Context) -> Reply:
    ticket = hotline_team.ticket_in_sight(context.work, context.token.subject)
    if not ticket.is_open or ticket.is_confidential:
        raise StaleError()
    return engine.start(context, TRANSFER, ticket.key)


def on_finish(context: Context) -> Reply:
    return _card(context, hotline_team.finish(context.work, context.token.subject))


def _finish_answer(asking: Asking) -> Reply:
    file = asking.answers.get("file")
    file_id = file["file_id"] if file else None
    ticket = hotline_team.answer(asking.context.work, asking.subject_id or 0, asking.answers["text"], file_id)
    words = _("The answer was kept.") if ticket.is_by_phone else _("Answered; the asker has been told.")
    told, shown = _done(asking, ticket, words)
    save = button(_("Keep as a ready answer"), token("ready.save", ticket.id))
    return [told.with_rows((save,)), shown] if not ticket.is_confidential else [told, shown]


def _finish_ask(asking: Asking) -> Reply:
    ticket = hotline_team.ask_back(asking.context.work, asking.subject_id or 0, asking.answers["text"])
    return _done(asking, ticket, _("Asked; the clock stands still until the asker answers."))


def _finish_transfer(asking: Asking) -> Reply:
    kind, _sep, key = asking.answers["to"].partition(":")
    to_post = int(key) if kind == "post" else None
    to_unit = int(key) if kind == "unit" else None
    ticket = hotline_team.transfer(
        asking.context.work, asking.subject_id or 0, asking.answers["reason"], post_id=to_post, unit_id=to_unit
    )
    return _done(asking, ticket, _("Handed on; those concerned have been told."))


def _done(asking: Asking, ticket: Ticket, words: str) -> list[Message]:
    """A word in the place of the form; the card is drawn anew, wherever in the chat it stands."""
    told = lines(html("<b>{title}</b>", title=words), notices.line(asking.context.work, ticket))
    shown = notices.card(asking.context.work, asking.context.official, ticket)
    return [Message(told, edit=True), shown]


def _receivers(asking: Asking) -> list[Option]:
    """Colleagues first, then the other units; he himself and the unit's own name are not among them."""
    work, me = asking.context.work, asking.context.official.key
    ticket = hotline_team.ticket_in_sight(work, asking.subject_id or 0)
    options = []
    for post_id in hotline_people.team(work, ticket.unit_id):
        holder = holder_of(work.session, post_id, work.today)
        if holder is not None and holder.key != me and post_id != ticket.owner_post_id:
            name = f"{holder.full_name}, {people.title_of(work, holder)}"
            busy = _("in a meeting now") if hotline_people.is_in_meeting(work, holder) else ""
            away = _("away today") if hotline_rota.is_away(work, holder, work.today) else busy
            options.append(Option(f"post:{post_id}", name, away))
    others = [unit for unit in office.units(work) if unit.key != ticket.unit_id]
    return [*options, *(Option(f"unit:{unit.key}", unit.name) for unit in others)]


ANSWER = Form(
    "ticket answer",
    lambda asking: _("The answer, before it goes out"),
    (
        steps.text("text", N_("Answer"), _prompt, 2000),
        hotline_steps.attachment("file", N_("File"), N_("Please send a form or a picture, if one helps.")),
    ),
    _finish_answer,
)
ASK_BACK = Form(
    "ticket ask",
    lambda asking: _("Ask the asker"),
    (
        steps.text(
            "text", N_("Question"), N_("What is missing? Please ask for no identity card or account number."), 1000
        ),
    ),
    _finish_ask,
    confirms=False,
)
TRANSFER = Form(
    "ticket transfer",
    lambda asking: _("Hand the question on"),
    (
        steps.one("to", N_("Handed to"), N_("To whom? A colleague, or another unit."), _receivers),
        steps.text("reason", N_("Reason"), N_("Why is it handed on? Whoever takes it reads it."), 500),
    ),
    _finish_transfer,
)

ROUTES: list[Route] = [
    press("ticket.open", on_open),
    press("ticket.take", on_take),
    press("ticket.over", on_over),
    press("ticket.answer", on_answer),
    press("ticket.ask", on_ask),
    press("ticket.transfer", on_transfer),
    press("ticket.finish", on_finish),
    *(form(each) for each in (ANSWER, ASK_BACK, TRANSFER)),
]
