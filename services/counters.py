"""Counters with a consequence: faults of attendance, tasks not done. One before it the person is warned."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, time

from sqlmodel import col, or_, select

from bot.i18n import local_day
from bot.messages import Message
from bot.work import Work
from models.attendance import Act, AttendanceEntry
from models.meetings import Invitation, Meeting, MeetingState
from models.offices import holder_of, holders_with_role
from models.people import Person, Role, Tenure
from models.tasks import TaskFailure, confirmed_failures
from rules.attendance import CONDUCT, FAULTS, Status
from rules.deadlines import named_day
from rules.reminders import Step, step
from rules.workdays import at
from services.notices import counters as notices
from services.regulation import regulation
from services.seats import Seat, seat_of

# Where the directive speaks of the yearly rating, its numbers are taken from such counts.
TOPIC = "rating"


def blamed(seat: Seat) -> dict[int, list[Status]]:
    """Whose faults a seat holds: who sat there answers for his conduct, who was invited for the rest."""
    found: dict[int, list[Status]] = {}
    sitting = seat.sitting if seat.seen is not None else None
    for status in seat.statuses:
        person = sitting if status in CONDUCT and sitting is not None else seat.holder
        if status in FAULTS and person is not None:
            found.setdefault(person.key, []).append(status)
    return found


def fault_recorded(work: Work, meeting: Meeting, seat: Seat) -> None:
    """The record of a seat stands, for now: whom it blames is warned where one more would have its consequence."""
    if not _threshold(work, "counters.faults"):
        return
    for key in blamed(seat):
        person = work.session.get_one(Person, key)
        cases = _faults_of(work, person, local_day(meeting.starts_at).year)
        _tell(work, "faults", person, cases, seat.invitation.key, notices.faults)


def failure_confirmed(work: Work, row: TaskFailure, owner: Person) -> None:
    """A human confirmed that a task was not done."""
    if not _threshold(work, "counters.failures"):
        return
    since, until = _year(named_day(row.due_at).year)
    found = confirmed_failures(work.session, since, until)
    cases = [
        (failure, task)
        for failure, task in found
        if (holder := holder_of(work.session, task.post_id, named_day(failure.due_at))) and holder.id == owner.id
    ]
    _tell(work, "failures", owner, cases, row.key, notices.failures)


def _threshold(work: Work, switch: str) -> int:
    applied = regulation(work)
    return int(applied.switches[switch]) if applied.rules(TOPIC) else 0


def _tell(
    work: Work, counter: str, person: Person, cases: Sequence[object], key: int, build: Callable[..., Message]
) -> None:
    """Each case that brings the count there is told once, however often its record is looked at."""
    threshold = _threshold(work, f"counters.{counter}")
    reached = step(len(cases), threshold)
    if reached is Step.NOTHING:
        return
    readers = [person]
    if reached is Step.LIST:
        readers = list(holders_with_role(work.session, (Role.INTERNAL_AFFAIRS,), work.today))
    for reader in readers:
        message = work.worded(reader, build, person, cases, threshold, reached)
        work.post(reader, message, dedup_key=f"counter:{counter}:{reached.value}:{key}:{person.id}:{reader.id}")


def _year(year: int) -> tuple[datetime, datetime]:
    return at(date(year, 1, 1), time()), at(date(year + 1, 1, 1), time())


def _faults_of(work: Work, person: Person, year: int) -> list[tuple[Meeting, list[Status]]]:
    """Of a year's meetings, what they blame him for: on the seats of his posts, and on those where he sat."""
    since, until = _year(year)
    posts = select(Tenure.post_id).where(Tenure.person_id == person.id)
    sat = select(AttendanceEntry.invitation_id).where(
        AttendanceEntry.person_id == person.id, AttendanceEntry.act == Act.CHECK_IN
    )
    rows = work.session.exec(
        select(Meeting, Invitation.id)
        .join(Invitation)
        .where(
            Meeting.state == MeetingState.PLANNED,
            col(Meeting.starts_at) >= since,
            col(Meeting.starts_at) < until,
            col(Meeting.ends_at) <= work.now,
            or_(col(Invitation.post_id).in_(posts), col(Invitation.id).in_(sat)),
        )
        .order_by(col(Meeting.starts_at), col(Meeting.id))
    ).all()
    found = [(meeting, seat_of(work, meeting, key or 0)) for meeting, key in rows]
    told = [(meeting, blamed(seat).get(person.key, [])) for meeting, seat in found if seat is not None]
    return [(meeting, statuses) for meeting, statuses in told if statuses]
