"""What conversations about votes start from: the Office asks the twelve members, or three of them."""

import dataclasses
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from io import BytesIO

import docx
from sqlmodel import Session, col, select

from bot.work import Work
from models.duties import Duty
from models.files import StoredFile
from models.meetings import Meeting, MeetingKind
from models.people import Tenure, Unit, person_by_code
from models.votes import Ballot, Vote
from rules.duties import DutyKind, DutyState
from rules.votes import Choice, VoteState
from rules.workdays import at
from services import meetings
from services.demo import Cast
from tests.conversation import Phone, Stage

TITLE = "Quyết định ban hành Quy chế quản lý chợ"
DUE = at(date(2026, 11, 27), time(16))
THREE = (Cast.CHAIR, Cast.FINANCE_HEAD, Cast.HEALTH_HEAD)
NAMES = {Cast.CHAIR: "Nguyễn Văn Hưng", Cast.FINANCE_HEAD: "Vũ Đình Khải", Cast.HEALTH_HEAD: "Phùng Thế Vinh"}


def after(moment: datetime = DUE) -> datetime:
    return moment + timedelta(minutes=1)


def ask(
    phone: Phone,
    *,
    whom: Sequence[Cast] = (),
    unit: str = "Sở Công Thương",
    due: str = "16h thứ Sáu 27/11/2026",
    file: str = "quy che.docx",
    content: bytes = b"first",
) -> Phone:
    """All members, unless some are named; by Friday the 27th at 16:00."""
    phone.says("/bieuquyet").presses("Lấy phiếu ý kiến mới").says(TITLE)
    if unit:
        phone.says(unit).presses(unit)
    phone.presses("Bỏ qua").attaches(file, content).presses("Xong (1)")
    if not whom:
        phone.presses("Tất cả 12 thành viên")
    else:
        phone.presses("Một số thành viên")
        for person in whom:
            phone.says(NAMES[person]).presses(NAMES[person])
        phone.presses("Xong")
    phone.says(due).presses("Gửi")
    return phone


def replace(phone: Phone, content: bytes, *, due: str = "") -> Phone:
    """Another text, in one file."""
    phone.presses("Thay dự thảo").attaches("quy che 2.docx", content).presses("Xong (1)")
    if due:
        phone.says(due)
    else:
        phone.presses("Bỏ qua")
    phone.presses("Gửi")
    return phone


def comment(phone: Phone, text: str = "Bổ sung Điều 5") -> None:
    phone.presses("Đồng ý, có ý kiến").says(text)


def ballots(stage: Stage) -> list[tuple[Choice, str, int, bool]]:
    """All that were cast: choice, words, text, late."""

    def read(session: Session) -> list[tuple[Choice, str, int, bool]]:
        rows = session.exec(select(Ballot).order_by(col(Ballot.id))).all()
        return [(row.choice, row.opinion, row.draft, row.is_late) for row in rows]

    return stage.database.transact(read)


def owed(stage: Stage, kind: DutyKind = DutyKind.VOTE) -> list[DutyState]:
    def read(session: Session) -> list[DutyState]:
        return [duty.state for duty in session.exec(select(Duty).where(Duty.kind == kind).order_by(col(Duty.id))).all()]

    return stage.database.transact(read)


def state(stage: Stage) -> VoteState:
    def read(session: Session) -> VoteState:
        return session.exec(select(Vote)).one().state

    return stage.database.transact(read)


def succeed(work: Work, code: str, former: str) -> None:
    """The post changes hands today."""
    leaving, coming = (person_by_code(work.session, each) for each in (former, code))
    assert leaving and coming
    tenure = work.session.exec(select(Tenure).where(Tenure.person_id == leaving.id)).one()
    tenure.to_on = work.today - timedelta(days=1)
    work.session.add(Tenure(post_id=tenure.post_id, person_id=coming.key, from_on=work.today))


def session_on(work: Work, day: date) -> int:
    """A regular session is called; returns its number."""
    office = work.session.exec(select(Unit).where(Unit.code == "VP")).one()
    meeting = Meeting(
        code=f"PH-{day:%d%m}",
        title="Phiên họp thường kỳ",
        kind=MeetingKind.REGULAR_SESSION,
        starts_at=at(day, time(8)),
        ends_at=at(day, time(11)),
        host_unit_id=office.key,
        created_at=work.now,
    )
    work.session.add(meeting)
    work.session.flush()
    return meeting.key


def cancel_session(work: Work, key: int) -> None:
    work.actor = person_by_code(work.session, Cast.OFFICE)
    meetings.cancel(work, work.session.get_one(Meeting, key), "Hoãn")


def move_session(work: Work, key: int, day: date) -> None:
    work.actor = person_by_code(work.session, Cast.OFFICE)
    meeting = work.session.get_one(Meeting, key)
    known = meetings.details_of(work, meeting)
    meetings.change(work, meeting, dataclasses.replace(known, starts_at=at(day, time(8)), ends_at=at(day, time(11))))


def document(stage: Stage, name: str) -> str:
    """All words of a document that was drawn up."""

    def digest(session: Session) -> str:
        return session.exec(select(StoredFile).where(col(StoredFile.name).startswith(name))).one().digest

    found = docx.Document(BytesIO(stage.files.read(stage.database.transact(digest))))
    cells = [cell.text for table in found.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in found.paragraphs), *cells])
