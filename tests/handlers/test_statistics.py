"""Figures of attendance: credited to whom they belong, the same from the log alone, as message, picture and book."""

from datetime import date, timedelta
from io import BytesIO

import openpyxl
import pytest
from sqlmodel import select

from bot import audit
from bot.clock import SetClock
from bot.files import FileStore
from bot.work import Work
from models.attendance import Method
from models.database import Database
from models.files import StoredFile
from models.meetings import Invitation, Meeting
from models.people import person_by_code
from rules.absence import Kind, Reason
from rules.attendance import Status
from rules.scores import Case, Tally, by_person, by_unit, total
from services import absence, attendance, decisions, statistics, substitution
from services.absence import Details
from services.demo import Cast
from services.seats import seats
from tests.handlers.office_stage import OfficeStage


@pytest.fixture
def stage(database: Database, clock: SetClock, files: FileStore) -> OfficeStage:
    return OfficeStage(database, clock, files)


def acting(work: Work, code: str) -> None:
    work.actor = person_by_code(work.session, code)


def invitation_of(work: Work, code: str, meeting: Meeting) -> Invitation:
    return next(one.invitation for one in seats(work, meeting) if one.holder is not None and one.holder.code == code)


def asks_for_substitute(work: Work, meeting: Meeting, head: str, deputy: str, chair: str) -> None:
    acting(work, head)
    substitute = person_by_code(work.session, deputy)
    assert substitute is not None
    details = Details(kind=Kind.SUBSTITUTE, reason=Reason.WORK_TRIP, substitute_id=substitute.key)
    [request] = absence.submit(work, [invitation_of(work, head, meeting)], details)
    acting(work, deputy)
    substitution.accept(work, request)
    acting(work, chair)
    decisions.approve(work, request)


def checks_in(work: Work, code: str, meeting: Meeting) -> None:
    acting(work, code)
    attendance.check_in(work, meeting, Method.SELF)


def classifies(work: Work, meeting: Meeting, code: str, status: Status) -> None:
    acting(work, Cast.OFFICE)
    found = next(one for one in seats(work, meeting) if one.holder is not None and one.holder.code == code)
    attendance.classify(work, meeting, found, status, "Theo biên bản")


def play_two_meetings(stage: OfficeStage) -> None:
    """CD-01: a substitute with consent, one late, one unknown; CD-02: one leaves, one is classified."""
    first, second = stage.meeting("CD-01"), stage.meeting("CD-02")
    stage.act(asks_for_substitute, first, Cast.FINANCE_HEAD, Cast.FINANCE_DEPUTY, Cast.CHAIR)
    stage.pass_time(to=first.starts_at - timedelta(minutes=5))
    stage.act(checks_in, Cast.FINANCE_DEPUTY, first)
    stage.pass_time(to=first.starts_at + timedelta(minutes=20))
    stage.act(checks_in, Cast.CONSTRUCTION_HEAD, first)
    stage.pass_time(to=second.starts_at - timedelta(minutes=5))
    stage.act(checks_in, Cast.FINANCE_HEAD, second)
    clerk = stage.clerk.says("/diemdanh").presses("Absent").presses("2").presses("Undo").presses("2")
    stage.pass_time(to=second.starts_at + timedelta(minutes=30))
    clerk.says("/diemdanh").presses("Leaves now").presses("1")
    stage.pass_time(to=second.ends_at + timedelta(hours=1))
    stage.act(classifies, second, Cast.CONSTRUCTION_HEAD, Status.ABSENT_UNEXCUSED)


def read(stage: OfficeStage, from_log: bool) -> list[Case]:
    def cases(work: Work) -> list[Case]:
        first, last = work.today - timedelta(days=10), work.today
        if from_log:
            return statistics.cases_from_log(work, audit.stored(work.session), first, last)
        return statistics.cases(work, first, last)

    found: list[Case] = stage.ask(cases)
    return found


