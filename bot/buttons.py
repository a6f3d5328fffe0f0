"""Short opaque tokens that a button brings back: route, subject, version, argument.

Rights and state are checked when the button is pressed, so a token needs no signature.
"""

from dataclasses import dataclass

from rules.errors import StaleError

# Telegram's limit for callback data, in bytes; the tightest of our channels.
MAX_BYTES = 64


@dataclass(frozen=True, slots=True)
class Token:
    """`subject` is a row's id, `version` the version that the presser saw (0: does not matter)."""

    route: str
    subject: int = 0
    version: int = 0
    argument: str = ""

    def __str__(self) -> str:
        text = f"{self.route}:{self.subject}:{self.version}:{self.argument}"
        if len(text.encode()) > MAX_BYTES:
            raise ValueError(f"button token too long: {text!r}")
        return text


def parse(text: str) -> Token:
    """Raises StaleError for what no present or former button of ours could carry."""
    parts = text.split(":", 3)
    if len(parts) != 4 or not parts[1].isdecimal() or not parts[2].isdecimal():
        raise StaleError()
    # Larger numbers than the database's own would raise there instead of finding nothing.
    subject, version = int(parts[1]), int(parts[2])
    if max(subject, version) > 2**31 - 1:
        raise StaleError()
    return Token(parts[0], subject, version, parts[3])


def token(route: str, subject: int | None = 0, version: int = 0, argument: str = "") -> str:
    return str(Token(route, subject or 0, version, argument))
