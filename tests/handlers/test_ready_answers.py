"""Ready answers: kept from an answer, approved, chosen for a question, ended by themselves; hidden from others."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlmodel import select

from bot.files import FileStore
from bot.work import Work
from models.audit import AuditEntry
from models.hotline import Ticket
from models.hotline_directory import procedures
from models.ready_answers import ReadyAnswer
from rules.ready_answers import AnswerState
from services import hotline_people, ready_answers
from services.demo import Cast
from tests.conversation import Phone
from tests.databases import SqliteFiles, opened
from tests.handlers.hotline_stage import HotlineStage
from tests.handlers.task_stage import morning

TEXT, BASIS = "Tiếp dân sáng thứ Ba và thứ Năm", "Điều 15 Luật Tiếp công dân 2013"


@pytest.fixture
def stage(sqlite_files: SqliteFiles, tmp_path: Path, files: FileStore) -> Iterator[HotlineStage]:
    with sqlite_files.fresh() as url, opened(url) as database:
        yield HotlineStage(database, files)


def proposed(stage: HotlineStage, until: str = "3 tháng") -> Phone:
    """Whoever is on duty has answered a citizen and keeps the answer."""
    stage.asked()
    team = stage.on_duty().presses("Nhận xử lý").presses("Trả lời").says(TEXT).presses("Bỏ qua").presses("Gửi")
    team.presses("Lưu làm câu trả lời mẫu").says(BASIS).presses("Bỏ qua")
    return (team.presses(until) if "tháng" in until else team.says(until)).presses("Gửi")


def the_answer(stage: HotlineStage) -> ReadyAnswer:
    return stage.database.transact(lambda session: session.exec(select(ReadyAnswer)).one())


def test_an_answer_is_kept_approved_and_put_into_the_next_one_with_its_basis(stage: HotlineStage) -> None:
    team = proposed(stage).sees_last
    team("Câu trả lời mẫu số 1: chờ duyệt", TEXT, BASIS)
    leader = stage.leader()
    leader.sees_last("chờ duyệt", TEXT, BASIS)
    leader.presses("Đồng ý").sees_last("đã đồng ý", "Dùng cho: Phường Mẫu Trung")
    citizen = stage.asked("Hôm nào phường tiếp dân", name="dan-2")
    second = stage.on_duty().presses("Nhận xử lý").presses("Trả lời").presses("Chọn câu trả lời mẫu")
    second.sees_last(TEXT[:20], "có giá trị đến hết ngày 18/02/2027")
    second.presses("1").presses("Bỏ qua").sees_last(TEXT, BASIS)
    second.presses("Sửa").presses("Trả lời").sees_last(TEXT)
    second.says(f"{TEXT}, từ 7 giờ 30").presses("Gửi")
    citizen.sees_last(f"{TEXT}, từ 7 giờ 30")
    entries = stage.database.transact(lambda session: session.exec(select(AuditEntry)).all())
    kept = [entry for entry in entries if entry.action.startswith("ready_answer.")]
    assert [entry.action for entry in kept] == [f"ready_answer.{act}" for act in ("proposed", "approved", "used")]
    assert not any(TEXT in str(entry.facts) or BASIS in str(entry.facts) for entry in kept)


def test_when_its_shelf_life_ends_it_is_withdrawn_and_its_owner_told_once(stage: HotlineStage) -> None:
    owner = proposed(stage, "27/11/2026")
    stage.leader().presses("Đồng ý")
    stage.pass_time(to=morning(date(2026, 11, 23)))
    owner.sees("đã đồng ý", "27/11/2026", "Gia hạn", "sắp hết thời hạn")
    seen = owner.count("sắp hết thời hạn")
    stage.pass_time(to=morning(date(2026, 11, 26)))
    assert owner.count("sắp hết thời hạn") == seen
    stage.pass_time(to=morning(date(2026, 11, 30)))
    stage.pass_time(to=morning(date(2026, 12, 1)))
    assert owner.count("số 1: hết thời hạn") == 1 and the_answer(stage).state is AnswerState.EXPIRED
    owner.presses("Gia hạn").sees("chờ duyệt", "08/12/2026")
    stage.leader().presses("Không duyệt").says("Luật đã sửa")
    owner.sees("không duyệt", "Luật đã sửa")


def test_the_office_shares_it_with_all_and_nobody_else_touches_it(stage: HotlineStage) -> None:
    proposed(stage)
    for phone in (stage.phone("MDO01"), stage.phone(Cast.HEALTH_HEAD)):
        for route in ("open", "approve", "decline", "renew", "withdraw"):
            phone.presses_token(f"ready.{route}:1:0:")
            assert TEXT not in phone.last.text
    owner = stage.on_duty()
    owner.presses_token("ready.approve:1:0:")
    assert the_answer(stage).state is AnswerState.PROPOSED
    clerk = stage.phone(Cast.OFFICE).says("/hotline").presses("Câu trả lời mẫu").presses("1")
    clerk.presses("Duyệt cho tất cả xã, phường").sees_last("Dùng cho: tất cả xã, phường")
    stage.asked("Phường nào tiếp dân", "Phường Mẫu Đông", "dan-3")
    other = stage.on_duty("MDO").presses("Nhận xử lý").presses("Trả lời").presses("Chọn câu trả lời mẫu")
    other.sees_last(TEXT[:20])
    clerk.presses("Thu hồi").sees_last("đã rút")
    other.presses_token(f"ready.use:{stage.ticket.id}:0:1").sees_last("cũ")


def test_what_fits_the_procedure_of_the_question_is_offered_first_and_nothing_that_is_over(stage: HotlineStage) -> None:
    stage.asked()

    def orders(work: Work) -> list[str]:
        ticket = work.session.exec(select(Ticket)).one()
        first, second = [one.key for one in procedures(work.session)[:2]]
        post = hotline_people.team(work, ticket.unit_id)[0]
        ticket.procedure_id = second
        for text, procedure, days in (
            ("khác", first, 9),
            ("chung", None, 0),
            ("đúng", second, 9),
            ("hết hạn", second, -1),
        ):
            answer = ReadyAnswer(
                unit_id=ticket.unit_id,
                owner_post_id=post,
                procedure_id=procedure,
                text=text,
                basis=BASIS,
                valid_until=work.today + timedelta(days=days),
                term=9,
                state=AnswerState.APPROVED,
                proposed_at=work.now,
            )
            work.session.add(answer)
        work.session.flush()
        return [one.text for one in ready_answers.fitting(work, ticket)]

    assert stage.act(orders) == ["đúng", "chung", "khác"]
