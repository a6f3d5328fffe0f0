"""`python -m bench`: rounds of all contenders in shuffled order, tables on stdout, everything in bench/results/."""

import argparse
import json
import random
import subprocess
import tempfile
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from bench import people, tables
from bench.cases import CASES, Case, Figures
from bench.processes import ROOT, Contender, Server

RESULTS = ROOT / "bench" / "results"
Rounds = list[dict[str, Figures]]


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument(
        "cases",
        nargs="*",
        metavar="CASE",
        help=f"some of: {', '.join(case.name for case in CASES)}; all of them if none",
    )
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--only", action="append", default=[], metavar="CONTENDER")
    asked = parser.parse_args()
    chosen = [case for case in CASES if not asked.cases or case.name in asked.cases]
    with tempfile.TemporaryDirectory(prefix="thuky-bench-") as name, Server() as server:
        bench = Bench(Path(name), server, asked.only)
        measured = {case.name: bench.rounds(case, asked.rounds) for case in chosen}
    _keep(measured)
    print(*(tables.table(case, measured[case.name]) for case in chosen), sep="\n")


class Bench:
    """One run: the population is made once and copied for each contender."""

    def __init__(self, folder: Path, server: Server, only: list[str]) -> None:
        self._folder, self._server, self._only = folder, server, only
        self._numbers = count(1)
        self._population = folder / "population.db"
        people.fill(self._population)

    def rounds(self, case: Case, number: int) -> Rounds:
        return [self._round(case, index) for index in range(number)]

    def _round(self, case: Case, index: int) -> dict[str, Figures]:
        names = [name for name in case.contenders if not self._only or name in self._only]
        random.shuffle(names)
        found = {}
        for name in names:
            number = next(self._numbers)
            folder = self._folder / str(number)
            with Contender(self._server, name, number, folder, self._population, case.program(name)) as contender:
                found[name] = case.run(contender)
            print(f"{case.name} {index + 1} {name}:", tables.line(found[name]), flush=True)
        return found


def _keep(measured: dict[str, Rounds]) -> None:
    RESULTS.mkdir(exist_ok=True)
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True
    ).stdout.strip()
    path = RESULTS / f"{datetime.now(UTC):%Y%m%d-%H%M%S}.json"
    path.write_text(json.dumps({"commit": commit, "cases": measured}, indent=1) + "\n")


if __name__ == "__main__":
    main()
