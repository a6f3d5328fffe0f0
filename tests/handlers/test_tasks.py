"""Tasks in chat: assigned with their "5 rõ", done and accepted; named; not done; listed."""

from datetime import date, time, timedelta

from sqlmodel import col, select

from bot.work import Work
from models.people import Tenure, Unit, person_by_code
from rules.workdays import at
from services.demo import Cast
from tests.conversation import Stage
from tests.handlers.task_stage import STARTS, given, hand_back, morning


def test_the_chair_assigns_with_all_five_and_accepts_what_comes_back(town: Stage) -> None:
    chair, head, deputy = (town.phone(code) for code in (Cast.CHAIR, Cast.FINANCE_HEAD, Cast.FINANCE_DEPUTY))
    chair.says("/giaoviec").says("Rà soát chợ Mẫu Trung").says("Ngô Thị Thu").presses("Ngô Thị Thu")
    chair.says("30/11/2026").says("Báo cáo").says("Vũ Đình Khải").presses("Vũ Đình Khải")
    chair.presses("Bỏ qua").says("288/UBND-VP")
    chair.sees_last("Nhiệm vụ trước khi giao", "Rà soát chợ Mẫu Trung", "Ngô Thị Thu", "Báo cáo", "Vũ Đình Khải")
    chair.presses("Gửi")
    deputy.sees_last(
        "Nhiệm vụ mới: hạn thứ Hai 30/11", "Rà soát chợ Mẫu Trung", "Người thực hiện: đ/c Ngô Thị Thu",
        "Kết quả: Báo cáo", "Chịu trách nhiệm: đ/c Vũ Đình Khải", "288/UBND-VP", "điểm c khoản 2",
    )  # fmt: skip
    assert {"Đã xong", "Xin gia hạn", "Vì sao?"} <= set(deputy.last.buttons)
    head.sees_last("Nhiệm vụ mới", "Rà soát chợ Mẫu Trung")
    assert "Đã xong" not in head.last.buttons
    head.presses("Mở")
    head.sees_last("Rà soát chợ Mẫu Trung")
    deputy.presses("Đã xong").says("15/BC").says("Đã rà soát").presses("Bỏ qua").presses("Gửi")
    chair.sees_last("Kết quả chờ xác nhận", "15/BC")
    chair.presses("Xác nhận")
    deputy.sees_last("Kết quả đã được xác nhận")


def test_heads_of_contributing_units_name_one_person_and_the_lead_proposes(town: Stage) -> None:
    def unit_ids(work: Work) -> list[int]:
        rows = work.session.exec(select(Unit).where(col(Unit.code).in_(["SXD", "SYT"]))).all()
        return [row.key for row in rows]

    units = town.act(unit_ids)
    town.act(lambda work: given(work, date(2026, 12, 4), unit_ids=units))
    lead, head, named = (
        town.phone(code) for code in (Cast.FINANCE_HEAD, Cast.CONSTRUCTION_HEAD, Cast.CONSTRUCTION_DEPUTY)
    )
    lead.sees_last("Phối hợp: Sở Xây dựng (chưa phân công); Sở Y tế (chưa phân công)")
    # Two working days from Friday 20/11; Tuesday the 24th is off.
    head.sees_last("Việc phải làm: hạn thứ Tư 25/11", "Chủ trì: đ/c Vũ Đình Khải", "Rà soát chợ", "đoạn thứ hai")
    head.presses("Mở").says("Hồ Anh Kiệt").presses("Hồ Anh Kiệt")
    head.sees_last("Đã ghi nhận", "Hồ Anh Kiệt")
    named.sees_last("Phân công người phối hợp", "Hồ Anh Kiệt", "Chủ trì: đ/c Vũ Đình Khải")
    lead.sees_last("Phân công người phối hợp", "Hồ Anh Kiệt")
    lead.says("/viec")
    lead.sees_last("Tham mưu, đề xuất: Rà soát chợ Mẫu Trung, hạn thứ Tư 25/11")
    head.presses_token("nominate.open:1:0:")
    head.sees_last("Không có gì thay đổi")


