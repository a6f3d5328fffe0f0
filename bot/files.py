"""Attachments on disk under their SHA-256, so that the same paper is kept once."""

import fcntl
import hashlib
import math
import mimetypes
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from itertools import islice
from pathlib import Path

# What Telegram lets a bot fetch; the same everywhere, so that a paper accepted on one channel is on all.
MAX_BYTES = 20 * 1024 * 1024
# As many are looked for in the database with one question.
AT_ONCE = 200
# What every platform shows in a chat.
PICTURES = frozenset({"image/jpeg", "image/png"})


def media_type_of(name: str, told: str) -> str:
    """The type of a file, by its name where nobody told; empty where the name tells nothing either."""
    return told or mimetypes.guess_type(name)[0] or ""


class FileStore:
    """Content by digest, below one directory."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory / "files"

    def save(self, content: bytes) -> str:
        """Keep content and return its digest. The name appears only when the content is complete."""
        digest = hashlib.sha256(content).hexdigest()
        path = self._path(digest)
        with self._turn():
            is_there = _touched(path)
        if not is_there:
            path.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as part:
                part.write(content)
                part.flush()
                os.fsync(part.fileno())
            Path(part.name).replace(path)
        return digest

    def read(self, digest: str) -> bytes:
        return self._path(digest).read_bytes()

    def untouched_since(self, moment: datetime) -> Iterator[dict[str, Path]]:
        """What nobody has kept, again or for the first time, since a moment: by name, some hundred at a time."""
        left = (path for path in self._directory.glob("*/*") if _last_touched(path) < moment.timestamp())
        while some := list(islice(left, AT_ONCE)):
            yield {path.name: path for path in some}

    def remove(self, path: Path, *, untouched_since: datetime) -> None:
        """Delete a content, unless somebody has kept it again meanwhile."""
        with self._turn():
            if _last_touched(path) < untouched_since.timestamp():
                path.unlink()

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """One at a time, in all processes: who finds a content there must not lose it to who removes it."""
        self._directory.mkdir(parents=True, exist_ok=True)
        with (self._directory / ".turn").open("w") as turn:
            fcntl.flock(turn, fcntl.LOCK_EX)
            yield

    def _path(self, digest: str) -> Path:
        return self._directory / digest[:2] / digest


def _touched(path: Path) -> bool:
    """Whether it is there; then it counts as kept from now on."""
    try:
        os.utime(path)
    except FileNotFoundError:
        return False
    return True


def _last_touched(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except FileNotFoundError:
        return math.inf
