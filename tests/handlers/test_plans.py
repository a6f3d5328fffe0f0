"""The detailed plan of an item of the work programme: drawn up, reminded of, carried out, within the item's day."""

from collections.abc import Sequence
from datetime import date, datetime
from io import BytesIO

import openpyxl
import pytest
from sqlmodel import Session, col, select

from bot.clock import LOCAL_ZONE, SetClock
from bot.files import FileStore
from bot.work import Work
from models.database import Database
from models.duties import Duty
from models.files import StoredFile
from models.people import Switch, Tenure, person_by_code, the_body
from models.tasks import TaskFailure
from rules.duties import DutyKind, DutyState
from services.demo import Cast
from tests.conversation import Phone, Stage
from tests.programme_stage import TAN_YEN, programme, staged
from tests.services.workbooks import Sheet, load, refused

# The clock stands on Wednesday 18 November 2026; the 24th is off, so 15 working days before 18/12 is Friday 27/11.
MARKETS = ("CT-01", "Đề án chỉnh trang chợ", "STC", "18/12/2026", "UBND", "phai_trinh", None)
STEP_HEADINGS = (
    "Mã", "Nội dung", "Người thực hiện", "Kết quả", "Hạn", "Người chịu trách nhiệm", "Nội dung chương trình",
)  # fmt: skip
SURVEY = ("CT-01-1", "Khảo sát các chợ", "STC04", "Báo cáo khảo sát", "04/12/2026", "STC04", "CT-01")


def steps(*rows: Sequence[object]) -> Sheet:
    return ("Nhiệm vụ", [STEP_HEADINGS, *rows])


@pytest.fixture
def tan_yen(database: Database, clock: SetClock, files: FileStore) -> Stage:
    return staged(Stage(database, clock, files), TAN_YEN, MARKETS)


@pytest.fixture
def head(tan_yen: Stage) -> Phone:
    return tan_yen.phone(Cast.FINANCE_HEAD)


def owed(stage: Stage, kind: DutyKind) -> list[Duty]:
    def read(session: Session) -> list[Duty]:
        found = list(session.exec(select(Duty).where(Duty.kind == kind).order_by(col(Duty.id))).all())
        session.expunge_all()
        return found

    return stage.database.transact(read)


def hears(phone: Phone, words: str) -> bool:
    return any(words in bubble for bubble in phone.bubbles)


def morning(day: int, month: int = 11) -> datetime:
    return datetime(2026, month, day, 7, 30, tzinfo=LOCAL_ZONE)


def draw_up(head: Phone) -> Phone:
    """From the programme: one step, for an official of the unit."""
    head.says("/chuongtrinh").presses("Kế hoạch chi tiết").presses("1. Đề án chỉnh trang chợ").presses("Thêm bước")
    return fill_in(head)


def fill_in(head: Phone) -> Phone:
    head.says("Khảo sát các chợ").says("Lương Thị Mai").presses("Lương Thị Mai")
    return head.says("04/12/2026").says("Báo cáo khảo sát").presses("Gửi")


def test_a_head_draws_up_the_plan_and_its_steps_are_owed_accepted_and_counted(tan_yen: Stage, head: Phone) -> None:
    draw_up(head)
    head.sees(
        "Kế hoạch chi tiết", "Kế hoạch 1 bước, đã xong 0", "1. Khảo sát các chợ", "thứ Sáu 04/12", "điểm b khoản 3"
    )
    doer = tan_yen.phone(Cast.FINANCE_STAFF)
    doer.sees_last("Nhiệm vụ mới", "Bước của kế hoạch: Khảo sát các chợ", "Đề án chỉnh trang chợ", "điểm b khoản 3")
    doer.presses("Đã xong").presses("Bỏ qua").says("Đã khảo sát 12 chợ").presses("Bỏ qua").presses("Gửi")
    head.sees_last("Khảo sát các chợ", "Đã khảo sát 12 chợ")
    head.presses("Xác nhận")
    head.says("/viec").presses("Chương trình công tác: Đề án").sees_last("Kế hoạch 1 bước, đã xong 1", "Đã xong")
    head.says("/chuongtrinh").sees("Phải trình 0, đã trình 0")


def test_who_has_no_plan_is_reminded_and_is_free_with_the_first_step(tan_yen: Stage, head: Phone) -> None:
    tan_yen.pass_time(to=morning(26))
    head.sees_last("Lập kế hoạch chi tiết: Đề án chỉnh trang chợ", "thứ Sáu 27/11", "điểm b khoản 3")
    head.presses("Vì sao?").sees_last("phải có kế hoạch chi tiết đối với từng nội dung", "15 ngày làm việc trước 18/12")
    head.presses("Mở", on=head.sees("Nhắc việc", "Lập kế hoạch chi tiết")).presses("Thêm bước")
    fill_in(head)
    assert [duty.state for duty in owed(tan_yen, DutyKind.PLAN)] == [DutyState.DONE]


