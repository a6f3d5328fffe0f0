"""The step for a list that is typed or pasted, a line each: what is right is kept, the rest shown with the reason."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from bot.forms.form import Answered, Asking, Browse, Given, Outcome, Picked, Prompt, Step, Typed
from bot.forms.prompts import Words, said
from bot.i18n import _
from bot.messages import html, lines
from rules.errors import N_, DomainError, InvalidInputError, StaleError
from rules.text import normalise

# So many are shown again; all that was typed stands in the chat above.
SHOWN = 8
REFUSED_LENGTH = 160

TYPE_LINES = N_("Please type or paste the lines as text.")

Reader: TypeAlias = Callable[[Asking], Callable[[str], Any]]
"""Gives a function that understands a line (a JSON value) or raises a DomainError; made once for each message."""
Shower: TypeAlias = Callable[[Asking], Callable[[Any], str]]


def typed_lines(key: str, label: str, prompt: Words, reads: Reader, shows: Shower) -> Step:
    """Several messages add up; the answer is the list of what was understood."""
    step = _TypedLines(prompt, reads, shows)
    return Step(key, lambda: _(label), step.ask, step.read, step.shows)


@dataclass(frozen=True, slots=True)
class _TypedLines:
    """The view holds what was taken so far, and what of the last message was not, each with the reason."""

    prompt: Words
    reads: Reader
    shown: Shower

    def ask(self, asking: Asking) -> Prompt:
        taken, refused = _taken(asking), asking.view.get("refused", ())
        shown = self.shown(asking)
        text = lines(
            said(self.prompt, asking),
            html("<b>{count}</b>", count=_("Taken: {count}").format(count=len(taken))) if taken else None,
            "…" if len(taken) > SHOWN else None,
            *(html("– {line}", line=shown(value)) for value in taken[-SHOWN:]),
            html("<b>{title}</b>", title=_("Not taken, please type these again:")) if refused else None,
            *(html("– “{line}”: {why}", line=line, why=why) for line, why in refused[:SHOWN]),
            _("and {number} more").format(number=len(refused) - SHOWN) if len(refused) > SHOWN else None,
        )
        done = _("Done ({count})").format(count=len(taken))
        return Prompt(text, [[(done, "+")], [(_("Take back the last line"), "-")]] if taken else ())

    def read(self, asking: Asking, given: Given) -> Outcome:
        taken = _taken(asking)
        match given:
            case Picked(value="+") if taken:
                return Answered(taken)
            case Picked(value="-") if taken:
                return Browse({"taken": taken[:-1]})
            case Picked():
                raise StaleError()
            case Typed(text=text):
                return self._sorted(asking, taken, text.splitlines())
        raise InvalidInputError(TYPE_LINES)

    def _sorted(self, asking: Asking, taken: Sequence[Any], typed: Sequence[str]) -> Browse:
        understand = self.reads(asking)
        added: list[Any] = []
        refused: list[tuple[str, str]] = []
        for line in filter(None, map(normalise, typed)):
            try:
                added.append(understand(line))
            except DomainError as error:
                refused.append((line[:REFUSED_LENGTH], _(error.msgid).format(**error.fields)))
        return Browse({"taken": [*taken, *added], "refused": refused})

    def shows(self, asking: Asking, value: Any) -> str:
        shown = self.shown(asking)
        more = _("and {number} more").format(number=len(value) - SHOWN) if len(value) > SHOWN else ""
        return "; ".join([*(shown(one) for one in value[:SHOWN]), *([more] if more else [])])


def _taken(asking: Asking) -> list[Any]:
    return list(asking.view.get("taken", asking.view.get("was", ())))
