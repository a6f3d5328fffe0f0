"""Several numbers typed at once: `1,3,5`, `1 và 3`, `1-4`."""

import re

from rules.text import fold

_RANGE = re.compile(r"\s*(?:[-–—]|\bden\b)\s*")
_BETWEEN = re.compile(r"(?:[\s,.;+&]|\bva\b)+")
_PART = re.compile(r"(\d{1,3})(?:-(\d{1,3}))?")


def numbers(text: str) -> list[int]:
    """The numbers that are meant, each once, in the order in which they were typed; empty where it is no such list."""
    typed = re.sub(r"^(?:so|chon)\b", "", fold(text)).strip(" .,;)")
    found: list[int] = []
    for part in _BETWEEN.split(_RANGE.sub("-", typed)):
        match = _PART.fullmatch(part)
        if match is None:
            return []
        first, last = int(match[1]), int(match[2] or match[1])
        if last < first:
            return []
        found += range(first, last + 1)
    return list(dict.fromkeys(found))
