"""A transcript file: who does what, who sees what, in plain Vietnamese; `docs/transcripts/README.md` has the rules."""

import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.clock import LOCAL_ZONE

HERE = Path(__file__).parent
_QUOTED = re.compile(r"«([^»]*)»")
_LINE = re.compile(r"(?P<who>[A-Za-zÀ-ỹ0-9]+) (?P<sign>>|<<|<|!<<|!<) (?P<rest>.+)")
_SIGNS = {">": "act", "<": "sees last", "<<": "sees", "!<": "lacks last", "!<<": "lacks"}


class ScriptError(ValueError):
    """The file does not follow the rules."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line: `kind` is act, sees, sees last, lacks, lacks last, time, body or tale."""

    number: int
    kind: str
    who: str
    words: str
    quoted: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Script:
    """`flows` are the numbered flows of the main job that it shows; it is played once under each pack."""

    name: str
    title: str
    flows: str
    packs: tuple[str, ...]
    starts_at: datetime
    lines: tuple[Line, ...]


def moment(text: str) -> datetime:
    """`08:00 20/11/2026` in Vietnam."""
    return datetime.strptime(text, "%H:%M %d/%m/%Y").replace(tzinfo=LOCAL_ZONE)


def read(path: Path) -> Script:
    """Raises ScriptError with the line that nobody understands."""
    title, heads, lines = "", {}, []
    for number, raw in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        text = raw.strip()
        head, colon, value = text.partition(": ")
        if text.startswith("# "):
            title = text[2:]
        elif colon and head in ("Luồng", "Gói", "Bắt đầu"):
            heads[head] = value
        elif text:
            lines.append(_line(path, number, text))
    packs = tuple(pack.strip() for pack in heads.get("Gói", "gia-binh-2022").split(","))
    starts_at = moment(heads.get("Bắt đầu", "08:00 20/11/2026"))
    return Script(path.stem, title, heads["Luồng"], packs, starts_at, tuple(lines))


def _line(path: Path, number: int, text: str) -> Line:
    quoted = tuple(_QUOTED.findall(text))
    for start, kind in (("== ", "time"), ("* ", "body"), ("-- ", "tale")):
        if text.startswith(start):
            return Line(number, kind, "", text.removeprefix(start), quoted)
    found = _LINE.fullmatch(text)
    if found is None:
        raise ScriptError(f"{path.name}:{number}: {text}")
    return Line(number, _SIGNS[found["sign"]], found["who"], found["rest"], quoted)


def all_scripts() -> list[Script]:
    return [read(path) for path in sorted(HERE.glob("*.txt"))]
