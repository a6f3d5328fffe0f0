"""Late papers: the Office asks, the chair decides with one tap; papers that are sent back with reasons."""

from bot.buttons import token
from bot.context import Context, Reply
from bot.forms import engine
from bot.forms.form import Asking, Form
from bot.forms.steps import Option, several, text
from bot.i18n import _
from bot.messages import Message, button, column, html, lines
from bot.routes import Route, form, press
from handlers import agenda_items as agenda
from models.agenda import AgendaItem, LatePapers, question_on
from rules.errors import N_, NotAllowedError, StaleError
from rules.papers import Flaw, Late
from services import access, agenda_items, late_papers
from services.notices import papers as notices
from services.notices import words


def on_propose(context: Context) -> Reply:
    """The Office puts the question; the bot has only offered it."""
    access.require_office(context.work)
    item = access.load(context.work, AgendaItem, context.token.subject)
    if not late_papers.is_late(context.work, item) or question_on(context.work.session, item.key) is not None:
        return agenda.view(context, item, _("The papers have come, are not late, or the chair has been asked already."))
    return engine.start(context, PROPOSE, item.key)


def _propose_title(asking: Asking) -> str:
    item = access.load(asking.context.work, AgendaItem, asking.subject_id or 0)
    return _("To be decided by the chair, late papers: {title}").format(title=item.title)


def _propose(asking: Asking) -> Reply:
    context = asking.context
    item = access.load(context.work, AgendaItem, asking.subject_id or 0)
    late_papers.propose(context.work, item, asking.answers["reason"])
    return agenda.view(context, item, _("The chair has been asked."), edit=True)


def on_decide(context: Context) -> Reply:
    """The card as it stands, from the reminder or the list of duties."""
    question, item = late_papers.in_sight(context.work, context.token.subject)
    return _card(context, question, item)


def _card(context: Context, question: LatePapers, item: AgendaItem, note: str = "", *, edit: bool = False) -> Message:
    shown = notices.question(context.work, context.official, question, item)
    told = html("<i>{note}</i>", note=note) if note else None
    return Message(lines(told, shown.text), shown.rows, card=shown.card, edit=edit, fresh=not edit)


def _present(context: Context, question: LatePapers, item: AgendaItem) -> Message:
    """What an old button answers: how it was decided."""
    return _card(context, question, item, _("Nothing was changed."), edit=True)


def on_rule(context: Context) -> Reply:
    """Rút nội dung, Nhận muộn: one tap."""
    question, item = late_papers.in_sight(context.work, context.token.subject)
    if question.state is not Late.PROPOSED:
        return _present(context, question, item)
    ways = {"drop": late_papers.drop, "accept": late_papers.accept}
    if context.token.argument not in ways:
        raise StaleError()
    ways[context.token.argument](context.work, question)
    return _card(context, question, item, edit=True)


def on_postpone(context: Context) -> Reply:
    """To which of the coming meetings of the same series or kind."""
    question, item = late_papers.in_sight(context.work, context.token.subject)
    if question.state is not Late.PROPOSED:
        return _present(context, question, item)
    if not late_papers.may_decide(context.work, question):
        raise NotAllowedError()
    choices = [
        button(words.meeting_in_short(meeting), token("papers.move", question.id, argument=str(meeting.id)))
        for meeting in late_papers.later_meetings(context.work, question)
    ]
    ask = _("To which meeting?") if choices else _("No later meeting of this kind is planned yet.")
    back = button(_("Back"), token("papers.decide", question.id))
    return Message(html("<b>{title}</b>\n{ask}", title=item.title, ask=ask), column(*choices, back))


def on_move(context: Context) -> Reply:
    question, item = late_papers.in_sight(context.work, context.token.subject)
    if question.state is not Late.PROPOSED:
        return _present(context, question, item)
    offered = {str(meeting.id): meeting for meeting in late_papers.later_meetings(context.work, question)}
    if context.token.argument not in offered:
        raise StaleError()
    late_papers.postpone(context.work, question, offered[context.token.argument])
    return _card(context, question, item, edit=True)


def on_return(context: Context) -> Reply:
    """Sơn Dương 8: back to the unit, with reasons of a closed list."""
    item = access.load(context.work, AgendaItem, context.token.subject)
    if not agenda_items.may_return(context.work, item):
        raise StaleError()
    return engine.start(context, RETURN, item.key)


def _flaws(asking: Asking) -> list[Option]:
    return [Option(value.value, words.capital(notices.flaw(value))) for value in Flaw]


def _return_title(asking: Asking) -> str:
    item = access.load(asking.context.work, AgendaItem, asking.subject_id or 0)
    return _("Return the papers: {title}").format(title=item.title)


def _return(asking: Asking) -> Reply:
    context, given = asking.context, asking.answers
    item = access.load(context.work, AgendaItem, asking.subject_id or 0)
    flaws = [Flaw(value) for value in given["flaws"]]
    remark = given.get("remark") or ""
    agenda_items.return_papers(context.work, item, flaws, remark)
    shown = agenda.view(context, item, _("Returned; the unit has been told."), edit=True)
    # Loaded with the first letter, not at every start.
    from services import return_letters

    letter = return_letters.draft(context.work, item, flaws, remark)
    if letter is None:
        return shown
    title = _("The letter to the unit, to be numbered and signed:")
    return [shown, Message(html("<b>{title}</b>", title=title), files=(letter,))]


PROPOSE = Form(
    "late papers",
    _propose_title,
    (
        text(
            "reason",
            N_("Reason"),
            N_("What reason did the unit give, and what does the Office report? The chair judges it."),
            500,
        ),
    ),
    _propose,
)
RETURN = Form(
    "return papers",
    _return_title,
    (
        several("flaws", N_("Reasons"), N_("Why are the papers returned?"), _flaws),
        text("remark", N_("Remark"), N_("What is missing? A line or two."), 500, is_optional=True),
    ),
    _return,
)

ROUTES: list[Route] = [
    *agenda.ROUTES,
    press("papers.propose", on_propose),
    press("papers.decide", on_decide),
    press("papers.rule", on_rule),
    press("papers.postpone", on_postpone),
    press("papers.move", on_move),
    press("papers.return", on_return),
    *(form(each) for each in (PROPOSE, RETURN)),
]
