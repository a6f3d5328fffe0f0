"""A period lived through in seconds: the real jobs on a database of its own, from one moment that matters to the next.

Nobody acts unless one of the jobs plays people; nothing leaves the queue but on paper.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import cache, partial
from pathlib import Path
from typing import Any, Protocol

from sqlalchemy import Select, bindparam, event, exists
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, func, select

from bot.clock import SetClock
from bot.files import FileStore
from bot.i18n import local_day
from bot.outbox import rehearsed
from bot.outbox.rehearsed import Said
from bot.work import Work
from models.base import Table, UtcDateTime, spelled_out
from models.database import Database
from models.duties import Ping, PingState
from models.meetings import Meeting, MeetingState
from models.migrations import migrate
from rules.workdays import at
from services.regulation import calendar
from services.rehearsal_report import Report, report

CHANNEL = "rehearsal"
# Looks are so many times rarer than in life: what looks once a minute looks once an hour.
RARER = 60
# When the clock is looked at in any case: a day begins, quiet ends, office hours begin, lists are cut off, hours end.
HOURS = (time(), time(7), time(7, 30), time(16), time(17))
HOURS_OFF = HOURS[:2]
# A meeting is looked at around its beginning and at its end.
AROUND = tuple(timedelta(minutes=minutes) for minutes in (-60, -30, -15, 0, 15))
# All that is ever asked.
KEPT_STATEMENTS = 512
# As many as one look of a job takes; more are waiting, so it looks again at once.
FULL = 200


@contextmanager
def own_database(folder: Path) -> Iterator[Database]:
    """An empty one; as it is there for a short time, it may keep more in memory than one in service."""
    with closing(Database(f"sqlite:///{folder / 'rehearsal.db'}", kept_statements=KEPT_STATEMENTS)) as database:
        migrate(database)
        yield database


class Job(Protocol):
    """What the clock does, as the scheduler lists it."""

    @property
    def name(self) -> str: ...
    @property
    def every_seconds(self) -> float: ...
    @property
    def run(self) -> Callable[[Work], int]: ...
    @property
    def about(self) -> type[Table] | None: ...


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that somebody does at a moment: rows arrive, a day is set off, a meeting is moved."""

    at: datetime
    act: Callable[[Work], object]


@dataclass(frozen=True, slots=True)
class Outage:
    """No process runs from `since` to `until`; what would have happened then happens at its end."""

    since: datetime
    until: datetime


class RehearsedWork(Work):
    """A unit of work whose messages bear the name of their notice as their cause."""

    def worded(self, person, build, *args, **kwargs):  # type: ignore[no-untyped-def]  # as the method that it extends
        self.cause = f"{build.__module__.rpartition('.')[2]}.{build.__name__}"
        return super().worded(person, build, *args, **kwargs)


