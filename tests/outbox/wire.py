"""A platform that does as it is told, a courier on it, and messages for it to deliver."""

import asyncio
from collections import defaultdict, deque
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from markupsafe import Markup
from sqlmodel import Session, col, select

from bot.channel import Capabilities, Command, Outgoing, RawEvent, Store
from bot.clock import SetClock
from bot.events import Event
from bot.files import FileStore
from bot.messages import Kind, Message
from bot.outbox import queue
from bot.outbox.claiming import Room, claim
from bot.outbox.courier import Courier
from bot.outbox.limits import Pacer
from bot.outbox.posting import Posting
from models.database import Database
from models.outbox import DeliveryState, OutboxMessage

CHANNEL = "wire"


@dataclass
class Wire:
    """Answers each chat's next sends with what waits in `answers`: an exception is raised, an event is waited for."""

    name: str = CHANNEL
    capabilities: Capabilities = field(default_factory=lambda: Capabilities(True, True, True, 4000))
    sent: list[Outgoing] = field(default_factory=list)
    tried: int = 0
    answers: dict[str, deque[Exception | asyncio.Event]] = field(default_factory=lambda: defaultdict(deque))

    async def send(self, outgoing: Outgoing) -> str:
        self.tried += 1
        answer = self.answers[outgoing.address].popleft() if self.answers[outgoing.address] else None
        if isinstance(answer, asyncio.Event):
            await answer.wait()
        elif answer is not None:
            raise answer
        self.sent.append(outgoing)
        return outgoing.edits or f"m{len(self.sent)}"

    @property
    def texts(self) -> list[str]:
        return [str(outgoing.message.text) for outgoing in self.sent]

    async def set_commands(self, address: str, commands: Sequence[Command]) -> None:
        raise RuntimeError("this platform has no menus")

    async def start(self) -> None: ...

    async def stop(self) -> None: ...

    async def receive(self, store: Store) -> None:
        await asyncio.Event().wait()

    def parse(self, raw: RawEvent) -> Event | None:
        return None

    async def acknowledge(self, event: Event) -> None: ...

    async def download(self, reference: str) -> bytes:
        return b""

    def link_for(self, code: str) -> str:
        return ""

    def trouble(self) -> str:
        return ""

    def works(self) -> bool:
        return True


@dataclass
class Post:
    """Puts messages into the outbox and lets a courier deliver them."""

    database: Database
    clock: SetClock
    files: FileStore
    wire: Wire = field(default_factory=Wire)
    unreachable: list[str] = field(default_factory=list)

    def put(self, text: str, to: str = "a", kind: Kind = Kind.NOTICE, **options: Any) -> int:
        """Returns the row's id. `card`, `fresh` and `menu` belong to the message, the rest to the posting."""
        return self.put_together(self.posting(text, to, kind, **options))

    def posting(self, text: str, to: str = "a", kind: Kind = Kind.NOTICE, **options: Any) -> Posting:
        message = Message(Markup(text), **{k: options.pop(k) for k in ("card", "fresh", "menu") if k in options})
        posting = Posting(channel=CHANNEL, address=to, person_id=None, message=message, kind=kind, now=self.clock.now())
        return replace(posting, **options)

    def put_together(self, *postings: Posting) -> int:
        """In one transaction; returns the id of the last row."""

        def write(session: Session) -> int:
            for posting in postings:
                queue.put(session, posting)
            queue.write(session)
            return session.exec(select(OutboxMessage.id).order_by(col(OutboxMessage.id).desc())).first() or 0

        return self.database.transact(write)

    def claim(self, **room: Any) -> list[str]:
        """The texts that are claimed, in order."""
        wanted = Room(**{"most": 64, "most_bulk": 64, **room})

        def take(session: Session) -> list[str]:
            return [row.payload["text"] for row in claim(session, CHANNEL, self.clock.now(), wanted)]

        return self.database.transact(take)

    def settle(self, *fates: queue.Fate) -> None:
        self.database.transact(lambda session: queue.settle(session, fates, self.clock.now()))

    def row(self, key: int) -> OutboxMessage:
        return self.database.transact(lambda session: session.get_one(OutboxMessage, key))

    def states(self) -> list[DeliveryState]:
        rows = select(OutboxMessage).order_by(col(OutboxMessage.id))
        return self.database.transact(lambda session: [row.state for row in session.exec(rows)])

    def pass_time(self, seconds: float) -> datetime:
        self.clock.move_to(self.clock.now() + timedelta(seconds=seconds))
        return self.clock.now()

    @asynccontextmanager
    async def delivering(self, pacer: Pacer | None = None, database: Database | None = None) -> AsyncIterator[Courier]:
        """A courier at work; at the end it is told to stop, and settles."""
        courier = Courier(
            self.wire, database or self.database, self.clock, self.files, pacer or Pacer(100_000),
            mark_repeat=lambda message: Message(Markup("again: ") + message.text, message.rows),
            when_unreachable=lambda session, row: self.unreachable.append(row.address),
        )  # fmt: skip
        running = asyncio.create_task(courier.run())
        try:
            yield courier
        finally:
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)

    async def until(self, is_so: Callable[[], bool], seconds: float = 20) -> None:
        async with asyncio.timeout(seconds):
            while not is_so():
                await asyncio.sleep(0.01)

    async def until_idle(self) -> None:
        waits = {DeliveryState.QUEUED, DeliveryState.SENDING}
        await self.until(lambda: not waits & set(self.states()))
