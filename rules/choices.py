"""How a typed answer is understood where there are no buttons.

A bare number or word counts only where a single prompt can be meant; with its code an answer hits its own case.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from rules.case_codes import is_code
from rules.number_lists import numbers
from rules.readings import (
    Chosen,
    Confirmed,
    NotOffered,
    OpenPrompt,
    Reading,
    Ticked,
    Unclear,
    Unconfirmed,
    UnknownCode,
    choice_numbers,
)
from rules.text import fold, normalise

# How long a bare number may refer to what was just asked.
RECENT = timedelta(minutes=10)

# What could be meant for a code, with a slip too: then it is said that there is none such.
_CODE = r"(?=[A-Z0-9]{0,3}\d)[A-Z][A-Z0-9]{3}"
_NUMBER = r"(?:(?:SO|CHON) ?)?(\d{1,3})"
_NUMBER_CODE = re.compile(rf"^{_NUMBER}[\s.:)–-]*({_CODE})\b[\s.,:]*(.*)$", re.DOTALL)
_CODE_NUMBER = re.compile(rf"^({_CODE})[\s.:–-]+{_NUMBER}\b[\s.,:]*(.*)$", re.DOTALL)
_CODE_WORDS = re.compile(rf"^({_CODE})[\s.:–-]+(\D.*)$", re.DOTALL)
_WORDS_CODE = re.compile(rf"^(\D[^\n]*?)[\s.:–-]+({_CODE})\b[\s.,:]*(.*)$", re.DOTALL)
_CODE_ALONE = re.compile(rf"^({_CODE})[\s.]*$")
_NUMBERS_CODE = re.compile(rf"^(\d.*?)[\s.:)–-]*({_CODE})[\s.]*$")
_CODE_NUMBERS = re.compile(rf"^({_CODE})[\s.:–-]+(\d.*)$")
_BARE_NUMBER = re.compile(rf"^{_NUMBER}[\s.,;)]*$")
# A count behind a label, such as "Xong (2)", which nobody types.
_COUNT = re.compile(r" \(\d+(?:/\d+)?\)$")
# What politeness puts around the words of an answer, folded.
_BEFORE = re.compile(r"^(?:da|vang|toi),? ")
_BEHIND = re.compile(r"(?:,? (?:a|nhe|nha|em|anh|chi|dong chi))+$")

# Words that people use for the words on our buttons; all folded.
_SAME = {
    "duyet": "dong y",
    "chap thuan": "dong y",
    "tu choi": "khong dong y",
    "khong duyet": "khong dong y",
    "khong chap thuan": "khong dong y",
    "nhat tri": "dong y",
    "khong nhat tri": "khong dong y",
    "dong y nhung co y kien": "dong y co y kien",
    "du": "du hop",
    "tham du": "du hop",
}
# A shorter part of an option's words is rather a slip.
LEAST_PART = 3
_NEGATIONS = frozenset({"khong", "chua", "no", "not"})
_YES = frozenset({"co", "xac nhan", "dung"})
_NO = frozenset({"khong", "thoi", "huy"})
# What is no yes to a decision, but meant as one: the yes is asked for once more.
_ASSENT = frozenset({"", "a", "da", "vang", "ok", "oke", "u", "duoc", "nhat tri", "dong y"})


def read(text: str, prompts: Sequence[OpenPrompt], now: datetime) -> Reading:
    """What a typed text answers, if it answers something; `prompts` are given newest first."""
    typed = normalise(text)
    plain = _plain(typed)
    with_code = _several_with_code(plain, prompts) or _with_code(plain, typed, prompts)
    if with_code is not None:
        return with_code
    return _bare(plain, [prompt for prompt in prompts if prompt.is_open], now)


def _plain(typed: str) -> str:
    """Upper case without diacritics, character for character, so that the rest can be cut from the original."""
    return "".join((fold(character) or character)[:1] for character in typed).upper()


def _several_with_code(plain: str, prompts: Sequence[OpenPrompt]) -> Reading:
    numbers_first, code_first = _NUMBERS_CODE.match(plain), _CODE_NUMBERS.match(plain)
    if numbers_first:
        code, named = numbers_first[2], numbers(numbers_first[1])
    elif code_first:
        code, named = code_first[1], numbers(code_first[2])
    else:
        return None
    if len(named) < 2:
        return None
    prompt = _find(code, prompts)
    if prompt is None:
        return _unknown(code, prompts)
    # Where one is chosen, a number that follows it may be its reason.
    return _ticked(prompt, named) if prompt.ticks or numbers_first else None


def _ticked(prompt: OpenPrompt, named: Sequence[int]) -> Reading:
    indexes = [_index(prompt, number) for number in named]
    found = [index for index in indexes if index is not None and index in prompt.ticks]
    return Ticked(prompt.code, found) if len(found) == len(named) else NotOffered(prompt.code)


def _index(prompt: OpenPrompt, number: int) -> int | None:
    """The choice of this number, counted from 0."""
    offered = choice_numbers(prompt.labels)
    return offered.index(number) if number in offered else None


def _with_code(plain: str, typed: str, prompts: Sequence[OpenPrompt]) -> Reading:
    if match := _NUMBER_CODE.match(plain):
        return _numbered(match[2], match[1], typed[match.start(3) :], prompts)
    if match := _CODE_NUMBER.match(plain):
        return _numbered(match[1], match[2], typed[match.start(3) :], prompts)
    if match := _CODE_WORDS.match(plain):
        return _worded(match[1], match[2], "", prompts)
    if match := _WORDS_CODE.match(plain):
        return _worded(match[2], match[1], typed[match.start(3) :], prompts)
    if match := _CODE_ALONE.match(plain):
        return NotOffered(match[1]) if _find(match[1], prompts) else _unknown(match[1], prompts)
    return None


def _unknown(code: str, prompts: Sequence[OpenPrompt]) -> Reading:
    """In a form what only looks like a code may be an answer of its own."""
    is_word = not is_code(code) and any(prompt.is_step and prompt.is_open for prompt in prompts)
    return None if is_word else UnknownCode(code)


def _numbered(code: str, number: str, rest: str, prompts: Sequence[OpenPrompt]) -> Reading:
    prompt = _find(code, prompts)
    if prompt is None:
        return _unknown(code, prompts)
    index = _index(prompt, int(number))
    return NotOffered(code) if index is None else _chosen(prompt, index, rest)


def _worded(code: str, words: str, rest: str, prompts: Sequence[OpenPrompt]) -> Reading:
    prompt = _find(code, prompts)
    if prompt is None:
        return _unknown(code, prompts)
    said = _said(words)
    if prompt.confirms is not None and said in _YES | _NO:
        return Confirmed(code, said in _YES)
    index = _label_index(words, prompt.labels)
    return NotOffered(code) if index is None else _chosen(prompt, index, rest)


def _chosen(prompt: OpenPrompt, index: int, rest: str) -> Reading:
    """A whole line may have been copied: its own words are no reason, and those of another choice contradict it."""
    rest = rest.strip().lstrip("–— -")
    plain = _plain(rest)
    for position, label in sorted(enumerate(prompt.labels), key=lambda pair: -len(pair[1])):
        words = _plain(normalise(label))
        if plain.startswith(words) and not plain[len(words) : len(words) + 1].isalnum():
            is_same = position == index
            return (
                Chosen(prompt.code, index, rest[len(words) :].strip(" .,:–—-")) if is_same else NotOffered(prompt.code)
            )
    return Chosen(prompt.code, index, rest)


def _ways(words: str) -> Iterator[str]:
    """As it stands, then with less politeness: without marks *đã xong* begins like *dạ*, *vắng* like *vâng*."""
    whole = fold(words).strip(" .,")
    yield whole
    left = _BEHIND.sub("", whole)
    yield left
    while polite := _BEFORE.match(left):
        left = left[polite.end() :]
        yield left


def _said(words: str) -> str:
    """Without any politeness."""
    *_, last = _ways(words)
    return last


def _label_index(words: str, labels: Sequence[str]) -> int | None:
    """The label that is exactly what was typed, or what it is another word for: a negation never approves."""
    for said in _ways(words):
        meant = _without_commas(_SAME.get(said, said))
        found = [index for index, label in enumerate(labels) if _without_commas(_COUNT.sub("", fold(label))) == meant]
        if len(found) == 1:
            return found[0]
    return None


def _without_commas(folded: str) -> str:
    """Nobody need type them: *đồng ý có ý kiến*."""
    return " ".join(folded.replace(",", " ").split())


def option(typed: str, labels: Sequence[str]) -> int | None:
    """Which of a form's options is meant: its words, or such of them as no other option has."""
    words = normalise(typed)
    named = _label_index(words, labels)
    if named is not None:
        return named
    known = [fold(label).replace(",", " ").split() for label in labels]
    for said in _ways(words):
        found = [index for index, label in enumerate(known) if _holds(label, said.split())]
        if len(found) == 1 and len(said) >= LEAST_PART:
            return found[0]
    return None


