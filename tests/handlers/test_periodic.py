"""Periodic reports in chat: opened by the clock, reminded, handed in, late and missing, compiled for the chair."""

from datetime import date, datetime, time, timedelta

import pytest
from sqlmodel import select

from bot.clock import SetClock
from bot.files import FileStore
from bot.work import Work
from models.database import Database
from models.offices import posts_of
from models.people import Tenure, Unit, UnitKind, person_by_code, the_body
from models.periodic import Owed, owed
from rules.deadlines import DueRule
from rules.duties import DutyKind, DutyState
from rules.periodic import PeriodicKind
from rules.workdays import at
from services import demo, duties
from services.calendars import set_day
from services.demo import Cast
from services.duties import NewDuty
from tests.conversation import Stage

QUARTER = "2026-10-01/2026-12-31"
HEAD_OF_INTERNAL_AFFAIRS = "SNV01"


def adopt(work: Work, pack: str) -> None:
    body = the_body(work.session)
    assert body is not None
    body.pack_id = pack


@pytest.fixture
def stage(database: Database, clock: SetClock, files: FileStore) -> Stage:
    stage = Stage(database, clock, files)
    stage.act(demo.load_people)
    return stage


@pytest.fixture
def son_duong(stage: Stage) -> Stage:
    stage.act(adopt, "son-duong-2021")
    stage.pass_time()
    return stage


def turns(stage: Stage, kind: PeriodicKind, period: str) -> list[Owed]:
    return stage.database.transact(lambda session: owed(session, kind, period))


def opening(day: date) -> datetime:
    return at(day, time(7, 30))


def hand_in(stage: Stage, code: str, text: str) -> None:
    stage.phone(code).says("/viec").presses("Báo cáo định kỳ").presses("Đã xong")
    stage.phone(code).presses("Bỏ qua").says(text).presses("Bỏ qua").presses("Gửi")


def test_heads_and_communes_owe_the_quarterly_report_and_internal_affairs_the_summary(son_duong: Stage) -> None:
    found = turns(son_duong, PeriodicKind.QUARTERLY, QUARTER)
    assert [one.unit.code for one in found] == [
        "VP", "STC", "SXD", "SNNMT", "SGDDT", "SYT", "SCT", "MTR", "MDO", "MTH", "MHA", "BMA", "DMA"
    ]  # fmt: skip
    assert {one.duty.due_at for one in found} == {at(date(2026, 12, 22), time())}
    (compiled,) = turns(son_duong, PeriodicKind.QUARTERLY_COMPILE, QUARTER)
    assert compiled.unit.code == "SNV"
    head = son_duong.phone(Cast.COMMUNE_CHAIR).says("/viec")
    head.sees_last("Báo cáo định kỳ: kỷ luật, kỷ cương hành chính, quý IV/2026", "thứ Hai 21/12")
    head.presses("Báo cáo định kỳ").presses("Vì sao?")
    head.sees_last("định kỳ ngày 20 của tháng cuối quý", "20/12 không phải ngày làm việc", "thứ Hai 21/12")


def test_that_it_is_due_again_is_said_once_on_the_first_morning(son_duong: Stage) -> None:
    head, compiler = son_duong.phone(Cast.FINANCE_HEAD), son_duong.phone(HEAD_OF_INTERNAL_AFFAIRS)
    son_duong.pass_time(to=opening(date(2026, 11, 19)))
    head.sees_last("Đến kỳ báo cáo: hạn thứ Hai 21/12", "quý IV/2026", "Chỉ thị số 01/CT-UBND")
    compiler.sees_last("Đến kỳ tổng hợp báo cáo: hạn thứ Sáu 25/12", "quý IV/2026")
    son_duong.pass_time(to=opening(date(2026, 11, 20)))
    assert head.count("Đến kỳ báo cáo") == 1
    # A day off before it moves the duty, and that is another word.
    son_duong.act(lambda work: set_day(work, date(2026, 12, 21), works=False, document="TB 45"))
    head.sees_last("Thời hạn đã thay đổi", "Trước đây thứ Hai 21/12", "thứ Ba 22/12")
    son_duong.pass_time(to=opening(date(2026, 11, 23)))
    assert head.count("Đến kỳ báo cáo") == 1


