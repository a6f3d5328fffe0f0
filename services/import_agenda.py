"""The sheet `Nội dung trình`: items are put on the list, or brought in line, as the Office does it in chat."""

from collections.abc import Collection, Sequence

from bot.work import Work
from models.agenda import item_by_code
from models.duties import Duty
from models.meetings import meeting_by_code
from models.people import Unit
from reports.workbook import CellError, Row
from rules.errors import N_, DomainError
from services import agenda_items, papers
from services.agenda_items import ItemDetails
from services.import_people import NO_UNIT
from services.register import Register

NO_MEETING = N_("There is no meeting with the code {code}.")
NOBODY_THERE = N_("{unit} has nobody who could be asked.")


def apply_agenda(
    work: Work, register: Register, rows: Sequence[Row], planned: Collection[str], errors: list[CellError]
) -> int:
    """Add new items and change known ones; who owes something is told once of all of it.

    `planned` are the codes of the workbook's own meetings: while anything is wrong none of them is in the database.
    """
    wanted = [(row, _details(work, register, row, planned, errors)) for row in rows]
    if errors:
        return 0
    new: list[Duty] = []
    for row, details in wanted:
        if details is not None:
            try:
                new += _add_or_change(work, details)
            except DomainError as error:
                errors.append(row.error("Cuộc họp", error.msgid, **error.fields))
    papers.ask(work, new)
    return len(rows)


def _add_or_change(work: Work, details: ItemDetails) -> list[Duty]:
    item = item_by_code(work.session, details.code)
    if item is None:
        _added, new = agenda_items.add(work, details)
        return new
    return agenda_items.change(work, item, details)


def _details(
    work: Work, register: Register, row: Row, planned: Collection[str], errors: list[CellError]
) -> ItemDetails | None:
    meeting = meeting_by_code(work.session, row.text("Cuộc họp"))
    if meeting is None and row.text("Cuộc họp") not in planned:
        errors.append(row.error("Cuộc họp", NO_MEETING, code=row.text("Cuộc họp")))
    unit = _unit(work, register, row, "Đơn vị trình", row.text("Đơn vị trình"), errors)
    heard = [_unit(work, register, row, "Đơn vị cho ý kiến", code, errors) for code in row.items("Đơn vị cho ý kiến")]
    if meeting is None or unit is None:
        return None
    return ItemDetails(
        meeting_id=meeting.key,
        title=row.text("Nội dung"),
        unit_id=unit.key,
        opinion_unit_ids=[each.key for each in heard if each is not None],
        code=row.text("Mã"),
    )


def _unit(work: Work, register: Register, row: Row, heading: str, code: str, errors: list[CellError]) -> Unit | None:
    unit = register.unit(code)
    if unit is None:
        if not register.is_failed(code):
            errors.append(row.error(heading, NO_UNIT, code=code))
    elif papers.head_of(work, unit.key) is None:
        errors.append(row.error(heading, NOBODY_THERE, unit=unit.name))
    return unit
