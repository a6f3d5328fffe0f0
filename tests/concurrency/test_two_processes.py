"""Two bots on one PostgreSQL: one polls and sends, both may handle; when the one is killed, the other takes over."""

import asyncio
import random
from pathlib import Path

import pytest

from bot.clock import Clock
from bot.files import FileStore
from models.database import Database
from tests.crash import world
from tests.crash.reckoning import reckon
from tests.crash.siege import Siege
from tests.standins.telegram import TelegramStandIn


def test_when_the_leading_process_dies_the_other_takes_over_and_nothing_is_lost_or_doubled(
    database: Database, database_url: str, tmp_path: Path
) -> None:
    if database.is_sqlite:
        pytest.skip("one process serves a file")

    async def play() -> float:
        async with TelegramStandIn() as telegram:
            built = world.build(database, FileStore(tmp_path), Clock().now(), requests=6)
            siege = Siege(telegram, database, database_url, tmp_path, built, random.Random(1), patience=20)
            seconds = await siege.run_two()
            assert not [call for call in telegram.calls_of("getUpdates") if call.status == 409]
            reckon(siege)
            return seconds

    # A dead holder of this machine is replaced at the next look, not when his lease is over.
    assert asyncio.run(play()) < 15
