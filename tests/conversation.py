"""A stage for conversations: people say, press, attach and see, through the real path on a real database."""

import asyncio
import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import httpx
from markupsafe import Markup
from sqlmodel import Session, col, select
from starlette.applications import Starlette

from bot import conversation, inbox
from bot.adapters.simulator.channel import SimulatorChannel
from bot.channel import Channel, RawEvent
from bot.clock import SetClock
from bot.dispatch import Dispatcher
from bot.files import PICTURES, FileStore, media_type_of
from bot.link_pages import link_pages
from bot.links import Addresses
from bot.outbox.courier import Courier
from bot.outbox.limits import Pacer
from bot.receiver import Receiver
from bot.work import Work
from handlers import ROUTES
from models.database import Database
from models.outbox import DeliveryState, OutboxMessage
from models.people import ChannelAccount, Person, person_by_code
from models.simulator import SimulatedMessage
from scheduler import JOBS
from tests.bubbles import Bubble, bubble_of

PUBLIC_URL = "https://thuky.example"


class Stage:
    """One body's bot without its clockwork: every act is played to its end before the next begins."""

    def __init__(self, database: Database, clock: SetClock, files: FileStore, channel: str = "simulator") -> None:
        self.database, self.clock, self.files = database, clock, files
        self.channel: Channel = SimulatorChannel(channel, database, clock, files)
        self._pages = Starlette(routes=link_pages(database, clock, files))
        channels = {self.channel.name: self.channel}
        self.dispatcher = Dispatcher(database, clock, files, ROUTES, channels, delivered=lambda: None)
        self.receiver = Receiver(database, clock, channels, lambda: None)
        self._numbers = itertools.count(1)
        self._ticks = itertools.count(0, 10)
        self._last: RawEvent | None = None

    def restarted(self) -> "Stage":
        """Another process on the same database, after this one has ended."""
        successor = Stage(self.database, self.clock, self.files, self.channel.name)
        successor._numbers, successor._last = self._numbers, self._last
        return successor

    def work(self, session: Session) -> Work:
        return Work(session, self.clock.now(), self.files, cause="test")

    def act(self, function: Any, *args: Any) -> Any:
        """Run `function(work, …)` as one unit of work, deliver what it said, and give back what it returned."""

        def run(session: Session) -> Any:
            work = self.work(session)
            result = function(work, *args)
            work.close()
            return result

        result = self.database.transact(run)
        self.deliver()
        return result

    def phone(self, code: str) -> "Phone":
        """The phone of the official with this code; it is linked if it is not yet."""

        def link(session: Session) -> None:
            person = person_by_code(session, code)
            known = select(ChannelAccount).where(
                ChannelAccount.channel == self.channel.name, ChannelAccount.address == code
            )
            if person is not None and session.exec(known).first() is None:
                session.add(
                    ChannelAccount(
                        channel=self.channel.name, address=code, person_id=person.id, last_seen_at=self.clock.now()
                    )
                )

        self.database.transact(link)
        return Phone(self, code)

    def stranger(self, address: str) -> "Phone":
        return Phone(self, address)

    def receive(self, address: str, payload: dict[str, Any]) -> None:
        """An event of the simulator, played to its end."""
        common = {"sent_at": self.clock.now().isoformat(), "name": address, "message_id": ""}
        self.receive_raw(RawEvent(self.channel.name, f"event-{next(self._numbers)}", address, {**common, **payload}))

    def receive_raw(self, *raws: RawEvent) -> None:
        """Events in the order in which they arrived, played to their end."""
        self._last = raws[-1]
        asyncio.run(self._play(raws))

    def handle(self, *raws: RawEvent) -> None:
        """The same, while nothing can be delivered."""
        asyncio.run(self._handle(raws))

    def receive_last_again(self) -> None:
        """The platform repeats itself: the same event with the same number."""
        assert self._last is not None
        asyncio.run(self._play([self._last]))

    def pass_time(self, *, to: datetime | None = None, by: timedelta | None = None) -> None:
        """Move the clock and let the scheduler look once."""
        self.clock.move_to(to if to is not None else self.clock.now() + (by or timedelta()))
        for job in JOBS:
            self.act(job.run)

    def deliver(self) -> None:
        """Most acts, above all of the clock, say nothing: no courier is started for them."""
        if self._is_busy():
            asyncio.run(self._deliver())

    async def _play(self, events: Sequence[RawEvent]) -> None:
        await self._handle(events)
        await self._deliver()

    async def _handle(self, events: Sequence[RawEvent]) -> None:
        await self.receiver.store(events)
        while await self.dispatcher.round():
            pass

    async def _deliver(self) -> None:
        courier = Courier(
            self.channel,
            self.database,
            self.clock,
            self.files,
            # A clock that leaps: limits are tested elsewhere, here nobody waits for them.
            Pacer(30, clock=lambda: float(next(self._ticks))),
            mark_repeat=lambda message: message,
            when_unreachable=lambda session, row: conversation.mark_unreachable(self.work(session), row),
            addresses=Addresses(PUBLIC_URL),
        )
        running = asyncio.create_task(courier.run())
        while await self.database.run(self._is_busy):
            await asyncio.sleep(0.005)
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)

    def _is_busy(self) -> bool:
        with self.database.session() as session, session.begin():
            due = select(OutboxMessage.id).where(
                OutboxMessage.channel == self.channel.name,
                col(OutboxMessage.state).in_([DeliveryState.QUEUED, DeliveryState.SENDING]),
            )
            return session.exec(due.limit(1)).first() is not None

    def opens(self, address: str) -> httpx.Response:
        """Somebody opens an address of ours."""
        return asyncio.run(self._call("GET", address))

    def uploads(self, address: str, name: str, content: bytes) -> httpx.Response:
        """Somebody hands in a file at an address of ours; what follows is played to its end."""

        async def play() -> httpx.Response:
            answer = await self._call("POST", address, files={"file": (name, content)})
            await self._play([])
            return answer

        return asyncio.run(play())

    async def _call(self, method: str, address: str, **options: Any) -> httpx.Response:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app=self._pages)) as client:
            return await client.request(method, address, **options)

    def count_waiting(self) -> int:
        return self.database.transact(lambda session: inbox.count(session, "new"))  # type: ignore[arg-type]


