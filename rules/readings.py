"""What is open for an answer in a chat, and what a typed text was read as."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias


def choice_numbers(labels: Sequence[str]) -> list[int]:
    """By which numbers the choices are named: a line's number is its own, the others follow the largest."""
    lines = [int(label) for label in labels if label.isdecimal()]
    others = iter(range(max(lines, default=0) + 1, max(lines, default=0) + len(labels) + 1))
    return [int(label) if label.isdecimal() else next(others) for label in labels]


@dataclass(frozen=True, slots=True)
class OpenPrompt:
    """A message with choices that can still be answered, as one chat sees it.

    `is_step` marks the step of a form that is being filled in: the person is in the middle of it. `confirms` is
    the choice, counted from 0, that was made and waits for a yes. One that is not open any more was answered or
    replaced: with its code it can still be asked about, bare answers never mean it. Nor do they mean one that
    `is_used`, from which something was chosen already: what came of that is nearer. `ticks` are the choices that may
    be named together. `asked` names the act of the person that brought it; empty for news.
    """

    code: str
    labels: Sequence[str]
    sent_at: datetime
    is_step: bool = False
    confirms: int | None = None
    is_open: bool = True
    ticks: Sequence[int] = ()
    is_used: bool = False
    asked: str = ""


@dataclass(frozen=True, slots=True)
class Chosen:
    """Choice `index`, counted from 0, of the prompt; `rest` is what was written behind it, perhaps a reason."""

    code: str
    index: int
    rest: str = ""


@dataclass(frozen=True, slots=True)
class Ticked:
    """Several choices of one prompt at once."""

    code: str
    indexes: Sequence[int]


@dataclass(frozen=True, slots=True)
class Confirmed:
    """A yes or a no to a choice that was repeated back."""

    code: str
    yes: bool


@dataclass(frozen=True, slots=True)
class Unconfirmed:
    """A yes or a no without the code: what was repeated back is asked once more."""

    code: str


@dataclass(frozen=True, slots=True)
class Unclear:
    """It was meant as an answer, but not to which of these prompts; no codes: to any that is open."""

    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NotOffered:
    """It is clear which prompt is meant, but what was typed is none of its choices, or several where one is chosen."""

    code: str


@dataclass(frozen=True, slots=True)
class UnknownCode:
    """It carries a code that is not open here: mistyped, of somebody else, or used up."""

    code: str


Reading: TypeAlias = Chosen | Ticked | Confirmed | Unconfirmed | Unclear | NotOffered | UnknownCode | None
"""None: no answer to a prompt at all."""
