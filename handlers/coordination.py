"""The lead of a task asks the contributing units; each says whether it agrees."""

from bot.context import Context, Reply
from bot.forms import engine, steps
from bot.forms.form import Asking, Form
from bot.i18n import _
from bot.messages import Message, html, lines
from bot.routes import Route, form, press
from rules.errors import N_
from rules.tasks import Opinion
from services import access, coordination
from services.notices import duties as duty_notices
from services.notices import task_lines, words


def on_ask(context: Context) -> Reply:
    asked = coordination.ask(context.work, access.own_duty(context.work, context.token.subject))
    names = "; ".join(words.comrade(person) for person in asked)
    return Message(html(_("Asked: {names}. You will be told what each says."), names=names))


def on_open(context: Context) -> Reply:
    row, duty = coordination.to_give(context.work, context.token.subject)
    if not duty.is_open:
        return duty_notices.stands(context.work, context.official, duty)
    return engine.start(context, OPINION, row.key)


def _opinions(asking: Asking) -> list[tuple[str, str]]:
    return [(Opinion.AGREES.value, _("We agree")), (Opinion.DIFFERS.value, _("Another opinion"))]


def _differs(asking: Asking) -> bool:
    return bool(asking.answers.get("opinion") == Opinion.DIFFERS.value)


def _finish(asking: Asking) -> Reply:
    work, given = asking.context.work, asking.answers
    row, duty = coordination.to_give(work, asking.subject_id or 0)
    coordination.give(work, row, duty, Opinion(given["opinion"]), given.get("text") or given.get("note") or "")
    title = html("<b>{title}</b>", title=_("Recorded; the lead has been told"))
    said = html("{said}", said=words.capital(task_lines.opinion_words(row)))
    return Message(lines(title, html("{what}", what=duty.what), said), edit=True)


OPINION = Form(
    "task opinion",
    lambda asking: _("Opinion for the lead"),
    (
        steps.choice("opinion", N_("Opinion"), N_("Does your unit agree?"), _opinions),
        steps.text("text", N_("Content"), N_("What does your unit see otherwise, and why?"), 1000, applies=_differs),
        steps.text(
            "note",
            N_("Content"),
            N_("Anything to add?"),
            1000,
            applies=lambda asking: not _differs(asking),
            is_optional=True,
        ),
    ),
    _finish,
)

ROUTES: list[Route] = [press("coordinate.ask", on_ask), press("coordinate.open", on_open), form(OPINION)]
