"""Who somebody is in the body: his posts, roles and title, who works under him, who cannot be reached."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import or_
from sqlmodel import col, select

from bot.i18n import LANGUAGES
from bot.work import Work
from models.people import ChannelAccount, Person, Post, Rank, Role, Tenure, Unit, UnitKind, holders_in, posts_of
from rules.errors import InvalidInputError, N_

LEADERS = (Role.CHAIR, Role.VICE_CHAIR)
OFFICE = (Role.OFFICE, Role.CHIEF_OF_OFFICE)


@dataclass(frozen=True, slots=True)
class Unreachable:
    """Somebody whom no message reaches; `was_linked` tells a closed chat from one that never was."""

    person: Person
    title: str
    unit: str
    was_linked: bool


def roles_of(work: Work, person: Person) -> frozenset[Role]:
    """The roles of all posts that he holds today; an administrator by the settings has that role too."""
    roles = {Role(role) for post in posts_of(work.session, person.key, work.today) for role in post.roles}
    if person.code in work.admin_codes:
        roles.add(Role.ADMIN)
    return frozenset(roles)


def has_role(work: Work, person: Person, *roles: Role) -> bool:
    """Whether he has any of these roles today."""
    return not roles_of(work, person).isdisjoint(roles)


def main_post(work: Work, person: Person) -> Post | None:
    """The post that he is known by today: the highest, of equal ones the first."""
    posts = posts_of(work.session, person.key, work.today)
    return min(posts, key=lambda post: list(Rank).index(post.rank), default=None)


def title_of(work: Work, person: Person) -> str:
    """Trưởng phòng Kinh tế: title and unit, the unit not said twice; empty for somebody without a post."""
    post = main_post(work, person)
    return full_title(post, unit_of(work, post)) if post else ""


def full_title(post: Post, unit: Unit) -> str:
    """A title with its unit, unless it names the unit or the leadership already."""
    if unit.kind is UnitKind.LEADERS or unit.name.casefold() in post.title.casefold():
        return post.title
    # "Phó Giám đốc" + "Sở Tài chính"; a title that ends like the unit begins says the word once.
    first, _, rest = unit.name.partition(" ")
    if rest and post.title.casefold().endswith(f" {first.casefold()}"):
        return f"{post.title} {rest}"
    return f"{post.title} {unit.name}"


def named(work: Work, person: Person) -> str:
    """Name and title, as a person is written where two could be meant."""
    title = title_of(work, person)
    return f"{person.full_name}, {title}" if title else person.full_name


def unit_of(work: Work, post: Post) -> Unit:
    return work.session.get_one(Unit, post.unit_id)


def deputies_of(work: Work, post: Post) -> Sequence[tuple[Post, Person]]:
    """The deputies in a post's unit today."""
    return [row for row in subordinates_of(work, post) if row[0].rank is Rank.DEPUTY]


def subordinates_of(work: Work, post: Post) -> Sequence[tuple[Post, Person]]:
    """Everybody of lower rank in a post's unit today, deputies first."""
    ranks = list(Rank)
    lower = ranks[ranks.index(post.rank) + 1 :]
    return [row for row in holders_in(work.session, post.unit_id, work.today) if row[0].rank in lower]


def officials(work: Work) -> list[Person]:
    """Everybody who holds a post today, by name."""
    in_office = (
        select(Tenure.person_id)
        .where(col(Tenure.from_on) <= work.today, or_(col(Tenure.to_on).is_(None), col(Tenure.to_on) >= work.today))
        .scalar_subquery()
    )
    order = (col(Person.folded_name), col(Person.code))
    return list(work.session.exec(select(Person).where(col(Person.id).in_(in_office)).order_by(*order)).all())


def unreachable_people(work: Work) -> list[Unreachable]:
    """Officials without a chat that works: the Office's telephone list."""
    chats = work.session.exec(select(ChannelAccount).where(col(ChannelAccount.person_id).is_not(None))).all()
    linked = {account.person_id for account in chats}
    reached = {account.person_id for account in chats if account.is_reachable}
    rows: list[Unreachable] = []
    for person in officials(work):
        post = None if person.id in reached else main_post(work, person)
        if post is not None:
            unit = unit_of(work, post)
            rows.append(Unreachable(person, full_title(post, unit), unit.name, person.id in linked))
    return rows


def set_language(work: Work, person: Person, language: str) -> None:
    """All that is said to him from now on is in this language."""
    if language not in LANGUAGES:
        raise InvalidInputError(N_("The languages are {known}."), known=", ".join(LANGUAGES))
    person.language = language
