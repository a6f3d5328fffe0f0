"""Reminders: the latest of several due says it all; none in quiet hours; chair and deputy decider alike."""

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta

from sqlmodel import select

from bot.work import Work
from models.duties import Duty, Ping, PingState, pending_pings
from models.meetings import Meeting, invitations_to
from models.offices import holder_of
from models.people import Person
from rules.absence import Kind, Reason
from rules.duties import DutyKind
from rules.workdays import at
from services import absence, delegations, pings
from services.absence import Details
from services.delegations import NewDelegation
from services.demo import Cast
from services.duties import NewDuty, open_duty
from services.notices import duty_lists

Someone = Callable[[str], Person]
Told = Callable[[Person], list[str]]
FAR = datetime(2099, 1, 1, tzinfo=UTC)
REMINDER = "Nhắc lại: đề nghị này đang chờ ý kiến đồng chí"


def ask(work: Work, head: Person, meeting: Meeting) -> None:
    work.actor = head
    invited = invitations_to(work.session, meeting.key)
    invitation = next(each for each in invited if holder_of(work.session, each.post_id, work.today) is head)
    absence.submit(work, [invitation], Details(kind=Kind.ABSENT, reason=Reason.SICK))
    work.actor = None


def reminders(told: Told, person: Person) -> int:
    return sum(REMINDER in text for text in told(person))


def test_after_a_long_silence_of_ours_one_reminder_is_enough(
    sample: Work, person: Someone, told: Told, market: Meeting
) -> None:
    ask(sample, person(Cast.FINANCE_HEAD), market)
    sample.now = market.starts_at - timedelta(minutes=30)
    pings.fire_due(sample)
    assert reminders(told, person(Cast.SECOND_VICE_CHAIR)) == 1
    left = sample.session.exec(select(Ping).where(Ping.state == PingState.PENDING, Ping.due_at <= sample.now)).all()
    assert not left


def test_what_comes_late_gives_way_to_what_is_said_on_the_same_day(sample: Work, person: Someone, told: Told) -> None:
    owner = person(Cast.FINANCE_HEAD)
    duty = owed_report(sample, owner, 1)
    (late,) = [one for one in pending_pings(sample.session, duty.key) if one.addressee != "office"]
    today = at(sample.today + timedelta(days=1), time(9))
    sample.session.add(Ping(duty_id=duty.key, stage="next", addressee=late.addressee, due_at=today, not_after=FAR))
    sample.session.flush()
    sample.now = today - timedelta(hours=1)
    pings.fire_due(sample)
    assert late.state is PingState.DROPPED
    sample.now = today
    pings.fire_due(sample)
    assert sum("week 1" in text for text in told(owner)) == 1


def test_nobody_is_woken(sample: Work, person: Someone, told: Told, market: Meeting) -> None:
    ask(sample, person(Cast.FINANCE_HEAD), market)
    for ping in sample.session.exec(select(Ping).where(Ping.state == PingState.PENDING)).all():
        ping.due_at = sample.now
    sample.now = at(sample.today + timedelta(days=1), time(6, 30))
    pings.fire_due(sample)
    assert reminders(told, person(Cast.SECOND_VICE_CHAIR)) == 0


def test_chair_and_deputy_decider_are_reminded_while_the_delegation_is_in_force(
    sample: Work, person: Someone, told: Told, market: Meeting
) -> None:
    ask(sample, person(Cast.FINANCE_HEAD), market)
    sample.actor = person(Cast.SECOND_VICE_CHAIR)
    delegations.delegate(
        sample,
        NewDelegation(
            from_person=person(Cast.SECOND_VICE_CHAIR),
            to_person=person(Cast.VICE_CHAIR),
            from_on=sample.today,
            to_on=sample.today + timedelta(days=7),
            document="",
        ),
    )
    sample.actor = None
    sample.now = market.starts_at - timedelta(minutes=30)
    pings.fire_due(sample)
    assert reminders(told, person(Cast.VICE_CHAIR)) == 1
    assert reminders(told, person(Cast.SECOND_VICE_CHAIR)) == 1


def owed_report(work: Work, owner: Person, number: int) -> Duty:
    """A report that is reminded of now, to its owner and to the Office."""
    due = work.now + timedelta(days=1)
    new = NewDuty(DutyKind.REPORT, number, f"week {number}", person_id=owner.key, due_at=due, clause="gb.2.report")
    duty = open_duty(work, new)
    for ping in pending_pings(work.session, duty.key):
        ping.state = PingState.DROPPED
    for addressee in (f"person:{owner.key}", "office"):
        work.session.add(Ping(duty_id=duty.key, stage=addressee, addressee=addressee, due_at=work.now, not_after=FAR))
    work.session.flush()
    return duty


def test_who_hears_as_owner_and_as_the_office_is_told_once_and_each_clause_once(
    sample: Work, person: Someone, told: Told
) -> None:
    clerk, other = person(Cast.OFFICE), person(Cast.ADMIN)
    for number in (1, 2):
        owed_report(sample, clerk, number)
    pings.fire_due(sample)
    (heard,) = told(clerk)
    assert "2 việc cần nhắc" in heard
    (heard,) = told(other)
    assert "2 việc cần nhắc" in heard and heard.count("<i>") == 1


def test_a_clause_names_the_lines_that_it_is_about(sample: Work, person: Someone) -> None:
    clerk = person(Cast.OFFICE)
    owed = [owed_report(sample, clerk, number) for number in (1, 2, 3)]
    owed[1].clause = ""
    (clause,) = duty_lists.clauses(sample, owed)
    assert clause.startswith("Lines 1, 3: <i>")