def _holds(words: Sequence[str], part: Sequence[str]) -> bool:
    """Whether the words hold the part side by side; behind a negation they mean the opposite."""
    places = [at for at in range(len(words) - len(part) + 1) if words[at : at + len(part)] == list(part)]
    return any(at == 0 or words[at - 1] not in _NEGATIONS for at in places)


def _find(code: str, prompts: Sequence[OpenPrompt]) -> OpenPrompt | None:
    return next((prompt for prompt in prompts if prompt.code == code), None)


def _bare(plain: str, prompts: Sequence[OpenPrompt], now: datetime) -> Reading:
    """Numbers or a button's words alone: only where a single prompt can be meant."""
    recent = [prompt for prompt in prompts if not prompt.is_used and now - prompt.sent_at <= RECENT]
    meant = _nearest(recent)
    named = numbers(plain)
    if len(named) > 1 and len(meant) == 1 and meant[0].ticks:
        return _ticked(meant[0], named)
    if number := _BARE_NUMBER.match(plain):
        return _bare_number(int(number[1]), meant, prompts)
    said = _said(plain)
    offering = _offering(plain, meant) or _offering(plain, recent)
    if len(offering) == 1:
        return Chosen(offering[0].code, _label_index(plain, offering[0].labels) or 0)
    is_in_form = any(prompt.is_step for prompt in meant)
    asked_back = [prompt.code for prompt in prompts if prompt.confirms is not None]
    if asked_back and (said in _YES | _NO or (said in _ASSENT and not is_in_form)):
        return Unconfirmed(asked_back[0])
    offering = offering or _offering(plain, prompts)
    return Unclear(_codes(offering)) if offering and not is_in_form else None