def test_what_opens_comes_in_the_mornings_message_at_the_hour_one_has_chosen(son_duong: Stage) -> None:
    def wants(work: Work) -> None:
        head = person_by_code(work.session, Cast.FINANCE_HEAD)
        assert head is not None
        head.digest_at = "08:15"
        post = posts_of(work.session, head.key, work.today)[0]
        rule = DueRule(date(2026, 11, 20), 0)
        duties.open_duty(work, NewDuty(DutyKind.EXPLAIN, 9, "Việc khác", post_id=post.key, rule=rule))

    son_duong.act(wants)
    head = son_duong.phone(Cast.FINANCE_HEAD)
    son_duong.pass_time(to=opening(date(2026, 11, 19)))
    assert head.bubbles == []
    son_duong.pass_time(to=at(date(2026, 11, 19), time(8, 15)))
    head.sees_last("Hôm nay có 2 việc cần nhắc", "quý IV/2026", "Việc khác")
    assert len(head.bubbles) == 1


def test_it_is_reminded_on_the_working_days_before_the_20th_too(son_duong: Stage) -> None:
    head = son_duong.phone(Cast.FINANCE_HEAD)
    before = len(head.bubbles)
    for day in (18, 21):
        son_duong.pass_time(to=opening(date(2026, 12, day)))
    said = [bubble.text for bubble in head.bubbles[before:] if "quý IV/2026" in bubble]
    assert len(said) == 2
    assert "hạn hôm nay" in said[1]


def test_what_was_handed_in_and_who_is_missing_is_seen_by_whoever_compiles(son_duong: Stage) -> None:
    hand_in(son_duong, Cast.FINANCE_HEAD, "Không có vi phạm")
    son_duong.pass_time(to=at(date(2026, 12, 21), time(10)))
    hand_in(son_duong, Cast.HEALTH_HEAD, "01 trường hợp nhắc nhở")
    compiler = son_duong.phone(HEAD_OF_INTERNAL_AFFAIRS)
    son_duong.pass_time(to=opening(date(2026, 12, 22)) - timedelta(minutes=1))
    assert not compiler.count("còn thiếu")
    son_duong.pass_time(by=timedelta(minutes=1))
    told = compiler.sees("Báo cáo định kỳ: quý IV/2026", "Đã nhận 2, còn thiếu 11", "Sở Xây dựng", "Chỉ thị số 01")
    assert "Sở Tài chính" not in told
    son_duong.pass_time(by=timedelta(hours=3))
    assert compiler.count("còn thiếu 11") == 1
    hand_in(son_duong, Cast.CONSTRUCTION_HEAD, "Không có vi phạm")
    compiler.says("/viec").presses("Tổng hợp báo cáo")
    compiler.sees_last("Đã nhận 3 (muộn 1), còn thiếu 10")
    compiler.presses("Xem báo cáo đã nhận")
    compiler.sees_last("Sở Tài chính", "Sở Xây dựng: 10 giờ 30, thứ Ba 22/12, muộn", "Còn thiếu: ")
    compiler.presses("3")
    compiler.sees_last("Sở Y tế", "01 trường hợp nhắc nhở")


def test_the_summary_goes_to_the_chair(son_duong: Stage) -> None:
    hand_in(son_duong, Cast.FINANCE_HEAD, "Không có vi phạm")
    compiler = son_duong.phone(HEAD_OF_INTERNAL_AFFAIRS)
    compiler.says("/viec").presses("Tổng hợp báo cáo").presses("Đã xong").says("12/BC-SNV")
    compiler.says("Chấp hành tốt").attaches("tong-hop.pdf").presses("Gửi")
    chair = son_duong.phone(Cast.CHAIR)
    assert chair.sees_last("Tổng hợp báo cáo", "quý IV/2026", "12/BC-SNV", "Đã nhận 1, còn thiếu 12").files
    son_duong.pass_time(to=opening(date(2026, 12, 22)))
    assert not compiler.count("Báo cáo định kỳ: quý IV/2026")


def test_it_stays_with_the_unit_when_its_head_leaves(son_duong: Stage) -> None:
    def leave(work: Work) -> None:
        head = person_by_code(work.session, Cast.EDUCATION_HEAD)
        assert head is not None
        tenure = work.session.exec(select(Tenure).where(Tenure.person_id == head.id)).one()
        tenure.to_on = work.today

    son_duong.act(leave)
    son_duong.pass_time(by=timedelta(days=1))
    son_duong.phone(Cast.EDUCATION_HEAD).says("/viec").sees_last("không có việc nào")
    son_duong.phone(Cast.EDUCATION_DEPUTY).says("/viec").sees_last("quý IV/2026")
    hand_in(son_duong, Cast.EDUCATION_DEPUTY, "Không có vi phạm")
    found = turns(son_duong, PeriodicKind.QUARTERLY, QUARTER)
    assert [one.unit.code for one in found if one.duty.state is DutyState.DONE] == ["SGDDT"]


