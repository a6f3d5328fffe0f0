"""/caidat, Office: which pack applies, its switches, and changing one from a day on by the body's own document."""

from datetime import date

from markupsafe import Markup

from bot.buttons import token
from bot.context import Context, Reply
from bot.forms import engine, steps
from bot.forms.days import today
from bot.forms.form import Answered, Asking, Form, Given, Outcome, Prompt, Step, Typed
from bot.i18n import _, full_date
from bot.messages import Message, Row, Style, button, html, lines
from bot.routes import Route, form, press
from handlers.paging import turning
from rules import packs
from rules.errors import N_, InvalidInputError
from rules.switches import SWITCHES, SwitchValue, parse_switch
from services import access, body
from services.regulation import regulation

ON_A_PAGE = 15


def on_show(context: Context) -> Reply:
    """The pack in force, and its switches page by page; those that the body changed are marked."""
    access.require_office(context.work)
    rules = regulation(context.work)
    page = int(context.token.argument) if context.token.argument.isdecimal() else 0
    names = sorted(SWITCHES)[page * ON_A_PAGE : (page + 1) * ON_A_PAGE]
    text = lines(
        html("<b>{title}</b>", title=_("Rules that apply: {pack}").format(pack=_called(rules.pack))),
        html(_("Adopted by: {document}"), document=rules.adopting) if rules.adopting and page == 0 else None,
        *(_line(name, rules.switches[name], rules.pack.switches[name]) for name in names),
    )
    return Message(text, _rows(page), edit=context.was_pressed)


def _line(name: str, value: SwitchValue, of_pack: SwitchValue) -> Markup:
    own = _(" (changed by the body)") if value != of_pack else ""
    return html("– <code>{name}</code>: {value}{own}", name=name, value=_shown(value), own=own)


def _shown(value: SwitchValue) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, tuple):
        return ", ".join(str(one) for one in value) or "–"
    return str(value)


def _rows(page: int) -> tuple[Row, ...]:
    has_next = (page + 1) * ON_A_PAGE < len(SWITCHES)
    turn = turning(page, lambda other: token("rules.show", argument=other), has_next=has_next)
    change = button(_("Change a rule"), token("rules.change"), Style.PRIMARY)
    adopt = button(_("Adopt another pack"), token("rules.adopt"))
    return *turn, (change,), (adopt,)


def on_change(context: Context) -> Reply:
    access.require_office(context.work)
    return engine.start(context, SWITCH)


def on_adopt(context: Context) -> Reply:
    access.require_office(context.work)
    return engine.start(context, PACK)


def _name_step() -> Step:
    """The key is typed; what is near to a wrong one is named."""

    def ask(asking: Asking) -> Prompt:
        return Prompt(Markup.escape(_("Type the key of the rule, such as papers.days.")))

    def read(asking: Asking, given: Given) -> Outcome:
        name = given.text.strip() if isinstance(given, Typed) else ""
        if name not in SWITCHES:
            # Says which key is meant, or that there is none.
            parse_switch(name, "")
            raise InvalidInputError(N_("There is no switch “{key}”."), key=name)
        return Answered(name)

    return Step("name", lambda: _("Key"), ask, read, lambda asking, value: str(value))


def _value_step() -> Step:
    def ask(asking: Asking) -> Prompt:
        name = asking.answers["name"]
        now = _shown(regulation(asking.context.work).switches[name])
        words = _("At present {value}. It takes: {hint}. Type the new value.").format(
            value=now, hint=SWITCHES[name].hint()
        )
        return Prompt(Markup.escape(words))

    def read(asking: Asking, given: Given) -> Outcome:
        if not isinstance(given, Typed):
            raise InvalidInputError(steps.EMPTY)
        parse_switch(asking.answers["name"], given.text)
        return Answered(given.text.strip())

    return Step("value", lambda: _("New value"), ask, read, lambda asking, value: str(value))


def _from_step() -> Step:
    return steps.day("from_on", N_("From"), N_("From which day on? The day itself is included."), earliest=today)


def _finish_switch(asking: Asking) -> Reply:
    access.require_office(asking.context.work)
    given = asking.answers
    body.change_switch(
        asking.context.work, given["name"], given["value"], date.fromisoformat(given["from_on"]), given["basis"]
    )
    return _done(given["from_on"])


def _finish_pack(asking: Asking) -> Reply:
    access.require_office(asking.context.work)
    body.adopt_pack(asking.context.work, asking.answers["pack"], date.fromisoformat(asking.answers["from_on"]))
    return _done(asking.answers["from_on"])


def _done(from_on: str) -> Message:
    told = _("Recorded; it applies from {day}. What arose before keeps the rules of its time.")
    return Message(html("{told}", told=told.format(day=full_date(date.fromisoformat(from_on)))), edit=True)


def _packs(asking: Asking) -> list[tuple[str, str]]:
    return [(pack.id, _called(pack)) for pack in packs.all_packs()]


def _called(pack: packs.Pack) -> str:
    """The national rules by their title, a directive by who issued it when: titles are alike."""
    return pack.title if pack.id == packs.NATIONAL else f"{pack.issuer}, {pack.in_force_from.year}"


SWITCH = Form(
    "switch",
    lambda asking: _("Change a rule"),
    (
        _name_step(),
        _value_step(),
        _from_step(),
        steps.text("basis", N_("Document"), N_("By which document? Number, date, issuer."), 200),
    ),
    _finish_switch,
)
PACK = Form(
    "pack",
    lambda asking: _("Adopt another pack"),
    (steps.choice("pack", N_("Pack"), N_("Which pack applies?"), _packs), _from_step()),
    _finish_pack,
)

ROUTES: list[Route] = [
    press("rules.show", on_show),
    press("rules.change", on_change),
    press("rules.adopt", on_adopt),
    form(SWITCH),
    form(PACK),
]
