"""The team's side of the hotline: take a question, answer it, ask back, hand it on, finish it."""

from collections.abc import Sequence

from bot.work import Work
from models.hotline import Ticket, TicketEntryKind, open_complaints, open_tickets
from models.hotline_directory import hotlines
from models.offices import holder_of, posts_of
from models.people import Person, Post, Unit
from rules.errors import N_, DomainError, NotAllowedError
from rules.hotline import MACHINE, TicketAct
from services import access, hotline_clock, hotline_log, hotline_people
from services.notices import hotline as asker_notices
from services.notices import hotline_team as notices


class TakenError(DomainError):
    """Somebody else was faster; nothing was changed."""

    code = "ticket_taken"
    msgid = N_("{name} has taken this question already. Nothing was changed.")


class NotOwnerError(DomainError):
    code = "ticket_not_owner"
    msgid = N_("Please take the question first.")


class NothingSaidError(DomainError):
    code = "ticket_nothing_said"
    msgid = N_("Nothing has been answered yet. Please answer first.")


def ticket_in_sight(work: Work, key: int) -> Ticket:
    """A ticket that the actor may read: of his team, his own, any for the chief of office; a complaint the chair's."""
    ticket = access.load(work, Ticket, key)
    if not hotline_people.may_read(work, access.actor(work), ticket):
        raise NotAllowedError()
    return ticket


def _to_act(work: Work, key: int) -> Ticket:
    ticket = access.load(work, Ticket, key)
    if not hotline_people.may_act(work, access.actor(work), ticket):
        raise NotAllowedError()
    return ticket


def owner_of(work: Work, ticket: Ticket) -> Person | None:
    return holder_of(work.session, ticket.owner_post_id, work.today) if ticket.owner_post_id else None


def is_owner(work: Work, ticket: Ticket) -> bool:
    owner = owner_of(work, ticket)
    return owner is not None and work.actor is not None and owner.id == work.actor.id


def to_own(work: Work, key: int) -> Ticket:
    """A ticket that the actor has taken, so that exactly one answers for it."""
    ticket = _to_act(work, key)
    if not is_owner(work, ticket):
        raise NotOwnerError()
    return ticket


def take(work: Work, key: int, *, over: bool = False) -> Ticket:
    """Nhận xử lý: one owner. Of two who take it at once one wins, the other is told who has it.

    With `over` the leader, or a colleague once it is overdue, takes it from who has it.
    """
    ticket = _to_act(work, key)
    owner = owner_of(work, ticket)
    if owner is not None and is_owner(work, ticket):
        return ticket
    if owner is not None and not (over and hotline_people.may_take_over(work, access.actor(work), ticket)):
        raise TakenError(name=notices.person_words(work, owner))
    ticket.state = MACHINE.next_state(ticket.state, TicketAct.TAKE)
    ticket.owner_post_id = _own_post(work, ticket)
    ticket.offered_post_id = None
    hotline_log.note(work, ticket, TicketEntryKind.TAKEN, post_id=ticket.owner_post_id)
    work.record("ticket.taken", ticket, post=ticket.owner_post_id, over=over)
    hotline_clock.turn(work, ticket)
    hotline_clock.watch_owner(work, ticket)
    hotline_people.tell_asker(work, ticket, asker_notices.taken)
    _refresh_cards(work, ticket, [owner] if owner else [])
    return ticket


def _own_post(work: Work, ticket: Ticket) -> int:
    person = access.actor(work)
    mine = [post.key for post in posts_of(work.session, person.key, work.today)]
    if ticket.offered_post_id in mine and ticket.offered_post_id is not None:
        return ticket.offered_post_id
    in_team = hotline_people.post_in_team(work, person, ticket.unit_id)
    if in_team is None and not mine:
        raise NotAllowedError()
    return in_team or mine[0]


def _refresh_cards(work: Work, ticket: Ticket, told: Sequence[Person] = ()) -> None:
    """The others' cards lose their buttons; who had it before hears that he has it no more."""
    acting = access.actor(work).id
    for person in told:
        if person.id != acting:
            work.notify(person, notices.card, ticket, fresh=True)
    known = {acting, *(person.id for person in told)}
    for post_id in hotline_log.posts_shown(work, ticket):
        holder = holder_of(work.session, post_id, work.today)
        if holder is not None and holder.id not in known:
            known.add(holder.id)
            work.notify(holder, notices.quiet_card, ticket)


