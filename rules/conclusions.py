"""A typed line of conclusions: ``việc; người; hạn; kết quả; chịu trách nhiệm``, all but the first may lack."""

import re
from dataclasses import dataclass

from rules.errors import N_, InvalidInputError
from rules.text import normalise

MOST = 500
TOO_MANY = N_("more than five parts; write: what; who; by when; result; who answers for it")
EMPTY = N_("what is to be done is missing before the first “;”")
TOO_LONG = N_("longer than {most} characters")

# A list pasted from the notice keeps its words, not its numbers; "3.5 tỷ" is no number of a list.
_BULLET = re.compile(r"^(?:[-–+•*]|\d{1,2}[.)])(?: |$)")


@dataclass(frozen=True, slots=True)
class Line:
    """The parts as typed; empty where they were not."""

    content: str
    doer: str = ""
    due: str = ""
    result: str = ""
    responsible: str = ""


def read(text: str) -> Line:
    """The parts of a line, or InvalidInputError."""
    parts = [normalise(part) for part in text.split(";")]
    while len(parts) > 1 and not parts[-1]:
        parts.pop()
    if len(parts) > 5:
        raise InvalidInputError(TOO_MANY)
    content = _BULLET.sub("", parts[0])
    if not content:
        raise InvalidInputError(EMPTY)
    if len(content) > MOST or any(len(part) > MOST for part in parts):
        raise InvalidInputError(TOO_LONG, most=MOST)
    return Line(content, *parts[1:])
