"""`/hotline`: a citizen asks; an official sees what waits for him and his team, asks, or enters a telephone call."""

from collections.abc import Sequence

from markupsafe import Markup

from bot.buttons import token
from bot.context import Context, Reply
from bot.forms import engine, steps
from bot.forms.form import Asking, Form
from bot.forms.prompts import always
from bot.i18n import _
from bot.messages import Button, Message, Style, button, column, html, lines
from bot.routes import Route, command, form, press
from handlers import hotline_ask, hotline_blocks, hotline_contact, hotline_figures, hotline_steps
from models.hotline import Ticket
from models.hotline_directory import Procedure
from models.people import Unit
from rules.errors import N_
from rules.hotline import Category
from services import hotline, hotline_intake, hotline_team, ready_answers
from services.hotline import NewQuestion
from services.notices import hotline_guide as guides
from services.notices import hotline_team as notices

LISTED = 8
MOST_PHONE = 40


def on_hotline(context: Context) -> Reply:
    if not hotline.is_there(context.work):
        return Message(Markup(_("No commune has a hotline here yet.")))
    if context.person is None:
        if (block := hotline_blocks.keeps_out(context)) is not None:
            return hotline_blocks.answer(context, block)
        if context.account.introduced_at is None:
            return [hotline_contact.introduction(context), hotline_contact.question(context)]
        return hotline_contact.question(context)
    mine = hotline_team.in_hand(context.work, context.person)
    teams = hotline_team.teams_of(context.work, context.person)
    ready = [button(_("Ready answers"), token("ready.list"))] if ready_answers.units_of(context.work) else []
    title = _("Hotline: waiting for you ({count})").format(count=len(mine))
    text = lines(html("<b>{title}</b>", title=title), *_listed(context, mine))
    return Message(
        text,
        column(
            *_opening(mine),
            *_team_buttons(teams),
            *ready,
            *hotline_figures.buttons(context),
            *hotline_blocks.opening(context),
            *_asking(),
        ),
        edit=context.was_pressed,
    )


def _listed(context: Context, tickets: Sequence[Ticket]) -> list[str]:
    return [f"{n}. {notices.line(context.work, ticket)}" for n, ticket in enumerate(tickets[:LISTED], 1)]


def _opening(tickets: Sequence[Ticket]) -> list[Button]:
    return [button(str(n), token("ticket.open", ticket.id)) for n, ticket in enumerate(tickets[:LISTED], 1)]


def _team_buttons(teams: Sequence[Unit]) -> list[Button]:
    words = _("All open ones of {unit}")
    opened = [button(words.format(unit=unit.name), token("hotline.team", unit.id)) for unit in teams]
    return [*opened, *(button(_("Rota"), token("rota.show", unit.id)) for unit in teams[:1])]


def _asking() -> list[Button]:
    return [
        button(_("Enter a telephone call"), token("hotline.call")),
        button(_("Ask a question"), token("hotline.ask"), Style.PRIMARY),
    ]


def on_team(context: Context) -> Reply:
    """What is open in a team's hands, most urgent first."""
    unit = hotline_team.team_in_sight(context.work, context.token.subject)
    found = hotline_team.of_team(context.work, unit.key)
    title = _("{unit}: {count} open questions").format(unit=unit.name, count=len(found))
    more = html(_("… and {count} more."), count=len(found) - LISTED) if len(found) > LISTED else None
    back = button(_("Back"), token("/hotline"))
    return Message(
        lines(html("<b>{title}</b>", title=title), *_listed(context, found), more),
        column(*_opening(found), back),
        edit=True,
    )


def on_ask(context: Context) -> Reply:
    return engine.start(context, hotline_ask.ASK)


def on_call(context: Context) -> Reply:
    """Somebody has called; whoever took the call writes it down."""
    return engine.start(context, CALL)


def _finish_call(asking: Asking) -> Reply:
    answers, reading, matter = asking.answers, hotline_steps.reading(asking), hotline_steps.matter(asking)
    procedure = matter if isinstance(matter, Procedure) else None
    ticket = hotline.ask(
        asking.context.work,
        NewQuestion(
            unit_id=hotline_steps.unit_id(asking),
            text=answers["text"],
            category=Category.COMPLAINT if reading.is_complaint else hotline_intake.category(procedure),
            procedure_id=procedure.key if procedure else None,
            caller=answers.get("caller") or "",
            caller_phone=answers["phone"],
        ),
    )
    words = _("Entered. Code for the caller: {code}.").format(code=ticket.code)
    if ticket.is_confidential:
        return Message(lines(html("<b>{words}</b>", words=words), guides.complaint(asking.context.work)), edit=True)
    shown = notices.card(asking.context.work, asking.context.official, ticket)
    return Message(lines(html("<b>{words}</b>", words=words), shown.text), edit=True)


CALL = Form(
    "hotline call",
    lambda asking: _("Telephone call to the hotline"),
    (
        steps.text("text", N_("Question"), N_("What does the caller ask? A few sentences."), hotline_ask.MOST),
        steps.text("phone", N_("Number to call back"), N_("Which number is to be called back?"), MOST_PHONE),
        steps.text("caller", N_("Caller"), N_("Who called? A name, if it was given."), 100, is_optional=True),
        hotline_steps.place(always),
    ),
    _finish_call,
)

ROUTES: list[Route] = [
    command("hotline", on_hotline, "duong day nong", "hoi dap", public=True),
    press("hotline.team", on_team),
    press("hotline.ask", on_ask),
    press("hotline.call", on_call),
    form(CALL),
]