class Rehearsal:
    """One body's bot without channels; `heard` is what its people were told."""

    def __init__(self, database: Database, files: FileStore, jobs: Sequence[Job], start: datetime) -> None:
        self.database, self.files, self.jobs = database, files, jobs
        self.clock = SetClock(start)
        self.heard: list[Said] = []
        self._next_look: dict[str, datetime] = {}
        # Of what there are no rows as yet, nothing needs to be looked for: what lies idle is a third of a year's time.
        self._missing = tuple(dict.fromkeys(job.about for job in jobs if job.about is not None))
        if database.is_sqlite:
            event.listen(database.engine, "connect", _wait_for_no_disk)

    def run(self, until: datetime, happenings: Sequence[Happening] = (), outages: Sequence[Outage] = ()) -> None:
        """From the clock's present moment to the given one."""
        waiting = sorted(happenings, key=lambda happening: happening.at)
        while True:
            now = self.clock.now()
            while waiting and waiting[0].at <= now:
                self.act(waiting.pop(0).act)
            following = min([self.look(), *(happening.at for happening in waiting[:1])])
            following = next((each.until for each in outages if each.since <= following < each.until), following)
            if following > until:
                self.clock.move_to(until)
                return
            self.clock.move_to(following)

    def act(self, *acts: Callable[[Work], object]) -> None:
        """Units of work, one after the other, and the delivery of what they said."""
        self.database.transact(lambda session: self._act(session, acts))

    def report(self) -> Report:
        """What has come of it up to now."""
        with self.database.session() as session:
            return report(RehearsedWork(session, self.clock.now(), self.files), self.heard)

    def look(self) -> datetime:
        """What the scheduler does in a tick; returns when something is due next."""
        now = self.clock.now()

        def run(session: Session) -> datetime:
            self._see_what_came(session)
            jobs = [job for job in self.jobs if self._next_look.get(job.name, now) <= now]
            jobs = [job for job in jobs if job.about not in self._missing]
            self._next_look |= {job.name: now + timedelta(seconds=RARER * job.every_seconds) for job in jobs}
            self._act(session, [partial(_all_due, job) for job in jobs])
            return self._next_moment(session, now)

        # In one transaction, for nobody else is there.
        return self.database.transact(run)

    def _act(self, session: Session, acts: Sequence[Callable[[Work], object]]) -> None:
        now = self.clock.now()
        for act in acts:
            work = RehearsedWork(session, now, self.files)
            act(work)
            work.close()
        self.heard += rehearsed.deliver(session, CHANNEL, now)

    def _see_what_came(self, session: Session) -> None:
        if not self._missing:
            return
        found = session.connection().execute(_any_of(self._missing)).one()
        self._missing = tuple(table for table, is_there in zip(self._missing, found, strict=True) if not is_there)

    def _next_moment(self, session: Session, now: datetime) -> datetime:
        """A reminder, a message that waits, a meeting, an hour of the day."""
        today = local_day(now)
        known = calendar(RehearsedWork(session, now, self.files))
        days = (today, today + timedelta(days=1))
        hours = [at(day, hour) for day in days for hour in (HOURS if known.is_working(day) else HOURS_OFF)]
        moments = [_next_ping(session, now), _next_of_meetings(session, now)]
        moments.append(rehearsed.next_moment(session, CHANNEL, now))
        return min(moment for moment in (*moments, *hours) if moment is not None and moment > now)


@cache
def _any_of(tables: tuple[type[Table], ...]) -> Select[*tuple[Any, ...]]:
    return select_columns(*(exists().select_from(table) for table in tables))


def _all_due(job: Job, work: Work) -> None:
    while job.run(work) >= FULL:
        pass


# Asked after each look: built once.
_NOW: Any = bindparam("now", type_=UtcDateTime)
_NEXT_PING = select(func.min(col(Ping.due_at))).where(
    Ping.state == spelled_out(PingState.PENDING), col(Ping.due_at) > _NOW
)
_NEXT_MEETINGS = select(Meeting.starts_at, Meeting.ends_at).where(
    Meeting.state == MeetingState.PLANNED,
    col(Meeting.ends_at) > _NOW,
    col(Meeting.starts_at) < bindparam("soon", type_=UtcDateTime),
)


def _next_ping(session: Session, now: datetime) -> datetime | None:
    return session.exec(_NEXT_PING, params={"now": now}).one()


def _next_of_meetings(session: Session, now: datetime) -> datetime | None:
    rows = session.exec(_NEXT_MEETINGS, params={"now": now, "soon": now + timedelta(days=1) - AROUND[0]}).all()
    moments = [moment for start, end in rows for moment in (*(start + around for around in AROUND), end)]
    return min((moment for moment in moments if moment > now), default=None)


def _wait_for_no_disk(connection: object, _record: object) -> None:
    # A database that is thrown away afterwards need not survive a power cut.
    connection.execute("PRAGMA synchronous=OFF")  # type: ignore[attr-defined]
