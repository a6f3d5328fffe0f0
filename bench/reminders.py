"""`python -m bench.reminders`: what a tick of the clock costs while ever more reminders are waiting.

Every size is measured in a process of its own, one after the other, on a fresh database of each kind, and against
APScheduler with one job for each reminder. 100 are due; the rest is due next year.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from statistics import median
from typing import Any

from apscheduler.jobstores.memory import MemoryJobStore
from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.background import BackgroundScheduler
from sqlalchemy import insert

from bot.files import FileStore
from bot.work import Work
from models.database import Database
from models.duties import PingState
from models.tables import SCHEMA
from rules.duties import DutyKind, DutyState
from services import demo, pings
from tests.databases import PostgresServer, SqliteFiles

SIZES = (1_000, 10_000, 100_000, 1_000_000)
DUE = 100
ROUNDS, IDLE_ROUNDS = 5, 50
# Thursday 19 November 2026, 9:00 in Vietnam: office hours.
NOW = datetime(2026, 11, 19, 2, 0, tzinfo=UTC)
NEXT_YEAR = NOW + timedelta(days=365)
PART = 5_000
OURS = ("ours, SQLite", "ours, PostgreSQL")
THEIRS = ("APScheduler, memory", "APScheduler, SQLAlchemy")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.reminders", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--only", nargs="+", default=(*OURS, *THEIRS))
    parser.add_argument("--one", nargs=2, metavar=("CONTENDER", "SIZE"), help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.one:
        print(json.dumps(_measure(asked.one[0], int(asked.one[1]))))
        return
    print("| contender | waiting | 100 due, ms | idle tick, ms | memory, MiB |\n|---|---|---|---|---|")
    for contender in asked.only:
        for size in asked.sizes:
            cells = [f"{figure:.3g}" for figure in _apart(contender, size).values()]
            print("|", " | ".join((contender, f"{size:,}", *cells)), "|", flush=True)


def _apart(contender: str, size: int) -> dict[str, float]:
    command = [sys.executable, "-m", "bench.reminders", "--one", contender, str(size)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    figures: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return figures


def _measure(contender: str, size: int) -> dict[str, float]:
    with tempfile.TemporaryDirectory(prefix="thuky-bench-") as name:
        folder = Path(name)
        if contender in THEIRS:
            return _theirs(contender, size, folder)
        server = SqliteFiles(folder) if contender == OURS[0] else PostgresServer()
        try:
            with server.fresh() as url, closing(Database(url)) as database:
                return _ours(database, size, folder)
        finally:
            if isinstance(server, PostgresServer):
                server.stop()


def _ours(database: Database, size: int, folder: Path) -> dict[str, float]:
    files = FileStore(folder)
    database.transact(lambda session: demo.load_people(Work(session, NOW, files)))
    _fill(database, size)
    _tick(database, files, NOW)
    before = _memory()
    ticks = [_tick(database, files, NOW + timedelta(minutes=number)) for number in range(1, ROUNDS + 1)]
    idle = [_tick(database, files, NOW + timedelta(minutes=ROUNDS)) for _ in range(IDLE_ROUNDS)]
    return {"tick": 1000 * median(ticks), "idle": 1000 * median(idle), "memory": _memory() - before}


def _tick(database: Database, files: FileStore, now: datetime) -> float:
    """One look of the job that fires reminders, with its transaction."""
    started = time.perf_counter()
    with database.session() as session, session.begin():
        work = Work(session, now, files, cause="bench")
        pings.fire_due(work)
        work.close()
    return time.perf_counter() - started


def _fill(database: Database, size: int) -> None:
    """Each round has its 100, at a minute of its own; all others wait for next year."""
    tables = SCHEMA.tables
    numbers = iter(range(1, size + 1))
    while part := list(islice(numbers, PART)):
        with database.engine.begin() as connection:
            connection.execute(insert(tables["duty"]), [_duty(number) for number in part])
            connection.execute(insert(tables["ping"]), [_ping(number) for number in part])
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("ANALYZE")


def _due_at(number: int) -> datetime:
    turn = (number - 1) // DUE
    return NOW + timedelta(minutes=turn) if turn <= ROUNDS else NEXT_YEAR + timedelta(seconds=number)


def _duty(number: int) -> dict[str, Any]:
    about = {"id": number, "kind": DutyKind.REPORT, "subject_id": number, "what": f"Báo cáo {number}"}
    ruled = {"clause": "qd45.15.answer", "pack_id": "quoc-gia", "pack_version": 1, "is_provisional": False}
    owed = {"post_id": _post(number), "opened_at": NOW, "due_at": _due_at(number) + timedelta(days=1)}
    return about | ruled | owed | {"state": DutyState.OPEN}


def _ping(number: int) -> dict[str, Any]:
    due_at = _due_at(number)
    whom = {"duty_id": number, "stage": "wd-1", "addressee": f"post:{_post(number)}", "state": PingState.PENDING}
    return whom | {"due_at": due_at, "not_after": due_at + timedelta(days=1)}


def _post(number: int) -> int:
    return number % 40 + 1


def _theirs(contender: str, size: int, folder: Path) -> dict[str, float]:
    """One job for each reminder, due by the system's clock, added before the scheduler starts and taken as it would."""
    store = MemoryJobStore() if contender == THEIRS[0] else SQLAlchemyJobStore(url=f"sqlite:///{folder / 'jobs.db'}")
    scheduler = BackgroundScheduler(timezone=UTC)
    scheduler.add_jobstore(store)
    scheduler.start(paused=True)
    far = datetime.now(UTC) + timedelta(days=365)
    for number in range(size - (ROUNDS + 1) * DUE):
        scheduler.add_job(_nothing, "date", run_date=far + timedelta(seconds=number), args=[number])
    before = _memory()
    ticks = [_their_tick(scheduler, store) for _ in range(ROUNDS)]
    idle = []
    for _ in range(IDLE_ROUNDS):
        started = time.perf_counter()
        store.get_due_jobs(datetime.now(UTC))
        store.get_next_run_time()
        idle.append(time.perf_counter() - started)
    scheduler.shutdown(wait=False)
    return {"tick": 1000 * median(ticks), "idle": 1000 * median(idle), "memory": _memory() - before}


def _their_tick(scheduler: BackgroundScheduler, store: Any) -> float:
    """Find 100 due jobs, run them, and take them out of the store, as its scheduler does with jobs that run once."""
    soon = datetime.now(UTC) + timedelta(seconds=1)
    for number in range(DUE):
        scheduler.add_job(_nothing, "date", run_date=soon, args=[number])
    started = time.perf_counter()
    due = store.get_due_jobs(soon)
    for job in due:
        job.func(*job.args)
        store.remove_job(job.id)
    store.get_next_run_time()
    assert len(due) == DUE
    return time.perf_counter() - started


def _nothing(number: int) -> int:
    return number


def _memory() -> float:
    """The most that was resident up to now."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
