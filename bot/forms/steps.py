"""The kinds of steps that forms are built of; the larger ones have modules of their own and are listed here."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias

from bot.forms.days import day
from bot.forms.form import Answered, Asking, Attached, Given, Outcome, Picked, Prompt, Step, Typed
from bot.forms.lists import Option, one, person, several
from bot.forms.moments import moment
from bot.forms.prompts import Applies, Words, always, said
from bot.forms.typed_lines import typed_lines
from bot.i18n import _
from rules.choices import option
from rules.errors import N_, InvalidInputError, StaleError
from rules.secrecy import is_classified, is_classified_filename
from rules.text import fold, normalise

__all__ = ["Option", "attachment", "choice", "day", "moment", "one", "person", "several", "text", "typed_lines"]

Choices: TypeAlias = Sequence[tuple[str, str]] | Callable[[Asking], Sequence[tuple[str, str]]]
"""Pairs of value and message id, or a function that gives pairs of value and finished words."""

CLASSIFIED = N_(
    "The content shows signs of a state secret, so the system has neither taken nor stored it. "
    "Please send it by the classified mail route."
)
EMPTY = N_("Please type the answer as text.")
NO_ANSWER = N_("“{text}” is no answer here. Please type the answer itself.")
TOO_LONG = N_("The answer has {length} characters; at most {most} fit. Please shorten it.")
CHOOSE_ONE = N_("Please choose one of the answers below.")
SEND_FILE = N_("Please send a file or a photo.")


def choice(
    key: str,
    label: str,
    prompt: Words,
    options: Choices,
    *,
    columns: int = 1,
    applies: Applies = always,
    is_optional: bool = False,
) -> Step:
    """One of a few; the words of a button, or such of them as no other has, may also be typed."""

    def pairs(asking: Asking) -> list[tuple[str, str]]:
        if callable(options):
            return list(options(asking))
        return [(value, _(words)) for value, words in options]

    def ask(asking: Asking) -> Prompt:
        buttons = [(words, value) for value, words in pairs(asking)]
        rows = [tuple(buttons[at : at + columns]) for at in range(0, len(buttons), columns)]
        return Prompt(said(prompt, asking), rows)

    def read(asking: Asking, given: Given) -> Outcome:
        return Answered(_chosen(dict(pairs(asking)), given))

    def shows(asking: Asking, value: Any) -> str:
        return dict(pairs(asking)).get(value, str(value))

    return Step(key, lambda: _(label), ask, read, shows, applies, is_optional)


def _chosen(known: Mapping[str, str], given: Given) -> str:
    match given:
        case Picked(value=value) if value in known:
            return value
        case Picked():
            raise StaleError()
        case Typed(text=typed):
            index = option(typed, list(known.values()))
            if index is not None:
                return list(known)[index]
    raise InvalidInputError(CHOOSE_ONE)


def text(
    key: str,
    label: str,
    prompt: Words,
    most: int = 1000,
    *,
    applies: Applies = always,
    is_optional: bool = False,
) -> Step:
    """Free text of at most so many characters; signs of a state secret are refused."""

    def ask(asking: Asking) -> Prompt:
        return Prompt(said(prompt, asking))

    def read(asking: Asking, given: Given) -> Outcome:
        if not isinstance(given, Typed):
            raise InvalidInputError(EMPTY)
        return Answered(checked_text(given.text, most))

    return Step(key, lambda: _(label), ask, read, lambda asking, value: str(value), applies, is_optional)


def checked_text(typed: str, most: int) -> str:
    """The text as it is kept: line by line without stray spaces; InvalidInputError says what is wrong."""
    clean = "\n".join(normalise(line) for line in typed.splitlines()).strip()
    if not clean:
        raise InvalidInputError(EMPTY)
    # Where such a button is offered, its word has pressed it; here it would be kept as a reason or a title.
    if fold(clean) in {fold(_("Send")), fold(_("Skip")), fold(_("Change"))}:
        raise InvalidInputError(NO_ANSWER, text=clean)
    if len(clean) > most:
        raise InvalidInputError(TOO_LONG, length=len(clean), most=most)
    if is_classified(clean):
        raise InvalidInputError(CLASSIFIED)
    return clean


def attachment(
    key: str,
    label: str,
    prompt: Words,
    *,
    applies: Applies = always,
    is_optional: bool = True,
) -> Step:
    """A file or a photo; the answer is `{"file_id": …, "name": …}`."""

    def ask(asking: Asking) -> Prompt:
        return Prompt(said(prompt, asking))

    def read(asking: Asking, given: Given) -> Outcome:
        if not isinstance(given, Attached):
            raise InvalidInputError(SEND_FILE)
        if is_classified_filename(given.name) or is_classified(given.caption):
            raise InvalidInputError(CLASSIFIED)
        return Answered({"file_id": given.file_id, "name": given.name})

    return Step(
        key,
        lambda: _(label),
        ask,
        read,
        lambda asking, value: str(value["name"]),
        applies,
        is_optional,
        takes_file=True,
    )
