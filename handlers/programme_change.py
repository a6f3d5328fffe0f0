"""A change of the work programme: the form from the duty's card, the chair's tap, the letter's number."""

from collections.abc import Sequence
from datetime import date

from markupsafe import Markup

from bot.context import Context, Reply
from bot.forms import engine
from bot.forms.form import Asking, Form
from bot.forms.prompts import Applies
from bot.forms.steps import choice, day, text
from bot.i18n import _
from bot.messages import Message, html, lines
from bot.routes import Route, form, press
from models.programme import ProgrammeChange, ProgrammeItem
from rules.errors import N_, NotAllowedError, StaleError
from rules.programme import ChangeKind, ChangeState, Ground
from services import access, programme_changes
from services.notices import programme as notices
from services.programme_changes import NewChange


def on_change(context: Context) -> Reply:
    """From the card of the duty: what of the item is to be another."""
    duty = access.own_duty(context.work, context.token.subject)
    if not duty.is_open:
        raise StaleError()
    return engine.start(context, CHANGE, duty.subject_id)


def on_add(context: Context) -> Reply:
    """A further item for one's own unit."""
    unit_id = programme_changes.own_unit(context.work, context.official)
    if unit_id is None:
        raise NotAllowedError()
    return engine.start(context, ADD, unit_id, kind=ChangeKind.ADD.value)


def _item(asking: Asking) -> ProgrammeItem:
    item = access.load(asking.context.work, ProgrammeItem, asking.subject_id or 0)
    if not programme_changes.speaks_for(asking.context.work, asking.context.official, item.unit_id):
        raise NotAllowedError()
    return item


def _kinds(asking: Asking) -> Sequence[tuple[str, str]]:
    return [(kind.value, _(notices.KINDS[kind])) for kind in ChangeKind if kind is not ChangeKind.ADD]


def _is(*kinds: ChangeKind) -> Applies:
    return lambda asking: asking.answers.get("kind") in kinds


def _grounds(asking: Asking) -> Sequence[tuple[str, str]]:
    return [(ground.value, _(notices.GROUNDS[ground])) for ground in programme_changes.grounds(asking.context.work)]


def _has_grounds(asking: Asking) -> bool:
    return bool(programme_changes.grounds(asking.context.work))


def _three_texts(asking: Asking) -> bool:
    return programme_changes.wants_three_texts(asking.context.work)


_WHY = (
    choice(
        "ground",
        N_("Ground"),
        N_("On which ground? The programme may be changed on one of these only."),
        _grounds,
        applies=_has_grounds,
    ),
    text("reason", N_("Reason"), N_("For what reason? A line or two."), 1000),
    text("necessity", N_("Necessity"), N_("Why is the change necessary?"), 1000, applies=_three_texts),
    text(
        "impact",
        N_("Impact"),
        N_("What does the change mean for the direction of the committee's work?"),
        1000,
        applies=_three_texts,
    ),
    text(
        "document",
        N_("Document"),
        N_("Number and date of the letter; it may follow later."),
        200,
        is_optional=True,
    ),
)


def _new(asking: Asking) -> NewChange:
    given = asking.answers
    return NewChange(
        kind=ChangeKind(given["kind"]),
        ground=Ground(given["ground"]) if given.get("ground") else None,
        reason=given["reason"],
        necessity=given.get("necessity") or "",
        impact=given.get("impact") or "",
        due_on=date.fromisoformat(given["due_on"]) if given.get("due_on") else None,
        content=given.get("content") or "",
        document=given.get("document") or "",
    )


def _finish_change(asking: Asking) -> Reply:
    item = _item(asking)
    return _asked(asking, programme_changes.ask(asking.context.work, item.unit_id, item, _new(asking)))


def _finish_add(asking: Asking) -> Reply:
    work, unit_id = asking.context.work, asking.subject_id or 0
    if not programme_changes.speaks_for(work, asking.context.official, unit_id):
        raise NotAllowedError()
    return _asked(asking, programme_changes.ask(work, unit_id, None, _new(asking)))


