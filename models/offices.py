"""Who holds which post on a day, who decides in whose place, in which chats somebody is reached.

What is asked of every person whom a message concerns can be read for many at once: `posts_of.ahead(…)`.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Date, String, bindparam, cast, exists, literal_column, or_
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import Select

from models.people import ChannelAccount, Delegation, Person, Post, Role, Tenure, Unit
from models.recall import recalled, recalled_each
from rules.absence import Rank

_KEYS: Any = bindparam("keys", expanding=True)
_DAY: Any = bindparam("day", type_=Date)


def _in_office(day: Any) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return col(Tenure.from_on) <= day, or_(col(Tenure.to_on).is_(None), col(Tenure.to_on) >= day)


# Built once: for reads as frequent as these the building would cost as much as the execution.
_ACCOUNTS = (
    select(ChannelAccount)
    .where(col(ChannelAccount.person_id).in_(_KEYS))
    .order_by(col(ChannelAccount.last_seen_at).desc())
)
# With their units, which every title names.
_POSTS = (
    select(Tenure.person_id, Post, Unit)
    .join(Post, col(Tenure.post_id) == col(Post.id))
    .join(Unit, col(Post.unit_id) == col(Unit.id))
    .where(col(Tenure.person_id).in_(_KEYS), *_in_office(_DAY))
    .order_by(col(Post.id))
)
_HOLDERS = (
    select(Post, Person)
    .join(Tenure, col(Tenure.post_id) == col(Post.id))
    .join(Person, col(Tenure.person_id) == col(Person.id))
    .where(col(Post.unit_id).in_(_KEYS), *_in_office(_DAY))
    .order_by(col(Post.id))
)
_SEATED = (
    select(Tenure.post_id, Person)
    .join(Person, col(Tenure.person_id) == col(Person.id))
    .where(col(Tenure.post_id).in_(_KEYS), *_in_office(_DAY))
    .order_by(col(Tenure.from_on))
)
_DELEGATES = (
    select(Delegation.from_person_id, Person)
    .join(Person, col(Delegation.to_person_id) == col(Person.id))
    .where(col(Delegation.from_person_id).in_(_KEYS), col(Delegation.from_on) <= _DAY, col(Delegation.to_on) >= _DAY)
    .order_by(col(Delegation.id))
)


@recalled_each
def accounts_of(session: Session, person_ids: Collection[int]) -> Mapping[int, Sequence[ChannelAccount]]:
    """A person's chats, most recently used first."""
    found: dict[int, list[ChannelAccount]] = {key: [] for key in person_ids}
    for account in session.exec(_ACCOUNTS, params={"keys": list(person_ids)}):
        found[account.person_id or 0].append(account)
    return found


@recalled_each
def posts_of(session: Session, person_ids: Collection[int], day: date) -> Mapping[int, Sequence[Post]]:
    """The posts that a person holds on a day."""
    found: dict[int, list[Post]] = {key: [] for key in person_ids}
    for person_id, post, _unit in session.exec(_POSTS, params={"keys": list(person_ids), "day": day}):
        found[person_id].append(post)
    return found


@recalled_each
def holders_in(session: Session, unit_ids: Collection[int], day: date) -> Mapping[int, Sequence[tuple[Post, Person]]]:
    """All posts of a unit that somebody holds on a day, heads first."""
    found: dict[int, list[tuple[Post, Person]]] = {key: [] for key in unit_ids}
    for post, person in session.exec(_HOLDERS, params={"keys": list(unit_ids), "day": day}):
        found[post.unit_id].append((post, person))
    ranks = list(Rank)
    return {unit_id: sorted(rows, key=lambda row: ranks.index(row[0].rank)) for unit_id, rows in found.items()}


@recalled_each
def delegate_for(session: Session, person_ids: Collection[int], day: date) -> Mapping[int, Person | None]:
    """Who decides in a person's place on a day. One step only: a delegate has no delegate."""
    found: dict[int, Person | None] = dict.fromkeys(person_ids)
    # The last delegation stands.
    found.update(session.exec(_DELEGATES, params={"keys": list(person_ids), "day": day}).all())
    return found


def posts_in(session: Session, unit_id: int) -> Sequence[Post]:
    """All posts of a unit, held or not, heads first."""
    found = session.exec(select(Post).where(Post.unit_id == unit_id).order_by(col(Post.id))).all()
    return sorted(found, key=lambda post: list(Rank).index(post.rank))


@recalled_each
def holder_of(session: Session, post_ids: Collection[int], day: date) -> Mapping[int, Person | None]:
    """Who holds a post on a day."""
    found: dict[int, Person | None] = dict.fromkeys(post_ids)
    # Of two that overlap the later one stands.
    found.update(session.exec(_SEATED, params={"keys": list(post_ids), "day": day}).all())
    return found


# In the database, by the index of the posts that carry one at all: most carry none.
_ROLES = cast(Post.roles, String)
_CARRIES_ANY: ColumnElement[bool] = literal_column("CAST(post.roles AS VARCHAR) != '[]'")


@recalled
def holders_with_role(session: Session, roles: Sequence[Role], day: date) -> Sequence[Person]:
    """Everybody whose post carries one of the roles on a day."""
    people = {person.key: person for _post, person in posts_with_role(session, roles, day)}
    return list(people.values())


def posts_with_role(session: Session, roles: Sequence[Role], day: date) -> Sequence[tuple[Post, Person]]:
    """Every post that carries one of the roles and that somebody holds on a day."""
    return session.exec(_with_role(tuple(roles)), params={"day": day}).all()


@cache
def _with_role(roles: tuple[Role, ...]) -> Select[Post, Person]:
    mentions = [_ROLES.contains(f'"{role.value}"', autoescape=True) for role in roles]
    return (
        select(Post, Person)
        .join(Tenure, col(Tenure.post_id) == col(Post.id))
        .join(Person, col(Tenure.person_id) == col(Person.id))
        .where(*_in_office(_DAY), _CARRIES_ANY, or_(*mentions))
        .order_by(col(Post.id))
    )


def moved_within(session: Session, unit_id: int, since: date, until: date) -> Sequence[tuple[Person, Post]]:
    """Who took up a post of a unit in a span, both days included, and had held another before."""
    earlier = aliased(Tenure)
    held_another = exists().where(
        col(earlier.person_id) == col(Tenure.person_id),
        col(earlier.post_id) != col(Tenure.post_id),
        col(earlier.from_on) < col(Tenure.from_on),
    )
    return session.exec(
        select(Person, Post)
        .join(Tenure, col(Tenure.person_id) == col(Person.id))
        .join(Post, col(Tenure.post_id) == col(Post.id))
        .where(Post.unit_id == unit_id, col(Tenure.from_on) >= since, col(Tenure.from_on) <= until, held_another)
        .order_by(col(Tenure.from_on), col(Person.id))
    ).all()


def delegators_to(session: Session, person_id: int, day: date) -> Sequence[Person]:
    """In whose place this person decides on a day."""
    return session.exec(
        select(Person)
        .join(Delegation, col(Delegation.from_person_id) == col(Person.id))
        .where(Delegation.to_person_id == person_id, col(Delegation.from_on) <= day, col(Delegation.to_on) >= day)
    ).all()
