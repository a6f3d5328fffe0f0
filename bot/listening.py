"""What runs first: the platforms are asked for news, and it is kept. What handles it is loaded meanwhile."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from bot import leases
from bot.channel import Channel
from bot.clock import Clock
from bot.leading import Leader
from bot.receiver import Receiver
from models.database import Database

if TYPE_CHECKING:
    from bot.outbox.courier import Courier

log = logging.getLogger(__name__)


class Listening:
    """All channels of a process. What comes before somebody handles it waits in the inbox."""

    def __init__(self, database: Database, clock: Clock, channels: Mapping[str, Channel]) -> None:
        self.channels = channels
        self.receiver = Receiver(database, clock, channels, self._received)
        self._database = database
        self._clock = clock
        self._holder = leases.new_holder()
        self._couriers: Mapping[str, Courier] = {}
        self._wake: Callable[[], None] = lambda: None
        self._is_handled = asyncio.Event()

    def hand_to(self, couriers: Mapping[str, "Courier"], wake: Callable[[], None]) -> None:
        """From now on somebody handles what is received, and there is something to deliver."""
        self._couriers, self._wake = couriers, wake
        self._is_handled.set()

    def _received(self) -> None:
        self._wake()

    async def _deliver(self, channel: str) -> None:
        await self._is_handled.wait()
        await self._couriers[channel].run()

    @asynccontextmanager
    async def open(self) -> AsyncIterator[None]:
        """Receive for the length of an `async with`, and deliver as soon as that is possible."""
        for channel in self.channels.values():
            await channel.start()
        try:
            async with beside(*(self._leader(channel).run(self.receiver.store) for channel in self.channels.values())):
                yield
        finally:
            for channel in self.channels.values():
                await channel.stop()
            await self._database.run(self._let_go)

    def _leader(self, channel: Channel) -> Leader:
        return Leader(channel, lambda: self._deliver(channel.name), self._database, self._clock, self._holder)

    def _let_go(self) -> None:
        with self._database.session() as session, session.begin():
            leases.release(session, self._holder, self._clock.now())


@asynccontextmanager
async def beside(*work: Coroutine[Any, Any, None]) -> AsyncIterator[None]:
    """Let this work go on for the length of an `async with`."""
    tasks = [asyncio.create_task(each) for each in work]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        for result in await asyncio.gather(*tasks, return_exceptions=True):
            if isinstance(result, Exception):
                log.error("while stopping", exc_info=result)
