"""A copy that fits together, taken while the bot writes; its way back, and what is refused."""

import shutil
import zipfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlmodel import Session

from bot import audit, backups
from bot.audit import Act
from bot.cli import OperatorError
from bot.clock import SetClock
from bot.files import FileStore
from bot.settings import Settings
from bot.work import Work
from models.database import Database
from models.files import StoredFile
from models.tables import SCHEMA
from services import demo
from tests.databases import SqliteFiles


@pytest.fixture
def here(database_url: str, tmp_path: Path, clock: SetClock) -> Settings:
    """The sample body with its meetings and an attachment."""
    settings = _settings(database_url, tmp_path / "here")

    def load(session: Session) -> None:
        work = Work(session, clock.now(), FileStore(settings.data_dir), cause="test")
        demo.load_people(work)
        work.attach("tờ trình.pdf", b"paper")
        work.close()

    with closing(Database(database_url)) as database:
        database.transact(load)
    return settings


def _settings(url: str, directory: Path) -> Settings:
    return Settings.model_validate({"database_url": url, "data_dir": directory})


@pytest.fixture
def there(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Settings]:
    """An empty installation on SQLite, whatever the first one was on."""
    files: SqliteFiles = request.getfixturevalue("sqlite_files")
    (tmp_path / "there").mkdir()
    with files.fresh() as url:
        yield _settings(url, tmp_path / "there")


def contents(settings: Settings) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table."""
    with closing(Database(settings.database_url.get_secret_value())) as database, database.reading() as connection:
        tables = SCHEMA.sorted_tables
        return {
            t.name: [tuple(r) for r in connection.execute(select(t).order_by(*t.primary_key.columns))] for t in tables
        }


def test_what_was_copied_comes_back_as_it_was(here: Settings, there: Settings, tmp_path: Path) -> None:
    copy = tmp_path / "copy.zip"
    backups.back_up(here, copy)
    backups.restore(there, copy, force=False)
    assert contents(there) == contents(here)
    assert FileStore(there.data_dir).read(_digest(there)) == b"paper"


def _digest(settings: Settings) -> str:
    with closing(Database(settings.database_url.get_secret_value())) as database:
        return database.transact(lambda session: session.exec(select(StoredFile.digest)).scalar_one())  # type: ignore[call-overload]


def test_a_copy_comes_back_into_the_database_that_it_came_from_and_work_goes_on(
    here: Settings, tmp_path: Path, clock: SetClock
) -> None:
    before = contents(here)
    backups.back_up(here, tmp_path / "copy.zip")
    with pytest.raises(OperatorError, match="not empty"):
        backups.restore(here, tmp_path / "copy.zip", force=False)
    assert contents(here) == before
    backups.restore(here, tmp_path / "copy.zip", force=True)
    assert contents(here) == before
    with closing(Database(here.database_url.get_secret_value())) as database:
        # New rows get numbers of their own.
        work_on = FileStore(here.data_dir)
        database.transact(lambda session: Work(session, clock.now(), work_on).attach("b", b"b"))


def test_a_copy_taken_while_the_bot_writes_fits_together_and_holds_nobody_up(
    here: Settings, there: Settings, tmp_path: Path, clock: SetClock
) -> None:
    def write(database: Database) -> int:
        for number in range(40):
            acts = [Act(None, "test", f"Row:{number}")] * 3
            database.transact(lambda session, acts=acts: audit.append(session, acts, clock.now()))  # type: ignore[misc]
        return 40

    with closing(Database(here.database_url.get_secret_value())) as database, ThreadPoolExecutor(1) as thread:
        writing = thread.submit(write, database)
        copies = 0
        while not writing.done():
            copies += 1
            backups.back_up(here, tmp_path / f"{copies}.zip")
        assert writing.result() == 40
    for number in {1, copies}:
        backups.restore(there, tmp_path / f"{number}.zip", force=True)
        with closing(Database(there.database_url.get_secret_value())) as restored:
            verdict = restored.transact(lambda session: audit.verify(audit.stored(session)))
        assert verdict.broken is None
        assert len(contents(there)["auditentry"]) == verdict.entries


def test_writers_go_on_while_a_copy_is_being_read(here: Settings) -> None:
    url = here.database_url.get_secret_value()
    with closing(Database(url)) as database, database.reading() as reading, reading.begin():
        before = reading.execute(select(StoredFile.__table__)).all()  # type: ignore[attr-defined]
        database.transact(lambda session: session.connection().exec_driver_sql("DELETE FROM storedfile"))
        assert reading.execute(select(StoredFile.__table__)).all() == before  # type: ignore[attr-defined]


def test_a_copy_that_is_not_complete_never_looks_like_one(here: Settings, tmp_path: Path) -> None:
    for path in (here.data_dir / "files").rglob("*"):
        if path.is_file():
            path.unlink()
    with pytest.raises(OperatorError, match="missing"):
        backups.back_up(here, tmp_path / "copy.zip")
    assert list(tmp_path.glob("copy*")) == []


DAMAGES = (
    "cut",
    "flipped",
    "empty",
    "no zip",
    "a table missing",
    "a line broken",
    "a column unknown",
    "a paper changed",
)


def test_a_damaged_copy_is_refused_in_one_clear_line_and_changes_nothing(
    here: Settings, there: Settings, tmp_path: Path
) -> None:
    backups.back_up(here, tmp_path / "copy.zip")
    before = contents(there)
    for how in DAMAGES:
        copy = tmp_path / f"{how}.zip"
        shutil.copyfile(tmp_path / "copy.zip", copy)
        _damage(copy, how)
        with pytest.raises(OperatorError, match="damaged"):
            backups.restore(there, copy, force=True)
        assert contents(there) == before, how


def _damage(copy: Path, how: str) -> None:
    content = copy.read_bytes()
    match how:
        case "cut":
            copy.write_bytes(content[: len(content) // 2])
        case "flipped":
            middle = len(content) // 2
            copy.write_bytes(
                content[:middle] + bytes(byte ^ 0xFF for byte in content[middle : middle + 50]) + content[middle + 50 :]
            )
        case "empty":
            copy.write_bytes(b"")
        case "no zip":
            copy.write_bytes(b"this is a letter")
        case _:
            _rewrite(copy, how)


def _rewrite(copy: Path, how: str) -> None:
    with zipfile.ZipFile(copy) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    paper = next(name for name in parts if name.startswith("files/"))
    if how == "a table missing":
        del parts["tables/person"]
    if how == "a line broken":
        parts["tables/person"] += b'{"id": '
    if how == "a column unknown":
        parts["tables/person"] += b'{"nonsense": 1}\n'
    if how == "a paper changed":
        parts[paper] = b"another paper"
    with zipfile.ZipFile(copy, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


def test_an_older_schema_is_not_copied_but_sent_to_be_migrated(here: Settings, tmp_path: Path) -> None:
    with closing(Database(here.database_url.get_secret_value())) as database:
        database.transact(lambda session: session.connection().exec_driver_sql("DELETE FROM alembic_version"))
    with pytest.raises(OperatorError, match="migrate"):
        backups.back_up(here, tmp_path / "copy.zip")
    assert not list(tmp_path.glob("copy*"))
