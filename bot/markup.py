"""Our markup as a chat shows it: how long it is once its tags are gone, in pieces, or as plain text."""

import html
import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

_TAG = re.compile(r"</?[a-z]+>")
_TOKEN = re.compile(r"</?[a-z]+>|&(?:#\d+|#x[0-9a-fA-F]+|lt|gt|amp|quot);|.", re.DOTALL)
# Where a text may be cut, best first.
_BREAKS = ("\n\n", "\n", ". ", " ")


def plain(text: str) -> str:
    """Without tags, entities as the characters that they stand for."""
    return html.unescape(_TAG.sub("", text))


def split(text: str, limit: int) -> list[str]:
    """Pieces of at most `limit` visible characters, cut at paragraphs where possible, each with balanced tags."""
    if len(text) <= limit:
        return [text] if text.strip() else []
    letters = _letters(text)
    visible = "".join(html.unescape(token) or "?" for token, _ in letters)
    return [_marked_up(letters[start:end]) for start, end in _ranges(visible, limit)]


def _letters(text: str) -> list[tuple[str, tuple[str, ...]]]:
    """Each visible character as it was written, with the tags that it stands in."""
    letters = []
    tags: tuple[str, ...] = ()
    for token in _TOKEN.findall(text):
        if not _TAG.fullmatch(token):
            letters.append((token, tags))
        elif token.startswith("</"):
            tags = tags[:-1]
        else:
            tags = (*tags, token)
    return letters


def _marked_up(letters: Sequence[tuple[str, tuple[str, ...]]]) -> str:
    written: list[str] = []
    current: tuple[str, ...] = ()
    for token, tags in (*letters, ("", ())):
        if tags != current:
            kept = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(current, tags, strict=False)))
            written += (tag.replace("<", "</") for tag in reversed(current[kept:]))
            written += tags[kept:]
            current = tags
        written.append(token)
    return "".join(written)


def _ranges(visible: str, limit: int) -> Iterator[tuple[int, int]]:
    """Start and end of each piece; blanks between two pieces belong to none, as Telegram trims them anyway."""
    start = 0
    while start < len(visible):
        if visible[start].isspace():
            start += 1
            continue
        end = _end(visible, start, limit)
        yield start, end
        start = end


def _end(visible: str, start: int, limit: int) -> int:
    if len(visible) - start <= limit:
        return len(visible)
    for mark in _BREAKS:
        # A break in the first half would make more and smaller messages than a less pretty one.
        found = visible.rfind(mark, start + limit // 2, start + limit)
        if found > start:
            return found + len(mark.rstrip())
    return start + limit
