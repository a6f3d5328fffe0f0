"""The sheet `Nhiệm vụ`, the chain of assignment, and the weekly list."""

from collections.abc import Sequence
from datetime import date, datetime, time

import pytest
from sqlmodel import select

from bot.work import Work
from models.duties import Duty, duty_about
from models.outbox import OutboxMessage
from models.people import Person, person_by_code
from models.tasks import Task, WeeklyItem, WeeklyList, chain_of, items_of, task_by_code, units_of
from rules.duties import DutyKind
from rules.workdays import at
from services import extensions, failures, people, results, tasks, weekly_lists
from services.extensions import Asked
from services.results import Result
from tests.services.workbooks import BODY, EVERYBODY, UNITS, Sheet, load, refused

HEADINGS = (
    "Mã", "Nội dung", "Người thực hiện", "Kết quả", "Hạn", "Người chịu trách nhiệm", "Người giao", "Đơn vị phối hợp",
    "Nhận lúc", "Số văn bản",
)  # fmt: skip
ROW = ("NV-1", "Rà soát chợ", "PTP", "Báo cáo", "15/12/2026", "TP", "CT", "VP", "18/11/2026 08:00", "288/UBND-VP")


def sheet(*rows: Sequence[object]) -> Sheet:
    return ("Nhiệm vụ", [HEADINGS, *rows])


def row(**changed: object) -> tuple[object, ...]:
    names = ("code", "content", "doer", "result", "due", "responsible", "assigner", "units", "received", "document")
    return tuple(changed.get(name, value) for name, value in zip(names, ROW, strict=True))


def imported(work: Work, *rows: Sequence[object], pack: str = "tan-yen-2024") -> Task:
    body = (BODY[0], [BODY[1][0], (*BODY[1][1][:2], pack)])
    load(work, body, UNITS, EVERYBODY, sheet(*rows))
    found = task_by_code(work.session, "NV-1")
    assert found is not None
    return found


def person(work: Work, code: str) -> Person:
    found = person_by_code(work.session, code)
    assert found is not None
    return found


def duty_of(work: Work, task: Task, kind: DutyKind = DutyKind.TASK) -> Duty:
    found = duty_about(work.session, kind, task.key)
    assert found is not None
    return found


def test_a_row_is_assigned_with_all_that_follows(work: Work) -> None:
    task = imported(work, ROW)
    duty = duty_of(work, task)
    assert (duty.superior_id, duty.due_at) == (person(work, "CT").id, at(date(2026, 12, 16), time()))
    assert duty.clause == "ty.2.c.work"
    (unit,) = units_of(work.session, task.key)
    nomination = duty_about(work.session, DutyKind.NOMINATE, unit.key)
    assert nomination is not None and nomination.clause == "ty.2.b.co"
    assert duty_of(work, task, DutyKind.JOINT_PROPOSAL).clause == "ty.4.a.joint"
    assert [link.post_id for link in chain_of(work.session, task.key)] == [task.post_id]


def test_without_a_clause_on_many_agencies_nobody_owes_a_proposal(work: Work) -> None:
    task = imported(work, ROW, pack="gia-binh-2022")
    assert duty_about(work.session, DutyKind.JOINT_PROPOSAL, task.key) is None
    assert duty_of(work, task).clause == "lcbcc.duty"


@pytest.mark.parametrize(
    ("changed", "cell"),
    [
        ({"content": None}, "B2"),
        ({"doer": "XX"}, "C2"),
        ({"doer": None}, "C2"),
        ({"result": None}, "D2"),
        ({"due": None}, "E2"),
        ({"due": "31/02/2026"}, "E2"),
        ({"responsible": "XX"}, "F2"),
        ({"assigner": "XX"}, "G2"),
        ({"units": "VP, XX"}, "H2"),
    ],
)
def test_all_five_are_mandatory_and_every_slip_is_named_at_its_cell(
    work: Work, changed: dict[str, object], cell: str
) -> None:
    errors = refused(work, BODY, UNITS, EVERYBODY, sheet(row(**changed)))
    assert [error for error in errors if error.startswith(f"Nhiệm vụ!{cell}:")] == errors


@pytest.mark.parametrize("due", ["15/12/2026", "16/12/2026", "01/12/2026", "20/12/2026"])
def test_no_workbook_breaks_a_granted_extension(work: Work, due: str) -> None:
    task = imported(work, ROW)
    work.actor = person(work, "PTP")
    extension = extensions.ask(work, duty_of(work, task), Asked(date(2026, 12, 18), "Mưa lũ", "9/KT"))
    work.actor = person(work, "CT")
    extensions.grant(work, extension, duty_of(work, task))
    work.actor = None
    imported(work, row(due=due))
    expected = date(2026, 12, 21) if due.startswith("20") else date(2026, 12, 19)
    assert duty_of(work, task).due_at == at(expected, time())


