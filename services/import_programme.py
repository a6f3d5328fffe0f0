"""The sheet `Chương trình công tác`; what the chair granted stands against a workbook that does not know of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.i18n import full_date
from bot.work import Work
from models.people import Unit
from models.programme import ProgrammeChange, ProgrammeItem, changes_of, item_by_code
from reports.workbook import CellError, Row
from rules.errors import N_
from rules.programme import ITEM, ChangeKind, ChangeState, ItemAct, ItemState
from services import programme
from services.import_people import NO_UNIT
from services.register import Register

SHEET = "Chương trình công tác"

NOBODY_THERE = N_("{unit} has nobody who could answer for it today.")
NOT_SUBMITTED = N_("An item that is still to be submitted has no day of submission.")
OTHER_DAY = N_("The chair has granted {day}; another day must be asked for as a change.")


@dataclass(frozen=True, slots=True)
class _Wanted:
    row: Row
    unit: Unit
    due_on: date
    state: ItemState
    item: ProgrammeItem | None


def apply_programme(work: Work, register: Register, rows: Sequence[Row], errors: list[CellError]) -> int:
    """Create or update items by code, once nothing in the whole workbook is wrong."""
    wanted = [_wanted(work, register, row, errors) for row in rows]
    if errors:
        return 0
    for each in wanted:
        if each is not None:
            _apply(work, each)
    return len(rows)


def _wanted(work: Work, register: Register, row: Row, errors: list[CellError]) -> _Wanted | None:
    unit, due_on = register.unit(row.text("Đơn vị trình")), row.day("Hạn trình")
    if unit is None and not register.is_failed(row.text("Đơn vị trình")):
        errors.append(row.error("Đơn vị trình", NO_UNIT, code=row.text("Đơn vị trình")))
    if unit is None or due_on is None:
        return None
    submitted_on = row.day("Ngày trình")
    default = ItemState.SUBMITTED if submitted_on else ItemState.TO_SUBMIT
    state = ItemState(row.text("Trạng thái") or default)
    if state is ItemState.TO_SUBMIT and submitted_on:
        errors.append(row.error("Ngày trình", NOT_SUBMITTED))
    if state is ItemState.TO_SUBMIT and programme.responsible(work, unit.key) is None:
        errors.append(row.error("Đơn vị trình", NOBODY_THERE, unit=unit.name))
    item = item_by_code(work.session, row.text("Mã"))
    if item is not None and due_on not in _days(work, item, due_on):
        errors.append(row.error("Hạn trình", OTHER_DAY, day=full_date(item.due_on)))
    return _Wanted(row, unit, due_on, state, item)


def _days(work: Work, item: ProgrammeItem, due_on: date) -> set[date | None]:
    """What a workbook may say: any day while the chair has granted none, else that one or one before it."""
    granted = _granted(work, item, ChangeKind.DAY, ChangeKind.ADD)
    return {item.due_on, *(change.former_due_on for change in granted)} if granted else {due_on}


def _granted(work: Work, item: ProgrammeItem, *kinds: ChangeKind) -> list[ProgrammeChange]:
    found = changes_of(work.session, item.key)
    return [change for change in found if change.state is ChangeState.GRANTED and change.kind in kinds]


def _apply(work: Work, wanted: _Wanted) -> None:
    item, row = wanted.item, wanted.row
    if item is None:
        item = ProgrammeItem(
            code=row.text("Mã"), content=row.text("Nội dung"), unit_id=wanted.unit.key, due_on=wanted.due_on
        )
        work.session.add(item)
        work.session.flush()
        programme.open_item(work, item)
    else:
        _update(work, item, wanted)
    item.level = row.text("Cấp trình")
    _advance(work, item, wanted.state, row.day("Ngày trình"))
    work.session.flush()


def _update(work: Work, item: ProgrammeItem, wanted: _Wanted) -> None:
    """What has changed in the workbook; a change that the chair granted stays."""
    if not _granted(work, item, ChangeKind.CONTENT) and item.content != wanted.row.text("Nội dung"):
        programme.reword(work, item, wanted.row.text("Nội dung"))
    if not _granted(work, item, ChangeKind.DAY, ChangeKind.ADD) and item.due_on != wanted.due_on:
        programme.reschedule(work, item, wanted.due_on)
    if item.unit_id != wanted.unit.key:
        item.unit_id = wanted.unit.key
        programme.open_item(work, item)


def _advance(work: Work, item: ProgrammeItem, state: ItemState, submitted_on: date | None) -> None:
    """A state only goes on: what is submitted here does not become unsubmitted by an old workbook."""
    if state is not ItemState.TO_SUBMIT and ITEM.allows(item.state, ItemAct.SUBMIT):
        programme.submit(work, item, submitted_on)
    if state is ItemState.ISSUED and ITEM.allows(item.state, ItemAct.ISSUE):
        programme.issue(work, item)
    item.submitted_on = submitted_on or item.submitted_on
