"""The asker's rights over a question: to withdraw it, to correct it, to have it emptied; and how long it is kept.

His words lie in the ticket and its entries, in forms half-filled, in the duty, in what was queued to the team and to
him, and in the files. Each place is treated here, so that erasure and retention leave the same behind.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.outbox import forgetting
from bot.work import Work
from models.drafts import drafts_about, put_away
from models.duties import duty_about
from models.files import discard_unnamed
from models.hotline import Ticket, TicketEntry, TicketEntryKind, entries_of, tickets_to_empty
from models.hotline_blocks import blocks_about
from models.offices import holder_of
from rules.duties import DutyKind, DutyState
from rules.errors import NotAllowedError, StaleError
from rules.hotline import MACHINE, TicketAct
from rules.personal_numbers import masked
from services import access, duties, hotline_blocks, hotline_clock, hotline_log, hotline_people
from services.notices import hotline_team as notices
from services.regulation import regulation

# A transaction stays short: the job is called again at once while it finds as many.
BATCH = 20
# As much of a text as a list, which shortens, shows at least.
PHRASE = 30
FORMS = (
    "ticket answer", "ticket ask", "ticket transfer", "ticket supply", "ticket dispute", "ticket reopen",
    "ticket comment", "hotline block",
)  # fmt: skip


def withdraw(work: Work, ticket: Ticket) -> None:
    """The asker needs no answer any more; whoever has it hears so."""
    _close(work, ticket)
    _tell(work, ticket)


def _close(work: Work, ticket: Ticket) -> None:
    ticket.state = MACHINE.next_state(ticket.state, TicketAct.WITHDRAW)
    ticket.closed_at = work.now
    hotline_log.note(work, ticket, TicketEntryKind.WITHDRAWN)
    work.record("ticket.withdrawn", ticket)
    # Nobody owes an answer any more: that is neither done nor missed.
    duties.close_duty(work, DutyKind.TICKET, ticket.key, DutyState.VOID)
    hotline_clock.turn(work, ticket)


def correct(work: Work, ticket: Ticket, text: str) -> None:
    """The asker's own text takes the place of the old, of which nothing is kept."""
    if not ticket.is_open:
        raise StaleError()
    _forget_sent(work, [ticket])
    ticket.question = text
    for entry in entries_of(work.session, ticket.key):
        if entry.kind is TicketEntryKind.ASKED:
            entry.text = text
    duty = duty_about(work.session, DutyKind.TICKET, ticket.key)
    if duty is not None:
        duty.what = notices.duty_words(ticket)
    hotline_log.note(work, ticket, TicketEntryKind.CORRECTED)
    work.record("ticket.corrected", ticket, text=work.hashed(text))
    # The law's right is a blocked asker's too; the team is not disturbed for it as often as he likes.
    _tell(work, ticket, is_news=not hotline_blocks.is_blocked(work, ticket))


def erase(work: Work, tickets: Sequence[Ticket]) -> None:
    """The asker's right: what is open is withdrawn, everything emptied, the team told without the text."""
    waiting = [ticket for ticket in tickets if ticket.is_open]
    for ticket in tickets:
        if ticket.closed_at is None:
            _close(work, ticket)
    empty(work, tickets)
    for ticket in tickets:
        _tell(work, ticket, is_news=ticket in waiting)


def erase_caller(work: Work, key: int) -> Ticket:
    """Whoever called may have name and number erased: through the owner, the leader or the Office."""
    ticket = access.load(work, Ticket, key)
    if not hotline_people.may_erase_caller(work, access.actor(work), ticket):
        raise NotAllowedError()
    if not ticket.caller_phone:
        raise StaleError()
    _forget_sent(work, [ticket])
    ticket.caller = ticket.caller_phone = ""
    hotline_log.note(work, ticket, TicketEntryKind.ERASED)
    work.record("ticket.caller_erased", ticket)
    _tell(work, ticket, is_news=False)
    return ticket


