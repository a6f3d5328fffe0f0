"""Attachments on disk under their SHA-256, so that the same paper is kept once."""

import hashlib
import mimetypes
import os
import tempfile
from pathlib import Path

# What Telegram lets a bot fetch; the same everywhere, so that a paper accepted on one channel is on all.
MAX_BYTES = 20 * 1024 * 1024
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
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as part:
                part.write(content)
                part.flush()
                os.fsync(part.fileno())
            Path(part.name).replace(path)
        return digest

    def read(self, digest: str) -> bytes:
        return self._path(digest).read_bytes()

    def _path(self, digest: str) -> Path:
        return self._directory / digest[:2] / digest
