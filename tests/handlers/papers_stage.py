"""The sample body with two regular sessions, and questions about what is owed for an item of theirs."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import time, timedelta
from typing import Any

from sqlmodel import col, select

from bot.clock import SetClock
from bot.files import FileStore
from bot.work import Work
from models.agenda import AgendaItem
from models.database import Database
from models.duties import Duty
from models.meetings import Meeting, MeetingKind, meeting_by_code
from models.people import Delegation, Tenure, Unit, person_by_code, the_body
from rules.duties import DutyKind
from rules.workdays import at
from services import demo, meetings
from services.demo import Cast
from services.meetings import MeetingDetails, posts_invited_by
from tests.conversation import Phone, Stage

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

    def send_papers(self, *answers: str) -> None:
        """The head of construction: the number of a paper, no file, then what the pack asks for."""
        head = self.phone(Cast.CONSTRUCTION_HEAD)
        head.says("/viec").presses("Gửi tài liệu").presses("Đã xong").says("45/TTr-SXD").presses("Bỏ qua")
        for answer in answers:
            head.presses(answer.removeprefix("[").removesuffix("]")) if answer[0] == "[" else head.says(answer)
        self.say_complete(head)
        head.presses("Gửi")

    def say_complete(self, head: Phone) -> None:
        """Where the pack has a checklist."""
        if "Đủ các mục" in head.last.buttons:
            head.presses("Đủ các mục")

    def change_meeting(self, code: str, **changed: Any) -> None:
        self.act(_change, code, changed)

    def delegate(self, chair: str, other: str) -> None:
        """The other decides in the chair's place for a month."""
        self.act(_delegate, chair, other)

    def leave(self, *codes: str) -> None:
        """They hold no post since yesterday."""
        self.act(_leave, codes)

    def cancel_meeting(self, code: str) -> None:
        self.act(_cancel, code)

    def duty(self, kind: DutyKind = DutyKind.PAPERS) -> Duty:
        return self.database.transact(lambda s: s.exec(select(Duty).where(Duty.kind == kind)).one())

    def item(self) -> AgendaItem:
        return self.database.transact(lambda s: s.exec(select(AgendaItem).order_by(col(AgendaItem.id))).one())

    def ask_the_chair(self, reason: str) -> None:
        """The Office, from the morning's card about it."""
        self.phone(Cast.OFFICE).presses("Trình chủ trì quyết định").says(reason).presses("Gửi")

    def pass_due(self) -> None:
        """To the next working morning after papers were due."""
        self.pass_time(to=self.duty().due_at + timedelta(hours=7, minutes=30))


def _meeting(work: Work, code: str) -> Meeting:
    work.actor = person_by_code(work.session, Cast.CHIEF_OF_OFFICE)
    found = meeting_by_code(work.session, code)
    assert found is not None
    return found


def _change(work: Work, code: str, changed: dict[str, Any]) -> None:
    meeting = _meeting(work, code)
    meetings.change(work, meeting, replace(meetings.details_of(work, meeting), **changed))


def _delegate(work: Work, chair: str, other: str) -> None:
    found = [person_by_code(work.session, code) for code in (chair, other)]
    keys = [person.key for person in found if person is not None]
    until = work.today + timedelta(days=30)
    work.session.add(Delegation(from_person_id=keys[0], to_person_id=keys[1], from_on=work.today, to_on=until))


def _leave(work: Work, codes: Sequence[str]) -> None:
    for code in codes:
        person = person_by_code(work.session, code)
        assert person is not None
        for tenure in work.session.exec(select(Tenure).where(Tenure.person_id == person.id)).all():
            tenure.to_on = work.today - timedelta(days=1)


def _cancel(work: Work, code: str) -> None:
    meetings.cancel(work, _meeting(work, code), "Trùng lịch công tác")


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
