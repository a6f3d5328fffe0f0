"""Papers in chat: owed when an item is put on the list, sent, returned, late, and what the chair makes of it."""

from collections.abc import Iterator
from contextlib import closing
from datetime import time, timedelta
from pathlib import Path

import pytest
from sqlmodel import col, select

from bot.clock import SetClock
from bot.files import FileStore
from bot.work import Work
from models.agenda import AgendaItem
from models.database import Database
from models.duties import Duty
from models.meetings import MeetingKind, meeting_by_code
from models.people import Unit, person_by_code, the_body
from rules.duties import DutyKind, DutyState
from rules.papers import ItemState
from rules.workdays import at
from services import demo, meetings
from services.demo import Cast
from services.meetings import MeetingDetails, posts_invited_by
from tests.conversation import Stage
from tests.databases import SqliteFiles

MARKET = "Phương án chỉnh trang chợ Mẫu Trung"


class PapersStage(Stage):
    """The sample body with two regular sessions, in which construction and finance sit under the chair."""

    def __init__(self, database: Database, clock: SetClock, files: FileStore) -> None:
        super().__init__(database, clock, files)
        self.act(demo.load_people)

    def adopt(self, pack: str) -> "PapersStage":
        self.act(_adopt, pack)
        self.act(_plan, "TK-11", "Phiên họp thường kỳ tháng 11", 12)
        self.act(_plan, "TK-12", "Phiên họp thường kỳ tháng 12", 40)
        return self

    def put_on_the_list(self, *opinions: str) -> None:
        """The Office adds the market in chat: construction submits it."""
        clerk = self.phone(Cast.OFFICE)
        clerk.says("/hop").presses("1").presses("Nội dung trình").presses("Thêm nội dung").says(MARKET)
        clerk.says("Xây dựng").presses("Sở Xây dựng")
        for unit in opinions:
            clerk.says(unit).presses(unit)
        clerk.presses("Xong" if opinions else "Bỏ qua").presses("Gửi")

    def duty(self, kind: DutyKind = DutyKind.PAPERS) -> Duty:
        return self.database.transact(lambda s: s.exec(select(Duty).where(Duty.kind == kind)).one())

    def item(self) -> AgendaItem:
        return self.database.transact(lambda s: s.exec(select(AgendaItem).order_by(col(AgendaItem.id))).one())

    def ask_the_chair(self, reason: str) -> None:
        """The Office, from the morning's list of what is late."""
        self.phone(Cast.OFFICE).presses("Gửi tài liệu").presses("Trình chủ trì quyết định").says(reason).presses("Gửi")

    def pass_due(self) -> None:
        """To the next working morning after papers were due."""
        self.pass_time(to=self.duty().due_at + timedelta(hours=7, minutes=30))


def _adopt(work: Work, pack: str) -> None:
    body = the_body(work.session)
    assert body is not None
    body.pack_id = pack


def _plan(work: Work, code: str, title: str, days: int) -> None:
    units = [work.session.exec(select(Unit).where(Unit.code == code)).one() for code in ("SXD", "STC", "VP")]
    chair = person_by_code(work.session, Cast.CHAIR)
    assert chair is not None
    day = work.today + timedelta(days=days)
    details = MeetingDetails(
        code=code,
        title=title,
        kind=MeetingKind.REGULAR_SESSION,
        starts_at=at(day, time(14)),
        ends_at=at(day, time(17)),
        chair_id=chair.id,
        host_unit_id=units[2].key,
        post_ids=[posts_invited_by(work, unit) or 0 for unit in units[:2]],
    )
    meetings.plan(work, details)


@pytest.fixture
def papers(sqlite_files: SqliteFiles, tmp_path: Path, clock: SetClock, files: FileStore) -> Iterator[PapersStage]:
    with sqlite_files.fresh(tmp_path) as url, closing(Database(url)) as database:
        yield PapersStage(database, clock, files)


# The session is on Monday 30 November 2026; 24 November is a day off, the weekend is passed over.
@pytest.mark.parametrize(
    ("pack", "due", "counted"),
    [
        ("tan-yen-2024", "thứ Tư 25/11", "3 ngày làm việc trước 30/11: 27/11, 26/11, 25/11 (28/11, 29/11 không tính)"),
        ("rach-gia-2024", "thứ Tư 25/11", "3 ngày làm việc trước 30/11: 27/11, 26/11, 25/11 (28/11, 29/11 không tính)"),
        ("gia-binh-2022", "thứ Sáu 27/11", "2 ngày trước 30/11: 29/11, 28/11; 28/11 không phải ngày làm việc"),
    ],
)
def test_the_unit_owes_papers_by_the_rule_of_the_pack(papers: PapersStage, pack: str, due: str, counted: str) -> None:
    papers.adopt(pack).put_on_the_list()
    head = papers.phone(Cast.CONSTRUCTION_HEAD)
    head.says("/viec").presses(f"Gửi tài liệu: {MARKET[:10]}")
    head.sees_last(f"hạn {due}", MARKET)
    head.presses("Vì sao?")
    head.sees_last(counted, due)


