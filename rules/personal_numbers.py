"""Numbers that belong to one person (identity card, bank account, telephone), made unreadable in lists."""

import re

from rules.text import fold

# Twelve digits or nine of an identity card, ten of a telephone, more of an account; signs between them hide nothing.
_NUMBER = re.compile(r"(?<![\w/])\+?\d(?:[ .\-]?\d){8,18}(?![\w/])")
_SHOWN = 3
# What people write under the picture of a card, or call its file.
_CARD = re.compile(r"\b(can cuoc|cccd|cmnd|cmtnd|chung minh (nhan dan|thu)|ho chieu|passport|the can cuoc)\b")
# What the square on a card holds: number, number before (or nothing), name, day of birth, and more.
_CARD_SQUARE = re.compile(r"\d{12}\|(?:\d{9}|\d{12})?\|[^|]+\|\d{8}\|")
_ABOUT = re.compile(r"\b(lam|cap|doi|xin|mat|thu tuc|ho so|huong dan)\b")


def masked(text: str) -> str:
    """The text with such numbers reduced to their last three digits: •••123."""
    return _NUMBER.sub(lambda found: "•••" + re.sub(r"\D", "", found.group())[-_SHOWN:], text)


def has_number(text: str) -> bool:
    return _NUMBER.search(text) is not None


def shows_card(name: str, caption: str) -> bool:
    """Whether a picture is called one of an identity card; a question about cards under a picture is none."""
    stem = fold(re.sub(r"[._\-]+", " ", name.rpartition(".")[0] or name))
    words = fold(caption)
    if _CARD.search(stem):
        return True
    return _CARD.search(words) is not None and _ABOUT.search(words) is None


def is_card_square(text: str) -> bool:
    """Whether a QR square with this text is that of an identity card."""
    return _CARD_SQUARE.match(text) is not None
