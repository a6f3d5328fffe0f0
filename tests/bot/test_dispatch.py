"""Dispatch: no event is lost, none blocks the others, what fails is tried again, parked and apologised for."""

import asyncio
from collections.abc import Collection
from datetime import date, datetime
from typing import Any

import pytest
from markupsafe import Markup
from sqlalchemy.exc import OperationalError
from sqlmodel import Session, col, select

from bot.channel import RawEvent, Rejected
from bot.clock import SetClock
from bot.context import Context, Reply
from bot.dispatch import Dispatcher
from bot.events import ButtonPressed, Event, FileReceived, IncomingFile, TextReceived
from bot.files import FileStore
from bot.inbox import store
from bot.messages import Message
from bot.routes import Routes, command, press
from models.database import Database
from models.inbox import EventState, ReceivedEvent
from models.outbox import OutboxMessage
from models.people import ChannelAccount
from rules.errors import InvalidInputError
from tests.outbox.wire import Wire

pytestmark = pytest.mark.anyio


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


class Readable(Wire):
    """Texts and files; a broken event cannot be parsed, a file comes when `file_may_come`."""

    def __init__(self, now: datetime) -> None:
        super().__init__()
        self.now = now
        self.file_may_come = asyncio.Event()
        self.file: bytes | Exception = b"content"

    def parse(self, raw: RawEvent) -> Event | None:
        payload: Any = raw.payload
        common: dict[str, Any] = {"channel": raw.channel, "event_id": raw.event_id, "address": raw.address}
        common |= {"sent_at": self.now, "sender_name": payload.get("name", "")}
        if "press" in payload:
            return ButtonPressed(**common, token=payload["press"], message_id="1")
        if "file" in payload:
            return FileReceived(**common, file=IncomingFile("f1", payload["file"], "", 7))
        return TextReceived(**common, text=payload["text"])

    async def download(self, reference: str) -> bytes:
        await self.file_may_come.wait()
        if isinstance(self.file, Exception):
            raise self.file
        return self.file


class House:
    """A dispatcher with a few handlers of its own."""

    def __init__(self, database: Database, clock: SetClock, files: FileStore) -> None:
        self.database, self.clock, self.wire = database, clock, Readable(clock.now())
        self.failures: list[Exception] = []
        routes = Routes(fallback=self._echo, not_linked=self._echo, file_fallback=self._echo)
        routes.add([command("fail", self._fail, public=True), command("refuse", self._refuse, public=True)])
        routes.add([press("thing", self._pressed, public=True, ahead=self._ahead)])
        routes.add([press("blind", self._pressed, public=True, ahead=self._ahead_fails)])
        self.read_ahead: list[set[int]] = []
        self.dispatcher = Dispatcher(database, clock, files, routes, {"wire": self.wire}, delivered=lambda: None)

    def _echo(self, context: Context) -> Reply:
        return Message(Markup.escape(context.typed or "a file"))

    def _pressed(self, context: Context) -> Reply:
        return Message(Markup(f"pressed {context.token.subject}"))

    def _ahead(self, session: Session, subjects: Collection[int], day: date) -> None:
        self.read_ahead.append(set(subjects))

    def _ahead_fails(self, session: Session, subjects: Collection[int], day: date) -> None:
        raise self.failures.pop(0)

    def _fail(self, context: Context) -> Reply:
        """Half done, then wrong."""
        context.account.name = "half done"
        context.work.session.flush()
        if self.failures:
            raise self.failures.pop(0)
        return Message(Markup("done"))

    def _refuse(self, context: Context) -> Reply:
        context.account.name = "half done"
        context.work.session.flush()
        raise InvalidInputError("Please type the reason or send a file.")

    def receives(self, *events: tuple[str, dict[str, Any]]) -> None:
        def write(session: Session) -> None:
            known = len(session.exec(select(ReceivedEvent)).all())
            raw = [RawEvent("wire", str(known + n), address, payload) for n, (address, payload) in enumerate(events)]
            store(session, raw, self.clock.now())

        self.database.transact(write)

    async def handle(self) -> None:
        while await self.dispatcher.round():
            pass

    async def handle_with_patience(self) -> None:
        """Until every retry has come due."""
        for _ in range(4):
            await self.handle()
            self.clock.move_to(self.clock.now().replace(minute=self.clock.now().minute + 1))

    def said(self, address: str = "a") -> list[str]:
        rows = select(OutboxMessage).where(OutboxMessage.address == address).order_by(col(OutboxMessage.id))
        return self.database.transact(lambda session: [row.payload["text"] for row in session.exec(rows)])

    def states(self) -> list[EventState]:
        rows = select(ReceivedEvent).order_by(col(ReceivedEvent.id))
        return self.database.transact(lambda session: [row.state for row in session.exec(rows)])


@pytest.fixture
def house(database: Database, clock: SetClock, files: FileStore) -> House:
    return House(database, clock, files)


def texts(address: str, *said: str) -> list[tuple[str, dict[str, Any]]]:
    return [(address, {"text": text}) for text in said]


async def test_each_event_is_answered_once_and_in_order(house: House) -> None:
    house.receives(*texts("a", "one", "two"), *texts("b", "three"), *texts("a", "four"))
    await house.handle()
    assert house.said("a") == ["one", "two", "four"]
    assert house.said("b") == ["three"]
    assert house.states() == [EventState.DONE] * 4


