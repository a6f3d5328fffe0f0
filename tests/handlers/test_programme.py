"""The work programme in chat: the five figures, the workbook, what was issued, explanations before the session."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from io import BytesIO

import openpyxl
import pytest
from sqlmodel import Session, col, select

from bot.clock import LOCAL_ZONE, SetClock
from bot.files import FileStore
from models.database import Database
from models.duties import Duty
from models.files import StoredFile
from rules.duties import DutyKind, DutyState
from rules.programme import ItemState
from services import explanations
from services.demo import Cast
from tests.conversation import Stage
from tests.programme_stage import TAN_YEN, item, programme, staged
from tests.services.workbooks import load, meetings

# The clock stands on Wednesday 18 November 2026; the 24th is off.
OVERDUE = ("CT-01", "Đề án chỉnh trang chợ", "STC", "16/11/2026", "UBND", "phai_trinh", None)
SECOND = ("CT-02", "Phân bổ vốn đầu tư công", "STC", "17/11/2026", "UBND", "phai_trinh", None)
COMING = ("CT-03", "Kế hoạch phòng dịch", "SYT", "30/11/2026", "UBND", "phai_trinh", None)
DONE = ("CT-04", "Quy hoạch khu dân cư", "SXD", "10/11/2026", "UBND", "da_trinh", "09/11/2026")
ISSUED = ("CT-05", "Quy chế thi đua", "SNV", "05/11/2026", "UBND", "da_ban_hanh", "04/11/2026")
ROWS = (OVERDUE, SECOND, COMING, DONE, ISSUED)
SESSION = ("PH-1", "Phiên họp thường kỳ tháng 11", "thuong_ky", "30/11/2026 07:30", "11:30", "CT", "VP", "STC, SXD", "")
# Three working days before Monday 30/11, and one.
ASKED = datetime(2026, 11, 25, 7, 30, tzinfo=LOCAL_ZONE)
LISTED = datetime(2026, 11, 27, 7, 30, tzinfo=LOCAL_ZONE)


@pytest.fixture
def tan_yen(database: Database, clock: SetClock, files: FileStore) -> Stage:
    return staged(Stage(database, clock, files), TAN_YEN, *ROWS)


def explaining(stage: Stage) -> Sequence[Duty]:
    def read(session: Session) -> list[Duty]:
        found = list(session.exec(select(Duty).where(Duty.kind == DutyKind.EXPLAIN).order_by(col(Duty.id))).all())
        session.expunge_all()
        return found

    return stage.database.transact(read)


def test_the_five_figures_of_the_month_by_unit_and_what_is_not_finished(tan_yen: Stage) -> None:
    office = tan_yen.phone(Cast.OFFICE).says("chương trình")
    office.sees_last(
        "Chương trình công tác tháng 11/2026",
        "Phải trình 5, đã trình 2, đã ban hành 1, chưa trình 3; tỷ lệ trình 40%, ban hành 20%.",
        "– Sở Tài chính: phải trình 2, đã trình 0, đã ban hành 0, chưa trình 2",
        "Chưa hoàn thành 2 nội dung:",
        "Đề án chỉnh trang chợ (Sở Tài chính), hạn 16/11/2026: chưa giải trình",
        "điểm c khoản 3",
    )
    office.presses("Năm 2026")
    office.sees_last("Chương trình công tác năm 2026", "Phải trình 5")
    office.presses("Năm 2025")
    office.sees_last("Phải trình 0, đã trình 0, đã ban hành 0, chưa trình 0.")


def test_a_head_sees_the_part_of_his_unit(tan_yen: Stage) -> None:
    head = tan_yen.phone(Cast.HEALTH_HEAD).says("/chuongtrinh")
    head.sees_last("Phải trình 1, đã trình 0", "Không có nội dung nào đến hạn mà chưa trình")
    assert "Tài chính" not in head.last.text
    staff = tan_yen.phone(Cast.HEALTH_STAFF).says("/chuongtrinh")
    assert "Phải trình" not in staff.last.text


def test_the_workbook_holds_figures_and_list(tan_yen: Stage) -> None:
    tan_yen.phone(Cast.CHAIR).says("/chuongtrinh").presses("Tải tệp .xlsx")

    def digest(session: Session) -> str:
        return session.exec(select(StoredFile).where(col(StoredFile.name).endswith(".xlsx"))).one().digest

    book = openpyxl.load_workbook(BytesIO(tan_yen.files.read(tan_yen.database.transact(digest))))
    assert book.sheetnames == ["Kết quả", "Chưa hoàn thành", "Kế hoạch chi tiết"]
    rows = list(book["Kết quả"].iter_rows(min_row=4, values_only=True))
    assert rows[-1] == ("Tổng số", 5, 2, 1, 3, 0.4, 0.2)
    assert [row[1] for row in book["Chưa hoàn thành"].iter_rows(min_row=4, values_only=True)] == [OVERDUE[1], SECOND[1]]


def test_the_office_marks_what_was_issued(tan_yen: Stage) -> None:
    office = tan_yen.phone(Cast.OFFICE).says("/chuongtrinh").presses("Ghi nhận đã ban hành")
    office.sees_last("Quy hoạch khu dân cư")
    office.presses("1. Đã ban hành")
    assert item(tan_yen.database, "CT-04").state is ItemState.ISSUED
    office.sees("Không có nội dung nào đã trình mà chưa ban hành")
    head = tan_yen.phone(Cast.FINANCE_HEAD)
    head.presses_token("programme.issue:4:0:")
    head.sees_last("không")


def test_explanations_are_asked_before_the_session_once_and_stand_in_the_list(tan_yen: Stage) -> None:
    tan_yen.act(load, meetings(SESSION))
    tan_yen.pass_time(to=ASKED - timedelta(minutes=1))
    assert explaining(tan_yen) == []
    tan_yen.pass_time(to=ASKED)
    tan_yen.act(explanations.collect)
    assert [duty.what for duty in explaining(tan_yen)] == [OVERDUE[1], SECOND[1]]
    head, office = tan_yen.phone(Cast.FINANCE_HEAD), tan_yen.phone(Cast.OFFICE)
    asked = [bubble for bubble in head.bubbles if "Đề nghị giải trình" in bubble]
    assert len(asked) == 1 and "thứ Năm 26/11" in asked[0].text
    assert sum("Phục vụ tài liệu" in bubble for bubble in office.bubbles) == 1
    head.presses("1. ", on=asked[0]).presses("Đã xong").says("Chờ ý kiến Sở Xây dựng").presses("Gửi")
    tan_yen.pass_time(to=LISTED)
    office.sees("Phục vụ tài liệu", "Chờ ý kiến Sở Xây dựng", "Phân bổ vốn đầu tư công", "chưa giải trình")


def test_a_head_whose_item_is_submitted_in_time_has_nothing_to_explain(tan_yen: Stage) -> None:
    tan_yen.act(load, meetings(SESSION))
    tan_yen.pass_time(to=ASKED)
    tan_yen.act(load, programme((*OVERDUE[:5], "da_trinh", "25/11/2026")))
    assert [duty.state for duty in explaining(tan_yen)] == [DutyState.VOID, DutyState.OPEN]


@pytest.mark.parametrize(
    ("row", "states"),
    [
        ((*SESSION[:3], "01/12/2026 07:30", *SESSION[4:]), [DutyState.OPEN, DutyState.OPEN]),
        (SESSION, [DutyState.OPEN, DutyState.OPEN]),
    ],
)
def test_a_session_that_moves_takes_its_explanations_along(
    tan_yen: Stage, row: Sequence[object], states: list[DutyState]
) -> None:
    tan_yen.act(load, meetings(SESSION))
    tan_yen.pass_time(to=ASKED)
    tan_yen.act(load, meetings(row))
    tan_yen.pass_time(by=timedelta(minutes=1))
    found = explaining(tan_yen)
    assert [duty.state for duty in found] == states
    assert all(duty.event_at and f"{duty.event_at.astimezone(LOCAL_ZONE):%d/%m/%Y %H:%M}" == row[3] for duty in found)


def test_when_the_session_begins_what_was_not_explained_is_over(tan_yen: Stage) -> None:
    tan_yen.act(load, meetings(SESSION))
    tan_yen.pass_time(to=ASKED)
    tan_yen.pass_time(to=datetime(2026, 11, 30, 7, 31, tzinfo=LOCAL_ZONE))
    assert [duty.state for duty in explaining(tan_yen)] == [DutyState.MISSED, DutyState.MISSED]


def test_no_explanations_where_the_pack_asks_for_none(database: Database, clock: SetClock, files: FileStore) -> None:
    stage = staged(Stage(database, clock, files), "gia-binh-2022", *ROWS)
    stage.act(load, meetings(SESSION))
    stage.pass_time(to=ASKED)
    assert explaining(stage) == []
