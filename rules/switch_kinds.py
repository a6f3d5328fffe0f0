"""What values a switch of a directive pack may take, and how a person may write them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from rules.errors import N_
from rules.text import fold, normalise

SwitchValue = bool | int | str | tuple[str, ...]

_YES = frozenset({"co", "x", "1", "true", "yes", "dung", "bat", "on"})
_NO = frozenset({"khong", "0", "false", "no", "sai", "tat", "off"})


class SwitchKind(Protocol):
    """What values a switch takes; ``expected`` is the message id that says so."""

    @property
    def expected(self) -> str:
        """Message id: what a wrong value is told."""

    def fits(self, value: object) -> bool:
        """Whether the value is one that the switch takes."""

    def read(self, text: str) -> SwitchValue | None:
        """The value that the text means; None where it means none, unchecked otherwise."""

    def hint(self) -> str:
        """What to write, for the field ``hint``."""


@dataclass(frozen=True)
class Flag:
    """Yes or no."""

    expected: str = N_("{key} cannot be “{value}”: write có or không.")

    def fits(self, value: object) -> bool:
        return isinstance(value, bool)

    def read(self, text: str) -> SwitchValue | None:
        word = fold(text)
        return True if word in _YES else False if word in _NO else None

    def hint(self) -> str:
        return ""


@dataclass(frozen=True)
class Count:
    """A whole number within bounds."""

    least: int
    most: int
    expected: str = N_("{key} cannot be “{value}”: write a whole number, {hint}.")

    def fits(self, value: object) -> bool:
        whole = isinstance(value, int) and not isinstance(value, bool)
        return whole and self.least <= int(str(value)) <= self.most

    def read(self, text: str) -> SwitchValue | None:
        digits = normalise(text)
        return int(digits) if re.fullmatch(r"\d{1,4}", digits) else None

    def hint(self) -> str:
        return f"{self.least}–{self.most}"


@dataclass(frozen=True)
class Choice:
    """One of a few words; each may also be written in Vietnamese."""

    options: Mapping[str, str]
    expected: str = N_("{key} cannot be “{value}”: write one of {hint}.")

    def fits(self, value: object) -> bool:
        return isinstance(value, str) and value in self.options

    def read(self, text: str) -> SwitchValue | None:
        word = fold(text)
        return next((key for key, name in self.options.items() if word in (fold(key), fold(name))), None)

    def hint(self) -> str:
        return ", ".join(self.options)


@dataclass(frozen=True)
class Several:
    """Any number of words from a few; ``không`` or nothing for none."""

    options: Mapping[str, str]
    expected: str = N_("{key} cannot be “{value}”: write some of {hint}, separated by commas.")

    def fits(self, value: object) -> bool:
        return isinstance(value, tuple) and all(word in self.options for word in value)

    def read(self, text: str) -> SwitchValue | None:
        if fold(text) in _NO | {""}:
            return ()
        words = tuple(Choice(self.options).read(part) for part in text.split(","))
        return tuple(str(word) for word in words) if None not in words else None

    def hint(self) -> str:
        return ", ".join(self.options)


@dataclass(frozen=True)
class Pattern:
    """A word of a fixed shape, such as a time of day."""

    shape: str
    example: str
    expected: str = N_("{key} cannot be “{value}”: write it like {hint}.")

    def fits(self, value: object) -> bool:
        return isinstance(value, str) and re.fullmatch(self.shape, value) is not None

    def read(self, text: str) -> SwitchValue | None:
        return normalise(text).replace(" - ", "-")

    def hint(self) -> str:
        return self.example


@dataclass(frozen=True)
class Patterns:
    """Any number of words of a fixed shape, in order; ``không`` or nothing for none."""

    shape: str
    example: str
    expected: str = N_("{key} cannot be “{value}”: write it like {hint}.")

    def fits(self, value: object) -> bool:
        shaped = Pattern(self.shape, self.example)
        return isinstance(value, tuple) and all(shaped.fits(word) for word in value)

    def read(self, text: str) -> SwitchValue | None:
        if fold(text) in _NO | {""}:
            return ()
        return tuple(normalise(part) for part in text.split(","))

    def hint(self) -> str:
        return self.example
