"""Vietnamese words compared as people type them: with all marks, with some, with none, with others."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from functools import lru_cache

from rules.text import fold

# Whatever comes behind so many is a story that decides nothing.
MAX_WORDS = 250
_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
_PIECES = re.compile(r"\d+|[^\W\d_]+|[^\w\s]|[\n_]")
_STOPS = frozenset(',;:!?()[]"“”\n')
# A full stop ends a sentence, but after so few letters it ends an abbreviation: *x. Mẫu Hạ*.
_ABBREVIATED = 3
# So many of the words of a text with marks have some.
_MARKED_SHARE = 1 / 3


class Certainty(StrEnum):
    """What may be done with what was found: act on it, offer it as a choice, or ask openly."""

    SURE = "sure"
    OFFER = "offer"
    ASK = "ask"


class Agreement(IntEnum):
    """How a typed word agrees with one of the same letters: other marks, some left out, the same."""

    OTHER = 1
    PARTIAL = 2
    SAME = 3


@dataclass(frozen=True, slots=True)
class Word:
    """Its bare letters; and its marks, one a letter, the tone last, wherever in the word that is written."""

    folded: str
    marks: tuple[str, ...]

    @property
    def is_bare(self) -> bool:
        return not any(self.marks)

    def stands_for(self, meant: "Word") -> bool:
        """Whether it may have been typed for the other, perhaps with marks left out."""
        agreement = self.agreement(meant)
        return agreement is not None and agreement > Agreement.OTHER

    def agreement(self, meant: "Word") -> Agreement | None:
        """None: the letters differ."""
        if self.folded != meant.folded:
            return None
        if self.marks == meant.marks:
            return Agreement.SAME
        pairs = zip(self.marks, meant.marks, strict=False)
        return Agreement.PARTIAL if all(typed in ("", mark) for typed, mark in pairs) else Agreement.OTHER


@dataclass(frozen=True, slots=True)
class Text:
    """What somebody wrote, in words; `breaks` are the positions before which a clause ends.

    `is_marked`: he types marks; then a word without any has none.
    """

    words: tuple[Word, ...]
    breaks: frozenset[int]
    is_marked: bool


@lru_cache(maxsize=10_000)
def spell(word: str) -> Word:
    """A word with what its letters bear."""
    folded, marks, tone = "", list[str](), ""
    for letter in unicodedata.normalize("NFD", word.lower()):
        if letter in _TONES:
            tone = letter
        elif unicodedata.combining(letter):
            if marks:
                marks[-1] += letter
        else:
            bare = fold(letter) or letter
            folded += bare
            marks += ["-" if letter == "đ" else ""] * len(bare)
    return Word(folded, (*marks, tone))


def words_of(text: str) -> tuple[Word, ...]:
    return read(text).words


def read(text: str) -> Text:
    """The words of a text, numbers apart from letters: *kp2* is two."""
    words, breaks = list[Word](), set[int]()
    for piece in _PIECES.findall(text):
        if piece[0].isalnum():
            words.append(spell(piece))
        elif piece in _STOPS or (piece == "." and words and len(words[-1].folded) > _ABBREVIATED):
            breaks.add(len(words))
        if len(words) == MAX_WORDS:
            break
    return Text(tuple(words), frozenset(breaks), _is_marked(words))


def _is_marked(words: Sequence[Word]) -> bool:
    letters = [word for word in words if word.folded.isalpha()]
    return sum(not word.is_bare for word in letters) > len(letters) * _MARKED_SHARE


class Slips:
    """Known strings, found again with one letter wrong, missing, too many, or two swapped.

    What is shorter than `shortest` is as well another word.
    """

    def __init__(self, known: Iterable[str], shortest: int) -> None:
        self._shortest = shortest
        self._by_length: dict[int, list[str]] = {}
        for each in known:
            self._by_length.setdefault(len(each), []).append(each)

    def near(self, typed: str) -> list[str]:
        """All that are one slip away at most; nothing for what is short or holds a digit."""
        if len(typed) < self._shortest or not typed.isalpha():
            return []
        # Loaded for the first question of a citizen, not at every start.
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        lengths = (len(typed) - 1, len(typed), len(typed) + 1)
        known = [each for length in lengths for each in self._by_length.get(length, ())]
        found = process.extract(typed, known, scorer=OSA.distance, score_cutoff=1, limit=None)
        return [each for each, _distance, _index in found]
