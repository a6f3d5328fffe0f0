"""How the work programme stands: the five figures of a period, by unit, and what is not finished (Tân Yên 3.c)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.messages import Attachment
from bot.work import Work
from models.duties import Duty, EntryKind, duty_about, entries_of
from models.people import Unit
from models.programme import ProgrammeItem, explanations_of, items_due, unfinished_items
from models.tasks import Task, steps_by_item
from rules import deadlines
from rules.duties import DutyKind, DutyState
from rules.programme import Figures, ItemState, Period, figures
from services import access, people

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class Unfinished:
    """An item that was due and is not submitted, with what its head says to it."""

    item: ProgrammeItem
    unit: Unit
    explanation: str


@dataclass(frozen=True, slots=True)
class Report:
    """`unfinished` names what is overdue at the end of the period, older debts too."""

    period: Period
    total: Figures
    by_unit: Sequence[tuple[Unit, Figures]]
    unfinished: Sequence[Unfinished]
    items: Sequence[ProgrammeItem]


def report(work: Work, period: Period, unit_id: int | None = None) -> Report:
    """Of all units, or of one."""
    items = [item for item in items_due(work.session, period.first, period.after) if _is_of(item, unit_id)]
    units = {item.unit_id: access.load(work, Unit, item.unit_id) for item in items}
    overdue = unfinished_items(work.session, min(period.after, work.today))
    return Report(
        period,
        figures(item.state for item in items),
        [(unit, figures(item.state for item in items if item.unit_id == key)) for key, unit in sorted(units.items())],
        [
            Unfinished(item, access.load(work, Unit, item.unit_id), explanation(work, item))
            for item in overdue
            if _is_of(item, unit_id)
        ],
        items,
    )


def _is_of(item: ProgrammeItem, unit_id: int | None) -> bool:
    return unit_id is None or item.unit_id == unit_id


def explanation(work: Work, item: ProgrammeItem) -> str:
    """What the head said last, before whichever session it was asked; empty while nothing was said."""
    for asked in explanations_of(work.session, item.key):
        duty = duty_about(work.session, DutyKind.EXPLAIN, asked.key)
        entries = entries_of(work.session, duty.key) if duty is not None else ()
        given = [entry.text for entry in entries if entry.kind is EntryKind.RESULT]
        if given:
            return given[-1]
    return ""


def _plans(work: Work, items: Sequence[ProgrammeItem]) -> list[tuple[ProgrammeItem, str, Task | None, Duty | None]]:
    """Item, unit and step; an item that is still to be submitted and has no plan stands alone."""
    planned = steps_by_item(work.session, [item.key for item in items])
    rows: list[tuple[ProgrammeItem, str, Task | None, Duty | None]] = []
    for item in items:
        unit = work.session.get_one(Unit, item.unit_id).name
        rows += [(item, unit, task, duty) for task, duty in planned[item.key]]
        if not planned[item.key] and item.state is ItemState.TO_SUBMIT:
            rows.append((item, unit, None, None))
    return rows


def _step(work: Work, task: Task, duty: Duty) -> tuple[str, str, date, str]:
    owner = access.owner_of(work, duty)
    words = {DutyState.DONE: "đã xong", DutyState.SUBMITTED: "chờ nghiệm thu"}
    state = words.get(duty.state, "quá hạn" if duty.due_at <= work.now else "đang thực hiện")
    return task.content, owner.full_name if owner else "", deadlines.named_day(duty.due_at), state


def document(work: Work, found: Report) -> Attachment:
    """The figures and the list, to be printed or put among the papers of the session."""
    # What writes workbooks is loaded with the first one, not at every start.
    from reports import programme as pages

    rows = [pages.Line(unit.name, each) for unit, each in found.by_unit]
    debts = [
        pages.Debt(each.item.content, each.unit.name, each.item.due_on, each.explanation) for each in found.unfinished
    ]
    steps = [
        pages.Step(item.content, unit, item.due_on, *(_step(work, task, duty) if task and duty else ()))
        for item, unit, task, duty in _plans(work, found.items)
    ]
    content = pages.book(people.body_name(work), found.period, found.total, rows, debts, steps)
    month = f"{found.period.month:02}-" if found.period.month else ""
    return work.attach(f"chuong-trinh-cong-tac-{month}{found.period.year}.xlsx", content, XLSX)
