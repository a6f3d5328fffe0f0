"""Two processes' worth of bot on one database: each has its own connections, threads and event loop."""

import asyncio
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from typing import Any, TypeVar

from sqlmodel import Session, select

from bot import audit
from bot.channel import RawEvent
from bot.clock import SetClock
from bot.files import FileStore
from models.absence import AbsenceDecision, AbsenceRequest
from models.audit import AuditEntry
from models.database import Database
from models.outbox import OutboxMessage
from tests.conversation import Stage
from tests.crash.world import Tap

CHANNEL = "simulator"
T = TypeVar("T")


class Twins:
    """Press here, look there; `both` does a thing on either side at once."""

    def __init__(self, one: Stage, other: Stage) -> None:
        self.stages = (one, other)
        self.database = one.database
        self._events = 0

    def press(self, *taps: Tap) -> None:
        """Into the inbox, in this order, not yet handled."""
        asyncio.run(self.stages[0].receiver.store([self._event(tap) for tap in taps]))

    def _event(self, tap: Tap) -> RawEvent:
        self._events += 1
        sent_at = self.stages[0].clock.now().isoformat()
        payload = {"kind": "press", "token": tap.token, "message_id": "1", "name": "", "sent_at": sent_at}
        return RawEvent(CHANNEL, f"press-{self._events}", str(tap.chat_id), payload)

    def both(self, act: Callable[[Stage], Any]) -> list[Any]:
        """Let both do it at the same moment; what either raises is raised."""
        start, results, errors = threading.Barrier(2), list[Any](), list[BaseException]()

        def run(stage: Stage) -> None:
            start.wait()
            try:
                results.append(act(stage))
            except BaseException as error:
                errors.append(error)

        threads = [threading.Thread(target=run, args=(stage,)) for stage in self.stages]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        if errors:
            raise errors[0]
        return results

    def handle(self) -> None:
        """Both dispatch until nothing is left."""
        while self.stages[0].count_waiting():
            self.both(lambda stage: asyncio.run(_rounds(stage)))

    def look(self, question: Callable[[Session], T]) -> T:
        return self.database.transact(question)

    def decisions(self) -> list[AbsenceDecision]:
        return self.look(lambda session: list(session.exec(select(AbsenceDecision)).all()))

    def acts(self, action: str) -> list[str]:
        """The subjects of this act, as the audit log tells."""
        known = select(AuditEntry.subject).where(AuditEntry.action == action)
        return self.look(lambda session: list(session.exec(known).all()))

    def requests(self) -> list[AbsenceRequest]:
        return self.look(lambda session: list(session.exec(select(AbsenceRequest)).all()))

    def said_to(self, chat_id: int) -> list[str]:
        rows = select(OutboxMessage).where(OutboxMessage.address == str(chat_id))
        return self.look(lambda session: [row.payload["text"] for row in session.exec(rows)])

    def chain_holds(self) -> bool:
        return self.look(lambda session: audit.verify(audit.stored(session)).broken is None)


async def _rounds(stage: Stage) -> None:
    while await stage.dispatcher.round():
        pass


@contextmanager
def twins(url: str, clock: SetClock, files: FileStore) -> Iterator[Twins]:
    with closing(Database(url)) as one, closing(Database(url)) as other:
        yield Twins(Stage(one, clock, files, CHANNEL), Stage(other, clock, files, CHANNEL))
