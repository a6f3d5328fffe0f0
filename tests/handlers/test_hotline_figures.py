"""The hotline's figures against a week that was counted by hand: message, picture, workbook, periodic report."""

from collections.abc import Iterator
from datetime import date, time
from io import BytesIO

import docx
import openpyxl
import pytest
from sqlmodel import select

from bot.files import FileStore
from bot.work import Work
from models.files import StoredFile
from models.hotline import Ticket
from models.people import Unit, person_by_code
from rules.hotline import Category
from rules.workdays import at
from services import hotline, hotline_team
from services.demo import Cast
from services.hotline import NewQuestion
from tests.conversation import Phone
from tests.databases import SqliteFiles, opened
from tests.handlers.hotline_stage import HotlineStage

FRIDAY, WEDNESDAY = date(2026, 11, 20), date(2026, 11, 25)
MEMBER = "MTR02"


@pytest.fixture(scope="module")
def stage(sqlite_files: SqliteFiles, tmp_path_factory: pytest.TempPathFactory) -> Iterator[HotlineStage]:
    """One for all: whoever reads figures changes nothing."""
    folder = tmp_path_factory.mktemp("figures")
    with sqlite_files.fresh() as url, opened(url) as database:
        yield HotlineStage(database, FileStore(folder / "files"))


def acts(stage: HotlineStage, code: str, act: object, *arguments: object) -> None:
    def run(work: Work) -> None:
        work.actor = person_by_code(work.session, code)
        act(work, *arguments)  # type: ignore[operator]

    stage.act(run)


def ask(stage: HotlineStage, unit: str, category: Category = Category.OTHER, *, phone: str = "") -> int:
    def run(work: Work) -> None:
        where = work.session.exec(select(Unit).where(Unit.code == unit)).one()
        if phone:
            work.actor = person_by_code(work.session, Cast.OFFICE)
        hotline.ask(work, NewQuestion(unit_id=where.key, text="Hỏi", category=category, caller_phone=phone))

    stage.act(run)
    return stage.ticket.key


def by_asker(stage: HotlineStage, key: int, *, stars: int = 0, adds: str = "") -> None:
    """He adds what was missing; or is content, and perhaps says how much."""

    def run(work: Work) -> None:
        ticket = work.session.get_one(Ticket, key)
        if adds:
            hotline.supply(work, ticket, adds)
            return
        hotline.settle(work, ticket)
        if stars:
            hotline.rate(work, ticket, stars)

    stage.act(run)


def to_construction(work: Work, key: int) -> None:
    unit = work.session.exec(select(Unit).where(Unit.code == "SXD")).one()
    hotline_team.transfer(work, key, "Thuộc thẩm quyền cấp tỉnh", unit_id=unit.key)


def content(stage: HotlineStage, name: str) -> bytes:
    found = select(StoredFile).where(StoredFile.name == name)
    return stage.files.read(stage.database.transact(lambda session: session.exec(found).one()).digest)


def moves(stage: HotlineStage, day: date, hour: int, minute: int = 0) -> None:
    stage.pass_time(to=at(day, time(hour, minute)))


@pytest.fixture(scope="module")
def week(stage: HotlineStage) -> HotlineStage:
    """Asked on Friday at 8: answered at 8.30 (5 stars); after a pause at 10 (unrated); handed on at 9 and late there;
    late, paused and then quick (2 stars); a call that nobody takes. One in another commune, and a complaint. Due by
    working time: 4 hours on a procedure (14:00), 15 on another matter (Wednesday 8:00, Tuesday is off).
    """
    quick, paused, moved = (ask(stage, "MTR") for _ in range(3))
    procedure = ask(stage, "MTR", Category.PROCEDURE)
    ask(stage, "MTR", phone="0912 345 678")
    ask(stage, "MTR", Category.COMPLAINT)
    other = ask(stage, "MDO")
    for key in (quick, paused, procedure):
        acts(stage, MEMBER, hotline_team.take, key)
    moves(stage, FRIDAY, 8, 30)
    acts(stage, MEMBER, hotline_team.answer, quick, "Có")
    by_asker(stage, quick, stars=5)
    acts(stage, MEMBER, hotline_team.ask_back, paused, "Ở đâu?")
    acts(stage, "MDO02", hotline_team.take, other)
    acts(stage, "MDO02", hotline_team.answer, other, "Có")
    moves(stage, FRIDAY, 9)
    acts(stage, MEMBER, to_construction, moved)
    moves(stage, FRIDAY, 9, 30)
    by_asker(stage, paused, adds="Ở phố 1")
    moves(stage, FRIDAY, 10)
    acts(stage, MEMBER, hotline_team.answer, paused, "Có")
    by_asker(stage, paused)
    moves(stage, FRIDAY, 15)
    acts(stage, MEMBER, hotline_team.ask_back, procedure, "Cho ai?")
    moves(stage, FRIDAY, 16)
    by_asker(stage, procedure, adds="Cho con tôi")
    moves(stage, FRIDAY, 16, 20)
    acts(stage, MEMBER, hotline_team.answer, procedure, "Có")
    by_asker(stage, procedure, stars=2)
    moves(stage, WEDNESDAY, 10)
    acts(stage, Cast.CONSTRUCTION_HEAD, hotline_team.take, moved)
    acts(stage, Cast.CONSTRUCTION_HEAD, hotline_team.answer, moved, "Có")
    return stage


