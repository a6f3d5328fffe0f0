"""*Báo nghỉ trực*: on which days somebody of a hotline's team is away."""

from datetime import date

from markupsafe import Markup

from bot.buttons import token
from bot.context import Context, Reply
from bot.forms import engine, steps
from bot.forms.days import SPAN
from bot.forms.form import Asking, Form
from bot.i18n import _
from bot.messages import Button, Message, button, html, lines
from bot.routes import Route, form, press
from models.people import Person
from rules.errors import N_
from services import access, hotline_leaves, hotline_people, hotline_swaps, hotline_team
from services.notices import hotline_rota as notices


def buttons(context: Context, unit_id: int) -> list[Button]:
    """On the rota: to say so, and to take back what was said."""
    words = _("Not away after all: {who}")
    last = hotline_swaps.last_shown(context.work)
    ended = [
        button(words.format(who=notices.leave_words(row, person)), token("leave.end", row.id), is_weighty=True)
        for row, person in hotline_leaves.of_team(context.work, unit_id, last)
        if hotline_leaves.may_declare(context.work, person)
    ]
    return [button(_("Say who is away"), token("leave.new", unit_id)), *ended]


def on_new(context: Context) -> Reply:
    return engine.start(context, LEAVE, hotline_team.team_in_sight(context.work, context.token.subject).key)


def on_end(context: Context) -> Reply:
    person = hotline_leaves.end(context.work, context.token.subject)
    return Message(html(_("{name} is on the rota again."), name=person.full_name), edit=True)


def _leads(asking: Asking) -> bool:
    return hotline_people.leads(asking.context.work, asking.context.official, asking.subject_id or 0)


def _team(asking: Asking) -> list[tuple[int, str, str]]:
    return [
        (person.key, person.full_name, "")
        for _post, person in hotline_swaps.colleagues(asking.context.work, asking.subject_id or 0)
    ]


def _person(asking: Asking) -> Person:
    who = asking.answers.get("who")
    return access.load(asking.context.work, Person, who) if who else asking.context.official


def _notes(asking: Asking) -> Markup:
    """What lies in his hands waits while he is away, unless he hands it on."""
    count = len(hotline_team.in_hand(asking.context.work, _person(asking)))
    return html(_("Questions in hand: {count}; please hand them on before."), count=count) if count else Markup("")


def _finish(asking: Asking) -> Reply:
    first, last = (date.fromisoformat(asking.answers[key]) for key in ("from_on", "to_on"))
    person = _person(asking)
    row = hotline_leaves.declare(asking.context.work, person, first, last)
    told = html("<b>{told}</b>", told=_("Recorded; the leader has been told."))
    return Message(lines(told, notices.leave_lines(asking.context.work, person, row)), edit=True)


LEAVE = Form(
    "hotline leave",
    lambda asking: _("Away from the hotline's rota"),
    (
        steps.person("who", N_("Who is away"), N_("Who is away?"), _team, applies=_leads),
        *SPAN,
    ),
    _finish,
    notes=_notes,
)

ROUTES: list[Route] = [press("leave.new", on_new), press("leave.end", on_end), form(LEAVE)]
