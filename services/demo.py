"""The sample body, made through the same use cases as a real one; its cast plays in tests, simulator and documents."""

from collections.abc import Mapping
from datetime import time
from enum import StrEnum

from sqlmodel import col, select

from bot.work import Work
from models.people import ChannelAccount, Person, the_body
from reports.workbook import Row, Workbook
from reports.workbook_kinds import Value
from reports.workbook_schema import SHEETS
from rules.errors import N_, DomainError
from rules.workdays import at
from services import (
    demo_hotlines,
    demo_keywords,
    demo_meetings,
    demo_people,
    demo_procedures,
    demo_programme,
    demo_tasks,
    demo_votes,
)
from services.imports import import_workbook
from services.regulation import calendar

CODE = "SONG-MAU"
NAME = "UBND tỉnh Sông Mẫu"
PACK = "gia-binh-2022"
ADOPTED_BY = "Quyết định số 12/QĐ-UBND ngày 15/8/2025 của UBND tỉnh Sông Mẫu"
CHANNEL = "simulator"


class Cast(StrEnum):
    """Codes of people with clear roles."""

    CHAIR = "CT"
    VICE_CHAIR = "PCT1"
    SECOND_VICE_CHAIR = "PCT2"
    CHIEF_OF_OFFICE = "CVP"
    OFFICE = "VP01"
    ADMIN = "VP02"
    INTERNAL_AFFAIRS = "SNV04"
    FINANCE_HEAD = "STC01"
    FINANCE_DEPUTY = "STC02"
    FINANCE_SECOND_DEPUTY = "STC03"
    FINANCE_STAFF = "STC04"
    CONSTRUCTION_HEAD = "SXD01"
    CONSTRUCTION_DEPUTY = "SXD02"
    EDUCATION_HEAD = "SGDDT01"
    EDUCATION_DEPUTY = "SGDDT02"
    HEALTH_HEAD = "SYT01"
    HEALTH_STAFF = "SYT02"
    COMMUNE_CHAIR = "MTR01"
    COMMUNE_DEPUTY = "MTR02"
    NOT_LINKED = "DMA01"


class NotEmptyError(DomainError):
    code = "not_empty"
    msgid = N_("The database holds {name} already; the sample body is loaded into an empty one only.")


def load(work: Work, channel: str = CHANNEL) -> None:
    """Load the people with simulated chats, a vote, a month of meetings, tasks, a programme, the communes' hotlines."""
    load_people(work, channel)
    demo_votes.load(work)
    load_meetings(work)
    load_tasks(work)
    load_programme(work)
    load_hotlines(work)


def load_meetings(work: Work) -> None:
    """Invite the people to a month of meetings."""
    import_workbook(work, _meetings(work))


def load_tasks(work: Work) -> None:
    """A few tasks: one overdue, one due soon."""
    import_workbook(work, _tasks(work))


def load_programme(work: Work) -> None:
    """Give the units items of a work programme, one in each state."""
    import_workbook(work, _programme(work))


def load_hotlines(work: Work) -> None:
    """Give each commune a hotline, and all of them the procedures that citizens ask about."""
    import_workbook(work, _hotlines())


def load_people(work: Work, channel: str = CHANNEL) -> None:
    """Load the body, its units and people, and give them simulated chats."""
    present = the_body(work.session)
    if present is not None:
        raise NotEmptyError(name=present.name)
    import_workbook(work, _people())
    body = the_body(work.session)
    assert body is not None  # it was imported just now
    body.is_sample = True
    _link(work, channel)


def _link(work: Work, channel: str) -> None:
    """A chat whose address is the person's code, for all but two."""
    work.session.add_all(
        ChannelAccount(
            channel=channel, address=person.code, person_id=person.id, name=person.full_name, last_seen_at=work.now
        )
        for person in work.session.exec(select(Person).order_by(col(Person.id)))
        if person.code not in demo_people.NOT_LINKED
    )
    work.session.flush()


def _people() -> Workbook:
    body: dict[str, Value] = {"Tên": NAME, "Mã": CODE, "Gói quy định": PACK, "Văn bản áp dụng": ADOPTED_BY}
    book = Workbook()
    _add(book, "Cơ quan", {**body, "Tỉnh/Thành phố": "tỉnh Sông Mẫu"})
    for code, name, kind in demo_people.UNITS:
        _add(book, "Đơn vị", {"Mã": code, "Tên": name, "Loại": kind})
    for number, (code, name, title, unit, rank, roles) in enumerate(demo_people.PEOPLE, start=1):
        official: dict[str, Value] = {"Mã": code, "Họ và tên": name, "Chức vụ": title, "Đơn vị": unit}
        _add(book, "Cán bộ", {**official, "Cấp": rank, "Vai trò": roles, "Điện thoại": f"0900 000 {number:03}"})
    return book


