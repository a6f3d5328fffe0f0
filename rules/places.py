"""From a citizen's words to the units that they may mean: by hamlet, commune of today, or commune of before the merger.

The longest name wins, exact ones before slips, and two names together narrow each other down. Whatever could be
somebody else's place is offered, never taken.
"""

from collections.abc import Collection, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Generic, TypeVar

from rules.words import Agreement, Certainty, Slips, Text, Word, read, words_of

UnitT = TypeVar("UnitT", bound=Hashable)

# More choices than these help nobody: then it is asked in which commune.
MOST_OFFERED = 6
_SHORTEST_WITH_SLIP = 5
# A name of so many letters is taken with a slip where a place is expected.
LONG_NAME = 8

_COMMUNES = ("xã", "phường", "thị trấn", "đặc khu")
_HAMLETS = (
    "thôn", "xóm", "ấp", "bản", "làng chài", "làng", "buôn", "bon", "sóc", "khu phố", "khu dân cư", "khu", "khóm",
    "tổ dân phố", "tổ", "đội", "cụm",
)  # fmt: skip
_SHORT = {
    "x": "xã", "p": "phường", "ph": "phường", "f": "phường", "tt": "thị trấn", "kp": "khu phố", "tdp": "tổ dân phố",
    "kdc": "khu dân cư",
}  # fmt: skip
_KINDS: dict[tuple[str, ...], tuple[str, tuple[Word, ...]]] = {
    tuple(word.folded for word in words_of(said)): (kind, words_of(said))
    for said, kind in [*((kind, kind) for kind in (*_COMMUNES, *_HAMLETS)), *_SHORT.items()]
}
_LONGEST_KIND = max(len(words) for words in _KINDS)
_NUMBER_SIGN = words_of("số")[0]
# After these a place is expected.
_CUES = {
    word.folded: word
    for word in words_of("ở tại thuộc quê dân người ubnd ban về từ đến bên dưới trên tỉnh huyện cũ là")
}
# Around an answer that is only a place.
_POLITE = {
    word.folded: word
    for word in words_of(
        "dạ vâng ạ em tôi tui con cháu mình nhà bác cô anh chị thưa ở tại thuộc là cũ nay trước nhé nha đây xin trả lời"
        " bên á hồi"
    )
}


class _Kind(IntEnum):
    """How the kind that was typed (*thôn*, *xã*) agrees with the kind of a known place."""

    CONTRARY = -1
    UNSAID = 0
    LEVEL = 1
    SAME = 2


@dataclass(frozen=True, slots=True)
class PlaceHit(Generic[UnitT]):
    """A unit, and the place of it that was named, as the directory writes it."""

    unit: UnitT
    place: str


@dataclass(frozen=True, slots=True)
class PlaceMatch(Generic[UnitT]):
    """SURE: exactly one. OFFER: one of these perhaps. ASK: none, or too many."""

    certainty: Certainty
    hits: Sequence[PlaceHit[UnitT]] = ()


@dataclass(frozen=True, slots=True)
class _Name(Generic[UnitT]):
    unit: UnitT
    written: str
    kind: str
    words: tuple[Word, ...]

    @property
    def key(self) -> str:
        return "".join(word.folded for word in self.words)


@dataclass(frozen=True, slots=True)
class _Found(Generic[UnitT]):
    """A name at its words. `agreement` is None for a slip; `is_strong`: it cannot well mean anything else."""

    name: _Name[UnitT]
    start: int
    end: int
    kind: _Kind
    agreement: Agreement | None
    is_strong: bool

    @property
    def is_exact(self) -> bool:
        return self.agreement in (Agreement.SAME, Agreement.PARTIAL)


