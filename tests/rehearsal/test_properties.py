"""Reminders whatever happens: outages, meetings moved and called off, days set off, digest hours, snoozes."""

import shutil
import tempfile
from contextlib import closing
from dataclasses import replace
from datetime import date, time, timedelta
from functools import partial
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlmodel import col, select

from bot.files import FileStore
from bot.work import Work
from models.database import Database
from models.duties import Duty
from models.meetings import Meeting, MeetingState
from models.migrations import migrate
from models.offices import posts_of
from models.people import person_by_code
from rules.deadlines import DueRule
from rules.duties import DutyKind, DutyState
from rules.workdays import OfficeHours, at
from scheduler import JOBS
from services import calendars, demo, duties, meetings, results
from services.demo import Cast
from services.duties import NewDuty
from services.rehearsal import CHANNEL, Happening, Outage, Rehearsal
from services.results import Result
from tests.rehearsal.watch import Watched, wrongs

FIRST, DAYS = date(2026, 11, 16), 10
# The last is of the Office, which hears of what others leave undone: he must not hear of his own twice.
HEADS = ("STC01", "SXD01", "SNV01", Cast.CHIEF_OF_OFFICE)
# What touches reminders; the rest would only take time.
CLOCKWORK = [job for job in JOBS if job.run.__module__ in ("services.pings", "services.duties", "services.upkeep")]
KINDS = (DutyKind.REPORT, DutyKind.EXPLAIN)

moments = st.builds(
    lambda day, minute: at(FIRST + timedelta(days=day), time(minute // 60, minute % 60)),
    st.integers(0, DAYS), st.integers(0, 24 * 60 - 1),
)  # fmt: skip
outages = st.builds(lambda since, hours: Outage(since, since + timedelta(hours=hours)), moments, st.integers(1, 90))


def _open(work: Work, number: int, head: str, kind: DutyKind, days: int) -> None:
    person = person_by_code(work.session, head)
    assert person is not None
    post = posts_of(work.session, person.key, work.today)[0]
    rule = DueRule(work.today + timedelta(days=days), -1)
    duties.open_duty(work, NewDuty(kind, 1000 + number, f"Việc {number}", post_id=post.key, rule=rule))


def _open_some(work: Work) -> None:
    """So that every script has something to be reminded of: each head owes one thing of each kind."""
    for number, (head, kind) in enumerate(product(HEADS, KINDS)):
        _open(work, 100 + number, head, kind, 2 + number)


def _some(work: Work, number: int) -> Duty | None:
    found = work.session.exec(select(Duty).where(Duty.state == DutyState.OPEN).order_by(col(Duty.id))).all()
    return found[number % len(found)] if found else None


def _snooze(work: Work, number: int) -> None:
    duty = _some(work, number)
    if duty is not None:
        duties.snooze(work, duty, work.now + timedelta(hours=number))


def _finish(work: Work, number: int) -> None:
    duty = _some(work, number)
    if duty is not None and duty.kind in KINDS:
        work.actor = person_by_code(work.session, "VP01")
        results.submit(work, duty, Result(text="Xong"))


def _move_meeting(work: Work, number: int, hours: int) -> None:
    coming = work.session.exec(
        select(Meeting).where(Meeting.state == MeetingState.PLANNED, col(Meeting.starts_at) > work.now)
    ).all()
    if coming:
        meeting = coming[number % len(coming)]
        before, by = meetings.details_of(work, meeting), timedelta(hours=hours)
        if before.starts_at + by > work.now:
            meetings.change(
                work, meeting, replace(before, starts_at=before.starts_at + by, ends_at=before.ends_at + by)
            )


def _call_off(work: Work, number: int) -> None:
    coming = work.session.exec(
        select(Meeting).where(Meeting.state == MeetingState.PLANNED, col(Meeting.starts_at) > work.now)
    ).all()
    if coming:
        meetings.cancel(work, coming[number % len(coming)], "Hoãn")


def _set_day(work: Work, days: int, works: bool) -> None:
    calendars.set_day(work, work.today + timedelta(days=days), works=works, document="Thông báo 1")


def _digest_hour(work: Work, head: str, hour: str) -> None:
    person = person_by_code(work.session, head)
    assert person is not None
    person.digest_at = hour


numbers, heads = st.integers(0, 20), st.sampled_from(HEADS)
acts = st.one_of(
    st.builds(lambda *args: partial(_open, number=args[0], head=args[1], kind=args[2], days=args[3]),
              numbers, heads, st.sampled_from(KINDS), st.integers(1, 15)),
    st.builds(lambda number: partial(_snooze, number=number), numbers),
    st.builds(lambda number: partial(_finish, number=number), numbers),
    st.builds(lambda number, hours: partial(_move_meeting, number=number, hours=hours), numbers, st.integers(-72, 72)),
    st.builds(lambda number: partial(_call_off, number=number), numbers),
    st.builds(lambda days, works: partial(_set_day, days=days, works=works), st.integers(0, 10), st.booleans()),
    st.builds(lambda head, hour: partial(_digest_hour, head=head, hour=hour), heads,
              st.sampled_from(["", "07:00", "08:15", "10:00"])),
)  # fmt: skip
happenings = st.lists(st.builds(Happening, moments, acts), min_size=3, max_size=14)


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample body with its meetings, to be copied for each script."""
    folder = tmp_path_factory.mktemp("loaded")
    with closing(Database(f"sqlite:///{folder / 'loaded.db'}")) as database:
        migrate(database)
        rehearsal = Rehearsal(database, FileStore(folder), [], at(FIRST, time(7, 30)))
        rehearsal.act(lambda work: demo.load_people(work, CHANNEL), demo.load_meetings, _open_some)
    return folder / "loaded.db"


# The same scripts each time, so that a change is judged by its own faults; without `derandomize` they are random.
@settings(max_examples=8, derandomize=True)
@given(what=happenings, down=st.lists(outages, max_size=2))
def test_reminders_are_right_whatever_happens(loaded: Path, what: list[Happening], down: list[Outage]) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copyfile(loaded, folder / "thuky.db")
        with closing(Database(f"sqlite:///{folder / 'thuky.db'}")) as database:
            rehearsal = Watched(database, FileStore(folder), CLOCKWORK, at(FIRST, time(7, 30)))
            rehearsal.run(at(FIRST + timedelta(days=DAYS + 1), time()), what, down)
            assert wrongs(rehearsal, OfficeHours()) == []
