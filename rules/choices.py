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
DIGITS = "".join(character for character in ALPHABET if character.isdigit())
LENGTH = 4
# How long a bare number may refer to what was just asked.
RECENT = timedelta(minutes=10)

# What could be meant for a code, with a slip too: then it is said that there is none such.
_CODE = r"(?=[A-Z0-9]{0,3}\d)[A-Z][A-Z0-9]{3}"
_NUMBER = r"(?:(?:SO|CHON) ?)?(\d{1,2})"
_NUMBER_CODE = re.compile(rf"^{_NUMBER}[\s.:)–-]*({_CODE})\b[\s.,:]*(.*)$", re.DOTALL)
_CODE_NUMBER = re.compile(rf"^({_CODE})[\s.:–-]+{_NUMBER}\b[\s.,:]*(.*)$", re.DOTALL)
_CODE_WORDS = re.compile(rf"^({_CODE})[\s.:–-]+(\D.*)$", re.DOTALL)
_WORDS_CODE = re.compile(rf"^(\D[^\n]*?)[\s.:–-]+({_CODE})\b[\s.,:]*(.*)$", re.DOTALL)
_CODE_ALONE = re.compile(rf"^({_CODE})[\s.]*$")
_BARE_NUMBER = re.compile(rf"^{_NUMBER}[\s.)]*$")
# What politeness puts around the words of an answer, folded.
_POLITE = re.compile(r"^(?:(?:da|vang|toi),? )*(.*?)(?:,? (?:a|nhe|nha|em))*$")

# Words that people use for the words on our buttons; all folded.
_SAME = {
    "duyet": "dong y",
    "chap thuan": "dong y",
    "tu choi": "khong dong y",
    "khong duyet": "khong dong y",
    "khong chap thuan": "khong dong y",
    "nhat tri": "dong y",
    "khong nhat tri": "khong dong y",
    "du": "du hop",
    "tham du": "du hop",
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
class Unconfirmed:
    """A yes or a no without the code: what was repeated back is asked once more."""

    code: str


@dataclass(frozen=True, slots=True)
class Unclear:
    """It was meant as an answer, but several prompts could be meant, or the number is not among the choices."""


@dataclass(frozen=True, slots=True)
class UnknownCode:
    """It carries a code that is not open here: mistyped, of somebody else, or used up."""

    code: str


Reading: TypeAlias = Chosen | Confirmed | Unconfirmed | Unclear | UnknownCode | None
"""None: no answer to a prompt at all."""


def new_code(random: Random) -> str:
    """A code: first a letter, so that a number before it can be told apart; somewhere a digit, as no word has one."""
    pair = [random.choice(DIGITS), random.choice(ALPHABET)]
    random.shuffle(pair)
    head = random.choice(LETTERS) + "".join(pair)
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
    if match := _CODE_WORDS.match(plain):
        return _worded(match[1], match[2], "", prompts)
    if match := _WORDS_CODE.match(plain):
        return _worded(match[2], match[1], typed[match.start(3) :], prompts)
    if match := _CODE_ALONE.match(plain):
        return Unclear() if _find(match[1], prompts) else _unknown(match[1], prompts)
    return None


def _unknown(code: str, prompts: Sequence[OpenPrompt]) -> Reading:
    """In a form what only looks like a code may be an answer of its own."""
    is_word = not is_code(code) and any(prompt.is_step and prompt.is_open for prompt in prompts)
    return None if is_word else UnknownCode(code)


def _numbered(code: str, number: str, rest: str, prompts: Sequence[OpenPrompt]) -> Reading:
    prompt = _find(code, prompts)
    if prompt is None:
        return _unknown(code, prompts)
    index = int(number) - 1
    return _chosen(prompt, index, rest) if 0 <= index < len(prompt.labels) else Unclear()


def _worded(code: str, words: str, rest: str, prompts: Sequence[OpenPrompt]) -> Reading:
    prompt = _find(code, prompts)
    if prompt is None:
        return _unknown(code, prompts)
    said = _said(words)
    if prompt.confirms is not None and said in _YES | _NO:
        return Confirmed(code, said in _YES)
    index = _label_index(said, prompt.labels)
    return Unclear() if index is None else _chosen(prompt, index, rest)


def _chosen(prompt: OpenPrompt, index: int, rest: str) -> Reading:
    """A whole line may have been copied: its own words are no reason, and those of another choice contradict it."""
    rest = rest.strip().lstrip("–— -")
    plain = _plain(rest)
    for position, label in sorted(enumerate(prompt.labels), key=lambda pair: -len(pair[1])):
        words = _plain(normalise(label))
        if plain.startswith(words) and not plain[len(words) : len(words) + 1].isalnum():
            return Chosen(prompt.code, index, rest[len(words) :].strip(" .,:–—-")) if position == index else Unclear()
    return Chosen(prompt.code, index, rest)


def _said(words: str) -> str:
    found = _POLITE.match(fold(words).strip(" .,"))
    return found[1] if found else ""


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
    said = _said(plain)
    if len(meant) == 1 and (position := _label_index(said, meant[0].labels)) is not None:
        return Chosen(meant[0].code, position)
    asked_back = [prompt.code for prompt in prompts if prompt.confirms is not None]
    if asked_back and said in _YES | _NO:
        return Unconfirmed(asked_back[0])
    is_answer = any(_label_index(said, prompt.labels) is not None for prompt in prompts)
    return Unclear() if is_answer and not steps else None
