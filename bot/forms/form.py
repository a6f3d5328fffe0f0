"""What a form is: steps declared as data, and a closed set of things a person can do on one.

A wrong answer stays on its step, says why, and keeps all other answers.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from markupsafe import Markup

from bot.context import Context, Reply
from bot.messages import Row

Answers: TypeAlias = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Asking:
    """A step being asked: who is asked, what was answered so far, which row the form is about."""

    context: Context
    answers: Answers
    subject_id: int | None
    view: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Typed:
    text: str


@dataclass(frozen=True, slots=True)
class Picked:
    """A choice of the step was pressed; `value` is what the step put into the button."""

    value: str


@dataclass(frozen=True, slots=True)
class Attached:
    """A stored file was sent, with its name and what was written under it."""

    file_id: int
    name: str
    caption: str


@dataclass(frozen=True, slots=True)
class Ticked:
    """Several choices of a step that lets one choose several, named at once."""

    values: tuple[str, ...]


Given: TypeAlias = Typed | Picked | Attached | Ticked


@dataclass(frozen=True, slots=True)
class Answered:
    """The step is done; the value must be JSON. `others` answer other steps in the same breath."""

    value: Any
    others: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Browse:
    """The step is shown again with another view: a calendar's month, a page, a search, a ticked box."""

    view: Mapping[str, Any]


Outcome: TypeAlias = Answered | Browse


@dataclass(frozen=True, slots=True)
class Prompt:
    """What a step shows. Choices are (label, value) pairs in rows; those of the grid can be typed instead.

    `ticks` are the values of choices that may be named together.
    """

    text: Markup
    choices: Sequence[Sequence[tuple[str, str]]] = ()
    grid: Sequence[Sequence[tuple[str, str]]] = ()
    rows: tuple[Row, ...] = ()
    ticks: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Step:
    """`ask` words the step, `read` understands an answer or raises a DomainError that says what is wrong.

    `label` names the step in the list of what can be changed. `shows` words its answer in the summary.
    Where a channel carries no files, a step that `takes_file` is answered through an address of ours.
    """

    key: str
    label: Callable[[], str]
    ask: Callable[[Asking], Prompt]
    read: Callable[[Asking, Given], Outcome]
    shows: Callable[[Asking, Any], str | Markup]
    applies: Callable[[Asking], bool] = lambda asking: True
    is_optional: bool = False
    takes_file: bool = False


@dataclass(frozen=True, slots=True)
class Form:
    """`finish` gets all answers that apply; a DomainError from it keeps the summary open and says why.

    `title` heads the summary; without `confirms` the form is finished with its last answer. `aside` answers typed
    words that do not belong to the step at which they were typed.
    """

    name: str
    title: Callable[[Asking], str | Markup]
    steps: Sequence[Step]
    finish: Callable[[Asking], Reply]
    confirms: bool = True
    notes: Callable[[Asking], Markup] = lambda asking: Markup("")
    aside: Callable[[Asking, str, str], Reply] = lambda asking, step, text: None

    def applicable(self, asking: Asking) -> list[Step]:
        return [step for step in self.steps if step.applies(asking)]

    def step(self, key: str) -> Step | None:
        return next((step for step in self.steps if step.key == key), None)

    def next_step(self, asking: Asking) -> Step | None:
        """The first step that applies and has no answer; None when the form is complete."""
        return next((step for step in self.steps if step.key not in asking.answers and step.applies(asking)), None)
