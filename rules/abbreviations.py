"""What citizens shorten, written out: *gks* is *giấy khai sinh*, however it is marked."""

import re
import tomllib
from functools import cache
from pathlib import Path

from rules.text import fold

_FILE = Path(__file__).parent / "data" / "abbreviations.toml"
_TYPED = re.compile(r"\w+")


def expanded(text: str) -> str:
    """The text with all abbreviations written out."""
    return _TYPED.sub(lambda word: _abbreviations().get(fold(word[0]), word[0]), text)


@cache
def _abbreviations() -> dict[str, str]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))
