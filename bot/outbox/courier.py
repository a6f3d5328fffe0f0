"""The courier: claims messages with a lease, asks the limits, sends, settles. Nothing else calls `Channel.send`."""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TypeAlias

from sqlmodel import Session

from bot.channel import Channel, Command, DeliveryError, RetryLater, Uncertain, Unreachable
from bot.clock import Clock
from bot.files import FileStore
from bot.links import Addresses
from bot.outbox import queue, rerouting
from bot.outbox.budget import Budget, Meter
from bot.outbox.claiming import Room, claim
from bot.outbox.limits import Pacer
from bot.outbox.packing import MarkRepeat, Packer, Parcel
from bot.outbox.queue import Fate
from models.database import Database
from models.outbox import DeliveryState, OutboxMessage, Priority

log = logging.getLogger(__name__)

IN_FLIGHT = 64
# Few, because an answer to the same chat waits behind them, and because an answer that was claimed is lost with this
# process; but never less than the pace takes until the next look.
WAITING_FOR_TURN = 8
# Another process may have put something into the queue; nothing tells us, so we look.
LOOK_EVERY_SECONDS = 0.25
# Messages of one act arrive together and are written down together: each commit waits for the disk. Whoever dies
# meanwhile leaves them as if their answers had been lost, as he does with those on their way.
SETTLE_AFTER_SECONDS = 0.005
RECOVER_EVERY = queue.LEASE / 5

WhenUnreachable: TypeAlias = Callable[[Session, OutboxMessage], None]


