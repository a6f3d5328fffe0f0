"""What the Office needs to arrange meetings: who can be called, codes, weekly repetition, answers in figures."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlalchemy import or_
from sqlmodel import col, func, select

from bot.i18n import _, local_day
from bot.messages import Attachment
from bot.work import Work
from models.database import lock_for_transaction
from models.meetings import Answer, Invitation, Meeting, MeetingState, invitations_to, overlapping
from models.offices import holder_of, posts_of
from models.people import Person, Post, Tenure, Unit, UnitKind
from rules.absence import Rank
from rules.meetings import MeetingPastError
from services import meetings, people
from services.clashes import clashes_at
from services.meeting_details import MeetingDetails
from services.notices import meetings as notices
from services.regulation import calendar
from services.slips import DOCX

# Enough buttons for the rooms in which a body meets.
PLACES = 6
RECENT = 100


@dataclass(frozen=True, slots=True)
class Invitable:
    """A post that can be invited; the first of a unit stands for the whole unit."""

    post: Post
    person: Person
    unit: Unit
    stands_for_unit: bool


def invitable(work: Work) -> list[Invitable]:
    """Whole units first, each by its head or, with none, its first deputy; then everybody else, leaders first."""
    units: dict[int, Invitable] = {}
    others: dict[int, Invitable] = {}
    for post, person, unit in _holders(work):
        stands = unit.kind is not UnitKind.LEADERS and post.rank is not Rank.STAFF and unit.key not in units
        if stands:
            units[unit.key] = Invitable(post, person, unit, stands)
        else:
            others.setdefault(post.key, Invitable(post, person, unit, stands))
    persons = sorted(others.values(), key=lambda each: (each.unit.kind is not UnitKind.LEADERS, _rank(each.post)))
    return [*(units[key] for key in sorted(units)), *persons]


def _holders(work: Work) -> Sequence[tuple[Post, Person, Unit]]:
    """Every post that somebody holds today, heads first."""
    rows = work.session.exec(
        select(Post, Person, Unit)
        .join(Tenure, col(Tenure.post_id) == col(Post.id))
        .join(Person, col(Tenure.person_id) == col(Person.id))
        .join(Unit, col(Post.unit_id) == col(Unit.id))
        .where(col(Tenure.from_on) <= work.today, or_(col(Tenure.to_on).is_(None), col(Tenure.to_on) >= work.today))
        .order_by(col(Post.id), col(Tenure.from_on).desc())
    ).all()
    return sorted(rows, key=lambda row: _rank(row[0]))


def _rank(post: Post) -> int:
    return list(Rank).index(post.rank)


def units(work: Work) -> Sequence[Unit]:
    """Those that may prepare a meeting."""
    return work.session.exec(select(Unit).where(Unit.kind != UnitKind.LEADERS).order_by(col(Unit.id))).all()


def recent_places(work: Work) -> list[tuple[int, str]]:
    """Where meetings were held lately, each place once, with the id of its latest meeting."""
    rows = work.session.exec(
        select(Meeting.id, Meeting.place).where(Meeting.place != "").order_by(col(Meeting.id).desc()).limit(RECENT)
    ).all()
    latest: dict[str, int] = {}
    for number, place in rows:
        latest.setdefault(place, number or 0)
    return [(number, place) for place, number in latest.items()][:PLACES]


def new_code(work: Work, starts_at: datetime) -> str:
    """H-20261126-1: the day and a running number."""
    lock_for_transaction(work.session, "meeting code")
    stem = f"H-{local_day(starts_at):%Y%m%d}-"
    taken = work.session.exec(select(Meeting.code).where(col(Meeting.code).startswith(stem))).all()
    numbers = [int(rest) for rest in (code.removeprefix(stem) for code in taken) if rest.isdecimal()]
    return f"{stem}{max(numbers, default=0) + 1}"


def create(work: Work, details: MeetingDetails, weeks: int = 0) -> tuple[Meeting, list[Meeting]]:
    """Plan a meeting under a new code, with its repetitions; raises MeetingPastError."""
    if details.starts_at <= work.now:
        raise MeetingPastError()
    meeting = meetings.plan(work, replace(details, code=new_code(work, details.starts_at)))
    return meeting, repeat(work, meeting, weeks) if weeks else []


def weekly(work: Work, starts_at: datetime, weeks: int) -> tuple[list[date], list[date]]:
    """The same weekday in so many coming weeks: the working days among them, and those that are off."""
    days = [local_day(starts_at) + timedelta(weeks=number) for number in range(1, weeks + 1)]
    known = calendar(work)
    return [day for day in days if known.is_working(day)], [day for day in days if not known.is_working(day)]


def repeat(work: Work, meeting: Meeting, weeks: int) -> list[Meeting]:
    """Plan the meeting again in each coming week as one series, except on days off and where the series meets already.

    Papers belong to the one meeting and are not repeated. Who is invited hears of all dates in one message.
    """
    meeting.series = meeting.series or meeting.code
    work.session.flush()
    held = {local_day(moment) for moment in _moments_of(work, meeting.series)}
    working, _off = weekly(work, meeting.starts_at, weeks)
    like = meetings.details_of(work, meeting)
    planned = []
    for day in working:
        if day not in held:
            later = day - local_day(meeting.starts_at)
            starts_at, ends_at = meeting.starts_at + later, meeting.ends_at + later
            code = new_code(work, starts_at)
            details = replace(like, code=code, starts_at=starts_at, ends_at=ends_at, paper_ids=())
            planned.append(meetings.plan(work, details, tells=False))
    _tell_of_series(work, planned)
    return planned


def _tell_of_series(work: Work, planned: Sequence[Meeting]) -> None:
    found: dict[int, list[tuple[Invitation, Meeting]]] = {}
    for meeting in planned:
        for invitation in invitations_to(work.session, meeting.key):
            found.setdefault(invitation.post_id, []).append((invitation, meeting))
    for post_id, invited in found.items():
        holder = holder_of(work.session, post_id, work.today)
        if holder is not None:
            work.notify(holder, notices.series, invited)


def _moments_of(work: Work, series: str) -> Sequence[datetime]:
    wanted = select(Meeting.starts_at).where(Meeting.series == series, Meeting.state == MeetingState.PLANNED)
    return work.session.exec(wanted).all()


def without_chair(work: Work, post_ids: Iterable[int], chair_id: int | None) -> list[int]:
    """Who presides is not invited to his own meeting."""
    own = {post.key for post in posts_of(work.session, chair_id, work.today)} if chair_id is not None else set()
    return [post_id for post_id in dict.fromkeys(post_ids) if post_id not in own]


def clashes(work: Work, details: MeetingDetails, but_id: int | None = None) -> list[tuple[Person, tuple[Meeting, ...]]]:
    """The chair first, then the invitees who are called elsewhere at that hour."""
    if all(other.id == but_id for other in overlapping(work.session, details.starts_at, details.ends_at)):
        return []
    chair = work.session.get(Person, details.chair_id) if details.chair_id is not None else None
    called = [chair, *(holder_of(work.session, post_id, work.today) for post_id in details.post_ids)]
    found = [
        (person, clashes_at(work, person, details.starts_at, details.ends_at, but_id=but_id))
        for person in called
        if person is not None
    ]
    return [(person, elsewhere) for person, elsewhere in found if elsewhere]


@dataclass(slots=True)
class Counts:
    """How many of the invited have answered what."""

    invited: int = 0
    coming: int = 0
    asked: int = 0

    @property
    def silent(self) -> int:
        return self.invited - self.coming - self.asked


def counts(work: Work, listed: Sequence[Meeting]) -> dict[int, Counts]:
    """The figures of several meetings at once."""
    rows = work.session.exec(
        select(Invitation.meeting_id, Invitation.answer, func.count())
        .where(col(Invitation.meeting_id).in_([meeting.key for meeting in listed]))
        .where(col(Invitation.is_withdrawn).is_(False))
        .group_by(col(Invitation.meeting_id), col(Invitation.answer))
    ).all()
    found = {meeting.key: Counts() for meeting in listed}
    for meeting_id, answer, number in rows:
        figures = found[meeting_id]
        figures.invited += number
        figures.coming += number if answer is Answer.ATTENDS else 0
        figures.asked += number if answer is Answer.REQUESTED else 0
    return found


def _why(row: people.Unreachable) -> str:
    if row.is_waiting:
        return _("messages do not go out")
    return _("chat closed") if row.was_linked else _("not linked")


def phone_list(work: Work) -> Attachment:
    """Everybody whom no message reaches, as a document to be printed."""
    # What draws up documents is loaded with the first one, not at every start.
    from reports import letters

    rows = [
        letters.PhoneRow(
            row.person.full_name,
            row.title,
            row.unit,
            row.person.phone,
            _why(row),
        )
        for row in people.unreachable_people(work)
    ]
    content = letters.phone_list(rows, body_name=people.body_name(work), on=work.today)
    return work.attach(f"danh-sach-dien-thoai-{work.today:%Y%m%d}.docx", content, DOCX)
