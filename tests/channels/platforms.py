"""Each channel with its platform: one person, Anna, who types, sends pictures and sees what we send."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from datetime import timedelta
from pathlib import Path
from typing import Any, Protocol

from aiohttp import web
from aiohttp.test_utils import TestServer
from sqlmodel import Session, col, select

from bot import plain_text
from bot.adapters.simulator.channel import SimulatorChannel
from bot.adapters.simulator.phones import Act, Phone, Phones
from bot.channel import Channel, Store
from bot.clock import SetClock
from bot.files import FileStore
from models.database import Database
from models.simulator import SimulatedMessage
from tests.bot.adapters.telegram.conftest import channel_on as telegram_on
from tests.bot.adapters.zalo.conftest import NOW, SECRET, Pauses
from tests.bot.adapters.zalo.conftest import channel_on as zalo_on
from tests.standins.telegram import TelegramStandIn
from tests.standins.zalo import BOT_ID, ZaloStandIn

# How a platform fails, in the words of each stand-in.
FAILURES: dict[str, int | str] = {
    "lost": "lose",
    "cut": "drop",
    "garbled": "garble",
    "quota": 429,
    "token": 401,
    "down": 500,
    "refused": 400,
}


class Platform(Protocol):
    """What the contract is tested with."""

    channel: Channel
    address: str

    def receiving(self, store: Store) -> AbstractAsyncContextManager[None]:
        """Events go to the store for the length of an `async with`."""

    async def says(self, text: str) -> None: ...

    async def sends_picture(self, content: bytes) -> None: ...

    def seen(self) -> list[str]:
        """What Anna sees of us, as plain text, oldest first."""


class Wired(Platform, Protocol):
    """A platform at the other end of a wire, on which things go wrong."""

    secret: str

    def fail(self, how: str, times: int = 1, skip: int = 0) -> None:
        """The next sends of a text, after `skip` that go well, fail like this."""

    def close_chat(self) -> None: ...

    async def go_away(self) -> None: ...

    async def come_back(self) -> None: ...

    def wait(self, seconds: float) -> None:
        """Let time pass for the channel."""


@asynccontextmanager
async def _received(channel: Channel, store: Store) -> AsyncIterator[None]:
    task = asyncio.create_task(channel.receive(store))
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


class OnTelegram:
    address = "501"

    def __init__(self, standin: TelegramStandIn) -> None:
        self.standin = standin
        self.secret = standin.token.partition(":")[2]
        self.channel: Channel = telegram_on(standin.url, standin.token, Pauses())  # type: ignore[arg-type]

    @classmethod
    @asynccontextmanager
    async def at_work(cls, _folder: Path, _database: Database) -> AsyncIterator["OnTelegram"]:
        async with TelegramStandIn() as standin:
            platform = cls(standin)
            await platform.channel.start()
            yield platform
            await platform.channel.stop()

    def receiving(self, store: Store) -> AbstractAsyncContextManager[None]:
        return _received(self.channel, store)

    async def says(self, text: str) -> None:
        self.standin.people.says(501, text)

    async def sends_picture(self, content: bytes) -> None:
        self.standin.people.photographs(501, content)

    def seen(self) -> list[str]:
        return self.standin.sent_texts(501)

    def fail(self, how: str, times: int = 1, skip: int = 0) -> None:
        self.standin.fail("sendMessage", FAILURES[how], times, skip=skip)

    def close_chat(self) -> None:
        self.standin.people.blocks(501)

    async def go_away(self) -> None:
        await self.standin.stop()

    async def come_back(self) -> None:
        await self.standin.start(int(self.standin.url.rpartition(":")[2]))

    def wait(self, seconds: float) -> None:
        """This channel leaves waiting to the courier."""


class OnZalo:
    address = f"{BOT_ID}:anna"

    def __init__(self, standin: ZaloStandIn, webhook_url: str = "") -> None:
        self.standin = standin
        self.secret = next(iter(standin.bots)).partition(":")[2]
        self._clock = SetClock(NOW)
        self.zalo = zalo_on(standin.url, Pauses(), clock=self._clock, webhook_url=webhook_url, webhook_secret=SECRET)
        self.channel: Channel = self.zalo

    @classmethod
    @asynccontextmanager
    async def at_work(cls, _folder: Path, _database: Database) -> AsyncIterator["OnZalo"]:
        async with ZaloStandIn() as standin:
            platform = cls(standin)
            await platform.channel.start()
            yield platform
            await platform.channel.stop()

    def receiving(self, store: Store) -> AbstractAsyncContextManager[None]:
        return _received(self.channel, store)

    async def says(self, text: str) -> None:
        self.standin.bot.says("anna", text)

    async def sends_picture(self, content: bytes) -> None:
        self.standin.photographs("anna", content)

    def seen(self) -> list[str]:
        return self.standin.bot.texts("anna")

    def fail(self, how: str, times: int = 1, skip: int = 0) -> None:
        self.standin.fail("sendMessage", FAILURES[how], times, skip=skip)

    def close_chat(self) -> None:
        self.standin.bot.closed_chats.add("anna")

    async def go_away(self) -> None:
        await self.standin.stop()

    async def come_back(self) -> None:
        await self.standin.start(int(self.standin.url.rpartition(":")[2]))

    def wait(self, seconds: float) -> None:
        self._clock.move_to(self._clock.now() + timedelta(seconds=seconds))


class OnZaloPushed(OnZalo):
    """Zalo over the webhook, which is served here as the web application serves it."""

    _store: Store | None = None

    @classmethod
    @asynccontextmanager
    async def at_work(cls, _folder: Path, _database: Database) -> AsyncIterator["OnZaloPushed"]:
        platform: OnZaloPushed

        async def take(request: web.Request) -> web.Response:
            assert platform._store is not None
            secret, body = request.headers.get("X-Bot-Api-Secret-Token"), await request.read()
            return web.Response(status=await platform.zalo.accept(secret, body, platform._store))

        app = web.Application()
        app.router.add_post("/zalo", take)
        async with ZaloStandIn() as standin, TestServer(app) as server:
            platform = cls(standin, str(server.make_url("/")))
            await platform.channel.start()
            yield platform
            await platform.channel.stop()

    @asynccontextmanager
    async def receiving(self, store: Store) -> AsyncIterator[None]:
        self._store = store
        async with _received(self.channel, store):
            await self.standin.wait_for_calls("setWebhook")
            yield


class OnSimulator:
    address = "dan-1"
    kind = "simulator"

    def __init__(self, database: Database, files: FileStore) -> None:
        self._database = database
        self._files = files
        self._clock = SetClock(NOW)
        self.channel: Channel = SimulatorChannel(self.kind, database, self._clock, files)
        self._phones: Phones | None = None

    @classmethod
    @asynccontextmanager
    async def at_work(cls, folder: Path, database: Database) -> AsyncIterator["OnSimulator"]:
        platform = cls(database, FileStore(folder))
        await platform.channel.start()
        yield platform
        await platform.channel.stop()

    @asynccontextmanager
    async def receiving(self, store: Store) -> AsyncIterator[None]:
        self._phones = Phones(self._database, self._clock, self._files, store)
        async with _received(self.channel, store):
            yield

    async def says(self, text: str) -> None:
        assert self._phones is not None
        await self._phones.act(Phone(self.kind, self.address), Act("text", text))

    async def sends_picture(self, content: bytes) -> None:
        assert self._phones is not None
        await self._phones.attach(Phone(self.kind, self.address), "a.jpg", content, "image/jpeg", "")

    def seen(self) -> list[str]:
        def ours(session: Session) -> list[str]:
            bubbles = select(SimulatedMessage).where(SimulatedMessage.is_ours).order_by(col(SimulatedMessage.id))
            return [bubble.payload["text"] for bubble in session.exec(bubbles)]

        return [self._shown(text) for text in self._database.transact(ours)]

    @staticmethod
    def _shown(text: str) -> str:
        return plain_text.plain(text)


class OnTextPhone(OnSimulator):
    kind = "simulator_text"

    @staticmethod
    def _shown(text: str) -> str:
        return text


PLATFORMS: dict[str, Any] = {
    "telegram": OnTelegram,
    "zalo": OnZalo,
    "zalo_pushed": OnZaloPushed,
    "simulator": OnSimulator,
    "simulator_text": OnTextPhone,
}
WIRED = ["telegram", "zalo", "zalo_pushed"]
