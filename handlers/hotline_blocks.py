"""Blocking an asker who abuses the hotline, the list of those blocked, and what a blocked chat is answered."""

from bot.buttons import token
from bot.context import Context, Reply
from bot.events import FileReceived, TextReceived
from bot.forms import engine, steps
from bot.forms.form import Asking, Form
from bot.i18n import _, short_moment
from bot.messages import Button, Message, Style, button, column, html, lines
from bot.routes import Route, form, press
from models.files import discard_unnamed
from models.hotline_blocks import HotlineBlock
from models.people import Person, Unit
from rules.errors import N_
from rules.personal_numbers import masked
from services import hotline_blocks, hotline_people
from services.notices import hotline_team as notices
from services.notices import words

LISTED = 8
WEEK, ENDLESS = "week", "endless"


def keeps_out(context: Context) -> HotlineBlock | None:
    """The block that keeps out what a citizen has just sent."""
    match context.event:
        case TextReceived(text=text) | FileReceived(caption=text):
            return hotline_blocks.keeps_out(context.work, text)
    return hotline_blocks.standing(context.work)


def answer(context: Context, row: HotlineBlock) -> Reply:
    """Once a day where to call; nothing of what was sent is kept."""
    file_id = context.event.stored_id if isinstance(context.event, FileReceived) else None
    discard_unnamed(context.work.session, [file_id] if file_id else [])
    if not hotline_blocks.is_to_be_told(context.work, row):
        return None
    until = _("From {time} on it takes them again.").format(time=short_moment(row.until)) if row.until else None
    number = hotline_blocks.phone(context.work, row)
    return Message(
        lines(
            html(_("The hotline takes no questions from this chat at present. Please call {phone}."), phone=number),
            until,
            _("In an emergency please call 113, 114 or 115."),
        )
    )


def on_block(context: Context) -> Reply:
    return engine.start(context, BLOCK, hotline_blocks.to_block(context.work, context.token.subject).key)


def _finish_block(asking: Asking) -> Reply:
    context, answers = asking.context, asking.answers
    endless = answers.get("until") == ENDLESS
    row = hotline_blocks.block(context.work, asking.subject_id or 0, answers["reason"], endless=endless)
    ticket = hotline_blocks.ticket_of(context.work, row)
    told = html("<b>{title}</b>", title=_("The asker is blocked: {until}").format(until=_until(row)))
    shown = notices.card(context.work, context.official, ticket)
    return [Message(told, edit=True), shown]


def _until(row: HotlineBlock) -> str:
    return _("until {time}").format(time=short_moment(row.until)) if row.until else _("without end")


def on_list(context: Context) -> Reply:
    """Who is blocked, why and by whom; the chat itself is not shown."""
    work = context.work
    found = hotline_blocks.in_sight(work, context.official)
    listed = [f"{number}. {_line(context, row)}" for number, row in enumerate(found[:LISTED], 1)]
    lifting = [
        button(_("Lift {number}").format(number=number), token("hotline.unblock", row.id), is_weighty=True)
        for number, row in enumerate(found[:LISTED], 1)
    ]
    title = _("Blocked askers: {count}").format(count=len(found))
    back = button(_("Back"), token("/hotline"))
    return Message(lines(html("<b>{title}</b>", title=title), *listed), column(*lifting, back), edit=True)


def _line(context: Context, row: HotlineBlock) -> str:
    by = context.work.session.get_one(Person, row.by_id)
    return _("{unit}, question no. {number}, {until}: {reason} ({who}, {time})").format(
        unit=context.work.session.get_one(Unit, row.unit_id).name,
        number=row.ticket_id,
        until=_until(row),
        reason=masked(row.reason) or _("the reason has been erased"),
        who=words.comrade(by),
        time=short_moment(row.at),
    )


def on_unblock(context: Context) -> Reply:
    hotline_blocks.lift(context.work, context.token.subject)
    return on_list(context)


def opening(context: Context) -> list[Button]:
    """The button of the list, for whoever may lift something of it."""
    count = len(hotline_blocks.in_sight(context.work, context.official))
    words_ = _("Blocked askers: {count}").format(count=count)
    return [button(words_, token("hotline.blocks"), Style.PLAIN)] if count else []


def _is_leader(asking: Asking) -> bool:
    ticket = hotline_blocks.to_block(asking.context.work, asking.subject_id or 0)
    return hotline_people.leads(asking.context.work, asking.context.official, ticket.unit_id)


BLOCK = Form(
    "hotline block",
    lambda asking: _("Block the asker"),
    (
        steps.text("reason", N_("Reason"), N_("Why is the asker blocked? The leader and the Office read it."), 300),
        steps.choice(
            "until",
            N_("How long"),
            N_("For how long?"),
            ((WEEK, N_("7 days")), (ENDLESS, N_("Without end"))),
            applies=_is_leader,
        ),
    ),
    _finish_block,
)

ROUTES: list[Route] = [
    press("hotline.block", on_block),
    press("hotline.blocks", on_list),
    press("hotline.unblock", on_unblock),
    form(BLOCK),
]
