"""What a person did on a channel. Events know no database and no platform objects."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Common to all: `address` is the private chat at the platform, `event_id` the platform's own key.

    `message_id` is the message that was pressed, or the one that the person sent.
    """

    channel: str
    event_id: str
    address: str
    sent_at: datetime
    sender_name: str = ""
    language: str = ""
    message_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TextReceived(Event):
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ButtonPressed(Event):
    """`callback_id` is what the platform wants acknowledged, empty where there is nothing of the kind."""

    token: str
    callback_id: str = ""


@dataclass(frozen=True, slots=True)
class IncomingFile:
    """A file at the platform, not fetched yet; `size` in bytes, 0 when the platform does not tell."""

    reference: str
    name: str
    media_type: str = ""
    size: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class FileReceived(Event):
    """`stored_id` is set once the file has been fetched and kept (see `bot.files`)."""

    file: IncomingFile
    caption: str = ""
    stored_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassifiedRefused(Event):
    """The event had signs of a state secret: neither its text nor its file was stored."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Left(Event):
    """The person blocked the bot or deleted the chat."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned(Event):
    """The person unblocked the bot."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsupported(Event):
    """Something a person did that we cannot use (sticker, voice, location); answered politely."""

    what: str