@pytest.mark.parametrize("pack", ["quoc-gia", "son-duong-2021"])
def test_a_directive_that_is_silent_asks_nobody_and_leaves_a_step_the_general_duty(
    database: Database, clock: SetClock, files: FileStore, pack: str
) -> None:
    stage = staged(Stage(database, clock, files), pack, MARKETS)
    draw_up(stage.phone(Cast.FINANCE_HEAD))
    assert owed(stage, DutyKind.PLAN) == []
    assert [bool(duty.clause) for duty in owed(stage, DutyKind.STEP)] == [True]


def test_a_body_sets_its_own_number_of_days_and_what_comes_too_late_is_spared(tan_yen: Stage) -> None:
    def own(work: Work, days: str) -> None:
        work.session.add(Switch(name="programme.plan_days", value=days, from_on=date(2026, 11, 1)))

    tan_yen.act(own, "20")
    later = ("CT-02", "Đề án cây xanh", "STC", "31/12/2026", "UBND", "phai_trinh", None)
    soon = ("CT-03", "Đề án vỉa hè", "STC", "04/12/2026", "UBND", "phai_trinh", None)
    tan_yen.act(load, programme(later, soon))
    assert [duty.what for duty in owed(tan_yen, DutyKind.PLAN)] == ["Đề án chỉnh trang chợ", "Đề án cây xanh"]


def test_an_item_that_moves_flags_the_steps_that_now_end_after_it(tan_yen: Stage, head: Phone) -> None:
    tan_yen.act(load, steps(SURVEY))
    tan_yen.act(load, programme((*MARKETS[:3], "01/12/2026", *MARKETS[4:])))
    head.sees_last("Bước kết thúc sau hạn trình của nội dung", "Khảo sát các chợ", "thứ Sáu 04/12", "điểm b khoản 3")
    head.presses("Kế hoạch chi tiết").sees_last("Khảo sát các chợ", "sau hạn trình của nội dung")
    head.presses("1. Bước của kế hoạch").presses("Ngày khác").says("04/12/2026")
    head.sees_last("quá muộn")
    head.says("30/11/2026").sees_last("Khảo sát các chợ", "thứ Hai 30/11")
    assert "sau hạn trình" not in head.last.text
    tan_yen.phone(Cast.FINANCE_STAFF).sees_last("Thời hạn đã thay đổi", "thứ Sáu 04/12", "thứ Hai 30/11")


def test_a_step_taken_out_is_told_and_the_plan_is_owed_again(tan_yen: Stage, head: Phone) -> None:
    draw_up(head).presses("1. Bước của kế hoạch").presses("Bỏ bước này")
    head.sees_last("Chưa có kế hoạch chi tiết")
    tan_yen.phone(Cast.FINANCE_STAFF).sees_last("Bước đã được đưa ra khỏi kế hoạch", "Khảo sát các chợ")
    assert [duty.state for duty in owed(tan_yen, DutyKind.STEP)] == [DutyState.VOID]
    assert [duty.state for duty in owed(tan_yen, DutyKind.PLAN)] == [DutyState.OPEN]


def test_a_step_of_his_own_is_finished_without_anybody_s_acceptance(tan_yen: Stage, head: Phone) -> None:
    tan_yen.act(load, steps((*SURVEY[:2], "STC01", *SURVEY[3:5], "STC01", "CT-01")))
    head.says("/viec").presses("1. Bước của kế hoạch").presses("Đã xong")
    head.presses("Bỏ qua").says("Xong").presses("Bỏ qua").presses("Gửi")
    assert [duty.state for duty in owed(tan_yen, DutyKind.STEP)] == [DutyState.DONE]
    assert not hears(tan_yen.phone(Cast.CHAIR), "Khảo sát các chợ")


def test_a_late_step_goes_to_its_lead_and_not_to_the_chair(tan_yen: Stage, head: Phone) -> None:
    tan_yen.act(load, steps(SURVEY))
    tan_yen.pass_time(to=morning(7, 12))
    head.sees("Để đồng chí theo dõi", "Khảo sát các chợ", "quá hạn từ thứ Sáu 04/12")
    tan_yen.pass_time(to=morning(9, 12))
    assert not hears(tan_yen.phone(Cast.CHAIR), "Khảo sát các chợ")

    def proposed(session: Session) -> int:
        return len(session.exec(select(TaskFailure)).all())

    assert tan_yen.database.transact(proposed) == 0


