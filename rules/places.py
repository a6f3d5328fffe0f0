"""From a citizen's words to the units that they may mean: by hamlet, commune of today, or commune of before the merger.

The longest name wins, exact ones before slips, and two names together narrow each other down. Whatever could be
somebody else's place is offered, never taken.
"""

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from rules.place_names import KindMatch, core_of, is_expected, kind_before, parse, relation_of
from rules.words import Agreement, Certainty, Slips, Text, Word, read

UnitT = TypeVar("UnitT", bound=Hashable)

# More choices than these help nobody: then it is asked in which commune.
MOST_OFFERED = 6
_SHORTEST_WITH_SLIP = 5
# A name of so many letters is taken with a slip where a place is expected.
LONG_NAME = 8


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
    kind: KindMatch
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
            kind, words = parse(written)
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
        core, ends = core_of(text), {0, len(text.words), *text.breaks}
        for start in range(len(text.words)):
            kind, kind_start = kind_before(text, start)
            for end in range(start + 1, min(start + self._widest + 1, len(text.words)) + 1):
                if end - 1 > start and end - 1 in text.breaks:
                    break
                expected = is_expected(text, ends, kind_start, end)
                is_whole = kind_start <= core.start and core.stop <= end
                key = "".join(word.folded for word in text.words[start:end])
                names = self._by_key.get(key)
                if names is None and (kind or expected or is_whole):
                    names = [name for near in self._slips.near(key) for name in self._by_key[near]]
                for name in names or ():
                    found = _judge(name, text, (start, end), kind, expected=expected, is_whole=is_whole)
                    if found is not None:
                        yield found


def _judge(
    name: _Name[UnitT], text: Text, span: tuple[int, int], kind: str, *, expected: bool, is_whole: bool
) -> _Found[UnitT] | None:
    typed = text.words[span[0] : span[1]]
    relation = relation_of(kind, name.kind)
    agreement = _agreement(typed, name)
    if len(name.words) == 1:
        is_strong = _short_name_stands(name, relation, agreement, is_whole=is_whole)
    else:
        is_strong = _long_name_stands(name, typed, relation, agreement, expected=expected, is_whole=is_whole)
    if is_strong is None:
        return None
    return _Found(name, span[0], span[1], relation, agreement, is_strong)


def _agreement(typed: Sequence[Word], name: _Name[UnitT]) -> Agreement | None:
    """None: a slip. Words that are written together, or apart, agree in part."""
    if "".join(word.folded for word in typed) != name.key:
        return None
    if len(typed) != len(name.words):
        return Agreement.PARTIAL
    agreements = [one.agreement(other) for one, other in zip(typed, name.words, strict=True)]
    return min((each for each in agreements if each is not None), default=None) if None not in agreements else None


def _short_name_stands(
    name: _Name[UnitT], relation: KindMatch, agreement: Agreement | None, *, is_whole: bool
) -> bool | None:
    """*Hạ* or *3* is a place only with its kind, or as the whole answer. None: it is no place at all."""
    is_number = name.words[0].folded.isdigit()
    if relation < (KindMatch.SAME if is_number else KindMatch.LEVEL) and not (
        is_whole and relation is KindMatch.UNSAID
    ):
        return None
    return relation is not KindMatch.LEVEL and agreement is not None and agreement > Agreement.OTHER


def _long_name_stands(
    name: _Name[UnitT],
    typed: Sequence[Word],
    relation: KindMatch,
    agreement: Agreement | None,
    *,
    expected: bool,
    is_whole: bool,
) -> bool | None:
    """None: it is no place at all."""
    if relation is KindMatch.CONTRARY:
        return False
    if relation >= KindMatch.LEVEL or agreement is Agreement.SAME:
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

    def rank(found: _Found[UnitT]) -> tuple[bool, bool, KindMatch, bool]:
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
