"""Steps that choose from a long list: one person, or several of anything; pages, and a search by typed letters."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from markupsafe import Markup

from bot.forms.form import Answered, Asking, Browse, Given, Outcome, Picked, Prompt, Step, Ticked, Typed
from bot.forms.prompts import Applies, Words, always, said
from bot.i18n import _
from bot.messages import html, lines
from rules.errors import N_, InvalidInputError, StaleError
from rules.text import fold

# Options are buttons of their own, a row each.
PAGE = 8
TICK = "✓ "

NOBODY_FOUND = N_("Nothing was found for “{text}”. Please type other letters of the name.")
BLOCKED = N_("{name} cannot be chosen: {reason}")
TOO_FEW = N_("Please choose at least {least}.")
CHOOSE_ONE = N_("Please choose one of the answers below.")


@dataclass(frozen=True, slots=True)
class Option:
    """One that can be chosen, or not for a reason that is shown; `value` goes into the button."""

    value: str
    label: str
    blocked: str = ""


def one(
    key: str,
    label: str,
    prompt: Words,
    options: Callable[[Asking], Sequence[Option]],
    *,
    applies: Applies = always,
    is_optional: bool = False,
) -> Step:
    """One of a long list; the answer is its value."""

    def ask(asking: Asking) -> Prompt:
        return _prompt(asking, said(prompt, asking), options(asking))

    def read(asking: Asking, given: Given) -> Outcome:
        known = options(asking)
        return _moved(asking, given, known) or Answered(_picked(given, known).value)

    def shows(asking: Asking, value: Any) -> str:
        return _labels(options(asking), [value])

    return Step(key, lambda: _(label), ask, read, shows, applies, is_optional)


def person(
    key: str,
    label: str,
    prompt: Words,
    candidates: Callable[[Asking], Sequence[tuple[int, str, str]]],
    *,
    applies: Applies = always,
    is_optional: bool = False,
) -> Step:
    """One of the candidates (id, label, why not or ""); the answer is the id."""

    def options(asking: Asking) -> list[Option]:
        return [Option(str(number), name, blocked) for number, name, blocked in candidates(asking)]

    step = one(key, label, prompt, options, applies=applies, is_optional=is_optional)

    def read(asking: Asking, given: Given) -> Outcome:
        outcome = step.read(asking, given)
        return Answered(int(outcome.value)) if isinstance(outcome, Answered) else outcome

    def shows(asking: Asking, value: Any) -> str | Markup:
        return step.shows(asking, str(value))

    return replace(step, read=read, shows=shows)


def several(
    key: str,
    label: str,
    prompt: Words,
    options: Callable[[Asking], Sequence[Option]],
    *,
    least: int = 1,
    applies: Applies = always,
    is_optional: bool = False,
) -> Step:
    """Any number of options; a press ticks or unticks, the last button ends. The answer is the list of values."""
    step = _Several(prompt, options, least)
    return Step(key, lambda: _(label), step.ask, step.read, step.shows, applies, is_optional)


@dataclass(frozen=True, slots=True)
class _Several:
    """The view holds what is ticked so far, or what the answer was before it was reopened."""

    prompt: Words
    options: Callable[[Asking], Sequence[Option]]
    least: int

    def ask(self, asking: Asking) -> Prompt:
        known, chosen = self.options(asking), _chosen(asking)
        words = said(self.prompt, asking)
        if chosen:
            words = lines(words, html(_("Chosen: {names}"), names=_labels(known, chosen)))
        listed = _prompt(asking, words, [_ticked(option, chosen) for option in known])
        done = _("Done ({count})").format(count=len(chosen))
        ticks = frozenset(f"o{option.value}" for option in known)
        return Prompt(listed.text, [*listed.choices, ((done, "+"),)], ticks=ticks)

    def read(self, asking: Asking, given: Given) -> Outcome:
        known = self.options(asking)
        values = {option.value for option in known}
        chosen = [value for value in _chosen(asking) if value in values]
        if isinstance(given, Picked) and given.value == "+":
            if len(chosen) < self.least:
                raise InvalidInputError(TOO_FEW, least=self.least)
            return Answered(chosen)
        if (moved := _moved(asking, given, known)) is not None:
            return moved
        if isinstance(given, Ticked):
            # Named together they are all meant; only a single press takes a tick away.
            picked = [_picked(Picked(value), known).value for value in given.values]
            return Browse({**asking.view, "chosen": list(dict.fromkeys([*chosen, *picked]))})
        value = _picked(given, known).value
        chosen = [other for other in chosen if other != value] if value in chosen else [*chosen, value]
        return Browse({**asking.view, "chosen": chosen})

    def shows(self, asking: Asking, value: Any) -> str:
        return _labels(self.options(asking), value)


def _chosen(asking: Asking) -> list[str]:
    return list(asking.view.get("chosen", asking.view.get("was", ())))


def _ticked(option: Option, chosen: Sequence[str]) -> Option:
    return Option(option.value, TICK + option.label) if option.value in chosen else option


def _labels(options: Sequence[Option], values: Sequence[str]) -> str:
    known = {option.value: option.label for option in options}
    return "; ".join(known.get(value, value) for value in values)


def _prompt(asking: Asking, words: Markup, options: Sequence[Option]) -> Prompt:
    """A page of the list: who can be chosen as buttons, who cannot as lines with the reason."""
    search = str(asking.view.get("search", ""))
    found = _found(options, search)
    size = min(PAGE, asking.context.page_size)
    pages = max(1, -(-len(found) // size))
    page = min(int(asking.view.get("page", 0)), pages - 1)
    shown = found[page * size : (page + 1) * size]
    blocked = [option for option in shown if option.blocked]
    text = lines(
        words,
        html(_("Found for “{text}”: {count}"), text=search, count=len(found)) if search else None,
        _("Type some letters of the name to search.") if pages > 1 and not search else None,
        *(html("– {name}: <i>{reason}</i>", name=option.label, reason=option.blocked) for option in blocked),
    )
    rows = [((option.label, f"o{option.value}"),) for option in shown if not option.blocked]
    return Prompt(text, [*rows, *_steering(page, pages, search)])


def _steering(page: int, pages: int, search: str) -> list[tuple[tuple[str, str], ...]]:
    turn: list[tuple[str, str]] = []
    if page > 0:
        turn.append((_("Page before ({page}/{pages})").format(page=page, pages=pages), f"p{page - 1}"))
    if page < pages - 1:
        turn.append((_("Next page ({page}/{pages})").format(page=page + 2, pages=pages), f"p{page + 1}"))
    rows = [tuple(turn)] if turn else []
    return [*rows, ((_("Show all"), "*"),)] if search else rows


def _found(options: Sequence[Option], search: str) -> list[Option]:
    """Those in whose label every typed word begins a word; who can be chosen comes first."""
    words = fold(search).split()
    found = [option for option in options if _matches(option.label, words)]
    return sorted(found, key=lambda option: bool(option.blocked))


def _matches(label: str, words: Sequence[str]) -> bool:
    parts = fold(label).replace(",", " ").split()
    return all(any(part.startswith(word) for part in parts) for word in words)


def _moved(asking: Asking, given: Given, options: Sequence[Option]) -> Browse | None:
    """Another page or another search; None when the answer is none of these."""
    view = dict(asking.view)
    match given:
        case Picked(value=value) if value[:1] == "p" and value[1:].isdecimal():
            return Browse({**view, "page": int(value[1:])})
        case Picked(value="*"):
            return Browse({name: kept for name, kept in view.items() if name not in ("search", "page")})
        case Typed(text=text):
            if not fold(text) or not _found(options, text):
                # A number that is on no line, not a part of a name.
                if text.isdecimal():
                    raise InvalidInputError(CHOOSE_ONE)
                raise InvalidInputError(NOBODY_FOUND, text=text[:40])
            return Browse({**view, "search": text[:40], "page": 0})
    return None


def _picked(given: Given, options: Sequence[Option]) -> Option:
    if not isinstance(given, Picked):
        raise InvalidInputError(CHOOSE_ONE)
    option = next((option for option in options if given.value == f"o{option.value}"), None)
    if option is None:
        raise StaleError()
    if option.blocked:
        raise InvalidInputError(BLOCKED, name=option.label, reason=option.blocked)
    return option
