"""The sample body as transcripts find it: loaded once for each start of the clock, copied for each transcript."""

import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

from bot.adapters.simulator.channel import TELEGRAM_LIKE
from bot.clock import SetClock
from bot.files import FileStore
from bot.work import Work
from models.database import Database
from models.migrations import migrate
from models.people import the_body
from services import demo
from tests.conversation import Stage
from tests.databases import opened


class Worlds:
    """SQLite files with the sample body in them; `open` gives a stage on a copy, one at a time.

    All its people live on one channel: phones with buttons, or such that show text only.
    """

    def __init__(self, directory: Path, channel: str = TELEGRAM_LIKE) -> None:
        self._directory = directory
        self._channel = channel
        self._count = 0

    @contextmanager
    def open(self, starts_at: datetime, pack: str) -> Iterator[Stage]:
        template = self._directory / f"{starts_at:%Y%m%d%H%M}.db"
        if not template.exists():
            self._load(template, starts_at)
        self._count += 1
        place, path = self._directory / str(self._count), self._directory / "thuky.db"
        place.mkdir()
        path.unlink(missing_ok=True)
        shutil.copyfile(template, path)
        with opened(f"sqlite:///{path}") as database:
            stage = Stage(database, _clock(starts_at), FileStore(place), self._channel)
            adopt(stage, pack)
            yield stage

    def _load(self, template: Path, starts_at: datetime) -> None:
        path = template.with_suffix(".new")
        with closing(Database(f"sqlite:///{path}")) as database:
            migrate(database)
            load(database, FileStore(self._directory), starts_at, self._channel)
        path.rename(template)


def load(database: Database, files: FileStore, starts_at: datetime, channel: str = TELEGRAM_LIKE) -> Stage:
    """The sample body on an empty migrated database."""
    stage = Stage(database, _clock(starts_at), files, channel)
    stage.act(demo.load_people, channel)
    stage.act(demo.load_meetings)
    return stage


def adopt(stage: Stage, pack: str) -> None:
    """Before anybody acts, the sample body lives by another pack."""

    def set_pack(work: Work) -> None:
        body = the_body(work.session)
        assert body is not None
        body.pack_id = pack

    stage.act(set_pack)


def _clock(starts_at: datetime) -> SetClock:
    return SetClock(starts_at.astimezone(UTC))
