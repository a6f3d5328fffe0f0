"""The ASGI application: webhooks, health, metrics, and the simulator's pages where they are on."""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from bot import inbox
from bot.channel import Store, WebhookRoute
from bot.outbox import queue
from models.database import Database
from models.inbox import EventState
from models.outbox import DeliveryState

log = logging.getLogger(__name__)

# Larger than any update of a platform; more is refused unread.
MAX_BODY = 1024 * 1024


class Line(Protocol):
    """What health asks of a channel."""

    def trouble(self) -> str: ...

    def works(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class Health:
    """A channel's trouble, or that of one bot of several, degrades; it breaks where nobody is served any more."""

    database: Database
    channels: Mapping[str, Line]
    scheduler_is_late: Callable[[], bool]


def web_application(
    health: Health, store: Store, webhooks: Sequence[WebhookRoute], extra: Sequence[BaseRoute] = ()
) -> Starlette:
    """Everything that is served over HTTP."""
    routes: list[BaseRoute] = [
        Route("/healthz", _health(health)),
        Route("/metrics", _metrics(health.database)),
        *(Route(hook.path, _accept(hook, store), methods=["POST"]) for hook in webhooks),
        *extra,
    ]
    return Starlette(routes=routes)


def _accept(hook: WebhookRoute, store: Store) -> Callable[[Request], object]:
    async def accept(request: Request) -> Response:
        body = bytearray()
        async for chunk in request.stream():
            body += chunk
            if len(body) > MAX_BODY:
                return PlainTextResponse("too large", 413)
        status = await hook.channel.accept(request.headers.get(hook.header), bytes(body), store)
        return PlainTextResponse("", status)

    return accept


def _health(health: Health) -> Callable[[Request], object]:
    async def answer(request: Request) -> Response:
        wrong: dict[str, str] = {}
        try:
            await health.database.run(_ask_database, health.database)
        except Exception as error:
            log.warning("health: the database does not answer: %s", type(error).__name__)
            wrong["database"] = "does not answer"
        if health.scheduler_is_late():
            wrong["scheduler"] = "has not ticked lately"
        degraded = {name: trouble for name, channel in health.channels.items() if (trouble := channel.trouble())}
        if health.channels and not any(channel.works() for channel in health.channels.values()):
            wrong["channels"] = "none works"
        return JSONResponse(
            {"ok": not wrong, "wrong": wrong, "degraded": degraded, "channels": sorted(health.channels)},
            503 if wrong else 200,
        )

    return answer


def _ask_database(database: Database) -> None:
    with database.session() as session, session.begin():
        inbox.count(session, EventState.PARKED)


def _metrics(database: Database) -> Callable[[Request], object]:
    async def answer(request: Request) -> Response:
        registry = CollectorRegistry()
        registry.register(await database.run(_Queues, database))
        return Response(generate_latest(registry), media_type="text/plain; version=0.0.4; charset=utf-8")

    return answer


class _Queues(Collector):
    """How long the queues are; counted anew at every look, so that all processes tell the same."""

    def __init__(self, database: Database) -> None:
        with database.session() as session, session.begin():
            self._events = {state: inbox.count(session, state) for state in (EventState.NEW, EventState.PARKED)}
            self._messages = queue.count_by_state(session)

    def collect(self) -> list[Metric]:
        events = GaugeMetricFamily("thuky_inbox_events", "Events by state", labels=["state"])
        for state, number in self._events.items():
            events.add_metric([state.value], number)
        messages = GaugeMetricFamily("thuky_outbox_messages", "Messages by state", labels=["state"])
        for delivery in DeliveryState:
            messages.add_metric([delivery.value], self._messages.get(delivery.value, 0))
        return [events, messages]
