"""The courier: claims messages with a lease, asks the limits, sends, settles. Nothing else calls `Channel.send`."""

import asyncio
import logging
import mimetypes
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import groupby
from typing import TypeAlias

from sqlmodel import Session

from bot.channel import Channel, Command, DeliveryError, Outgoing, OutgoingFile, RetryLater, Uncertain, Unreachable
from bot.clock import Clock
from bot.files import FileStore
from bot.i18n import use_language
from bot.messages import Message
from bot import prompts
from bot.outbox import queue
from bot.outbox.limits import Pacer
from bot.outbox.queue import Fate, Room
from models.database import Database
from models.files import StoredFile
from models.outbox import DeliveryState, OutboxMessage, Priority

log = logging.getLogger(__name__)

IN_FLIGHT = 64
# Few, because an answer to the same chat waits behind them.
WAITING_FOR_TURN = 8
# Another process may have put something into the queue; nothing tells us, so we look.
LOOK_EVERY_SECONDS = 0.25
RECOVER_EVERY = queue.LEASE / 5

MarkRepeat: TypeAlias = Callable[[Message], Message]
WhenUnreachable: TypeAlias = Callable[[Session, OutboxMessage], None]


@dataclass(frozen=True, slots=True)
class _Parcel:
    row: OutboxMessage
    message: Message
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
        self._waiting_for_turn = 0
        self._recovered_at: datetime | None = None
        self._fates: list[tuple[OutboxMessage, Fate]] = []

    def wake(self) -> None:
        self._wake.set()

    async def run(self) -> None:
        """Deliver until cancelled; what was in flight is finished and settled first."""
        self._recovered_at = None
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
        is_settling = bool(self._fates)
        exchange = asyncio.create_task(self._exchange())
        try:
            parcels = await asyncio.shield(exchange)
        except asyncio.CancelledError:
            # The database thread goes on; what it has claimed is not sent any more.
            self._put_back(await exchange, Fate(0, DeliveryState.QUEUED, retry_at=self._clock.now()))
            raise
        # Stable: within a chat they stay in the order in which they were claimed.
        for address, group in groupby(sorted(parcels, key=_address), _address):
            self._busy[address] = asyncio.create_task(self._deliver_all(address, list(group)))
        return is_settling or bool(parcels)

    async def _exchange(self) -> list[_Parcel]:
        fates, self._fates = self._fates, []
        try:
            return await self._database.run(self._settle_and_claim, fates, self._room())
        except Exception:
            # What became of them is still known here: it is written down when the database is back.
            log.exception("outbox of %s: the database failed", self._channel.name)
            self._fates = fates + self._fates
            await asyncio.sleep(1)
            return []

    def _room(self) -> Room | None:
        most = IN_FLIGHT - len(self._busy)
        if self._pacer.pause_left or most <= 0:
            return None
        most_bulk = WAITING_FOR_TURN - self._waiting_for_turn
        return Room(most=most, most_bulk=most_bulk, busy=list(self._busy), gated=self._pacer.gated())

    def _settle_and_claim(self, fates: Sequence[tuple[OutboxMessage, Fate]], room: Room | None) -> list[_Parcel]:
        now = self._clock.now()
        with self._database.session() as session, session.begin():
            queue.settle(session, [fate for _, fate in fates], now)
            for row, fate in fates:
                if fate.state is DeliveryState.UNREACHABLE:
                    queue.close_chat(session, row, now)
                    self._when_unreachable(session, row)
            self._recover(session, now)
            if room is None:
                return []
            claimed = [(row, self._parcel(session, row)) for row in queue.claim(session, self._channel.name, now, room)]
            silent = [Fate(row.key, DeliveryState.SUPERSEDED) for row, parcel in claimed if parcel is None]
            queue.settle(session, silent, now)
            return [parcel for _, parcel in claimed if parcel is not None]

    def _recover(self, session: Session, now: datetime) -> None:
        """At the start what a dead courier left; later what was claimed here and lost with a failing database."""
        is_start = self._recovered_at is None
        if self._recovered_at is None or now >= self._recovered_at + RECOVER_EVERY:
            queue.recover(session, self._channel.name, now, orphaned=is_start)
            self._recovered_at = now

    def _parcel(self, session: Session, row: OutboxMessage) -> _Parcel | None:
        """The message ready to be sent; None where nothing needs to be said here."""
        message = self._message(session, row)
        if message is None:
            return None
        edits = self._edits(session, row)
        found = [session.get(StoredFile, file_id) for file_id, _ in row.payload["files"]]
        return _Parcel(row, message, edits, tuple(file for file in found if file is not None))

    def _edits(self, session: Session, row: OutboxMessage) -> str:
        if not self._channel.capabilities.edits:
            return ""
        return row.edits or (queue.sent_card(session, row) if row.card and not row.is_fresh else "")

    def _message(self, session: Session, row: OutboxMessage) -> Message | None:
        message = Message.from_json(row.payload)
        is_silent = bool(row.card) and not row.is_fresh and row.priority != Priority.REPLY
        if is_silent and not self._channel.capabilities.edits and queue.sent_card(session, row):
            status = prompts.status_line(message)
            if status is None:
                return None
            message = status
        if self._channel.capabilities.buttons:
            return message
        with use_language(row.payload["language"]):
            return prompts.numbered(session, row, message, self._clock.now())

    async def _deliver_all(self, address: str, parcels: Sequence[_Parcel]) -> None:
        """One chat's messages one after the other, so that they arrive in order."""
        try:
            for position, parcel in enumerate(parcels):
                fate = await self._deliver(parcel)
                self._fates.append((parcel.row, fate))
                if fate.retry_at is not None or fate.state is DeliveryState.UNREACHABLE:
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
        if row.priority != Priority.REPLY:
            await self._wait_for_turn(row)
        if self._pacer.pause_left:
            return self._later(row, self._pacer.pause_left, "the channel is paused")
        try:
            message_id = await self._channel.send(self._outgoing(parcel))
        except DeliveryError as error:
            return self._after_failure(row, error)
        except Exception as error:
            log.exception("message %s on %s", row.id, self._channel.name)
            return Fate(row.key, DeliveryState.REJECTED, failure=type(error).__name__)
        if row.payload["menu"]:
            await self._set_menu(row)
        return Fate(row.key, DeliveryState.SENT, message_id)

    async def _wait_for_turn(self, row: OutboxMessage) -> None:
        self._waiting_for_turn += 1
        self._pacer.close_gate(row.address)
        try:
            await self._pacer.turn()
        finally:
            self._waiting_for_turn -= 1

    async def _set_menu(self, row: OutboxMessage) -> None:
        try:
            await self._channel.set_commands(row.address, [Command(name, words) for name, words in row.payload["menu"]])
        except Exception:
            # The message has arrived; for the sake of a menu it is not sent again.
            log.exception("the menu of message %s on %s", row.id, self._channel.name)

    def _later(self, row: OutboxMessage, seconds: float, failure: str) -> Fate:
        retry_at = self._clock.now() + timedelta(seconds=seconds)
        return Fate(row.key, DeliveryState.QUEUED, failure=failure, retry_at=retry_at, is_repeat=row.is_repeat)

    def _outgoing(self, parcel: _Parcel) -> Outgoing:
        row = parcel.row
        message = parcel.message
        if row.is_repeat and not parcel.edits:
            with use_language(row.payload["language"]):
                message = self._mark_repeat(message)
        files = [
            OutgoingFile(name, self._files.read(file.digest), file.media_type or mimetypes.guess_type(name)[0] or "")
            for file, (_, name) in zip(parcel.files, row.payload["files"], strict=True)
        ]
        return Outgoing(row.address, message, files, parcel.edits, silent=row.priority == Priority.PING)

    def _after_failure(self, row: OutboxMessage, error: DeliveryError) -> Fate:
        failure = str(error)
        match error:
            case RetryLater(after=after):
                if not error.only_this:
                    self._pacer.pause(after)
                return self._later(row, after, failure)
            case Unreachable():
                return Fate(row.key, DeliveryState.UNREACHABLE, failure=failure)
            case Uncertain():
                return queue.after_lost_answer(row, self._clock.now(), failure)
            case _:
                log.error("message %s refused by %s: %s", row.id, self._channel.name, failure)
                return Fate(row.key, DeliveryState.REJECTED, failure=failure)

    async def _finish(self) -> None:
        """Let what is in flight arrive, and write down its fate."""
        await asyncio.gather(*self._busy.values(), return_exceptions=True)
        if self._fates:
            await self._database.run(self._settle_and_claim, self._fates, None)


def _address(parcel: _Parcel) -> str:
    return parcel.row.address
