"""An asker who abuses the hotline is kept out for a while, told so once a day, and let in again."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlmodel import select

from bot.files import FileStore
from models.audit import AuditEntry
from models.drafts import Draft
from models.hotline_blocks import HotlineBlock
from models.outbox import OutboxMessage
from services.demo import Cast
from tests.conversation import Phone
from tests.databases import SqliteFiles, opened
from tests.handlers.hotline_stage import HotlineStage
from tests.handlers.task_stage import morning

PHONE = "0200 3000 101"
KEPT_OUT = "chưa tiếp nhận câu hỏi từ cuộc trò chuyện này"


@pytest.fixture
def stage(sqlite_files: SqliteFiles, tmp_path: Path, files: FileStore) -> Iterator[HotlineStage]:
    with sqlite_files.fresh() as url, opened(url) as database:
        yield HotlineStage(database, files)


def blocked(stage: HotlineStage) -> Phone:
    """A citizen whom the owner of his question has blocked, for a week, in the middle of another one."""
    citizen, owner = stage.asked(), stage.on_duty()
    owner.presses("Nhận xử lý")
    citizen.says("Lời lẽ xúc phạm").presses("Câu hỏi mới")
    owner.presses("Chặn người hỏi").says("Xúc phạm cán bộ").presses("Gửi")
    owner.sees("Đã chặn người hỏi: đến 08 giờ 00, thứ Sáu 27/11")
    return citizen


def test_a_blocked_chat_is_told_once_a_day_and_nothing_of_it_is_kept(stage: HotlineStage) -> None:
    citizen = blocked(stage)
    seen = len(citizen.bubbles)
    citizen.says("Phường Mẫu Trung").sees_last(KEPT_OUT, PHONE, "113", "27/11")
    citizen.says("Lại hỏi").says("/hotline").attaches("anh.jpg", b"picture", "xem đi")
    assert len(citizen.bubbles) == seen + 1
    citizen.says(f"tra cứu {stage.ticket.code}").presses("Bổ sung").sees_last("Câu hỏi số 1")
    assert stage.ticket.number == 1
    assert not stage.database.transact(lambda session: session.exec(select(Draft)).all())
    stage.clock.move_to(morning(date(2026, 11, 23)))
    citizen.says("Hôm sau").sees_last(KEPT_OUT)
    assert citizen.count(KEPT_OUT) == 2
    stage.clock.move_to(stage.ticket.opened_at + timedelta(days=7, minutes=1))
    citizen.says("Hỏi lịch tiếp dân").presses("Câu hỏi mới").presses("Phường Mẫu Trung")
    assert stage.ticket.number == 2


def test_an_old_button_is_answered_once_too(stage: HotlineStage) -> None:
    citizen = blocked(stage)
    number, seen = stage.ticket.id, len(citizen.bubbles)
    for route in ("supply", "settled", "reopen", "rate", "supply"):
        citizen.presses_token(f"ticket.{route}:{number}:0:")
    citizen.says("Phường Mẫu Trung")
    assert len(citizen.bubbles) == seen + 1
    citizen.sees_last(KEPT_OUT)


def test_the_reason_is_shown_to_whom_it_is_about_and_goes_with_his_data_the_block_does_not(stage: HotlineStage) -> None:
    citizen = blocked(stage).says("/dulieu").presses("Xem")
    citizen.sees_last("bị chặn lúc", "Xúc phạm cán bộ")
    citizen.says("/dulieu").presses("Xóa").presses("Xóa toàn bộ").sees_last("Đã xóa")
    [block] = stage.database.transact(lambda session: session.exec(select(HotlineBlock)).all())
    assert not block.reason
    sent = stage.database.transact(lambda session: session.exec(select(OutboxMessage)).all())
    assert not [row for row in sent if "Xúc phạm cán bộ" in str(row.payload)]
    stage.phone(Cast.OFFICE).says("/hotline").presses("Danh sách chặn (1)").sees_last("lý do đã được xóa")
    citizen.says("Hỏi lịch tiếp dân").sees_last(KEPT_OUT)


def test_what_is_kept_of_him_he_corrects_and_withdraws_all_the_same(stage: HotlineStage) -> None:
    citizen, owner = blocked(stage), stage.on_duty()
    seen = len(owner.bubbles)
    citizen.says("/dulieu").presses("Sửa").presses("Sửa câu hỏi số 1").says("Cho hỏi giờ làm việc")
    citizen.sees_last("Đã sửa câu hỏi số 1")
    assert stage.ticket.question == "Cho hỏi giờ làm việc"
    assert len(owner.bubbles) == seen
    owner.sees("Cho hỏi giờ làm việc", "Người hỏi sửa nội dung câu hỏi")
    citizen.says("/dulieu").presses("Sửa").presses("Rút câu hỏi số 1").sees_last("Đã rút câu hỏi số 1")
    owner.sees_last("Người hỏi rút câu hỏi")
    citizen.says("Hỏi lịch tiếp dân").sees_last(KEPT_OUT)


def test_help_and_the_chair_are_never_out_of_reach(stage: HotlineStage) -> None:
    citizen = blocked(stage)
    for text in ("nhà tôi đang cháy", "tôi tố cáo cán bộ nhận hối lộ"):
        seen = len(citizen.bubbles)
        citizen.says(text)
        assert len(citizen.bubbles) > seen
        assert KEPT_OUT not in citizen.last.text


def test_only_the_leader_blocks_without_end_and_leader_or_office_lift_it(stage: HotlineStage) -> None:
    citizen, leader = stage.asked(), stage.leader()
    stage.on_duty().presses("Nhận xử lý")
    leader.presses_token(f"ticket.open:{stage.ticket.id}:0:").presses("Chặn người hỏi").says("Quấy rối nhiều lần")
    leader.presses("Không thời hạn").presses("Gửi").sees("Đã chặn người hỏi: không thời hạn")
    assert "Chặn người hỏi" not in leader.last.buttons
    clerk = stage.phone(Cast.OFFICE).says("/hotline").presses("Danh sách chặn (1)")
    clerk.sees_last("Phường Mẫu Trung, câu hỏi số 1, không thời hạn: Quấy rối nhiều lần", "Đoàn Thị Kim Oanh")
    stage.phone("MDO01").says("/hotline")
    assert "Danh sách chặn (1)" not in stage.phone("MDO01").last.buttons
    stage.clock.move_to(stage.ticket.opened_at + timedelta(days=30))
    citizen.says("Hỏi").sees_last(KEPT_OUT)
    clerk.presses("Bỏ chặn 1").sees_last("Danh sách chặn (0)")
    leader.presses_token("hotline.unblock:1:0:").sees_last("Lựa chọn này đã cũ")
    citizen.says("Hỏi").sees_last("Câu hỏi mới")


def test_who_may_not_block_does_not(stage: HotlineStage) -> None:
    stage.asked()
    key = stage.ticket.id
    for phone in (stage.on_duty(nth=1), stage.phone("MDO01"), stage.phone(Cast.HEALTH_HEAD)):
        phone.presses_token(f"hotline.block:{key}:0:").sees_last("Không có quyền xem")
    official = stage.phone(Cast.HEALTH_STAFF).says("/hotline").presses("Đặt câu hỏi").says("Mẫu báo cáo ở đâu?")
    official.presses("Phường Mẫu Trung").presses("Bỏ qua")
    leader = stage.leader().presses_token(f"ticket.open:{stage.ticket.id}:0:")
    assert "Chặn người hỏi" not in leader.last.buttons
    leader.presses_token(f"hotline.block:{stage.ticket.id}:0:").sees_last("Không có quyền xem")


def test_the_audit_log_says_who_blocked_whom_without_the_words(stage: HotlineStage) -> None:
    blocked(stage)
    entries = stage.database.transact(lambda session: session.exec(select(AuditEntry)).all())
    [entry] = [one for one in entries if one.action == "hotline.blocked"]
    assert "Xúc phạm" not in str(entry)
