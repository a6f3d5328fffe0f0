"""A Telegram of our own, a channel on it, and an inbox that remembers."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime

import pytest

from bot.adapters.telegram import TelegramChannel
from bot.clock import SetClock
from bot.events import Event
from tests.bot.adapters.inbox import Inbox
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
