"""The bot is killed at every step of receive, dispatch and deliver, and at any instant, while people tap.

`python -m tests.crash.long_run` does it hundreds of times and prints the figures.
"""

import asyncio
import random
from pathlib import Path

from bot.clock import Clock
from bot.files import FileStore
from models.database import Database
from tests.crash import world
from tests.crash.reckoning import Figures, reckon
from tests.crash.siege import Death, Siege
from tests.crash.victim import STEPS
from tests.standins.telegram import TelegramStandIn


async def besiege(
    database: Database, url: str, directory: Path, seed: int, requests: int, deaths: list[Death], patience: float = 20
) -> Figures:
    built = world.build(database, FileStore(directory), Clock().now(), requests, forms=len(deaths) // 4 + 1)
    async with TelegramStandIn() as telegram:
        siege = Siege(telegram, database, url, directory, built, random.Random(seed), patience)
        await siege.run(deaths)
        return reckon(siege)


def test_nothing_is_lost_doubled_or_invented_when_the_bot_is_killed(
    database: Database, database_url: str, tmp_path: Path
) -> None:
    deaths = [Death(step, 2) for step in STEPS][:: 1 if database.is_sqlite else 4]
    figures = asyncio.run(besiege(database, database_url, tmp_path, 1, len(deaths) * 3, [*deaths, Death("", 5)]))
    assert sum(figures.kills.values()) == len(deaths) + 1
    assert {death.step for death in deaths} <= set(figures.kills)
    assert figures.lost_notices == 0
