"""*Lịch trực*: the team's shifts; a colleague is asked to take one, answers, or the leader assigns it."""

from collections.abc import Sequence
from datetime import date

from bot.buttons import token
from bot.context import Context, Reply
from bot.forms import engine, steps
from bot.forms.form import Asking, Form
from bot.forms.lists import Option
from bot.i18n import _
from bot.messages import Button, Message, Style, button, column, html, lines
from bot.routes import Route, form, press
from handlers.hotline_leaves import buttons as leave_buttons
from rules.errors import N_
from rules.shifts import Half, Shift, SwapState
from services import hotline_leaves, hotline_people, hotline_swaps, hotline_team, people
from services.hotline_rota import Place, is_away
from services.notices import hotline_rota as notices


def on_show(context: Context) -> Reply:
    """This week and the next one, of one team; whoever belongs to several turns to the others."""
    work, person = context.work, context.official
    unit = hotline_team.team_in_sight(work, context.token.subject)
    places = hotline_swaps.rota(work, unit.key)
    title = _("Rota: {unit}").format(unit=unit.name)
    others = [each for each in hotline_team.teams_of(work, person) if each.id != unit.id]
    away = hotline_leaves.of_team(work, unit.key, hotline_swaps.last_shown(work))
    text = lines(
        html("<b>{title}</b>", title=title),
        *notices.rota_lines(work, person, places),
        *(html(_("Away: {who}"), who=notices.leave_words(row, colleague)) for row, colleague in away),
    )
    turning = [button(_("Rota: {unit}").format(unit=each.name), token("rota.show", each.id)) for each in others]
    back = button(_("Back"), token("/hotline"))
    return Message(text, column(*_acts(context, unit.key, places), *turning, back), edit=True)


def _acts(context: Context, unit_id: int, places: Sequence[Place]) -> list[Button]:
    work, person = context.work, context.official
    acts = []
    if hotline_swaps.to_give(work, person, unit_id):
        acts.append(button(_("Ask a colleague to take a shift"), token("rota.ask", unit_id), Style.PRIMARY))
    if hotline_people.leads(work, person, unit_id):
        acts.append(button(_("Assign a shift"), token("rota.assign", unit_id)))
    mine = [place.asked for place in places if place.asked is not None and place.asked.asked_by_id == person.id]
    words = _("Withdraw the request: {shift}")
    withdrawn = [
        button(words.format(shift=notices.shift_words(row.shift)), token("rota.withdraw", row.id)) for row in mine
    ]
    leaves = leave_buttons(context, unit_id) if hotline_people.post_in_team(work, person, unit_id) else []
    return [*acts, *withdrawn, *leaves]


def on_ask(context: Context) -> Reply:
    return engine.start(context, ASK, hotline_team.team_in_sight(context.work, context.token.subject).key)


def on_assign(context: Context) -> Reply:
    unit_id = context.token.subject
    hotline_swaps.require_leader(context.work, unit_id)
    return engine.start(context, ASSIGN, unit_id)


def on_accept(context: Context) -> Reply:
    row = hotline_swaps.accept(context.work, context.token.subject)
    shown = notices.request(context.work, context.official, row)
    told = _("Accepted; the team has been told.")
    return Message(lines(html("<b>{told}</b>", told=told), shown.text), card=shown.card, edit=True)


def on_decline(context: Context) -> Reply:
    row = hotline_swaps.to_answer(context.work, context.token.subject)
    if row.state is not SwapState.ASKED:
        shown = notices.request(context.work, context.official, row)
        return Message(shown.text, card=shown.card, edit=True)
    return engine.start(context, DECLINE, row.key)


def on_withdraw(context: Context) -> Reply:
    row = hotline_swaps.withdraw(context.work, context.token.subject)
    shown = notices.own_request(context.work, context.official, row)
    return Message(shown.text, card=shown.card, edit=True)


