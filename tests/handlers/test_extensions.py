"""Extensions in chat: in time and late, with a number that follows, decided with one tap, their history kept."""

from datetime import date, time

import pytest

from rules.workdays import at
from services.demo import Cast
from tests.conversation import Stage
from tests.handlers.task_stage import duty, given, morning, under


def test_an_extension_in_time_waits_for_its_number_and_is_granted_with_one_tap(town: Stage) -> None:
    task = town.act(given, date(2026, 11, 30))
    chair, head = town.phone(Cast.CHAIR), town.phone(Cast.FINANCE_HEAD)
    head.presses("Xin gia hạn").says("7/12/2026").says("Chờ số liệu của các xã").presses("Bỏ qua").presses("Gửi")
    head.sees_last("Đề nghị gia hạn: chờ văn bản", "Còn trong hạn xin gia hạn (đến hết thứ Sáu 27/11)")
    assert not any("Xin ý kiến: gia hạn" in bubble for bubble in chair.bubbles)
    town.pass_time(to=morning(date(2026, 11, 28)))
    head.presses("Nhập số văn bản").says("88/STC-VP")
    # The chat fixed the time; the number may come after the last lawful day (A2).
    chair.sees_last("Xin ý kiến: gia hạn", "88/STC-VP", "Chờ số liệu", "Còn trong hạn", "đoạn thứ hai")
    chair.presses("Đồng ý")
    chair.sees_last("đã đồng ý lúc")
    assert not chair.last.buttons
    head.sees_last("Đã được gia hạn", "thứ Hai 07/12/2026")
    assert duty(town, task).due_at == at(date(2026, 12, 8), time())


def test_the_last_lawful_moment_is_announced_and_a_later_request_is_taken_but_marked(town: Stage) -> None:
    town.act(given, date(2026, 11, 30))
    chair, head = town.phone(Cast.CHAIR), town.phone(Cast.FINANCE_HEAD)
    town.pass_time(to=morning(date(2026, 11, 26)))
    head.sees_last("Sắp hết thời hạn xin gia hạn", "chậm nhất hết thứ Sáu 27/11", "Xin gia hạn")
    town.pass_time(to=at(date(2026, 11, 29), time(9)))
    head.presses("Xin gia hạn").says("4/12/2026").says("Mưa lũ").says("90/STC").presses("Gửi")
    head.sees_last("chờ ý kiến", "Quá hạn xin gia hạn (hạn đến hết thứ Sáu 27/11)", "đoạn thứ hai")
    chair.sees_last("Quá hạn xin gia hạn")
    chair.presses("Không đồng ý").says("Đã gia hạn một lần")
    head.sees_last("Không được gia hạn", "Đã gia hạn một lần", "Hạn thứ Hai 30/11")


def test_asking_again_replaces_what_nobody_has_decided_and_history_is_shown(town: Stage) -> None:
    town.act(given, date(2026, 12, 4))
    chair, head = town.phone(Cast.CHAIR), town.phone(Cast.FINANCE_HEAD)
    head.presses("Xin gia hạn").says("7/12/2026").says("Chờ số liệu").says("88/STC").presses("Gửi")
    first = chair.last
    head.presses("Xin gia hạn").says("10/12/2026").says("Chờ thêm số liệu").says("89/STC").presses("Gửi")
    head.sees_last("được thay bằng đề nghị này")
    chair.sees_last("10/12/2026", "Lần trước", "đến 07/12/2026, đã thay bằng đề nghị sau")
    chair.presses_token("extension.grant:1:0:", first.id)
    chair.sees("đã thay bằng đề nghị sau", "Không có gì thay đổi", "đến thứ Hai 07/12/2026")
    chair.presses("Đồng ý")
    chair.presses_token("extension.grant:2:0:")
    chair.sees("đã đồng ý", "Không có gì thay đổi")
    assert len([bubble for bubble in head.bubbles if "Đã được gia hạn" in bubble]) == 1


def test_a_task_that_is_done_takes_its_open_request_along(town: Stage) -> None:
    town.act(given, date(2026, 12, 4))
    chair, head = town.phone(Cast.CHAIR), town.phone(Cast.FINANCE_HEAD)
    head.presses("Xin gia hạn").says("7/12/2026").says("Chờ số liệu").says("88/STC").presses("Gửi")
    head.presses("Đã xong").says("15/BC").says("Xong").presses("Bỏ qua").presses("Gửi")
    chair.presses_token("extension.grant:1:0:")
    chair.sees("hết hiệu lực, nhiệm vụ đã kết thúc", "Không có gì thay đổi")


def test_nobody_else_decides_on_an_extension(town: Stage) -> None:
    town.act(given, date(2026, 12, 4))
    head, other = town.phone(Cast.FINANCE_HEAD), town.phone(Cast.HEALTH_HEAD)
    head.presses("Xin gia hạn").says("7/12/2026").says("Chờ số liệu").says("88/STC").presses("Gửi")
    for token in ("extension.grant:1:0:", "extension.refuse:1:0:", "extension.open:1:0:", "extension.document:1:0:"):
        other.presses_token(token)
        assert "Chờ số liệu" not in other.last
        other.sees_last("không")


@pytest.mark.parametrize("pack", ["gia-binh-2022", "rach-gia-2024", "quoc-gia"])
def test_where_no_clause_sets_a_day_an_extension_is_asked_without_a_number(town: Stage, pack: str) -> None:
    under(town, pack)
    town.act(given, date(2026, 11, 30))
    chair, head = town.phone(Cast.CHAIR), town.phone(Cast.FINANCE_HEAD)
    assert "Không thuộc thẩm quyền" not in head.last.buttons and "chậm nhất hết" not in head.last
    head.presses("Xin gia hạn").says("7/12/2026").says("Chờ số liệu").presses("Bỏ qua").presses("Gửi")
    chair.sees_last("Xin ý kiến: gia hạn", "từ 30/11/2026 đến thứ Hai 07/12/2026")
    assert "hạn xin gia hạn" not in chair.last
    assert "Quyết định số 12/QĐ-UBND" not in chair.last.text + head.last.text
