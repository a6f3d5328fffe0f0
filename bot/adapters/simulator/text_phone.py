"""What a phone without buttons and markup shows: plain text in pieces, choices as numbered lines."""

import html
import re
from collections.abc import Iterable

from bot.messages import Button, Message

_TAG = re.compile(r"</?[a-z]+>")


def plain(text: str) -> str:
    """Without tags; entities as the characters that they stand for."""
    return html.unescape(_TAG.sub("", text))


def choices(buttons: Iterable[Button]) -> list[Button]:
    """The buttons that are numbered, in order; a link is not a choice."""
    return [button for button in buttons if button.token]


def pieces(message: Message, limit: int) -> list[str]:
    """The text cut at line ends where possible; the choices stand whole in the last piece."""
    buttons = [button for row in message.rows for button in row]
    links = [f"{button.label}: {button.url}" for button in buttons if button.url]
    numbered = [f"{number}. {button.label}" for number, button in enumerate(choices(buttons), 1)]
    footer = "\n".join(links + numbered)
    found = _cut(plain(str(message.text)).strip(), limit)
    if not footer:
        return found
    last = f"{found[-1]}\n\n{footer}" if found else footer
    if len(last) <= limit:
        return [*found[:-1], last]
    return [*found, footer]


def _cut(text: str, limit: int) -> list[str]:
    found = []
    while len(text) > limit:
        end = text.rfind("\n", limit // 2, limit)
        if end < 0:
            end = text.rfind(" ", limit // 2, limit)
        end = limit if end < 0 else end
        found.append(text[:end].rstrip())
        text = text[end:].lstrip()
    return [*found, text] if text else found


def picked(buttons: Iterable[Button], typed: str) -> Button | None:
    """The choice that a bare number names."""
    typed = typed.strip().rstrip(".")
    if not (typed.isascii() and typed.isdecimal() and len(typed) <= 3):
        return None
    numbered = choices(buttons)
    return numbered[int(typed) - 1] if 0 < int(typed) <= len(numbered) else None
