"""The cases: what is handed out, what must come back, and what is read off."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from bench.people import press, text
from bench.processes import AIOGRAM, BARE, OUR_ECHO, OURS, PTB, Contender

Figures = dict[str, float]
Update = dict[str, Any]

PATIENCE = 120.0
FAR_AWAY = 0.05
SILENCE = 6.0
CALLS_OF_PRESS = 5


@dataclass(frozen=True, slots=True)
class Case:
    """`base` is the contender that the ratios are to; `ratio` the figure they are of; `larger` is better or not."""

    name: str
    title: str
    contenders: Sequence[str]
    run: Callable[[Contender], Figures]
    base: str
    ratio: str
    larger: bool = True
    echoes: bool = False

    def program(self, contender: str) -> list[str]:
        return OUR_ECHO if self.echoes and contender == OURS else []


def _traffic(
    contender: Contender, updates: list[Update], calls: int, *, rate: float = 0.0, delay: float = 0.0
) -> dict[str, Any]:
    """Hand the updates out, wait for the calls; returns the server's record, and CPU and memory of the contender."""
    contender.wait_for_poll()
    time.sleep(0.5)
    contender.ask("load", updates=updates, delay=delay)
    before = contender.cpu_seconds()
    contender.ask("release", rate=rate)
    came = contender.ask("wait", calls=calls, seconds=PATIENCE)
    # What is written down after the last answer belongs to the work too.
    time.sleep(0.3)
    record: dict[str, Any] = contender.ask("record")
    record["cpu"] = contender.cpu_seconds() - before
    record["memory"] = contender.memory_mib()
    if not came:
        raise RuntimeError(f"{contender.name}: {len(record['calls'])} of {calls} calls: {contender.log()}")
    return record


def _backlog(contender: Contender, updates: list[Update], calls: int) -> Figures:
    record = _traffic(contender, updates, calls)
    span = max(at for _, _, at in record["calls"]) - min(at for _, at in record["handed"])
    each = len(updates)
    return {"per second": each / span, "CPU ms": 1000 * record["cpu"] / each, "RSS MiB": record["memory"]}


def _echo(contender: Contender) -> Figures:
    return _backlog(contender, [text(number) for number in range(1, 1501)], 1500)


def _approve(contender: Contender) -> Figures:
    return _backlog(contender, [press(number) for number in range(1, 301)], 300 * CALLS_OF_PRESS)


def _approve_open(contender: Contender) -> Figures:
    """50 presses a second, evenly spaced; from hand-out to arrival of a call, so without the API's own delay."""
    updates = [press(number) for number in range(1, 501)]
    record = _traffic(contender, updates, len(updates) * CALLS_OF_PRESS, rate=50.0, delay=FAR_AWAY)
    handed = {int(key): at for key, at in record["handed"]}
    chairs = {str(update["callback_query"]["from"]["id"]): update["update_id"] for update in updates}
    edits = [at - handed[chairs[key]] for method, key, at in record["calls"] if method == "editMessageText"]
    answers = [at - handed[int(key)] for method, key, at in record["calls"] if method == "answerCallbackQuery"]
    figures = {"p50 ms": percentile(edits, 0.5), "p99 ms": percentile(edits, 0.99)}
    return figures | {"answer p50 ms": percentile(answers, 0.5), "CPU ms": 1000 * record["cpu"] / len(updates)}


def percentile(seconds: list[float], share: float) -> float:
    return 1000 * sorted(seconds)[min(len(seconds) - 1, int(share * len(seconds)))]


def _silence(contender: Contender) -> Figures:
    """One text to warm up, 6 s of nothing, one text: round trips are new connections and calls before the answer."""
    _traffic(contender, [text(1)], 1, delay=FAR_AWAY)
    time.sleep(SILENCE)
    record = _traffic(contender, [text(2)], 1, delay=FAR_AWAY)
    answered = next(at for method, _, at in record["calls"] if method == "sendMessage")
    before = sum(at < answered for _, _, at in record["calls"])
    return {"extra trips": record["opened"] + before, "answer ms": 1000 * (answered - record["handed"][0][1])}


def _start(contender: Contender) -> Figures:
    seconds = contender.wait_for_poll()
    return {"start ms": 1000 * seconds, "CPU ms": 1000 * contender.cpu_seconds(), "RSS MiB": contender.memory_mib()}


ALL = (OURS, PTB, AIOGRAM, BARE)
CASES = [
    Case("echo", "Echo, backlog of 1,500 texts of as many chats", ALL, _echo, PTB, "per second", echoes=True),
    Case(
        "approve",
        "Approve button, backlog of 300 (inbox, decision, audit, three notices, answer, edit)",
        ALL,
        _approve,
        AIOGRAM,
        "per second",
    ),
    Case(
        "approve-50",
        "Approve button, 50 a second, API 50 ms away",
        (OURS, AIOGRAM, BARE),
        _approve_open,
        AIOGRAM,
        "p99 ms",
        larger=False,
    ),
    Case(
        "silence",
        "First answer after 6 s of silence, API 50 ms away",
        (OURS, PTB, BARE),
        _silence,
        PTB,
        "extra trips",
        larger=False,
        echoes=True,
    ),
    Case(
        "start",
        "Process start to first poll, database with 5,000 officials",
        (OURS, PTB, BARE),
        _start,
        PTB,
        "start ms",
        larger=False,
    ),
]  # fmt: skip
