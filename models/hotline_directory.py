"""Which unit has which hotline, who answers there, for which places; and the procedures that citizens ask about."""

from collections.abc import Sequence
from enum import StrEnum

from sqlalchemy import JSON, Column, UniqueConstraint, bindparam
from sqlmodel import Field, Session, col, delete, select

from models.base import Table, by_value
from models.people import Post, Unit
from models.recall import recalled


class ServiceLevel(StrEnum):
    """Mức độ dịch vụ công trực tuyến, as the workbook writes it."""

    FULL = "toan_trinh"
    PARTIAL = "mot_phan"


class Hotline(Table, table=True):
    """Đường dây nóng: one of a unit. It is led from a post (*Tổ trưởng*), whoever holds that."""

    id: int | None = Field(default=None, primary_key=True)
    unit_id: int = Field(foreign_key="unit.id", unique=True)
    phone: str
    leader_post_id: int = Field(foreign_key="post.id", index=True)


class HotlineMember(Table, table=True):
    """A post that answers beside the leader's, in the order of the workbook."""

    __table_args__ = (UniqueConstraint("hotline_id", "post_id"),)

    id: int | None = Field(default=None, primary_key=True)
    hotline_id: int = Field(foreign_key="hotline.id", index=True)
    post_id: int = Field(foreign_key="post.id", index=True)


class HotlinePlace(Table, table=True):
    """Địa bàn: a hamlet or a commune of before the merger, as written and as compared; several may claim it."""

    __table_args__ = (UniqueConstraint("hotline_id", "name"),)

    id: int | None = Field(default=None, primary_key=True)
    hotline_id: int = Field(foreign_key="hotline.id", index=True)
    name: str
    folded_name: str = Field(index=True)


class Procedure(Table, table=True):
    """Thủ tục hành chính: what citizens call it, where it is handed in, how far it goes online, and how it is done."""

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(unique=True)
    name: str
    keywords: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    intake: str = ""
    level: ServiceLevel | None = Field(default=None, sa_type=by_value(ServiceLevel))
    guide: str = ""


# Built once, for they are read with every question.
_ANY = select(Hotline.id).limit(1)
_OF_UNIT = select(Hotline).where(col(Hotline.unit_id) == bindparam("unit"))
_MEMBERS = (
    select(Post)
    .join(HotlineMember, col(HotlineMember.post_id) == col(Post.id))
    .where(col(HotlineMember.hotline_id) == bindparam("hotline"))
    .order_by(col(HotlineMember.id))
)


def hotlines(session: Session) -> Sequence[tuple[Hotline, Unit]]:
    """All of them, in the order in which they were entered."""
    return session.exec(select(Hotline, Unit).join(Unit).order_by(col(Hotline.id))).all()


@recalled
def has_hotlines(session: Session) -> bool:
    return session.exec(_ANY).first() is not None


@recalled
def hotline_of(session: Session, unit_id: int) -> Hotline | None:
    return session.exec(_OF_UNIT, params={"unit": unit_id}).first()


@recalled
def member_posts(session: Session, hotline_id: int) -> Sequence[Post]:
    """The posts that answer, the leader's not among them."""
    return session.exec(_MEMBERS, params={"hotline": hotline_id}).all()


def places_of(session: Session, hotline_id: int) -> Sequence[HotlinePlace]:
    return session.exec(
        select(HotlinePlace).where(HotlinePlace.hotline_id == hotline_id).order_by(col(HotlinePlace.id))
    ).all()


def claims_on(session: Session, folded_name: str) -> Sequence[tuple[HotlinePlace, Unit]]:
    """Who claims a place that is compared so."""
    return session.exec(
        select(HotlinePlace, Unit)
        .join(Hotline, col(HotlinePlace.hotline_id) == col(Hotline.id))
        .join(Unit, col(Hotline.unit_id) == col(Unit.id))
        .where(HotlinePlace.folded_name == folded_name)
        .order_by(col(HotlinePlace.id))
    ).all()


def replace_members(session: Session, hotline_id: int, post_ids: Sequence[int]) -> None:
    """From now on these posts answer, and no others."""
    for member in session.exec(select(HotlineMember).where(HotlineMember.hotline_id == hotline_id)):
        session.delete(member)
    session.flush()
    session.add_all(HotlineMember(hotline_id=hotline_id, post_id=post_id) for post_id in post_ids)
    session.flush()


def replace_places(session: Session, hotline_id: int, names: Sequence[tuple[str, str]]) -> None:
    """From now on these places, as written and as compared, and no others."""
    session.exec(delete(HotlinePlace).where(col(HotlinePlace.hotline_id) == hotline_id))
    session.add_all(HotlinePlace(hotline_id=hotline_id, name=name, folded_name=folded) for name, folded in names)
    session.flush()


def procedures(session: Session) -> Sequence[Procedure]:
    return session.exec(select(Procedure).order_by(col(Procedure.id))).all()


def procedure_by_code(session: Session, code: str) -> Procedure | None:
    return session.exec(select(Procedure).where(Procedure.code == code)).first()
