"""The body, its units, posts and persons; who holds which post when; on which channels a person is reached."""

from collections.abc import Sequence
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import JSON, Column, Date, UniqueConstraint, bindparam
from sqlmodel import Field, Session, col, select

from models.base import Table, UtcDateTime, by_value, partial_index
from models.recall import recalled
from rules.absence import Rank


class UnitKind(StrEnum):
    """Loại đơn vị, as the workbook writes it."""

    LEADERS = "lanh_dao"
    OFFICE = "van_phong"
    INTERNAL_AFFAIRS = "noi_vu"
    SPECIALIST = "chuyen_mon"
    PUBLIC_SERVICE = "su_nghiep"
    COMMUNE = "xa"
    OTHER = "khac"


class Role(StrEnum):
    """Vai trò, as the workbook writes it."""

    CHAIR = "chu_tich"
    VICE_CHAIR = "pho_chu_tich"
    CHIEF_OF_OFFICE = "chanh_van_phong"
    OFFICE = "van_phong"
    INTERNAL_AFFAIRS = "noi_vu"
    MEMBER = "thanh_vien_ubnd"
    ADMIN = "quan_tri"


class Body(Table, table=True):
    """The People's Committee that this database serves: one row.

    `directory_digest` changes with the places and procedures of its hotlines, so that what is worked out from
    them may be kept in memory.
    """

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(unique=True)
    name: str
    pack_id: str = "quoc-gia"
    adopting_document: str = ""
    province: str = ""
    superior: str = ""
    is_sample: bool = False
    clock_offset_seconds: int = 0
    directory_digest: str = ""


class Switch(Table, table=True):
    """Quy định: one value of the pack that the body changed, from a day on."""

    __table_args__ = (UniqueConstraint("name", "from_on"),)

    id: int | None = Field(default=None, primary_key=True)
    name: str
    value: str
    from_on: date
    basis: str = ""


class CalendarDay(Table, table=True):
    """A day that the body itself set off or at work, with the document that says so."""

    id: int | None = Field(default=None, primary_key=True)
    day: date = Field(unique=True)
    works: bool
    document: str


class Unit(Table, table=True):
    """Đơn vị."""

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(unique=True)
    name: str
    kind: UnitKind = Field(sa_type=by_value(UnitKind))


class Person(Table, table=True):
    """Cán bộ. `digest_at` is the local time (HH:MM) of the morning's message; empty: when the office opens."""

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(unique=True)
    full_name: str
    folded_name: str = Field(index=True)
    phone: str = ""
    language: str = "vi"
    preferred_channel: str = ""
    digest_at: str = ""


class Post(Table, table=True):
    """Vị trí: duties and rights belong to it, not to whoever holds it. Few carry a role."""

    __table_args__ = (partial_index("ix_post_with_roles", "id", where="CAST(roles AS VARCHAR) != '[]'"),)

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(unique=True)
    title: str
    unit_id: int = Field(foreign_key="unit.id", index=True)
    rank: Rank = Field(sa_type=by_value(Rank))
    roles: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    field: str = ""

    def has_role(self, *roles: Role) -> bool:
        return any(role.value in self.roles for role in roles)


class Tenure(Table, table=True):
    """Who holds a post from when to when, both days included; an open end is None.

    `is_taken_up`: it has begun, and the holder was told what was open on the post.
    """

    id: int | None = Field(default=None, primary_key=True)
    post_id: int = Field(foreign_key="post.id", index=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    from_on: date
    to_on: date | None = None
    is_taken_up: bool = False


class Delegation(Table, table=True):
    """Ủy quyền: who decides in whose place, both days included."""

    id: int | None = Field(default=None, primary_key=True)
    from_person_id: int = Field(foreign_key="person.id", index=True)
    to_person_id: int = Field(foreign_key="person.id", index=True)
    from_on: date
    to_on: date
    document: str = ""


class ChannelAccount(Table, table=True):
    """A chat at a platform; without a person it is a citizen's, who was told at `introduced_at` whom he talks to.

    At `erased_at` its data was erased; how many questions it had asked in the hour before still counts.
    """

    __table_args__ = (UniqueConstraint("channel", "address"),)

    id: int | None = Field(default=None, primary_key=True)
    channel: str
    address: str
    person_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    name: str = ""
    language: str = "vi"
    is_reachable: bool = True
    last_seen_at: datetime = Field(sa_type=UtcDateTime)
    helped_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    introduced_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    files_refused_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    erased_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    asked_before_erasing: int = 0


class LinkingCode(Table, table=True):
    """A one-time code of an official, stored hashed."""

    id: int | None = Field(default=None, primary_key=True)
    digest: str = Field(unique=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    expires_at: datetime = Field(sa_type=UtcDateTime)


class LinkingCodeUse(Table, table=True):
    """A code links once per channel."""

    __table_args__ = (UniqueConstraint("code_id", "channel"),)

    id: int | None = Field(default=None, primary_key=True)
    code_id: int = Field(foreign_key="linkingcode.id")
    channel: str
    used_at: datetime = Field(sa_type=UtcDateTime)


class LinkingGuess(Table, table=True):
    """A code that was tried and was not right; too many in a while and the chat has to wait."""

    id: int | None = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="channelaccount.id", index=True)
    guessed_at: datetime = Field(sa_type=UtcDateTime)


# Asked in nearly every transaction: built once, the building would cost as much as the execution.
_BODY = select(Body)
_SWITCHES = select(Switch).where(col(Switch.from_on) <= bindparam("day", type_=Date)).order_by(col(Switch.from_on))
_OWN_DAYS = select(CalendarDay).order_by(col(CalendarDay.day))


@recalled
def the_body(session: Session) -> Body | None:
    return session.exec(_BODY).first()


@recalled
def switches_on(session: Session, day: date) -> Sequence[Switch]:
    """What the body has changed by a day, oldest first."""
    return session.exec(_SWITCHES, params={"day": day}).all()


@recalled
def own_days(session: Session) -> Sequence[CalendarDay]:
    return session.exec(_OWN_DAYS).all()


def person_by_code(session: Session, code: str) -> Person | None:
    return session.exec(select(Person).where(Person.code == code)).first()


def account_at(session: Session, channel: str, address: str) -> ChannelAccount | None:
    return session.exec(
        select(ChannelAccount).where(ChannelAccount.channel == channel, ChannelAccount.address == address)
    ).first()
