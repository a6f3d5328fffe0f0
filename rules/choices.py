"""Answers without buttons: short case codes with a check character, and how a typed answer is understood.

A slip can never hit another case: a code with one wrong or two swapped characters is no code at all, and a bare
number or word counts only where a single prompt can be meant.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import TypeAlias

from rules.text import fold, normalise

# 23 characters, a prime number, none of which looks like another: no B 8, G 6, I 1 L, O 0 Q, S 5, Z 2.
ALPHABET = "ACDEFHJKMNPRTUVWXY34679"
LETTERS = "".join(character for character in ALPHABET if character.isalpha())
LENGTH = 4
# How long a bare number may refer to what was just asked.
RECENT = timedelta(minutes=10)

_CODE = rf"[{ALPHABET}]{{{LENGTH}}}"
_NUMBER_CODE = re.compile(rf"^(\d{{1,2}})[\s.:)-]*({_CODE})\b[\s.,:]*(.*)$", re.DOTALL)
_CODE_NUMBER = re.compile(rf"^({_CODE})[\s.:-]+(\d{{1,2}})\b[\s.,:]*(.*)$", re.DOTALL)
_WORDS_CODE = re.compile(rf"^(\D[^\n]*?)[\s.:-]+({_CODE})\b[\s.,:]*(.*)$", re.DOTALL)
_BARE_NUMBER = re.compile(r"^(\d{1,2})[\s.)]*$")
_LOOKS_LIKE_CODE = re.compile(r"^(?=.*[A-Z])(?=.*\d)[A-Z0-9]{4}$")

# Words that people use for the words on our buttons; all folded. Longer ones are tried first.
_SAME = {
    "duyet": "dong y",
    "chap thuan": "dong y",
    "tu choi": "khong dong y",
    "khong duyet": "khong dong y",
    "khong chap thuan": "khong dong y",
}
_YES = frozenset({"co", "xac nhan", "dung"})
_NO = frozenset({"khong", "thoi", "huy"})


@dataclass(frozen=True, slots=True)
class OpenPrompt:
    """A message with choices that can still be answered, as one chat sees it.

    `is_step` marks the step of a form that is being filled in: the person is in the middle of it. `confirms` is
    the choice, counted from 0, that was made and waits for a yes. One that is not open any more was answered or
    replaced: with its code it can still be asked about, bare answers never mean it.
    """

    code: str
    labels: Sequence[str]
    sent_at: datetime
    is_step: bool = False
    confirms: int | None = None
    is_open: bool = True


@dataclass(frozen=True, slots=True)
class Chosen:
    """Choice `index`, counted from 0, of the prompt; `rest` is what was written behind it, perhaps a reason."""

    code: str
    index: int
    rest: str = ""


@dataclass(frozen=True, slots=True)
class Confirmed:
    """A yes or a no to a choice that was repeated back."""

    code: str
    yes: bool


@dataclass(frozen=True, slots=True)
class Unclear:
    """It was meant as an answer, but several prompts could be meant, or the number is not among the choices."""


@dataclass(frozen=True, slots=True)
class UnknownCode:
    """It carries a code that is not open here: mistyped, of somebody else, or used up."""

    code: str


Reading: TypeAlias = Chosen | Confirmed | Unclear | UnknownCode | None
"""None: no answer to a prompt at all."""


def new_code(random: Random) -> str:
    """A code; its first character is a letter, so that a number before it can be told apart."""
    head = random.choice(LETTERS) + random.choice(ALPHABET) + random.choice(ALPHABET)
    return head + _check(head)


def is_code(text: str) -> bool:
    """Whether this is a code without a slip."""
    return len(text) == LENGTH and set(text) <= set(ALPHABET) and text[-1] == _check(text[:-1])


def _check(head: str) -> str:
    # Weights that differ modulo a prime find every wrong character and every swap of neighbours.
    total = sum(weight * ALPHABET.index(character) for weight, character in enumerate(head, 1))
    return ALPHABET[total % len(ALPHABET)]


def read(text: str, prompts: Sequence[OpenPrompt], now: datetime) -> Reading:
    """What a typed text answers, if it answers something."""
    typed = normalise(text)
    plain = _plain(typed)
    with_code = _with_code(plain, typed, prompts)
    if with_code is not None:
        return with_code
    return _bare(plain, [prompt for prompt in prompts if prompt.is_open], now)


def _plain(typed: str) -> str:
    """Upper case without diacritics, character for character, so that the rest can be cut from the original."""
    return "".join((fold(character) or character)[:1] for character in typed).upper()


def _with_code(plain: str, typed: str, prompts: Sequence[OpenPrompt]) -> Reading:
    if match := _NUMBER_CODE.match(plain):
        return _numbered(match[2], match[1], typed[match.start(3) :], prompts)
    if match := _CODE_NUMBER.match(plain):
        return _numbered(match[1], match[2], typed[match.start(3) :], prompts)
    if match := _WORDS_CODE.match(plain):
        return _worded(match[2], match[1], typed[match.start(3) :], prompts)
    if _LOOKS_LIKE_CODE.match(plain.strip(" .")):
        code = plain.strip(" .")
        return Unclear() if _find(code, prompts) else UnknownCode(code)
    return None


def _numbered(code: str, number: str, rest: str, prompts: Sequence[OpenPrompt]) -> Reading:
    prompt = _find(code, prompts)
    if prompt is None:
        return UnknownCode(code)
    index = int(number) - 1
    return Chosen(code, index, rest.strip()) if 0 <= index < len(prompt.labels) else Unclear()


def _worded(code: str, words: str, rest: str, prompts: Sequence[OpenPrompt]) -> Reading:
    if not is_code(code):
        # An ordinary sentence with a word of four letters in it.
        return UnknownCode(code) if _LOOKS_LIKE_CODE.match(code) else None
    prompt = _find(code, prompts)
    if prompt is None:
        return UnknownCode(code)
    said = fold(words)
    if prompt.confirms is not None and said in _YES | _NO:
        return Confirmed(code, said in _YES)
    index = _label_index(said, prompt.labels)
    return Unclear() if index is None else Chosen(code, index, rest.strip())


def _label_index(said: str, labels: Sequence[str]) -> int | None:
    """The label that is exactly what was said, or what it is another word for: a negation never approves."""
    meant = _SAME.get(said, said)
    found = [index for index, label in enumerate(labels) if fold(label) == meant]
    return found[0] if len(found) == 1 else None


def _find(code: str, prompts: Sequence[OpenPrompt]) -> OpenPrompt | None:
    return next((prompt for prompt in prompts if prompt.code == code), None)


def _bare(plain: str, prompts: Sequence[OpenPrompt], now: datetime) -> Reading:
    """A number or a button's words alone: only where a single prompt can be meant."""
    number = _BARE_NUMBER.match(plain)
    recent = [prompt for prompt in prompts if now - prompt.sent_at <= RECENT]
    steps = [prompt for prompt in recent if prompt.is_step]
    meant = steps or recent
    if number is not None:
        index = int(number[1]) - 1
        if len(meant) != 1:
            return Unclear() if prompts and not steps else None
        if 0 <= index < len(meant[0].labels):
            return Chosen(meant[0].code, index)
        # In a form a number may be an answer of its own, such as an hour.
        return None if steps else Unclear()
    said = fold(plain).strip(" .")
    found = [(prompt.code, _label_index(said, prompt.labels)) for prompt in meant]
    hits = [Chosen(code, position) for code, position in found if position is not None]
    if len(hits) == 1 and len(meant) == 1:
        return hits[0]
    return Unclear() if hits and not steps else None
