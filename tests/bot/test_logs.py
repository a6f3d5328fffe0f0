"""What the log leaves out."""

import asyncio
import logging
from collections.abc import Iterator

import pytest
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot import logs


@pytest.fixture
def log() -> Iterator[None]:
    """The log as a process has it; afterwards it is the tests' own again."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    logs.set_up("INFO")
    root.handlers[:] = handlers
    yield
    root.setLevel(level)


def test_a_job_that_takes_longer_than_its_interval_fills_no_log(log: None, caplog: pytest.LogCaptureFixture) -> None:
    async def slowly() -> None:
        await asyncio.sleep(0.3)

    async def run() -> None:
        scheduler = AsyncIOScheduler()
        scheduler.add_job(slowly, "interval", seconds=0.05, max_instances=1, coalesce=True, misfire_grace_time=None)
        scheduler.start()
        await asyncio.sleep(0.25)
        scheduler.shutdown(wait=False)

    asyncio.run(run())
    assert "maximum number" not in caplog.text
