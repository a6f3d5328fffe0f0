"""The hotline's clock: whose time runs, when an answer is due, and who is turned to when nobody acts."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from bot.work import Work
from models.hotline import Ticket, TicketEntryKind, TicketSpan, climbing, left_in_silence, spans_of
from models.offices import holder_of
from models.people import Person
from rules import hotline as rules
from rules.duties import DutyKind, DutyState
from rules.hotline import MACHINE, UNTAKEN, Category, Party, Patience, Rung, TicketAct, TicketState
from rules.workdays import at
from services import duties, hotline_log, hotline_people, hotline_rota
from services.duties import NewDuty
from services.notices import hotline as asker_notices
from services.notices import hotline_team as notices
from services.regulation import calendar, regulation


def patience(work: Work) -> Patience:
    """How long each may take, as the committee has set it."""
    switches = regulation(work).switches
    hours = {
        Category.PROCEDURE: switches["hotline.procedure_hours"],
        Category.OTHER: switches["hotline.other_hours"],
        Category.COMPLAINT: switches["hotline.complaint_hours"],
    }
    return Patience(
        take=switches["hotline.take_minutes"],
        silence=switches["hotline.silence_minutes"],
        answer={category: 60 * value for category, value in hours.items()},
    )


def turn(work: Work, ticket: Ticket) -> None:
    """Let the clock of whoever has it now run, from this moment on; what is owed follows."""
    spans = spans_of(work.session, ticket.key)
    running = next((span for span in spans if span.to_at is None), None)
    _keep_lateness(work, ticket, running)
    _switch_span(work, ticket, running)
    if rules.runs_for(ticket.state) is Party.UNIT:
        ticket.due_at = _due(work, ticket, spans)
        _owe(work, ticket)
        return
    state = DutyState.VOID if ticket.is_open else DutyState.DONE
    duties.close_duty(work, DutyKind.TICKET, ticket.key, state)
    ticket.rung, ticket.next_step_at = None, None


def _keep_lateness(work: Work, ticket: Ticket, running: TicketSpan | None) -> None:
    """A unit that let the due moment pass stays late, whatever moment the clock is set to now."""
    is_first = ticket.first_answer_at is None and ticket.late_at is None
    if is_first and running is not None and running.party is Party.UNIT and ticket.due_at < work.now:
        ticket.late_at, ticket.late_unit_id = ticket.due_at, running.unit_id


def _switch_span(work: Work, ticket: Ticket, running: TicketSpan | None) -> None:
    party = rules.runs_for(ticket.state)
    unit_id = ticket.unit_id if party is Party.UNIT else None
    post_id = ticket.owner_post_id if party is Party.UNIT else None
    if running is not None:
        if (running.party, running.unit_id, running.post_id) == (party, unit_id, post_id):
            return
        running.to_at = work.now
    if party is not None:
        work.session.add(
            TicketSpan(ticket_id=ticket.key, party=party, unit_id=unit_id, post_id=post_id, from_at=work.now)
        )


def _due(work: Work, ticket: Ticket, spans: Sequence[TicketSpan]) -> datetime:
    """What the unit has not used of its working time, counted from now."""
    allowed = patience(work)
    left = max(allowed.answer[ticket.category] - _used_minutes(work, spans, ticket.unit_id), allowed.least)
    return rules.working_after(work.now, left, regulation(work).hours, calendar(work))


def _used_minutes(work: Work, spans: Sequence[TicketSpan], unit_id: int) -> int:
    """Working time that a unit has had it in its hands, up to now."""
    hours, days = regulation(work).hours, calendar(work)
    return sum(
        rules.working_minutes(span.from_at, span.to_at or work.now, hours, days)
        for span in spans
        if span.party is Party.UNIT and span.unit_id == unit_id
    )


def _owe(work: Work, ticket: Ticket) -> None:
    """Whoever has taken it owes the answer, before that whoever is asked to take it; a complaint is on no list."""
    post_id = ticket.owner_post_id or ticket.offered_post_id
    if post_id is None or ticket.is_confidential:
        return
    duties.open_duty(
        work,
        NewDuty(
            kind=DutyKind.TICKET,
            subject_id=ticket.key,
            what=notices.duty_words(ticket),
            post_id=post_id,
            due_at=ticket.due_at,
        ),
    )


def offer(work: Work, ticket: Ticket, *, to_post: int | None = None) -> None:
    """Ask whoever is on duty to take it, or a certain post; when the office is closed, as soon as it opens."""
    hours, days = regulation(work).hours, calendar(work)
    opens = hours.next_open(work.now, days)
    ticket.offered_post_id = to_post
    if opens > work.now:
        ticket.rung, ticket.next_step_at = Rung.OFFER, opens
        return
    _climb_to(work, ticket, Rung.OFFER)


def watch_owner(work: Work, ticket: Ticket) -> None:
    """He has just taken it, or said something: he is reminded if he falls silent."""
    step = rules.first_step_of_owner(work.now, patience(work), regulation(work).hours, calendar(work))
    ticket.rung, ticket.next_step_at = step.rung, step.at


def climb(work: Work) -> int:
    """Turn to the next where nobody has acted in time; returns how many were due."""
    found = climbing(work.session, work.now)
    for ticket in found:
        hours, days = regulation(work).hours, calendar(work)
        if hours.is_open(work.now, days):
            _climb_to(work, ticket, ticket.rung or Rung.OFFER)
        else:
            # Nobody is asked in the evening for what waits until the office opens.
            ticket.next_step_at = hours.next_open(work.now, days)
    return len(found)


def _climb_to(work: Work, ticket: Ticket, rung: Rung) -> None:
    turned_to = _turned_to(work, ticket, rung)
    for person, post_id in turned_to:
        hotline_log.note(work, ticket, _entry_kind(rung), post_id=post_id, text=rung.value, by_clock=True)
        work.notify(person, notices.card, ticket, rung=rung, fresh=True)
    if rung in (Rung.OFFER, Rung.NEXT, Rung.LEADER) and ticket.state in UNTAKEN and turned_to:
        ticket.offered_post_id = turned_to[0][1]
        _owe(work, ticket)
    if rung is not Rung.OFFER:
        work.record("ticket.climbed", ticket, rung=rung)
    step = rules.next_step(rung, work.now, ticket.due_at, patience(work), regulation(work).hours, calendar(work))
    ticket.rung, ticket.next_step_at = step.rung, step.at


def _entry_kind(rung: Rung) -> TicketEntryKind:
    return TicketEntryKind.OFFERED if rung in (Rung.OFFER, Rung.NEXT) else TicketEntryKind.ESCALATED


def _turned_to(work: Work, ticket: Ticket, rung: Rung) -> list[tuple[Person, int | None]]:
    """Who hears it at a rung, with his post. A complaint is the chair's alone."""
    if ticket.is_confidential:
        return [(person, None) for person in hotline_people.chairs(work)]
    match rung:
        case Rung.OFFER | Rung.NEXT:
            return _next_on_duty(work, ticket, rung)
        case Rung.REMIND:
            owner = holder_of(work.session, ticket.owner_post_id or 0, work.today)
            return [(owner, ticket.owner_post_id)] if owner else hotline_people.leaders(work, ticket.unit_id)
        case Rung.LEADER | Rung.TELL_LEADER:
            return hotline_people.leaders_present(work, ticket.unit_id)
    return [*hotline_people.leaders(work, ticket.unit_id), *hotline_people.chiefs(work)]


