"""The chain of the audit log: whatever is changed in it, the first entry that does not fit is named."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlmodel import Session

from bot import audit
from bot.audit import Act, Verdict
from bot.clock import SetClock
from models.database import Database

ENTRIES = 6
MOMENT = datetime(2026, 11, 18, 2, tzinfo=UTC)
FIELDS = ("number", "at", "actor_id", "action", "subject", "facts", "previous", "digest")
Entry = dict[str, Any]


def acts(count: int = ENTRIES) -> list[Act]:
    return [
        Act(number, "absence.approve", f"AbsenceRequest:{number}", {"reason": "", "kind": "late"})
        for number in range(count)
    ]


def chain(moment: datetime, count: int = ENTRIES) -> list[Entry]:
    """Such a chain without a database."""
    entries: list[Entry] = []
    previous = audit.GENESIS
    for number, act in enumerate(acts(count), start=1):
        at = moment.isoformat(timespec="microseconds")
        entry = {"number": number, "at": at, "actor_id": act.actor_id, "action": act.action}
        entry |= {"subject": act.subject, "facts": dict(act.facts), "previous": previous}
        previous = audit.digest(entry)
        entries.append({**entry, "digest": previous})
    return entries


@pytest.fixture
def log(database: Database, clock: SetClock) -> Database:
    """A database whose log was written in two transactions."""
    for part in (acts()[:4], acts()[4:]):
        database.transact(lambda session, part=part: audit.append(session, part, clock.now()))  # type: ignore[misc]
    return database


def verdict(database: Database) -> Verdict:
    return database.transact(lambda session: audit.verify(audit.stored(session)))


def test_an_untouched_log_holds_in_the_database_and_in_its_copy(log: Database, tmp_path: Path, clock: SetClock) -> None:
    assert verdict(log) == Verdict(ENTRIES, None)
    path = tmp_path / "audit.jsonl"
    assert log.transact(lambda session: audit.export(session, path)) == ENTRIES
    assert audit.verify(audit.exported(path)) == Verdict(ENTRIES, None)
    assert [entry["number"] for entry in audit.exported(path)] == list(range(1, ENTRIES + 1))
    assert list(audit.exported(path)) == chain(clock.now())


@pytest.mark.parametrize(
    "change",
    [
        "at = '2020-01-01 00:00:00.000000'",
        "actor_id = NULL",
        "actor_id = actor_id + 1",
        "action = 'absence.refuse'",
        "subject = 'AbsenceRequest:99'",
        "facts = '{}'",
        "previous = digest",
        "digest = previous",
    ],
)
def test_a_changed_entry_of_the_database_is_named(log: Database, change: str) -> None:
    log.transact(lambda session: _execute(session, f"UPDATE auditentry SET {change} WHERE number = 3"))
    assert verdict(log).broken == 3


@pytest.mark.parametrize("at", [1, 3])
def test_an_entry_that_was_taken_out_of_the_database_is_missed(log: Database, at: int) -> None:
    log.transact(lambda session: _execute(session, f"DELETE FROM auditentry WHERE number = {at}"))
    assert verdict(log).broken == at


def _execute(session: Session, statement: str) -> None:
    session.connection().execute(text(statement))


def test_what_cannot_be_read_at_all_is_named_too(tmp_path: Path, clock: SetClock) -> None:
    path = tmp_path / "audit.jsonl"
    lines = [json.dumps(entry).encode() for entry in chain(clock.now())]
    for junk in (b"", b"null", b"[]", b"\xff\xfe", b'{"number": ', b'{"number": "\\ud800"}', b"[" * 100_000):
        path.write_bytes(b"\n".join([*lines[:2], junk, *lines[2:]]) + b"\n")
        assert audit.verify(audit.exported(path)).broken == 3


def _without(entries: list[Entry], at: int) -> None:
    del entries[at]


def _twice(entries: list[Entry], at: int) -> None:
    entries.insert(at, entries[at])


def _swapped(entries: list[Entry], at: int) -> None:
    entries[at], entries[at + 1] = entries[at + 1], entries[at]


def _invented(entries: list[Entry], at: int) -> None:
    """With a digest of its own that is right."""
    entry = {**entries[at], "action": "invented"}
    del entry["digest"]
    entries.insert(at, {**entry, "digest": audit.digest(entry)})


@given(at=st.integers(0, ENTRIES - 2), change=st.sampled_from([_without, _swapped]))
def test_a_missing_or_moved_entry_is_found_where_it_is(at: int, change: Callable[[list[Entry], int], None]) -> None:
    entries = chain(MOMENT)
    change(entries, at)
    assert audit.verify(entries).broken == at + 1


@given(at=st.integers(0, ENTRIES - 1), change=st.sampled_from([_twice, _invented]))
def test_an_entry_too_many_is_found_right_behind(at: int, change: Callable[[list[Entry], int], None]) -> None:
    entries = chain(MOMENT)
    change(entries, at)
    assert audit.verify(entries).broken == at + 2


@settings(max_examples=200)
@given(
    at=st.integers(0, ENTRIES - 1),
    field=st.sampled_from([*FIELDS, "something else"]),
    value=st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text()
    | st.lists(st.integers(), max_size=2),
)
def test_any_other_value_of_any_field_is_found(at: int, field: str, value: Any) -> None:
    entries = chain(MOMENT)
    if json.dumps(entries[at].get(field)) == json.dumps(value) and field in entries[at]:
        return
    entries[at] = {**entries[at], field: value}
    assert audit.verify(entries).broken == at + 1


def test_a_text_is_hidden_by_a_salt_and_nothing_stays_nothing() -> None:
    assert audit.hashed("ốm", "salt") != audit.hashed("ốm", "pepper")
    assert "ốm" not in audit.hashed("ốm", "salt")
    assert audit.hashed("", "salt") == ""
