"""/dulieu: a person sees what is kept about him, takes it along, corrects it, has it erased; and time erases it."""

import json
import os
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlmodel import Session, select

from bot.files import FileStore
from bot.forms.drafts import LIFETIME
from models.files import StoredFile
from models.tables import SCHEMA
from rules.hotline import TicketState
from services.demo import Cast
from tests.conversation import Phone
from tests.databases import SqliteFiles, opened
from tests.handlers.hotline_stage import MIDDLE, HotlineStage, still_asks
from tests.handlers.task_stage import morning

QUESTION = "Tôi là Bùi Xuân Dạ, cần tách thửa đất ao Sen"
ADDITION = "Thửa số bảy, giáp nhà bà Lụa"
ANSWER = "Ông Dạ nộp đơn tách thửa tại bộ phận một cửa"
COMMENT = "Cô Thơm trả lời rất tận tình"
# What the platform's stand-in shows on the phones is not kept by us.
PHONES = ("simulatedmessage", "simulatedchat")


@pytest.fixture
def stage(sqlite_files: SqliteFiles, tmp_path: Path, files: FileStore) -> Iterator[HotlineStage]:
    with sqlite_files.fresh() as url, opened(url) as database:
        yield HotlineStage(database, files)


def answers(owner: Phone, text: str) -> Phone:
    return owner.presses("Trả lời").says(text).presses("Bỏ qua").presses("Gửi")


def found_in_database(stage: HotlineStage, *texts: str) -> list[str]:
    """Where one of these texts still lies, in plain letters or as JSON writes them."""

    def search(session: Session) -> list[str]:
        wanted = [form for text in texts for form in (text[:20], json.dumps(text[:20])[1:-1])]
        return [
            f"{table.name}: {row}"
            for table in SCHEMA.sorted_tables
            if table.name not in PHONES
            for row in session.connection().exec_driver_sql(f"SELECT * FROM {table.name}").all()
            if any(form in str(value) for value in row for form in wanted)
        ]

    return stage.database.transact(search)


def contents(stage: HotlineStage, files: FileStore, tmp_path: Path) -> set[bytes]:
    return {path.read_bytes() for path in tmp_path.rglob("files/*/*")}


def closed_with_everything(stage: HotlineStage) -> Phone:
    """A question with a file, an addition, an answer, a rating and a comment."""
    citizen = still_asks(stage.citizen().attaches("so-do.jpg", b"so do thua dat", QUESTION).presses(MIDDLE))
    team = stage.on_duty().presses("Nhận xử lý").presses("Hỏi thêm").says("Thửa nào?")
    citizen.says(ADDITION)
    team.says("/hotline").says("/viec")
    answers(stage.on_duty().presses_token(f"ticket.open:{stage.ticket.id}:0:"), ANSWER)
    citizen.presses("Đã giải đáp được").presses("5/5").presses("Viết góp ý").says(COMMENT)
    return citizen


def test_a_citizen_sees_what_is_kept_since_when_and_until_when(stage: HotlineStage) -> None:
    citizen = closed_with_everything(stage).says("/dulieu")
    citizen.sees_last("Dữ liệu đang lưu của ông/bà", "Tên: dan-1", "Câu hỏi gửi đường dây nóng: 1; tệp: 1", "20/11")
    citizen.sees_last(stage.ticket.code, "xong", "365 ngày", "Xem", "Tải về", "Sửa", "Xóa")
    citizen.presses("Xem").sees_last(QUESTION, ADDITION, ANSWER, COMMENT, "so-do.jpg", "5/5")


def test_he_takes_it_along_as_a_file(stage: HotlineStage, tmp_path: Path, files: FileStore) -> None:
    citizen = closed_with_everything(stage).says("du lieu").presses("Tải về")
    assert citizen.sees_last("Tệp gồm toàn bộ dữ liệu").files
    [text] = [one.decode("utf-8-sig") for one in contents(stage, files, tmp_path) if QUESTION.encode() in one]
    assert all(each in text for each in (QUESTION, ADDITION, ANSWER, COMMENT, stage.ticket.code))


def test_whoever_has_another_chat_sees_and_erases_nothing_of_it(stage: HotlineStage) -> None:
    stage.asked(QUESTION)
    other = stage.citizen("dan-2").says("/dulieu").sees_last("đường dây nóng: 0")
    assert "Bùi Xuân Dạ" not in other.text
    stranger = stage.citizen("dan-2").says("/dulieu").presses("Xóa").presses("Xóa toàn bộ")
    for route in ("correct", "withdraw"):
        stranger.presses_token(f"data.{route}:{stage.ticket.id}:0:")
    assert (stage.ticket.state, stage.ticket.question) == (TicketState.NEW, QUESTION)


