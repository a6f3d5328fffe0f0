"""The sheets `Cơ quan`, `Quy định` and `Đơn vị`."""

from collections.abc import Sequence

from sqlmodel import select

from bot.work import Work
from models.people import Body, Switch, Unit, UnitKind, the_body
from reports.workbook import CellError, Row
from rules import packs, switches
from rules.errors import N_, InvalidInputError
from services import body as bodies
from services.register import Register

SHEET = "Cơ quan"


def apply_body(work: Work, rows: Sequence[Row], errors: list[CellError]) -> int:
    """Create or update the body; a database serves one only."""
    body = the_body(work.session)
    if not rows:
        if body is None:
            errors.append(CellError(SHEET, "A1", N_("The database holds no body yet: fill in this sheet.")))
        return 0
    row = rows[0]
    if body is not None and body.code.casefold() != row.text("Mã").casefold():
        taken = N_("This database serves {name} (code {code}); another body needs a database of its own.")
        errors.append(row.error("Mã", taken, name=body.name, code=body.code))
        return 0
    _apply_pack(work, row, body, errors)
    body = body or _new_body(work, row)
    body.name = row.text("Tên")
    for heading, name in (
        ("Văn bản áp dụng", "adopting_document"),
        ("Tỉnh/Thành phố", "province"),
        ("Cấp trên", "superior"),
    ):
        setattr(body, name, row.text(heading))
    work.session.flush()
    return 1


def _new_body(work: Work, row: Row) -> Body:
    body = Body(
        code=row.text("Mã"),
        name=row.text("Tên"),
        pack_id=row.text("Gói quy định") or packs.NATIONAL,
    )
    work.session.add(body)
    return body


def _apply_pack(work: Work, row: Row, body: Body | None, errors: list[CellError]) -> None:
    """An empty cell changes nothing; another pack than today's applies from today."""
    pack_id = row.text("Gói quy định")
    if not pack_id:
        return
    try:
        packs.load(pack_id)
    except InvalidInputError as error:
        errors.append(row.error("Gói quy định", error.msgid, **error.fields))
        return
    if body is not None and bodies.pack_on(work, work.today) != pack_id:
        bodies.adopt_pack(work, pack_id, work.today)


def apply_switches(work: Work, rows: Sequence[Row], errors: list[CellError]) -> int:
    """Create or update dated values of the pack's switches."""
    for row in rows:
        name, value, from_on = row.text("Khóa"), row.text("Giá trị"), row.day("Từ ngày")
        try:
            switches.parse_switch(name, value)
        except InvalidInputError as error:
            heading = "Giá trị" if name in switches.SWITCHES else "Khóa"
            errors.append(row.error(heading, error.msgid, **error.fields))
            continue
        if from_on is None:
            continue
        switch = work.session.exec(select(Switch).where(Switch.name == name, Switch.from_on == from_on)).first()
        if switch is None:
            switch = Switch(name=name, value=value, from_on=from_on)
            work.session.add(switch)
        switch.value, switch.basis = value, row.text("Căn cứ")
        work.session.flush()
    return len(rows)


def apply_units(work: Work, register: Register, rows: Sequence[Row]) -> int:
    """Create or update units by code."""
    for row in rows:
        kind = UnitKind(row.text("Loại"))
        unit = register.unit(row.text("Mã"))
        if unit is None:
            unit = Unit(code=row.text("Mã"), name=row.text("Tên"), kind=kind)
            work.session.add(unit)
            register.add_unit(unit)
        unit.name, unit.kind = row.text("Tên"), kind
    work.session.flush()
    return len(rows)
