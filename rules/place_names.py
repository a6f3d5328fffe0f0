"""How places are written and where they stand: behind their kind (*thôn*, *xã*), behind *ở*, amid politeness."""

from collections.abc import Collection
from enum import IntEnum

from rules.words import Agreement, Text, Word, read, words_of

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


class KindMatch(IntEnum):
    """How the kind that was typed (*thôn*, *xã*) agrees with the kind of a known place."""

    CONTRARY = -1
    UNSAID = 0
    LEVEL = 1
    SAME = 2


def relation_of(typed: str, known: str) -> KindMatch:
    if not typed or not known:
        return KindMatch.UNSAID
    if typed == known:
        return KindMatch.SAME
    return KindMatch.LEVEL if (typed in _COMMUNES) == (known in _COMMUNES) else KindMatch.CONTRARY


def parse(written: str) -> tuple[str, tuple[Word, ...]]:
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


def kind_before(text: Text, start: int) -> tuple[str, int]:
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


def is_expected(text: Text, ends: Collection[int], start: int, end: int) -> bool:
    """Whether a place may well stand here: as a clause of its own, or after *ở*."""
    if start in ends:
        return end in ends
    before = text.words[start - 1]
    return before.folded in _CUES and before.stands_for(_CUES[before.folded])


def core_of(text: Text) -> range:
    """From the first to the last word that is more than politeness."""
    said = [at for at, word in enumerate(text.words) if not _is_polite(word)]
    return range(said[0], said[-1] + 1) if said else range(0)


def _is_polite(word: Word) -> bool:
    return word.folded in _POLITE and word.stands_for(_POLITE[word.folded])
