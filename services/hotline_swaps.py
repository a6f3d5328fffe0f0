"""Changes of a hotline's rota: a colleague is asked to take a shift, or the leader assigns it; both are announced."""

from collections.abc import Sequence
from datetime import date, timedelta

from bot.work import Work
from models.database import lock_for_transaction
from models.hotline_directory import hotlines
from models.hotline_rota import HotlineShift, shifts_asked, shifts_unanswered
from models.offices import holder_of
from models.people import Person
from models.runs import runs_first
from rules.errors import N_, DomainError, NotAllowedError, StaleError
from rules.shifts import MACHINE, Half, Shift, SwapAct, shift_at, shifts_ahead
from services import access, hotline_people, hotline_rota, hotline_team
from services.hotline_rota import Place
from services.notices import hotline_rota as notices
from services.regulation import calendar, regulation

# A single member has every shift and need not be told so.
LEAST_MEMBERS = 2


class AlreadyAskedError(DomainError):
    code = "shift_already_asked"
    msgid = N_("Somebody has been asked to take this shift already. Please withdraw that first.")


def rota(work: Work, unit_id: int) -> list[Place]:
    """What is left of this week and the next one."""
    hours = regulation(work).hours
    ahead = shifts_ahead(work.now, hours, calendar(work))
    held = hotline_rota.on_shifts(work, unit_id, hotline_people.team(work, unit_id), ahead)
    asked = {row.shift: row for row in shifts_asked(work.session, unit_id, work.now)}
    places = []
    for shift, post_id in held.items():
        person = holder_of(work.session, post_id, work.today)
        places.append(
            Place(shift, post_id, person, hotline_people.busy(work, person, shift) if person else (), asked.get(shift))
        )
    return places


def last_shown(work: Work) -> date:
    """The last day of the rota, a Sunday."""
    return work.today + timedelta(days=13 - work.today.weekday())


def to_give(work: Work, person: Person, unit_id: int) -> list[Place]:
    """The shifts of a person that have not begun: those that a colleague may be asked to take."""
    hours = regulation(work).hours
    return [
        place
        for place in rota(work, unit_id)
        if place.person is not None and place.person.id == person.id and place.shift.starts_at(hours) > work.now
    ]


def colleagues(work: Work, unit_id: int) -> list[tuple[int, Person]]:
    """The posts of a team that somebody holds today."""
    found = [(post_id, holder_of(work.session, post_id, work.today)) for post_id in hotline_people.team(work, unit_id)]
    return [(post_id, person) for post_id, person in found if person is not None]


def ask(work: Work, unit_id: int, shift: Shift, post_id: int) -> HotlineShift:
    """Nhờ trực thay: a colleague is asked to take a shift of the actor."""
    lock_for_transaction(work.session, "hotline rota")
    person = access.actor(work)
    place = next((one for one in to_give(work, person, unit_id) if one.shift == shift), None)
    if place is None:
        raise StaleError()
    if place.asked is not None:
        raise AlreadyAskedError()
    row = _new(work, unit_id, place, post_id)
    work.session.add(row)
    work.session.flush()
    work.record("shift.asked", row, unit=unit_id, post=post_id, from_post=place.post_id)
    work.notify(_holder(work, row.post_id), notices.request, row, fresh=True)
    return row


def _new(work: Work, unit_id: int, place: Place, post_id: int) -> HotlineShift:
    """Raises NotAllowedError for a post outside the team, or for whoever has the shift already."""
    if post_id == place.post_id or post_id not in [key for key, _person in colleagues(work, unit_id)]:
        raise NotAllowedError()
    return HotlineShift(
        unit_id=unit_id,
        day=place.shift.day,
        half=place.shift.half,
        starts_at=place.shift.starts_at(regulation(work).hours),
        from_post_id=place.post_id,
        post_id=post_id,
        asked_by_id=access.actor(work).key,
        asked_at=work.now,
    )


def accept(work: Work, key: int) -> HotlineShift:
    """Nhận trực thay: it counts at once, and the team and its leader are told."""
    row = to_answer(work, key)
    if row.starts_at <= work.now:
        raise StaleError()
    row.state, row.answered_at = MACHINE.next_state(row.state, SwapAct.ACCEPT), work.now
    work.record("shift.accepted", row)
    _announce(work, row, [person for _post, person in colleagues(work, row.unit_id)])
    work.notify(work.session.get_one(Person, row.asked_by_id), notices.own_request, row)
    return row


