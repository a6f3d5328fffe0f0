"""Run a channel in one process at a time: whoever holds its lease receives and delivers."""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from typing import Any

from bot import leases
from bot.channel import Channel, Store
from bot.clock import Clock
from models.database import Database

log = logging.getLogger(__name__)

RENEW_EVERY_SECONDS = leases.TTL.total_seconds() / 3


class Leader:
    """Takes the lease of a channel, works while it is held, and lets go at the end."""

    def __init__(
        self,
        channel: Channel,
        deliver: Callable[[], Coroutine[Any, Any, None]],
        database: Database,
        clock: Clock,
        holder: str,
    ) -> None:
        self.channel = channel
        self._deliver = deliver
        self._database = database
        self._clock = clock
        self._holder = holder

    async def run(self, store: Store) -> None:
        """Lead whenever the lease can be had, until cancelled."""
        while True:
            if await self._take():
                try:
                    await self._lead(store)
                except Exception:
                    log.exception("%s stopped and is started again", self.channel.name)
            await asyncio.sleep(RENEW_EVERY_SECONDS / 5)

    async def _lead(self, store: Store) -> None:
        async with asyncio.TaskGroup() as group:
            work = [group.create_task(self.channel.receive(store)), group.create_task(self._deliver())]
            await self._hold()
            log.warning("%s is led by another process now", self.channel.name)
            for task in work:
                task.cancel()

    async def _hold(self) -> None:
        """Renew the lease until it is lost. While the database is away nobody else can take it either."""
        while True:
            if await self._take() is False:
                return
            await asyncio.sleep(RENEW_EVERY_SECONDS)

    async def _take(self) -> bool | None:
        """Whether the lease is ours; None while the database does not say."""
        try:
            return await self._database.run(self._transact)
        except Exception as error:
            log.warning("the lease of %s could not be renewed: %s", self.channel.name, type(error).__name__)
            return None

    def _transact(self) -> bool:
        with self._database.session() as session, session.begin():
            return leases.take(session, f"channel {self.channel.name}", self._holder, self._clock.now())