def test_a_new_head_takes_over_what_is_owed_to_his_plan(tan_yen: Stage, head: Phone) -> None:
    tan_yen.pass_time(to=morning(18))
    draw_up(head)
    doer = tan_yen.phone(Cast.FINANCE_STAFF).presses("Đã xong")
    doer.presses("Bỏ qua").says("Đã khảo sát").presses("Bỏ qua").presses("Gửi")

    def succeed(work: Work) -> None:
        former, new = person_by_code(work.session, Cast.FINANCE_HEAD), person_by_code(work.session, Cast.FINANCE_DEPUTY)
        assert former and new
        held = work.session.exec(select(Tenure).where(Tenure.person_id == former.key)).one()
        held.from_on, held.to_on = date(2026, 1, 1), date(2026, 11, 18)
        work.session.add(Tenure(post_id=held.post_id, person_id=new.key, from_on=date(2026, 11, 19)))

    tan_yen.act(succeed)
    tan_yen.pass_time(to=morning(19))
    successor = tan_yen.phone(Cast.FINANCE_DEPUTY)
    route = f"duty.accept:{owed(tan_yen, DutyKind.STEP)[0].id}:0:"
    head.presses_token(route)
    assert [duty.state for duty in owed(tan_yen, DutyKind.STEP)] == [DutyState.SUBMITTED]
    successor.presses_token(route)
    assert [duty.state for duty in owed(tan_yen, DutyKind.STEP)] == [DutyState.DONE]


def test_submitting_the_item_ends_what_is_left_of_its_plan(tan_yen: Stage, head: Phone) -> None:
    draw_up(head)
    head.says("/viec").presses("Chương trình công tác: Đề án").presses("Đã xong")
    head.presses("Bỏ qua").says("Đã trình").presses("Bỏ qua").presses("Gửi")
    assert [duty.state for duty in owed(tan_yen, DutyKind.STEP)] == [DutyState.VOID]


def test_only_who_answers_for_the_item_and_the_office_change_its_plan(tan_yen: Stage, head: Phone) -> None:
    draw_up(head)
    other = tan_yen.phone(Cast.HEALTH_HEAD)
    for route in ("plan.open:1:0:", "plan.add:1:0:", "plan.day:3:0:", "plan.drop:3:0:"):
        other.presses_token(route)
    assert [duty.state for duty in owed(tan_yen, DutyKind.STEP)] == [DutyState.OPEN]
    assert "Khảo sát" not in other.last.text
    office = tan_yen.phone(Cast.OFFICE).says("/chuongtrinh").presses("Kế hoạch chi tiết").presses("1. Đề án")
    assert "Thêm bước" in office.last.buttons


def test_a_plan_is_drawn_up_on_a_phone_that_shows_text_alone(text_stage: Stage) -> None:
    stage = text_stage
    stage.act(_under_tan_yen)
    stage.act(load, programme(MARKETS))
    head = stage.phone(Cast.FINANCE_HEAD).says("chuong trinh").presses("Kế hoạch chi tiết").presses("1")
    fill_in(head.presses("Thêm bước"))
    head.sees("Kế hoạch 1 bước, đã xong 0", "Khảo sát các chợ")


def _under_tan_yen(work: Work) -> None:
    body = the_body(work.session)
    assert body is not None
    body.pack_id = TAN_YEN


def test_the_workbook_lists_every_plan(tan_yen: Stage, head: Phone) -> None:
    second = ("CT-02", "Đề án cây xanh", "SXD", "31/12/2026", "UBND", "phai_trinh", None)
    tan_yen.act(load, programme(MARKETS, second), steps(SURVEY))
    tan_yen.phone(Cast.OFFICE).says("/chuongtrinh").presses("12/2026").presses("Tải tệp .xlsx")

    def digest(session: Session) -> str:
        return session.exec(select(StoredFile).where(col(StoredFile.name).endswith(".xlsx"))).one().digest

    book = openpyxl.load_workbook(BytesIO(tan_yen.files.read(tan_yen.database.transact(digest))))
    rows = list(book["Kế hoạch chi tiết"].iter_rows(min_row=4, values_only=True))
    assert [(row[0], row[3], row[6]) for row in rows] == [
        ("Đề án chỉnh trang chợ", "Khảo sát các chợ", "đang thực hiện"),
        ("Đề án cây xanh", None, "chưa có kế hoạch chi tiết"),
    ]


@pytest.mark.parametrize(
    ("row", "error"),
    [
        ((*SURVEY[:6], "CT-99"), "Nhiệm vụ!G2: Không có nội dung chương trình công tác mã CT-99."),
        (
            (*SURVEY[:4], "19/12/2026", *SURVEY[5:]),
            "Nhiệm vụ!E2: Hạn của bước không được sau hạn trình của nội dung, 18/12/2026.",
        ),
    ],
)
def test_a_step_that_does_not_fit_is_named_at_its_cell(tan_yen: Stage, row: Sequence[object], error: str) -> None:
    errors = tan_yen.act(refused, steps(row))
    assert [each for each in errors if error in each], errors
