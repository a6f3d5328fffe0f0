"""What a chat without markup and buttons shows: plain text in pieces, the choices whole in the last one."""

import html
import re
import unicodedata

from bot.messages import Message

_TAG = re.compile(r"</?[a-z]+>")


def plain(text: str) -> str:
    """Without tags; entities as the characters that they stand for; NFC, as limits are counted."""
    return unicodedata.normalize("NFC", html.unescape(_TAG.sub("", text)))


def pieces(message: Message, limit: int) -> list[str]:
    """The text cut at line ends where possible; the footer stands whole in the last piece."""
    found = _cut(plain(str(message.text)).strip(), limit)
    footer = plain(str(message.footer)).strip()
    if not footer:
        return found
    last = f"{found[-1]}\n\n{footer}" if found else footer
    return [*found[:-1], last] if len(last) <= limit else [*found, *_cut(footer, limit)]


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