def _next_on_duty(work: Work, ticket: Ticket, rung: Rung) -> list[tuple[Person, int | None]]:
    """The next who has not been asked; where all have been, the leader."""
    if rung is Rung.OFFER and ticket.offered_post_id is not None:
        holder = holder_of(work.session, ticket.offered_post_id, work.today)
        if holder is not None and not hotline_rota.is_away(work, holder, work.today):
            return [(holder, ticket.offered_post_id)]
    asked = hotline_log.posts_asked(work, ticket)
    waiting = [one for one in hotline_people.on_duty(work, ticket.unit_id) if one[1] not in asked]
    return waiting[:1] or hotline_people.leaders_present(work, ticket.unit_id)


def close_silent(work: Work) -> int:
    """An answer, or a question back, to which nobody has said a word for some working days is finished, unrated."""
    days = int(regulation(work).switches["hotline.close_days"])
    before = at(calendar(work).nth_working_day_before(work.today, days), time())
    found = left_in_silence(work.session, before)
    for ticket in found:
        is_missing = ticket.state is TicketState.AWAITING_ASKER
        ticket.state = MACHINE.next_state(ticket.state, TicketAct.FINISH)
        ticket.closed_at = work.now
        hotline_log.note(work, ticket, TicketEntryKind.FINISHED, by_clock=True)
        work.record("ticket.finished_by_silence", ticket)
        turn(work, ticket)
        hotline_people.tell_asker(work, ticket, asker_notices.finished, is_missing=is_missing)
    return len(found)


def reopen_until(work: Work, ticket: Ticket) -> datetime | None:
    """Until when the asker may have it taken up again."""
    days = int(regulation(work).switches["hotline.reopen_days"])
    return ticket.closed_at + timedelta(days=days) if ticket.closed_at else None