def test_a_unit_that_comes_later_owes_it_too_and_without_a_head_the_office_hears_of_it(son_duong: Stage) -> None:
    def found(work: Work) -> None:
        work.session.add(Unit(code="XMO", name="Xã Mới", kind=UnitKind.COMMUNE))

    son_duong.act(found)
    son_duong.pass_time(by=timedelta(minutes=1))
    *_others, last = turns(son_duong, PeriodicKind.QUARTERLY, QUARTER)
    assert (last.unit.code, last.duty.post_id) == ("XMO", None)
    office = son_duong.phone(Cast.OFFICE)
    son_duong.pass_time(to=opening(date(2026, 12, 18)))
    office.sees("quý IV/2026 – Xã Mới", "hiện chưa có người giữ chức vụ này")
    son_duong.pass_time(to=opening(date(2026, 12, 22)))
    compiler = son_duong.phone(HEAD_OF_INTERNAL_AFFAIRS)
    compiler.sees("còn thiếu 14", "và 2 đơn vị khác")
    compiler.presses("Xem báo cáo đã nhận").sees_last("Còn thiếu: ", "Xã Mới")


def test_nobody_else_sees_what_was_handed_in(son_duong: Stage) -> None:
    hand_in(son_duong, Cast.FINANCE_HEAD, "Không có vi phạm")
    other = son_duong.phone(Cast.HEALTH_HEAD)
    (turn, *_rest) = turns(son_duong, PeriodicKind.QUARTERLY, QUARTER)
    for route, key in (("periodic.open", turn.turn.id), ("periodic.result", turn.duty.id)):
        other.presses_token(f"{route}:{key}:0:")
        assert "vi phạm" not in other.last
    other.says("/baocao")
    assert "Báo cáo định kỳ" not in other.last


def test_internal_affairs_and_chair_reach_the_reports_from_the_menu(son_duong: Stage) -> None:
    for code in (Cast.CHAIR, Cast.INTERNAL_AFFAIRS, Cast.OFFICE):
        phone = son_duong.phone(code).says("/menu")
        if code == Cast.OFFICE:
            phone.presses("Xem thêm")
        phone.presses("Báo cáo định kỳ")
        phone.sees_last("kỷ luật, kỷ cương hành chính, quý IV/2026: đã nhận 0, còn thiếu 13")
        phone.presses("1")
        phone.sees_last("Còn thiếu: ")


def test_the_office_has_the_directive_read_out_and_sees_which_units_have_done_it(son_duong: Stage) -> None:
    office = son_duong.phone(Cast.OFFICE).says("/baocao").presses("Đề nghị quán triệt văn bản").says("30/11/2026")
    office.presses("Gửi").sees_last("Đã đề nghị 14 đơn vị")
    son_duong.pass_time(to=opening(date(2026, 11, 19)))
    head = son_duong.phone(Cast.FINANCE_HEAD)
    head.sees_last("Quán triệt văn bản: đến toàn thể cán bộ", "thứ Hai 30/11")
    head.says("/viec").presses("Quán triệt văn bản").sees_last("Phần cuối, đoạn thứ nhất", "hạn thứ Hai 30/11")
    head.presses("Đã xong").presses("Bỏ qua").says("Đã quán triệt đến 24 người").presses("Bỏ qua").presses("Gửi")
    office.says("/baocao").sees("Quán triệt văn bản", "đã nhận 1, còn thiếu 13")
    office.presses_token("periodic.read_out:0:0:")
    staff = son_duong.phone(Cast.FINANCE_HEAD)
    staff.presses_token("periodic.read_out:0:0:")
    assert "Đến hết ngày nào" not in staff.last.text