class PlaceIndex(Generic[UnitT]):
    """All known places."""

    def __init__(self, places: Iterable[tuple[UnitT, str]]) -> None:
        self._by_key: dict[str, list[_Name[UnitT]]] = {}
        for unit, written in places:
            kind, words = _parse(written)
            if words:
                name = _Name(unit, written, kind, words)
                self._by_key.setdefault(name.key, []).append(name)
        self._slips = Slips(self._by_key, _SHORTEST_WITH_SLIP)
        self._widest = max((len(name.words) for names in self._by_key.values() for name in names), default=0)

    def find(self, text: str) -> PlaceMatch[UnitT]:
        """The units that are meant."""
        found = _undisputed(list(self._all(read(text))))
        spans = [_best(list(group)) for group in _by_span(found)]
        strong = _narrowed([span for span in spans if span[0].is_strong])
        if strong:
            return _match(strong, Certainty.SURE if len({hit.unit for hit in strong}) == 1 else Certainty.OFFER)
        return _match(_narrowed(spans), Certainty.OFFER)

    def _all(self, text: Text) -> Iterator[_Found[UnitT]]:
        core, ends = _core(text), {0, len(text.words), *text.breaks}
        for start in range(len(text.words)):
            kind, kind_start = _kind_before(text, start)
            for end in range(start + 1, min(start + self._widest + 1, len(text.words)) + 1):
                if end - 1 > start and end - 1 in text.breaks:
                    break
                expected = _is_expected(text, ends, kind_start, end)
                is_whole = kind_start <= core.start and core.stop <= end
                key = "".join(word.folded for word in text.words[start:end])
                names = self._by_key.get(key)
                if names is None and (kind or expected or is_whole):
                    names = [name for near in self._slips.near(key) for name in self._by_key[near]]
                for name in names or ():
                    found = _judge(name, text, (start, end), kind, expected=expected, is_whole=is_whole)
                    if found is not None:
                        yield found


def _parse(written: str) -> tuple[str, tuple[Word, ...]]:
    """*Tổ dân phố số 5*: its kind, and the words that tell it from others of the kind."""
    text = read(written)
    for length in range(_LONGEST_KIND, 0, -1):
        known = _KINDS.get(tuple(word.folded for word in text.words[:length]))
        if known is not None and len(text.words) > length and known[1][0].agreement(text.words[0]) == Agreement.SAME:
            return known[0], _without_sign(text.words[length:])
    return "", text.words


def _without_sign(words: tuple[Word, ...]) -> tuple[Word, ...]:
    is_numbered = len(words) > 1 and words[0] == _NUMBER_SIGN and words[1].folded.isdigit()
    return words[1:] if is_numbered else words


def _kind_before(text: Text, start: int) -> tuple[str, int]:
    """The kind that stands before a name, and where it begins."""
    end = start
    if start and text.words[start].folded.isdigit() and text.words[start - 1].stands_for(_NUMBER_SIGN):
        end -= 1
    for length in range(min(_LONGEST_KIND, end), 0, -1):
        typed = text.words[end - length : end]
        known = _KINDS.get(tuple(word.folded for word in typed))
        if known is not None and all(map(Word.stands_for, typed, known[1])):
            return known[0], end - length
    return "", start


def _is_expected(text: Text, ends: Collection[int], start: int, end: int) -> bool:
    """Whether a place may well stand here: as a clause of its own, or after *ở*."""
    if start in ends:
        return end in ends
    before = text.words[start - 1]
    return before.folded in _CUES and before.stands_for(_CUES[before.folded])


def _core(text: Text) -> range:
    """From the first to the last word that is more than politeness."""
    said = [at for at, word in enumerate(text.words) if not _is_polite(word)]
    return range(said[0], said[-1] + 1) if said else range(0)


def _is_polite(word: Word) -> bool:
    return word.folded in _POLITE and word.stands_for(_POLITE[word.folded])


def _judge(
    name: _Name[UnitT], text: Text, span: tuple[int, int], kind: str, *, expected: bool, is_whole: bool
) -> _Found[UnitT] | None:
    typed = text.words[span[0] : span[1]]
    relation = _relation(kind, name.kind)
    agreement = _agreement(typed, name)
    if len(name.words) == 1:
        is_strong = _short_name_stands(name, relation, agreement, is_whole=is_whole)
    else:
        is_strong = _long_name_stands(name, typed, relation, agreement, expected=expected, is_whole=is_whole)
    if is_strong is None:
        return None
    return _Found(name, span[0], span[1], relation, agreement, is_strong)


