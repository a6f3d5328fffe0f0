"""What the body sets itself: which pack applies from which day."""

from datetime import date

from sqlmodel import col, delete, select

from bot.work import Work
from models.people import Body, Switch, the_body
from rules import packs
from rules.errors import N_, DomainError

# A pack adopted for a coming day is kept among the switches, which are dated too; no switch has this name.
PACK = "pack"


class NoBodyError(DomainError):
    code = "no_body"
    msgid = N_("The database holds no body yet. Import a workbook first.")


def the_only_body(work: Work) -> Body:
    """The body, or NoBodyError."""
    body = the_body(work.session)
    if body is None:
        raise NoBodyError()
    return body


def adopt_pack(work: Work, pack_id: str, from_on: date) -> None:
    """The pack applies from that day on; what arose before keeps the pack of its time."""
    body = the_only_body(work)
    packs.load(pack_id)
    made_way = col(Switch.from_on) <= work.today if from_on <= work.today else col(Switch.from_on) == from_on
    work.session.connection().execute(delete(Switch).where(col(Switch.name) == PACK, made_way))
    if from_on <= work.today:
        body.pack_id = pack_id
    else:
        work.session.add(Switch(name=PACK, value=pack_id, from_on=from_on))
    work.session.flush()
    work.record("pack.adopted", body, pack=pack_id, from_on=from_on.isoformat())


def pack_on(work: Work, day: date) -> str:
    """The pack that applies on a day: the last adopted before, else the one that the body began with."""
    adopted = work.session.exec(
        select(Switch.value).where(Switch.name == PACK, col(Switch.from_on) <= day).order_by(col(Switch.from_on).desc())
    ).first()
    body = the_body(work.session)
    return adopted or (body.pack_id if body else packs.NATIONAL)


def change_switch(work: Work, name: str, value: str, from_on: date, basis: str) -> None:
    """One value of the pack is another one from a day on; InvalidInputError where it does not fit."""
    packs.parse_switch(name, value)
    row = work.session.exec(select(Switch).where(Switch.name == name, Switch.from_on == from_on)).first()
    if row is None:
        row = Switch(name=name, value=value, from_on=from_on)
        work.session.add(row)
    row.value, row.basis = value, basis
    work.session.flush()
    work.record("switch.changed", row, name=name, from_on=from_on.isoformat(), basis=work.hashed(basis))