async def test_a_refusal_leaves_nothing_half_done_and_costs_the_others_nothing(house: House) -> None:
    house.receives(*texts("a", "/refuse"), *texts("b", "hello"))
    await house.handle()
    assert len(house.said("a")) == 1
    assert house.said("b") == ["hello"]
    assert house.states() == [EventState.DONE, EventState.DONE]
    names = house.database.transact(lambda session: [account.name for account in session.exec(select(ChannelAccount))])
    assert "half done" not in names


async def test_a_lost_race_is_simply_run_again(house: House) -> None:
    house.failures = [OperationalError("", {}, Exception("deadlock detected"))] * 2
    house.receives(*texts("a", "/fail"))
    await house.handle()
    assert house.said() == ["done"]


async def test_what_fails_three_times_is_parked_with_an_apology_and_the_next_goes_on(house: House) -> None:
    house.failures = [ZeroDivisionError("our own mistake") for _ in range(20)]
    house.receives(*texts("a", "/fail", "after it"), *texts("b", "meanwhile"))
    await house.handle()
    assert house.said("b") == ["meanwhile"]
    assert house.said("a") == []
    await house.handle_with_patience()
    apology, answer = house.said("a")
    assert answer == "after it"
    first = select(ReceivedEvent).order_by(col(ReceivedEvent.id))
    row = house.database.transact(lambda session: session.exec(first).first())
    assert row is not None
    assert row.state is EventState.PARKED
    assert row.incident in apology


async def test_what_cannot_be_read_is_parked_and_blocks_nobody(house: House) -> None:
    house.receives(("a", {"nonsense": 1}), *texts("a", "after it"), *texts("b", "meanwhile"))
    await house.handle_with_patience()
    assert house.states() == [EventState.PARKED, EventState.DONE, EventState.DONE]
    assert (house.said("a"), house.said("b")) == (["after it"], ["meanwhile"])


@pytest.mark.parametrize("text", ["/fail", "/refuse"])
async def test_one_who_cannot_even_be_answered_blocks_nobody(house: House, text: str) -> None:
    """His name is no text that a database takes, so that neither refusal nor apology can be written."""
    house.failures = [ZeroDivisionError() for _ in range(20)]
    house.receives(("a", {"text": text, "name": "\ud800"}), *texts("b", "meanwhile"))
    await house.handle_with_patience()
    assert house.states() == [EventState.PARKED, EventState.DONE]
    assert house.said("b") == ["meanwhile"]


async def test_what_a_group_of_presses_needs_is_read_at_once_and_a_strange_button_disturbs_nobody(house: House) -> None:
    house.receives(*((str(n), {"press": f"thing:{n}:1:"}) for n in (1, 2, 3)))
    await house.handle()
    assert house.read_ahead == [{1, 2, 3}]
    house.receives(("x", {"press": "not of ours"}), ("y", {"oops": 1}), ("4", {"press": "thing:4:1:"}))
    await house.handle()
    assert [house.said(str(n)) for n in (1, 2, 3, 4)] == [[f"pressed {n}"] for n in (1, 2, 3, 4)]


async def test_presses_are_handled_even_when_nothing_can_be_read_ahead(house: House) -> None:
    house.failures = [RuntimeError("one of our faults") for _ in range(2)]
    house.receives(*((str(n), {"press": f"blind:{n}:1:"}) for n in (1, 2)))
    await house.handle()
    assert [house.said(str(n)) for n in (1, 2)] == [["pressed 1"], ["pressed 2"]]


async def test_a_file_that_takes_its_time_holds_up_its_own_chat_only(house: House) -> None:
    house.receives(("a", {"file": "paper.pdf"}), *texts("a", "after it"), *texts("b", "meanwhile"))
    running = asyncio.create_task(house.dispatcher.run())
    async with asyncio.timeout(20):
        while house.said("b") != ["meanwhile"]:
            await asyncio.sleep(0.01)
        assert house.said("a") == []
        house.wire.file_may_come.set()
        while len(house.said("a")) < 2:
            await asyncio.sleep(0.01)
    running.cancel()
    assert house.said("a") == ["a file", "after it"]


async def test_a_file_that_cannot_be_had_is_answered(house: House) -> None:
    house.wire.file_may_come.set()
    house.wire.file = Rejected("file is too big")
    house.receives(("a", {"file": "paper.pdf"}))
    await house.handle()
    assert len(house.said("a")) == 1
    assert house.states() == [EventState.DONE]


async def test_a_file_of_a_process_that_died_is_fetched_by_the_next(
    house: House, database: Database, clock: SetClock, files: FileStore
) -> None:
    house.receives(("a", {"file": "paper.pdf"}))
    assert await house.dispatcher.round()
    later = House(database, clock, files)
    later.wire.file_may_come.set()
    await later.handle()
    assert later.states() == [EventState.NEW]
    clock.move_to(clock.now().replace(minute=clock.now().minute + 5))
    await later.handle()
    assert later.said() == ["a file"]


async def test_a_repeated_event_is_handled_once(house: House) -> None:
    house.receives(*texts("a", "one"))
    raw = RawEvent("wire", "0", "a", {"text": "one"})
    house.database.transact(lambda session: store(session, [raw, raw], house.clock.now()))
    await house.handle()
    house.database.transact(lambda session: store(session, [raw], house.clock.now()))
    await house.handle()
    assert house.said() == ["one"]
