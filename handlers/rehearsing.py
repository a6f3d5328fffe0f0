"""The verb `rehearse`: a simulated period, on the terminal and in a workbook; the body's own database stays closed."""

import argparse
import tempfile
from collections.abc import Sequence
from datetime import time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from bot.cli import OperatorError, Verb
from bot.files import FileStore
from bot.settings import Settings
from handlers.console import day
from rules import packs
from rules.workdays import at

if TYPE_CHECKING:
    from services.rehearsal import Happening, Job
    from services.rehearsal_report import Report

# The first thing that happens; before it the office is not at work.
STARTS = time(7, 30)


def rehearse_verb(jobs: "Sequence[Job]") -> Verb:
    """`rehearse`, for the program to list among its verbs."""

    def run(_settings: Settings, arguments: argparse.Namespace) -> int:
        # What draws up workbooks is loaded for this verb, not at every start.
        from reports import rehearsal as sheets
        from services import rehearsal_report

        if arguments.to < arguments.day:
            raise OperatorError("The period ends before it begins.")
        found = _rehearsed(jobs, arguments)
        summary = list(rehearsal_report.lines(found))
        for line in summary:
            print("\t".join(line))
        if arguments.out is not None:
            sheets.write(arguments.out, found.messages, found.duties, summary)
            print(f"Written: {arguments.out}")
        return 0

    return Verb("rehearse", "simulate a period: every message and duty that would have been", run, _declare)


def _rehearsed(jobs: "Sequence[Job]", arguments: argparse.Namespace) -> "Report":
    from reports import workbook
    from services.rehearsal import Rehearsal, own_database
    from services.rehearsal_script import begin

    packs.load(arguments.pack)
    book = workbook.read(arguments.workbook) if arguments.workbook else None
    with tempfile.TemporaryDirectory(prefix="thuky-") as name:
        folder = Path(name)
        with own_database(folder) as database:
            rehearsal = Rehearsal(database, FileStore(folder), jobs, at(arguments.day, STARTS))
            later: list[Happening] = []
            rehearsal.act(lambda work: later.extend(begin(work, book, arguments.pack)))
            rehearsal.run(at(arguments.to + timedelta(days=1), time()), later)
            return rehearsal.report()


def _declare(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--pack", required=True, metavar="ID", help="the pack that applies from the first day")
    parser.add_argument("--from", dest="day", type=day, required=True, metavar="DATE")
    parser.add_argument("--to", type=day, required=True, metavar="DATE", help="the last day, included")
    parser.add_argument("--workbook", type=Path, metavar="FILE.xlsx", help="the body; else the sample body")
    parser.add_argument("--out", type=Path, metavar="FILE.xlsx", help="every message and every duty")
