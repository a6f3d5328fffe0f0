"""The sheets `Đường dây nóng` and `Thủ tục`. A team belongs to posts, so that it outlasts those who hold them."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.work import Work
from models.hotline_directory import (
    Hotline,
    Procedure,
    ServiceLevel,
    claims_on,
    hotline_of,
    procedure_by_code,
    replace_members,
    replace_places,
)
from models.people import Post, Unit
from reports.workbook import CellError, Row
from rules.absence import Rank
from rules.errors import N_
from rules.text import fold
from services.import_people import NO_UNIT
from services.import_tasks import post_named
from services.register import Register

HOTLINES = "Đường dây nóng"
PROCEDURES = "Thủ tục"

NO_NAME = N_("{name} is not the name of a place.")
NOT_THE_HEAD = N_("{title} is not the head of {unit}, who is to lead its hotline.")
CLAIMED_TWICE = N_("{place} is claimed by {units} too; whoever names it is asked which one is meant.")


@dataclass(frozen=True, slots=True)
class _Wanted:
    row: Row
    unit: Unit
    leader: Post
    members: Sequence[Post]


def apply_hotlines(
    work: Work, register: Register, rows: Sequence[Row], errors: list[CellError], warnings: list[CellError]
) -> int:
    """Create or update the hotline of each unit, once nothing in the whole workbook is wrong."""
    wanted = [_wanted(work, register, row, errors) for row in rows]
    if errors:
        return 0
    for each in wanted:
        if each is not None:
            _apply(work, each)
    # Once all are known: of two that claim a place, the second is named at the first as well.
    for each in wanted:
        if each is not None:
            _warn(work, each, warnings)
    return len(rows)


def _wanted(work: Work, register: Register, row: Row, errors: list[CellError]) -> _Wanted | None:
    unit = register.unit(row.text("Đơn vị"))
    if unit is None and not register.is_failed(row.text("Đơn vị")):
        errors.append(row.error("Đơn vị", NO_UNIT, code=row.text("Đơn vị")))
    leader = post_named(work, register, row, "Tổ trưởng", row.text("Tổ trưởng"), errors)
    members = [post_named(work, register, row, "Thành viên", code, errors) for code in row.items("Thành viên")]
    errors += [row.error("Địa bàn", NO_NAME, name=name) for name in row.items("Địa bàn") if not _has_letters(name)]
    if unit is None or leader is None:
        return None
    others = {post.key: post for post in members if post is not None and post.id != leader.id}
    return _Wanted(row, unit, leader, list(others.values()))


def _has_letters(name: str) -> bool:
    return any(letter.isalpha() for letter in name)


def _apply(work: Work, wanted: _Wanted) -> None:
    phone = wanted.row.text("Số điện thoại")
    hotline = hotline_of(work.session, wanted.unit.key)
    if hotline is None:
        hotline = Hotline(unit_id=wanted.unit.key, phone=phone, leader_post_id=wanted.leader.key)
        work.session.add(hotline)
    hotline.phone, hotline.leader_post_id = phone, wanted.leader.key
    work.session.flush()
    replace_members(work.session, hotline.key, [post.key for post in wanted.members])
    replace_places(work.session, hotline.key, [(name, fold(name)) for name in wanted.row.items("Địa bàn")])


def _warn(work: Work, wanted: _Wanted, warnings: list[CellError]) -> None:
    """What may be meant, and mostly is not: another leader than the head (Tứ Kỳ, mục 4.2), a place of two units."""
    row, leader, unit = wanted.row, wanted.leader, wanted.unit
    if leader.rank is not Rank.HEAD or leader.unit_id != unit.id:
        warnings.append(row.error("Tổ trưởng", NOT_THE_HEAD, title=leader.title, unit=unit.name))
    for name in row.items("Địa bàn"):
        others = [other.name for _place, other in claims_on(work.session, fold(name)) if other.id != unit.id]
        if others:
            warnings.append(row.error("Địa bàn", CLAIMED_TWICE, place=name, units=", ".join(dict.fromkeys(others))))


def apply_procedures(work: Work, rows: Sequence[Row], errors: Sequence[CellError]) -> int:
    """Create or update procedures by code."""
    if errors:
        return 0
    for row in rows:
        procedure = procedure_by_code(work.session, row.text("Mã"))
        if procedure is None:
            procedure = Procedure(code=row.text("Mã"), name="")
            work.session.add(procedure)
        level = row.text("Mức độ")
        procedure.name, procedure.keywords = row.text("Tên"), list(row.items("Từ khóa"))
        procedure.intake, procedure.guide = row.text("Nơi tiếp nhận"), row.text("Hướng dẫn")
        procedure.level = ServiceLevel(level) if level else None
        work.session.flush()
    return len(rows)
