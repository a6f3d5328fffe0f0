"""What a group of events will need, read for all of them together."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import suppress
from datetime import date
from typing import Any

from sqlmodel import Session

from bot.buttons import parse
from bot.events import ButtonPressed, Event
from bot.routes import Ahead, Routes
from models.drafts import latest_draft
from models.inbox import ReceivedEvent
from models.people import ChannelAccount
from rules.errors import StaleError


def events_of(rows: Iterable[ReceivedEvent], event_of: Callable[[ReceivedEvent], Event | None]) -> dict[int, Event]:
    """The events that concern anybody; what cannot be read is found out when its turn comes."""
    found = {}
    for row in rows:
        with suppress(Exception):
            event = event_of(row)
            if event is not None:
                found[row.key] = event
    return found


def read(
    session: Session,
    routes: Routes,
    events: Collection[Event],
    chats: Mapping[tuple[str, str], tuple[ChannelAccount, Any]],
    day: date,
) -> None:
    wanted: dict[Ahead, set[int]] = defaultdict(set)
    # What is typed may belong to a form.
    typing: set[int] = set()
    for event in events:
        if isinstance(event, ButtonPressed):
            _want(wanted, routes, event.token)
        elif (event.channel, event.address) in chats:
            typing.add(chats[event.channel, event.address][0].key)
    if typing:
        latest_draft.ahead(session, typing)
    for ahead, subjects in wanted.items():
        ahead(session, subjects, day)


def _want(wanted: dict[Ahead, set[int]], routes: Routes, text: str) -> None:
    with suppress(StaleError):
        token = parse(text)
        route = routes.find(token.route)
        if route is not None and route.ahead is not None:
            wanted[route.ahead].add(token.subject)
