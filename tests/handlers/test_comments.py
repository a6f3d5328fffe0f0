"""Opinions on drafts (Tân Yên 4.b, 4.c): asked with a date, given, named where they are late, put together."""

from datetime import date
from io import BytesIO

import openpyxl
from sqlmodel import Session, col, select

from models.duties import Duty
from models.files import StoredFile
from rules.duties import DutyKind, DutyState
from services.demo import Cast
from tests.conversation import Phone, Stage
from tests.handlers.task_stage import morning, under

TITLE = "Dự thảo Quy chế quản lý chợ"


def ask(phone: Phone, *, outside: str | None = None) -> Phone:
    """Of construction and health, by Friday the 27th, with the draft and its number."""
    phone.says("/gopy").presses("Đề nghị góp ý dự thảo").says(TITLE)
    if outside is not None:
        phone.says(outside)
    for unit in ("Sở Xây dựng", "Sở Y tế"):
        phone.says(unit).presses(unit)
    phone.presses("Xong").says("27/11/2026").attaches("quy che.docx").says("45/STC-CV").presses("Gửi")
    return phone


def give(phone: Phone, text: str) -> None:
    phone.presses("Đã xong", on=phone.sees("Đề nghị góp ý dự thảo"))
    phone.presses("Bỏ qua").sees_last("Ý kiến của đơn vị về dự thảo")
    phone.says(text).presses("Bỏ qua").presses("Gửi")


def owed(stage: Stage) -> list[DutyState]:
    def read(session: Session) -> list[DutyState]:
        found = session.exec(select(Duty).where(Duty.kind == DutyKind.COMMENT).order_by(col(Duty.id))).all()
        return [duty.state for duty in found]

    return stage.database.transact(read)


def test_each_unit_gets_the_draft_and_whoever_asked_reads_what_it_says(town: Stage) -> None:
    head = ask(town.phone(Cast.FINANCE_HEAD))
    head.sees(TITLE, "Hạn thứ Sáu, 27/11/2026; đã có 0/2 ý kiến", "Sở Y tế: hạn thứ Sáu 27/11", "điểm c khoản 4")
    construction = town.phone(Cast.CONSTRUCTION_HEAD)
    card = construction.sees_last(
        "Đề nghị góp ý dự thảo", TITLE, "Nơi đề nghị: Sở Tài chính", "45/STC-CV", "hạn thứ Sáu 27/11"
    )
    assert card.files == ["quy che.docx"]
    give(construction, "Điều 5: bổ sung quy định về phòng cháy")
    head.sees_last("Sở Xây dựng góp ý dự thảo, đúng hạn", TITLE, "Điều 5: bổ sung quy định về phòng cháy")
    head.says("/gopy").sees("đã có 1/2 ý kiến")


def test_the_words_of_a_day_s_button_may_also_be_typed(town: Stage) -> None:
    head = town.phone(Cast.FINANCE_HEAD)
    head.says("/gopy").presses("Đề nghị góp ý dự thảo").says(TITLE).says("Sở Y tế").presses("Sở Y tế")
    head.presses("Xong").says("15 ngay").presses("Bỏ qua").presses("Bỏ qua").sees_last("05/12/2026")


def test_who_is_late_is_reminded_and_named_to_whoever_asked(town: Stage) -> None:
    head = ask(town.phone(Cast.FINANCE_HEAD))
    give(town.phone(Cast.CONSTRUCTION_HEAD), "Thống nhất")
    town.pass_time(to=morning(date(2026, 11, 26)))
    health = town.phone(Cast.HEALTH_HEAD)
    health.sees_last("Góp ý dự thảo: " + TITLE, "thứ Sáu 27/11", "điểm c khoản 4")
    town.pass_time(to=morning(date(2026, 11, 30)))
    head.sees_last("Để đồng chí theo dõi: quá hạn từ thứ Sáu 27/11", TITLE, "Giám đốc Sở Y tế")
    give(health, "Thống nhất")
    head.sees_last("Sở Y tế góp ý dự thảo, muộn hạn")
    head.presses("Mở", on=head.sees("Để đồng chí theo dõi"))
    assert owed(town) == [DutyState.DONE, DutyState.DONE]


def test_the_office_asks_for_another_body_under_the_clause_on_drafts_from_above(town: Stage) -> None:
    office = ask(town.phone(Cast.OFFICE), outside="Bộ Công Thương")
    office.sees("Nơi đề nghị: Bộ Công Thương (qua Văn phòng UBND tỉnh)", "điểm b khoản 4")
    town.phone(Cast.HEALTH_HEAD).sees_last("Bộ Công Thương", "điểm b khoản 4")