def _asked(asking: Asking, change: ProgrammeChange) -> Reply:
    shown = notices.own_card(asking.context.work, asking.context.official, change)
    return Message(shown.text, shown.rows, card=shown.card, edit=True)


CHANGE = Form(
    "programme change",
    lambda asking: html("{title}: {content}", title=_("Change of the work programme"), content=_item(asking).content),
    (
        choice("kind", N_("Change"), N_("What is to be changed?"), _kinds),
        day("due_on", N_("Due day"), N_("Which day is asked for?"), quick=(), applies=_is(ChangeKind.DAY)),
        text("content", N_("Content"), N_("How is the content to read?"), 1000, applies=_is(ChangeKind.CONTENT)),
        *_WHY,
    ),
    _finish_change,
)
ADD = Form(
    "programme addition",
    lambda asking: _("A further item of the work programme"),
    (
        text("content", N_("Content"), N_("What is to be added to the programme?"), 1000),
        day("due_on", N_("Due day"), N_("By which day is it submitted?"), quick=()),
        *_WHY,
    ),
    _finish_add,
)


def on_decide(context: Context) -> Reply:
    """One tap decides; an old card says how it stands now and changes nothing."""
    work = context.work
    change = programme_changes.to_decide(work, context.token.subject)
    argument = context.token.argument
    if argument and change.state is not ChangeState.AWAITING_DECISION:
        note = html("<i>{note}</i>", note=_("This was settled already. Nothing was changed."))
        shown = notices.change_card(work, context.official, change)
        return Message(lines(shown.text, note), card=shown.card, edit=True)
    match argument:
        case "grant":
            programme_changes.grant(work, change)
            shown = notices.change_card(work, context.official, change)
            return Message(shown.text, card=shown.card, edit=True)
        case "refuse":
            return engine.start(context, REFUSE, change.key)
        case "":
            return notices.change_card(work, context.official, change, fresh=True)
    raise StaleError()


def _finish_refuse(asking: Asking) -> Reply:
    change = programme_changes.to_decide(asking.context.work, asking.subject_id or 0)
    programme_changes.refuse(asking.context.work, change, asking.answers["reason"])
    shown = notices.change_card(asking.context.work, asking.context.official, change)
    return [Message(Markup(_("Recorded; those concerned have been told."))), shown]


REFUSE = Form(
    "refuse programme change",
    lambda asking: _("Refusal"),
    (text("reason", N_("Reason"), N_("Please type the reason of the refusal; the requester is told."), 500),),
    _finish_refuse,
    confirms=False,
)


def on_document(context: Context) -> Reply:
    return engine.start(context, DOCUMENT, programme_changes.own(context.work, context.token.subject).key)


def _finish_document(asking: Asking) -> Reply:
    change = programme_changes.own(asking.context.work, asking.subject_id or 0)
    programme_changes.add_document(asking.context.work, change, asking.answers["document"])
    return notices.own_card(asking.context.work, asking.context.official, change)


DOCUMENT = Form(
    "programme document",
    lambda asking: _("Document"),
    (text("document", N_("Document"), N_("Number and date of the letter, please."), 200),),
    _finish_document,
    confirms=False,
)


def on_withdraw(context: Context) -> Reply:
    change = programme_changes.own(context.work, context.token.subject)
    programme_changes.withdraw(context.work, change)
    shown = notices.own_card(context.work, context.official, change)
    return Message(shown.text, shown.rows, card=shown.card, edit=True)


ROUTES: list[Route] = [
    press("programme.change", on_change),
    press("programme.add", on_add),
    press("programme.decide", on_decide),
    press("programme.document", on_document),
    press("programme.withdraw", on_withdraw),
    *(form(each) for each in (CHANGE, ADD, REFUSE, DOCUMENT)),
]
