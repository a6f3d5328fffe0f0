"""The sample body through a stretch of 2026: meetings, papers, tasks, and what goes wrong in a year.

`python -m tests.rehearsal.sample_year [PACK]` lives through the whole year and says how long it took.
"""

import gc
import sys
import tempfile
import time as stopwatch
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta
from functools import partial
from pathlib import Path
from typing import TypeVar

from sqlmodel import col, select

from bot.files import FileStore
from bot.work import Work
from models.duties import Duty
from models.meetings import Invitation, Meeting
from models.people import ChannelAccount, person_by_code
from reports import workbook
from reports.workbook import Workbook
from rules.duties import SPECS, DutyKind, DutyState
from rules.workdays import WorkCalendar, at
from scheduler import JOBS
from services import access, calendars, demo, demo_people, meetings, rehearsal_report, results
from services.rehearsal import Happening, Job, Outage, Rehearsal, own_database
from services.rehearsal_report import Report
from services.rehearsal_script import begin
from services.results import Result
from tests.rehearsal import sample_vote
from tests.services.workbooks import Sheet, xlsx

YEAR = (date(2026, 1, 1), date(2026, 12, 31))
NEW_HEAD = ("STC09", "Lại Văn Sáng", "Giám đốc Sở Tài chính", "STC", "truong", "thanh_vien_ubnd", "STC01")
CHANGE_OF_HEAD = date(2026, 7, 1)
HEADS = tuple(f"{unit}01" for unit in demo_people.DEPARTMENTS if unit != "VP")
TASKS, MEETINGS = 300, 60
DONE_BY_PEOPLE = [DutyKind.ANSWER_INVITATION, DutyKind.VOTE, *(kind for kind, spec in SPECS.items() if spec.wants)]
RehearsalT = TypeVar("RehearsalT", bound=Rehearsal)


def book(first: date, last: date) -> Workbook:
    """What an Office would have written down of these days: of the whole year 60 meetings and 300 tasks."""
    sheets: list[Sheet] = [_body(), _units(), _people(), *_meetings(first, last), _tasks(first, last)]
    return workbook.read(xlsx(*sheets))


def _body() -> Sheet:
    columns = ("Tên", "Mã", "Gói quy định", "Văn bản áp dụng")
    return "Cơ quan", [columns, (demo.NAME, demo.CODE, demo.PACK, demo.ADOPTED_BY)]


def _units() -> Sheet:
    return "Đơn vị", [("Mã", "Tên", "Loại"), *demo_people.UNITS]


def _people() -> Sheet:
    """The head of finance leaves in mid-year, and another takes his post."""
    columns = ("Mã", "Họ và tên", "Chức vụ", "Đơn vị", "Cấp", "Vai trò", "Vị trí", "Từ ngày", "Đến ngày")
    until = f"{CHANGE_OF_HEAD - timedelta(days=1):%d/%m/%Y}"
    rows = [
        (*person[:5], ", ".join(person[5]), person[0], "", until if person[0] == "STC01" else "")
        for person in demo_people.PEOPLE
    ]
    return "Cán bộ", [columns, *rows, (*NEW_HEAD, f"{CHANGE_OF_HEAD:%d/%m/%Y}", "")]


