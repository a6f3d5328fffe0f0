"""Where the tests of the adapters keep what was received."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.channel import RawEvent


@dataclass
class Inbox:
    """A store that keeps the events, unless it is broken."""

    events: list[RawEvent] = field(default_factory=list)
    failures: int = 0
    arrived: asyncio.Event = field(default_factory=asyncio.Event)

    async def __call__(self, events: Sequence[RawEvent]) -> None:
        if self.failures:
            self.failures -= 1
            raise RuntimeError("disk full, and this is what somebody wrote: mật khẩu của tôi")
        self.events += events
        self.arrived.set()

    async def wait_for(self, count: int) -> list[RawEvent]:
        async with asyncio.timeout(5):
            while len(self.events) < count:
                await self.arrived.wait()
                self.arrived.clear()
        return self.events

    @property
    def ids(self) -> list[str]:
        return [event.event_id for event in self.events]
