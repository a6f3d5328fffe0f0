"""`python -m bench.limited [NUMBER]`: due reminders through a platform that enforces its limits.

30 messages a second in all and one a second to each chat, counted in windows that slide; beyond that 429 with
`retry_after`. The minimum is the number divided by 30. With `--kill` the courier dies in the middle and another one
takes over.
"""

import argparse
import asyncio
import tempfile
import time
from collections import Counter, deque
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from markupsafe import Markup
from sqlmodel import Session

from bot.channel import Outgoing, RetryLater
from bot.clock import Clock
from bot.files import FileStore
from bot.messages import Kind, Message
from bot.outbox import queue
from bot.outbox.courier import Courier
from bot.outbox.limits import Pacer
from bot.outbox.posting import Posting
from models.database import Database
from tests.databases import SqliteFiles
from tests.outbox.wire import CHANNEL, Wire

A_SECOND = 30
AGAIN = "again: "


@dataclass
class Strict(Wire):
    """Takes what is within the limits; remembers when it refused."""

    window: deque[float] = field(default_factory=deque)
    last: dict[str, float] = field(default_factory=dict)
    refused: list[float] = field(default_factory=list)
    news: asyncio.Event = field(default_factory=asyncio.Event)

    async def send(self, outgoing: Outgoing) -> str:
        now = time.monotonic()
        while self.window and self.window[0] <= now - 1:
            self.window.popleft()
        if len(self.window) >= A_SECOND or now - self.last.get(outgoing.address, 0.0) < 1:
            self.refused.append(now)
            raise RetryLater(1.0, "429")
        self.window.append(now)
        self.last[outgoing.address] = now
        await asyncio.sleep(0.02)
        sent = await super().send(outgoing)
        self.news.set()
        return sent

    async def heard(self, number: int) -> None:
        """Until so many different messages have come."""
        while len({text.removeprefix(AGAIN) for text in self.texts}) < number:
            self.news.clear()
            await self.news.wait()


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.limited", description=__doc__)
    parser.add_argument("number", type=int, nargs="?", default=600)
    parser.add_argument("--kill", action="store_true")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="thuky-bench-") as name, _database(Path(name)) as database:
        _fill(database, asked.number)
        print(asyncio.run(_deliver(database, Path(name), asked.number, kills=asked.kill)))


@contextmanager
def _database(folder: Path) -> Iterator[Database]:
    with SqliteFiles(folder).fresh() as url, closing(Database(url)) as database:
        yield database


def _fill(database: Database, number: int) -> None:
    def put(session: Session) -> None:
        for each in range(number):
            message = Message(Markup(f"Nhắc việc {each}"))
            posting = Posting(
                channel=CHANNEL, address=str(each), person_id=None, message=message, kind=Kind.PING, now=Clock().now()
            )
            queue.put(session, posting)
        queue.write(session)

    database.transact(put)


async def _deliver(database: Database, folder: Path, number: int, *, kills: bool) -> str:
    wire, started = Strict(), time.monotonic()
    if kills:
        await _run(database, folder, wire, until=number // 2, dies=True)
    await _run(database, folder, wire, until=number, dies=False)
    seconds, minimum = time.monotonic() - started, number / A_SECOND
    texts = Counter(text.removeprefix(AGAIN) for text in wire.texts)
    unmarked = sum(count - 1 for count in Counter(text for text in wire.texts if not text.startswith(AGAIN)).values())
    late = sum(at - started > 1 for at in wire.refused)
    return (
        f"{number} in {seconds:.2f} s, {seconds / minimum:.3f} times the minimum; 429: {len(wire.refused)}, after the "
        f"first second {late}; lost {number - len(texts)}, repeated {texts.total() - len(texts)}, unmarked {unmarked}"
    )


async def _run(database: Database, folder: Path, wire: Strict, *, until: int, dies: bool) -> None:
    courier = Courier(
        wire, database, Clock(), FileStore(folder), Pacer(A_SECOND),
        mark_repeat=lambda message: Message(Markup(AGAIN) + message.text), when_unreachable=lambda session, row: None,
    )  # fmt: skip
    running = asyncio.create_task(courier.run())
    await wire.heard(until)
    if dies:
        # As a process dies: nothing of what is in flight is written down.
        courier._fates.clear()
        courier._finish = _nothing  # type: ignore[method-assign]
        for sending in courier._busy.values():
            sending.cancel()
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)


async def _nothing() -> None:
    return None


if __name__ == "__main__":
    main()
