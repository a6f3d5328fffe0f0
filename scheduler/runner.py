"""Wakes the jobs. The only file that knows APScheduler, which here says *look now* and nothing else."""

import asyncio
import logging
from collections.abc import Sequence

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.app import Application
from bot.clock import LOCAL_ZONE
from scheduler.jobs import Job

log = logging.getLogger(__name__)

# As many as one look of a job takes; more are waiting, so it looks again at once.
FULL = 200


class Runner:
    """Runs jobs in the application's database threads, one transaction a look."""

    def __init__(self, application: Application, jobs: Sequence[Job]) -> None:
        self._application = application
        self._jobs = jobs

    async def run(self) -> None:
        """Tick until cancelled."""
        scheduler = AsyncIOScheduler(timezone=LOCAL_ZONE)
        for job in self._jobs:
            scheduler.add_job(
                self.tick,
                "interval",
                [job],
                seconds=job.every_seconds,
                id=job.name,
                coalesce=True,
                max_instances=1,
                misfire_grace_time=None,
            )
        scheduler.start()
        try:
            # What fell due while no process was running is looked for at once.
            for job in self._jobs:
                await self.tick(job)
            await asyncio.Event().wait()
        finally:
            scheduler.shutdown(wait=False)

    async def tick(self, job: Job) -> None:
        """One look; a failure is logged and the next look tries again."""
        try:
            while await self._application.parts.database.run(self._look, job) >= FULL:
                self._application.wake_couriers()
        except Exception:
            log.exception("job %s", job.name)
            return
        self._application.heartbeat.at = self._application.parts.clock.now()
        self._application.wake_couriers()

    def _look(self, job: Job) -> int:
        application = self._application
        with application.parts.database.session() as session, session.begin():
            work = application.work(session, f"job:{job.name}")
            found = job.run(work)
            work.close()
            return found


async def schedule(application: Application, jobs: Sequence[Job]) -> None:
    """What the application runs beside its channels."""
    await Runner(application, jobs).run()
