"""The meeting day in chat: the head count before the start, the roll call, a wrong composition accepted on the spot."""

from datetime import timedelta

import pytest

from bot.clock import SetClock
from bot.files import FileStore
from bot.work import Work
from models.attendance import Method, entries_of
from models.database import Database
from models.meetings import Meeting
from models.people import person_by_code
from rules.attendance import Status
from services import attendance, roll_call
from services.demo import Cast
from services.seats import Seat, seats
from tests.conversation import Stage
from tests.handlers.office_stage import OfficeStage


@pytest.fixture
def stage(database: Database, clock: SetClock, files: FileStore) -> OfficeStage:
    """At the opening of the check-in of the meeting on the market."""
    return OfficeStage(database, clock, files)


def meeting_of(stage: OfficeStage) -> Meeting:
    return stage.meeting("CD-02")


def by_unit(stage: OfficeStage) -> dict[str, Seat]:
    found = stage.ask(lambda work: seats(work, meeting_of(stage)))
    return {seat.holder.code: seat for seat in found if seat.holder is not None}


def checks_in(work: Work, code: str, meeting: Meeting) -> Seat:
    work.actor = person_by_code(work.session, code)
    return attendance.check_in(work, meeting, Method.SELF)


def test_the_head_count_reaches_the_chair_and_is_kept_current_until_the_start(stage: OfficeStage) -> None:
    meeting = meeting_of(stage)
    chair = stage.phone(Cast.SECOND_VICE_CHAIR)
    stage.pass_time(to=meeting.starts_at - timedelta(minutes=16))
    assert not any("Head count" in bubble for bubble in chair.bubbles)
    stage.pass_time(to=meeting.starts_at - timedelta(minutes=15))
    chair.sees_last("Head count, ", "Invited 2", "present 0", "Has not answered (2)")
    shown = len(chair.bubbles)
    stage.act(checks_in, Cast.FINANCE_HEAD, meeting)
    stage.pass_time(by=timedelta(seconds=3))
    chair.sees_last("present 1", "Has not answered (1)")
    stage.pass_time(to=meeting.starts_at)
    chair.sees_last("Head count at the start", "present 1")
    assert len(chair.bubbles) == shown
    # What comes later is for the roll call; the record of the start stands.
    stage.act(checks_in, Cast.CONSTRUCTION_HEAD, meeting)
    stage.pass_time(by=timedelta(minutes=1))
    chair.sees_last("at the start", "present 1")


def test_where_nothing_can_be_edited_only_the_first_and_the_last_count_are_said(
    stage: OfficeStage, database: Database, clock: SetClock, files: FileStore
) -> None:
    meeting = meeting_of(stage)
    text = Stage(database, clock, files, "simulator_text")
    clock.move_to(meeting.starts_at - timedelta(minutes=20))
    chair = text.phone(Cast.SECOND_VICE_CHAIR).says("lich")
    text.pass_time(to=meeting.starts_at - timedelta(minutes=15))
    for code in (Cast.FINANCE_HEAD, Cast.CONSTRUCTION_HEAD):
        text.act(checks_in, code, meeting)
        text.pass_time(by=timedelta(minutes=2))
    text.pass_time(to=meeting.starts_at)
    said = [bubble for bubble in chair.bubbles if "Head count" in bubble]
    assert ["present 0" in said[0], "at the start" in said[-1], "present 2" in said[-1]] == [True] * 3
    assert len(said) == 2


def test_one_tap_a_name_and_the_rest_with_one(stage: OfficeStage) -> None:
    meeting = meeting_of(stage)
    stage.pass_time(to=meeting.starts_at - timedelta(minutes=5))
    clerk = stage.clerk.says("diem danh")
    clerk.sees_last("Roll call: ", "Present 0 of 2", "has not answered")
    clerk.presses("Absent").presses("1")
    clerk.presses("All others present")
    clerk.sees_last("Present 1 of 2", "present, in time")
    found = by_unit(stage)
    assert sorted(seat.is_present for seat in found.values()) == [False, True]
    stage.pass_time(to=meeting.starts_at + timedelta(minutes=12))
    clerk.says("/diemdanh").presses("Just arrived").presses("1")
    clerk.sees_last("late, not excused (12 minutes)", "Present 2 of 2")
    clerk.presses("Undo").presses("1")
    clerk.sees_last("Present 1 of 2")


