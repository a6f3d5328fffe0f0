"""/caidat for the Office: the working calendar, packs and switches; and the hour of the morning's message for all."""

from datetime import date, datetime, time, timedelta

import pytest
from sqlmodel import select

from bot.clock import SetClock
from bot.files import FileStore
from bot.i18n import local_day
from bot.work import Work
from models.database import Database
from models.duties import Duty
from models.offices import posts_of
from models.people import Tenure, person_by_code
from rules.deadlines import DueRule, named_day
from rules.duties import DutyKind
from rules.workdays import WorkCalendar, at
from services import demo, duties
from services.demo import Cast
from services.duties import NewDuty
from services.regulation import regulation
from tests.conversation import Stage


@pytest.fixture
def people(database: Database, clock: SetClock, files: FileStore) -> Stage:
    stage = Stage(database, clock, files)
    stage.act(demo.load_people)
    return stage


def report(work: Work, number: int, anchor: date, days: int) -> Duty:
    head = person_by_code(work.session, Cast.FINANCE_HEAD)
    assert head
    post = posts_of(work.session, head.key, work.today)[0]
    rule = DueRule(anchor, days)
    return duties.open_duty(
        work, NewDuty(kind=DutyKind.REPORT, subject_id=number, what=f"Báo cáo {number}", post_id=post.key, rule=rule)
    )


def opening(duty: Duty, hour: int = 7, minute: int = 30) -> datetime:
    return at(named_day(duty.due_at), time(hour, minute))


def test_a_day_off_moves_the_due_days_that_it_touches_and_tells_their_owners_once(people: Stage) -> None:
    today = local_day(people.clock.now())
    third, fourth = (WorkCalendar().nth_working_day_after(today, days) for days in (3, 4))
    moving = people.act(report, 1, today, 3)
    staying = people.act(report, 2, today, 2)
    head, office = people.phone(Cast.FINANCE_HEAD), people.phone(Cast.OFFICE)
    office.says("/caidat").presses("Lịch làm việc").presses("Đặt ngày nghỉ")
    office.says(f"{third:%d/%m/%Y}").presses("Nghỉ").says("Công văn số 5/UBND-VP").presses("Gửi")
    office.sees_last("Đã dời 1 thời hạn")
    head.sees_last("Thời hạn đã thay đổi", "Báo cáo 1", f"{third:%d/%m}", f"{fourth:%d/%m}")
    assert not any("Thời hạn" in bubble and "Báo cáo 2" in bubble for bubble in head.bubbles)
    assert named_day(moving.due_at) == third and named_day(staying.due_at) < third
    office.says("/caidat").presses("Lịch làm việc")
    assert any("Công văn số 5/UBND-VP" in bubble and "nghỉ" in bubble for bubble in office.bubbles)


def test_a_rule_is_changed_from_a_day_on_and_a_slip_is_named(people: Stage) -> None:
    office = people.phone(Cast.OFFICE)
    office.says("/caidat").presses("Quy định đang áp dụng").presses("Thay đổi quy định")
    office.says("paper.days")
    office.sees_last("papers.days")
    office.says("papers.days").says("nhiều")
    assert "papers.days" in office.last.text
    office.says("4").presses("Hôm nay").says("Quy chế số 9/QC-UBND").presses("Gửi")
    office.sees_last("Đã ghi nhận, áp dụng từ")
    assert people.act(lambda work: regulation(work).switches["papers.days"]) == 4


def test_another_pack_is_adopted(people: Stage) -> None:
    office = people.phone(Cast.OFFICE)
    office.says("/caidat").presses("Quy định đang áp dụng").presses("Áp dụng gói khác")
    office.presses("Rạch Giá").presses("Hôm nay").presses("Gửi")
    office.sees_last("Đã ghi nhận")


@pytest.mark.parametrize("token", ["calendar.show:0:0:", "calendar.set:0:0:", "rules.show:0:0:", "rules.adopt:0:0:"])
def test_others_set_nothing_for_everybody(people: Stage, token: str) -> None:
    other = people.phone(Cast.FINANCE_HEAD).says("/caidat")
    assert not any("Lịch làm việc" in label for label in other.last.buttons)
    other.presses_token(token)
    other.sees_last("không")


def test_the_morning_message_comes_at_the_hour_of_ones_own(people: Stage) -> None:
    duty = people.act(report, 1, local_day(people.clock.now()), 3)
    head = people.phone(Cast.FINANCE_HEAD)
    head.says("/caidat").presses("Đổi giờ nhận tin").presses("09:00")
    head.sees_last("gửi lúc 09:00")
    before = len(head.bubbles)
    people.pass_time(to=opening(duty))
    assert len(head.bubbles) == before
    people.pass_time(to=opening(duty, 9, 0))
    head.sees_last("hạn hôm nay", "Báo cáo 1")


def test_a_new_holder_of_a_post_is_told_once_what_is_open(people: Stage) -> None:
    people.act(report, 1, local_day(people.clock.now()), 9)
    people.pass_time(by=timedelta(minutes=1))

    def succeed(work: Work) -> None:
        head, deputy = (person_by_code(work.session, code) for code in (Cast.FINANCE_HEAD, Cast.FINANCE_DEPUTY))
        assert head and deputy
        post = posts_of(work.session, head.key, work.today)[0]
        held = work.session.exec(select(Tenure).where(Tenure.post_id == post.key)).one()
        held.to_on = work.today
        work.session.add(
            Tenure(post_id=post.key, person_id=deputy.key, from_on=work.today + timedelta(days=1), to_on=None)
        )

    people.act(succeed)
    deputy = people.phone(Cast.FINANCE_DEPUTY)
    people.pass_time(by=timedelta(days=1))
    deputy.sees_last("tiếp nhận chức vụ", "Báo cáo 1")
    told = len(deputy.bubbles)
    people.pass_time(by=timedelta(minutes=5))
    assert len(deputy.bubbles) == told
    deputy.says("/viec")
    deputy.sees_last("Báo cáo 1")
