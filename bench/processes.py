"""Start the fake API and the contenders, each in a process of its own, and read what they cost."""

import json
import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.request import Request, urlopen

ROOT = Path(__file__).resolve().parent.parent
TICKS = os.sysconf("SC_CLK_TCK")
START_PATIENCE = 60.0

OURS, PTB, AIOGRAM, BARE = "ours", "python-telegram-bot", "aiogram", "bare loop"
PROGRAMS = {
    OURS: ["bot.py", "run"],
    PTB: ["-m", "bench.contenders.ptb"],
    AIOGRAM: ["-m", "bench.contenders.aiogram_bot"],
    BARE: ["-m", "bench.contenders.bare"],
}
OUR_ECHO = ["-m", "bench.contenders.ours"]


class Server:
    """The fake Bot API, on a core of its own where there are two."""

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "bench.fakeapi"], stdout=subprocess.PIPE, text=True, cwd=ROOT
        )
        _pin(self._process.pid, -1)
        assert self._process.stdout is not None
        self.url = f"http://127.0.0.1:{int(self._process.stdout.readline())}"
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.kill()
        self._process.communicate()

    def ask(self, do: str, token: str, **arguments: Any) -> Any:
        body = json.dumps({"do": do, "token": token, **arguments}).encode()
        with urlopen(Request(f"{self.url}/control", body)) as answer:
            return json.load(answer)


@dataclass
class Contender:
    """A running contender; use as `with Contender(…)`, which kills it at the end."""

    server: Server
    name: str
    number: int
    folder: Path
    population: Path
    program: list[str] = field(default_factory=list)
    settings: dict[str, str] = field(default_factory=dict)

    @property
    def token(self) -> str:
        return f"{self.number}:bench-only-0123456789abcdefghijklmnop"

    def __enter__(self) -> Self:
        self.folder.mkdir(parents=True)
        database = self.folder / "bench.db"
        shutil.copy(self.population, database)
        self.started_at = time.monotonic()
        with (self.folder / "log.txt").open("w") as log:
            self._process = subprocess.Popen(
                [sys.executable, *(self.program or PROGRAMS[self.name])],
                cwd=ROOT, env=self._environment(database), stdout=log, stderr=log,
            )  # fmt: skip
        _pin(self._process.pid, 0)
        return self

    def _environment(self, database: Path) -> dict[str, str]:
        told = {"BENCH_TOKEN": self.token, "BENCH_API": self.server.url, "BENCH_DATABASE": str(database)}
        ours = {
            "THUKY_TELEGRAM_TOKEN": self.token,
            "THUKY_TELEGRAM_API": self.server.url,
            "THUKY_DATABASE_URL": f"sqlite:///{database}",
            "THUKY_DATA_DIR": str(self.folder),
            # The fake API has no limit; the pacer still runs.
            "THUKY_TELEGRAM_RATE": "100000",
            "THUKY_WEB_PORT": "0",
            "THUKY_LOG_LEVEL": "WARNING",
            # Nobody compiles at each start, as after `make run`.
            "PYTHONDONTWRITEBYTECODE": "",
        }
        return os.environ | told | ours | self.settings

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.kill()
        self._process.wait()

    def wait_for_poll(self) -> float:
        """Seconds from the start of the process to its first poll."""
        while not (first := self.ask("started")):
            if self._process.poll() is not None or time.monotonic() > self.started_at + START_PATIENCE:
                raise RuntimeError(f"{self.name} did not start: {self.log()}")
            time.sleep(0.02)
        return float(first) - self.started_at

    def log(self) -> str:
        """The end of what it said, for a failure."""
        return (self.folder / "log.txt").read_text()[-2000:]

    def ask(self, do: str, **arguments: Any) -> Any:
        return self.server.ask(do, self.token, **arguments)

    def cpu_seconds(self) -> float:
        """User and system time of all its threads."""
        fields = Path(f"/proc/{self._process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    def memory_mib(self) -> float:
        lines = Path(f"/proc/{self._process.pid}/status").read_text().splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024


def _pin(pid: int, core: int) -> None:
    cores = sorted(os.sched_getaffinity(0))
    if len(cores) > 1:
        os.sched_setaffinity(pid, {cores[core]})
