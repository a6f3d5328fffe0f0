"""What a person does at a simulated phone: open it, type, press, attach. It all goes the way of real events."""

from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import timedelta
from typing import Any, Concatenate, ParamSpec, TypeVar
from uuid import uuid4

from sqlmodel import Session

from bot.adapters.simulator.channel import CAPABILITIES
from bot.channel import RawEvent, Store
from bot.clock import Clock
from bot.events import IncomingFile
from bot.files import MAX_BYTES, FileStore
from bot.messages import Button
from models.database import Database, lock_for_transaction
from models.drafts import latest_draft
from models.offices import accounts_of
from models.people import ChannelAccount, Person, account_at, person_by_code
from models.simulator import LOCK, SimulatedMessage, chat_at, message_in, next_change
from rules.secrecy import is_classified, is_classified_filename

CITIZENS = {"dan-1": "Người dân thứ nhất", "dan-2": "Người dân thứ hai"}

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Phone:
    """A kind of phone (its channel), and the address: an official's code, or a citizen's name in the list."""

    channel: str
    address: str


@dataclass(frozen=True, slots=True)
class Act:
    """What was done: `kind` is text, press or file; `text` is what was typed, also under a file."""

    kind: str
    text: str = ""
    token: str = ""
    message_id: str = ""
    file: IncomingFile | None = None


class UnknownPhoneError(Exception):
    """There is no such kind of phone, or nobody who could hold it."""


class Phones:
    """`store` is what every channel hands its events to."""

    def __init__(self, database: Database, clock: Clock, files: FileStore, store: Store) -> None:
        self._database = database
        self._clock = clock
        self._files = files
        self._store = store

    async def open(self, phone: Phone) -> None:
        """Put a phone in somebody's hand; the one opened last is where he is reached."""
        await self._transact(self._open, phone)

    async def act(self, phone: Phone, act: Act) -> None:
        """Type, press or send a stored file."""
        # The bubble first: an answer must not stand above what it answers.
        raw = await self._transact(self._note, phone, act)
        await self._store([raw])

    async def attach(self, phone: Phone, name: str, content: bytes, media_type: str, caption: str) -> None:
        """Send a file; what is too large for any channel, or secret, is not kept."""
        reference = ""
        if len(content) <= MAX_BYTES and not is_classified(caption) and not is_classified_filename(name):
            reference = await self._database.run(self._files.save, content)
        await self.act(phone, Act("file", caption, file=IncomingFile(reference, name, media_type, len(content))))

    async def _transact(self, function: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        return await self._database.run(self._database.transact, lambda session: function(session, *args, **kwargs))

    def _open(self, session: Session, phone: Phone) -> None:
        _name, person = holder_of_phone(session, phone)
        lock_for_transaction(session, LOCK)
        chat_at(session, phone.channel, phone.address)
        if person is None:
            return
        account = account_at(session, phone.channel, phone.address)
        # The clock may have been moved back: the phone opened last is still the newest.
        others = [other.last_seen_at for other in accounts_of(session, person.key) if other is not account]
        seen_at = max([self._clock.now(), *(seen + timedelta(seconds=1) for seen in others)])
        if account is None:
            account = ChannelAccount(channel=phone.channel, address=phone.address, last_seen_at=seen_at)
        account.name, account.person_id, account.last_seen_at = person.full_name, person.id, seen_at
        session.add(account)

    def _note(self, session: Session, phone: Phone, act: Act) -> RawEvent:
        """Write down the bubble, and give the event that it becomes."""
        name, _person = holder_of_phone(session, phone)
        event_id, now = uuid4().hex, self._clock.now()
        act, label = _chosen(session, phone, act)
        bubble = SimulatedMessage(
            channel=phone.channel,
            address=phone.address,
            is_ours=False,
            payload=_bubble(act, label) | {"form": _open_form(session, phone)},
            event_id=event_id,
            shown_at=now,
            changed=next_change(session),
        )
        session.add(bubble)
        session.flush()
        payload = asdict(replace(act, message_id=act.message_id or str(bubble.id)))
        return RawEvent(phone.channel, event_id, phone.address, payload | {"name": name, "sent_at": now.isoformat()})


def holder_of_phone(session: Session, phone: Phone) -> tuple[str, Person | None]:
    """Name and person, none of a citizen. Raises UnknownPhoneError."""
    if phone.channel not in CAPABILITIES:
        raise UnknownPhoneError(phone.channel)
    if phone.address in CITIZENS:
        return CITIZENS[phone.address], None
    person = person_by_code(session, phone.address)
    if person is None:
        raise UnknownPhoneError(phone.address)
    return person.full_name, person


def _chosen(session: Session, phone: Phone, act: Act) -> tuple[Act, str]:
    """The act and what stood on its button."""
    if act.kind == "press":
        pressed = message_in(session, phone.channel, phone.address, act.message_id)
        return act, _label(pressed, act.token)
    return act, ""


def _open_form(session: Session, phone: Phone) -> str:
    """The form that typed text goes to; noted now, because its draft may be gone when the trace is read."""
    account = account_at(session, phone.channel, phone.address)
    draft = latest_draft(session, account.key) if account else None
    return draft.form if draft else ""


def _buttons(bubble: SimulatedMessage) -> list[Button]:
    return [Button(label, token, url) for row in bubble.payload["rows"] for label, token, url, *_style in row]


def _label(pressed: SimulatedMessage | None, token: str) -> str:
    return next((button.label for button in _buttons(pressed) if button.token == token), "") if pressed else ""


def _bubble(act: Act, label: str) -> dict[str, Any]:
    """What the chat and the trace show; nothing of it where the content is secret."""
    is_secret = is_classified(act.text) or (act.file is not None and is_classified_filename(act.file.name))
    files = [asdict(act.file)] if act.file and not is_secret else []
    return {
        "kind": "secret" if is_secret else act.kind,
        "text": "" if is_secret else act.text,
        "files": files,
        "token": act.token,
        "label": label,
    }
