"""What happened: each act with its event, route, audit entries and messages, read from the database afterwards.

All that one unit of work wrote bears the same moment, which is how its audit entries are found.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from sqlmodel import Session

from bot import plain_text
from bot.adapters.simulator.phones import CITIZENS
from bot.i18n import clock_time
from bot.routes import Routes
from models.audit import AuditEntry
from models.inbox import ReceivedEvent
from models.outbox import OutboxMessage, Priority
from models.people import Person, person_by_code
from models.simulator import SimulatedMessage, audited_at, caused_by, latest_acts, sent_by_the_clock

MOST_SHOWN = 12
PREVIEW_LENGTH = 90
ROUTE_OF_FORMS = "f"

Row = TypeVar("Row")
Key = TypeVar("Key", bound=Hashable)


def latest(session: Session, routes: Routes, most: int) -> list[dict[str, Any]]:
    """The last acts of people and of the clock, newest first."""
    acts = latest_acts(session, most)
    by_cause = _grouped(caused_by(session, [_cause_of(event) for _bubble, event in acts]), lambda row: row.cause)
    ticks = _grouped(sent_by_the_clock(session, most * MOST_SHOWN), lambda row: (row.cause, row.created_at))
    moments = {row.created_at for rows in [*by_cause.values(), *ticks.values()] for row in rows}
    telling = _Telling(session, routes, _grouped(audited_at(session, moments), lambda entry: entry.at))
    found = [telling.act(bubble, event, by_cause.get(_cause_of(event), [])) for bubble, event in acts]
    found += [telling.tick(rows[::-1]) for rows in ticks.values()]
    return [item for _moment, item in sorted(found, key=lambda pair: pair[0], reverse=True)[:most]]


def _cause_of(event: ReceivedEvent | None) -> str:
    """As messages name it; empty for an act that did not reach the inbox."""
    return f"event:{event.id}" if event else ""


def _grouped(rows: Iterable[Row], key: Callable[[Row], Key]) -> dict[Key, list[Row]]:
    groups: dict[Key, list[Row]] = defaultdict(list)
    for row in rows:
        groups[key(row)].append(row)
    return dict(groups)


@dataclass(frozen=True, slots=True)
class _Telling:
    """Turns rows into what the page shows; `audited` are the audit entries by their moment."""

    session: Session
    routes: Routes
    audited: dict[datetime, list[AuditEntry]]

    def act(
        self, bubble: SimulatedMessage, event: ReceivedEvent | None, messages: list[OutboxMessage]
    ) -> tuple[datetime, dict[str, Any]]:
        person = person_by_code(self.session, bubble.address)
        shown = bubble.payload
        item = {
            "key": f"act:{bubble.id}",
            "time": clock_time(bubble.shown_at),
            "who": person.full_name if person else CITIZENS.get(bubble.address, bubble.address),
            "kind": shown["kind"],
            "text": shown["label"] or shown["text"] or ", ".join(file["name"] for file in shown["files"]),
            "event": {"id": event.id, "state": event.state, "incident": event.incident} if event else None,
            "route": self._route(shown),
            "token": shown["token"],
        }
        return bubble.shown_at, item | self._effects(messages, person.id if person else None)

    def tick(self, messages: list[OutboxMessage]) -> tuple[datetime, dict[str, Any]]:
        first = messages[0]
        item = {
            "key": f"tick:{first.id}",
            "time": clock_time(first.created_at),
            "who": "",
            "kind": "clock",
            "text": first.cause,
            "event": None,
            "route": None,
            "token": "",
        }
        return first.created_at, item | self._effects(messages, None)

    def _route(self, shown: dict[str, Any]) -> dict[str, str]:
        """The name that dispatch looks up, and the function behind it."""
        name = shown["token"].partition(":")[0]
        if shown["kind"] == "text" and shown["text"].startswith("/"):
            name = shown["text"].split(maxsplit=1)[0].lower()
        elif name in ("", ROUTE_OF_FORMS):
            name = f"form {shown['form']}" if shown["form"] else ""
        route = self.routes.find(name)
        handler = route.handler if route else self.routes.fallback
        return {"name": name, "handler": f"{handler.__module__}.{handler.__qualname__}" if handler else ""}

    def _effects(self, messages: list[OutboxMessage], actor_id: int | None) -> dict[str, Any]:
        moments = dict.fromkeys(row.created_at for row in messages)
        found = [entry for moment in moments for entry in self.audited.get(moment, [])]
        entries = [entry for entry in found if entry.actor_id == actor_id]
        return {
            "audit": [
                {"number": entry.number, "action": entry.action, "subject": entry.subject}
                for entry in entries[:MOST_SHOWN]
            ],
            "more_audit": max(0, len(entries) - MOST_SHOWN),
            "messages": [self._message(row) for row in messages[:MOST_SHOWN]],
            "more_messages": max(0, len(messages) - MOST_SHOWN),
        }

    def _message(self, row: OutboxMessage) -> dict[str, Any]:
        person = self.session.get(Person, row.person_id) if row.person_id else None
        text = plain_text.plain(row.payload["text"]).partition("\n")[0]
        return {
            "to": person.full_name if person else CITIZENS.get(row.address, row.address),
            "channel": row.channel,
            "kind": Priority(row.priority).name.lower(),
            "state": row.state,
            "failure": row.failure,
            "text": text[:PREVIEW_LENGTH],
        }