def test_tu_ky_asks_every_quarter_for_the_list_of_who_needs_a_badge_and_takes_no_picture(stage: Stage) -> None:
    stage.act(adopt, "tu-ky-2023")
    stage.act(move_staff)
    stage.pass_time(to=opening(date(2027, 1, 4)))
    found = turns(stage, PeriodicKind.BADGES, "2027-01-01/2027-03-31")
    assert len(found) == 13 and {one.duty.due_at for one in found} == {at(date(2027, 1, 16), time())}
    head = stage.phone(Cast.HEALTH_HEAD).says("/viec").presses("Lập danh sách làm thẻ")
    head.sees_last("quý I/2027", "thứ Sáu 15/01", "Đổi vị trí từ kỳ trước: Lương Thị Mai", "không gửi ảnh", "Mục 1")
    head.presses("Đã xong").presses("Bỏ qua").sees_last("Ai chưa có thẻ hoặc đổi vị trí?")
    head.attaches("anh-the.jpg")
    assert "Ai chưa có thẻ" in head.last.text
    head.says("Lương Thị Mai, Chuyên viên: cấp mới").presses("Gửi")
    stage.pass_time(to=opening(date(2027, 1, 18)))
    compiler = stage.phone(HEAD_OF_INTERNAL_AFFAIRS)
    compiler.sees("Đã nhận 1, còn thiếu 12")
    compiler.says("/baocao").sees_last("Lập danh sách làm thẻ", "đã nhận 1, còn thiếu 12")


def move_staff(work: Work) -> None:
    """An official of finance went to health in December."""
    person, colleague = (person_by_code(work.session, code) for code in (Cast.FINANCE_STAFF, Cast.HEALTH_STAFF))
    assert person and colleague
    (post,) = posts_of(work.session, colleague.key, work.today)
    work.session.add(Tenure(post_id=post.key, person_id=person.key, from_on=date(2026, 12, 7)))


def test_tu_ky_asks_communes_for_figures_and_the_office_for_the_report(stage: Stage) -> None:
    stage.act(adopt, "tu-ky-2023")
    stage.pass_time()
    commune = stage.phone(Cast.COMMUNE_CHAIR).says("/viec")
    commune.sees_last("số liệu giải quyết thủ tục hành chính, tuần 16/11 đến 22/11/2026", "thứ Năm 19/11", "tháng 11")
    office = stage.phone(Cast.CHIEF_OF_OFFICE).says("/viec")
    office.sees_last("Tổng hợp báo cáo: kết quả giải quyết thủ tục hành chính, tuần 16/11", "thứ Sáu 20/11")


def test_a_week_that_was_not_reported_is_missed_when_the_next_is_due(stage: Stage) -> None:
    stage.act(adopt, "tu-ky-2023")
    for day in (18, 23, 26, 27):
        stage.pass_time(to=at(date(2026, 11, day), time(9)))
    (first, *_rest) = turns(stage, PeriodicKind.WEEKLY_FIGURES, "2026-11-16/2026-11-22")
    (following, *_rest) = turns(stage, PeriodicKind.WEEKLY_FIGURES, "2026-11-23/2026-11-29")
    assert (first.duty.state, following.duty.state) == (DutyState.MISSED, DutyState.OPEN)
    assert not first.is_received


def owe_tasks(work: Work) -> None:
    """Finance has done one task in time and one late, and owes a third."""
    head = person_by_code(work.session, Cast.FINANCE_HEAD)
    assert head is not None
    post = posts_of(work.session, head.key, work.today)[0]
    for number, closed in enumerate((timedelta(), timedelta(hours=1), None), 1):
        new = NewDuty(kind=DutyKind.TASK, subject_id=number, what="Rà soát", post_id=post.key, due_at=work.now)
        duty = duties.open_duty(work, new)
        if closed is not None:
            duties.close(work, duty, DutyState.DONE)
            duty.closed_at = work.now + closed - timedelta(minutes=1)


def test_the_monthly_notice_of_the_office_goes_to_all_heads(stage: Stage) -> None:
    stage.act(adopt, "tan-yen-2024")
    stage.act(owe_tasks)
    stage.pass_time()
    opened = stage.phone(Cast.CHIEF_OF_OFFICE).says("/viec").presses("Tổng hợp báo cáo")
    opened.sees_last("đến hạn trong tháng", "Sở Tài chính: đúng hạn 1, muộn 1, chưa có 1")
    office = stage.phone(Cast.CHIEF_OF_OFFICE).says("/viec").presses("Tổng hợp báo cáo").presses("Đã xong")
    office.says("30/TB-VP").says("Kèm theo bảng tổng hợp").presses("Bỏ qua").presses("Gửi")
    stage.phone(Cast.COMMUNE_CHAIR).sees_last("thông báo gửi nhận tài liệu", "tháng 11/2026", "30/TB-VP", "chưa có 1")


def test_packs_that_know_no_reports_ask_for_none(stage: Stage) -> None:
    stage.pass_time(to=at(date(2026, 12, 7), time(9)))
    stage.phone(Cast.COMMUNE_CHAIR).says("/viec").sees_last("không có việc nào")
