"""Take events from the inbox, several chats in one transaction, and hand each to the conversation.

A group that fails is rolled back and done again one by one, so that one bad event costs the others nothing.
"""

import asyncio
import logging
import secrets
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import TypeAlias

from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm.exc import StaleDataError
from sqlmodel import Session

from bot import ahead, conversation, inbox
from bot.channel import Capabilities, Channel, DeliveryError, RawEvent, first_link
from bot.clock import Clock
from bot.events import ClassifiedRefused, Event, FileReceived
from bot.files import MAX_BYTES, FileStore
from bot.i18n import local_day
from bot.links import UPLOADED, uploaded
from bot.routes import Routes
from bot.work import Work, close_together
from models.database import Database
from models.files import StoredFile
from models.inbox import EventState, ReceivedEvent
from rules.errors import DomainError

log = logging.getLogger(__name__)

GROUP = 50
ATTEMPTS = 3
LOOK_EVERY_SECONDS = 0.5
# They share the database's thread: what was just decided is fetched by the couriers before more is decided.
HEAD_START_SECONDS = 0.001
# Longer than a platform may take to hand over the largest file.
FETCH_LEASE = timedelta(minutes=3)
# Of a channel that was turned off meanwhile what was handed in by an address is still taken.
GONE = Capabilities(buttons=True, edits=True, files=True, max_text=4096)
# A lost race is no fault; it is simply done again on what the winner left.
LOST_RACE = (StaleDataError, IntegrityError, OperationalError)


CitizensBot: TypeAlias = Callable[[str, str], str]
"""By channel and address: the bot that citizens are to write to instead, or nothing."""


class _NeedsFile(Exception):
    """The event's file must be fetched first, outside the transaction."""

    def __init__(self, row_id: int, event: FileReceived) -> None:
        super().__init__(row_id)
        self.row_id, self.event = row_id, event


