"""What handles and delivers in one process, built from its parts."""

from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, TypeAlias

from sqlmodel import Session

from bot import conversation
from bot.channel import Channel
from bot.clock import Clock
from bot.dispatch import CitizensBot, Dispatcher
from bot.files import FileStore
from bot.i18n import _
from bot.links import Addresses
from bot.messages import Message, html, lines
from bot.outbox.budget import Budget
from bot.outbox.courier import Courier
from bot.outbox.limits import Pacer
from bot.routes import Routes
from bot.work import Work
from models.database import Database
from models.outbox import OutboxMessage

Schedule: TypeAlias = Callable[["Application"], Coroutine[Any, Any, None]]

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
    schedule: Schedule
    rate: float = 30.0
    rates: Mapping[str, float] = field(default_factory=dict)
    budgets: Mapping[str, Budget] = field(default_factory=dict)
    addresses: Addresses = field(default_factory=Addresses)
    citizens_bot: CitizensBot = lambda channel, address: ""
    admin_codes: frozenset[str] = frozenset()


class Application:
    """One process of the bot."""

    def __init__(self, parts: Parts) -> None:
        self.parts = parts
        self.heartbeat = Heartbeat()
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
        self.couriers = {name: self._courier(channel) for name, channel in parts.channels.items()}

    def _courier(self, channel: Channel) -> Courier:
        parts = self.parts
        return Courier(
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

    def work(self, session: Session, cause: str) -> Work:
        """A unit of work for the clock: nobody acts."""
        parts = self.parts
        return Work(
            session, parts.clock.now(), parts.files, cause=cause, admin_codes=parts.admin_codes, budgets=parts.budgets
        )

    def _when_unreachable(self, session: Session, row: OutboxMessage) -> None:
        conversation.mark_unreachable(self.work(session, f"message:{row.id}"), row)

    def wake_couriers(self) -> None:
        for courier in self.couriers.values():
            courier.wake()

    def scheduler_is_late(self) -> bool:
        at = self.heartbeat.at
        return at is None or abs(self.parts.clock.now() - at) > SCHEDULER_PATIENCE


def _mark_repeat(message: Message) -> Message:
    mark = html("<i>{note}</i>", note=_("Sent again: it is not certain that the first copy arrived."))
    return replace(message, text=lines(mark, message.text))
