"""Pictures that come to the hotline: cards are refused and not kept, all others reach whoever answers."""

import os
from pathlib import Path

import pytest
from sqlmodel import select

from models.files import StoredFile
from rules.hotline import TicketState
from tests.conversation import Phone
from tests.handlers.hotline_stage import MIDDLE, HotlineStage, still_asks
from tests.reports.test_pictures import photo

CARD = "001099000000|012345678|Nguyễn Thị Thử|01021999|Nữ|Tổ 5, phường Mẫu Trung|15082021"
NEW_CARD = "001099000000||Nguyễn Thị Thử|01021999|Nữ|Tổ 5, phường Mẫu Trung|15082024||||"
REFUSED = "không nhận ảnh này vì là giấy tờ tùy thân"


def files_named(stage: HotlineStage) -> list[str]:
    return stage.database.transact(lambda session: [file.name for file in session.exec(select(StoredFile)).all()])


def swept(stage: HotlineStage, folder: Path) -> set[Path]:
    """What is left on the disk once what nobody names has been removed."""
    for path in folder.rglob("files/*/*"):
        os.utime(path, (0, 0))
    stage.later(1)
    return set(folder.rglob("files/*/*"))


@pytest.mark.parametrize("square", [CARD, NEW_CARD], ids=["chip card", "card of 2024"])
def test_the_photo_of_a_card_is_known_by_its_square_and_not_kept(
    stage: HotlineStage, tmp_path: Path, square: str
) -> None:
    citizen = stage.citizen().attaches("anh.jpg", photo(square, 1280, 200), "Làm khai sinh cho con ở phường Mẫu Trung")
    citizen.sees_last(REFUSED)
    assert files_named(stage) == []
    assert swept(stage, tmp_path) == set()


@pytest.mark.parametrize(
    "content",
    [
        photo("https://dichvucong.gov.vn", 1280, 200),
        photo("00020101021238|VND|5802VN", 1280, 200),
        photo(CARD, 1280, 200)[:9000],
        b"no picture at all",
    ],
    ids=["address", "payment", "damaged", "text"],
)
def test_every_other_picture_is_taken_and_whoever_takes_the_question_sees_it(
    stage: HotlineStage, content: bytes
) -> None:
    citizen = stage.citizen().attaches("anh.jpg", content, "Loa truyền thanh mở to quá").presses(MIDDLE)
    still_asks(citizen).sees_last("Đã nhận câu hỏi số 1")
    owner = stage.on_duty()
    assert not owner.last.files
    owner.presses("Nhận xử lý").sees_last("Tệp gửi kèm câu hỏi số 1")
    assert len(owner.last.files) == 1


def owned(stage: HotlineStage) -> tuple[Phone, Phone]:
    return stage.asked(), stage.on_duty().presses("Nhận xử lý")


def test_what_is_sent_along_later_reaches_the_owner(stage: HotlineStage) -> None:
    citizen, owner = owned(stage)
    owner.presses("Hỏi thêm").says("Ông/bà gửi giúp ảnh biển báo?")
    citizen.attaches("bien.jpg", b"sign", "Biển đây ạ").sees_last("Đã bổ sung")
    assert owner.sees_last("Biển đây ạ").files
    citizen.says(f"tra cứu {stage.ticket.code}").presses("Bổ sung").attaches("duong.jpg", b"road")
    citizen.sees_last("Đã bổ sung")
    assert len(owner.last.files) == 2


def test_a_card_is_refused_at_every_door(stage: HotlineStage) -> None:
    citizen, owner = owned(stage)
    card = photo(CARD, 1280, 200)
    citizen.says(f"tra cứu {stage.ticket.code}").presses("Bổ sung").attaches("anh.jpg", card).sees_last(REFUSED)
    owner.presses("Hỏi thêm").says("Ở đâu?")
    citizen.says("/huy").attaches("anh.jpg", card).sees_last(REFUSED)
    assert stage.ticket.state is TicketState.AWAITING_ASKER
    owner.presses("Trả lời").says("Mẫu đơn kèm theo").attaches("mau.jpg", card).sees_last(REFUSED)
    assert files_named(stage) == []
    owner.attaches("mau.pdf", b"form").presses("Gửi")
    assert citizen.last.files and files_named(stage) == ["mau.pdf"]


def test_a_file_that_a_form_does_not_take_is_not_kept(stage: HotlineStage) -> None:
    owned(stage)
    stage.on_duty().presses("Hỏi thêm").attaches("anh.jpg", b"picture").sees_last("bằng chữ")
    assert files_named(stage) == []