def _relation(typed: str, known: str) -> _Kind:
    if not typed or not known:
        return _Kind.UNSAID
    if typed == known:
        return _Kind.SAME
    return _Kind.LEVEL if (typed in _COMMUNES) == (known in _COMMUNES) else _Kind.CONTRARY


def _agreement(typed: Sequence[Word], name: _Name[UnitT]) -> Agreement | None:
    """None: a slip. Words that are written together, or apart, agree in part."""
    if "".join(word.folded for word in typed) != name.key:
        return None
    if len(typed) != len(name.words):
        return Agreement.PARTIAL
    agreements = [one.agreement(other) for one, other in zip(typed, name.words, strict=True)]
    return min((each for each in agreements if each is not None), default=None) if None not in agreements else None


def _short_name_stands(
    name: _Name[UnitT], relation: _Kind, agreement: Agreement | None, *, is_whole: bool
) -> bool | None:
    """*Hạ* or *3* is a place only with its kind, or as the whole answer. None: it is no place at all."""
    is_number = name.words[0].folded.isdigit()
    if relation < (_Kind.SAME if is_number else _Kind.LEVEL) and not (is_whole and relation is _Kind.UNSAID):
        return None
    return agreement is not None and agreement > Agreement.OTHER


def _long_name_stands(
    name: _Name[UnitT],
    typed: Sequence[Word],
    relation: _Kind,
    agreement: Agreement | None,
    *,
    expected: bool,
    is_whole: bool,
) -> bool | None:
    """None: it is no place at all."""
    if relation is _Kind.CONTRARY:
        return False
    if relation >= _Kind.LEVEL or agreement is Agreement.SAME:
        return True
    if agreement is Agreement.PARTIAL:
        # Without any mark it may be other words: *doi mau* is *đổi mẫu* as well.
        return expected or len(name.words) > 2 or any(not word.is_bare for word in typed)
    if agreement is Agreement.OTHER:
        return False if expected else None
    return is_whole or (expected and len(name.key) >= LONG_NAME)


def _undisputed(found: list[_Found[UnitT]]) -> list[_Found[UnitT]]:
    """Without those that lie under a better or a longer one."""
    return [one for one in found if not any(_outdoes(other, one) for other in found)]


def _outdoes(other: _Found[UnitT], one: _Found[UnitT]) -> bool:
    if (other.start, other.end) == (one.start, one.end) or other.end <= one.start or one.end <= other.start:
        return False
    contains = other.start <= one.start and one.end <= other.end
    if other.is_exact != one.is_exact:
        # A longer name with a slip does not push out a shorter one without: both are asked about.
        is_longer_slip = one.start <= other.start and other.end <= one.end
        return other.is_exact and not is_longer_slip
    return contains


def _by_span(found: Sequence[_Found[UnitT]]) -> Iterable[list[_Found[UnitT]]]:
    spans: dict[tuple[int, int], list[_Found[UnitT]]] = {}
    for each in found:
        spans.setdefault((each.start, each.end), []).append(each)
    return spans.values()


def _best(same_words: list[_Found[UnitT]]) -> list[_Found[UnitT]]:
    """Of all that the same words may mean, those that agree best: in letters, in kind, in marks."""

    def rank(found: _Found[UnitT]) -> tuple[bool, bool, _Kind, bool]:
        is_marked = found.agreement is Agreement.SAME
        return found.is_exact, found.is_strong, found.kind, is_marked

    top = max(map(rank, same_words))
    return [found for found in same_words if rank(found) == top]


def _narrowed(spans: Sequence[Sequence[_Found[UnitT]]]) -> list[PlaceHit[UnitT]]:
    """A hamlet's name and a commune's together mean the unit that has both; if none has, all of them are possible."""
    hits = {found.name.unit: PlaceHit(found.name.unit, found.name.written) for span in spans for found in span}
    units = [{found.name.unit for found in span} for span in spans]
    common = set.intersection(*units) if units else set()
    return [hit for unit, hit in hits.items() if not common or unit in common]


def _match(hits: Sequence[PlaceHit[UnitT]], certainty: Certainty) -> PlaceMatch[UnitT]:
    if not hits or len(hits) > MOST_OFFERED:
        return PlaceMatch(Certainty.ASK)
    return PlaceMatch(certainty, hits)
