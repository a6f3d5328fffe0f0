"""People with several chats, on platforms that can be down; what each chat was sent."""

import asyncio
import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta

from markupsafe import Markup
from sqlmodel import Session, col, select

from bot import conversation
from bot.channel import Capabilities, Outgoing
from bot.clock import SetClock
from bot.files import FileStore
from bot.links import Addresses
from bot.messages import Message, button
from bot.outbox.budget import Budget
from bot.outbox.courier import Courier
from bot.outbox.limits import Pacer
from bot.work import Work
from models.database import Database
from models.outbox import DeliveryState, OutboxMessage
from models.people import ChannelAccount, Person
from services import reaching
from tests.outbox.wire import Wire

RICH = Capabilities(buttons=True, edits=True, files=True, max_text=4000)
PLAIN = Capabilities(buttons=False, edits=False, files=False, max_text=1900)
CHOICES = ((button("Đồng ý", "absence.decide:1:1:approve"), button("Không đồng ý", "absence.decide:1:1:refuse")),)


@dataclass
class Platform(Wire):
    """`down` is raised by every send, or by those after the first `lasts`."""

    down: Exception | None = None
    lasts: int = 0

    async def send(self, outgoing: Outgoing) -> str:
        if self.down is not None and len(self.sent) >= self.lasts:
            self.tried += 1
            raise self.down
        return await super().send(outgoing)

    def got(self, address: str) -> list[str]:
        return [str(one.message.text) for one in self.sent if one.address == address]


@dataclass
class Town:
    """A rich channel and a plain one, and people who may have a chat on either."""

    database: Database
    clock: SetClock
    files: FileStore
    rich: Platform = field(default_factory=lambda: Platform("rich", RICH))
    plain: Platform = field(default_factory=lambda: Platform("plain", PLAIN))
    budget: Budget | None = None
    public_url: str = ""
    _ticks: "itertools.count[int]" = field(default_factory=lambda: itertools.count(0, 10))
    _codes: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))

    def person(self, *addresses: str) -> int:
        """Somebody with these chats, the first of them used last: `rich:1`, `plain:bot:7`."""
        code = f"P{next(self._codes)}"

        def add(session: Session) -> int:
            person = Person(code=code, full_name=code, folded_name=code.lower())
            session.add(person)
            session.flush()
            for number, address in enumerate(addresses):
                channel, _colon, chat = address.partition(":")
                seen = self.clock.now() - timedelta(hours=number)
                session.add(ChannelAccount(channel=channel, address=chat, person_id=person.id, last_seen_at=seen))
            return person.key

        return self.database.transact(add)

    def work(self, session: Session) -> Work:
        budgets = {"plain": self.budget} if self.budget else {}
        return Work(session, self.clock.now(), self.files, cause="test", budgets=budgets)

    def post(self, person_id: int, text: str, *, choices: bool = False, **options: object) -> None:
        message = replace(Message(Markup(text), CHOICES if choices else ()), **options)  # type: ignore[arg-type]

        def put(session: Session) -> None:
            work = self.work(session)
            work.post(session.get_one(Person, person_id), message)
            work.close()

        self.database.transact(put)

    def reroute(self) -> int:
        return self.database.transact(lambda session: reaching.reroute(self.work(session)))

    def pass_time(self, minutes: float) -> None:
        self.clock.move_to(self.clock.now() + timedelta(minutes=minutes))

    def deliver(self, *platforms: Platform) -> None:
        """Each courier has one look at its queue, and what it takes comes back."""
        asyncio.run(self._deliver(platforms or (self.rich, self.plain)))

    async def _deliver(self, platforms: Sequence[Platform]) -> None:
        for platform in platforms:
            courier = Courier(
                platform, self.database, self.clock, self.files,
                Pacer(30, clock=lambda: float(next(self._ticks))),
                mark_repeat=lambda message: replace(message, text=Markup("again: ") + message.text),
                when_unreachable=lambda session, row: conversation.mark_unreachable(self.work(session), row),
                budget=self.budget if platform is self.plain else None,
                addresses=Addresses(self.public_url),
            )  # fmt: skip
            running = asyncio.create_task(courier.run())
            quiet, before = 0, self._picture(platform)
            while quiet < 12:
                await asyncio.sleep(0.005)
                now = self._picture(platform)
                quiet = quiet + 1 if now == before and DeliveryState.SENDING not in now[1] else 0
                before = now
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)

    def _picture(self, platform: Platform) -> tuple[int, tuple[DeliveryState, ...]]:
        return platform.tried, tuple(row.state for row in self.rows(platform.name))

    def rows(self, channel: str = "") -> list[OutboxMessage]:
        def read(session: Session) -> list[OutboxMessage]:
            rows = session.exec(select(OutboxMessage).order_by(col(OutboxMessage.id))).all()
            return [row for row in rows if channel in ("", row.channel)]

        return self.database.transact(read)

    def states(self, channel: str = "") -> list[DeliveryState]:
        return [row.state for row in self.rows(channel)]