def test_what_was_not_done_is_proposed_and_a_human_decides_with_a_word_why(town: Stage) -> None:
    town.act(given, date(2026, 11, 23))
    chair, head = town.phone(Cast.CHAIR), town.phone(Cast.FINANCE_HEAD)
    town.pass_time(to=morning(date(2026, 11, 25)))
    chair.sees_last("Để đồng chí theo dõi: quá hạn")
    town.pass_time(to=morning(date(2026, 11, 26)))
    chair.sees_last("Đề xuất: không hoàn thành nhiệm vụ", "chậm mà không báo cáo", "đoạn thứ ba")
    town.pass_time(to=morning(date(2026, 11, 27)))
    assert len([bubble for bubble in chair.bubbles if "Đề xuất: không hoàn thành" in bubble]) == 1
    assert not any("không hoàn thành" in bubble for bubble in head.bubbles)
    office = town.phone(Cast.OFFICE).says("/nhiemvu").presses("Rà soát chợ").presses("Đề xuất: không hoàn thành")
    office.sees_last("chậm mà không báo cáo", "Không xác nhận")
    chair.presses("Xác nhận không hoàn thành").says("Đã nhắc hai lần")
    chair.sees("Đã xác nhận: không hoàn thành nhiệm vụ", "Đã nhắc hai lần")
    head.sees_last("Đã xác nhận: không hoàn thành nhiệm vụ", "Đã nhắc hai lần")
    chair.presses_token("failure.reject:1:0:")
    chair.sees("Đã xác nhận: không hoàn thành nhiệm vụ")
    assert "Không xác nhận là" not in chair.transcript


def test_in_time_but_returned_after_the_due_day_is_a_matter_of_quality(town: Stage) -> None:
    town.act(given, date(2026, 11, 23))
    chair, head = town.phone(Cast.CHAIR), town.phone(Cast.FINANCE_HEAD)
    head.presses("Đã xong").says("15/BC").says("Xong").presses("Bỏ qua").presses("Gửi")
    town.pass_time(to=morning(date(2026, 11, 27)))
    assert not any("Đề xuất: không" in bubble for bubble in chair.bubbles)
    chair.presses("Trả lại").says("Thiếu số liệu cấp xã")
    town.pass_time(by=timedelta(minutes=2))
    chair.sees_last("Đề xuất: không hoàn thành nhiệm vụ", "đúng hạn nhưng không bảo đảm chất lượng")


def test_chair_and_office_see_all_open_tasks_overdue_first(town: Stage) -> None:
    town.act(given, date(2026, 12, 4))
    town.act(lambda work: given(work, date(2026, 11, 20), Cast.HEALTH_HEAD, received_at=STARTS))
    town.clock.move_to(at(date(2026, 11, 23), time(9)))
    office = town.phone(Cast.OFFICE).says("/nhiemvu")
    shown = office.last.text
    assert "Nhiệm vụ: 2 đang mở, 1 quá hạn" in shown
    assert shown.index("Sở Y tế, quá hạn") < shown.index("Sở Tài chính")
    other = town.phone(Cast.HEALTH_STAFF).says("/nhiemvu")
    assert "Sở Y tế" not in other.last.text.replace("Chuyên viên Sở Y tế", "")


def test_what_is_received_later_is_given_out_then(town: Stage) -> None:
    received = at(date(2026, 11, 23), time(9))
    town.act(lambda work: given(work, date(2026, 12, 4), received_at=received))
    head = town.phone(Cast.FINANCE_HEAD)
    assert head.bubbles == []
    town.pass_time(to=received)
    head.sees_last("Nhiệm vụ mới", "Rà soát chợ")


def test_the_office_assigns_in_a_leaders_name_who_then_accepts(town: Stage) -> None:
    office, vice, head = (town.phone(code) for code in (Cast.OFFICE, Cast.VICE_CHAIR, Cast.FINANCE_HEAD))
    office.says("giao việc").says("Rà soát chợ").says("Vũ Đình Khải").presses("Vũ Đình Khải").presses("15 ngày")
    office.says("Báo cáo").says("Vũ Đình Khải").presses("Vũ Đình Khải")
    office.sees_last("Giao thay đồng chí lãnh đạo nào?")
    office.presses("Trần Thị Minh Nguyệt").presses("Bỏ qua").presses("Bỏ qua").presses("Gửi")
    head.sees_last("Nhiệm vụ mới", "Rà soát chợ")
    head.presses("Đã xong").presses("Bỏ qua").says("Xong").presses("Bỏ qua").presses("Gửi")
    vice.sees_last("Kết quả chờ xác nhận")
    other = town.phone(Cast.SECOND_VICE_CHAIR)
    other.presses_token("duty.accept:1:0:")
    assert "Rà soát chợ" not in other.last


def test_what_was_passed_on_twice_is_shown_to_chair_and_office(town: Stage) -> None:
    town.act(given, date(2026, 12, 4))
    chair, third = town.phone(Cast.CHAIR), town.phone(Cast.HEALTH_HEAD)
    hand_back(town)
    town.phone(Cast.CHIEF_OF_OFFICE).presses("Trình Chủ tịch").presses("Bỏ qua")
    chair.presses("Giao đơn vị khác").says("Đinh Trọng Nghĩa").presses("Đinh Trọng Nghĩa")
    chair.sees("đã giao đơn vị khác")
    chair.says("/nhiemvu").presses("Rà soát chợ").presses("Giao đơn vị khác")
    chair.says("Phùng Thế Vinh").presses("Phùng Thế Vinh").says("Liên quan trạm y tế").presses("Gửi")
    third.sees_last("Nhiệm vụ mới", "Đã chuyển 2 lần", "Vũ Đình Khải")
    town.phone(Cast.OFFICE).says("/nhiemvu").sees_last("Sở Y tế", "đã chuyển 2 lần")