def test_erased_means_that_no_word_of_his_is_left(stage: HotlineStage, tmp_path: Path, files: FileStore) -> None:
    citizen = closed_with_everything(stage)
    citizen.says("/dulieu").presses("Tải về").says("Câu hỏi dở dang của Bùi Xuân Dạ")
    assert found_in_database(stage, QUESTION) and b"so do thua dat" in contents(stage, files, tmp_path)
    citizen.says("/dulieu").presses("Xóa").sees_last("Giữ lại để thống kê", "nhật ký chống sửa", "không lấy lại được")
    citizen.presses("Xóa toàn bộ").sees_last("Đã xóa ngay nội dung 1 câu hỏi")
    assert found_in_database(stage, QUESTION, ADDITION, ANSWER, COMMENT, "so-do.jpg", "Câu hỏi dở dang", "dan-1 ") == []
    ticket = stage.ticket
    assert (ticket.state, ticket.rating, ticket.account_id) == (TicketState.DONE, 5, None)
    for path in tmp_path.rglob("files/*/*"):
        os.utime(path, (0, 0))
    stage.later(1)
    assert contents(stage, files, tmp_path) == set()


def test_an_open_question_is_withdrawn_and_the_team_told_without_the_text(stage: HotlineStage) -> None:
    citizen, team = stage.asked(QUESTION), stage.on_duty()
    team.presses("Nhận xử lý").says("/hotline").sees_last("Bùi Xuân Dạ")
    team.presses_token(f"ticket.answer:{stage.ticket.id}:0:").says("Ông Dạ chờ nhé")
    citizen.says("/dulieu").presses("Xóa").presses("Xóa toàn bộ")
    team.sees_last("Câu hỏi số 1", "Nội dung đã được xóa theo quyền của người hỏi")
    assert stage.ticket.state is TicketState.DONE
    assert found_in_database(stage, QUESTION, "Ông Dạ chờ nhé") == []
    team.says("/viec")
    assert "câu hỏi số 1" not in team.last.text
    citizen.says("/dulieu").sees_last("đường dây nóng: 0", "Tên: không có")


def test_an_open_question_is_corrected_and_nothing_of_the_old_text_kept(stage: HotlineStage) -> None:
    citizen, team = stage.asked(QUESTION), stage.on_duty()
    citizen.says("/dulieu").presses("Sửa").presses("Sửa câu hỏi số 1").says("Cần tách thửa đất thì nộp ở đâu")
    citizen.sees_last("Đã sửa câu hỏi số 1")
    team.sees_last("Cần tách thửa đất thì nộp ở đâu", "Người hỏi sửa nội dung câu hỏi", "Nhận xử lý")
    assert found_in_database(stage, QUESTION) == []


def test_an_open_question_is_withdrawn_by_itself(stage: HotlineStage) -> None:
    citizen = stage.asked(QUESTION)
    citizen.says("/dulieu").presses("Sửa").presses("Rút câu hỏi số 1").sees_last("Đã rút câu hỏi số 1")
    stage.on_duty().sees_last("Người hỏi rút câu hỏi")
    assert stage.ticket.state is TicketState.DONE


def test_he_changes_the_name_that_is_kept(stage: HotlineStage) -> None:
    citizen = stage.asked().says("/dulieu").presses("Sửa").presses("Tên của tôi").says("Bà Năm")
    citizen.says("/dulieu").sees_last("Tên: Bà Năm")


def test_an_official_sees_his_row_and_asks_the_office_to_correct_it(stage: HotlineStage) -> None:
    official = stage.phone(Cast.HEALTH_STAFF)
    stage.phone(Cast.OFFICE)
    official.says("/dulieu").sees_last("Dữ liệu đang lưu của đồng chí", official.person.full_name, "Giờ nhận tin")
    official.presses("Sửa").presses("Đề nghị Văn phòng").says("Số điện thoại đã đổi").sees_last("Đã gửi Văn phòng")
    stage.phone(Cast.OFFICE).sees_last("Đề nghị sửa dữ liệu cán bộ", official.person.full_name, "Số điện thoại đã đổi")


