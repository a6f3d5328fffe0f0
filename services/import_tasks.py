"""The sheet `Nhiệm vụ`: assigned and changed through the same use cases as in chat; steps of plans stand there too."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from bot.i18n import full_date
from bot.work import Work
from models.offices import holders_with_role
from models.people import Post, Role
from models.programme import ProgrammeItem, item_by_code
from models.tasks import task_by_code
from reports.workbook import CellError, Row
from rules.errors import N_
from services import people, plans, programme, tasks
from services.import_people import NO_UNIT
from services.register import Register
from services.tasks import NewTask

NO_PERSON = N_("There is no person with the code {code}.")
NO_POST_TODAY = N_("{name} holds no post today.")
NO_ITEM = N_("There is no item of the work programme with the code {code}.")
OTHER_ITEM = N_("This task is known already, and is no step of {code}. Please give the step a code of its own.")
ITEM = "Nội dung chương trình"


def apply_tasks(
    work: Work, register: Register, rows: Sequence[Row], planned: Collection[str], errors: list[CellError]
) -> int:
    """Assign new tasks and change known ones, once nothing in the whole workbook is wrong.

    `planned` are the codes of the workbook's own programme: while anything is wrong none of it is in the database.
    """
    wanted = [_new_task(work, register, row, planned, errors) for row in rows]
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
    item = work.session.get(ProgrammeItem, new.item_id) if new.item_id else None
    if item is not None:
        programme.ask_for_plan(work, item)


def _new_task(
    work: Work, register: Register, row: Row, planned: Collection[str], errors: list[CellError]
) -> NewTask | None:
    item = _item(work, row, planned, errors)
    new = _task(work, register, row, errors)
    if new is None or item is None:
        return new
    lead = programme.lead(work, item) if not row.text("Người giao") else None
    # A step is owed as soon as it is planned, and given by whoever answers for the item.
    return replace(new, item_id=item.key, received_at=None, assigner_id=lead.id if lead else new.assigner_id)


def _item(work: Work, row: Row, planned: Collection[str], errors: list[CellError]) -> ProgrammeItem | None:
    """The item of which the row is a step; what does not fit it is reported."""
    code, due_on = row.text(ITEM), row.day("Hạn")
    if not code:
        return None
    item, known = item_by_code(work.session, code), task_by_code(work.session, row.text("Mã"))
    if item is None and code not in planned:
        errors.append(row.error(ITEM, NO_ITEM, code=code))
    if item is not None and known is not None and known.item_id != item.id:
        errors.append(row.error(ITEM, OTHER_ITEM, code=code))
    if item is not None and due_on is not None and due_on > item.due_on:
        errors.append(row.error("Hạn", plans.StepAfterItemError.msgid, day=full_date(item.due_on)))
    return item


def _task(work: Work, register: Register, row: Row, errors: list[CellError]) -> NewTask | None:
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
