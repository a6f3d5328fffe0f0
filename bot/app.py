"""Build the application from its parts, set it to work and stop it in order."""

import asyncio
import logging
from collections.abc import Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session

from bot import conversation, leases
from bot.channel import Channel, WebhookRoute
from bot.clock import Clock
from bot.dispatch import CitizensBot, Dispatcher
from bot.files import FileStore
from bot.i18n import _
from bot.leading import Leader
from bot.links import Addresses
from bot.messages import Message, html, lines
from bot.outbox.budget import Budget
from bot.outbox.courier import Courier
from bot.outbox.limits import Pacer
from bot.receiver import Receiver
from bot.routes import Routes
from bot.work import Work
from models.database import Database
from models.outbox import OutboxMessage

log = logging.getLogger(__name__)

# A tick a second is usual; after this long without one, something is wrong.
SCHEDULER_PATIENCE = timedelta(seconds=60)


@dataclass(slots=True)
class Heartbeat:
    """When the scheduler ticked last, by the running clock of this process."""

    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Parts:
    """What an application is made of. `rates` says how many notices a second a channel takes, where not `rate`.

    `budgets` says how much a channel may be sent in a month; `addresses` where documents are had by link.
    """

    database: Database
    clock: Clock
    files: FileStore
    routes: Routes
    channels: Mapping[str, Channel]
    schedule: Callable[["Application"], Coroutine[Any, Any, None]]
    rate: float = 30.0
    rates: Mapping[str, float] = field(default_factory=dict)
    budgets: Mapping[str, Budget] = field(default_factory=dict)
    addresses: Addresses = field(default_factory=Addresses)
    citizens_bot: CitizensBot = lambda channel, address: ""
    admin_codes: frozenset[str] = frozenset()
    webhooks: Sequence[WebhookRoute] = ()


class Application:
    """One process of the bot."""

    def __init__(self, parts: Parts) -> None:
        self.parts = parts
        self.heartbeat = Heartbeat()
        self.holder = leases.new_holder()
        self.dispatcher = Dispatcher(
            parts.database,
            parts.clock,
            parts.files,
            parts.routes,
            parts.channels,
            delivered=self.wake_couriers,
            admin_codes=parts.admin_codes,
            citizens_bot=parts.citizens_bot,
        )
        self.receiver = Receiver(parts.database, parts.clock, parts.channels, self.dispatcher.wake)
        self.leaders = [self._leader(channel) for channel in parts.channels.values()]

    def _leader(self, channel: Channel) -> Leader:
        parts = self.parts
        courier = Courier(
            channel,
            parts.database,
            parts.clock,
            parts.files,
            Pacer(parts.rates.get(channel.name, parts.rate)),
            mark_repeat=_mark_repeat,
            when_unreachable=self._when_unreachable,
            budget=parts.budgets.get(channel.name),
            addresses=parts.addresses,
        )
        return Leader(channel, courier, parts.database, parts.clock, self.holder)

    def work(self, session: Session, cause: str) -> Work:
        """A unit of work for the clock: nobody acts."""
        parts = self.parts
        return Work(
            session, parts.clock.now(), parts.files, cause=cause, admin_codes=parts.admin_codes, budgets=parts.budgets
        )

    def _when_unreachable(self, session: Session, row: OutboxMessage) -> None:
        conversation.mark_unreachable(self.work(session, f"message:{row.id}"), row)

    def wake_couriers(self) -> None:
        for leader in self.leaders:
            leader.courier.wake()

    def working(self) -> "_Working":
        """Channels, dispatcher, couriers and scheduler at work, for the length of an `async with`."""
        return _Working(self)

    def scheduler_is_late(self) -> bool:
        at = self.heartbeat.at
        return at is None or abs(self.parts.clock.now() - at) > SCHEDULER_PATIENCE


@dataclass(slots=True)
class _Working:
    application: Application
    _tasks: list[asyncio.Task[Any]] = field(default_factory=list)

    async def __aenter__(self) -> None:
        app = self.application
        for channel in app.parts.channels.values():
            await channel.start()
        # In this order: the platforms are asked for news first.
        self._tasks = [
            *(asyncio.create_task(leader.run(app.receiver.store), name="leader") for leader in app.leaders),
            asyncio.create_task(app.dispatcher.run(), name="dispatcher"),
            asyncio.create_task(app.parts.schedule(app), name="scheduler"),
        ]

    async def __aexit__(self, *_error: object) -> None:
        app = self.application
        for task in self._tasks:
            task.cancel()
        for result in await asyncio.gather(*self._tasks, return_exceptions=True):
            if isinstance(result, Exception):
                log.error("while stopping", exc_info=result)
        for channel in app.parts.channels.values():
            await channel.stop()
        await app.parts.database.run(_let_go, app)


def _let_go(app: Application) -> None:
    with app.parts.database.session() as session, session.begin():
        leases.release(session, app.holder, app.parts.clock.now())


def _mark_repeat(message: Message) -> Message:
    mark = html("<i>{note}</i>", note=_("Sent again: it is not certain that the first copy arrived."))
    return replace(message, text=lines(mark, message.text))
