"""Structured logs without secrets: one line an event, ids and categories, never message bodies."""

import logging
import re
import sys
from collections.abc import Iterable

_SECRETS: set[str] = set()
# The path of Bot API calls carries the token; a library that logs or raises an address would publish it.
_TOKEN_SHAPE = re.compile(r"(bot)?\d{5,}:[A-Za-z0-9_-]{20,}")


def hide(secrets: Iterable[str]) -> None:
    """From now on these strings are blotted out of every log line and every `redacted` text."""
    _SECRETS.update(secret for secret in secrets if secret)


def redacted(text: str) -> str:
    for secret in _SECRETS:
        text = text.replace(secret, "***")
    return _TOKEN_SHAPE.sub("***", text)


class _RedactingFormatter(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        # Exceptions carry addresses too, so the whole finished line is cleaned, not its arguments.
        return redacted(super().format(record))


def set_up(level: str) -> None:
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_RedactingFormatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    for chatty in ("httpx", "httpcore", "telegram", "aiohttp.access", "uvicorn.access", "alembic"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
    # Its warnings say that a look was left out because the one before still goes on, which is as we want it.
    logging.getLogger("apscheduler").setLevel(logging.ERROR)
