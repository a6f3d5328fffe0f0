"""Which event goes to which handler: a list that one can read, checked for duplicates at the start."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias

from sqlmodel import Session

from bot.context import Context, Reply
from bot.forms.form import Form
from bot.work import Work
from rules.text import fold, normalise

Handler: TypeAlias = Callable[[Context], Reply]
Ahead: TypeAlias = Callable[[Session, Collection[int], date], None]
"""Reads what the presses of a button about several subjects will need on a day."""


@dataclass(frozen=True, slots=True)
class Route:
    """A command such as `/lich`, the press of a button, or a form. `public` ones serve citizens too.

    `words` are what people type for a command without slash, folded. `ahead` spares a group of presses most of its
    reads; it changes nothing else. Only what `reads_rest` does something with words behind a typed choice; else they
    are handed to the form that the press opens, or the person is told that nobody gets them.
    """

    name: str
    handler: Handler | None = None
    form: Form | None = None
    public: bool = False
    words: tuple[str, ...] = ()
    ahead: Ahead | None = None
    reads_rest: bool = False


def command(name: str, handler: Handler, *words: str, public: bool = False) -> Route:
    return Route(f"/{name}", handler, public=public, words=(name, *words))


def press(
    name: str, handler: Handler, *, public: bool = False, ahead: Ahead | None = None, reads_rest: bool = False
) -> Route:
    return Route(name, handler, public=public, ahead=ahead, reads_rest=reads_rest)


def form(declared: Form) -> Route:
    return Route(f"form {declared.name}", form=declared)


@dataclass(frozen=True, slots=True)
class Routes:
    """All routes, and what answers when none fits.

    `by_code` answers a code, or words, that mean one thing whatever else is open in the chat; None where the text is
    neither.
    """

    fallback: Handler
    not_linked: Handler
    file_fallback: Handler
    repeats_back: Callable[[Work], bool] = lambda work: True
    by_code: Handler = lambda context: None
    by_name: dict[str, Route] = field(default_factory=dict)
    by_word: dict[str, str] = field(default_factory=dict)

    def add(self, routes: Iterable[Route]) -> "Routes":
        for route in routes:
            if route.name in self.by_name:
                raise ValueError(f"two routes are called {route.name!r}")
            self.by_name[route.name] = route
            self.by_word.update(dict.fromkeys(route.words, route.name))
        return self

    def find(self, name: str) -> Route | None:
        return self.by_name.get(name)

    def command_called(self, text: str) -> str | None:
        """The command that is meant by words alone: lịch, xin vắng, duyet."""
        # "Vâng" without marks reads like "vắng"; a yes must open nothing.
        if normalise(text).lower().strip(" .") in ("vâng", "vang"):
            return None
        return self.by_word.get(fold(text).strip(" ."))

    def form_called(self, name: str) -> Form | None:
        route = self.by_name.get(f"form {name}")
        return route.form if route else None