class Courier:
    """Delivers the messages of one channel; only the holder of the channel's lease may run it.

    With a `budget` each message counts: news is joined, and at the end of the budget waits.
    """

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
        budget: Budget | None = None,
        addresses: Addresses | None = None,
    ) -> None:
        self._channel = channel
        self._database = database
        self._clock = clock
        self._pacer = pacer
        self._when_unreachable = when_unreachable
        self._meter = Meter(channel.name, budget) if budget else None
        self._packer = Packer(channel, files, mark_repeat, addresses or Addresses(), counts=budget is not None)
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
        """Settle what came back, claim what is due, start sending it; True when more may be claimed at once.

        Mostly not: whatever is under way wakes the courier when it has arrived.
        """
        exchange = asyncio.create_task(self._exchange())
        try:
            parcels, more = await asyncio.shield(exchange)
        except asyncio.CancelledError:
            # The database thread goes on; what it has claimed is not sent any more.
            self._put_back((await exchange)[0], Fate(0, DeliveryState.QUEUED, retry_at=self._clock.now()))
            raise
        # In the order in which they were claimed: whoever waits for an answer is not kept waiting by news to others.
        chats = defaultdict[str, list[Parcel]](list)
        for parcel in parcels:
            chats[parcel.row.address].append(parcel)
        for address, group in chats.items():
            self._busy[address] = asyncio.create_task(self._deliver_all(address, group))
        return more

    async def _exchange(self) -> tuple[list[Parcel], bool]:
        fates, self._fates = self._fates, []
        try:
            return await self._database.run(self._settle_and_claim, fates, self._room())
        except Exception:
            # What became of them is still known here: it is written down when the database is back.
            log.exception("outbox of %s: the database failed", self._channel.name)
            self._fates = fates + self._fates
            await asyncio.sleep(1)
            return [], False

    def _room(self) -> Room | None:
        waiting = max(WAITING_FOR_TURN, int(LOOK_EVERY_SECONDS * self._pacer.per_second))
        most_bulk = waiting - self._waiting_for_turn
        most = min(IN_FLIGHT - len(self._busy), self._pacer.room + waiting - self._pacer.answers_waiting)
        if self._pacer.pause_left or most <= 0:
            return None
        return Room(most=most, most_bulk=most_bulk, busy=list(self._busy), gated=self._pacer.gated())

    def _settle_and_claim(
        self, fates: Sequence[tuple[OutboxMessage, Fate]], room: Room | None
    ) -> tuple[list[Parcel], bool]:
        """What is to be sent now, and whether something that was taken needed no sending, so that there is room."""
        now = self._clock.now()
        with self._database.session() as session, session.begin():
            self._settle(session, fates, now)
            self._recover(session, now)
            if room is None:
                return [], False
            if self._meter:
                room = replace(room, used_up=self._meter.used_up(session, now))
            claimed = claim(session, self._channel.name, now, room)
            packed = [self._pack(session, row, now) for row in claimed]
            parcels = [parcel for parcel in packed if parcel is not None]
            return parcels, len(parcels) < len(packed)

    def _pack(self, session: Session, row: OutboxMessage, now: datetime) -> Parcel | None:
        """One message that cannot be packed must not hold up all others."""
        try:
            return self._packer.pack(session, row, now)
        except (LookupError, ValueError, TypeError, OSError) as error:
            log.exception("message %s on %s cannot be packed", row.id, self._channel.name)
            queue.settle(session, [Fate(row.key, DeliveryState.REJECTED, failure=type(error).__name__)], now)
            return None

    def _settle(self, session: Session, fates: Sequence[tuple[OutboxMessage, Fate]], now: datetime) -> None:
        queue.settle(session, [fate for _, fate in fates], now)
        for row, fate in fates:
            if fate.state is DeliveryState.UNREACHABLE:
                queue.close_chat(session, row, now)
                self._when_unreachable(session, row)
        if fates:
            rerouting.note(session, fates, now)
            if self._meter:
                self._meter.stale()

    def _recover(self, session: Session, now: datetime) -> None:
        """At the start what a dead courier left; later what was claimed here and lost with a failing database."""
        is_start = self._recovered_at is None
        if self._recovered_at is None or now >= self._recovered_at + RECOVER_EVERY:
            queue.recover(session, self._channel.name, now, orphaned=is_start)
            self._recovered_at = now

    async def _deliver_all(self, address: str, parcels: Sequence[Parcel]) -> None:
        """One chat's messages one after the other, so that they arrive in order."""
        try:
            for position, parcel in enumerate(parcels):
                fate = await self._deliver(parcel)
                self._note(parcel, fate)
                if fate.retry_at is not None or fate.state is DeliveryState.UNREACHABLE:
                    self._put_back(parcels[position + 1 :], fate)
                    return
        finally:
            del self._busy[address]
            asyncio.get_running_loop().call_later(SETTLE_AFTER_SECONDS, self._wake.set)

    def _put_back(self, parcels: Sequence[Parcel], fate: Fate) -> None:
        for parcel in parcels:
            self._note(parcel, replace(fate, id=parcel.row.key, is_repeat=parcel.row.is_repeat, pieces=0))

    def _note(self, parcel: Parcel, fate: Fate) -> None:
        self._fates.append((parcel.row, fate))
        self._fates.extend((row, replace(fate, id=row.key, pieces=0)) for row in parcel.others)

    async def _deliver(self, parcel: Parcel) -> Fate:
        row = parcel.row
        self._pacer.close_gate(row.address)
        await (self._pacer.answer_turn() if row.priority == Priority.REPLY else self._wait_for_turn())
        if self._pacer.pause_left:
            return self._later(row, self._pacer.pause_left, "the channel is paused")
        try:
            message_id = await self._channel.send(self._packer.outgoing(parcel))
        except Uncertain as error:
            fate = queue.after_lost_answer(row, self._clock.now(), str(error))
            return replace(fate, pieces=self._packer.count(parcel))
        except DeliveryError as error:
            return self._after_failure(row, error)
        except Exception as error:
            log.exception("message %s on %s", row.id, self._channel.name)
            return Fate(row.key, DeliveryState.REJECTED, failure=type(error).__name__)
        if row.payload["menu"]:
            await self._set_menu(row)
        return Fate(row.key, DeliveryState.SENT, message_id, pieces=self._packer.count(parcel))

    async def _wait_for_turn(self) -> None:
        self._waiting_for_turn += 1
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

    def _after_failure(self, row: OutboxMessage, error: DeliveryError) -> Fate:
        failure = str(error)
        match error:
            case RetryLater(after=after):
                if not error.only_this:
                    self._pacer.pause(after)
                return self._later(row, after, failure)
            case Unreachable():
                return Fate(row.key, DeliveryState.UNREACHABLE, failure=failure)
            case _:
                log.error("message %s refused by %s: %s", row.id, self._channel.name, failure)
                return Fate(row.key, DeliveryState.REJECTED, failure=failure)

    async def _finish(self) -> None:
        """Let what is in flight arrive, and write down its fate."""
        await asyncio.gather(*self._busy.values(), return_exceptions=True)
        if self._fates:
            await self._database.run(self._settle_and_claim, self._fates, None)
