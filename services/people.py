"""Who somebody is in the body: his posts, roles and title, who works under him, who cannot be reached."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import or_
from sqlmodel import col, select

from bot.i18n import LANGUAGES
from bot.work import Work
from models.offices import holders_in, posts_of
from models.people import ChannelAccount, Person, Post, Role, Tenure, Unit, UnitKind, the_body
from rules.absence import Rank
from rules.errors import N_, InvalidInputError
from services import reaching

LEADERS = (Role.CHAIR, Role.VICE_CHAIR)
OFFICE = (Role.OFFICE, Role.CHIEF_OF_OFFICE)


@dataclass(frozen=True, slots=True)
class Official:
    """Somebody with the post that he is known by."""

    person: Person
    post: Post
    unit: Unit

    @property
    def title(self) -> str:
        return full_title(self.post, self.unit)

    @property
    def name(self) -> str:
        """Name and title."""
        return f"{self.person.full_name}, {self.title}"


@dataclass(frozen=True, slots=True)
class Unreachable:
    """Somebody whom no message reaches; `was_linked` tells a closed chat from one that never was.

    `is_waiting`: he has a chat, and what is meant for him does not go out there at present.
    """

    person: Person
    title: str
    unit: str
    was_linked: bool
    is_waiting: bool = False


def body_name(work: Work) -> str:
    """The People's Committee that we speak for."""
    body = the_body(work.session)
    return body.name if body else ""


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


def officials(work: Work) -> list[Official]:
    """Everybody who holds a post today, each once with his highest post: leaders first, then by name."""
    rows = work.session.exec(
        select(Person, Post, Unit)
        .join(Tenure, col(Tenure.person_id) == col(Person.id))
        .join(Post, col(Tenure.post_id) == col(Post.id))
        .join(Unit, col(Post.unit_id) == col(Unit.id))
        .where(col(Tenure.from_on) <= work.today, or_(col(Tenure.to_on).is_(None), col(Tenure.to_on) >= work.today))
        .order_by(col(Post.id))
    ).all()
    ranked = sorted(rows, key=lambda row: list(Rank).index(row[1].rank))
    highest: dict[int, Official] = {}
    for person, post, unit in ranked:
        highest.setdefault(person.key, Official(person, post, unit))
    return sorted(highest.values(), key=_in_order)


def _in_order(official: Official) -> tuple[bool, int, str, str]:
    leads = official.unit.kind is UnitKind.LEADERS
    rank = list(Rank).index(official.post.rank) if leads else 0
    return not leads, rank, official.person.folded_name, official.person.code


def unreachable_people(work: Work) -> list[Unreachable]:
    """Officials without a chat that works: the Office's telephone list."""
    chats = work.session.exec(select(ChannelAccount).where(col(ChannelAccount.person_id).is_not(None))).all()
    linked = {account.person_id for account in chats}
    waiting = reaching.people_waiting(work)
    reached = {account.person_id for account in chats if account.is_reachable and account.person_id not in waiting}
    return [
        Unreachable(
            official.person,
            official.title,
            official.unit.name,
            official.person.id in linked,
            official.person.id in waiting,
        )
        for official in officials(work)
        if official.person.id not in reached
    ]


def set_language(work: Work, person: Person, language: str) -> None:
    """All that is said to him from now on is in this language."""
    if language not in LANGUAGES:
        raise InvalidInputError(N_("The languages are {known}."), known=", ".join(LANGUAGES))
    person.language = language


def choose_digest_hour(work: Work, person: Person, hour: str) -> None:
    """From now on the morning's message comes at that local time (HH:MM)."""
    person.digest_at = hour
    work.record("person.digest_hour_chosen", person, hour=hour)
