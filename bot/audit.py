"""The hash chain of the audit log: append, check, export. Entries hold ids, categories and salted hashes only."""

import hashlib
import hmac
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import insert, select
from sqlmodel import Session

from models.audit import AuditEntry
from models.database import lock_for_transaction

GENESIS = "0" * 64
_TABLE: Any = AuditEntry.__table__  # type: ignore[attr-defined]
_LAST = select(_TABLE.c.number, _TABLE.c.digest).order_by(_TABLE.c.number.desc()).limit(1)
_INSERT = insert(_TABLE)
_ALL = select(_TABLE).order_by(_TABLE.c.number)


@dataclass(frozen=True, slots=True)
class Act:
    """Something that was done: by whom (None: the clock), what, to which row, with which plain facts."""

    actor_id: int | None
    action: str
    subject: str
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Verdict:
    """`broken` is the number of the first entry that does not fit, None when the chain holds."""

    entries: int
    broken: int | None
    reason: str = ""


def hashed(text: str, salt: str) -> str:
    """A text as the log may hold it: whoever has the text and the salt can prove it, nobody can read it."""
    return hmac.new(salt.encode(), text.encode(), hashlib.sha256).hexdigest() if text else ""


def append(session: Session, acts: Iterable[Act], now: datetime) -> None:
    """Add acts to the chain. Writers take turns from here to the end of their transaction."""
    acts = list(acts)
    if not acts:
        return
    lock_for_transaction(session, "audit")
    last = session.connection().execute(_LAST).first()
    before, previous = last or (0, GENESIS)
    rows = []
    for number, act in enumerate(acts, before + 1):
        row = {
            "number": number,
            "at": now,
            "actor_id": act.actor_id,
            "action": act.action,
            "subject": act.subject,
            "facts": act.facts,
            "previous": previous,
        }
        previous = digest(as_json(row))
        rows.append({**row, "digest": previous})
    session.connection().execute(_INSERT, rows)


def as_json(row: Mapping[str, Any]) -> dict[str, Any]:
    """The columns as the digest covers them."""
    return {**row, "at": row["at"].astimezone(UTC).isoformat(timespec="microseconds")}


def digest(content: Mapping[str, Any]) -> str:
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    # Half a surrogate pair is no text of ours, but a forged file may hold one.
    return hashlib.sha256(canonical.encode(errors="surrogatepass")).hexdigest()


def verify(entries: Iterable[Mapping[str, Any]]) -> Verdict:
    """Walk the chain; every entry must carry the next number, the digest before it and its own right digest."""
    previous, count = GENESIS, 0
    for entry in entries:
        count += 1
        content = {key: value for key, value in entry.items() if key != "digest"}
        if entry.get("number") != count:
            return Verdict(count, count, "entries are missing or out of order")
        if entry.get("previous") != previous:
            return Verdict(count, count, "it does not continue the entry before")
        if entry.get("digest") != digest(content):
            return Verdict(count, count, "its contents were changed")
        previous = str(entry["digest"])
    return Verdict(count, None)


def stored(session: Session) -> Iterator[dict[str, Any]]:
    """All entries of the database, in order, as they are exported."""
    # Closed also where whoever reads stops at the first broken one: PostgreSQL holds a cursor open for it.
    with session.connection().execute(_ALL, execution_options={"yield_per": 500}) as found:
        for row in found.mappings():
            yield as_json(dict(row))


def export(session: Session, path: Path) -> int:
    """Write the log, one JSON object a line, and return how many entries it has."""
    count = 0
    with path.open("w", encoding="utf-8") as file:
        for entry in stored(session):
            file.write(json.dumps(entry, ensure_ascii=False, sort_keys=True) + "\n")
            count += 1
    return count


def exported(path: Path) -> Iterator[dict[str, Any]]:
    """The entries of an exported file; a line that is not JSON becomes an entry that cannot be right."""
    with path.open("rb") as file:
        for line in file:
            try:
                entry = json.loads(line)
            except (ValueError, RecursionError):
                entry = {}
            yield entry if isinstance(entry, dict) else {}
