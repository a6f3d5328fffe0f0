"""Ready answers: proposing one, approving it, keeping it true, and choosing one for a question."""

from datetime import date

from bot.buttons import token
from bot.context import Context, Reply
from bot.forms import engine, steps
from bot.forms.form import Asking, Form
from bot.i18n import _
from bot.messages import Message, button, column, grid, html, lines
from bot.routes import Route, form, press
from handlers import hotline_team as team_handlers
from models.hotline_directory import procedures
from models.people import Unit
from models.ready_answers import ReadyAnswer
from rules.errors import N_
from rules.ready_answers import LONGEST
from services import hotline, hotline_people, hotline_team, ready_answers
from services.notices import ready_answers as notices
from services.ready_answers import Proposal

LISTED = 10
MOST_TEXT, MOST_BASIS = 1500, 300


def on_list(context: Context) -> Reply:
    """What my teams have proposed and use."""
    found = ready_answers.listed(context.work)
    title = _("Ready answers ({count})").format(count=len(found))
    listed = [html("{n}. {line}", n=n, line=notices.line(one)) for n, one in enumerate(found[:LISTED], 1)]
    opening = [button(str(n), token("ready.open", one.id)) for n, one in enumerate(found[:LISTED], 1)]
    own = [unit for unit in hotline_team.teams_of(context.work, context.official) if _is_in(context, unit)]
    write = [button(_("Write one: {unit}").format(unit=unit.name), token("ready.write", unit.id)) for unit in own]
    rows = (*grid(opening), *column(*write, button(_("Back"), token("/hotline"))))
    return Message(lines(html("<b>{title}</b>", title=title), *listed), rows, edit=True)


def _is_in(context: Context, unit: Unit) -> bool:
    return hotline_people.post_in_team(context.work, context.official, unit.key) is not None


def _card(context: Context, answer: ReadyAnswer) -> Message:
    return notices.card(context.work, context.official, answer)


def on_open(context: Context) -> Reply:
    return _card(context, ready_answers.in_sight(context.work, context.token.subject))


def on_approve(context: Context) -> Reply:
    return _card(context, ready_answers.approve(context.work, context.token.subject))


def on_renew(context: Context) -> Reply:
    return _card(context, ready_answers.renew(context.work, context.token.subject))


def on_withdraw(context: Context) -> Reply:
    return _card(context, ready_answers.withdraw(context.work, context.token.subject))


def on_decline(context: Context) -> Reply:
    return engine.start(context, DECLINE, ready_answers.in_sight(context.work, context.token.subject).key)


def on_write(context: Context) -> Reply:
    return engine.start(context, PROPOSE, hotline_team.team_in_sight(context.work, context.token.subject).key)


def on_save(context: Context) -> Reply:
    """From the answer that was just given; what is personal in it is to be taken out."""
    ticket = hotline_team.to_own(context.work, context.token.subject)
    said = hotline.last_answer(context.work, ticket)
    known = {"text": said.text} if said is not None else {}
    procedure = {"procedure": str(ticket.procedure_id)} if ticket.procedure_id else {}
    return engine.start(context, PROPOSE, ticket.unit_id, **known, **procedure)


def on_choose(context: Context) -> Reply:
    """What may be used for this question, what fits its procedure first."""
    ticket = hotline_team.to_own(context.work, context.token.subject)
    found = ready_answers.fitting(context.work, ticket)[:LISTED]
    listed = [html("{n}. {line}", n=n, line=notices.line(one)) for n, one in enumerate(found, 1)]
    numbers = [button(str(n), token("ready.use", ticket.id, argument=str(one.id))) for n, one in enumerate(found, 1)]
    title = _("Choose a ready answer") if found else _("No ready answer may be used here yet.")
    return Message(lines(html("<b>{title}</b>", title=title), *listed), grid(numbers))


def on_use(context: Context) -> Reply:
    """The text is put into the answer; it may be changed before it goes out."""
    ticket = hotline_team.to_own(context.work, context.token.subject)
    answer = ready_answers.use(context.work, ticket, context.token.argument)
    return engine.start(context, team_handlers.ANSWER, ticket.key, text=notices.inserted(answer))


def _finish_propose(asking: Asking) -> Reply:
    answers = asking.answers
    chosen = answers.get("procedure")
    proposed = ready_answers.propose(
        asking.context.work,
        Proposal(
            unit_id=asking.subject_id or 0,
            text=answers["text"],
            basis=answers["basis"],
            valid_until=date.fromisoformat(answers["until"]),
            procedure_id=int(chosen) if chosen else None,
        ),
    )
    return _card(asking.context, proposed)


def _finish_decline(asking: Asking) -> Reply:
    work = asking.context.work
    return _card(asking.context, ready_answers.decline(work, asking.subject_id or 0, asking.answers["reason"]))


def _procedures(asking: Asking) -> list[steps.Option]:
    return [steps.Option(str(one.key), one.name) for one in procedures(asking.context.work.session)]


def _latest(asking: Asking) -> date:
    return asking.context.work.today + LONGEST


PROPOSE = Form(
    "ready answer",
    lambda asking: _("Ready answer, for approval"),
    (
        steps.text(
            "text", N_("Text"), N_("Please type the answer, without anything personal of the asker."), MOST_TEXT
        ),
        steps.text("basis", N_("Legal basis"), N_("On which clause does it rest?"), MOST_BASIS),
        steps.one("procedure", N_("Procedure"), N_("For which procedure?"), _procedures, is_optional=True),
        steps.day(
            "until",
            N_("Valid until"),
            N_("Until which day may it be used? A year at most."),
            latest=_latest,
            quick=((N_("3 months"), 90), (N_("6 months"), 180), (N_("1 year"), LONGEST.days)),
        ),
    ),
    _finish_propose,
    notes=lambda asking: html("{note}", note=_("Please take out whatever is personal of the asker.")),
)
DECLINE = Form(
    "ready answer declined",
    lambda asking: _("Do not approve"),
    (steps.text("reason", N_("Reason"), N_("Why is it not approved? Whoever proposed it reads it."), 500),),
    _finish_decline,
    confirms=False,
)

ROUTES: list[Route] = [
    press("ready.list", on_list),
    press("ready.open", on_open),
    press("ready.approve", on_approve),
    press("ready.decline", on_decline),
    press("ready.renew", on_renew),
    press("ready.withdraw", on_withdraw),
    press("ready.write", on_write),
    press("ready.save", on_save),
    press("ready.choose", on_choose),
    press("ready.use", on_use),
    form(PROPOSE),
    form(DECLINE),
]
