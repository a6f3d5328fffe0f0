"""`python -m bench.hotline`: citizens ask, with the platform's limit of 30 messages a second in force.

First so many new questions a second for a while, then a burst at once. Each makes two messages: to the citizen that it
arrived, and the card to whoever is on duty. What goes beyond the limit the fake Bot API refuses with 429.
"""

import argparse
import sqlite3
import tempfile
import time
from collections.abc import Sequence
from contextlib import closing
from itertools import pairwise
from pathlib import Path

from bench.cases import percentile
from bench.hotline_people import CITIZENS, FIRST_CITIZEN, FIRST_OFFICIAL, fill, question
from bench.processes import OURS, Contender, Server
from bench.tables import row

# So many in all, and to one chat one a second with such bursts.
A_SECOND, BURST = 30, 3
COLUMNS = (
    "asked", "told that it arrived", "lost", "out of order", "cards", "first answer p50 ms", "p99 ms", "longest ms",
    "messages a second", "429", "CPU ms",
)  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.hotline", description=__doc__)
    parser.add_argument("--seconds", type=int, default=120, help="how long the steady part lasts")
    parser.add_argument("--rate", type=float, default=15.0, help="new questions a second in it")
    parser.add_argument("--burst", type=int, default=1000, help="how many at once after it")
    asked = parser.parse_args()
    steady = int(asked.seconds * asked.rate)
    if steady + asked.burst > CITIZENS:
        parser.error(f"there are {CITIZENS} citizens; each asks once")
    print(row(["", *COLUMNS]), row("---" for _ in ("", *COLUMNS)), sep="\n")
    with tempfile.TemporaryDirectory(prefix="thuky-bench-") as name, Server() as server:
        population = Path(name) / "population.db"
        fill(population)
        settings = {"THUKY_TELEGRAM_RATE": str(A_SECOND)}
        with Contender(server, OURS, 1, Path(name) / "1", population, settings=settings) as contender:
            parts = (
                (f"{asked.rate:g} a second", range(1, steady + 1), asked.rate),
                ("burst", range(steady + 1, steady + asked.burst + 1), 0.0),
            )
            for part, numbers, rate in parts:
                print(row([part, *_run(contender, numbers, rate)]), flush=True)


def _run(contender: Contender, numbers: Sequence[int], rate: float) -> list[str]:
    """Hand the questions out, wait for two messages each, and read off what became of them."""
    contender.wait_for_poll()
    time.sleep(0.5)
    updates = [question(number) for number in numbers]
    contender.ask("load", updates=updates, delay=0.0, limits=[A_SECOND, BURST])
    before, tickets = contender.cpu_seconds(), _tickets(contender)
    contender.ask("release", rate=rate)
    contender.ask("wait", calls=2 * len(numbers), seconds=60.0 + len(numbers) / 5)
    record = contender.ask("record")
    cpu, tickets = contender.cpu_seconds() - before, _tickets(contender) - tickets
    handed = {FIRST_CITIZEN + int(key): at for key, at in record["handed"]}
    first: dict[int, float] = {}
    for _method, chat, at in record["calls"]:
        first.setdefault(int(chat), at)
    told = sorted(handed.keys() & first.keys(), key=lambda chat: first[chat])
    waits = [first[chat] - handed[chat] for chat in told]
    cards = sum(int(chat) >= FIRST_OFFICIAL for _method, chat, _at in record["calls"])
    span = max(at for *_rest, at in record["calls"]) - min(handed.values())
    figures = [percentile(waits, 0.5), percentile(waits, 0.99), percentile(waits, 1.0), len(record["calls"]) / span]
    return [
        *map(str, (len(numbers), len(told), len(numbers) - min(len(told), tickets))),
        *map(str, (sum(later < earlier for earlier, later in pairwise(told)), cards)),
        *(f"{figure:.4g}" for figure in figures),
        str(len(record["refused"])),
        f"{1000 * cpu / len(numbers):.1f}",
    ]


def _tickets(contender: Contender) -> int:
    with closing(sqlite3.connect(contender.folder / "bench.db")) as database:
        return int(database.execute("SELECT count(*) FROM ticket").fetchone()[0])


if __name__ == "__main__":
    main()
