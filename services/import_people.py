"""The sheets `Cán bộ` and `Ủy quyền`: people, their posts and tenures, and who decides in whose place."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import combinations

from sqlmodel import select

from bot.i18n import full_date
from bot.work import Work
from models.people import Delegation, Person, Post, Tenure, Unit, UnitKind
from reports.workbook import CellError, Row
from rules.absence import Rank
from rules.errors import N_, DomainError
from rules.text import fold
from services import delegations
from services.delegations import NewDelegation
from services.register import Register, overlap

# Since when somebody holds a post of whom the workbook says only that he holds it.
LONG_AGO = date(2000, 1, 1)
_DAY = timedelta(days=1)

NO_UNIT = N_("There is no unit with the code {code}.")
NO_PERSON = N_("There is no person with the code {code}.")
POST_HELD = N_("{name} holds the post {post} at the same time; give his last day first.")
TWO_HEADS = N_("{unit} would have two heads at the same time: {name} and {other}.")
STILL_THERE = N_("{name} holds another post since {day}; the new one must begin later.")
ENDS_EARLY = N_("The last day comes before the first, {day}.")


def apply_people(work: Work, register: Register, rows: Sequence[Row], errors: list[CellError]) -> int:
    """Create or update people, posts and tenures. Those who leave come first, so that others may follow them."""
    known = _people_and_posts(work, register, sorted(rows, key=lambda row: row.day("Đến ngày") or date.max), errors)
    tenures = [(_seat(work, register, row, person, post, errors), row) for row, person, post in known]
    work.session.flush()
    seated = {tenure.key: row for tenure, row in tenures if tenure is not None}
    _check_posts(work, register, seated, errors)
    _check_heads(work, register, seated, errors)
    return len(rows)


def _people_and_posts(
    work: Work, register: Register, rows: Sequence[Row], errors: list[CellError]
) -> list[tuple[Row, Person, Post]]:
    """Written all at once, for a body may have thousands."""
    known = []
    for row in rows:
        unit = register.unit(row.text("Đơn vị"))
        if unit is None:
            if not register.is_failed(row.text("Đơn vị")):
                errors.append(row.error("Đơn vị", NO_UNIT, code=row.text("Đơn vị")))
            register.failed.add(row.text("Mã").casefold())
            continue
        known.append((row, _person(work, register, row), _post(work, register, row, unit)))
    work.session.flush()
    return known


def _person(work: Work, register: Register, row: Row) -> Person:
    person = register.person(row.text("Mã"))
    if person is None:
        person = Person(code=row.text("Mã"), full_name="", folded_name="")
        work.session.add(person)
        register.add_person(person)
    person.full_name = row.text("Họ và tên")
    person.folded_name = fold(person.full_name)
    person.phone = row.text("Điện thoại")
    return person


def _post(work: Work, register: Register, row: Row, unit: Unit) -> Post:
    code = row.text("Vị trí") or row.text("Mã")
    rank = Rank(row.text("Cấp"))
    post = register.post(code)
    if post is None:
        post = Post(code=code, title="", unit_id=unit.key, rank=rank)
        work.session.add(post)
        register.add_post(post)
    post.title, post.unit_id, post.rank = row.text("Chức vụ"), unit.key, rank
    post.roles, post.field = list(row.items("Vai trò")), row.text("Lĩnh vực")
    return post


def _seat(
    work: Work, register: Register, row: Row, person: Person, post: Post, errors: list[CellError]
) -> Tenure | None:
    """The tenure of the row, new or changed; None where its days cannot be."""
    first, last = row.day("Từ ngày"), row.day("Đến ngày")
    held = register.tenures_by_post.get(post.key, [])
    own = max((t for t in held if t.person_id == person.id), key=lambda t: t.from_on, default=None)
    if own is not None and not (own.to_on and first and first > own.to_on):
        own.from_on, own.to_on = first or own.from_on, last
    else:
        begin = _leave_other_posts(work, register, row, person, post, errors) or first or _after(held)
        own = Tenure(post_id=post.key, person_id=person.key, from_on=begin, to_on=last)
        register.add_tenure(own)
        work.session.add(own)
    if own.to_on is not None and own.to_on < own.from_on:
        errors.append(row.error("Đến ngày", ENDS_EARLY, day=full_date(own.from_on)))
        return None
    return own


def _after(held: Sequence[Tenure]) -> date:
    """A successor begins when the one before has left."""
    ends = [tenure.to_on for tenure in held if tenure.to_on]
    return max(ends) + _DAY if ends else LONG_AGO


def _leave_other_posts(
    work: Work, register: Register, row: Row, person: Person, post: Post, errors: list[CellError]
) -> date | None:
    """Who moves to another post leaves the one before; gives the first day of the new one, if he moves."""
    first = row.day("Từ ngày") or work.today
    others = [t for t in register.tenures_by_person.get(person.key, []) if t.post_id != post.id]
    left = [t for t in others if t.to_on is None or t.to_on >= first]
    for tenure in left:
        if tenure.from_on >= first:
            errors.append(row.error("Từ ngày", STILL_THERE, name=person.full_name, day=full_date(tenure.from_on)))
        tenure.to_on = first - _DAY
    return first if left else None


def _check_posts(work: Work, register: Register, seated: dict[int, Row], errors: list[CellError]) -> None:
    posts = {post.key: post for post in register.posts.values()}
    for post_id, tenures in register.tenures_by_post.items():
        for one, other, row in _clashes(work, tenures, seated):
            del one
            errors.append(row.error("Mã", POST_HELD, name=_name(work, other), post=posts[post_id].code))


def _check_heads(work: Work, register: Register, seated: dict[int, Row], errors: list[CellError]) -> None:
    """Outside the leadership a unit has one head at a time."""
    units = {unit.key: unit for unit in register.units.values()}
    head_posts = {post.key: post.unit_id for post in register.posts.values() if post.rank is Rank.HEAD}
    heads: dict[int, list[Tenure]] = {}
    for post_id, tenures in register.tenures_by_post.items():
        unit_id = head_posts.get(post_id)
        if unit_id is not None and units[unit_id].kind is not UnitKind.LEADERS:
            heads.setdefault(unit_id, []).extend(tenures)
    for unit_id, tenures in heads.items():
        for one, other, row in _clashes(work, tenures, seated):
            if one.post_id != other.post_id:
                fields = {"unit": units[unit_id].name, "name": _name(work, one), "other": _name(work, other)}
                errors.append(row.error("Cấp", TWO_HEADS, **fields))


def _clashes(work: Work, tenures: Sequence[Tenure], seated: dict[int, Row]) -> list[tuple[Tenure, Tenure, Row]]:
    """Pairs that hold office on a same day, with the row of the workbook that brings the later one in."""
    found: list[tuple[Tenure, Tenure, Row]] = []
    for one, other in combinations(tenures, 2):
        rows = [(tenure, seated[tenure.key]) for tenure in (other, one) if tenure.key in seated]
        if rows and one.person_id != other.person_id and overlap(one, other, work.today):
            tenure, row = rows[0]
            found.append((tenure, one if tenure is other else other, row))
    return found


def _name(work: Work, tenure: Tenure) -> str:
    return work.session.get_one(Person, tenure.person_id).full_name


def apply_delegations(work: Work, register: Register, rows: Sequence[Row], errors: list[CellError]) -> int:
    """Create delegations; the same pair from the same day is the same one, perhaps with another end."""
    for row in rows:
        chair = _known(register, row, "Người ủy quyền", errors)
        deputy = _known(register, row, "Người được ủy quyền", errors)
        first, last = row.day("Từ ngày"), row.day("Đến ngày")
        if chair is None or deputy is None or first is None or last is None:
            continue
        new = NewDelegation(
            from_person=chair, to_person=deputy, from_on=first, to_on=last, document=row.text("Văn bản")
        )
        if _makes_way(work, new):
            try:
                delegations.delegate(work, new)
            except DomainError as error:
                errors.append(row.error("Người được ủy quyền", error.msgid, **error.fields))
    return len(rows)


def _known(register: Register, row: Row, heading: str, errors: list[CellError]) -> Person | None:
    person = register.person(row.text(heading))
    if person is None and not register.is_failed(row.text(heading)):
        errors.append(row.error(heading, NO_PERSON, code=row.text(heading)))
    return person


def _makes_way(work: Work, new: NewDelegation) -> bool:
    """Whether there is something to record: an earlier row of the same delegation goes, an equal one stays."""
    row = work.session.exec(
        select(Delegation).where(
            Delegation.from_person_id == new.from_person.key,
            Delegation.to_person_id == new.to_person.key,
            Delegation.from_on == new.from_on,
        )
    ).first()
    if row is None:
        return True
    if (row.to_on, row.document) == (new.to_on, new.document):
        return False
    work.session.delete(row)
    work.session.flush()
    return True
