"""What the phones on the screen show, as the page wants it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from bot.adapters.simulator.phones import Phone, holder_of_phone
from bot.clock import LOCAL_ZONE
from bot.i18n import short_date, weekday
from models.simulator import SimulatedMessage, bubbles_since, chat_at, unread

MOST_BUBBLES = 200


@dataclass(frozen=True, slots=True)
class Seen:
    """A phone on the screen, and the last change that it shows."""

    phone: Phone
    changed: int


def chats(session: Session, seen: Sequence[Seen]) -> dict[str, Any]:
    """What is new on these phones; what is on the screen is read."""
    shown = [_chat(session, one) for one in seen]
    return {
        "chats": shown,
        "unread": [
            {"channel": channel, "address": address, "number": number} for channel, address, number in unread(session)
        ],
    }


def _chat(session: Session, seen: Seen) -> dict[str, Any]:
    holder_of_phone(session, seen.phone)
    chat = chat_at(session, seen.phone.channel, seen.phone.address)
    bubbles = bubbles_since(session, chat, seen.changed, MOST_BUBBLES)
    changed = max([seen.changed, *(bubble.changed for bubble in bubbles)])
    if changed > chat.read_to:
        chat.read_to = changed
        session.flush()
    return {
        "channel": chat.channel,
        "address": chat.address,
        "changed": changed,
        "commands": chat.commands,
        "bubbles": [_bubble(bubble) for bubble in bubbles if _is_seen(bubble)],
    }


def _is_seen(bubble: SimulatedMessage) -> bool:
    """A choice by its typed number is seen in the chat; the press of a button is not."""
    return bubble.payload.get("kind") != "press" or bool(bubble.payload["text"])


def _bubble(bubble: SimulatedMessage) -> dict[str, Any]:
    local, payload = bubble.shown_at.astimezone(LOCAL_ZONE), bubble.payload
    return {
        "id": bubble.id,
        "is_ours": bubble.is_ours,
        "kind": payload.get("kind", ""),
        "text": payload["text"],
        "rows": payload.get("rows", []),
        "files": [
            {
                "name": file["name"],
                "size": file["size"],
                "url": f"/simulator/file/{bubble.id}/{number}" if file["reference"] else "",
            }
            for number, file in enumerate(payload["files"])
        ],
        "picture": payload.get("picture", ""),
        "time": f"{local:%H:%M}",
        "day": f"{weekday(local.date())}, {short_date(local.date())}",
        "is_edited": bubble.is_edited,
    }
