"""The simulator as a channel: it shows messages by writing them down, and hears what its pages store."""

import asyncio
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlmodel import Session

from bot import markup, plain_text
from bot.channel import Capabilities, Command, Outgoing, OutgoingFile, RawEvent, Rejected, Store
from bot.clock import Clock
from bot.events import ButtonPressed, Event, FileReceived, IncomingFile, TextReceived, Unsupported
from bot.files import PICTURES, FileStore, media_type_of
from bot.messages import Message
from models.database import Database
from models.simulator import SimulatedMessage, chat_at, message_in, next_change

TELEGRAM_LIKE = "simulator"
TEXT_ONLY = "simulator_text"
CAPABILITIES = {
    TELEGRAM_LIKE: Capabilities(buttons=True, edits=True, files=True, max_text=4096),
    TEXT_ONLY: Capabilities(buttons=False, edits=False, files=False, max_text=1900),
}


class SimulatorChannel:
    """All phones of one kind; what they show is in the database, so any process may serve the page."""

    def __init__(self, name: str, database: Database, clock: Clock, files: FileStore) -> None:
        self.name = name
        self.capabilities = CAPABILITIES[name]
        self._database = database
        self._clock = clock
        self._files = files

    async def start(self) -> None:
        """There is nothing to open."""

    async def receive(self, store: Store) -> None:
        """The pages store what people do; nothing has to be fetched."""
        await asyncio.Event().wait()

    def parse(self, raw: RawEvent) -> Event | None:
        payload = raw.payload or {}
        common: dict[str, Any] = {
            "channel": raw.channel,
            "event_id": raw.event_id,
            "address": raw.address,
            "sent_at": datetime.fromisoformat(payload["sent_at"]),
            "sender_name": payload["name"],
            "language": "vi",
            "message_id": payload["message_id"],
        }
        match payload["kind"]:
            case "text":
                return TextReceived(**common, text=payload["text"])
            case "press":
                return ButtonPressed(**common, token=payload["token"])
            case "file":
                return self._file(common, IncomingFile(**payload["file"]), payload["text"])
        raise ValueError("unknown kind of event")

    def _file(self, common: dict[str, Any], file: IncomingFile, caption: str) -> Event:
        """Without files only pictures arrive; of anything else the platform says that there was something."""
        if self.capabilities.files or media_type_of(file.name, file.media_type) in PICTURES:
            return FileReceived(**common, file=file, caption=caption)
        return Unsupported(**common, what="unsupported")

    async def acknowledge(self, event: Event) -> None:
        """No button of ours spins."""

    async def send(self, outgoing: Outgoing) -> str:
        return str(await self._database.run(self._show, outgoing))

    def _show(self, outgoing: Outgoing) -> int:
        with self._database.session() as session, session.begin():
            if not self.capabilities.buttons:
                return self._show_pieces(session, outgoing)
            # As the platform has it: what is edited keeps the first piece, the last one carries the choices.
            *before, last = markup.split(str(outgoing.message.text), self.capabilities.max_text) or [""]
            files = [self._keep(file) for file in outgoing.files]
            payloads: list[dict[str, Any]] = [{"text": piece, "rows": [], "files": []} for piece in before]
            payloads.append({"text": last, "rows": _rows(outgoing.message), "files": files})
            old = message_in(session, self.name, outgoing.address, outgoing.edits)
            shown = [self._change(session, old, payloads.pop(0))] if old else []
            return [*shown, *(self._add(session, outgoing.address, payload) for payload in payloads)][-1]

    def _change(self, session: Session, old: SimulatedMessage, payload: dict[str, Any]) -> int:
        if old.payload != payload:
            old.payload, old.is_edited, old.changed = payload, True, next_change(session)
        return old.key

    def _show_pieces(self, session: Session, outgoing: Outgoing) -> int:
        """Returns the last piece, which carries the choices."""
        for picture in outgoing.pictures:
            self._add(session, outgoing.address, {"text": "", "rows": [], "files": [], "picture": picture})
        *before, last = plain_text.pieces(outgoing.message, self.capabilities.max_text) or [""]
        for piece in before:
            self._add(session, outgoing.address, {"text": piece, "rows": [], "files": []})
        return self._add(session, outgoing.address, {"text": last, "rows": _rows(outgoing.message), "files": []})

    def _add(self, session: Session, address: str, payload: dict[str, Any]) -> int:
        bubble = SimulatedMessage(
            channel=self.name,
            address=address,
            is_ours=True,
            payload=payload,
            shown_at=self._clock.now(),
            changed=next_change(session),
        )
        session.add(bubble)
        session.flush()
        return bubble.key

    def _keep(self, file: OutgoingFile) -> dict[str, Any]:
        return {
            "reference": self._files.save(file.content),
            "name": file.name,
            "media_type": file.media_type,
            "size": len(file.content),
        }

    async def download(self, reference: str) -> bytes:
        try:
            return await self._database.run(self._files.read, reference)
        except FileNotFoundError:
            raise Rejected("no such file") from None

    async def set_commands(self, address: str, commands: Sequence[Command]) -> None:
        await self._database.run(self._keep_commands, address, commands)

    def _keep_commands(self, address: str, commands: Sequence[Command]) -> None:
        with self._database.session() as session, session.begin():
            chat = chat_at(session, self.name, address)
            chat.commands = [[command.name, command.description] for command in commands]

    def link_for(self, code: str) -> str:
        """A phone of the simulator is linked by opening it; codes are typed as on any other."""
        return ""

    def trouble(self) -> str:
        return ""

    def works(self) -> bool:
        return True

    async def stop(self) -> None:
        """There is nothing to close."""


def _rows(message: Message) -> list[list[list[str]]]:
    """Label, token, address and style of each button, as the page and the database take them."""
    return [[[one.label, one.token, one.url, one.style.value] for one in row] for row in message.rows]
