"""Contents that no row names go; those that a row names, or may name in a moment, stay."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.files import FileStore
from bot.work import Work
from models.database import Database
from services import upkeep

NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
LONG_AGO = NOW - timedelta(hours=2)


def kept_at(files: FileStore, folder: Path, content: bytes, moment: datetime) -> Path:
    path = folder / "files" / files.save(content)[:2] / files.save(content)
    os.utime(path, (moment.timestamp(), moment.timestamp()))
    return path


def sweep(database: Database, files: FileStore) -> None:
    database.transact(lambda session: upkeep.sweep_files(Work(session, NOW, files)))


def test_a_content_that_no_row_names_goes_unless_it_was_kept_lately(
    database: Database, files: FileStore, tmp_path: Path
) -> None:
    unnamed = kept_at(files, tmp_path, b"unnamed", LONG_AGO)
    lately = kept_at(files, tmp_path, b"lately", NOW - timedelta(minutes=5))
    left_by_a_crash = unnamed.with_name("tmp0crash")
    left_by_a_crash.write_bytes(b"half")
    os.utime(left_by_a_crash, (LONG_AGO.timestamp(), LONG_AGO.timestamp()))
    sweep(database, files)
    assert (unnamed.exists(), left_by_a_crash.exists(), lately.exists()) == (False, False, True)


def test_a_content_stays_while_any_row_names_it(database: Database, files: FileStore, tmp_path: Path) -> None:
    path = kept_at(files, tmp_path, b"twice", LONG_AGO)
    database.transact(lambda session: Work(session, NOW, files).attach("a.txt", b"twice"))
    os.utime(path, (LONG_AGO.timestamp(), LONG_AGO.timestamp()))
    sweep(database, files)
    assert path.read_bytes() == b"twice"


def test_a_content_that_is_kept_again_counts_as_new(files: FileStore, tmp_path: Path) -> None:
    path = kept_at(files, tmp_path, b"again", LONG_AGO)
    files.save(b"again")
    files.remove(path, untouched_since=LONG_AGO + timedelta(minutes=1))
    assert path.exists()