def test_service_records_stay_an_officials_questions_go(stage: HotlineStage) -> None:
    official = stage.phone(Cast.HEALTH_STAFF).says("/dulieu").presses("Xóa")
    official.sees_last("trách nhiệm công vụ")
    still_asks(official.says("/hotline").presses("Đặt câu hỏi").says(QUESTION).presses(MIDDLE)).presses("Bỏ qua")
    official.says("/dulieu").presses("Tải về").says("/dulieu").presses("Xóa").presses("Xóa toàn bộ")
    official.sees_last("Đã xóa ngay nội dung 1 câu hỏi")
    assert stage.ticket.question == "" and official.person.full_name
    stage.on_duty().sees_last("Nội dung đã được xóa")


def test_a_caller_is_erased_through_the_office_or_the_owner_and_nobody_else(stage: HotlineStage) -> None:
    clerk = stage.phone(Cast.OFFICE).says("/hotline").presses("Nhập cuộc gọi")
    clerk.says("Hỏi lịch tiếp dân").says("0912 345 678").says("Ông Hòa Lạch").presses(MIDDLE).presses("Gửi")
    key = stage.ticket.id
    stage.phone(Cast.HEALTH_HEAD).presses_token(f"data.caller_erase:{key}:0:")
    assert stage.ticket.caller_phone == "0912 345 678"
    owner = stage.on_duty().presses("Nhận xử lý").presses("Xóa thông tin người gọi")
    owner.sees_last("không gọi lại được")
    owner.presses("Xóa thông tin người gọi").sees_last("đã xóa tên và số điện thoại")
    assert (stage.ticket.caller, stage.ticket.caller_phone) == ("", "")
    assert found_in_database(stage, "0912 345 678", "Ông Hòa Lạch") == []
    assert stage.ticket.question == "Hỏi lịch tiếp dân"


def test_time_empties_what_was_finished_long_ago(stage: HotlineStage) -> None:
    closed_with_everything(stage)
    days = timedelta(days=364)
    stage.pass_time(to=morning(date(2026, 11, 20)) + days)
    assert stage.ticket.question == QUESTION
    stage.pass_time(by=timedelta(days=2))
    assert found_in_database(stage, QUESTION, ADDITION, ANSWER, COMMENT) == []
    assert (stage.ticket.rating, stage.ticket.state) == (5, TicketState.DONE)


def test_a_file_that_belongs_to_nothing_is_not_kept(stage: HotlineStage, tmp_path: Path, files: FileStore) -> None:
    stage.phone(Cast.HEALTH_STAFF).attaches("lac.pdf", b"lac").sees_last("không được ghi nhận")
    stage.citizen().attaches("cccd.jpg", b"the can cuoc").sees_last("giấy tờ tùy thân")
    assert found_in_database(stage, "lac.pdf", "cccd.jpg") == []
    for path in tmp_path.rglob("files/*/*"):
        os.utime(path, (0, 0))
    stage.later(1)
    assert contents(stage, files, tmp_path) == set()


def test_who_erases_everything_may_not_ask_more_often_for_that(stage: HotlineStage) -> None:
    for number in range(6):
        stage.asked(f"Câu hỏi thứ {number} về giờ tiếp dân") if not number else _asks_anew(stage, number)
    citizen = stage.citizen().says("/dulieu").presses("Xóa").presses("Xóa toàn bộ")
    citizen.says("Lại hỏi giờ tiếp dân").presses(MIDDLE)
    citizen.sees_last("chưa được gửi", "6 câu hỏi gửi đến trong một giờ", "từ 09 giờ 01", "0200 3000 101")
    stage.later(61)
    still_asks(citizen.says("Lại hỏi giờ tiếp dân").presses(MIDDLE))
    assert stage.ticket.number == 7


def _asks_anew(stage: HotlineStage, number: int) -> None:
    still_asks(stage.citizen().says(f"Câu hỏi thứ {number} về giờ tiếp dân").presses("Câu hỏi mới").presses(MIDDLE))


@pytest.mark.parametrize("leaving", ["Hủy", "/huy", "expires", "another"])
def test_a_file_in_a_form_that_was_left_goes_with_it(stage: HotlineStage, leaving: str) -> None:
    citizen = stage.citizen().attaches("so-do.jpg", b"so do thua dat", QUESTION)
    assert stored(stage)
    match leaving:
        case "Hủy":
            citizen.presses(leaving)
        case "expires":
            stage.pass_time(by=LIFETIME + timedelta(hours=1))
        case "another":
            citizen.says("/huy").says(QUESTION)
        case command:
            citizen.says(command)
    assert not stored(stage)


def stored(stage: HotlineStage) -> list[str]:
    return list(stage.database.transact(lambda session: session.exec(select(StoredFile.name)).all()))
