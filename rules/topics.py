"""From a citizen's words to the matters that they are about, by the words that each matter is known under.

A rare word says more than a common one, a whole phrase more than its parts, and words close together more than
scattered ones. Two matters that explain different words of a text are both meant; then nothing is taken for sure.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from rules.abbreviations import expanded
from rules.words import Agreement, Certainty, Slips, Text, Word, read, words_of

MatterT = TypeVar("MatterT", bound=Hashable)
# By its bare letters, where a word stands in the text, as it was typed there, and what its spelling takes from it.
_Places = dict[str, list[tuple[int, Word, float]]]

MOST_OFFERED = 3
# So much of the weight of a phrase must be there. The next word of it stands hardly farther than the phrase is long,
# and never in the next clause.
# It is whole if its spelling takes no more from it than one slip of two words.
_COVERED, _WHOLE = 0.6, 0.75
_CLAUSE = 1000
# What a word counts that agrees in its letters: with other marks; without any where the writer types them; with a slip.
_OTHER_MARKS, _BARE, _SLIPPED, _TURNED = 0.2, 0.6, 0.7, 0.8
# A matter is sure if the next explains so much less, and offered if it explains so much of what the first does.
_SURE, _OFFERED = 0.55, 0.35
# Another whole phrase beside the first, in words of its own, is meant as well if it says so much.
_BESIDE = 3.0
# So much is firm whatever stands around it; less is not, beside so many words of its clause that say something else.
_FIRM, _UNEXPLAINED = 8.0, 4
# Words that say nothing of what somebody asks about.
_SMALL = {
    word.folded
    for word in words_of(
        "tôi em anh chị con cháu bé cho xin hỏi muốn cần gì giấy tờ làm ở đâu nào thế như có không được ạ à vậy"
        " thì là và với của để phải đi mang theo nộp tại khi bao lâu nhiêu mấy ngày tháng năm giờ nay này đó kia"
        " rồi chưa đã sẽ đang bị cùng một hai ba người nhà mình tui ad e ơi nhé nha xã phường thôn xóm ấp bản khu"
        " phố thủ tục hồ sơ đăng ký cấp lại mới ra về từ mà chi răng mô hông hổng nữa luôn thôi cũ ủy ban những"
        " gồm sao chỗ bố mẹ ông bà vợ chồng hồi tiền biết trước sau nếu các ai"
    )
}
# What is shorter is as well another word: tiếp (dân), tiêm (chủng).
_SHORTEST_WITH_SLIP = 5
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
        typed = read(expanded(text))
        found = {matter: each for matter, each in self._evidence(typed).items() if each.score >= _WEAKEST}
        ranked = sorted(found, key=lambda matter: found[matter].score, reverse=True)
        if not ranked:
            return TopicMatch(Certainty.ASK)
        first = found[ranked[0]]
        is_clear = first.is_whole and not any(_rivals(found[matter], first) for matter in ranked[1:])
        if is_clear and (first.score >= _FIRM or _unexplained(typed, first) < _UNEXPLAINED):
            return TopicMatch(Certainty.SURE, ranked[:1])
        near = [matter for matter in ranked if found[matter].score >= first.score * _OFFERED]
        return TopicMatch(Certainty.OFFER, near[:MOST_OFFERED])

    def _evidence(self, typed: Text) -> dict[MatterT, _Evidence]:
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
        for position, word in _placed(typed):
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
        evidence.is_whole |= len(best) == len(phrase.words) and full >= phrase.weight * _WHOLE
        for position, weight in best.items():
            evidence.said[position] = max(evidence.said.get(position, 0), weight * share)

    def _readings(self, phrase: _Phrase[MatterT], places: _Places) -> Iterator[dict[int, float]]:
        """From each place where a word of the phrase stands, the others nearest to it, behind it if they are there."""
        for first, word in enumerate(phrase.words):
            for position, typed, factor in places.get(word.folded, ()):
                said = {position: self._worth(word, typed, factor)}
                last = position
                for following in phrase.words[first + 1 :]:
                    near = _nearest(places.get(following.folded, ()), last, len(phrase.words) + 1, said)
                    if near is not None:
                        at, there, spelling = near
                        turned = 1.0 if at > last else _TURNED
                        said[at] = self._worth(following, there, spelling * turned)
                        last = at
                yield said

    def _worth(self, meant: Word, typed: Word, factor: float) -> float:
        if typed.agreement(meant) is Agreement.OTHER:
            factor = _OTHER_MARKS
        elif typed.is_bare and meant.is_bare:
            factor = 1.0
        return self._weights[meant.folded] * factor


def _nearest(
    places: Sequence[tuple[int, Word, float]], last: int, reach: int, said: Collection[int]
) -> tuple[int, Word, float] | None:
    near = [place for place in places if abs(place[0] - last) <= reach and place[0] not in said]
    return min(near, key=lambda place: (place[0] < last, abs(place[0] - last)), default=None)


def _weights(spelled: Sequence[tuple[object, Sequence[tuple[Word, ...]]]]) -> dict[str, float]:
    """The fewer matters know a word, the more it says."""
    known = Counter(
        folded for _matter, phrases in spelled for folded in {word.folded for words in phrases for word in words}
    )
    return {folded: math.log(1 + len(spelled) / count) for folded, count in known.items()}


def _placed(typed: Text) -> Iterator[tuple[int, Word]]:
    """The words with their positions, each clause in a thousand of its own."""
    position = 0
    for index, word in enumerate(typed.words):
        position = (position // _CLAUSE + 1) * _CLAUSE if index in typed.breaks else position + 1
        yield position, word


def _unexplained(typed: Text, evidence: _Evidence) -> int:
    """How many words stand in the same clauses that say something, and nothing of this matter."""
    clauses = {position // _CLAUSE for position in evidence.said}
    return sum(
        position // _CLAUSE in clauses and position not in evidence.said and word.folded not in _SMALL
        for position, word in _placed(typed)
        if word.folded.isalpha()
    )


def _rivals(one: _Evidence, first: _Evidence) -> bool:
    """Whether it may be meant as well, or instead. *khai sinh* within *mất giấy khai sinh* is not."""
    if one.said.keys() < first.said.keys():
        return False
    is_apart = one.is_whole and one.said.keys().isdisjoint(first.said.keys())
    return one.score >= (_BESIDE if is_apart else first.score * _SURE)
