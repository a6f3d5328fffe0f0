"""Bad input on the meeting day: odd clocks, past midnight, nobody calls the roll, and a hall of 300."""

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlmodel import select

from bot.clock import SetClock
from bot.files import FileStore
from bot.work import Work
from models.attendance import Method, entries_of
from models.database import Database
from models.duties import duty_about
from models.meetings import Invitation, Meeting, MeetingKind
from models.people import Person, Post, Tenure, Unit, UnitKind, person_by_code
from rules.absence import Rank
from rules.attendance import Status
from rules.duties import DutyKind, DutyState
from rules.meetings import MeetingOverError
from rules.text import fold
from services import attendance, meetings
from services.demo import Cast
from services.meetings import MeetingDetails
from services.seats import Seat, seats
from tests.bubbles import Bubble
from tests.conversation import Phone, Stage
from tests.handlers.office_stage import OfficeStage

HALL = 300


@pytest.fixture
def stage(database: Database, clock: SetClock, files: FileStore) -> OfficeStage:
    return OfficeStage(database, clock, files)


def seat(stage: OfficeStage, code: str, meeting: str = "CD-02") -> Seat:
    found = stage.ask(lambda work: seats(work, stage_meeting(work, meeting)))
    return next(one for one in found if one.holder is not None and one.holder.code == code)


def stage_meeting(work: Work, code: str) -> Meeting:
    return work.session.exec(select(Meeting).where(Meeting.code == code)).one()


def state_of(stage: OfficeStage) -> DutyState:
    duty = stage.ask(lambda work: duty_about(work.session, DutyKind.CLASSIFY, stage_meeting(work, "CD-02").key))
    assert duty is not None
    return duty.state


def test_if_nobody_calls_the_roll_the_office_hears_it_once_and_owes_the_rest(stage: OfficeStage) -> None:
    stage.pass_time(to=stage.meeting("CD-02").ends_at + timedelta(minutes=1))
    stage.pass_time(by=timedelta(minutes=5))
    clerk, chief = stage.clerk, stage.phone(Cast.CHIEF_OF_OFFICE)
    told = [bubble for bubble in clerk.bubbles if "The meeting is over" in bubble and "Mẫu Trung" in bubble]
    assert len(told) == 1
    assert "Nobody called the roll" in told[0] and "Still to be classified: 2" in told[0]
    chief.says("/viec").presses("2. Classify who is open").presses("Open")
    chief.sees_last("Still to be classified: 2", "has not answered")
    for number, code in enumerate((Cast.FINANCE_HEAD, Cast.CONSTRUCTION_HEAD)):
        assert state_of(stage) is DutyState.OPEN, number
        chief.presses_token(f"attendance.seat:{seat(stage, code).invitation.id}:0:")
        chief.presses("Classify").presses("Has not answered").says("Theo biên bản")
    assert state_of(stage) is DutyState.DONE
    assert "Mẫu Trung" not in chief.says("/viec").last


def test_the_signed_sheet_settles_it_too(stage: OfficeStage) -> None:
    stage.pass_time(to=stage.meeting("CD-02").ends_at + timedelta(minutes=1))
    clerk = stage.clerk.says("/diemdanh").presses("Type in the signed sheet").says("1 7h55\n2 v")
    clerk.presses("Done (2)").presses("Send")
    # Who was marked absent and had not answered still waits for a human's word.
    assert state_of(stage) is DutyState.OPEN
    clerk.says("/diemdanh").presses("Just arrived").presses("2")
    assert state_of(stage) is DutyState.DONE


@pytest.mark.parametrize("skew", [timedelta(hours=-7), timedelta(hours=7), timedelta(days=400)])
def test_the_clock_of_the_telephone_does_not_count(stage: OfficeStage, skew: timedelta) -> None:
    meeting = stage.meeting("CD-02")
    stage.clerk.presses_token(f"check_in.door:{meeting.id}:0:")
    code = stage.meeting("CD-02").check_in_code
    stage.pass_time(to=meeting.starts_at + timedelta(minutes=12))
    sent = (stage.clock.now() + skew).isoformat()
    head = stage.head
    stage.receive(head.address, {"kind": "text", "text": code, "sent_at": sent})
    [entry] = stage.ask(lambda work: entries_of(work.session, meeting.key))
    assert entry.at == entry.entered_at == stage.clock.now()
    assert seat(stage, Cast.FINANCE_HEAD).statuses == (Status.LATE_UNEXCUSED,)


