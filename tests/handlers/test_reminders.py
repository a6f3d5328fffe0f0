"""Reminders by the chair in chat: recorded with a document, told, warned of at two, listed at three, withdrawn."""

from datetime import timedelta

import pytest

from bot.clock import SetClock
from bot.files import FileStore
from bot.work import Work
from models.database import Database
from models.people import Switch, person_by_code, the_body
from rules.duties import DutyKind
from services import demo, reminders
from services.demo import Cast
from tests.conversation import Phone, Stage
from tests.handlers.test_duties import owed


def staged(stage: Stage, pack: str, **switches: str) -> Stage:
    stage.act(demo.load_people)

    def begin(work: Work) -> None:
        body = the_body(work.session)
        assert body is not None
        body.pack_id = pack
        for name, value in switches.items():
            work.session.add(Switch(name=f"reminders.{name}", value=value, from_on=work.today))

    stage.act(begin)
    return stage


@pytest.fixture
def tu_ky(database: Database, clock: SetClock, files: FileStore) -> Stage:
    return staged(Stage(database, clock, files), "tu-ky-2023")


def records(stage: Stage, number: str, on: str = "17/11/2026", who: str = "Vũ Đình Khải") -> Phone:
    """The Office enters one about the head of finance, or somebody else."""
    office = stage.phone(Cast.OFFICE)
    office.says("/nhacnho").presses("Ghi nhận lần nhắc nhở").says(who).presses(who)
    office.says(number).says(on).says("Chậm báo cáo, đã nhắc trực tiếp").presses("Gửi")
    return office


def test_who_is_reminded_is_told_and_the_first_says_nothing_to_internal_affairs(tu_ky: Stage) -> None:
    records(tu_ky, "45/TB-UBND").sees_last("Đã ghi nhận", "1 lần nhắc nhở trong năm 2026")
    tu_ky.phone(Cast.FINANCE_HEAD).sees_last(
        "Chủ tịch nhắc nhở đồng chí", "45/TB-UBND, ngày 17/11/2026", "Bùi Thu Trang ghi nhận"
    )
    assert tu_ky.phone(Cast.INTERNAL_AFFAIRS).bubbles == []


def test_the_second_warns_and_the_third_brings_the_list(tu_ky: Stage) -> None:
    head, affairs = tu_ky.phone(Cast.FINANCE_HEAD), tu_ky.phone(Cast.INTERNAL_AFFAIRS)
    records(tu_ky, "45/TB-UBND", "05/03/2026")
    records(tu_ky, "60/TB-UBND", "10/08/2026")
    head.sees_last(
        "2 lần nhắc nhở trong năm 2026", "45/TB-UBND", "60/TB-UBND", "Từ 3 lần trở lên", "gạch đầu dòng thứ sáu"
    )
    affairs.sees_last("Còn một lần nhắc nhở nữa", "Vũ Đình Khải", "45/TB-UBND", "60/TB-UBND")
    records(tu_ky, "Biên bản 12", "17/11/2026")
    affairs.sees_last("đề nghị xem xét", "3 lần nhắc nhở trong năm 2026", "45/TB-UBND", "60/TB-UBND", "Biên bản 12")
    affairs.sees_last("tin nhắc việc của hệ thống không tính", "ngày 05/03/2026", "Bùi Thu Trang ghi nhận")


def test_another_year_is_another_count(tu_ky: Stage) -> None:
    records(tu_ky, "45/TB-UBND", "20/12/2025")
    records(tu_ky, "60/TB-UBND", "10/08/2026")
    assert tu_ky.phone(Cast.INTERNAL_AFFAIRS).bubbles == []


def test_a_body_may_count_twelve_months_or_units(database: Database, clock: SetClock, files: FileStore) -> None:
    stage = staged(Stage(database, clock, files), "tu-ky-2023", period="rolling_year", scope="unit", threshold="2")
    affairs = stage.phone(Cast.INTERNAL_AFFAIRS)
    records(stage, "45/TB-UBND", "20/12/2025")
    affairs.sees_last("Còn một lần", "Sở Tài chính: 1 lần nhắc nhở trong 12 tháng đến 20/12/2025")
    records(stage, "60/TB-UBND", "10/08/2026", who="Ngô Thị Thu")
    affairs.sees_last("Sở Tài chính: 2 lần nhắc nhở", "đ/c Vũ Đình Khải", "đ/c Ngô Thị Thu")


def test_a_wrong_entry_is_withdrawn_with_a_reason_and_both_are_kept(tu_ky: Stage) -> None:
    records(tu_ky, "45/TB-UBND", "05/03/2026")
    office = records(tu_ky, "60/TB-UBND", "10/08/2026")
    affairs, head = tu_ky.phone(Cast.INTERNAL_AFFAIRS), tu_ky.phone(Cast.FINANCE_HEAD)
    office.says("nhắc nhở").presses("1. Vũ Đình Khải").presses("Rút lần 1").says("Nhầm người")
    office.sees_last("1 lần nhắc nhở trong năm 2026", "45/TB-UBND", "đã rút lúc", "Nhầm người", "60/TB-UBND")
    head.sees_last("Đã rút một lần ghi nhận", "45/TB-UBND", "Nhầm người")
    affairs.sees_last("Đã rút: 45/TB-UBND", "1 lần nhắc nhở")
    office.presses_token("reminders.withdraw:1:0:").says("Lần nữa")
    office.sees_last("Lần ghi nhận này đã rút")


def test_the_same_document_is_not_recorded_twice(tu_ky: Stage) -> None:
    records(tu_ky, "45/TB-UBND")
    records(tu_ky, "45/tb-ubnd").sees_last("đã được ghi nhận đối với đ/c Vũ Đình Khải")


def test_a_reminder_of_the_bot_never_counts(tu_ky: Stage) -> None:
    head_phone = tu_ky.phone(Cast.FINANCE_HEAD)
    task = tu_ky.act(owed, DutyKind.TASK, 1, 1, "Rà soát chợ")
    tu_ky.pass_time(to=task.due_at - timedelta(hours=10))

    def counted(work: Work) -> int:
        head = person_by_code(work.session, Cast.FINANCE_HEAD)
        assert head is not None
        return len(reminders.current(work, head).cases)

    head_phone.sees_last("hạn hôm nay", "Rà soát chợ")
    assert tu_ky.act(counted) == 0


def test_without_a_clause_it_is_kept_and_told_but_nothing_follows(
    database: Database, clock: SetClock, files: FileStore
) -> None:
    stage = staged(Stage(database, clock, files), "gia-binh-2022")
    for number in ("1", "2", "3"):
        records(stage, f"{number}/TB-UBND")
    stage.phone(Cast.FINANCE_HEAD).sees_last("3 lần nhắc nhở trong năm 2026")
    assert stage.phone(Cast.INTERNAL_AFFAIRS).bubbles == []


@pytest.mark.parametrize("token", ["/nhacnho:0:0:", "reminders.new:0:0:", "reminders.person:1:0:"])
def test_others_see_nothing_of_it(tu_ky: Stage, token: str) -> None:
    records(tu_ky, "45/TB-UBND")
    other = tu_ky.phone(Cast.HEALTH_HEAD)
    other.presses_token(token)
    other.sees_last("không")
    assert "45/TB-UBND" not in other.last.text
    other.says("/menu")
    assert not any("Nhắc nhở của Chủ tịch" in label for label in other.last.buttons)
