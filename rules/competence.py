"""Whose business a citizen's words are, where it is not the body's own: emergencies, complaints, other bodies.

An emergency is told its number at once. What is said against an official is for the chair alone; where it could be
read either way, it is. Ordinary words that hold such signs (*cháy bóng đèn đường*) are struck out first.
"""

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from rules.abbreviations import expanded
from rules.words import Text, Word, read, words_of

_FILE = Path(__file__).parent / "data" / "competence.toml"
# Words that may stand for a `*`.
_GAP = 4
_ANYTHING = "*"
# Agrees with no word.
_STRUCK = Word("", ())


class MatterKind(StrEnum):
    """What goes first stands first."""

    EMERGENCY = "emergency"
    COMPLAINT = "complaint"
    OTHER_BODY = "other"


@dataclass(frozen=True, slots=True)
class Competence:
    """Who is competent; `phone` is empty where no number is certain. Equal ones are the same matter."""

    id: str
    kind: MatterKind
    who: str
    phone: str = ""


Pattern = tuple[Word | None, ...]
# By the bare letters of their first word: most patterns need not be looked at for most texts.
Patterns = Mapping[str, Sequence[Pattern]]


@dataclass(frozen=True, slots=True)
class _Signs:
    """The patterns of one matter; None in a pattern stands for a few words."""

    competence: Competence
    signs: Patterns
    marked: Patterns
    harmless: Patterns
    calm: Patterns


def competence_of(text: str) -> Competence | None:
    """The emergency or complaint that the words are about, else the other body; None: the body itself, or unclear."""
    return _first(text, *MatterKind)


def urgent(text: str) -> Competence | None:
    """What goes before everything else, whatever more is said: an emergency, then a complaint about an official."""
    return _first(text, MatterKind.EMERGENCY, MatterKind.COMPLAINT)


def other_bodies() -> Mapping[Competence, Sequence[str]]:
    """The other bodies with the phrases under which their business is known."""
    matters = _data()["matter"]
    return {_competence(each): each["signs"] for each in matters if each["kind"] == MatterKind.OTHER_BODY}


def _first(text: str, *kinds: MatterKind) -> Competence | None:
    """The first matter that is said, kind by kind."""
    typed = read(expanded(text))
    signs = (signs for kind in kinds for signs in _all_signs() if signs.competence.kind is kind)
    return next((each.competence for each in signs if _is_said(each, typed)), None)


def _is_said(signs: _Signs, text: Text) -> bool:
    if signs.competence.kind is MatterKind.EMERGENCY and _is_calm(signs, text):
        return False
    struck = {position for span in _spans(text, signs.harmless) for position in span}
    words = tuple(_STRUCK if position in struck else word for position, word in enumerate(text.words))
    left = replace(text, words=words) if struck else text
    # Whoever cries for help does not look for his marks.
    needs_marks = text.is_marked or not _stands(text, _danger())
    return _stands(left, signs.signs) or _stands(replace(left, is_marked=needs_marks), signs.marked)


def _is_calm(signs: _Signs, text: Text) -> bool:
    """Whether it is told of something that is over, or asked about papers."""
    return (_stands(text, signs.calm) or _stands(text, _past())) and not _stands(text, _danger())


def _stands(text: Text, patterns: Patterns) -> bool:
    return next(_spans(text, patterns), None) is not None


def _spans(text: Text, patterns: Patterns) -> Iterator[range]:
    """Where one of the patterns stands in a text. Whoever types marks means none where he types none."""
    for start, word in enumerate(text.words):
        for pattern in patterns.get(word.folded, ()):
            end = _end(text, pattern, start)
            if end is not None:
                yield range(start, end)


def _end(text: Text, pattern: Pattern, start: int) -> int | None:
    position, reach = start, 0
    for meant in pattern:
        if meant is None:
            reach = _GAP
            continue
        within = range(position, min(position + reach + 1, len(text.words)))
        found = next((at for at in within if _reads(text, at, meant)), None)
        if found is None:
            return None
        position, reach = found + 1, 0
    return position


def _reads(text: Text, at: int, meant: Word) -> bool:
    typed = text.words[at]
    if typed.is_bare and not meant.is_bare and text.is_marked:
        return False
    return typed.stands_for(meant)


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))


@cache
def _all_signs() -> Sequence[_Signs]:
    return [
        _Signs(_competence(each), *(_patterns(each.get(name, ())) for name in ("signs", "marked", "harmless", "calm")))
        for each in _data()["matter"]
    ]


def _competence(matter: Mapping[str, Any]) -> Competence:
    return Competence(matter["id"], MatterKind(matter["kind"]), matter["who"], matter.get("phone", ""))


@cache
def _danger() -> Patterns:
    return _patterns(_data()["now"])


@cache
def _past() -> Patterns:
    return _patterns(_data()["past"])


def _patterns(phrases: Iterable[str]) -> Patterns:
    found: dict[str, list[Pattern]] = {}
    for phrase in phrases:
        pattern = tuple(_pattern(phrase))
        if pattern[0] is not None:
            found.setdefault(pattern[0].folded, []).append(pattern)
    return found


def _pattern(phrase: str) -> Iterator[Word | None]:
    for part in phrase.split():
        if part == _ANYTHING:
            yield None
        else:
            yield from words_of(part)
