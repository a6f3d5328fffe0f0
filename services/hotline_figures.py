"""The hotline's figures: what is open and in whose hands, and what became of what came in within a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.work import Work
from models.hotline import Ticket, TicketSpan, count_complaints, in_hands, received
from models.hotline_directory import hotlines
from models.people import Unit
from rules.errors import NotAllowedError
from rules.hotline import Party, working_minutes
from rules.hotline_figures import Case, Minutes, minutes_of
from services import access, hotline_people, statistics
from services.regulation import calendar, regulation


def reads_all(work: Work) -> bool:
    """The Office and its chief read the figures of all communes."""
    return access.is_office(work, access.actor(work))


def led(work: Work) -> list[Unit]:
    """The communes whose hotline the actor leads."""
    person = access.actor(work)
    return [unit for _hotline, unit in hotlines(work.session) if hotline_people.leads(work, person, unit.key)]


def require_reader(work: Work, unit_id: int | None) -> Unit | None:
    """The commune whose figures are read, None for all; the leader's own, or any for the Office."""
    sees_all = reads_all(work)
    if unit_id is None and sees_all:
        return None
    known = [unit for _hotline, unit in hotlines(work.session)] if sees_all else led(work)
    found = next((unit for unit in known if unit.id == unit_id), None)
    if found is None:
        raise NotAllowedError()
    return found


@dataclass(frozen=True, slots=True)
class Hands:
    """An open question: the commune where it came in, who has it now; nobody's where `post_id` is None."""

    home_unit_id: int
    unit_id: int
    post_id: int | None
    is_overdue: bool


def open_now(work: Work, unit_id: int | None) -> list[Hands]:
    """What is open now: of all communes, or what came in at one or was handed on to it."""
    found = [Hands(*row) for row in in_hands(work.session, work.now)]
    return [one for one in found if unit_id is None or unit_id in (one.home_unit_id, one.unit_id)]


def cases(work: Work, first: date, last: date, unit_id: int | None = None) -> list[Case]:
    """Every question that came in within the time, both days included; of one commune or of all."""
    since, until = statistics.span(first, last)
    return [_case(work, ticket, spans) for ticket, spans in received(work.session, since, until, unit_id)]


def complaints(work: Work, first: date, last: date) -> int:
    """Their number only."""
    return count_complaints(work.session, *statistics.span(first, last))


def _case(work: Work, ticket: Ticket, spans: Sequence[TicketSpan]) -> Case:
    hours, days = regulation(work).hours, calendar(work)
    running = next((span for span in spans if span.to_at is None and span.party is Party.UNIT), None)
    late_at, late_unit_id = ticket.late_at, ticket.late_unit_id
    if late_at is None and ticket.first_answer_at is None and running is not None and ticket.due_at <= work.now:
        late_at, late_unit_id = ticket.due_at, running.unit_id
    answered = ticket.first_answer_at
    return Case(
        number=ticket.number,
        unit_id=ticket.home_unit_id,
        topic_id=ticket.procedure_id,
        state=ticket.state,
        opened_at=ticket.opened_at,
        due_at=ticket.due_at,
        first_answer_at=answered,
        minutes_to_answer=working_minutes(ticket.opened_at, answered, hours, days) if answered else None,
        late_at=late_at,
        late_unit_id=late_unit_id,
        rating=ticket.rating,
        may_rate=ticket.entered_by_id is None,
        minutes=sum((_spent(work, ticket, span) for span in spans), Minutes()),
    )


def _spent(work: Work, ticket: Ticket, span: TicketSpan) -> Minutes:
    spent = working_minutes(span.from_at, span.to_at or work.now, regulation(work).hours, calendar(work))
    return minutes_of(span.party, is_home=span.unit_id == ticket.home_unit_id, spent=spent)


def periods_of(day: date) -> Sequence[tuple[str, date, date]]:
    """The times that are offered: this week and the last, this month and the last."""
    monday = day - timedelta(days=day.weekday())
    week = timedelta(weeks=1)
    months = [one for one in statistics.months_of(day) if one[0] in ("month", "last_month")]
    return (
        ("week", monday, day),
        ("last_week", monday - week, monday - timedelta(days=1)),
        *months,
    )
