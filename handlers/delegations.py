"""`/uyquyen`: who decides in a chair's place, from when to when."""

from collections.abc import Sequence
from datetime import date

from markupsafe import Markup

from bot.buttons import token
from bot.context import Context, Reply
from bot.forms import engine, steps
from bot.forms.days import SPAN
from bot.forms.form import Asking, Form
from bot.i18n import _, full_date
from bot.messages import Message, Style, button, html, lines
from bot.routes import command, form, press
from models.people import Delegation, Person
from rules.errors import N_, NotAllowedError
from services import access, delegations, people
from services.delegations import NewDelegation


def on_delegations(context: Context) -> Reply:
    """What is in force or coming, with a button to end each and one to add."""
    return _list(context)


def on_new(context: Context) -> Reply:
    _require_chair_or_office(context)
    return engine.start(context, DELEGATION)


def on_end(context: Context) -> Reply:
    """Ask once more: both will be told."""
    row = delegations.delegation(context.work, context.token.subject)
    return Message(
        lines(_worded(context, row), _("End this delegation now?")),
        (
            (button(_("End it"), token("delegation.ended", row.id), Style.DANGER),),
            (button(_("Keep it"), token("delegation.list")),),
        ),
        edit=True,
    )


def on_ended(context: Context) -> Reply:
    row = delegations.delegation(context.work, context.token.subject)
    words = _worded(context, row)
    delegations.end_delegation(context.work, row)
    return Message(lines(html("<b>{title}</b>", title=_("Ended")), words), edit=True)


def _list(context: Context) -> Message:
    rows = _manageable(context)
    listed = [_worded(context, row) for row in rows]
    nothing = None if listed else _("Nobody decides in another's place at present.")
    buttons = [
        button(_("End: {name}").format(name=_name(context, row)), token("delegation.end", row.id)) for row in rows
    ]
    return Message(
        lines(html("<b>{title}</b>", title=_("Decisions in another's place")), nothing, *listed),
        (*((one,) for one in buttons), (button(_("New delegation"), token("delegation.new"), Style.PRIMARY),)),
        edit=context.was_pressed,
    )


def _manageable(context: Context) -> Sequence[Delegation]:
    _require_chair_or_office(context)
    if access.is_office(context.work, context.official):
        return delegations.coming_delegations(context.work)
    return delegations.coming_delegations(context.work, context.official)


def _require_chair_or_office(context: Context) -> None:
    person = context.official
    if not access.is_office(context.work, person) and not delegations.is_chair(context.work, person):
        raise NotAllowedError()


def _name(context: Context, row: Delegation) -> str:
    return access.load(context.work, Person, row.to_person_id).full_name


def _worded(context: Context, row: Delegation) -> Markup:
    chair = access.load(context.work, Person, row.from_person_id)
    return html(
        _("{delegate} in the place of {chair}, from {from_on} to {to_on}"),
        delegate=_name(context, row),
        chair=chair.full_name,
        from_on=full_date(row.from_on),
        to_on=full_date(row.to_on),
    )


def _chairs(asking: Asking) -> list[tuple[int, str, str]]:
    return [(one.person.key, one.name, "") for one in delegations.chairs(asking.context.work)]


def _by_office(asking: Asking) -> bool:
    """Only the Office is asked whose place it is; a chair speaks for himself."""
    return access.is_office(asking.context.work, asking.context.official)


def _chair_id(asking: Asking) -> int:
    return int(asking.answers.get("chair", asking.context.official.key))


def _delegates(asking: Asking) -> list[tuple[int, str, str]]:
    chair = _chair_id(asking)
    return [(one.person.key, one.name, "") for one in people.officials(asking.context.work) if one.person.id != chair]


def _finish(asking: Asking) -> Reply:
    work, answers = asking.context.work, asking.answers
    row = delegations.delegate(
        work,
        NewDelegation(
            from_person=access.load(work, Person, _chair_id(asking)),
            to_person=access.load(work, Person, answers["delegate"]),
            from_on=date.fromisoformat(answers["from_on"]),
            to_on=date.fromisoformat(answers["to_on"]),
            document=answers["document"] or "",
        ),
    )
    return Message(lines(html("<b>{title}</b>", title=_("Recorded")), _worded(asking.context, row)), edit=True)


DELEGATION = Form(
    "delegation",
    title=lambda asking: _("Decisions in another's place"),
    steps=(
        steps.person(
            "chair", N_("In whose place"), N_("In whose place will somebody decide?"), _chairs, applies=_by_office
        ),
        steps.person("delegate", N_("Who decides"), N_("Who decides in his place?"), _delegates),
        *SPAN,
        steps.text(
            "document", N_("Document"), N_("Number and date of the document, if there is one."), 200, is_optional=True
        ),
    ),
    finish=_finish,
)

ROUTES = [
    command("uyquyen", on_delegations, "uy quyen"),
    press("delegation.list", on_delegations),
    press("delegation.new", on_new),
    press("delegation.end", on_end),
    press("delegation.ended", on_ended),
    form(DELEGATION),
]
