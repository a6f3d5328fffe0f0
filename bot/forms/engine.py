"""Play a form: ask the next step, take an answer, show the summary, finish or give up."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from markupsafe import Markup
from sqlmodel import col, update

from bot.buttons import token
from bot.context import Context, Reply
from bot.forms import drafts
from bot.forms.form import Answered, Answers, Asking, Attached, Browse, Form, Given, Picked, Prompt, Step, Ticked, Typed
from bot.i18n import _
from bot.messages import Button, Message, Row, Style, button, html, lines
from models.drafts import Draft
from models.files import discard_unnamed
from rules.errors import DomainError, StaleError

ROUTE = "f"
SEND = "!"


def start(context: Context, form: Form, subject_id: int | None = None, **answers: Any) -> Message:
    """Open a form, some answers perhaps known already, and ask its first step."""
    draft = drafts.open_draft(context, form.name, subject_id, answers)
    # A message of its own: the card whose button opened the form stays as it is.
    return replace(_show(context, form, draft), edit=False)


def change(context: Context, form: Form, key: str, subject_id: int | None = None, **answers: Any) -> Message:
    """Open a form that is answered already, at the answer that is to be changed."""
    draft = drafts.open_draft(context, form.name, subject_id, answers)
    return replace(_reopen(context, form, draft, key), edit=False)


def resume(context: Context, form: Form, draft: Draft, why: str) -> Message:
    """Show the present step again, below why nothing was taken."""
    return _show(context, form, draft, error=why)


def takes(context: Context, form: Form, draft: Draft, text: str) -> bool:
    """Whether the present step would take this text for its answer; nothing is changed."""
    step = form.step(draft.step)
    if step is None:
        return False
    try:
        step.read(_asking(context, draft), Typed(text))
    except DomainError:
        return False
    return True


def give(context: Context, form: Form, draft: Draft, given: Given) -> Reply:
    """A typed text or a file for the present step."""
    asking = _asking(context, draft)
    step = form.step(draft.step)
    if step is None:
        _let_go(context, given)
        return _show(context, form, draft, error=_("Please choose one of the answers below."))
    beside = form.aside(asking, step.key, given.text) if isinstance(given, Typed) else None
    return beside or _read(asking, form, draft, step, given)


def press(context: Context, form: Form, draft: Draft, argument: str) -> Reply:
    """A button of the form: `=value` answers, the others steer."""
    if context.token.version != draft.version:
        raise StaleError()
    _claim(context, draft)
    match argument[:1]:
        case "=":
            return _pick(context, form, draft, argument[1:])
        case "-":
            return _skip(context, form, draft)
        case "~":
            return _reopen(context, form, draft, argument[1:])
        case "?":
            return _choose_change(context, form, draft)
        case _ if argument == SEND:
            return _finish(_asking(context, draft), form, draft)
        case "x":
            drafts.discard(context, draft)
            return Message(Markup(_("Cancelled. Nothing was sent.")), edit=True)
    raise StaleError()


def tick(context: Context, form: Form, draft: Draft, arguments: Sequence[str]) -> Reply:
    """Several choices of the present step at once; only such as a step offers together are named so."""
    step = form.step(draft.step)
    if step is None or context.token.version != draft.version:
        raise StaleError()
    _claim(context, draft)
    given = Ticked(tuple(argument.removeprefix("=") for argument in arguments))
    return _read(_asking(context, draft), form, draft, step, given)


def _pick(context: Context, form: Form, draft: Draft, value: str) -> Reply:
    step = form.step(draft.step)
    if step is None:
        raise StaleError()
    return _read(_asking(context, draft), form, draft, step, Picked(value))


def _claim(context: Context, draft: Draft) -> None:
    """Two devices may press at once: only one of them finds the version it saw."""
    changed = context.work.session.connection().execute(
        update(Draft)
        .where(col(Draft.id) == draft.id, col(Draft.version) == draft.version)
        .values(version=Draft.version + 1)
    )
    if changed.rowcount != 1:
        raise StaleError()
    context.work.session.refresh(draft)


def _asking(context: Context, draft: Draft) -> Asking:
    return Asking(context, draft.answers, draft.subject_id, draft.view)


def _read(asking: Asking, form: Form, draft: Draft, step: Step, given: Given) -> Reply:
    try:
        outcome = step.read(asking, given)
    except DomainError as error:
        _let_go(asking.context, given)
        return _show(asking.context, form, draft, error=_(error.msgid).format(**error.fields))
    match outcome:
        case Browse(view=view):
            draft.view = dict(view)
            return _show(asking.context, form, draft)
        case Answered(value=value, others=others):
            return _answered(asking.context, form, draft, {step.key: value, **others})


def _let_go(context: Context, given: Given) -> None:
    """A file that the form does not take is not kept."""
    if isinstance(given, Attached):
        discard_unnamed(context.work.session, [given.file_id])


def _answered(context: Context, form: Form, draft: Draft, given: Answers) -> Reply:
    # A new dictionary, because SQLAlchemy does not see changes inside the old one.
    draft.answers = {**draft.answers, **given}
    draft.view = {}
    asking = _asking(context, draft)
    if form.next_step(asking) is None and not form.confirms:
        return _finish(asking, form, draft)
    return _show(context, form, draft)


def _skip(context: Context, form: Form, draft: Draft) -> Reply:
    step = form.step(draft.step)
    if step is None or not step.is_optional:
        raise StaleError()
    return _answered(context, form, draft, {step.key: None})


def _reopen(context: Context, form: Form, draft: Draft, key: str) -> Message:
    if not key:
        # None of them, after all.
        return _show(context, form, draft)
    if form.step(key) is None:
        raise StaleError()
    was = draft.answers.get(key)
    draft.answers = {name: value for name, value in draft.answers.items() if name != key}
    # A long list is not ticked anew from nothing.
    draft.view = {"was": was} if was else {}
    return _show(context, form, draft)


def _finish(asking: Asking, form: Form, draft: Draft) -> Reply:
    if form.next_step(asking) is not None:
        return _show(asking.context, form, draft)
    applying = {step.key for step in form.applicable(asking)}
    known = {step.key for step in form.steps}
    kept = {key: value for key, value in draft.answers.items() if key in applying or key not in known}
    nested = asking.context.work.session.begin_nested()
    try:
        reply = form.finish(Asking(asking.context, kept, draft.subject_id))
    except DomainError as error:
        nested.rollback()
        return _show(asking.context, form, draft, error=_(error.msgid).format(**error.fields))
    nested.commit()
    drafts.finished(asking.context, draft)
    return reply


def _show(context: Context, form: Form, draft: Draft, error: str = "") -> Message:
    """The present step or the summary, as a message with buttons of a new version."""
    drafts.touch(context, draft)
    asking = _asking(context, draft)
    step = form.next_step(asking)
    draft.step = step.key if step else ""
    context.work.session.flush()
    message = _step_message(asking, form, draft, step) if step else _summary(asking, form, draft)
    note = html("<i>{error}</i>", error=error) if error else None
    return replace(message, text=lines(note, message.text), edit=context.was_pressed)


def _step_message(asking: Asking, form: Form, draft: Draft, step: Step) -> Message:
    prompt = step.ask(asking)
    rows = [*_choice_rows(draft, prompt), *prompt.rows]
    # Where the answer is typed, a number may be meant for one: what it ends is asked back.
    last = [button(_("Cancel"), _token(draft, "x"), is_weighty=not prompt.choices)]
    if step.is_optional:
        last.insert(0, button(_("Skip"), _token(draft, "-")))
    return Message(prompt.text, (*rows, tuple(last)), upload=f"{draft.id}:{step.key}" if step.takes_file else "")


def _choice_rows(draft: Draft, prompt: Prompt) -> Sequence[Row]:
    def row(choices: Sequence[tuple[str, str]], *, in_grid: bool) -> Row:
        return tuple(
            Button(label, _token(draft, f"={value}"), in_grid=in_grid, is_tick=value in prompt.ticks)
            for label, value in choices
        )

    plain = [row(choices, in_grid=False) for choices in prompt.choices]
    return [*plain, *(row(choices, in_grid=True) for choices in prompt.grid)]


def _summary(asking: Asking, form: Form, draft: Draft) -> Message:
    shown = [
        html("{label}: {value}", label=step.label(), value=step.shows(asking, draft.answers[step.key]))
        for step in form.applicable(asking)
        if draft.answers.get(step.key) is not None
    ]
    text = lines(html("<b>{title}</b>", title=form.title(asking)), *shown, form.notes(asking))
    return Message(
        text,
        (
            (button(_("Send"), _token(draft, SEND), Style.SUCCESS),),
            (button(_("Change"), _token(draft, "?")), button(_("Cancel"), _token(draft, "x"))),
        ),
    )


def _choose_change(context: Context, form: Form, draft: Draft) -> Message:
    drafts.touch(context, draft)
    context.work.session.flush()
    asking = _asking(context, draft)
    rows = tuple((button(step.label(), _token(draft, f"~{step.key}")),) for step in form.applicable(asking))
    back = (button(_("Back"), _token(draft, "~")),)
    return Message(Markup(_("Which answer would you like to change?")), (*rows, back), edit=True)


def _token(draft: Draft, argument: str) -> str:
    return token(ROUTE, draft.id, draft.version, argument)
