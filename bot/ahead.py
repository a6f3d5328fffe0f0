"""What the pressed buttons of a group of events will need, read for all of them together."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import date

from sqlmodel import Session

from bot.buttons import parse
from bot.events import ButtonPressed, Event
from bot.routes import Ahead, Routes
from models.inbox import ReceivedEvent
from rules.errors import StaleError


def read(
    session: Session,
    routes: Routes,
    rows: Iterable[ReceivedEvent],
    event_of: Callable[[ReceivedEvent], Event | None],
    day: date,
) -> None:
    wanted: dict[Ahead, set[int]] = defaultdict(set)
    for row in rows:
        event = None
        # What cannot be read is found out when its turn comes.
        with suppress(Exception):
            event = event_of(row)
        if isinstance(event, ButtonPressed):
            _want(wanted, routes, event.token)
    for ahead, subjects in wanted.items():
        ahead(session, subjects, day)


def _want(wanted: dict[Ahead, set[int]], routes: Routes, text: str) -> None:
    with suppress(StaleError):
        token = parse(text)
        route = routes.find(token.route)
        if route is not None and route.ahead is not None:
            wanted[route.ahead].add(token.subject)
