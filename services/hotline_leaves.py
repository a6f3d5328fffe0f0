"""Days off the hotline's rota: declared by whoever is away, or by his leader for him, and taken back."""

from collections.abc import Sequence
from datetime import date, timedelta

from bot.i18n import short_date
from bot.work import Work
from models.database import lock_for_transaction
from models.hotline_directory import hotlines
from models.hotline_leaves import HotlineLeave, leaves_within
from models.people import Person
from rules.errors import N_, DomainError, NotAllowedError
from services import access, hotline_people
from services.notices import hotline_rota as notices


class LeaveOverlapsError(DomainError):
    code = "leave_overlaps"
    msgid = N_("{name} is away from {first} to {last} already. Please end that first.")


def may_declare(work: Work, person: Person) -> bool:
    """Himself, or whoever leads a team of his."""
    actor = access.actor(work)
    return bool(teams(work, person)) and (
        actor.id == person.id or any(hotline_people.leads(work, actor, unit_id) for unit_id in teams(work, person))
    )


def teams(work: Work, person: Person) -> list[int]:
    """The units whose hotline he belongs to."""
    every = [unit.key for _hotline, unit in hotlines(work.session)]
    return [unit_id for unit_id in every if hotline_people.post_in_team(work, person, unit_id) is not None]


def declare(work: Work, person: Person, first: date, last: date) -> HotlineLeave:
    """Báo nghỉ trực, both days included: the next in turn has his shifts; his leaders are told."""
    lock_for_transaction(work.session, "hotline rota")
    if not may_declare(work, person):
        raise NotAllowedError()
    for other in leaves_within(work.session, first, last):
        if other.person_id == person.id:
            days = {"first": short_date(other.from_on), "last": short_date(other.to_on)}
            raise LeaveOverlapsError(name=person.full_name, **days)
    row = HotlineLeave(person_id=person.key, from_on=first, to_on=last, by_id=access.actor(work).key, at=work.now)
    work.session.add(row)
    work.session.flush()
    work.record("leave.declared", row, person=person.key, first=first.isoformat(), last=last.isoformat())
    _tell(work, person, row)
    return row


def end(work: Work, key: int) -> Person:
    """Bỏ báo nghỉ: from today on he is on the rota again."""
    lock_for_transaction(work.session, "hotline rota")
    row = access.load(work, HotlineLeave, key)
    person = work.session.get_one(Person, row.person_id)
    if not may_declare(work, person) or row.to_on < work.today:
        raise NotAllowedError()
    work.record("leave.ended", row, person=person.key)
    _tell(work, person, row, is_over=True)
    if row.from_on >= work.today:
        work.session.delete(row)
    else:
        row.to_on = work.today - timedelta(days=1)
    work.session.flush()
    return person


def _tell(work: Work, person: Person, row: HotlineLeave, *, is_over: bool = False) -> None:
    leaders = [leader for unit_id in teams(work, person) for leader, _post in hotline_people.leaders(work, unit_id)]
    for reader in {one.key: one for one in (person, *leaders)}.values():
        if reader.id != access.actor(work).id:
            work.notify(reader, notices.leave, person, row, is_over=is_over)


def of_team(work: Work, unit_id: int, last: date) -> Sequence[tuple[HotlineLeave, Person]]:
    """Who of a team is away from today until that day."""
    found = [
        (leave, work.session.get_one(Person, leave.person_id))
        for leave in leaves_within(work.session, work.today, last)
    ]
    return [one for one in found if hotline_people.post_in_team(work, one[1], unit_id) is not None]