def test_the_leader_reads_his_commune_as_counted_by_hand(week: HotlineStage) -> None:
    leader = week.leader().says("/hotline").presses("Số liệu: Phường Mẫu Trung")
    leader.sees_last("Đang xử lý: 1, quá hạn 1", "chưa có người nhận: 1, quá hạn 1")
    leader.presses("Tuần trước").sees_last(
        "Tiếp nhận 5: trả lời đúng hạn 2; chậm 2 (tại đơn vị khác 1); chưa trả lời 1 (quá hạn 1).",
        # Of 30, 120, 380 and 1020 minutes.
        "(trung vị): 4 giờ 10 phút làm việc",
        "Đánh giá: 3,5/5, của 2 trên 3 người được hỏi; 1 người không đánh giá.",
        # 30 + 60 + 60 + 320 + 1020; 60 + 60; 960.
        "xã, phường 24 giờ 50 phút; người hỏi 2 giờ; đơn vị khác 16 giờ",
        "việc khác: tiếp nhận 5; trả lời đúng hạn 2; chậm 2; chưa trả lời 1",
    )
    assert "khiếu nại" not in leader.last.text
    leader.presses("Tuần này").sees_last("Không nhận câu hỏi nào")


def test_the_office_reads_all_communes_and_the_number_of_complaints(week: HotlineStage) -> None:
    clerk = week.phone(Cast.OFFICE).says("/hotline").presses("Số liệu: tất cả xã, phường")
    clerk.sees_last("Đang xử lý: 1, quá hạn 1", "Phường Mẫu Trung: 1, quá hạn 1")
    clerk.presses("Tháng này").sees_last(
        "Tiếp nhận 6: trả lời đúng hạn 3; chậm 2",
        "khiếu nại, tố cáo (chỉ đếm số): 1",
        "Phường Mẫu Trung: tiếp nhận 5",
        "Phường Mẫu Đông: tiếp nhận 1; trả lời đúng hạn 1; trung vị 30 phút",
    )


def test_picture_and_workbook_hold_the_evidence_without_a_word_that_was_said(week: HotlineStage) -> None:
    leader = week.leader().says("/hotline").presses("Số liệu").presses("Tuần trước").presses("Biểu đồ")
    assert content(week, leader.last.files[0]).startswith(b"\x89PNG")
    leader.presses("Excel")
    book = openpyxl.load_workbook(BytesIO(content(week, leader.last.files[0])))
    assert book.sheetnames == ["Theo địa bàn", "Theo thủ tục", "Căn cứ"]
    rows = [[cell.value for cell in row] for row in book["Căn cứ"].iter_rows(min_row=4)]
    assert [(row[0], row[6], row[7], row[9], row[10]) for row in rows] == [
        (1, "trả lời đúng hạn", None, 5, 30),
        (2, "trả lời đúng hạn", None, None, 120),
        (3, "trả lời chậm", "Sở Xây dựng", None, 1020),
        (4, "trả lời chậm", "Phường Mẫu Trung", 2, 380),
        (5, "chưa trả lời", "Phường Mẫu Trung", None, None),
    ]
    assert [f"{moment:%d/%m %H:%M}" for moment in (rows[3][3], rows[3][5])] == ["20/11 08:00", "20/11 14:00"]
    assert not {"Hỏi", "Có", "0912 345 678"} & {cell for row in rows for cell in row}


