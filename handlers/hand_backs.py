"""*Không thuộc thẩm quyền*: said by the owner, sent on by the chief of the Office, decided by the chair."""

from markupsafe import Markup

from bot.context import Context, Reply
from bot.forms import engine, steps
from bot.forms.form import Asking, Form
from bot.i18n import _
from bot.messages import Message, html, lines
from bot.routes import Route, form, press
from models.extensions import HandBack
from models.people import Person
from rules.errors import N_, StaleError
from rules.tasks import HandBackState
from services import access, hand_backs, office, people
from services.hand_backs import HandedBack
from services.notices import duties as duty_notices
from services.notices import hand_back_lines
from services.notices import hand_backs as notices


def on_ask(context: Context) -> Reply:
    duty = access.own_duty(context.work, context.token.subject)
    if not duty.is_open:
        return duty_notices.stands(context.work, context.official, duty)
    return engine.start(context, ASK, duty.key)


def _recorded(asking: Asking, row: HandBack) -> Reply:
    """A word to what was typed; the card is drawn anew where it stands."""
    card = notices.card(asking.context.work, asking.context.official, row)
    return [Message(Markup(_("Recorded; those concerned have been told."))), card]


def _units(asking: Asking) -> list[tuple[int, str, str]]:
    return [(unit.key, unit.name, "") for unit in office.units(asking.context.work)]


def _finish_ask(asking: Asking) -> Reply:
    work = asking.context.work
    duty = access.own_duty(work, asking.subject_id or 0)
    row = hand_backs.hand_back(work, duty, HandedBack(asking.answers["reason"], asking.answers["unit"]))
    return Message(
        lines(
            html("<b>{title}</b>", title=_sent_to(row)),
            *hand_back_lines.details(work, row)[1:],
            _("Until it is decided, the task stays with you."),
        ),
        edit=True,
    )


def _sent_to(row: HandBack) -> str:
    if row.state is HandBackState.AWAITING_CHIEF:
        return _("Sent to the chief of the Office, who puts it before the chair")
    return _("Sent to the chair")


ASK = Form(
    "hand back",
    lambda asking: _("Not ours to decide"),
    (
        steps.text("reason", N_("Reason"), N_("Why is it not within the authority of your unit?"), 500),
        steps.person("unit", N_("Proposed unit"), N_("Which unit should do it?"), _units),
    ),
    _finish_ask,
)


def on_open(context: Context) -> Reply:
    row, _duty_of = hand_backs.in_sight(context.work, context.token.subject)
    return notices.card(context.work, context.official, row, fresh=True)


def on_forward(context: Context) -> Reply:
    return _word_by(context, FORWARD)


def on_return(context: Context) -> Reply:
    return _word_by(context, RETURN)


def _word_by(context: Context, asks: Form) -> Reply:
    row, _duty_of = hand_backs.to_forward(context.work, context.token.subject)
    if row.state is not HandBackState.AWAITING_CHIEF:
        return notices.card(context.work, context.official, row)
    return engine.start(context, asks, row.key)


def _finish_forward(asking: Asking) -> Reply:
    row, duty = hand_backs.to_forward(asking.context.work, asking.subject_id or 0)
    hand_backs.forward(asking.context.work, row, duty, asking.answers["opinion"] or "")
    return _recorded(asking, row)


FORWARD = Form(
    "hand back forward",
    lambda asking: _("Put before the chair"),
    (
        steps.text(
            "opinion", N_("Opinion"), N_("Your opinion for the chair, in a line, if you like."), 300, is_optional=True
        ),
    ),
    _finish_forward,
    confirms=False,
)


def _finish_return(asking: Asking) -> Reply:
    row, duty = hand_backs.to_forward(asking.context.work, asking.subject_id or 0)
    hand_backs.send_back(asking.context.work, row, duty, asking.answers["reason"])
    return _recorded(asking, row)


RETURN = Form(
    "hand back return",
    lambda asking: _("Send back to the unit"),
    (steps.text("reason", N_("Reason"), N_("Please type what is missing; the owner is told."), 500),),
    _finish_return,
    confirms=False,
)


def on_reassign(context: Context) -> Reply:
    row, duty = hand_backs.to_decide(context.work, context.token.subject)
    if row.state is HandBackState.AWAITING_DECISION:
        hand_backs.to_proposed(context.work, row, duty)
    return notices.card(context.work, context.official, row)


def on_other(context: Context) -> Reply:
    return _decide_by(context, OTHER)


def on_keep(context: Context) -> Reply:
    return _decide_by(context, KEEP)


def _decide_by(context: Context, asks: Form) -> Reply:
    row, _duty_of = hand_backs.to_decide(context.work, context.token.subject)
    if row.state is not HandBackState.AWAITING_DECISION:
        return notices.card(context.work, context.official, row)
    return engine.start(context, asks, row.key)


def _officials(asking: Asking) -> list[tuple[int, str, str]]:
    return [(each.person.key, each.name, "") for each in people.officials(asking.context.work)]


def _finish_other(asking: Asking) -> Reply:
    work = asking.context.work
    row, duty = hand_backs.to_decide(asking.context.work, asking.subject_id or 0)
    post = people.main_post(work, access.load(work, Person, asking.answers["doer"]))
    if post is None:
        raise StaleError()
    hand_backs.reassign(work, row, duty, post.key)
    return _recorded(asking, row)


OTHER = Form(
    "hand back other",
    lambda asking: _("Assign to another"),
    (steps.person("doer", N_("Who does it"), N_("Who does it from now on?"), _officials),),
    _finish_other,
    confirms=False,
)


def _finish_keep(asking: Asking) -> Reply:
    row, duty = hand_backs.to_decide(asking.context.work, asking.subject_id or 0)
    hand_backs.keep(asking.context.work, row, duty, asking.answers["reason"])
    return _recorded(asking, row)


KEEP = Form(
    "hand back keep",
    lambda asking: _("Keep it where it is"),
    (steps.text("reason", N_("Reason"), N_("Please type the reason; the owner will read it."), 500),),
    _finish_keep,
    confirms=False,
)

ROUTES: list[Route] = [
    press("hand_back.ask", on_ask),
    press("hand_back.open", on_open),
    press("hand_back.forward", on_forward),
    press("hand_back.return", on_return),
    press("hand_back.reassign", on_reassign),
    press("hand_back.other", on_other),
    press("hand_back.keep", on_keep),
    *(form(each) for each in (ASK, FORWARD, RETURN, OTHER, KEEP)),
]
