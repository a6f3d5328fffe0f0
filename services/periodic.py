"""Open what is owed once a period, keep it with whoever heads the unit, tell who compiles what is missing."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlmodel import col, select

from bot.messages import Attachment
from bot.work import Work
from models.duties import Duty, DutyEntry, duty_about
from models.offices import holders_in, holders_with_role
from models.people import Person, Post, Role, Unit, UnitKind
from models.periodic import Owed, Periodic, add_turns, last_due, open_turns, owed, units_with
from rules import deadlines, periodic
from rules.absence import Rank
from rules.duties import MACHINE, DutyAct
from rules.errors import NotAllowedError
from rules.periodic import PERIODIC, Occurrence, PeriodicKind
from rules.tasks import due_rule
from services import access, duties, parties, people
from services.duties import NewDuty
from services.notices import periodic as notices
from services.regulation import calendar, regulation

_HEADS = (Rank.HEAD, Rank.DEPUTY)


def open_due(work: Work) -> int:
    """Open the turns that have come and are not open yet; any number of processes may look."""
    return sum(len(open_kind(work, kind)) for kind in PERIODIC if kind is not PeriodicKind.SCHEDULE)


def current(work: Work, kind: PeriodicKind) -> Occurrence | None:
    """The turn that runs now; what fell due while nobody looked is not asked for afterwards."""
    rules = regulation(work)
    if not rules.rules(PERIODIC[kind].topic):
        return None
    turn = periodic.occurrence(kind, work.today, rules.switches, calendar(work))
    return turn if turn is not None and work.now < due_moment(work, turn) else None


def due_moment(work: Work, turn: Occurrence) -> datetime:
    rules = regulation(work)
    day = deadlines.due(turn.rule, calendar(work)).day
    ends_at_close = rules.switches["day.end"] == "office_close"
    return deadlines.due_moment(turn.rule, day, rules.hours, ends_at_close=ends_at_close)


def open_kind(work: Work, kind: PeriodicKind) -> Sequence[Periodic]:
    """Open the turn that runs, for every unit that owes it; returns what this process has opened."""
    turn = current(work, kind)
    if turn is None:
        return []
    there = units_with(work.session, kind, turn.period)
    units = [unit.key for unit in _owing(work, kind) if unit.key not in there]
    if PERIODIC[kind].one and there:
        return []
    made = add_turns(work.session, kind, turn.period, units)
    for row in made:
        _owe(work, row, turn)
    return made


def ask_to_read_out(work: Work, by: date) -> Sequence[Periodic]:
    """The Office asks every unit to read the directive out to its staff; a second time opens nothing."""
    access.require_office(work)
    if not regulation(work).rules(PERIODIC[PeriodicKind.READ_OUT].topic):
        raise NotAllowedError()
    turn = Occurrence(work.today, by, due_rule(by))
    units = [unit.key for unit in _owing(work, PeriodicKind.READ_OUT)]
    made = add_turns(work.session, PeriodicKind.READ_OUT, turn.period, units)
    for row in made:
        _owe(work, row, turn)
    return made


def _owing(work: Work, kind: PeriodicKind) -> Sequence[Unit]:
    kinds = periodic.owing_kinds(kind, regulation(work).switches)
    found = work.session.exec(select(Unit).where(col(Unit.kind).in_(kinds)).order_by(col(Unit.id))).all()
    if PERIODIC[kind].one:
        return sorted(found, key=lambda unit: kinds.index(unit.kind))[:1]
    return found


def _owe(work: Work, row: Periodic, turn: Occurrence) -> None:
    spec = PERIODIC[row.kind]
    post_id = post_of(work, row.unit_id)
    what = notices.stored_subject(row.kind, row)
    duties.open_duty(
        work,
        NewDuty(
            kind=spec.duty,
            subject_id=row.key,
            # Where there is nobody to name, the Office must know whose it is.
            what=what if post_id else f"{what} – {work.session.get_one(Unit, row.unit_id).name}",
            post_id=post_id,
            rule=turn.rule,
            clause=regulation(work).clause(spec.topic),
        ),
    )
    work.record("periodic.opened", row, kind=row.kind, period=row.period)


def post_of(work: Work, unit_id: int) -> int | None:
    """Who answers for a unit: its head, with none the first deputy; a head's post that nobody holds all the same."""
    acting = [post for post, _person in holders_in(work.session, unit_id, work.today) if post.rank in _HEADS]
    if acting:
        return acting[0].key
    vacant = select(Post.id).where(Post.unit_id == unit_id, Post.rank == Rank.HEAD).order_by(col(Post.id))
    return work.session.exec(vacant).first()


