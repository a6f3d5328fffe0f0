"""Vietnamese text made comparable: one form for keeping, one without marks for searching."""

import re
import unicodedata

_SPACES = re.compile(r"\s+")
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
_FULL_WIDTH_DIGITS = {0xFF10 + digit: str(digit) for digit in range(10)}
_D_BAR = str.maketrans("đĐ", "dD")


def normalise(text: str) -> str:
    """The form that is kept: composed letters, plain digits, single spaces, nothing invisible."""
    composed = unicodedata.normalize("NFC", text).translate(_INVISIBLE | _FULL_WIDTH_DIGITS)
    return _SPACES.sub(" ", composed).strip()


def fold(text: str) -> str:
    """The form that is compared: lower case, no marks, đ as d (``fold("Đồng Ý") == "dong y"``)."""
    decomposed = unicodedata.normalize("NFKD", normalise(text))
    bare = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return _SPACES.sub(" ", bare.translate(_D_BAR).lower()).strip()
