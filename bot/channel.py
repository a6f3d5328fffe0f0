"""The boundary to a platform: receive events, send messages, tell what it can do, fail in four known ways."""

from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeAlias

from bot.events import Event
from bot.messages import Message


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a channel's screen can carry; texts longer than `max_text` characters are sent in pieces."""

    buttons: bool
    edits: bool
    files: bool
    max_text: int


@dataclass(frozen=True, slots=True)
class RawEvent:
    """An event as the platform gave it. `payload` is None where it was screened off as classified.

    `address` orders the events: those of one address are handled one after the other.
    """

    channel: str
    event_id: str
    address: str
    payload: dict[str, Any] | None


@dataclass(frozen=True, slots=True)
class OutgoingFile:
    name: str
    content: bytes
    media_type: str


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A message on its way: to `address`, in place of `edits` (a message id at the platform) if that is set.

    A channel without files is given addresses of `pictures`, to show where it can; the text names them as well.
    """

    address: str
    message: Message
    files: Sequence[OutgoingFile] = ()
    edits: str = ""
    silent: bool = False
    pictures: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Command:
    """An entry of the command menu, without slash."""

    name: str
    description: str


class DeliveryError(Exception):
    """Why a message did not arrive. Adapters raise nothing else from `send`."""


class RetryLater(DeliveryError):
    """Surely not delivered; the whole channel is to wait `after` seconds, or `only_this` message."""

    def __init__(self, after: float, reason: str, *, only_this: bool = False) -> None:
        super().__init__(reason)
        self.after = after
        self.only_this = only_this


class Unreachable(DeliveryError):
    """This person cannot be reached here any more: blocked, deactivated, never started."""


class Rejected(DeliveryError):
    """The platform refuses this very message: our mistake, never worth repeating."""


class Uncertain(DeliveryError):
    """The call was made and its answer lost: the message may have arrived."""


Store: TypeAlias = Callable[[Sequence[RawEvent]], Awaitable[None]]


class Channel(Protocol):
    """One platform. `store` commits events to the inbox; only then may a channel confirm them."""

    name: str
    capabilities: Capabilities

    async def start(self) -> None:
        """Open connections; return quickly, also when the platform is away."""

    async def receive(self, store: Store) -> None:
        """Receive until cancelled; survives every failure of the platform by waiting and trying again."""

    def parse(self, raw: RawEvent) -> Event | None:
        """Turn one raw event into ours; None for what concerns nobody. May raise on a malformed one."""

    async def acknowledge(self, event: Event) -> None:
        """Tell the platform that a press was seen; failures are of no consequence."""

    async def send(self, outgoing: Outgoing) -> str:
        """Deliver and return the platform's id of the message that can later be edited; or raise DeliveryError."""

    async def download(self, reference: str) -> bytes:
        """Fetch a received file; raises DeliveryError."""

    async def set_commands(self, address: str, commands: Sequence[Command]) -> None:
        """Show this command menu in one chat; best effort."""

    def link_for(self, code: str) -> str:
        """The address that opens the chat with a linking code, empty where the code must be typed."""

    def trouble(self) -> str:
        """What is wrong with the channel now, in English, without secrets; empty when all is well."""

    def works(self) -> bool:
        """Whether anybody is served here now: of several bots one is enough."""

    async def stop(self) -> None:
        """Close connections."""


class Webhook(Protocol):
    """A channel that platforms push to. `accept` answers with the HTTP status."""

    async def accept(self, secret: str | None, body: bytes, store: Store) -> int: ...


@dataclass(frozen=True, slots=True)
class WebhookRoute:
    """Where a platform pushes to, and the header in which it shows the secret."""

    path: str
    header: str
    channel: Webhook


def first_link(channels: Iterable[Channel], code: str) -> str:
    """The address that brings a code to us, of the first channel that has such; empty where none has."""
    return next((link for channel in channels if (link := channel.link_for(code))), "")
