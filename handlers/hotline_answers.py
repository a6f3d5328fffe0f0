"""What the asker does with his ticket: adds, says whether the answer helped, reopens, rates."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeAlias

from bot.buttons import token
from bot.context import Context, Reply
from bot.forms import engine, steps
from bot.forms.form import Asking, Form
from bot.i18n import _
from bot.messages import Message, button, html, lines
from bot.routes import Route, form, press
from handlers import hotline_blocks, hotline_steps
from models.hotline import Ticket
from rules.errors import N_, StaleError
from rules.hotline import TicketState
from services import access, hotline, hotline_intake
from services.notices import hotline as notices
from services.notices import hotline_guide as guides

Act: TypeAlias = Callable[[Context, Ticket], Reply]


def _own(act: Act) -> Callable[[Context], Reply]:
    """A press on something that the chat has asked; a blocked one is told once a day where to call."""

    def handler(context: Context) -> Reply:
        ticket = access.load(context.work, Ticket, context.token.subject)
        block = hotline_blocks.keeps_out(context)
        if block is not None and not ticket.is_confidential:
            return hotline_blocks.answer(context, block)
        return act(context, hotline.ticket_to_act(context.work, ticket.key))

    return handler


def on_settled(context: Context, ticket: Ticket) -> Reply:
    if ticket.state is TicketState.ANSWERED:
        hotline.settle(context.work, ticket)
    elif ticket.state is not TicketState.DONE:
        raise StaleError()
    shown = notices.finished(context.work, ticket)
    answer = hotline.last_answer(context.work, ticket)
    if answer is None or not context.has_buttons:
        return shown
    # The answer stands there with its buttons, which are used up.
    return [replace(notices.helped(context.work, ticket, answer), edit=True), shown]


def on_disputed(context: Context, ticket: Ticket) -> Reply:
    if ticket.state is TicketState.DONE:
        # Finished meanwhile: what is missing opens it anew.
        return on_reopen(context, ticket)
    if ticket.state is not TicketState.ANSWERED:
        raise StaleError()
    return engine.start(context, DISPUTE, ticket.key)


def on_supply(context: Context, ticket: Ticket) -> Reply:
    if not ticket.is_open:
        raise StaleError()
    return engine.start(context, SUPPLY, ticket.key)


def on_reopen(context: Context, ticket: Ticket) -> Reply:
    if ticket.state is not TicketState.DONE:
        raise StaleError()
    return engine.start(context, REOPEN, ticket.key)


def on_rate(context: Context, ticket: Ticket) -> Reply:
    stars = context.token.argument
    if stars not in [str(star) for star in notices.STARS]:
        raise StaleError()
    hotline.rate(context.work, ticket, int(stars))
    text = lines(
        html("<b>{title}</b>", title=_("Thank you")),
        html(_("Question no. {number}: {stars} of 5."), number=ticket.number, stars=stars),
        notices.own_number_line(context.work, ticket),
    )
    comment = button(_("Write a comment"), token("ticket.comment", ticket.id))
    rows = ((comment,), notices.finished_rows(ticket)[-1])
    return Message(text, rows, card=notices.finished_card(ticket), edit=True)


def on_comment(context: Context, ticket: Ticket) -> Reply:
    if ticket.rating is None:
        raise StaleError()
    return engine.start(context, COMMENT, ticket.key)


def _subject(asking: Asking) -> Ticket:
    return hotline.ticket_to_act(asking.context.work, asking.subject_id or 0)


def _added(asking: Asking) -> dict[str, Any]:
    """What a step took, as the services want it."""
    said = asking.answers["said"]
    return {"text": said["text"], "file_id": said.get("file_id")}


def _finish_dispute(asking: Asking) -> Message:
    ticket = _subject(asking)
    hotline.dispute(asking.context.work, ticket, **_added(asking))
    return _told(asking.context, ticket, _("Question no. {number} goes back to whoever answered it."))


def _finish_supply(asking: Asking) -> Message:
    ticket = _subject(asking)
    hotline.supply(asking.context.work, ticket, **_added(asking))
    return supplied(asking.context, ticket)


def supplied(context: Context, ticket: Ticket) -> Message:
    """Added; or, where it was finished meanwhile, opened anew by what was to be added."""
    if ticket.state is TicketState.REOPENED:
        return _reopened(context, ticket)
    return _told(context, ticket, _("Added to question no. {number}; whoever deals with it has been told."))


def _finish_reopen(asking: Asking) -> Message:
    ticket = _subject(asking)
    hotline.reopen(asking.context.work, ticket, **_added(asking))
    return _reopened(asking.context, ticket)


def _reopened(context: Context, ticket: Ticket) -> Message:
    shown = notices.status(context.work, ticket)
    return Message(lines(html("<b>{title}</b>", title=_("Reopened")), shown.text))


def _finish_comment(asking: Asking) -> Message:
    ticket = _subject(asking)
    hotline.rate(asking.context.work, ticket, ticket.rating or 0, asking.answers["text"])
    return _told(asking.context, ticket, _("Your comment on question no. {number} was kept. Thank you."))


def _told(context: Context, ticket: Ticket, words: str) -> Message:
    """The hotline's number stands in every answer."""
    return Message(lines(html(words, number=ticket.number), notices.own_number_line(context.work, ticket)))


def _safely(finish: Callable[[Asking], Message]) -> Callable[[Asking], Reply]:
    """People read later what was written; who is in danger is told at once whom to call."""

    def finished(asking: Asking) -> Reply:
        answer, answers = finish(asking), asking.answers
        text = answers["said"]["text"] if "said" in answers else answers["text"]
        urgent = hotline_intake.read(asking.context.work, text).emergency
        return answer if urgent is None else [Message(guides.emergency(urgent)), answer]

    return finished


def _asks(name: str, title: str, prompt: str, finish: Callable[[Asking], Message]) -> Form:
    step = hotline_steps.words_or_file("said", title, prompt)
    return Form(name, lambda asking: _(title), (step,), _safely(finish), confirms=False)


DISPUTE = _asks("ticket dispute", N_("What is missing"), N_("What is still not clear?"), _finish_dispute)
SUPPLY = _asks("ticket supply", N_("Addition"), N_("What would you like to add?"), _finish_supply)
REOPEN = _asks("ticket reopen", N_("Why it is reopened"), N_("What has not been settled?"), _finish_reopen)
COMMENT = Form(
    "ticket comment",
    lambda asking: _("Comment"),
    (steps.text("text", N_("Comment"), N_("What was good, what was not?"), 1000),),
    _safely(_finish_comment),
    confirms=False,
)

ROUTES: list[Route] = [
    press("ticket.settled", _own(on_settled), public=True),
    press("ticket.disputed", _own(on_disputed), public=True),
    press("ticket.supply", _own(on_supply), public=True),
    press("ticket.reopen", _own(on_reopen), public=True),
    press("ticket.rate", _own(on_rate), public=True),
    press("ticket.comment", _own(on_comment), public=True),
    *(form(each) for each in (DISPUTE, SUPPLY, REOPEN, COMMENT)),
]
