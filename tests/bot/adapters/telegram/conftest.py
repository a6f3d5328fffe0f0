"""A Telegram of our own, a channel on it, and an inbox that remembers."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest

from bot.adapters.telegram import TelegramChannel
from bot.channel import RawEvent
from bot.clock import SetClock
from bot.events import Event
from tests.standins.telegram import TelegramStandIn

NOW = datetime(2030, 3, 4, 2, 0, tzinfo=UTC)


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
async def telegram() -> AsyncIterator[TelegramStandIn]:
    async with TelegramStandIn() as standin:
        yield standin


class Pauses(list[float]):
    """How long the channel would have waited; the tests do not."""

    async def __call__(self, seconds: float) -> None:
        self.append(seconds)
        await asyncio.sleep(0.005)


@pytest.fixture
def pauses() -> Pauses:
    return Pauses()


def channel_on(url: str, token: str, pauses: Pauses, **options: str) -> TelegramChannel:
    return TelegramChannel(token, url, SetClock(NOW), sleep=pauses, **options)


@pytest.fixture
async def channel(telegram: TelegramStandIn, pauses: Pauses) -> AsyncIterator[TelegramChannel]:
    channel = channel_on(telegram.url, telegram.token, pauses)
    await channel.start()
    yield channel
    await channel.stop()


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


@pytest.fixture
def inbox() -> Inbox:
    return Inbox()


@asynccontextmanager
async def receiving(channel: TelegramChannel, inbox: Inbox) -> AsyncIterator[None]:
    task = asyncio.create_task(channel.receive(inbox))
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def first_event(channel: TelegramChannel, inbox: Inbox) -> Event | None:
    async with receiving(channel, inbox):
        events = await inbox.wait_for(1)
    return channel.parse(events[0])
