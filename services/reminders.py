"""Reminders by the chair: recorded with a document, counted, withdrawn where the entry was wrong (Tứ Kỳ 6, A13)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.work import Work
from models.offices import holders_with_role
from models.people import Person, Role
from models.reminders import ChairReminder, reminded_people, reminders_in_unit, reminders_of
from rules import reminders as rules
from rules.errors import N_, DomainError, NotAllowedError
from rules.reminders import Policy, Step
from services import access, people
from services.notices import reminders as notices
from services.notices.reminders import Count
from services.regulation import regulation

TOPIC = "reminders"


class FutureReminderError(DomainError):
    code = "future_reminder"
    msgid = N_("A document dated in the future cannot be entered.")


class AlreadyRecordedError(DomainError):
    code = "already_recorded"
    msgid = N_("This document is recorded for {name} already. Nothing was added.")


class AlreadyWithdrawnError(DomainError):
    code = "already_withdrawn"
    msgid = N_("This entry has been withdrawn already. Nothing was changed.")


@dataclass(frozen=True, slots=True, kw_only=True)
class NewReminder:
    """What the chair's document says; none of it may be missing."""

    person_id: int
    reminded_on: date
    document: str
    about: str


def may_record(work: Work, person: Person) -> bool:
    """The Office and internal affairs."""
    return people.has_role(work, person, *people.OFFICE, Role.INTERNAL_AFFAIRS)


def require_recorder(work: Work) -> Person:
    person = access.actor(work)
    if not may_record(work, person):
        raise NotAllowedError()
    return person


def policy(work: Work) -> Policy:
    switches = regulation(work).switches
    return Policy(switches["reminders.threshold"], switches["reminders.period"], switches["reminders.scope"])


def candidates(work: Work) -> list[tuple[Person, str]]:
    """Who may be reminded, with name and title: everybody but the chair himself."""
    chairs = {person.id for person in holders_with_role(work.session, (Role.CHAIR,), work.today)}
    return [(each.person, each.name) for each in people.officials(work) if each.person.id not in chairs]


def record(work: Work, new: NewReminder) -> ChairReminder:
    """Note that the chair reminded somebody; who it is about is told, and from a certain number on internal affairs."""
    recorder = require_recorder(work)
    # Held, so that two clerks do not enter one document twice.
    person = access.person(work, new.person_id)
    if new.reminded_on > work.today:
        raise FutureReminderError()
    if any(_is_same(known, new) for known in reminders_of(work.session, person.key)):
        raise AlreadyRecordedError(name=person.full_name)
    post = people.main_post(work, person)
    rules_now = regulation(work)
    reminder = ChairReminder(
        person_id=person.key,
        unit_id=post.unit_id if post else None,
        reminded_on=new.reminded_on,
        document=new.document,
        about=new.about,
        recorded_by_id=recorder.key,
        recorded_at=work.now,
        pack_id=rules_now.pack.id,
        pack_version=rules_now.pack.version,
    )
    work.session.add(reminder)
    work.session.flush()
    work.record("reminder.recorded", reminder, person=person.id, document=work.hashed(new.document))
    _tell_recorded(work, person, reminder)
    return reminder


def _is_same(known: ChairReminder, new: NewReminder) -> bool:
    same = known.document.casefold() == new.document.casefold()
    return known.counts and same and known.reminded_on == new.reminded_on


def withdraw(work: Work, reminder: ChairReminder, reason: str) -> None:
    """The entry was wrong: it stays with its reason and counts no more; who was told of it hears that."""
    recorder = require_recorder(work)
    if not reminder.counts:
        raise AlreadyWithdrawnError()
    before = count(work, reminder)
    reminder.withdrawn_by_id, reminder.withdrawn_at, reminder.withdrawal_reason = recorder.id, work.now, reason
    work.session.flush()
    work.record("reminder.withdrawn", reminder, reason=work.hashed(reason))
    person = access.person(work, reminder.person_id)
    work.notify(person, notices.withdrawn, reminder)
    if before.step is not Step.NOTHING:
        after = count(work, reminder)
        for each in _internal_affairs(work):
            if each.id != recorder.id:
                work.notify(each, notices.count_changed, reminder, after)


def count(work: Work, reminder: ChairReminder) -> Count:
    """What counts together with an entry, in its period, of its person or unit; the entry itself while it stands."""
    rule = policy(work)
    by_unit = rule.scope == "unit" and reminder.unit_id is not None
    found = (
        reminders_in_unit(work.session, reminder.unit_id or 0)
        if by_unit
        else reminders_of(work.session, reminder.person_id)
    )
    return _count(work, [each for each in found if each.counts], reminder.reminded_on)


def current(work: Work, person: Person) -> Count:
    """What counts for a person as of today."""
    return _count(work, [each for each in reminders_of(work.session, person.key) if each.counts], work.today)


def _count(work: Work, standing: Sequence[ChairReminder], day: date) -> Count:
    rule = policy(work)
    first, last = rules.span([each.reminded_on for each in standing], day, rule.period)
    cases = [each for each in standing if first <= each.reminded_on <= last]
    step = rules.step(len(cases), rule.threshold) if regulation(work).rules(TOPIC) else Step.NOTHING
    return Count(cases, rule, last, step)


def reminded(work: Work) -> list[tuple[Person, Count]]:
    """Everybody with an entry that stands, with what counts today, most first."""
    found = [access.person(work, key) for key in reminded_people(work.session)]
    counted = [(person, current(work, person)) for person in found]
    return sorted(counted, key=lambda each: (-len(each[1].cases), each[0].folded_name))


def _tell_recorded(work: Work, person: Person, reminder: ChairReminder) -> None:
    counted = count(work, reminder)
    work.notify(person, notices.recorded, reminder, counted)
    notice = {Step.WARN: notices.warning, Step.LIST: notices.listed}.get(counted.step)
    for each in _internal_affairs(work) if notice else ():
        if notice is not None and each.id != person.id:
            work.notify(each, notice, reminder, counted)


def _internal_affairs(work: Work) -> Sequence[Person]:
    return holders_with_role(work.session, (Role.INTERNAL_AFFAIRS,), work.today)