@dataclass
class Phone:
    """What one person does and sees: the chat, or the page of ours that refused what he handed in."""

    stage: Stage
    address: str
    page: Bubble | None = None

    def says(self, text: str) -> "Phone":
        self.page = None
        self.stage.receive(self.address, {"kind": "text", "text": text})
        return self

    def presses(self, label: str, *, on: Bubble | None = None) -> "Phone":
        """Press the newest button with these words, or that of a certain, perhaps old message."""
        newest_first = self.bubbles[::-1]
        exact = (b for b in newest_first if label in b.buttons)
        near = (b for b in newest_first if self._find(b, label))
        bubble = on or next(exact, None) or next(near, None)
        assert bubble is not None, f"{self.address} has no button {label!r}; sees:\n{self.transcript}"
        token = self._find(bubble, label)
        assert token is not None, f"no button {label!r} on: {bubble.text}"
        return self.presses_token(token, bubble.id)

    def presses_token(self, token: str, message_id: int = 0) -> "Phone":
        if not self.stage.channel.capabilities.buttons:
            return self._types_choice(token)
        self.stage.receive(self.address, {"kind": "press", "token": token, "message_id": str(message_id)})
        return self

    def _types_choice(self, answer: str) -> "Phone":
        """Number and code; what is repeated back is confirmed."""
        self.says(answer)
        code = answer.rpartition(" ")[2]
        if f"CO {code}" in self.last:
            self.says(f"CO {code}")
        return self

    @staticmethod
    def _find(bubble: Bubble, label: str) -> str | None:
        """The words exactly, else the only button that has them with more around."""
        if label in bubble.buttons:
            return bubble.buttons[label]
        near = [token for words, token in bubble.buttons.items() if label in words]
        return near[0] if len(near) == 1 else None

    def attaches(self, name: str, content: bytes = b"content", caption: str = "") -> "Phone":
        """Send a file; where the chat takes none, at the address that was given for it."""
        is_taken = self.stage.channel.capabilities.files or media_type_of(name, "") in PICTURES
        if not is_taken and (given := re.search(rf"{PUBLIC_URL}/u/\S+", self.bubbles[-1].text)):
            answer = self.stage.uploads(given[0], name, content)
            words = Markup(re.sub(r"<[^>]+>", "", answer.text)).unescape()
            self.page = Bubble(0, words, {}, [], True) if answer.is_error else None
            return self
        return self.attaches_in_chat(name, content, caption)

    def attaches_in_chat(self, name: str, content: bytes = b"content", caption: str = "") -> "Phone":
        reference = self.stage.files.save(content)
        file = {"reference": reference, "name": name, "media_type": "", "size": len(content)}
        self.stage.receive(self.address, {"kind": "file", "text": caption, "file": file})
        return self

    @property
    def bubbles(self) -> list[Bubble]:
        """All that the bot has said here, oldest first, as it stands now."""

        def read(session: Session) -> list[Bubble]:
            rows = session.exec(
                select(SimulatedMessage)
                .where(SimulatedMessage.channel == self.stage.channel.name, SimulatedMessage.address == self.address)
                .order_by(col(SimulatedMessage.id))
            ).all()
            return [bubble_of(row) for row in rows if row.is_ours]

        return self.stage.database.transact(read)

    @property
    def last(self) -> Bubble:
        return self.page or self.bubbles[-1]

    @property
    def transcript(self) -> str:
        return "\n---\n".join(f"{b.text}\n[{'] ['.join(b.buttons)}]" for b in self.bubbles)

    def sees(self, *parts: str) -> Bubble:
        """The newest message that holds all these words; fails with the whole chat."""
        for bubble in reversed(self.bubbles):
            if all(part in bubble.text or any(part in label for label in bubble.buttons) for part in parts):
                return bubble
        raise AssertionError(f"{self.address} does not see {parts}; sees:\n{self.transcript}")

    def sees_last(self, *parts: str) -> Bubble:
        """The newest message holds all these words."""
        bubble = self.last
        for part in parts:
            assert part in bubble.text or any(part in label for label in bubble.buttons), (
                f"{part!r} is not in: {bubble.text}\n{list(bubble.buttons)}"
            )
        return bubble

    def count(self, words: str) -> int:
        return sum(words in bubble.text for bubble in self.bubbles)

    @property
    def person(self) -> Person:
        found = self.stage.database.transact(lambda session: person_by_code(session, self.address))
        assert found is not None
        return found
