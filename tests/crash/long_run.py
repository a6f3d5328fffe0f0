"""`python -m tests.crash.long_run [KILLS] [sqlite|postgresql]`: hundreds of kills under load, and the figures."""

import asyncio
import json
import random
import sys
import tempfile
from contextlib import closing
from dataclasses import asdict
from pathlib import Path

from models.database import Database
from tests.crash.siege import Death
from tests.crash.test_crashes import besiege
from tests.crash.victim import STEPS
from tests.databases import PostgresServer, SqliteFiles

KILLS_OF_A_WORLD = 40


def deaths(number: int, chance: random.Random) -> list[Death]:
    """One in three at any instant of the first seconds, the others at named steps, early or late."""
    steps = [*STEPS]
    return [
        Death("", chance.randrange(1, 30))
        if chance.random() < 1 / 3
        else Death(chance.choice(steps), chance.randrange(1, 12))
        for _ in range(number)
    ]


def main() -> None:
    kills, kind = int(sys.argv[1]), sys.argv[2]
    directory = Path(tempfile.mkdtemp())
    server = SqliteFiles(directory) if kind == "sqlite" else PostgresServer()
    for seed in range(1, kills // KILLS_OF_A_WORLD + 1):
        chance, here = random.Random(seed), directory / str(seed)
        here.mkdir()
        with server.fresh() as url, closing(Database(url)) as database:
            figures = asyncio.run(besiege(database, url, here, seed, 100, deaths(KILLS_OF_A_WORLD, chance), patience=5))
        sys.stdout.write(json.dumps({"database": kind, "seed": seed, **asdict(figures)}) + "\n")
        sys.stdout.flush()
    if isinstance(server, PostgresServer):
        server.stop()


if __name__ == "__main__":
    main()