def test_papers_reach_office_chair_and_invitees(papers: PapersStage) -> None:
    papers.adopt("tan-yen-2024").put_on_the_list()
    head = papers.phone(Cast.CONSTRUCTION_HEAD)
    head.says("/viec").presses("Gửi tài liệu").presses("Đã xong")
    head.says("45/TTr-SXD").attaches("to-trinh.pdf", b"x").says("Thống nhất phương án 1").presses("Gửi")
    head.sees_last("Đã xong")
    papers.phone(Cast.OFFICE).sees_last("Đã nhận tài liệu, đúng hạn", "45/TTr-SXD", "Thống nhất phương án 1")
    papers.phone(Cast.CHAIR).sees_last("Tài liệu phiên họp", MARKET)
    papers.phone(Cast.FINANCE_HEAD).sees_last("Tài liệu phiên họp", MARKET)
    clerk = papers.phone(Cast.OFFICE).says("/hop").presses("1").presses("Nội dung trình")
    clerk.sees_last("đã gửi tài liệu, đúng hạn")


def test_a_chair_drops_an_item_whose_papers_are_late_and_a_second_tap_changes_nothing(papers: PapersStage) -> None:
    papers.adopt("tan-yen-2024").put_on_the_list()
    papers.pass_due()
    clerk = papers.phone(Cast.OFFICE)
    clerk.presses("Gửi tài liệu")
    clerk.sees_last("quá hạn từ thứ Tư 25/11", MARKET, "Trình chủ trì quyết định")
    clerk.presses("Trình chủ trì quyết định").says("Đơn vị chưa nêu lý do").presses("Gửi")
    chair = papers.phone(Cast.CHAIR)
    card = chair.sees_last("Xin ý kiến đồng chí chủ trì: chậm tài liệu", MARKET, "Đơn vị chưa nêu lý do")
    assert list(card.buttons) == ["Rút nội dung", "Nhận muộn", "Chuyển sang phiên khác"]
    chair.presses("Rút nội dung")
    chair.sees_last("Đã rút nội dung lúc")
    papers.phone(Cast.CONSTRUCTION_HEAD).sees_last("Đã rút nội dung lúc", "điểm b khoản 5")
    clerk.sees_last("Đã rút nội dung lúc")
    chair.presses_token(card.buttons["Nhận muộn"])
    chair.sees_last("Không có gì thay đổi", "Đã rút nội dung lúc")
    assert papers.item().state is ItemState.DROPPED
    assert papers.duty().state is DutyState.VOID


def test_a_chair_accepts_papers_late_until_the_meeting_starts(papers: PapersStage) -> None:
    papers.adopt("tan-yen-2024").put_on_the_list()
    papers.pass_due()
    papers.phone(Cast.OFFICE).presses("Gửi tài liệu").presses("Trình chủ trì quyết định").says("Chờ số liệu").presses(
        "Gửi"
    )
    papers.phone(Cast.CHAIR).presses("Nhận muộn")
    head = papers.phone(Cast.CONSTRUCTION_HEAD)
    head.sees_last("Đồng ý nhận tài liệu muộn", "hạn thứ Hai 30/11")
    head.presses("Đã xong").says("45/TTr-SXD").presses("Bỏ qua").says("Phương án 1").presses("Gửi")
    papers.phone(Cast.OFFICE).sees_last("Đã nhận tài liệu, đúng hạn")


def test_a_chair_moves_an_item_to_a_later_session(papers: PapersStage) -> None:
    papers.adopt("tan-yen-2024").put_on_the_list()
    papers.pass_due()
    papers.phone(Cast.OFFICE).presses("Gửi tài liệu").presses("Trình chủ trì quyết định").says("Chờ số liệu").presses(
        "Gửi"
    )
    chair = papers.phone(Cast.CHAIR).presses("Chuyển sang phiên khác").presses("Phiên họp thường kỳ tháng 12")
    chair.sees("Đã chuyển sang phiên họp thường kỳ tháng 12")
    papers.phone(Cast.CONSTRUCTION_HEAD).sees_last("Đã chuyển sang", "hạn thứ")
    meeting = papers.database.transact(lambda s: meeting_by_code(s, "TK-12"))
    assert meeting is not None and papers.item().meeting_id == meeting.id
    assert papers.duty().event_at == meeting.starts_at