def test_a_tap_twice_and_two_clerks_enter_it_once(stage: OfficeStage) -> None:
    meeting = meeting_of(stage)
    stage.pass_time(to=meeting.starts_at - timedelta(minutes=5))
    first, second = stage.clerk, stage.phone(Cast.CHIEF_OF_OFFICE)
    first.says("/diemdanh")
    second.says("/diemdanh")
    for clerk in (first, second, first):
        clerk.presses("2")
    assert len(stage.ask(lambda work: entries_of(work.session, meeting.key))) == 1


def test_a_name_is_found_by_a_few_letters_without_accents(stage: OfficeStage) -> None:
    stage.pass_time(to=meeting_of(stage).starts_at)
    clerk = stage.clerk.says("/diemdanh").presses("Find a name").says("khai")
    clerk.sees_last("Vũ Đình Khải", "has not answered")
    clerk.presses("Online")
    assert by_unit(stage)[Cast.FINANCE_HEAD].statuses == (Status.ONLINE,)
    clerk.says("/diemdanh").presses("Find a name").says("xyz")
    clerk.sees_last("Nobody of this meeting")


def test_who_sits_in_without_consent_is_flagged_and_accepted_by_one_tap(stage: OfficeStage) -> None:
    meeting = meeting_of(stage)
    stage.pass_time(to=meeting.starts_at - timedelta(minutes=10))
    chair = stage.phone(Cast.SECOND_VICE_CHAIR)
    stage.act(checks_in, Cast.FINANCE_DEPUTY, meeting)
    assert by_unit(stage)[Cast.FINANCE_HEAD].statuses == (Status.SUBSTITUTE_WRONG,)
    asked = next(
        bubble for bubble in chair.bubbles if "Wrong composition" in bubble and "Accept on the spot" in bubble.buttons
    )
    chair.presses("Accept", on=asked)
    assert by_unit(stage)[Cast.FINANCE_HEAD].statuses == (Status.SUBSTITUTE_RIGHT,)
    stage.phone(Cast.FINANCE_DEPUTY).sees_last("substitute, right composition")
    before = len(stage.ask(lambda work: entries_of(work.session, meeting.key)))
    chair.presses("Accept", on=asked)
    assert len(stage.ask(lambda work: entries_of(work.session, meeting.key))) == before


def test_nobody_else_calls_the_roll_or_accepts(stage: OfficeStage) -> None:
    meeting = meeting_of(stage)
    stage.pass_time(to=meeting.starts_at)
    head = stage.head.says("/diemdanh")
    head.sees_last("not available to you")
    invitation = by_unit(stage)[Cast.FINANCE_HEAD].invitation
    for token in (f"attendance.tap:{invitation.id}:0:p.0", f"attendance.accept:{invitation.id}:0:"):
        head.presses_token(token)
        head.sees_last("not available to you")
    assert not stage.ask(lambda work: entries_of(work.session, meeting.key))


def test_too_early_and_too_late_change_nothing(stage: OfficeStage) -> None:
    meeting = meeting_of(stage)
    clerk = stage.clerk.says("/diemdanh")
    clerk.sees_last("No meeting is being held today")
    clerk.presses_token(f"attendance.roll:{meeting.id}:0:p.0")
    clerk.sees_last("Nothing was recorded")
    clerk.presses_token(f"attendance.roll:{meeting.id}:0:nonsense")
    clerk.sees_last("out of date")


def test_the_code_of_the_door_checks_in_once_and_only_while_the_door_is_open(stage: OfficeStage) -> None:
    meeting = meeting_of(stage)
    clerk = stage.clerk.says("/hop").presses("2").presses("Check-in square")
    clerk.sees_last("Check-in: ", "Code: ", "Valid from 07:30")
    assert clerk.last.files == ["diem-danh-CD-02.png"]
    code = meeting_of(stage).check_in_code
    assert code is not None
    head = stage.head
    for typed in (code, f"/start hop-{code}"):
        head.says(typed)
        head.sees_last("from 30 minutes before the meeting")
    stage.pass_time(to=meeting.starts_at - timedelta(minutes=20))
    head.says(code.lower())
    head.sees_last("Checked in: 07:40", "present, in time")
    head.says(f"/start hop-{code}")
    head.sees_last("Checked in: 07:40")
    assert len(stage.ask(lambda work: entries_of(work.session, meeting.key))) == 1
    stage.phone(Cast.HEALTH_STAFF).says(code).sees_last("not invited")
    stage.stranger("citizen").says(f"/start hop-{code}")
    stage.stranger("citizen").sees_last("liên kết")
    for late in (timedelta(minutes=1), timedelta(days=1)):
        stage.pass_time(to=meeting.ends_at + late)
        stage.phone(Cast.CONSTRUCTION_HEAD).says(code).sees_last("until its end")
    assert len(stage.ask(lambda work: entries_of(work.session, meeting.key))) == 1