class Dispatcher:
    """Any number of processes may run one on the same database."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        files: FileStore,
        routes: Routes,
        channels: Mapping[str, Channel],
        *,
        delivered: Callable[[], None],
        admin_codes: frozenset[str] = frozenset(),
        citizens_bot: CitizensBot = lambda channel, address: "",
    ) -> None:
        self._database = database
        self._clock = clock
        self._files = files
        self._routes = routes
        self._channels = channels
        self._capabilities = {name: channel.capabilities for name, channel in channels.items()}
        self._wake_couriers = delivered
        self._admin_codes = admin_codes
        self._citizens_bot = citizens_bot
        self._wake = asyncio.Event()
        self._fetching: set[asyncio.Task[None]] = set()

    def wake(self) -> None:
        self._wake.set()

    async def run(self) -> None:
        """Handle events until cancelled."""
        while True:
            self._wake.clear()
            try:
                if not await self.round():
                    await self._wait()
            except Exception:
                log.exception("dispatch failed")
                await asyncio.sleep(1)

    async def _wait(self) -> None:
        try:
            async with asyncio.timeout(LOOK_EVERY_SECONDS):
                await self._wake.wait()
        except TimeoutError:
            pass

    async def round(self) -> bool:
        """Handle one group; False when nothing more is waiting."""
        # A file that arrives while the group is looked through makes its event ready after that look.
        was_fetching = bool(self._fetching)
        try:
            handled, more = await asyncio.shield(self._database.run(self._group))
        except _NeedsFile as need:
            await self._database.run(self._set_aside, need)
            self._fetch_aside(need)
            return True
        if handled:
            self._wake_couriers()
            await asyncio.sleep(HEAD_START_SECONDS)
        elif self._fetching:
            await self._wait()
        return more or was_fetching

    def _set_aside(self, need: _NeedsFile) -> None:
        """The chat waits for its file; should this process die, another fetches it later."""
        with self._database.session() as session, session.begin():
            row = inbox.claim_one(session, need.row_id)
            if row is not None:
                row.not_before = self._clock.now() + FETCH_LEASE

    def _group(self) -> tuple[int, bool]:
        """How many were handled, and whether more are waiting: then it is worth while to look again at once."""
        with self._database.session() as session:
            ids: list[int] = []
            tried = 0
            try:
                with session.begin():
                    now = self._clock.now()
                    rows, more = inbox.claim(session, now, GROUP)
                    ids = [row.key for row in rows]
                    chats = conversation.chats_of(session, rows, now)
                    events = ahead.events_of(rows, self._event)
                    ahead.read(session, self._routes, events.values(), chats, local_day(now))
                    works = [self._work(session, row, now) for row in rows]
                    for row, work in zip(rows, works, strict=True):
                        tried += 1
                        self._handle(work, row, events.get(row.key) or self._event(row), chats)
                    close_together(works)
                    inbox.finish(session, ids)
                return len(ids), more
            except _NeedsFile:
                raise
            except Exception as error:
                # Each alone will tell whose fault it is.
                log.debug("%d of a group are done one by one: %s", tried, type(error).__name__)
        alone = ids[: tried or 1]
        for row_id in alone:
            self._single(row_id)
        return len(alone), bool(alone)

    def _single(self, row_id: int) -> None:
        for attempt in range(ATTEMPTS):
            try:
                self._handle_or_refuse(row_id)
            except _NeedsFile:
                raise
            except LOST_RACE as error:
                if attempt == ATTEMPTS - 1:
                    self._failed(row_id, error)
            except Exception as error:
                self._failed(row_id, error)
                return
            else:
                return

    def _handle_or_refuse(self, row_id: int) -> None:
        try:
            with self._database.session() as session, session.begin():
                row = inbox.claim_one(session, row_id)
                if row is not None:
                    work = self._work(session, row, self._clock.now())
                    self._handle(work, row, self._event(row), {})
                    work.close()
                    inbox.finish(session, [row_id])
        except DomainError as error:
            self._refuse(row_id, error)

    def _work(self, session: Session, row: ReceivedEvent, now: datetime) -> Work:
        return Work(session, now, self._files, cause=f"event:{row.id}", admin_codes=self._admin_codes)

    def _handle(self, work: Work, row: ReceivedEvent, event: Event | None, chats: conversation.Chats) -> None:
        if event is None:
            return
        if isinstance(event, FileReceived) and event.stored_id is None and "_file" not in (row.payload or {}):
            raise _NeedsFile(row.key, event)
        work.account, work.actor = chats.get((event.channel, event.address), (None, None))
        conversation.handle(
            work,
            event,
            self._routes,
            capabilities=self._capabilities.get(row.channel, GONE),
            citizens_bot=self._citizens_bot(row.channel, row.address),
            link_for=partial(first_link, self._channels.values()),
        )

    def _event(self, row: ReceivedEvent) -> Event | None:
        if row.payload is None:
            return ClassifiedRefused(
                channel=row.channel, event_id=row.event_id, address=row.address, sent_at=row.received_at
            )
        if UPLOADED in row.payload:
            return uploaded(row.channel, row.event_id, row.address, row.payload, row.received_at)
        channel = self._channels.get(row.channel)
        if channel is None:
            raise RuntimeError(f"no channel {row.channel!r}")
        event = channel.parse(RawEvent(row.channel, row.event_id, row.address, row.payload))
        if isinstance(event, FileReceived):
            return replace(event, stored_id=row.payload.get("_file"))
        return event

    def _refuse(self, row_id: int, error: DomainError) -> None:
        with self._database.session() as session, session.begin():
            row = inbox.claim_one(session, row_id)
            event = self._event(row) if row else None
            if row is not None and event is not None:
                conversation.refuse(self._work(session, row, self._clock.now()), event, error)
                inbox.finish(session, [row_id])

    def _failed(self, row_id: int, error: Exception) -> None:
        """Try again later; the third time park the event and apologise."""
        incident = secrets.token_hex(2).upper()
        log.error("incident %s: event %s", incident, row_id, exc_info=error)
        with self._database.session() as session, session.begin():
            row = inbox.claim_one(session, row_id)
            if row is None:
                return
            row.attempts += 1
            row.incident = incident
            row.not_before = self._clock.now() + timedelta(seconds=2**row.attempts)
            if row.attempts < ATTEMPTS:
                return
            row.state = EventState.PARKED
            try:
                with session.begin_nested():
                    self._apologise(session, row, incident)
            except Exception as trouble:
                # It cannot even be read, or answered; parked it is all the same, and blocks nobody.
                log.warning("event %s was parked without a word: %s", row_id, type(trouble).__name__)

    def _apologise(self, session: Session, row: ReceivedEvent, incident: str) -> None:
        event = self._event(row)
        if event is not None:
            conversation.apologise(self._work(session, row, self._clock.now()), event, incident)

    def _fetch_aside(self, need: _NeedsFile) -> None:
        """Beside the other chats: a large file takes its time."""
        task = asyncio.create_task(self._fetch(need))
        self._fetching.add(task)
        task.add_done_callback(self._fetched)

    def _fetched(self, task: asyncio.Task[None]) -> None:
        self._fetching.discard(task)
        self._wake.set()
        if not task.cancelled() and task.exception() is not None:
            log.error("a file was not taken; it is tried again", exc_info=task.exception())

    async def _fetch(self, need: _NeedsFile) -> None:
        """Fetch a file and note where it is; what cannot be fetched is noted too, and answered."""
        content: bytes | None = None
        if need.event.file.size <= MAX_BYTES:
            try:
                content = await self._channels[need.event.channel].download(need.event.file.reference)
            except DeliveryError as error:
                log.warning("file of event %s: %s", need.row_id, error)
        file = None
        if content is not None and len(content) <= MAX_BYTES:
            # Beside the database's thread: nobody waits for a disk that takes twenty megabytes.
            digest = await asyncio.to_thread(self._files.save, content)
            file = StoredFile(
                digest=digest,
                name=need.event.file.name,
                media_type=need.event.file.media_type,
                size=len(content),
                stored_at=self._clock.now(),
            )
        await self._database.run(self._keep_file, need, file)

    def _keep_file(self, need: _NeedsFile, file: StoredFile | None) -> None:
        with self._database.session() as session, session.begin():
            row = inbox.claim_one(session, need.row_id)
            if row is None or row.payload is None:
                return
            if file is not None:
                session.add(file)
                session.flush()
            row.payload = {**row.payload, "_file": file.id if file else None}
            row.not_before = None