def test_nobody_else_reads_them(week: HotlineStage) -> None:
    unit = week.database.transact(lambda session: session.exec(select(Unit).where(Unit.code == "MTR")).one())
    for code in (MEMBER, "MDO01", Cast.HEALTH_HEAD):
        phone = week.phone(code)
        for route in ("now", "figures", "picture", "workbook"):
            phone.presses_token(f"hotline.{route}:{unit.id}:0:last_week").sees_last("không")
            assert "Tiếp nhận" not in phone.last.text and not phone.last.files
    week.leader().presses_token("hotline.figures:0:0:last_week")
    assert "Tiếp nhận" not in week.leader().last.text
    week.leader().presses_token(f"hotline.figures:{unit.id}:0:century").sees_last("cũ")


def opens(phone: Phone, words: str) -> Phone:
    """The line of a list that holds the words, by its number."""
    number = next(line.partition(".")[0] for line in phone.last.text.splitlines() if words in line)
    return phone.presses(f"{number}. ")


def test_the_report_on_procedures_shows_the_period_s_figures_to_whoever_owes_and_compiles(week: HotlineStage) -> None:
    head = opens(week.leader().says("/viec"), "thủ tục hành chính, tháng 11/2026")
    head.sees_last(
        "Đường dây nóng, Phường Mẫu Trung, 01/11/2026 đến 30/11/2026", "Tiếp nhận 5", "3,5/5, của 2 trên 3 người"
    )
    chief = opens(week.phone(Cast.CHIEF_OF_OFFICE).says("/viec"), "thủ tục hành chính, tháng 11/2026")
    chief.sees_last("tất cả xã, phường", "Tiếp nhận 6", "(chỉ đếm số): 1", "còn thiếu 6")


def paragraphs(stage: HotlineStage, name: str) -> tuple[str, list[list[str]]]:
    """The words of a document, and its table with figures."""
    document = docx.Document(BytesIO(content(stage, name)))
    rows = [[cell.text for cell in row.cells] for table in document.tables for row in table.rows if len(row.cells) == 6]
    return "\n".join(one.text for one in document.paragraphs), rows


def test_the_draft_of_that_report_holds_them_for_the_commune_and_for_the_office(week: HotlineStage) -> None:
    head = opens(week.leader().says("/viec"), "thủ tục hành chính, tháng 11/2026").presses("Dự thảo báo cáo")
    document, workbook = head.sees_last("để chỉnh sửa và ký").files
    text, rows = paragraphs(week, document)
    assert "tháng 11/2026" in text and "Mục 4.1" in text and "chậm 2 (tại đơn vị khác 1)" in text
    assert rows[1:] == [["việc khác", "5", "2", "2", "1", "3,5 (2/3)"]]
    assert openpyxl.load_workbook(BytesIO(content(week, workbook)))["Căn cứ"].max_row == 3 + 5


def test_the_office_s_draft_tells_of_each_commune(week: HotlineStage) -> None:
    chief = opens(week.phone(Cast.CHIEF_OF_OFFICE).says("/viec"), "thủ tục hành chính, tháng 11/2026")
    document, _workbook = chief.presses("Dự thảo báo cáo").last.files
    week.leader().presses_token("periodic.draft:999:0:").sees_last("không")
    text, rows = paragraphs(week, document)
    assert "khiếu nại, tố cáo (chỉ đếm số): 1" in text
    assert [row[:4] for row in rows[1:]] == [["Phường Mẫu Trung", "5", "2", "2"], ["Phường Mẫu Đông", "1", "1", "0"]]


def test_the_chair_reads_them_with_the_report_that_was_put_together(week: HotlineStage) -> None:
    chief = opens(week.phone(Cast.CHIEF_OF_OFFICE).says("/viec"), "thủ tục hành chính, tháng 11/2026")
    chief.presses("Đã xong").says("15/BC-VP").says("Giải quyết đúng hạn").presses("Bỏ qua").presses("Gửi")
    week.phone(Cast.CHAIR).sees_last(
        "15/BC-VP", "Đường dây nóng, tất cả xã, phường", "Tiếp nhận 6", "3,5/5, của 2 trên 3 người"
    )