def follow_posts(work: Work) -> int:
    """A head has left or come: what the unit owes goes to whoever answers for it now."""
    found = open_turns(work.session)
    holders_in.ahead(work.session, [one.turn.unit_id for one in found], work.today)
    moved = [one for one in found if one.duty.post_id != post_of(work, one.turn.unit_id)]
    for one in moved:
        duties.hand_to(work, one.duty, post_of(work, one.turn.unit_id))
    return len(moved)


def miss_overtaken(work: Work) -> int:
    """The next turn has fallen due: the one before is asked for no more, and stays missing in the list."""
    overdue = [one for one in open_turns(work.session) if one.duty.due_at <= work.now]
    latest = last_due(work.session, work.now) if overdue else {}
    over = [one for one in overdue if one.turn.period < latest[one.turn.kind, one.turn.unit_id]]
    for one in over:
        duties.close(work, one.duty, MACHINE.next_state(one.duty.state, DutyAct.MISS))
        work.record("periodic.missed", one.turn)
    return len(over)


def tell_missing(work: Work) -> int:
    """On the morning after the reports were due, whoever compiles them hears what has come and what has not."""
    waiting = [one for one in open_turns(work.session) if PERIODIC[one.turn.kind].compiles and not one.turn.told_at]
    return sum(_tell(work, one) for one in waiting)


def _tell(work: Work, one: Owed) -> bool:
    compiled = PERIODIC[one.turn.kind].compiles
    found = owed(work.session, compiled, one.turn.period) if compiled else []
    if not found:
        return False
    days = calendar(work)
    last = max(deadlines.named_day(each.duty.due_at) for each in found)
    if work.now < regulation(work).hours.opening(days.next_working_day(last)):
        return False
    turn = access.load(work, Periodic, one.turn.key)
    if turn.told_at is not None:
        return False
    turn.told_at = work.now
    owner = access.owner_of(work, one.duty)
    for person in [owner] if owner else parties.office(work):
        work.notify(person, notices.missing, turn, one.duty, found)
    return True


def send_on(work: Work, duty: Duty, entry: DutyEntry) -> None:
    """A compiled report goes to the chair, the Office's monthly notice to the heads of all units."""
    turn = work.session.get_one(Periodic, duty.subject_id)
    file = Attachment(entry.file_id, work.file_name(entry.file_id)) if entry.file_id else None
    if turn.kind is PeriodicKind.BADGES_COMPILE:
        # Internal affairs makes the badges: the lists go no further.
        readers = []
    elif turn.kind is PeriodicKind.MONTHLY_NOTICE:
        readers = heads(work)
    else:
        readers = list(holders_with_role(work.session, (Role.CHAIR,), work.today))
    acting = work.actor.id if work.actor else None
    for person in readers:
        if person.id != acting:
            work.notify(person, notices.compiled, duty, entry, file)


def heads(work: Work) -> list[Person]:
    """Whoever answers for each unit below the leadership."""
    units = work.session.exec(select(Unit).where(Unit.kind != UnitKind.LEADERS).order_by(col(Unit.id))).all()
    found = [holders_in(work.session, unit.key, work.today)[:1] for unit in units]
    return list({person.key: person for rows in found for post, person in rows if post.rank in _HEADS}.values())


def may_watch(work: Work, person: Person) -> bool:
    """Leaders, the Office and internal affairs see all reports."""
    return people.has_role(work, person, *people.LEADERS, *people.OFFICE, Role.INTERNAL_AFFAIRS)


def turn_in_sight(work: Work, key: int) -> Periodic:
    """A turn that the actor watches over, or puts together himself."""
    turn = access.load(work, Periodic, key)
    person = access.actor(work)
    duty = duty_about(work.session, PERIODIC[turn.kind].duty, turn.key)
    owner = access.owner_of(work, duty) if duty else None
    if not may_watch(work, person) and (owner is None or owner.id != person.id):
        raise NotAllowedError()
    return turn


def result_in_sight(work: Work, key: int) -> Duty:
    """A report that the actor watches over, or that he puts together with others."""
    duty = access.load(work, Duty, key)
    turn = access.load(work, Periodic, duty.subject_id)
    compiling = [kind for kind, spec in PERIODIC.items() if spec.compiles is turn.kind]
    owners = [access.owner_of(work, one.duty) for kind in compiling for one in owed(work.session, kind, turn.period)]
    if not may_watch(work, access.actor(work)) and access.actor(work) not in owners:
        raise NotAllowedError()
    return duty