def _nearest(recent: Sequence[OpenPrompt]) -> Sequence[OpenPrompt]:
    """The step of an open form, unless something was asked for since; what was asked for, unless news has come; all."""
    near = _last_asked(recent)
    if near is None:
        return recent
    if near.is_step:
        return [prompt for prompt in recent if prompt.is_step]
    return [prompt for prompt in recent if prompt.asked == near.asked] if recent[0].asked else recent


def _last_asked(prompts: Sequence[OpenPrompt]) -> OpenPrompt | None:
    """The last that the person himself brought: the step of a form, a list that he called."""
    return next((prompt for prompt in prompts if prompt.is_step or prompt.asked), None)


def _offering(words: str, prompts: Sequence[OpenPrompt]) -> list[OpenPrompt]:
    return [prompt for prompt in prompts if _label_index(words, prompt.labels) is not None]


def _bare_number(number: int, meant: Sequence[OpenPrompt], prompts: Sequence[OpenPrompt]) -> Reading:
    if len(meant) == 1 and (index := _index(meant[0], number)) is not None:
        return Chosen(meant[0].code, index)
    # In a form a number may be an answer of its own, such as an hour; after a while only what is none of its choices.
    form = _last_asked(prompts)
    if form is not None and form.is_step and (form in meant or _index(form, number) is None):
        return None
    if len(meant) == 1:
        return NotOffered(meant[0].code)
    return Unclear(_codes(meant)) if prompts else None


def _codes(prompts: Sequence[OpenPrompt]) -> tuple[str, ...]:
    return tuple(prompt.code for prompt in prompts)
