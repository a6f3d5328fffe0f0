"""What conversations about votes start from: the Office asks the twelve members, or three of them."""

from collections.abc import Sequence

from sqlmodel import Session, col, select

from models.duties import Duty
from models.votes import Ballot, Vote
from rules.duties import DutyKind, DutyState
from rules.votes import Choice, VoteState
from services.demo import Cast
from tests.conversation import Phone, Stage

TITLE = "Quyết định ban hành Quy chế quản lý chợ"
THREE = (Cast.CHAIR, Cast.FINANCE_HEAD, Cast.HEALTH_HEAD)
NAMES = {Cast.CHAIR: "Nguyễn Văn Hưng", Cast.FINANCE_HEAD: "Vũ Đình Khải", Cast.HEALTH_HEAD: "Phùng Thế Vinh"}


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
