"""Raw events and what a person did: each is read alone, so that a broken one hurts nobody else."""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from bot.channel import RawEvent
from bot.events import ClassifiedRefused, Event, FileReceived, IncomingFile, TextReceived, Unsupported

Json = Mapping[str, Any]

CHANNEL = "zalo"
PRIVATE = "PRIVATE"
TEXT, PICTURE = "message.text.received", "message.image.received"
# What a person can send and we cannot use. `unsupported` is files, places and all that specially protected people send.
_UNUSABLE = {
    "message.sticker.received": "sticker",
    "message.voice.received": "voice",
    "message.unsupported.received": "unsupported",
}
_KNOWN = (TEXT, PICTURE, *_UNUSABLE)


def unwrapped(body: object) -> dict[str, Any] | None:
    """The event of a push, which the documentation wraps into `result` and live traffic does not; None for a probe."""
    if not isinstance(body, dict):
        return None
    event = body["result"] if isinstance(body.get("result"), dict) else body
    return event if event.get("event_name") in _KNOWN and isinstance(event.get("message"), dict) else None


def address_of(bot_id: str, chat_id: str) -> str:
    """Which of our bots a person wrote to is part of his address: a chat exists between him and that bot only."""
    return f"{bot_id}:{chat_id}"


def chat_of(event: Json) -> tuple[str, str]:
    """Id and type of the chat, as strings; empty where the event has none."""
    chat = event["message"].get("chat")
    return (_id(chat.get("id")), str(chat.get("chat_type", ""))) if isinstance(chat, dict) else ("", "")


def is_from_a_bot(event: Json, bot_id: str) -> bool:
    """The platform may hand our own messages back to us."""
    sender = event["message"].get("from")
    return isinstance(sender, dict) and (sender.get("is_bot") is True or _id(sender.get("id")) == bot_id)


def raw_event(event: dict[str, Any], bot_id: str) -> RawEvent:
    """The platform's events have no id, so that of the message serves; nobody says that it differs from bot to bot."""
    message_id = _id(event["message"].get("message_id")) or _fingerprint(event)
    return RawEvent(CHANNEL, f"{bot_id}:{message_id}", address_of(bot_id, chat_of(event)[0]), event)


def _fingerprint(event: Json) -> str:
    return hashlib.sha256(json.dumps(event, sort_keys=True).encode()).hexdigest()


def _id(value: object) -> str:
    """Ids are strings even where they look like numbers."""
    return str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""


def parse(raw: RawEvent, now: datetime) -> Event | None:
    """Raises ValueError for a broken event."""
    if raw.payload is None:
        return ClassifiedRefused(channel=raw.channel, event_id=raw.event_id, address=raw.address, sent_at=now)
    try:
        return _read(raw, raw.payload["event_name"], raw.payload["message"])
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError, OSError) as error:
        # Only the class: its text may quote what a person wrote.
        problem = type(error).__name__
    raise ValueError(f"broken event: {problem}")


def _read(raw: RawEvent, name: str, message: Json) -> Event | None:
    sender = message["from"]
    common: dict[str, Any] = {
        "channel": raw.channel,
        "event_id": raw.event_id,
        "address": f"{raw.address.partition(':')[0]}:{_required(message['chat']['id'])}",
        "sent_at": datetime.fromtimestamp(message["date"] / 1000, UTC),
        "sender_name": _string(sender.get("display_name") or ""),
        "message_id": _id(message.get("message_id")),
    }
    if name == TEXT:
        return TextReceived(**common, text=_string(message["text"]))
    if name == PICTURE:
        file = _picture(message, raw.event_id)
        return FileReceived(**common, file=file, caption=_string(message.get("caption") or ""))
    return Unsupported(**common, what=_UNUSABLE[name])


def _picture(message: Json, event_id: str) -> IncomingFile:
    """Its address is called `photo` in the documentation and `photo_url` in live traffic."""
    address = message.get("photo_url") or message["photo"]
    return IncomingFile(_required(address), f"photo-{event_id.partition(':')[2]}.jpg", "image/jpeg")


def _required(value: object) -> str:
    if not isinstance(value, str | int) or not value:
        raise TypeError
    return str(value)


def _string(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value
