"""A Zalo of our own, a channel on it, and an inbox that remembers."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime
from typing import Any

import pytest
from pydantic import SecretStr

from bot.adapters.zalo import ZaloChannel, ZaloLimits
from bot.channel import Store
from bot.clock import SetClock
from bot.events import Event
from tests.bot.adapters.inbox import Inbox
from tests.standins.zalo import TOKEN, ZaloStandIn

NOW = datetime(2030, 3, 4, 2, 0, tzinfo=UTC)
SECRET = "s3cret-of-the-webhook"
# Pace is tested where it is the matter; elsewhere it would only be noise among the pauses.
UNHURRIED = ZaloLimits(per_second=1e9, chat_gap=0.0)


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
async def zalo() -> AsyncIterator[ZaloStandIn]:
    async with ZaloStandIn() as standin:
        yield standin


class Pauses(list[float]):
    """How long the channel would have waited; the tests do not."""

    async def __call__(self, seconds: float) -> None:
        self.append(round(seconds, 1))
        await asyncio.sleep(0.005)


@pytest.fixture
def pauses() -> Pauses:
    return Pauses()


@pytest.fixture
def standing_clock() -> SetClock:
    return SetClock(NOW)


def channel_on(url: str, pauses: Pauses, tokens: Sequence[str] = (TOKEN,), **options: Any) -> ZaloChannel:
    given: dict[str, Any] = {"sleep": pauses, "limits": UNHURRIED, "clock": SetClock(NOW), "allow_local": True}
    given |= options
    return ZaloChannel([SecretStr(token) for token in tokens], url, given.pop("clock"), **given)


@pytest.fixture
async def channel(zalo: ZaloStandIn, pauses: Pauses, standing_clock: SetClock) -> AsyncIterator[ZaloChannel]:
    channel = channel_on(zalo.url, pauses, clock=standing_clock)
    await channel.start()
    yield channel
    await channel.stop()


@pytest.fixture
def inbox() -> Inbox:
    return Inbox()


@asynccontextmanager
async def receiving(channel: ZaloChannel, store: Store) -> AsyncIterator[None]:
    task = asyncio.create_task(channel.receive(store))
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def first_event(channel: ZaloChannel, inbox: Inbox) -> Event | None:
    async with receiving(channel, inbox):
        events = await inbox.wait_for(1)
    return channel.parse(events[0])
