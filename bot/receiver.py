"""From a channel into the inbox: screened for classified content, committed, and only then confirmed."""

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from bot import inbox
from bot.channel import Channel, RawEvent
from bot.clock import Clock
from bot.events import ButtonPressed, Event, FileReceived, TextReceived
from models.database import Database
from rules.secrecy import is_classified, is_classified_filename

log = logging.getLogger(__name__)


class Receiver:
    """What channels call with the events they received."""

    def __init__(
        self, database: Database, clock: Clock, channels: Mapping[str, Channel], wake: Callable[[], None]
    ) -> None:
        self._database = database
        self._clock = clock
        self._channels = channels
        self._wake = wake
        self._acknowledging: set[asyncio.Task[None]] = set()

    async def store(self, events: Sequence[RawEvent]) -> None:
        """Commit events to the inbox; raises when the database does not take them."""
        read = [self._read(event) for event in events]
        kept = [
            replace(raw, payload=None) if _is_secret(event) else raw for raw, event in zip(events, read, strict=True)
        ]
        await self._database.run(self._commit, kept)
        self._wake()
        for event in read:
            if isinstance(event, ButtonPressed):
                self._acknowledge(event)

    def _read(self, raw: RawEvent) -> Event | None:
        try:
            return self._channels[raw.channel].parse(raw)
        except Exception:
            # Dispatch meets the same trouble, counts it and parks the event.
            log.warning("event %s of %s cannot be read", raw.event_id, raw.channel)
            return None

    def _commit(self, events: Sequence[RawEvent]) -> None:
        with self._database.session() as session, session.begin():
            inbox.store(session, events, self._clock.now())

    def _acknowledge(self, event: ButtonPressed) -> None:
        # Beside the transaction: the person's button stops spinning a round trip earlier.
        task = asyncio.create_task(self._channels[event.channel].acknowledge(event))
        self._acknowledging.add(task)
        task.add_done_callback(self._acknowledging.discard)


def _is_secret(event: Event | None) -> bool:
    match event:
        case TextReceived(text=text):
            return is_classified(text)
        case FileReceived(file=file, caption=caption):
            return is_classified(caption) or is_classified_filename(file.name)
    return False
