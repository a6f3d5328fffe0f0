"""Raw updates and what a person did: each update is read alone, so that a broken one hurts nobody else."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from bot.channel import RawEvent
from bot.events import (
    ButtonPressed,
    ClassifiedRefused,
    Event,
    FileReceived,
    IncomingFile,
    Left,
    Returned,
    TextReceived,
    Unsupported,
)

Json = Mapping[str, Any]

CHANNEL = "telegram"
ALLOWED_UPDATES = ["message", "callback_query", "my_chat_member"]
_COMMAND_FOR = re.compile(r"^(/\w+)@\w+")
_FILES = ("document", "video", "audio")
_EXTENSIONS = {"document": "", "video": ".mp4", "audio": ".mp3"}
# What a person can send and we cannot use. Everything else without text is the platform's own news (pinned, ...).
_UNUSABLE = (
    *("sticker", "voice", "video_note", "location", "venue", "contact", "poll", "dice", "game", "story"),
    *("checklist", "paid_media", "rich_message"),
)


def raw_event(update: object) -> RawEvent:
    """Raises ValueError for what has no update id."""
    if not isinstance(update, dict) or not isinstance(update.get("update_id"), int):
        raise ValueError("not an update")
    return RawEvent(CHANNEL, str(update["update_id"]), _address(update), update)


def _address(update: Json) -> str:
    """The chat, also of updates that `parse` will find broken; those without one share the empty address."""
    for kind in ALLOWED_UPDATES:
        try:
            return str(_chat(kind, update[kind])["id"])
        except (KeyError, TypeError, AttributeError):
            continue
    return ""


def _chat(kind: str, content: Json) -> Json:
    if kind != "callback_query":
        chat: Json = content["chat"]
        return chat
    message = content.get("message")
    if message:
        return _chat("message", message)
    # A press on a message that the platform no longer shows us comes from the person's own chat.
    return {"id": content["from"]["id"], "type": "private"}


def parse(raw: RawEvent, now: datetime) -> Event | None:
    """`now` stands for the moment where the update has none (presses). Raises ValueError for a broken update."""
    if raw.payload is None:
        return ClassifiedRefused(channel=raw.channel, event_id=raw.event_id, address=raw.address, sent_at=now)
    for kind, read in _READERS.items():
        if kind in raw.payload:
            try:
                content = raw.payload[kind]
                return read(content, _common(raw, kind, content, now)) if _is_private(kind, content) else None
            except (KeyError, TypeError, ValueError, AttributeError, OverflowError, OSError) as error:
                # Only the class: its text may quote what a person wrote.
                problem = type(error).__name__
            raise ValueError(f"broken {kind}: {problem}")
    return None


def _is_private(kind: str, content: Json) -> bool:
    return bool(_chat(kind, content).get("type", "private") == "private")


def _common(raw: RawEvent, kind: str, content: Json, now: datetime) -> dict[str, Any]:
    sender = content["from"]
    message = (content.get("message") or {}) if kind == "callback_query" else content
    date = None if kind == "callback_query" else content["date"]
    return {
        "channel": raw.channel,
        "event_id": raw.event_id,
        "address": str(_chat(kind, content)["id"]),
        "sent_at": now if date is None else datetime.fromtimestamp(date, UTC),
        "sender_name": " ".join(filter(None, (sender.get("first_name"), sender.get("last_name")))),
        "language": sender.get("language_code") or "",
        "message_id": str(message.get("message_id", "")),
    }


def _message(content: Json, common: dict[str, Any]) -> Event | None:
    if "text" in content:
        return TextReceived(**common, text=_COMMAND_FOR.sub(r"\1", content["text"]))
    file = _file(content)
    if file is not None:
        return FileReceived(**common, file=file, caption=content.get("caption") or "")
    what = next((kind for kind in _UNUSABLE if kind in content), "")
    return Unsupported(**common, what=what) if what else None


def _file(content: Json) -> IncomingFile | None:
    message_id = content["message_id"]
    if "photo" in content:
        photo = max(content["photo"], key=lambda size: size["width"] * size["height"])
        return IncomingFile(photo["file_id"], f"photo-{message_id}.jpg", "image/jpeg", photo.get("file_size", 0))
    kind = next((kind for kind in _FILES if kind in content), "")
    if not kind:
        return None
    file = content[kind]
    name = file.get("file_name") or f"{kind}-{message_id}{_EXTENSIONS[kind]}"
    return IncomingFile(file["file_id"], name, file.get("mime_type", ""), file.get("file_size", 0))


def _press(content: Json, common: dict[str, Any]) -> Event | None:
    if "data" not in content:
        return None
    return ButtonPressed(**common, token=_string(content["data"]), callback_id=_string(content["id"]))


def _membership(content: Json, common: dict[str, Any]) -> Event | None:
    match content["new_chat_member"]["status"]:
        case "kicked":
            return Left(**common)
        case "member":
            return Returned(**common)
    return None


def _string(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


_READERS = {"message": _message, "callback_query": _press, "my_chat_member": _membership}