def tally_of(stage: OfficeStage, code: str) -> Tally:
    person = stage.ask(lambda work: person_by_code(work.session, code))
    assert person is not None
    return by_person(read(stage, from_log=False))[person.key]


def test_who_sits_in_is_credited_and_whom_he_sits_in_for_is_not(stage: OfficeStage) -> None:
    play_two_meetings(stage)
    head, deputy = tally_of(stage, Cast.FINANCE_HEAD), tally_of(stage, Cast.FINANCE_DEPUTY)
    assert (head.expected, head.present, head.represented, head.left_midway) == (2, 1, 1, 1)
    assert (deputy.expected, deputy.present, deputy.sat_in) == (0, 0, 1)
    late = tally_of(stage, Cast.CONSTRUCTION_HEAD)
    assert (late.expected, late.present, late.late_unexcused, late.unexcused) == (2, 1, 1, 1)
    assert tally_of(stage, Cast.HEALTH_HEAD).unanswered == 1


def test_a_substitute_answers_for_his_own_lateness() -> None:
    statuses = (Status.LATE_UNEXCUSED, Status.SUBSTITUTE_RIGHT)
    tallies = by_person([Case(1, 1, date(2026, 11, 25), 7, 3, statuses, sitting_id=8)])
    assert (tallies[7].expected, tallies[7].represented, tallies[7].late) == (1, 1, 0)
    assert (tallies[8].expected, tallies[8].sat_in, tallies[8].late_unexcused) == (0, 1, 1)


def test_the_audit_log_alone_gives_the_same_cases(stage: OfficeStage) -> None:
    play_two_meetings(stage)
    stored, replayed = read(stage, from_log=False), read(stage, from_log=True)
    assert stored and replayed == stored
    assert total(replayed).figures() == total(stored).figures()
    assert {key: tally.figures() for key, tally in by_unit(replayed).items()} == {
        key: tally.figures() for key, tally in by_unit(stored).items()
    }


def test_a_meeting_that_is_not_over_or_was_cancelled_counts_nowhere(stage: OfficeStage) -> None:
    assert read(stage, from_log=False) == read(stage, from_log=True) == []


def test_the_office_reads_the_figures_and_takes_picture_and_workbook(stage: OfficeStage) -> None:
    play_two_meetings(stage)
    clerk = stage.clerk.says("thong ke")
    clerk.sees_last("Expected 5", "present 2", "by substitute 1", "not excused 1", "Sở Tài chính", "Đinh Trọng Nghĩa")
    clerk.presses("Picture")
    picture = stage.ask(
        lambda work: work.session.exec(select(StoredFile).where(StoredFile.media_type == "image/png")).one()
    )
    assert stage.files.read(picture.digest).startswith(b"\x89PNG")
    clerk.presses("Excel")
    name = clerk.last.files[0]
    assert name.endswith(".xlsx")
    stored = stage.ask(lambda work: work.session.exec(select(StoredFile).where(StoredFile.name == name)).one())
    book = openpyxl.load_workbook(BytesIO(stage.files.read(stored.digest)))
    assert book.sheetnames == ["By unit", "By person", "Evidence"]
    evidence = [[cell.value for cell in row] for row in book["Evidence"].iter_rows(min_row=4)]
    assert len(evidence) == 5
    decided = {row[2]: row[6] for row in evidence if row[4] == "absent, not excused"}
    officer = stage.ask(lambda work: person_by_code(work.session, Cast.OFFICE))
    assert officer is not None and decided == {"Đinh Trọng Nghĩa": officer.full_name}
    assert all(row[7] for row in evidence)


def test_others_read_no_figures(stage: OfficeStage) -> None:
    head = stage.head.says("/thongke")
    head.sees_last("not available to you")
    head.presses_token("statistics.workbook:0:0:month")
    head.sees_last("not available to you")


def test_a_time_that_does_not_exist_is_refused(stage: OfficeStage) -> None:
    stage.clerk.presses_token("statistics.span:0:0:century")
    stage.clerk.sees_last("out of date")