def _spread(first: date, last: date, number: int) -> Iterator[date]:
    """So many working days of the year, evenly, as far as they lie in the stretch."""
    calendar, length = WorkCalendar(), (YEAR[1] - YEAR[0]).days
    for position in range(number):
        day = calendar.roll(YEAR[0] + timedelta(days=3 + position * length // number), "back")
        if first < day <= last:
            yield day


def _meetings(first: date, last: date) -> list[Sheet]:
    columns = ("Mã", "Tên", "Loại", "Bắt đầu", "Kết thúc", "Chủ trì", "Cơ quan chuẩn bị", "Thành phần")
    held, papers = [], []
    kinds = ("giao_ban", "chuyen_de", "thuong_ky", "hoi_nghi", "chuyen_de")
    for number, day in enumerate(_spread(first, last, MEETINGS)):
        kind = kinds[number % len(kinds)]
        units = demo_people.DEPARTMENTS if kind != "hoi_nghi" else demo_people.COMMUNES
        held.append(
            (f"H{number}", f"Họp {kind} {number}", kind, f"{day:%d/%m/%Y} 14:00", "16:30", "CT", "VP", ", ".join(units))
        )
        if kind == "thuong_ky":
            papers += [
                (f"T{number}-{unit}", f"H{number}", f"Tờ trình {number} {unit}", unit, "SNV") for unit in ("STC", "SXD")
            ]
    return [
        ("Lịch họp", [columns, *held]),
        ("Nội dung trình", [("Mã", "Cuộc họp", "Nội dung", "Đơn vị trình", "Đơn vị cho ý kiến"), *papers]),
    ]  # fmt: skip


def _tasks(first: date, last: date) -> Sheet:
    columns = ("Mã", "Nội dung", "Người thực hiện", "Kết quả", "Hạn", "Người chịu trách nhiệm", "Người giao")
    rows = [
        (f"V{number}", f"Nhiệm vụ {number}", head, "Báo cáo", f"{day:%d/%m/%Y}", head, "CT")
        for number, day in enumerate(_spread(first, last, TASKS))
        if (head := HEADS[number % len(HEADS)]) != "STC01" or day < CHANGE_OF_HEAD
    ]
    return "Nhiệm vụ", [columns, *rows]


def happenings() -> list[Happening]:
    """Days swapped at short notice, officials who block the bot, and a vote."""
    return [
        *sample_vote.happenings(),
        _set(date(2026, 8, 3), date(2026, 8, 31), works=False),
        _set(date(2026, 8, 3), date(2026, 8, 22), works=True),
        _set(date(2026, 11, 16), date(2026, 11, 25), works=False),
        Happening(at(date(2026, 5, 4), time(10)), partial(_block, code="MDO01")),
        Happening(at(date(2026, 11, 12), time(10)), partial(_block, code="SXD01")),
    ]


def _set(on: date, day: date, *, works: bool) -> Happening:
    return Happening(at(on, time(9)), lambda work: calendars.set_day(work, day, works=works, document="TB 45/TB-UBND"))


def outages() -> list[Outage]:
    return [
        Outage(at(date(2026, 9, 7), time(18)), at(date(2026, 9, 9), time(18))),
        Outage(at(date(2026, 11, 18), time(18)), at(date(2026, 11, 20), time(18))),
    ]


def _block(work: Work, code: str) -> None:
    person = person_by_code(work.session, code)
    assert person is not None
    for chat in work.session.exec(select(ChannelAccount).where(ChannelAccount.person_id == person.id)):
        chat.is_reachable = False


@dataclass(frozen=True, slots=True)
class People:
    """A job in which officials act: some at once, some on the last day, some late, some never."""

    name: str = "people act"
    every_seconds: float = 60
    about: None = None

    def run(self, work: Work) -> int:
        # A quarter of all duties is never done: by the end of the year they would be most of what is looked through.
        key = col(Duty.id)
        asked = select(key, Duty.opened_at, Duty.due_at).where(
            Duty.state == DutyState.OPEN, key % 4 != 3, col(Duty.kind).in_(DONE_BY_PEOPLE)
        )
        for found, opened_at, due_at in work.session.exec(asked.order_by(key)).all():
            act_at = (opened_at, due_at - timedelta(hours=20), due_at + timedelta(hours=20))[(found or 0) % 4]
            if act_at + timedelta(hours=1) <= work.now:
                _do(work, work.session.get_one(Duty, found))
        return 0


def _do(work: Work, duty: Duty) -> None:
    work.actor = access.owner_of(work, duty)
    if work.actor is None:
        return
    if duty.kind is DutyKind.ANSWER_INVITATION:
        invitation = work.session.get_one(Invitation, duty.subject_id)
        if work.session.get_one(Meeting, invitation.meeting_id).starts_at > work.now:
            meetings.attend(work, invitation)
    elif duty.kind is DutyKind.VOTE:
        sample_vote.give(work, duty)
    else:
        results.submit(work, duty, Result(text="Đã thực hiện", number="12/BC", signed=True, position="Đồng ý"))
    work.actor = None


def live(folder: Path, pack: str, first: date, last: date, kind: type[RehearsalT]) -> tuple[RehearsalT, Report]:
    """The stretch lived through, with people who act."""
    jobs: list[Job] = [People(), *JOBS]
    with own_database(folder) as database:
        rehearsal = kind(database, FileStore(folder), jobs, at(first, time(7, 30)))
        later: list[Happening] = []
        rehearsal.act(lambda work: later.extend(begin(work, book(first, last), pack)))
        own = [each for each in happenings() if at(first, time()) <= each.at <= at(last, time())]
        rehearsal.run(at(last + timedelta(days=1), time()), [*later, *own], outages())
        return rehearsal, rehearsal.report()


def main() -> None:
    started = stopwatch.monotonic()
    gc.freeze()  # as the program does before it runs a verb
    with tempfile.TemporaryDirectory() as folder:
        _rehearsal, found = live(Path(folder), (sys.argv[1:] or [demo.PACK])[0], *YEAR, Rehearsal)
    for line in rehearsal_report.lines(found):
        sys.stdout.write("\t".join(line) + "\n")
    sys.stdout.write(f"{stopwatch.monotonic() - started:.1f} s\n")


if __name__ == "__main__":
    main()