def empty_old(work: Work) -> int:
    """Retention: what was finished longer ago than the committee keeps contents."""
    days = int(regulation(work).switches["hotline.retention_days"])
    found = tickets_to_empty(work.session, work.now - timedelta(days=days), BATCH)
    empty(work, found)
    return len(found)


def empty(work: Work, tickets: Sequence[Ticket]) -> None:
    """Texts, files, callers and comments go; number, category, times and stars stay, of nobody any more."""
    files = _forget_sent(work, tickets)
    for ticket in tickets:
        for entry in entries_of(work.session, ticket.key):
            files |= _emptied(entry)
        duty = duty_about(work.session, DutyKind.TICKET, ticket.key)
        ticket.question = ticket.caller = ticket.caller_phone = ticket.rating_comment = ""
        ticket.account_id = None
        for block in blocks_about(work.session, ticket.key):
            # It stands until its end all the same.
            block.reason = ""
        if duty is not None:
            duty.what = notices.duty_words(ticket)
        hotline_log.note(work, ticket, TicketEntryKind.ERASED)
        work.record("ticket.emptied", ticket)
    work.session.flush()
    discard_unnamed(work.session, files)


def _emptied(entry: TicketEntry) -> set[int]:
    files = {entry.file_id} if entry.file_id is not None else set()
    entry.text, entry.file_id = "", None
    return files


def _forget_sent(work: Work, tickets: Sequence[Ticket]) -> set[int]:
    """The cards, and the lists and half-filled forms that quote it; returns the files that went with them."""
    if not tickets:
        return set()
    session, keys = work.session, [ticket.key for ticket in tickets]
    answers = [f"ticket:{key}:answer:{entry.id}" for key in keys for entry in entries_of(session, key)]
    cards = [*(f"ticket:{key}" for key in keys), *map(notices.files_card, keys), *answers]
    files = forgetting.forget(session, forgetting.of_cards(cards), work.now)
    for ticket in tickets:
        shown = forgetting.passing(ticket.opened_at, _last_shown(work, ticket))
        quoted = forgetting.quoting(phrases(work, ticket))
        files |= forgetting.forget(session, shown & quoted, work.now)
    for draft in drafts_about(session, FORMS, keys):
        put_away(session, draft)
    session.flush()
    return files


def _last_shown(work: Work, ticket: Ticket) -> datetime:
    """Lists show what is open; a day more for what was under way."""
    return min(work.now, ticket.closed_at + timedelta(days=1)) if ticket.closed_at else work.now


def phrases(work: Work, ticket: Ticket) -> set[str]:
    """How its texts begin, whole and with masked numbers."""
    said = [entry.text for entry in entries_of(work.session, ticket.key)]
    said += [block.reason for block in blocks_about(work.session, ticket.key)]
    texts = [ticket.question, ticket.caller, ticket.caller_phone, ticket.rating_comment, *said]
    kept = {text.splitlines()[0][:PHRASE].strip() for text in texts if text.strip()}
    return kept | {masked(text.splitlines()[0])[:PHRASE].strip() for text in texts if text.strip()}


def _tell(work: Work, ticket: Ticket, *, is_news: bool = True) -> None:
    """Whoever has it, or is asked to, hears it; the cards of all others change in silence."""
    if ticket.is_confidential:
        readers, post_id = hotline_people.chairs(work), None
    else:
        readers, post_id = [], ticket.owner_post_id or ticket.offered_post_id
    holder = holder_of(work.session, post_id, work.today) if post_id else None
    told = {person.key: person for person in [*readers, *([holder] if holder else [])]}
    for person in told.values():
        if is_news:
            work.notify(person, notices.card, ticket, fresh=True)
        else:
            work.notify(person, notices.quiet_card, ticket)
    for shown_to in hotline_log.posts_shown(work, ticket):
        other = holder_of(work.session, shown_to, work.today)
        if other is not None and other.key not in told:
            told[other.key] = other
            work.notify(other, notices.quiet_card, ticket)