def decline(work: Work, key: int, reason: str) -> HotlineShift:
    """Không trực được, with a reason that whoever asked reads."""
    row = to_answer(work, key)
    row.state, row.answered_at = MACHINE.next_state(row.state, SwapAct.DECLINE), work.now
    row.reason = reason
    work.record("shift.declined", row, reason=work.hashed(reason))
    work.notify(work.session.get_one(Person, row.asked_by_id), notices.own_request, row, fresh=True)
    return row


def to_answer(work: Work, key: int) -> HotlineShift:
    """What the actor was asked to take, whoever holds the post today."""
    lock_for_transaction(work.session, "hotline rota")
    row = access.load(work, HotlineShift, key)
    if _holder(work, row.post_id).id != access.actor(work).id:
        raise NotAllowedError()
    return row


def withdraw(work: Work, key: int) -> HotlineShift:
    """Rút đề nghị: before it is answered, by whoever asked or holds his post now."""
    lock_for_transaction(work.session, "hotline rota")
    row = access.load(work, HotlineShift, key)
    if access.actor(work).id not in (row.asked_by_id, _holder(work, row.from_post_id).id):
        raise NotAllowedError()
    row.state = MACHINE.next_state(row.state, SwapAct.WITHDRAW)
    work.record("shift.withdrawn", row)
    work.notify(_holder(work, row.post_id), notices.request, row)
    return row


def require_leader(work: Work, unit_id: int) -> None:
    if not hotline_people.leads(work, access.actor(work), unit_id):
        raise NotAllowedError()


def assign(work: Work, unit_id: int, shift: Shift, post_id: int) -> HotlineShift:
    """Phân công, by the leader: it counts at once; whoever has the shift now and whoever had it are told."""
    lock_for_transaction(work.session, "hotline rota")
    require_leader(work, unit_id)
    place = next((one for one in rota(work, unit_id) if one.shift == shift), None)
    if place is None:
        raise StaleError()
    row = _new(work, unit_id, place, post_id)
    row.state, row.answered_at = MACHINE.next_state(row.state, SwapAct.ACCEPT), work.now
    if place.asked is not None:
        _lapse(work, place.asked)
    work.session.add(row)
    work.session.flush()
    work.record("shift.assigned", row, unit=unit_id, post=post_id, from_post=place.post_id)
    _announce(work, row, [_holder(work, post_id), *([place.person] if place.person else [])])
    return row


def _holder(work: Work, post_id: int) -> Person:
    """Who holds a post of the team today; raises NotAllowedError where nobody does any more."""
    holder = holder_of(work.session, post_id, work.today)
    if holder is None:
        raise NotAllowedError()
    return holder


def _announce(work: Work, row: HotlineShift, people: Sequence[Person]) -> None:
    for person in {person.key: person for person in people}.values():
        if person.id != access.actor(work).id:
            work.notify(person, notices.changed, row)


def lapse_unanswered(work: Work) -> int:
    """The shift has begun without an answer: whoever asked still has it."""
    found = shifts_unanswered(work.session, work.now)
    for row in found:
        _lapse(work, row)
    return len(found)


def _lapse(work: Work, row: HotlineShift) -> None:
    row.state = MACHINE.next_state(row.state, SwapAct.LAPSE)
    work.record("shift.lapsed", row)
    asked = holder_of(work.session, row.post_id, work.today)
    if asked is not None:
        work.notify(asked, notices.request, row)
    work.notify(work.session.get_one(Person, row.asked_by_id), notices.own_request, row, fresh=True)


def tell_shifts(work: Work) -> int:
    """When the office opens, whoever has a shift of the day hears it once; nobody where a single member has them all.

    Any number of processes may look. Returns how many were told.
    """
    hours, days = regulation(work).hours, calendar(work)
    if not hours.is_open(work.now, days) or shift_at(work.now, hours).half is not Half.MORNING:
        return 0
    if not runs_first(work.session, "hotline shifts", hours.opening(work.today), work.now):
        return 0
    return sum(_tell_team(work, unit.key) for _hotline, unit in hotlines(work.session))


def _tell_team(work: Work, unit_id: int) -> int:
    members = hotline_people.team(work, unit_id)[:-1]
    if len(members) < LEAST_MEMBERS:
        return 0
    today = [place for place in rota(work, unit_id) if place.shift.day == work.today]
    count = len(hotline_team.of_team(work, unit_id))
    told = {place.person.key: place.person for place in today if place.person is not None}
    for person in told.values():
        halves = [place.shift.half for place in today if place.person is not None and place.person.id == person.id]
        work.notify(person, notices.today, unit_id, halves, count)
    return len(told)