def test_a_meeting_may_run_past_midnight(stage: OfficeStage) -> None:
    evening = stage.meeting("CD-02").starts_at + timedelta(hours=14)
    stage.change("CD-02", starts_at=evening, ends_at=evening + timedelta(hours=4))
    stage.pass_time(to=evening - timedelta(minutes=5))
    head = stage.head.says("/lich").presses("I am here")
    head.sees_last("Checked in: 21:55", "present, in time")
    stage.pass_time(to=evening + timedelta(hours=2, minutes=30))
    other = stage.phone(Cast.CONSTRUCTION_HEAD).says("/lich").presses("I am here")
    other.sees_last("late, not excused (150 minutes)")
    clerk = stage.clerk.says("/diemdanh")
    clerk.sees_last("Present 2 of 2")
    clerk.presses("Leaves now").presses("1")
    stage.pass_time(to=evening + timedelta(hours=4, minutes=1))
    clerk.sees("The meeting is over", "Mẫu Trung")
    clerk.says("/diemdanh").presses("Type in the signed sheet").says("1 22h 1h45").presses("Done (1)").presses("Send")
    [came, left] = list(seat(stage, Cast.FINANCE_HEAD).entries)[-2:]
    assert [moment.at - evening for moment in (came, left)] == [timedelta(), timedelta(hours=3, minutes=45)]


def test_once_begun_it_is_not_moved_and_once_over_it_is_put_right_not_reopened(stage: OfficeStage) -> None:
    meeting = stage.meeting("CD-02")
    stage.pass_time(to=meeting.ends_at + timedelta(minutes=1))
    with pytest.raises(MeetingOverError):
        stage.change("CD-02", ends_at=meeting.ends_at + timedelta(hours=1))
    before = stage.phone(Cast.CONSTRUCTION_HEAD).count("After the meeting")
    clerk = stage.clerk.says("/diemdanh").presses("All others present")
    clerk.sees_last("Present 2 of 2")
    stage.pass_time(by=timedelta(minutes=5))
    assert stage.phone(Cast.CONSTRUCTION_HEAD).count("After the meeting") == before == 1
    stage.pass_time(to=meeting.ends_at + timedelta(days=4))
    clerk.presses_token(f"attendance.roll:{meeting.id}:0:p.0").sees_last("until three days after it")


def crowd(work: Work, size: int = HALL) -> int:
    """A conference of so many communes with long names; the key of the meeting."""
    post_ids = []
    for number in range(1, size + 1):
        unit = Unit(code=f"X{number:03}", name=f"Ủy ban nhân dân xã Mẫu Thượng {number}", kind=UnitKind.COMMUNE)
        name = f"Nguyễn Thị Thanh Phương {number}"
        person = Person(code=f"X{number:03}01", full_name=name, folded_name=fold(name), language="vi")
        work.session.add_all([unit, person])
        work.session.flush()
        title = f"Phó Chủ tịch Thường trực UBND xã Mẫu Thượng {number}"
        post = Post(code=person.code, title=title, unit_id=unit.key, rank=Rank.HEAD)
        work.session.add(post)
        work.session.flush()
        work.session.add(Tenure(post_id=post.key, person_id=person.key, from_on=date(2020, 1, 1), is_taken_up=True))
        post_ids.append(post.key)
    chair = person_by_code(work.session, Cast.CHAIR)
    host = work.session.exec(select(Unit).where(Unit.code == "VP")).one()
    assert chair is not None
    details = MeetingDetails(
        code="HN-300",
        title="Hội nghị toàn tỉnh quán triệt nhiệm vụ năm 2027 với UBND các xã, phường",
        kind=MeetingKind.CONFERENCE,
        starts_at=work.now + timedelta(days=3),
        ends_at=work.now + timedelta(days=3, hours=3),
        place="Hội trường lớn",
        chair_id=chair.key,
        host_unit_id=host.key,
        post_ids=post_ids,
    )
    return meetings.plan(work, details).key