def contributed(town: Stage) -> None:
    """A task of the head of finance to which two agencies contribute, one of which has named its deputy."""

    def unit_ids(work: Work) -> list[int]:
        return [work.session.exec(select(Unit.id).where(Unit.code == code)).one() or 0 for code in ("SXD", "SYT")]

    units = town.act(unit_ids)
    town.act(lambda work: given(work, date(2026, 12, 4), unit_ids=units))
    head = town.phone(Cast.CONSTRUCTION_HEAD)
    head.presses_token("nominate.open:1:0:")
    head.says("Hồ Anh Kiệt").presses("Hồ Anh Kiệt")


def test_the_lead_hears_the_contributing_units_and_what_differs_is_reported(town: Stage) -> None:
    lead, named, other, chair = (
        town.phone(code) for code in (Cast.FINANCE_HEAD, Cast.CONSTRUCTION_DEPUTY, Cast.HEALTH_HEAD, Cast.CHAIR)
    )
    contributed(town)
    lead.says("/viec").presses("2. Nhiệm vụ").presses("Lấy ý kiến phối hợp")
    lead.sees_last("Đã lấy ý kiến: đ/c Hồ Anh Kiệt; đ/c Phùng Thế Vinh")
    # Whom the unit has named, else its head; two working days from Friday 20/11, the 24th is off.
    named.sees_last("Cho ý kiến phối hợp", "hạn thứ Tư 25/11", "Chủ trì: đ/c Vũ Đình Khải", "đoạn thứ nhất")
    named.presses("Mở").presses("Thống nhất").presses("Bỏ qua").presses("Gửi")
    lead.sees_last("Ý kiến của đơn vị phối hợp", "Sở Xây dựng: thống nhất")
    other.presses("Mở").presses("Ý kiến khác").says("Chưa đủ kinh phí").presses("Gửi")
    lead.sees_last("Sở Y tế: ý kiến khác: Chưa đủ kinh phí")
    lead.says("/viec").presses("2. Nhiệm vụ")
    lead.sees_last(
        "Sở Xây dựng (đ/c Hồ Anh Kiệt; thống nhất)", "Sở Y tế (chưa phân công; ý kiến khác: Chưa đủ kinh phí)"
    )
    assert "Lấy ý kiến phối hợp" not in lead.last.buttons
    lead.presses("Đã xong").says("15/BC").says("Đã rà soát").presses("Bỏ qua").presses("Gửi")
    chair.sees_last("Kết quả chờ xác nhận", "Còn ý kiến khác: Sở Y tế: Chưa đủ kinh phí")


def test_an_opinion_is_given_once_by_whoever_was_asked_and_no_more_once_the_task_is_done(town: Stage) -> None:
    lead, named, other = (town.phone(code) for code in (Cast.FINANCE_HEAD, Cast.CONSTRUCTION_DEPUTY, Cast.HEALTH_HEAD))
    contributed(town)
    lead.presses_token("coordinate.open:1:0:")
    lead.sees_last("Không có quyền xem nội dung này")
    lead.says("/viec").presses("2. Nhiệm vụ").presses("Lấy ý kiến phối hợp")
    asked = named.last
    named.presses("Mở").presses("Thống nhất").presses("Bỏ qua").presses("Gửi")
    named.presses("Mở", on=asked)
    named.sees_last("Không có gì thay đổi")
    lead.presses_token("coordinate.ask:1:0:")
    lead.sees_last("Không có gì thay đổi")
    other.presses_token("coordinate.ask:1:0:")
    other.sees_last("Không có quyền xem nội dung này")
    lead.says("/viec").presses("2. Nhiệm vụ").presses("Đã xong")
    lead.says("15/BC").says("Đã rà soát").presses("Bỏ qua").presses("Gửi")
    other.presses_token("coordinate.open:2:0:")
    other.sees_last("Không có gì thay đổi")


def test_the_list_of_open_tasks_names_a_post_that_nobody_holds(town: Stage) -> None:
    town.act(given, date(2026, 12, 4))
    town.act(given, date(2026, 12, 4), Cast.HEALTH_HEAD)

    def leave(work: Work) -> None:
        head = person_by_code(work.session, Cast.HEALTH_HEAD)
        assert head
        for tenure in work.session.exec(select(Tenure).where(Tenure.person_id == head.key)):
            tenure.to_on = date(2026, 11, 18)

    town.act(leave)
    chair = town.phone(Cast.CHAIR).says("/nhiemvu")
    assert chair.last.text.count("chưa có người giữ chức vụ") == 1
