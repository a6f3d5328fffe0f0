"""All units, posts, people and tenures by code, loaded once, so that a large workbook is imported quickly."""

from dataclasses import dataclass, field
from datetime import date

from sqlmodel import select

from bot.work import Work
from models.people import Person, Post, Tenure, Unit


@dataclass(slots=True)
class Register:
    """Codes are found without regard to case. `failed` are codes whose rows are wrong: reported once, there."""

    units: dict[str, Unit]
    people: dict[str, Person]
    posts: dict[str, Post]
    tenures_by_post: dict[int, list[Tenure]] = field(default_factory=dict)
    tenures_by_person: dict[int, list[Tenure]] = field(default_factory=dict)
    failed: set[str] = field(default_factory=set)

    def unit(self, code: str) -> Unit | None:
        return self.units.get(code.casefold())

    def person(self, code: str) -> Person | None:
        return self.people.get(code.casefold())

    def post(self, code: str) -> Post | None:
        return self.posts.get(code.casefold())

    def is_failed(self, code: str) -> bool:
        return code.casefold() in self.failed

    def add_unit(self, unit: Unit) -> None:
        self.units[unit.code.casefold()] = unit

    def add_person(self, person: Person) -> None:
        self.people[person.code.casefold()] = person

    def add_post(self, post: Post) -> None:
        self.posts[post.code.casefold()] = post

    def add_tenure(self, tenure: Tenure) -> None:
        self.tenures_by_post.setdefault(tenure.post_id, []).append(tenure)
        self.tenures_by_person.setdefault(tenure.person_id, []).append(tenure)


def load(work: Work) -> Register:
    """The register as the database has it."""
    register = Register({}, {}, {})
    for tenure in work.session.exec(select(Tenure)).all():
        register.add_tenure(tenure)
    for unit in work.session.exec(select(Unit)).all():
        register.add_unit(unit)
    for person in work.session.exec(select(Person)).all():
        register.add_person(person)
    for post in work.session.exec(select(Post)).all():
        register.add_post(post)
    return register


def overlap(one: Tenure, other: Tenure, today: date) -> bool:
    """Whether both hold office on a same day, today or later; the past is not reopened."""
    last = min(one.to_on or date.max, other.to_on or date.max)
    return max(one.from_on, other.from_on, today) <= last