def test_one_reports_oneself_present_from_the_list_of_meetings(stage: OfficeStage) -> None:
    meeting = meeting_of(stage)
    head = stage.head.says("/lich")
    assert not any("I am here" in label for label in head.last.buttons)
    stage.pass_time(to=meeting.starts_at + timedelta(minutes=12))
    head.says("/lich").presses("I am here")
    head.sees_last("late, not excused (12 minutes)")


def test_a_square_that_means_nothing_says_so(stage: OfficeStage) -> None:
    stage.head.says("/start hop-AAAAAA").sees_last("no meeting with this code")


@pytest.mark.parametrize("channel", ["simulator", "simulator_text"])
def test_the_code_at_the_door_counts_whatever_else_is_open(
    stage: OfficeStage, database: Database, clock: SetClock, files: FileStore, channel: str
) -> None:
    meeting = meeting_of(stage)
    stage.clerk.presses_token(f"check_in.door:{meeting.id}:0:")
    code = meeting_of(stage).check_in_code
    assert code is not None
    stage.pass_time(to=meeting.starts_at - timedelta(minutes=20))
    head = Stage(database, clock, files, channel).phone(Cast.FINANCE_HEAD).says("nonsense").says("/vang")
    head.says(code).sees_last("Checked in: 07:40", "present, in time")


def test_somebody_else_came_and_the_chair_is_asked(stage: OfficeStage) -> None:
    meeting = meeting_of(stage)
    stage.pass_time(to=meeting.starts_at - timedelta(minutes=5))
    clerk, number = stage.clerk.says("/diemdanh"), number_of(stage, Cast.FINANCE_HEAD)
    clerk.presses("Somebody else came").presses(number)
    clerk.sees_last("Who came instead?", "Giám đốc Sở Tài chính")
    clerk.presses("Ngô Thị Thu").sees_last("Present 1 of 2", "Ngô Thị Thu (", "substitute, wrong composition")
    stage.phone(Cast.SECOND_VICE_CHAIR).sees("Wrong composition", "Ngô Thị Thu")
    # It was the head after all: who sits there now is not offered, whoever else is.
    clerk.presses("Somebody else came").presses(number)
    assert "Ngô Thị Thu" not in clerk.last.buttons
    clerk.presses("Vũ Đình Khải").sees_last("present, in time")


def test_once_the_meeting_runs_somebody_else_may_have_come_just_now(stage: OfficeStage) -> None:
    stage.pass_time(to=meeting_of(stage).starts_at + timedelta(minutes=12))
    clerk = stage.clerk.says("/diemdanh").presses("Somebody else came").presses(number_of(stage, Cast.FINANCE_HEAD))
    clerk.presses("Ngô Thị Thu, just arrived").sees_last("wrong composition, late, not excused (12 minutes)")
    key = by_unit(stage)[Cast.FINANCE_HEAD].invitation.id
    for argument in ("", "1.p", "99999.p.0", "1.z.0", "x.p.0"):
        clerk.presses_token(f"attendance.other:{key}:0:{argument}")
        clerk.sees_last("out of date")
    stage.head.presses_token(f"attendance.other:{key}:0:1.p.0")
    stage.head.sees_last("not available to you")


def number_of(stage: OfficeStage, code: str) -> str:
    """Under which number the roll call lists the seat of this person."""
    found = stage.ask(lambda work: roll_call.by_unit(work, seats(work, meeting_of(stage))))
    return next(str(number) for number, seat in enumerate(found, 1) if seat.holder and seat.holder.code == code)