def _meetings(work: Work) -> Workbook:
    book = Workbook()
    for sample in demo_meetings.meetings(work.today, calendar(work)):
        meeting: dict[str, Value] = {"Mã": sample.code, "Tên": sample.title, "Loại": sample.kind}
        held: dict[str, Value] = {
            "Bắt đầu": at(sample.day, time.fromisoformat(sample.starts)),
            "Kết thúc": at(sample.day, time.fromisoformat(sample.ends)),
            "Địa điểm": sample.place,
            "Chủ trì": sample.chair,
            "Cơ quan chuẩn bị": sample.host,
            "Thành phần": tuple(sample.invited),
            "Yêu cầu cấp trưởng": sample.requires_head,
            "Chuỗi họp": sample.series,
        }
        _add(book, "Lịch họp", {**meeting, **held})
    for code, meeting_code, item, unit, heard in demo_meetings.AGENDA:
        submitted: dict[str, Value] = {"Mã": code, "Cuộc họp": meeting_code, "Nội dung": item, "Đơn vị trình": unit}
        _add(book, "Nội dung trình", {**submitted, "Đơn vị cho ý kiến": heard})
    return book


def _tasks(work: Work) -> Workbook:
    book = Workbook()
    for sample in demo_tasks.tasks(work.today, calendar(work)):
        five: dict[str, Value] = {
            "Nội dung": sample.content,
            "Người thực hiện": sample.doer,
            "Kết quả": sample.result,
            "Hạn": sample.due_on,
            "Người chịu trách nhiệm": sample.responsible,
        }
        given: dict[str, Value] = {
            "Mã": sample.code,
            "Người giao": sample.assigner,
            "Đơn vị phối hợp": tuple(sample.units),
            "Nhận lúc": at(sample.received_on, time(8)),
            "Số văn bản": sample.document,
        }
        _add(book, "Nhiệm vụ", {**five, **given})
    return book


def _programme(work: Work) -> Workbook:
    book = Workbook()
    for sample in demo_programme.items(work.today, calendar(work)):
        item: dict[str, Value] = {"Mã": sample.code, "Nội dung": sample.content, "Đơn vị trình": sample.unit}
        due: dict[str, Value] = {"Hạn trình": sample.due_on, "Cấp trình": "UBND tỉnh", "Trạng thái": sample.state}
        _add(book, "Chương trình công tác", {**item, **due, "Ngày trình": sample.submitted_on})
    for step in demo_programme.steps(work.today, calendar(work)):
        owed: dict[str, Value] = {"Người thực hiện": step.doer, "Người chịu trách nhiệm": step.doer}
        what: dict[str, Value] = {"Nội dung": step.content, "Kết quả": step.result, "Hạn": step.due_on}
        _add(book, "Nhiệm vụ", {**owed, **what, "Mã": step.code, "Nội dung chương trình": step.item})
    return book


def _hotlines() -> Workbook:
    book = Workbook()
    for unit, phone, leader, members, places in demo_hotlines.HOTLINES:
        team: dict[str, Value] = {"Đơn vị": unit, "Số điện thoại": phone, "Tổ trưởng": leader, "Thành viên": members}
        _add(book, "Đường dây nóng", {**team, "Địa bàn": places})
    for code, name, intake, level, guide in demo_procedures.PROCEDURES:
        keywords = tuple(demo_keywords.KEYWORDS[code].split(", "))
        known: dict[str, Value] = {"Mã": code, "Tên": name, "Từ khóa": keywords, "Nơi tiếp nhận": intake}
        _add(book, "Thủ tục", {**known, "Mức độ": level or None, "Hướng dẫn": guide})
    return book


def _add(book: Workbook, sheet: str, values: Mapping[str, Value]) -> None:
    """A row as if it had been read from a file; what is not said is empty."""
    columns = next(known for known in SHEETS if known.name == sheet).columns
    number = len(book.rows[sheet]) + 2
    empty = {column.heading: column.kind.empty for column in columns}
    cells = {column.heading: f"{chr(ord('A') + index)}{number}" for index, column in enumerate(columns)}
    book.rows[sheet].append(Row(sheet, number, {**empty, **values}, cells))
