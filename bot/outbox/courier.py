"""The courier: claims messages with a lease, asks the limits, sends, settles. Nothing else calls `Channel.send`."""

import asyncio
import logging
import mimetypes
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import groupby
from typing import TypeAlias

from sqlmodel import Session

from bot.channel import Channel, Command, DeliveryError, Outgoing, OutgoingFile, RetryLater, Uncertain, Unreachable
from bot.clock import Clock
from bot.files import FileStore
from bot.messages import Message
from bot.outbox import queue
from bot.outbox.limits import Pacer
from bot.outbox.queue import Fate
from models.database import Database
from models.files import StoredFile
from models.outbox import DeliveryState, OutboxMessage, Priority

log = logging.getLogger(__name__)

IN_FLIGHT = 64
BULK_IN_FLIGHT = 32
# Another process may have put something into the queue; nothing tells us, so we look.
LOOK_EVERY_SECONDS = 0.25

MarkRepeat: TypeAlias = Callable[[Message], Message]
WhenUnreachable: TypeAlias = Callable[[Session, OutboxMessage], None]


@dataclass(frozen=True, slots=True)
class _Parcel:
    row: OutboxMessage
    edits: str
    files: tuple[StoredFile, ...]


class Courier:
    """Delivers the messages of one channel; only the holder of the channel's lease may run it."""

    def __init__(
        self,
        channel: Channel,
        database: Database,
        clock: Clock,
        files: FileStore,
        pacer: Pacer,
        *,
        mark_repeat: MarkRepeat,
        when_unreachable: WhenUnreachable,
    ) -> None:
        self._channel = channel
        self._database = database
        self._clock = clock
        self._files = files
        self._pacer = pacer
        self._mark_repeat = mark_repeat
        self._when_unreachable = when_unreachable
        self._wake = asyncio.Event()
        self._busy: dict[str, asyncio.Task[None]] = {}
        self._bulk = 0
        self._fates: list[tuple[OutboxMessage, Fate]] = []

    def wake(self) -> None:
        self._wake.set()

    async def run(self) -> None:
        """Deliver until cancelled; what was in flight is finished and settled first."""
        await self._database.run(self._recover)
        try:
            while True:
                self._wake.clear()
                if not await self._round():
                    await self._wait()
        finally:
            await self._finish()

    async def _wait(self) -> None:
        try:
            async with asyncio.timeout(max(LOOK_EVERY_SECONDS, self._pacer.pause_left)):
                await self._wake.wait()
        except TimeoutError:
            pass

    async def _round(self) -> bool:
        """Settle what came back, claim what is due, start sending it; False when there was nothing."""
        fates, self._fates = self._fates, []
        room = 0 if self._pacer.pause_left else IN_FLIGHT - len(self._busy)
        try:
            parcels = await self._database.run(self._settle_and_claim, fates, room)
        except Exception:
            # What became of them is still known here: it is written down when the database is back.
            log.exception("outbox of %s: the database failed", self._channel.name)
            self._fates = fates + self._fates
            await asyncio.sleep(1)
            return False
        for address, group in groupby(sorted(parcels, key=lambda p: (p.row.address, p.row.key)), lambda p: p.row.address):
            self._busy[address] = asyncio.create_task(self._deliver_all(address, list(group)))
        return bool(fates or parcels)

    def _settle_and_claim(self, fates: Sequence[tuple[OutboxMessage, Fate]], room: int) -> list[_Parcel]:
        now = self._clock.now()
        with self._database.session() as session, session.begin():
            queue.settle(session, [fate for _, fate in fates], now)
            for row, fate in fates:
                if fate.state is DeliveryState.UNREACHABLE:
                    self._when_unreachable(session, row)
            if room <= 0:
                return []
            shunned = [*self._busy, *self._pacer.gated()]
            rows = queue.claim(session, self._channel.name, now, shunned, room, BULK_IN_FLIGHT - self._bulk)
            return [self._parcel(session, row) for row in rows]

    def _parcel(self, session: Session, row: OutboxMessage) -> _Parcel:
        edits = row.edits or (queue.sent_card(session, row) if row.card and not row.is_fresh else "")
        found = [session.get(StoredFile, file_id) for file_id, _ in row.payload["files"]]
        return _Parcel(row, edits, tuple(file for file in found if file is not None))

    def _recover(self) -> None:
        with self._database.session() as session, session.begin():
            queue.recover(session, self._channel.name, self._clock.now(), orphaned=True)

    async def _deliver_all(self, address: str, parcels: Sequence[_Parcel]) -> None:
        """One chat's messages one after the other, so that they arrive in order."""
        try:
            for position, parcel in enumerate(parcels):
                fate = await self._deliver(parcel)
                self._fates.append((parcel.row, fate))
                if fate.retry_at is not None:
                    self._put_back(parcels[position + 1 :], fate)
                    return
        finally:
            del self._busy[address]
            self._wake.set()

    def _put_back(self, parcels: Sequence[_Parcel], fate: Fate) -> None:
        for parcel in parcels:
            self._fates.append((parcel.row, replace(fate, id=parcel.row.key, is_repeat=parcel.row.is_repeat)))

    async def _deliver(self, parcel: _Parcel) -> Fate:
        row = parcel.row
        is_bulk = row.priority != Priority.REPLY
        if is_bulk:
            self._bulk += 1
            self._pacer.close_gate(row.address)
            try:
                await self._pacer.turn()
            finally:
                self._bulk -= 1
        try:
            message_id = await self._channel.send(self._outgoing(parcel))
        except DeliveryError as error:
            return self._after_failure(parcel, error)
        except Exception as error:
            log.exception("message %s on %s", row.id, self._channel.name)
            return Fate(row.key, DeliveryState.REJECTED, failure=type(error).__name__)
        if row.payload["menu"]:
            await self._channel.set_commands(row.address, [Command(name, words) for name, words in row.payload["menu"]])
        return Fate(row.key, DeliveryState.SENT, message_id)

    def _outgoing(self, parcel: _Parcel) -> Outgoing:
        row = parcel.row
        message = Message.from_json(row.payload)
        if row.is_repeat and not parcel.edits:
            message = self._mark_repeat(message)
        files = [
            OutgoingFile(name, self._files.read(file.digest), file.media_type or mimetypes.guess_type(name)[0] or "")
            for file, (_, name) in zip(parcel.files, row.payload["files"], strict=True)
        ]
        return Outgoing(row.address, message, files, parcel.edits, silent=row.priority == Priority.PING)

    def _after_failure(self, parcel: _Parcel, error: DeliveryError) -> Fate:
        row, now, failure = parcel.row, self._clock.now(), str(error)
        match error:
            case RetryLater(after=after):
                self._pacer.pause(after)
                return Fate(
                    row.key, DeliveryState.QUEUED, failure=failure, retry_at=now + timedelta(seconds=after), is_repeat=row.is_repeat
                )
            case Unreachable():
                return Fate(row.key, DeliveryState.UNREACHABLE, failure=failure)
            case Uncertain():
                return queue.after_lost_answer(row, now, failure)
            case _:
                log.error("message %s refused by %s: %s", row.id, self._channel.name, failure)
                return Fate(row.key, DeliveryState.REJECTED, failure=failure)

    async def _finish(self) -> None:
        """Let what is in flight arrive, and write down its fate."""
        await asyncio.gather(*self._busy.values(), return_exceptions=True)
        if self._fates:
            await self._database.run(self._settle_and_claim, self._fates, 0)