def test_in_a_hall_of_three_hundred_only_ones_own_seat_is_worked_out(stage: OfficeStage) -> None:
    key = stage.act(crowd)
    stage.clock.move_to(stage.meeting("HN-300").starts_at)

    def comes(work: Work) -> tuple[str, int]:
        work.actor = person_by_code(work.session, "X17001")
        seat = attendance.check_in(work, work.session.get_one(Meeting, key), Method.QR)
        known = [row for row in work.session.identity_map.values() if isinstance(row, Invitation)]
        return seat.post.code, len(known)

    assert stage.act(comes) == ("X17001", 1)


def test_the_roll_of_sixty_is_called_with_twenty_taps(stage: OfficeStage) -> None:
    """At three seconds each it takes a minute; the aim is two."""
    key = stage.act(crowd, 60)
    stage.clock.move_to(stage.meeting("HN-300").starts_at + timedelta(minutes=12))
    clerk, taps = stage.clerk.says("/diemdanh"), 0

    def tap(*labels: str) -> None:
        nonlocal taps
        for label in labels:
            clerk.presses(label)
            taps += 1

    tap("Absent", "3", "17", "Next", "28", "Next", "55")
    tap("Just arrived", "41", "60", "Earlier", "22", "Online", "30", "Somebody else came", "21")
    # Nobody else is known there: said, and the list goes on.
    clerk.sees_last("Nobody else of this unit")
    clerk.says("/diemdanh")
    tap("All others present")
    clerk.sees_last("Present 56 of 60")
    assert taps <= 20
    found = stage.ask(lambda work: seats(work, work.session.get_one(Meeting, key)))
    late = [number for number, one in enumerate(found, 1) if Status.LATE_UNEXCUSED in one.statuses]
    missed = [number for number, one in enumerate(found, 1) if one.is_missed]
    assert (late, missed) == ([22, 41, 60], [3, 17, 28, 55])
    assert found[29].statuses == (Status.ONLINE,)


def fits(bubble: Bubble, most: int) -> None:
    assert len(bubble.text) <= most, f"{len(bubble.text)} characters: {bubble.text[:200]}"
    assert len(bubble.buttons) <= 90


def shows(phone: Phone, most: int, act: Callable[[], object]) -> None:
    """What the act shows fits one message."""
    before = len(phone.bubbles)
    act()
    assert len(phone.bubbles) - before <= 1, [len(bubble.text) for bubble in phone.bubbles[before:]]
    fits(phone.last, most)


@pytest.mark.parametrize(("channel", "most"), [("simulator", 4096), ("simulator_text", 1900)])
def test_three_hundred_fit_every_screen(
    office: OfficeStage, clock: SetClock, files: FileStore, channel: str, most: int
) -> None:
    key = office.act(crowd)
    stage = Stage(office.database, clock, files, channel)
    clerk, chair = stage.phone(Cast.OFFICE), stage.phone(Cast.CHAIR)
    starts = office.meeting("HN-300").starts_at
    stage.pass_time(to=starts - timedelta(minutes=20))
    for phone in (clerk, chair):
        phone.says("lich")
    stage.pass_time(to=starts - timedelta(minutes=14))
    fits(chair.sees("Head count", "Invited 300"), most)
    shows(clerk, most, lambda: clerk.says("diem danh"))
    shows(clerk, most, lambda: clerk.presses("Absent"))
    shows(clerk, most, lambda: clerk.presses("Next page"))
    number = re.search(r"^(\d+)\. ", clerk.last.text, re.MULTILINE)
    assert number is not None
    # Without buttons the line's own number is typed.
    choose = clerk.presses if number[1] in clerk.last.buttons else clerk.says
    shows(clerk, most, lambda: choose(number[1]))
    shows(clerk, most, lambda: clerk.presses("All others present"))
    clerk.sees_last("Present 299 of 300")
    clerk.presses("Find a name").says("phuong 30")
    clerk.sees("Nguyễn Thị Thanh Phương 300")
    stage.pass_time(to=starts + timedelta(hours=3, minutes=1))
    fits(clerk.sees("The meeting is over", "quán triệt"), most)
    review = {"kind": "press", "token": f"attendance.review:{key}:0:", "message_id": "0"}
    shows(clerk, most, lambda: stage.receive(clerk.address, review))
    shows(clerk, most, lambda: clerk.presses("Next page"))
