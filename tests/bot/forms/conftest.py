"""Forms are tried on a real database, in English so that the words are those of the code."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlmodel import Session

from bot.clock import SetClock
from bot.files import FileStore
from bot.i18n import use_language
from bot.work import Work
from models.database import Database
from tests.bot.forms.filler import Filler


@pytest.fixture
def fill(database: Database, clock: SetClock, tmp_path: Path) -> Iterator[Callable[..., Filler]]:
    with Session(database.engine) as session, use_language("en"):
        work = Work(session, clock.now(), FileStore(tmp_path))
        yield lambda *steps: Filler(work, steps)