def answer(work: Work, key: int, text: str, file_id: int | None = None) -> Ticket:
    """Trả lời: the asker reads it at once; who called is called back, and what was said is kept."""
    ticket = to_own(work, key)
    ticket.state = MACHINE.next_state(ticket.state, TicketAct.ANSWER)
    entry = hotline_log.note(work, ticket, TicketEntryKind.ANSWERED, text=text, file_id=file_id)
    work.record("ticket.answered", ticket, text=work.hashed(text))
    hotline_clock.turn(work, ticket)
    # After the clock has judged whether it came in time.
    ticket.first_answer_at = ticket.first_answer_at or work.now
    ticket.answered_at = work.now
    hotline_people.tell_asker(work, ticket, asker_notices.answered, entry)
    return ticket


def ask_back(work: Work, key: int, text: str) -> Ticket:
    """Something is missing: the asker's clock runs now, the team's stands still."""
    ticket = to_own(work, key)
    ticket.state = MACHINE.next_state(ticket.state, TicketAct.ASK)
    entry = hotline_log.note(work, ticket, TicketEntryKind.ASKED_BACK, text=text)
    work.record("ticket.asked_back", ticket, text=work.hashed(text))
    hotline_clock.turn(work, ticket)
    hotline_people.tell_asker(work, ticket, asker_notices.asked_back, entry)
    return ticket


def transfer(work: Work, key: int, reason: str, *, post_id: int | None = None, unit_id: int | None = None) -> Ticket:
    """Chuyển, with a reason: to a colleague (`post_id`), or to another unit or level, whose clock runs from now on."""
    ticket = _to_act(work, key)
    before, unit_before = owner_of(work, ticket), ticket.unit_id
    if ticket.is_confidential:
        raise NotAllowedError()
    ticket.state = MACHINE.next_state(ticket.state, TicketAct.TRANSFER)
    if unit_id is not None:
        access.load(work, Unit, unit_id)
    ticket.unit_id = unit_id or _unit_of_post(work, ticket, post_id)
    ticket.owner_post_id = None
    hotline_log.note(work, ticket, TicketEntryKind.TRANSFERRED, text=reason, post_id=post_id, unit_id=ticket.unit_id)
    work.record("ticket.transferred", ticket, unit=ticket.unit_id, post=post_id, reason=work.hashed(reason))
    hotline_clock.turn(work, ticket)
    hotline_clock.offer(work, ticket, to_post=post_id)
    stays = ticket.unit_id == unit_before
    hotline_people.tell_asker(work, ticket, asker_notices.transferred, stays=stays)
    _refresh_cards(work, ticket, [before] if before else [])
    return ticket


def _unit_of_post(work: Work, ticket: Ticket, post_id: int | None) -> int:
    """A colleague's post leaves it with the team; raises NotAllowedError for one who is none."""
    if post_id is None or post_id not in hotline_people.team(work, ticket.unit_id):
        raise NotAllowedError()
    access.load(work, Post, post_id)
    return ticket.unit_id


def finish(work: Work, key: int) -> Ticket:
    """Hoàn thành: only where the asker was told something; he may still reopen it."""
    ticket = to_own(work, key)
    if not hotline_log.was_told(work, ticket):
        raise NothingSaidError()
    ticket.state = MACHINE.next_state(ticket.state, TicketAct.FINISH)
    ticket.closed_at = work.now
    hotline_log.note(work, ticket, TicketEntryKind.FINISHED)
    work.record("ticket.finished", ticket)
    hotline_clock.turn(work, ticket)
    hotline_people.tell_asker(work, ticket, asker_notices.finished)
    return ticket


def in_hand(work: Work, person: Person) -> list[Ticket]:
    """What a person has taken or is asked to take, most urgent first; for the committee's chair the complaints."""
    posts = [post.key for post in posts_of(work.session, person.key, work.today)]
    is_chair = any(chair.id == person.id for chair in hotline_people.chairs(work))
    return [*(open_complaints(work.session) if is_chair else []), *open_tickets(work.session, posts=posts)]


def of_team(work: Work, unit_id: int) -> list[Ticket]:
    """All that is open in a unit's hands."""
    return list(open_tickets(work.session, units=[unit_id]))


def teams_of(work: Work, person: Person) -> list[Unit]:
    """The communes whose team he belongs to; all of them for the chief of office."""
    every = [unit for _hotline, unit in hotlines(work.session)]
    if hotline_people.watches_all(work, person):
        return every
    return [unit for unit in every if hotline_people.post_in_team(work, person, unit.key) is not None]


def team_in_sight(work: Work, unit_id: int) -> Unit:
    found = [unit for unit in teams_of(work, access.actor(work)) if unit.id == unit_id]
    if not found:
        raise NotAllowedError()
    return found[0]
