"""From a citizen's words to the matters that they are about, by the words that each matter is known under.

A rare word says more than a common one, a whole phrase more than its parts, and words close together more than
scattered ones. Two matters that explain different words of a text are both meant; then nothing is taken for sure.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from rules.abbreviations import expanded
from rules.words import Agreement, Certainty, Slips, Text, Word, read, words_of

MatterT = TypeVar("MatterT", bound=Hashable)
# By its bare letters, where a word stands in the text, as it was typed there, and what its spelling takes from it.
_Places = dict[str, list[tuple[int, Word, float]]]

MOST_OFFERED = 3
# So much of the weight of a phrase must be there. The next word of it stands hardly farther than the phrase is long,
# and never in the next clause, which is as far as this away.
_COVERED = 0.6
_CLAUSE = 100
# What a word counts that agrees in its letters: with other marks; without any where the writer types them; with a slip.
_OTHER_MARKS, _BARE, _SLIPPED = 0.2, 0.6, 0.7
# A matter is sure if the next explains so much less, and offered if it explains so much of what the first does.
_SURE, _OFFERED = 0.55, 0.35
# Another whole phrase beside the first, in words of its own, is meant as well if it says so much.
_BESIDE = 3.0
# A single word may be shorter than a name in which a slip is looked for.
_SHORTEST_WITH_SLIP = 4
# What is weaker says nothing.
_WEAKEST = 2.0


@dataclass(frozen=True, slots=True)
class TopicMatch(Generic[MatterT]):
    """SURE: the first. OFFER: one of these perhaps, likeliest first, three at most. ASK: none."""

    certainty: Certainty
    matters: Sequence[MatterT] = ()


@dataclass(frozen=True, slots=True)
class _Phrase(Generic[MatterT]):
    matter: MatterT
    words: tuple[Word, ...]
    weight: float


@dataclass(slots=True)
class _Evidence:
    """What the words of the text, by their positions, say for a matter; `is_whole`: a phrase of it is all there."""

    said: dict[int, float] = field(default_factory=dict)
    is_whole: bool = False

    @property
    def score(self) -> float:
        return sum(self.said.values())


class TopicIndex(Generic[MatterT]):
    """All matters with the phrases under which each is known."""

    def __init__(self, matters: Iterable[tuple[MatterT, Sequence[str]]]) -> None:
        spelled = [(matter, [words_of(phrase) for phrase in phrases]) for matter, phrases in matters]
        self._weights = _weights(spelled)
        self._phrases: list[_Phrase[MatterT]] = []
        self._postings: dict[str, list[int]] = defaultdict(list)
        for matter, phrases in spelled:
            for words in dict.fromkeys(phrases):
                weight = sum(self._weights[word.folded] for word in words)
                for folded in {word.folded for word in words}:
                    self._postings[folded].append(len(self._phrases))
                self._phrases.append(_Phrase(matter, words, weight))
        self._slips = Slips(self._postings, _SHORTEST_WITH_SLIP)

    def find(self, text: str) -> TopicMatch[MatterT]:
        """What it is about."""
        found = {matter: each for matter, each in self._evidence(text).items() if each.score >= _WEAKEST}
        ranked = sorted(found, key=lambda matter: found[matter].score, reverse=True)
        if not ranked:
            return TopicMatch(Certainty.ASK)
        first = found[ranked[0]]
        if first.is_whole and not any(_rivals(found[matter], first) for matter in ranked[1:]):
            return TopicMatch(Certainty.SURE, ranked[:1])
        near = [matter for matter in ranked if found[matter].score >= first.score * _OFFERED]
        return TopicMatch(Certainty.OFFER, near[:MOST_OFFERED])

    def _evidence(self, text: str) -> dict[MatterT, _Evidence]:
        typed = read(expanded(text))
        places = self._places(typed)
        found: dict[MatterT, _Evidence] = defaultdict(_Evidence)
        for number in self._promising(places):
            phrase = self._phrases[number]
            self._weigh(phrase, places, found[phrase.matter])
        return found

    def _places(self, typed: Text) -> _Places:
        """Where the words stand that any matter is known under, slips among them."""
        places: _Places = defaultdict(list)
        bare = _BARE if typed.is_marked else 1.0
        position = 0
        for index, word in enumerate(typed.words):
            position += _CLAUSE if index in typed.breaks else 1
            if word.folded in self._postings:
                places[word.folded].append((position, word, bare if word.is_bare else 1.0))
            else:
                for near in self._slips.near(word.folded):
                    places[near].append((position, word, _SLIPPED))
        return places

    def _promising(self, places: _Places) -> Iterator[int]:
        """Phrases of which enough is somewhere in the text."""
        seen: dict[int, float] = defaultdict(float)
        for folded in places:
            for number in self._postings[folded]:
                seen[number] += self._weights[folded]
        return (number for number, weight in seen.items() if weight >= self._phrases[number].weight * _COVERED)

    def _weigh(self, phrase: _Phrase[MatterT], places: _Places, evidence: _Evidence) -> None:
        """Add what the best reading of a phrase says."""
        best = max(self._readings(phrase, places), key=lambda said: sum(said.values()), default={})
        full = sum(best.values())
        if full < phrase.weight * _COVERED:
            return
        span = max(best) - min(best) + 1
        share = (full / phrase.weight) ** 2 * math.sqrt(len(best) / span)
        evidence.is_whole |= len(best) == len(phrase.words) and full >= phrase.weight * _BARE
        for position, weight in best.items():
            evidence.said[position] = max(evidence.said.get(position, 0), weight * share)

    def _readings(self, phrase: _Phrase[MatterT], places: _Places) -> Iterator[dict[int, float]]:
        """From each place where a word of the phrase stands, the words that follow it within reach."""
        for first, word in enumerate(phrase.words):
            for position, typed, factor in places.get(word.folded, ()):
                said = {position: self._worth(word, typed, factor)}
                last = position
                for following in phrase.words[first + 1 :]:
                    reach = range(last + 1, last + len(phrase.words) + 2)
                    near = [place for place in places.get(following.folded, ()) if place[0] in reach]
                    if near:
                        last, there, spelling = near[0]
                        said[last] = self._worth(following, there, spelling)
                yield said

    def _worth(self, meant: Word, typed: Word, factor: float) -> float:
        if typed.agreement(meant) is Agreement.OTHER:
            factor = _OTHER_MARKS
        elif typed.is_bare and meant.is_bare:
            factor = 1.0
        return self._weights[meant.folded] * factor


def _weights(spelled: Sequence[tuple[object, Sequence[tuple[Word, ...]]]]) -> dict[str, float]:
    """The fewer matters know a word, the more it says."""
    known = Counter(
        folded for _matter, phrases in spelled for folded in {word.folded for words in phrases for word in words}
    )
    return {folded: math.log(1 + len(spelled) / count) for folded, count in known.items()}


def _rivals(one: _Evidence, first: _Evidence) -> bool:
    """Whether it may be meant as well, or instead. *khai sinh* within *mất giấy khai sinh* is not."""
    if one.said.keys() < first.said.keys():
        return False
    is_apart = one.is_whole and one.said.keys().isdisjoint(first.said.keys())
    return one.score >= (_BESIDE if is_apart else first.score * _SURE)
