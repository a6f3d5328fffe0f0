"""The sheet `Nhiệm vụ`: assigned and changed through the same use cases as in chat."""

from collections.abc import Sequence

from bot.work import Work
from models.offices import holders_with_role
from models.people import Post, Role
from models.tasks import task_by_code
from reports.workbook import CellError, Row
from rules.errors import N_
from services import people, tasks
from services.import_people import NO_UNIT
from services.register import Register
from services.tasks import NewTask

NO_PERSON = N_("There is no person with the code {code}.")
NO_POST_TODAY = N_("{name} holds no post today.")


def apply_tasks(work: Work, register: Register, rows: Sequence[Row], errors: list[CellError]) -> int:
    """Assign new tasks and change known ones, once nothing in the whole workbook is wrong."""
    wanted = [_new_task(work, register, row, errors) for row in rows]
    if errors:
        return 0
    for new in wanted:
        if new is not None:
            _assign_or_change(work, new)
    return len(rows)


def _assign_or_change(work: Work, new: NewTask) -> None:
    task = task_by_code(work.session, new.code)
    if task is None:
        tasks.assign(work, new)
    else:
        tasks.change(work, task, new)


def _new_task(work: Work, register: Register, row: Row, errors: list[CellError]) -> NewTask | None:
    doer, responsible = (
        post_named(work, register, row, heading, row.text(heading), errors)
        for heading in ("Người thực hiện", "Người chịu trách nhiệm")
    )
    unit_ids = _units(register, row, errors)
    assigner_id = _assigner(work, register, row, errors)
    due_on = row.day("Hạn")
    if doer is None or responsible is None or due_on is None:
        return None
    return NewTask(
        code=row.text("Mã"),
        content=row.text("Nội dung"),
        result=row.text("Kết quả"),
        due_on=due_on,
        post_id=doer.key,
        responsible_post_id=responsible.key,
        assigner_id=assigner_id,
        unit_ids=unit_ids,
        received_at=row.moment("Nhận lúc"),
        document=row.text("Số văn bản"),
    )


def post_named(
    work: Work, register: Register, row: Row, heading: str, code: str, errors: list[CellError]
) -> Post | None:
    """The post of the person whose code stands in a cell; what is wrong with it is reported there."""
    person = register.person(code)
    if person is None:
        if code and not register.is_failed(code):
            errors.append(row.error(heading, NO_PERSON, code=code))
        return None
    post = people.main_post(work, person)
    if post is None:
        errors.append(row.error(heading, NO_POST_TODAY, name=person.full_name))
    return post


def _assigner(work: Work, register: Register, row: Row, errors: list[CellError]) -> int | None:
    """Whoever is named, else the chair."""
    code = row.text("Người giao")
    person = register.person(code)
    if person is not None:
        return person.id
    if code and not register.is_failed(code):
        errors.append(row.error("Người giao", NO_PERSON, code=code))
    chairs = holders_with_role(work.session, (Role.CHAIR,), work.today)
    return next((chair.id for chair in chairs), None)


def _units(register: Register, row: Row, errors: list[CellError]) -> list[int]:
    found = []
    for code in row.items("Đơn vị phối hợp"):
        unit = register.unit(code)
        if unit is not None:
            found.append(unit.key)
        elif not register.is_failed(code):
            errors.append(row.error("Đơn vị phối hợp", NO_UNIT, code=code))
    return found