def _finish_ask(asking: Asking) -> Reply:
    context = asking.context
    row = hotline_swaps.ask(context.work, asking.subject_id or 0, _shift(asking), int(asking.answers["to"]))
    shown = notices.own_request(context.work, context.official, row)
    return Message(shown.text, shown.rows, card=shown.card, edit=True)


def _finish_assign(asking: Asking) -> Reply:
    context = asking.context
    row = hotline_swaps.assign(context.work, asking.subject_id or 0, _shift(asking), int(asking.answers["to"]))
    shown = notices.changed(context.work, context.official, row)
    told = _("Assigned; those concerned have been told.")
    return Message(lines(html("<b>{told}</b>", told=told), shown.text), edit=True)


def _finish_decline(asking: Asking) -> Reply:
    row = hotline_swaps.decline(asking.context.work, asking.subject_id or 0, asking.answers["reason"])
    shown = notices.request(asking.context.work, asking.context.official, row)
    told = _("Recorded; your colleague has been told.")
    return [Message(html("<b>{told}</b>", told=told)), Message(shown.text, card=shown.card)]


def _shift(asking: Asking) -> Shift:
    day, _sep, half = str(asking.answers["shift"]).partition(" ")
    return Shift(date.fromisoformat(day), Half(half))


def _own_shifts(asking: Asking) -> list[Option]:
    """What has been asked for already cannot be asked for again."""
    context = asking.context
    found = hotline_swaps.to_give(context.work, context.official, asking.subject_id or 0)
    asked = _("somebody has been asked already")
    return [
        Option(_value(place), notices.shift_words(place.shift), asked if place.asked is not None else "")
        for place in found
    ]


def _all_shifts(asking: Asking) -> list[Option]:
    words = _("{shift}: {who}")
    return [
        Option(
            _value(place),
            words.format(shift=notices.shift_words(place.shift), who=place.person.full_name if place.person else "–"),
        )
        for place in hotline_swaps.rota(asking.context.work, asking.subject_id or 0)
    ]


def _value(place: Place) -> str:
    return f"{place.shift.day.isoformat()} {place.shift.half}"


def _colleagues(asking: Asking) -> list[Option]:
    """All but whoever has the shift; who is called to a meeting at that hour is shown as such, who is away blocked."""
    work, unit_id, shift = asking.context.work, asking.subject_id or 0, _shift(asking)
    place = next((one for one in hotline_swaps.rota(work, unit_id) if one.shift == shift), None)
    options = []
    for post_id, person in hotline_swaps.colleagues(work, unit_id):
        if place is not None and post_id == place.post_id:
            continue
        busy = notices.busy_words(hotline_people.busy(work, person, shift))
        parts = (person.full_name, people.title_of(work, person), busy)
        away = _("away that day") if is_away(work, person, shift.day) else ""
        options.append(Option(str(post_id), ", ".join(part for part in parts if part), away))
    return options


ASK = Form(
    "rota ask",
    lambda asking: _("Ask a colleague to take a shift"),
    (
        steps.one("shift", N_("Shift"), N_("Which shift can you not take?"), _own_shifts),
        steps.one("to", N_("Asked"), N_("Who is asked to take it?"), _colleagues),
    ),
    _finish_ask,
)
ASSIGN = Form(
    "rota assign",
    lambda asking: _("Assign a shift"),
    (
        steps.one("shift", N_("Shift"), N_("Which shift is assigned?"), _all_shifts),
        steps.one("to", N_("On duty"), N_("Who is to have it?"), _colleagues),
    ),
    _finish_assign,
)
DECLINE = Form(
    "rota decline",
    lambda asking: _("Decline a shift"),
    (steps.text("reason", N_("Reason"), N_("Why can you not take it? Your colleague reads it."), 300),),
    _finish_decline,
    confirms=False,
)

ROUTES: list[Route] = [
    press("rota.show", on_show),
    press("rota.ask", on_ask),
    press("rota.assign", on_assign),
    press("rota.accept", on_accept),
    press("rota.decline", on_decline),
    press("rota.withdraw", on_withdraw),
    *(form(each) for each in (ASK, ASSIGN, DECLINE)),
]
