"""The sheet to sign, printed from the roll call and typed in afterwards: both times stand, and who typed it."""

from datetime import timedelta
from io import BytesIO

import docx
import pytest
from sqlmodel import select

from bot.clock import SetClock
from bot.files import FileStore
from bot.work import Work
from models.attendance import Act, AttendanceEntry, Method, entries_of
from models.database import Database
from models.files import StoredFile
from models.meetings import Meeting
from rules.attendance import Status
from services.demo import Cast
from services.seats import Seat, seats
from tests.conversation import Phone, Stage
from tests.handlers.office_stage import OfficeStage


@pytest.fixture
def stage(database: Database, clock: SetClock, files: FileStore) -> OfficeStage:
    return OfficeStage(database, clock, files)


def meeting_of(stage: OfficeStage) -> Meeting:
    return stage.meeting("CD-01")


def seat(stage: OfficeStage, code: str) -> Seat:
    found = stage.ask(lambda work: seats(work, meeting_of(stage)))
    return next(one for one in found if one.holder is not None and one.holder.code == code)


def entries(stage: OfficeStage) -> list[AttendanceEntry]:
    return list(stage.ask(lambda work: entries_of(work.session, meeting_of(stage).key)))


def typing(stage: OfficeStage) -> Phone:
    """An hour after the meeting, which lasts from 8 to 10 and invites finance, health and construction."""
    stage.pass_time(to=meeting_of(stage).ends_at + timedelta(hours=1))
    return stage.clerk.says("/diemdanh").presses("Type in the signed sheet")


def test_the_sheet_is_printed_from_the_roll_call_with_its_numbers(stage: OfficeStage) -> None:
    stage.pass_time(to=meeting_of(stage).starts_at - timedelta(minutes=40))
    clerk = stage.clerk.says("/diemdanh")
    order = [line for line in clerk.last.text.splitlines() if line[:1].isdigit()]
    clerk.presses("Sheet to print and sign")
    assert clerk.last.files == ["Danh-sach-ky-ten-CD-01.docx"]

    def read(work: Work) -> list[str]:
        file = work.session.exec(select(StoredFile).where(StoredFile.name == clerk.last.files[0])).one()
        table = docx.Document(BytesIO(work.files.read(file.digest))).tables[1]
        return [f"{row.cells[0].text}. {row.cells[1].text}".replace("\n", ", ") for row in table.rows[1:4]]

    printed = stage.ask(read)
    assert [line.startswith(one) for line, one in zip(order, printed, strict=True)] == [True] * 3


def test_what_the_sheet_says_is_kept_with_both_times_and_who_typed_it(stage: OfficeStage) -> None:
    clerk = typing(stage)
    clerk.says("1 7h55 9h30\n2 8h20\n3 vắng")
    clerk.sees_last("Taken: 3", "1 7h55 9h30 (Vũ Đình Khải)", "2 8h20 (Đinh Trọng Nghĩa)", "3 vắng (Phùng Thế Vinh)")
    clerk.presses("Done (3)")
    clerk.sees_last("From the signed sheet", "1 7h55 9h30")
    clerk.presses("Send")
    clerk.sees_last("Typed in from the sheet: 3")
    starts, now = meeting_of(stage).starts_at, stage.clock.now()
    kept = [(entry.act, entry.method, entry.at, entry.entered_at) for entry in entries(stage)]
    minutes = timedelta(minutes=1)
    assert kept == [
        (Act.CHECK_IN, Method.PAPER, starts - 5 * minutes, now),
        (Act.LEAVE, Method.PAPER, starts + 90 * minutes, now),
        (Act.CHECK_IN, Method.PAPER, starts + 20 * minutes, now),
        (Act.ABSENT, Method.PAPER, now, now),
    ]
    assert {entry.entered_by_id for entry in entries(stage)} == {clerk.person.id}
    assert seat(stage, Cast.FINANCE_HEAD).statuses == (Status.LEFT_MIDWAY,)
    assert seat(stage, Cast.CONSTRUCTION_HEAD).statuses == (Status.LATE_UNEXCUSED,)
    clerk.presses_token(f"attendance.seat:{seat(stage, Cast.CONSTRUCTION_HEAD).invitation.id}:0:")
    clerk.sees_last("08:20", "came (from the signed sheet; entered 11:00")


def test_what_cannot_be_taken_stays_to_be_seen_and_the_rest_is_kept(stage: OfficeStage) -> None:
    clerk = typing(stage)
    clerk.says("1 7h55\n2 25h\n9\n3 13h")
    clerk.sees_last("Taken: 1", "“2 25h”: not understood", "“9”: the sheet has the numbers 1 to 3", "“3 13h”: 13:00")
    clerk.says("2\n3 7h50").presses("Take back the last line").sees_last("Taken: 2")
    clerk.says("nonsense").sees_last("Taken: 2", "“nonsense”")
    clerk.presses("Done (2)").presses("Send")
    assert [seat(stage, code).is_present for code in (Cast.FINANCE_HEAD, Cast.CONSTRUCTION_HEAD, Cast.HEALTH_HEAD)] == [
        True,
        True,
        False,
    ]


def test_who_signed_for_another_is_named_by_letters(stage: OfficeStage) -> None:
    clerk = typing(stage)
    clerk.says("1 thay Nam").sees_last("nobody of this unit")
    clerk.says("1 thay N").sees_last("may be", "Ngô Thị Thu")
    clerk.says("1 thay Thu 7h58").sees_last("1 thay Thu 7h58 (Ngô Thị Thu)")
    clerk.presses("Done (1)").presses("Send")
    found = seat(stage, Cast.FINANCE_HEAD)
    assert found.sitting is not None and found.sitting.code == Cast.FINANCE_DEPUTY
    assert found.statuses == (Status.SUBSTITUTE_WRONG,)
    # The meeting is over: the Office classifies, nobody is asked to accept on the spot.
    assert not any("Wrong composition" in bubble for bubble in stage.phone(Cast.CHAIR).bubbles)


def test_typed_twice_it_is_entered_once_and_a_better_time_corrects(stage: OfficeStage) -> None:
    clerk = typing(stage)
    for lines in ("1-3", "1-3", "1 8h20"):
        clerk.says(lines).presses("Done (1)").presses("Send")
        clerk.says("/diemdanh").presses("Type in the signed sheet")
    assert len(entries(stage)) == 4
    assert seat(stage, Cast.FINANCE_HEAD).statuses == (Status.LATE_UNEXCUSED,)


def test_on_a_phone_without_buttons_the_lines_are_the_same(
    stage: OfficeStage, database: Database, clock: SetClock, files: FileStore
) -> None:
    stage.pass_time(to=meeting_of(stage).ends_at + timedelta(minutes=5))
    clerk = Stage(database, clock, files, "simulator_text").phone(Cast.OFFICE)
    clerk.says("diem danh").presses("Type in the signed sheet")
    clerk.says("1-2 7h50\n3 v").presses("Done (2)").presses("Send")
    assert len(entries(stage)) == 3


def test_nobody_else_prints_or_types(stage: OfficeStage) -> None:
    meeting = meeting_of(stage)
    stage.pass_time(to=meeting.ends_at)
    for route in ("roster.print", "roster.type"):
        stage.head.presses_token(f"{route}:{meeting.id}:0:")
        stage.head.sees_last("not available to you")
