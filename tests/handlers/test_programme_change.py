"""A change of the work programme in chat: four grounds and three texts, one tap of the chair, the history."""

from datetime import date

import pytest

from bot.clock import SetClock
from bot.files import FileStore
from models.database import Database
from rules.programme import ItemState
from services.demo import Cast
from tests.conversation import Phone, Stage
from tests.programme_stage import MARKETS, TAN_YEN, item, programme, staged
from tests.services.workbooks import load


@pytest.fixture
def tan_yen(database: Database, clock: SetClock, files: FileStore) -> Stage:
    return staged(Stage(database, clock, files), TAN_YEN, MARKETS)


def asks(stage: Stage, *, until: str = "15/12/2026") -> Phone:
    """The head of finance asks for another day, with everything that Tân Yên 3.b wants."""
    head = stage.phone(Cast.FINANCE_HEAD)
    head.says("/viec").presses("1. Chương trình công tác").presses("Xin điều chỉnh")
    head.presses("Điều chỉnh thời hạn").says(until).presses("Khách quan")
    head.says("Sở Xây dựng chưa có ý kiến").says("Thiếu ý kiến thì chưa đủ căn cứ").says("Không ảnh hưởng năm 2027")
    head.presses("Bỏ qua").presses("Gửi")
    return head


def test_the_chair_grants_with_one_tap_and_the_duty_moves(tan_yen: Stage) -> None:
    head, chair = asks(tan_yen), tan_yen.phone(Cast.CHAIR)
    head.sees_last("chờ ý kiến Chủ tịch", "gạch đầu dòng thứ hai", "Ghi số văn bản", "Rút đề nghị")
    chair.sees_last(
        "Xin ý kiến về điều chỉnh chương trình công tác",
        "Đ/c Vũ Đình Khải",
        "30/11/2026",
        "thứ Ba, 15/12/2026",
        "Sự cần thiết: Thiếu ý kiến",
        "Ảnh hưởng: Không ảnh hưởng năm 2027",
        "số sẽ bổ sung sau",
    )
    chair.presses("Đồng ý")
    chair.sees_last("Đã đồng ý điều chỉnh chương trình công tác", "Nguyễn Văn Hưng")
    head.sees_last("Đã đồng ý điều chỉnh chương trình công tác", "15/12/2026")
    assert item(tan_yen.database, "CT-01").due_on == date(2026, 12, 15)
    head.says("/viec")
    head.sees_last("15/12")


def test_the_number_of_the_letter_follows_and_stands_on_the_chairs_card(tan_yen: Stage) -> None:
    head = asks(tan_yen)
    head.presses("Ghi số văn bản").says("21/STC-VP ngày 20/11/2026")
    tan_yen.phone(Cast.CHAIR).sees_last("Văn bản: 21/STC-VP", "Đồng ý")


def test_the_chair_refuses_with_a_reason_and_nothing_moves(tan_yen: Stage) -> None:
    head, chair = asks(tan_yen), tan_yen.phone(Cast.CHAIR)
    chair.presses("Không đồng ý").says("Việc này đã lùi một lần")
    head.sees_last("Không đồng ý điều chỉnh", "Việc này đã lùi một lần")
    assert item(tan_yen.database, "CT-01").due_on == date(2026, 11, 30)
    chair.presses_token("programme.decide:1:0:grant")
    assert any("Không có gì thay đổi" in bubble for bubble in chair.bubbles)
    assert item(tan_yen.database, "CT-01").due_on == date(2026, 11, 30)


def test_a_second_import_never_breaks_what_the_chair_granted(tan_yen: Stage) -> None:
    asks(tan_yen)
    tan_yen.phone(Cast.CHAIR).presses("Đồng ý")
    tan_yen.act(load, programme(MARKETS))
    assert item(tan_yen.database, "CT-01").due_on == date(2026, 12, 15)


def test_one_change_waits_at_a_time_and_can_be_withdrawn(tan_yen: Stage) -> None:
    head = asks(tan_yen)
    asks(tan_yen, until="20/12/2026")
    head.sees_last("đang có một đề nghị điều chỉnh")
    head.presses("Hủy").presses("Rút đề nghị")
    head.sees("đã rút")
    tan_yen.phone(Cast.CHAIR).sees("đã rút")


def test_an_item_that_is_done_is_submitted_and_its_change_is_over(tan_yen: Stage) -> None:
    head = asks(tan_yen)
    head.says("/viec").presses("1. Chương trình công tác").presses("Đã xong")
    head.says("30/TTr-STC").presses("Bỏ qua").presses("Bỏ qua").presses("Gửi")
    found = item(tan_yen.database, "CT-01")
    assert (found.state, found.submitted_on) == (ItemState.SUBMITTED, date(2026, 11, 18))
    chair = tan_yen.phone(Cast.CHAIR)
    chair.presses("Đồng ý")
    assert "đã rút" in chair.last.text


def test_where_no_pack_names_grounds_a_reason_is_enough(database: Database, clock: SetClock, files: FileStore) -> None:
    stage = staged(Stage(database, clock, files), "gia-binh-2022", MARKETS)
    head = stage.phone(Cast.FINANCE_HEAD)
    head.says("/viec").presses("1. Chương trình công tác").presses("Xin điều chỉnh")
    head.presses("Đưa ra khỏi chương trình").says("Trung ương đã có đề án chung").presses("Bỏ qua").presses("Gửi")
    stage.phone(Cast.CHAIR).presses("Đồng ý")
    assert item(database, "CT-01").state is ItemState.DROPPED
    head.says("/viec")
    head.sees_last("không có việc nào")


def test_the_chair_finds_it_among_what_waits_with_what_was_decided_before(tan_yen: Stage) -> None:
    asks(tan_yen)
    chair = tan_yen.phone(Cast.CHAIR)
    chair.presses("Đồng ý")
    asks(tan_yen, until="20/12/2026")
    chair.sees_last("Trước đây: điều chỉnh thời hạn 30/11/2026 → 15/12/2026, đã đồng ý ngày 18/11/2026")
    chair.says("/duyet").presses("1")
    chair.sees_last("Xin ý kiến về điều chỉnh chương trình công tác", "Đồng ý", "Không đồng ý")


@pytest.mark.parametrize("act", ["grant", "refuse", ""])
def test_nobody_but_the_chair_decides(tan_yen: Stage, act: str) -> None:
    asks(tan_yen)
    other = tan_yen.phone(Cast.CONSTRUCTION_HEAD)
    other.presses_token(f"programme.decide:1:0:{act}")
    assert "Đề án" not in other.last.text
    assert item(tan_yen.database, "CT-01").due_on == date(2026, 11, 30)
