"""What is sent at once: rows as the channel can carry them, with choices, links and files, several as one message."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeAlias

from sqlmodel import Session

from bot import plain_text, prompts
from bot.channel import Channel, Outgoing, OutgoingFile
from bot.files import FileStore, media_type_of
from bot.i18n import use_language
from bot.links import Addresses, with_links
from bot.messages import Message
from bot.outbox import bundles, queue
from bot.outbox.queue import Fate
from bot.outbox.shown import sent_card, shown_message
from models.files import StoredFile
from models.outbox import DeliveryState, OutboxMessage, Priority
from models.prompts import close_card

MarkRepeat: TypeAlias = Callable[[Message], Message]

CALENDAR = "text/calendar"


@dataclass(frozen=True, slots=True)
class Parcel:
    """What is sent at once: a row, and `others` of the same chat that go in the same message."""

    row: OutboxMessage
    message: Message
    edits: str
    files: tuple[tuple[StoredFile, str], ...] = ()
    pictures: tuple[str, ...] = ()
    others: tuple[OutboxMessage, ...] = ()


class Packer:
    """Packs for one channel; `counts` where each message counts, so that news is joined."""

    def __init__(
        self, channel: Channel, files: FileStore, mark_repeat: MarkRepeat, addresses: Addresses, *, counts: bool
    ) -> None:
        self._channel = channel
        self._files = files
        self._mark_repeat = mark_repeat
        self._addresses = addresses
        self._counts = counts

    def pack(self, session: Session, row: OutboxMessage, now: datetime) -> Parcel | None:
        """The row with what may go in the same message; None where nothing needs to be said here."""
        limit = self._channel.capabilities.max_text
        others = bundles.companions(session, row, now, limit) if self._counts else []
        parcels = [(one, self._parcel(session, one, now)) for one in (row, *others)]
        silent = [Fate(one.key, DeliveryState.SUPERSEDED) for one, parcel in parcels if parcel is None]
        queue.settle(session, silent, now)
        found = [parcel for _, parcel in parcels if parcel is not None]
        if not found:
            return None
        message = bundles.joined([parcel.message for parcel in found])
        pictures = tuple(address for parcel in found for address in parcel.pictures)
        return replace(found[0], message=message, pictures=pictures, others=tuple(parcel.row for parcel in found[1:]))

    def _parcel(self, session: Session, row: OutboxMessage, now: datetime) -> Parcel | None:
        """The message ready to be sent; None where nothing needs to be said here."""
        edits = self._edits(session, row)
        if row.is_echo and not edits:
            close_card(session, row.channel, row.address, row.card)
            return None
        message = self._message(session, row, now)
        if message is None:
            return None
        stored = [(session.get(StoredFile, file.file_id), file.name) for file in message.files]
        found = [(file, name) for file, name in stored if file is not None]
        if self._channel.capabilities.files:
            return Parcel(row, message, edits, tuple(found))
        # An entry for a calendar holds no more than the text says: it is worth no address.
        found = [(file, name) for file, name in found if file.media_type != CALENDAR]
        with use_language(row.payload["language"]):
            linked = with_links(session, row, message, found, self._addresses, now)
        return Parcel(row, linked.message, edits, pictures=linked.pictures)

    def _edits(self, session: Session, row: OutboxMessage) -> str:
        if not self._channel.capabilities.edits:
            return ""
        return row.edits or (sent_card(session, row) if row.card and not row.is_fresh else "")

    def _message(self, session: Session, row: OutboxMessage, now: datetime) -> Message | None:
        message = Message.from_json(row.payload)
        is_silent = bool(row.card) and not row.is_fresh and row.priority != Priority.REPLY
        if is_silent and not self._channel.capabilities.edits and (former := shown_message(session, row)) is not None:
            status = prompts.status_line(message, former)
            if status is None or status.rows != message.rows:
                return status and self._status(session, row, status, now)
            message = status
        if self._channel.capabilities.buttons:
            return message
        with use_language(row.payload["language"]):
            return prompts.numbered(session, row, message, now)

    def _status(self, session: Session, row: OutboxMessage, status: Message, now: datetime) -> Message:
        """A line of news under choices that stand: they are shown again, with the code that they have."""
        if self._channel.capabilities.buttons:
            return status
        with use_language(row.payload["language"]):
            return prompts.shown_again(session, row, status, now)

    def outgoing(self, parcel: Parcel) -> Outgoing:
        """What the channel is given."""
        row = parcel.row
        message = parcel.message
        if row.is_repeat and not parcel.edits:
            with use_language(row.payload["language"]):
                message = self._mark_repeat(message)
        files = [
            OutgoingFile(name, self._files.read(file.digest), media_type_of(name, file.media_type))
            for file, name in parcel.files
        ]
        silent = row.priority == Priority.PING
        return Outgoing(row.address, message, files, parcel.edits, silent, parcel.pictures)

    def count(self, parcel: Parcel) -> int:
        """How many messages of the platform it took, where they are counted."""
        if not self._counts:
            return 0
        return len(parcel.pictures) + len(plain_text.pieces(parcel.message, self._channel.capabilities.max_text))