def test_the_same_workbook_again_says_nothing(work: Work) -> None:
    imported(work, ROW)
    work.close()
    before = len(work.session.exec(select(OutboxMessage)).all())
    assert before > 0
    imported(work, ROW)
    work.close()
    assert len(work.session.exec(select(OutboxMessage)).all()) == before


def test_a_unit_that_contributes_no_more_owes_no_name(work: Work) -> None:
    task = imported(work, ROW)
    (unit,) = units_of(work.session, task.key)
    imported(work, row(units=None))
    nomination = duty_about(work.session, DutyKind.NOMINATE, unit.key)
    assert nomination is not None and nomination.state == "void"
    assert not units_of(work.session, task.key)


def test_the_first_owner_stays_in_the_chain(work: Work) -> None:
    task = imported(work, ROW)
    first = task.post_id
    work.actor = person(work, "CT")
    for code in ("CV", "TP"):
        post = people.main_post(work, person(work, code))
        assert post is not None
        tasks.reassign(work, duty_of(work, task), post.key, "Đúng chức năng")
    chain = chain_of(work.session, task.key)
    assert chain[0].post_id == first and len(chain) == 3
    assert task.post_id == chain[-1].post_id == duty_of(work, task).post_id


def test_another_doer_in_the_workbook_is_a_link_and_a_former_one_takes_nothing_back(work: Work) -> None:
    task = imported(work, ROW)
    imported(work, row(doer="CV", responsible="CV"))
    clerk = people.main_post(work, person(work, "CV"))
    assert clerk is not None and duty_of(work, task).post_id == task.responsible_post_id == clerk.key
    imported(work, ROW)
    assert duty_of(work, task).post_id == clerk.key
    assert [link.post_id for link in chain_of(work.session, task.key)][1:] == [clerk.key]


def test_whoever_waits_for_the_chair_is_not_blamed(work: Work) -> None:
    task = imported(work, row(due="19/11/2026"))
    work.actor = person(work, "PTP")
    extensions.ask(work, duty_of(work, task), Asked(date(2026, 12, 18), "Mưa lũ", "9/KT"))
    work.actor, work.now = None, at(date(2026, 11, 25), time(9))
    assert failures.propose(work) == 0


MONDAY = date(2026, 11, 23)


def weekly(work: Work, now: datetime) -> list[str]:
    """The list made at a moment: the codes on it."""
    work.actor, work.now = None, now
    weekly_lists.compile_due(work)
    (made,) = work.session.exec(select(WeeklyList)).all()
    return [task.code for _item, task in items_of(work.session, made.key)]


def test_the_monday_list_holds_what_was_due_before_and_not_reported(work: Work) -> None:
    load(
        work, (BODY[0], [BODY[1][0], ("UBND phường Mẫu", "MAU", "son-duong-2021")]), UNITS, EVERYBODY,
        sheet(
            row(due="20/11/2026"),
            row(code="NV-2", due="22/11/2026", doer="CV"),
            row(code="NV-3", due="23/11/2026"),
            row(code="NV-4", due="20/11/2026"),
            row(code="NV-5", due="20/11/2026"),
        ),
    )  # fmt: skip
    done, late = task_by_code(work.session, "NV-4"), task_by_code(work.session, "NV-5")
    assert done and late
    work.actor, work.now = person(work, "PTP"), at(MONDAY, time(6, 59))
    results.submit(work, duty_of(work, done), Result(text="Xong"))
    # After the cut-off of 07:00 it is too late for this week's list, even where it is made later (A6).
    work.now = at(MONDAY, time(8))
    results.submit(work, duty_of(work, late), Result(text="Xong"))
    assert weekly(work, at(MONDAY, time(9))) == ["NV-1", "NV-5", "NV-2"]


def test_the_list_of_a_week_is_made_once_and_not_before_its_hour(work: Work) -> None:
    imported(work, row(due="20/11/2026"), pack="son-duong-2021")
    work.now = at(MONDAY, time(6, 59))
    assert weekly_lists.compile_due(work) == 0
    work.now = at(MONDAY, time(7))
    assert [weekly_lists.compile_due(work) for _look in range(3)] == [1, 0, 0]
    work.now = at(date(2026, 11, 27), time(7))
    assert weekly_lists.compile_due(work) == 0
    assert len(work.session.exec(select(WeeklyItem)).all()) == 1


@pytest.mark.parametrize(("day", "made"), [(25, 1), (26, 0)])
def test_after_an_outage_the_list_is_still_made_unless_the_next_is_nearer(work: Work, day: int, made: int) -> None:
    imported(work, row(due="20/11/2026"), pack="son-duong-2021")
    work.now = at(date(2026, 11, day), time(8))
    assert weekly_lists.compile_due(work) == made


def test_only_a_body_whose_rules_ask_for_it_has_a_list(work: Work) -> None:
    imported(work, row(due="20/11/2026"))
    work.now = at(MONDAY, time(7))
    assert weekly_lists.compile_due(work) == 0
