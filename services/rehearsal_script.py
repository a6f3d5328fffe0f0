"""What is known when: a workbook told row by row, as an Office would have had it, not all on the first day."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from functools import partial

from sqlmodel import select

from bot.i18n import local_day
from bot.work import Work
from models.people import ChannelAccount, Person
from reports.workbook import Row, Workbook
from rules.workdays import at
from services import body, demo
from services.imports import import_workbook
from services.regulation import calendar
from services.rehearsal import CHANNEL, Happening

# A meeting is called, and a task given, so long before; at this hour.
AHEAD = timedelta(days=14)
HOUR = time(8, 30)


def begin(work: Work, workbook: Workbook | None, pack_id: str) -> list[Happening]:
    """Load what stands from the first day on, under the pack; returns what follows in the course of time."""
    if workbook is None:
        demo.load_people(work, CHANNEL)
        body.adopt_pack(work, pack_id, work.today)
        demo.load_meetings(work)
        return []
    standing, later = _by_arrival(work, workbook)
    import_workbook(work, standing)
    body.adopt_pack(work, pack_id, work.today)
    _link(work)
    return [Happening(moment, partial(_arrive, book)) for moment, book in later.items()]


def _arrive(book: Workbook, work: Work) -> None:
    import_workbook(work, book)


def _link(work: Work) -> None:
    """Everybody has a chat."""
    for person in work.session.exec(select(Person)).all():
        chat = ChannelAccount(channel=CHANNEL, address=person.code, person_id=person.id, last_seen_at=work.now)
        work.session.add(chat)
    work.session.flush()


def _by_arrival(work: Work, workbook: Workbook) -> tuple[Workbook, Mapping[datetime, Workbook]]:
    """The rows that stand from the beginning, and by their moment those that are told; mistakes are found first."""
    standing = replace(workbook, rows={name: [] for name in workbook.rows})
    later: dict[datetime, Workbook] = defaultdict(Workbook)
    called = {row.text("Mã"): _arrival(work, row) for row in workbook.rows["Lịch họp"]}
    for name, rows in workbook.rows.items():
        for row in rows:
            meeting = called.get(row.text("Cuộc họp")) if "Cuộc họp" in row.values else None
            moment = meeting or _arrival(work, row)
            (later[moment] if moment else standing).rows[name].append(row)
    return standing, later


def _arrival(work: Work, row: Row) -> datetime | None:
    """When the row is told; None from the beginning."""
    if row.values.get("Nhận lúc"):
        moment = row.moment("Nhận lúc")
    else:
        day = _day_of(row)
        known = calendar(work)
        moment = at(known.roll(day - AHEAD, "back"), HOUR) if day else None
    return max(moment, work.now) if moment is not None else None


def _day_of(row: Row) -> date | None:
    if row.sheet == "Lịch họp":
        start = row.moment("Bắt đầu")
        return local_day(start) if start else None
    return row.day("Hạn") if row.sheet == "Nhiệm vụ" else None
