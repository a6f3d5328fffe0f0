"""A process listens before it has loaded what handles the news, and stops in order."""

import asyncio
from collections.abc import Callable
from contextlib import suppress

import pytest
from markupsafe import Markup
from sqlmodel import Session, select

from bot.app import Application, Parts
from bot.channel import RawEvent, Store
from bot.clock import SetClock
from bot.context import Context, Reply
from bot.events import Event, TextReceived
from bot.files import FileStore
from bot.listening import Listening, beside
from bot.messages import Message
from bot.routes import Routes
from models.database import Database
from models.inbox import ReceivedEvent
from models.runs import Lease
from tests.outbox.wire import Wire

pytestmark = pytest.mark.anyio


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


class Talking(Wire):
    """Somebody writes as soon as this platform is asked for news; it notes whether it was stopped."""

    def __init__(self, clock: SetClock) -> None:
        super().__init__()
        self.clock = clock
        self.stored = asyncio.Event()
        self.is_stopped = False

    async def receive(self, store: Store) -> None:
        await store([RawEvent(self.name, "1", "a", {"text": "hello"})])
        self.stored.set()
        await super().receive(store)

    def parse(self, raw: RawEvent) -> Event | None:
        return TextReceived(
            channel=raw.channel,
            event_id=raw.event_id,
            address=raw.address,
            sent_at=self.clock.now(),
            text=(raw.payload or {})["text"],
        )

    async def stop(self) -> None:
        self.is_stopped = True


def echo(context: Context) -> Reply:
    return Message(Markup.escape(context.typed))


async def until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not holds():
            await asyncio.sleep(0.01)


def rows(database: Database, table: type[ReceivedEvent] | type[Lease]) -> int:
    return database.transact(lambda session: len(session.exec(select(table)).all()))


async def test_what_comes_early_waits_and_is_answered_later(
    database: Database, clock: SetClock, files: FileStore
) -> None:
    wire = Talking(clock)
    listening = Listening(database, clock, {wire.name: wire})
    async with listening.open():
        async with asyncio.timeout(10):
            await wire.stored.wait()
        assert rows(database, ReceivedEvent) == 1 and not wire.sent
        routes = Routes(fallback=echo, not_linked=echo, file_fallback=echo)
        application = Application(Parts(database, clock, files, routes, listening.channels, schedule=nothing))
        listening.hand_to(application.couriers, application.dispatcher.wake)
        async with beside(application.dispatcher.run()):
            await until(lambda: wire.texts == ["hello"])
    assert wire.is_stopped


async def test_who_stops_while_loading_lets_go(database: Database, clock: SetClock) -> None:
    wire = Talking(clock)
    with suppress(ImportError):
        async with Listening(database, clock, {wire.name: wire}).open():
            await wire.stored.wait()
            raise ImportError
    assert wire.is_stopped

    def leases(session: Session) -> bool:
        return all(lease.until < clock.now() for lease in session.exec(select(Lease)))

    assert database.transact(leases) and rows(database, Lease) == 1


async def nothing(_application: Application) -> None:
    """No jobs."""
