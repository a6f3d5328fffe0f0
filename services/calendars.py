"""The body's own days off and at work, each by its document; open duties follow a change."""

from datetime import date

from sqlmodel import select

from bot.work import Work
from models.people import CalendarDay
from rules.errors import N_, InvalidInputError
from rules.workdays import FIRST_YEAR, LAST_YEAR
from services import duties

OUT_OF_RANGE = N_("The calendar reaches from {first} to {last}.")


def set_day(work: Work, day: date, *, works: bool, document: str) -> int:
    """Make this a working day or a day off; returns how many duties moved by it, whose owners are told."""
    if not document.strip():
        raise InvalidInputError(N_("Say by which document the day is set."))
    if not FIRST_YEAR < day.year < LAST_YEAR:
        raise InvalidInputError(OUT_OF_RANGE, first=FIRST_YEAR + 1, last=LAST_YEAR - 1)
    row = work.session.exec(select(CalendarDay).where(CalendarDay.day == day)).first()
    if row is None:
        row = CalendarDay(day=day, works=works, document=document)
        work.session.add(row)
    row.works, row.document = works, document.strip()
    work.session.flush()
    moved = duties.recount(work)
    work.record("calendar.set", row, day=day.isoformat(), works=works, document=work.hashed(row.document), moved=moved)
    return moved
