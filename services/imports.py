"""Importing a workbook: all of it or nothing, every mistake at its cell."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.i18n import _
from bot.work import Work
from models.people import the_body
from reports.workbook import CellError, Ignored, Row, Workbook
from rules.errors import N_, DomainError
from services import (
    hotline_directory,
    import_agenda,
    import_body,
    import_hotlines,
    import_meetings,
    import_people,
    import_programme,
    import_tasks,
    register,
)

_CELL = re.compile(r"([A-Z]+)(\d+)")


@dataclass(frozen=True, slots=True)
class ImportResult:
    """How many rows of each sheet were applied; in words what was left alone, and what is perhaps not meant so."""

    counts: dict[str, int]
    ignored: list[str]
    warnings: list[str]


class ImportRefusedError(DomainError):
    """Nothing may be kept: whoever catches it rolls back. `errors` are lines `sheet!cell: what is wrong`."""

    code = "import_refused"
    msgid = N_("Nothing was imported:\n{errors}")

    def __init__(self, errors: Sequence[str]) -> None:
        super().__init__(errors="\n".join(errors))
        self.errors = list(errors)

    def __str__(self) -> str:
        return "\n".join(self.errors)


def import_workbook(work: Work, workbook: Workbook) -> ImportResult:
    """Apply the workbook; raises ImportRefusedError with everything that is wrong in it."""
    errors, warnings = list(workbook.errors), list[CellError]()
    good = _good_rows(workbook)
    known = register.load(work)
    known.failed = _failed_codes(workbook, good)
    counts = {
        import_body.SHEET: import_body.apply_body(work, good[import_body.SHEET], errors),
        "Quy định": import_body.apply_switches(work, good["Quy định"], errors),
        "Đơn vị": import_body.apply_units(work, known, good["Đơn vị"]),
        "Cán bộ": import_people.apply_people(work, known, good["Cán bộ"], errors),
        "Ủy quyền": import_people.apply_delegations(work, known, good["Ủy quyền"], errors),
        "Lịch họp": import_meetings.apply_meetings(work, known, good["Lịch họp"], errors),
        "Nội dung trình": import_agenda.apply_agenda(
            work, known, good["Nội dung trình"], {row.text("Mã") for row in workbook.rows["Lịch họp"]}, errors
        ),
        import_programme.SHEET: import_programme.apply_programme(work, known, good[import_programme.SHEET], errors),
        "Nhiệm vụ": import_tasks.apply_tasks(
            work, known, good["Nhiệm vụ"], {row.text("Mã") for row in workbook.rows[import_programme.SHEET]}, errors
        ),
        import_hotlines.HOTLINES: import_hotlines.apply_hotlines(
            work, known, good[import_hotlines.HOTLINES], errors, warnings
        ),
        import_hotlines.PROCEDURES: import_hotlines.apply_procedures(work, good[import_hotlines.PROCEDURES], errors),
    }
    if errors:
        raise ImportRefusedError(_worded(workbook, errors))
    hotline_directory.renew(work)
    work.record("workbook.imported", the_body(work.session), **_facts(counts))
    return ImportResult(
        {name: count for name, count in counts.items() if count},
        [_ignored(entry) for entry in workbook.ignored],
        _worded(workbook, warnings),
    )


def _good_rows(workbook: Workbook) -> dict[str, list[Row]]:
    """Rows without a mistake of their own; the others have been reported already."""
    wrong = {(error.sheet, _row_number(error.cell)) for error in workbook.errors}
    return {name: [row for row in rows if (name, row.number) not in wrong] for name, rows in workbook.rows.items()}


def _failed_codes(workbook: Workbook, good: dict[str, list[Row]]) -> set[str]:
    """Codes of rows that are wrong: whoever refers to them is not wrong because of it."""
    return {
        row.text("Mã").casefold()
        for name in ("Đơn vị", "Cán bộ")
        for row in workbook.rows[name]
        if row not in good[name] and row.text("Mã")
    }


def _facts(counts: dict[str, int]) -> dict[str, int]:
    names = (
        "body", "switches", "units", "people", "delegations", "meetings", "agenda", "programme", "tasks", "hotlines",
        "procedures",
    )  # fmt: skip
    return dict(zip(names, counts.values(), strict=True))


def _row_number(cell: str) -> int:
    found = _CELL.fullmatch(cell)
    return int(found[2]) if found else 0


def _position(workbook: Workbook, error: CellError) -> tuple[int, int, int, str]:
    """Sheet by sheet, from top left to bottom right."""
    order = list(workbook.rows)
    found = _CELL.fullmatch(error.cell)
    letters = found[1] if found else ""
    sheet = order.index(error.sheet) if error.sheet in order else len(order)
    return sheet, _row_number(error.cell), len(letters), letters


def _worded(workbook: Workbook, found: Sequence[CellError]) -> list[str]:
    return [
        f"{each.sheet}!{each.cell}: {_(each.msgid).format(**each.fields)}"
        for each in sorted(found, key=lambda each: _position(workbook, each))
    ]


def _ignored(entry: Ignored) -> str:
    if not entry.cell:
        return _("Sheet {sheet} is unknown and was left alone.").format(sheet=entry.sheet)
    words = _("{place}: the column {heading} is unknown and was left alone.")
    return words.format(place=f"{entry.sheet}!{entry.cell}", heading=entry.heading)
