"""The meetings of a week: one's own, or all for the Office; as rows and as a picture."""

from collections.abc import Sequence
from datetime import date, time, timedelta

from bot.i18n import _, clock_time, full_date, local_day, short_date, weekday
from bot.messages import Attachment
from bot.work import Work
from models.absence import substitutions_of
from models.meetings import Meeting, invited_among, overlapping
from models.offices import posts_of
from models.people import Person
from rules.workdays import at
from services import access
from services.notices import words

DAYS = 7


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def meetings_in_week(work: Work, person: Person, monday: date) -> list[Meeting]:
    """What I am invited to, preside over or sit in; the Office sees every meeting of the body."""
    first, end = at(monday, time.min), at(monday + timedelta(days=DAYS), time.min)
    found = overlapping(work.session, first, end)
    if access.is_office(work, person):
        return list(found)
    posts = [post.key for post in posts_of(work.session, person.key, work.today)]
    mine = set(invited_among(work.session, posts, [meeting.key for meeting in found]))
    mine |= {meeting.key for _request, meeting in substitutions_of(work.session, person.key, first)}
    return [meeting for meeting in found if meeting.key in mine or meeting.chair_id == person.id]


def days_of(meetings: Sequence[Meeting]) -> list[tuple[str, list[Meeting]]]:
    """Day by day in their order: Monday 23 Nov and its meetings."""
    days: dict[date, list[Meeting]] = {}
    for meeting in meetings:
        days.setdefault(local_day(meeting.starts_at), []).append(meeting)
    return [(words.capital(f"{weekday(day)} {short_date(day)}"), held) for day, held in days.items()]


def title(monday: date) -> str:
    last = monday + timedelta(days=DAYS - 1)
    return _("Week of {first} to {last}").format(first=full_date(monday), last=full_date(last))


def hours(meeting: Meeting) -> str:
    return f"{clock_time(meeting.starts_at)} – {clock_time(meeting.ends_at)}"


def details(work: Work, meeting: Meeting) -> str:
    """Where, and who presides."""
    return "; ".join(part for part in (meeting.place, words.chair_name(work, meeting)) if part)


def picture(work: Work, person: Person, monday: date) -> Attachment:
    # What draws is loaded with the first picture, not at every start.
    from reports.charts import Day, week_chart

    days = [
        Day(name, [(hours(meeting), meeting.title, details(work, meeting)) for meeting in held])
        for name, held in days_of(meetings_in_week(work, person, monday))
    ]
    return work.attach(f"lich-tuan-{monday:%Y%m%d}.png", week_chart(title(monday), days), "image/png")