def test_closing_ends_what_is_waited_for_and_the_workbook_has_every_unit(town: Stage) -> None:
    head = ask(town.phone(Cast.FINANCE_HEAD))
    give(town.phone(Cast.CONSTRUCTION_HEAD), "Bổ sung Điều 5")
    town.pass_time(to=morning(date(2026, 11, 30)))
    head.says("/gopy").presses("1").presses("Kết thúc lấy ý kiến")
    head.sees("Đã kết thúc", "Bổ sung Điều 5")
    assert owed(town) == [DutyState.DONE, DutyState.MISSED]
    head.presses("Tổng hợp .xlsx")

    def digest(session: Session) -> str:
        return session.exec(select(StoredFile).where(col(StoredFile.name).startswith("gop-y"))).one().digest

    page = openpyxl.load_workbook(BytesIO(town.files.read(town.database.transact(digest)))).worksheets[0]
    rows = [(row[0], row[2], row[4]) for row in page.iter_rows(min_row=4, values_only=True)]
    assert rows == [("Sở Xây dựng", "Bổ sung Điều 5", "đúng hạn"), ("Sở Y tế", None, "chưa có")]


def test_a_request_is_its_unit_s_own_and_staff_ask_nobody(town: Stage) -> None:
    ask(town.phone(Cast.FINANCE_HEAD))
    other = town.phone(Cast.HEALTH_HEAD)
    for route in ("comments.open:1:0:", "comments.close:1:0:", "comments.book:1:0:"):
        other.presses_token(route)
    assert owed(town) == [DutyState.OPEN, DutyState.OPEN]
    staff = town.phone(Cast.HEALTH_STAFF).says("/gopy")
    assert TITLE not in staff.last.text
    town.phone(Cast.CHAIR).says("/gopy").sees_last(TITLE)


def test_a_body_whose_directive_is_silent_asks_all_the_same(town: Stage) -> None:
    under(town, "gia-binh-2022")
    ask(town.phone(Cast.FINANCE_HEAD))
    town.phone(Cast.HEALTH_HEAD).sees_last("Đề nghị góp ý dự thảo", "Luật Cán bộ, công chức")


def test_it_is_asked_and_given_on_phones_that_show_text_alone(text_stage: Stage) -> None:
    head = text_stage.phone(Cast.FINANCE_HEAD).says("gop y").presses("Đề nghị góp ý dự thảo").says(TITLE)
    head.says("Sở Xây dựng").presses("Sở Xây dựng").presses("Xong").says("27/11").presses("Bỏ qua").presses("Bỏ qua")
    head.presses("Gửi").sees("đã có 0/1 ý kiến")
    construction = text_stage.phone(Cast.CONSTRUCTION_HEAD)
    construction.presses("Đã xong", on=construction.sees("Đề nghị góp ý dự thảo", TITLE))
    construction.presses("Bỏ qua").says("Thống nhất").presses("Bỏ qua").presses("Gửi")
    head.sees("Sở Xây dựng góp ý dự thảo", "Thống nhất")


def test_another_day_is_told_once_to_those_who_still_owe(town: Stage) -> None:
    head = ask(town.phone(Cast.FINANCE_HEAD))
    give(town.phone(Cast.CONSTRUCTION_HEAD), "Thống nhất")
    head.says("/gopy").presses("1").presses("Đổi hạn").says("4/12/2026")
    head.sees("Hạn thứ Sáu, 04/12/2026")
    town.phone(Cast.HEALTH_HEAD).sees_last("27/11", "04/12", TITLE)
    assert not any("04/12" in bubble.text for bubble in town.phone(Cast.CONSTRUCTION_HEAD).bubbles)
    town.pass_time(to=morning(date(2026, 11, 30)))
    assert not any("quá hạn" in bubble.text for bubble in head.bubbles)


def test_more_units_are_asked_by_the_same_day(town: Stage) -> None:
    head = ask(town.phone(Cast.FINANCE_HEAD))
    head.says("/gopy").presses("1").presses("Hỏi thêm đơn vị")
    assert "Sở Y tế" not in head.last.text
    head.says("Sở Nội vụ").presses("Sở Nội vụ").presses("Xong")
    head.sees("đã có 0/3 ý kiến", "Sở Nội vụ: hạn thứ Sáu 27/11")
    assert town.phone("SNV01").sees_last("Đề nghị góp ý dự thảo", TITLE).files == ["quy che.docx"]


def test_what_is_closed_changes_no_more(town: Stage) -> None:
    head = ask(town.phone(Cast.FINANCE_HEAD))
    card = head.says("/gopy").presses("1").sees(TITLE)
    head.presses("Kết thúc lấy ý kiến")
    head.presses("Đổi hạn", on=card)
    assert owed(town) == [DutyState.VOID, DutyState.VOID]
    head.sees("Đã kết thúc")


def test_a_second_tap_on_send_says_that_it_was_sent(town: Stage) -> None:
    head = town.phone(Cast.FINANCE_HEAD).says("/gopy").presses("Đề nghị góp ý dự thảo").says(TITLE)
    head.says("Sở Y tế").presses("Sở Y tế").presses("Xong").says("27/11/2026").presses("Bỏ qua").presses("Bỏ qua")
    summary = head.last
    head.presses("Gửi", on=summary)
    head.presses("Gửi", on=summary).sees("đã gửi hoặc đã đóng")
    assert owed(town) == [DutyState.OPEN]
