"""The asker's side of the hotline: a question becomes a ticket, is added to, judged, reopened, rated, looked up."""

import secrets
from dataclasses import dataclass
from datetime import timedelta

from bot.i18n import clock_time
from bot.work import Work
from models.hotline import Ticket, TicketEntry, TicketEntryKind, asked_at, ticket_by_code
from models.hotline_directory import Procedure, has_hotlines, hotline_of
from models.offices import accounts_of, holder_of
from models.people import ChannelAccount, Unit
from rules.errors import N_, DomainError, NotAllowedError
from rules.hotline import MACHINE, Category, TicketAct, TicketState
from rules.text import normalise
from services import access, hotline_blocks, hotline_clock, hotline_log, hotline_people
from services.linking import ALPHABET
from services.notices import hotline_team as notices
from services.regulation import regulation

CODE_LENGTH = 6
_HOUR = timedelta(hours=1)
BEST = 5


class TooManyQuestionsError(DomainError):
    """The chat has asked a lot within the hour; nothing was taken."""

    code = "hotline_too_many"
    msgid = N_(
        "{count} questions have come from this chat within an hour. The next one can be sent from {time} on; "
        "what cannot wait is answered at {phone}."
    )


class TooLateToReopenError(DomainError):
    code = "hotline_reopen_late"
    msgid = N_("This question was finished more than {days} days ago. Please ask anew.")


@dataclass(frozen=True, slots=True, kw_only=True)
class NewQuestion:
    """What is asked, for which commune; from the chat of the work, or by somebody who called (`caller_phone`)."""

    unit_id: int
    text: str
    category: Category
    procedure_id: int | None = None
    file_id: int | None = None
    caller: str = ""
    caller_phone: str = ""

    @property
    def is_by_phone(self) -> bool:
        return bool(self.caller_phone)


def is_there(work: Work) -> bool:
    """Whether the body has any hotline; without one its bot serves officials only."""
    return has_hotlines(work.session)


def ask(work: Work, new: NewQuestion) -> Ticket:
    """Open a ticket and turn to whoever is on duty; a complaint goes to the committee's chair alone."""
    account = None if new.is_by_phone else work.account
    if account is not None:
        hotline_blocks.refuse_blocked(work, is_complaint=new.category is Category.COMPLAINT)
        _spare_the_team(work, account, new.unit_id)
    ticket = Ticket(
        code=_free_code(work),
        account_id=account.key if account else None,
        entered_by_id=access.actor(work).id if new.is_by_phone else None,
        caller=new.caller,
        caller_phone=new.caller_phone,
        home_unit_id=new.unit_id,
        unit_id=new.unit_id,
        category=new.category,
        procedure_id=new.procedure_id,
        question=new.text,
        is_confidential=new.category is Category.COMPLAINT,
        opened_at=work.now,
        due_at=work.now,
    )
    work.session.add(ticket)
    work.session.flush()
    hotline_log.note(work, ticket, TicketEntryKind.ASKED, text=new.text, file_id=new.file_id)
    work.record("ticket.opened", ticket, unit=new.unit_id, category=new.category, text=work.hashed(new.text))
    hotline_clock.turn(work, ticket)
    hotline_clock.offer(work, ticket)
    return ticket


def answered_at_once(work: Work, unit_id: int, procedure: Procedure | None) -> None:
    """What is known has helped: nobody has to be asked, and nothing of the words is kept."""
    unit = work.session.get_one(Unit, unit_id)
    work.record("hotline.answered_at_once", unit, procedure=procedure.key if procedure else None)


def _spare_the_team(work: Work, account: ChannelAccount, unit_id: int) -> None:
    most, erased = int(regulation(work).switches["hotline.questions_an_hour"]), _erased_within_hour(work, account)
    asked = asked_at(work.session, account.key, work.now - _HOUR)
    counted = sorted([*asked, *([account.erased_at] * erased if account.erased_at else [])])
    if len(counted) < most:
        return
    called = hotline_of(work.session, unit_id)
    # The minute is shown, so a whole one is waited for.
    opens = counted[-most] + _HOUR + timedelta(minutes=1)
    raise TooManyQuestionsError(count=most, time=clock_time(opens), phone=called.phone if called else "")


def asked_within_hour(work: Work, account: ChannelAccount) -> int:
    return _erased_within_hour(work, account) + len(asked_at(work.session, account.key, work.now - _HOUR))


def _erased_within_hour(work: Work, account: ChannelAccount) -> int:
    """Whoever has everything erased may not ask more often for that."""
    is_lately = account.erased_at is not None and account.erased_at > work.now - _HOUR
    return account.asked_before_erasing if is_lately else 0


def _free_code(work: Work) -> str:
    while True:
        code = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))
        if ticket_by_code(work.session, code) is None:
            return code


def own_ticket(work: Work, key: int) -> Ticket:
    """A ticket that was asked from the chat that acts, or from another chat of the same official."""
    ticket = access.load(work, Ticket, key)
    if work.account is None or ticket.account_id not in _chats(work, work.account):
        raise NotAllowedError()
    return ticket


def ticket_to_act(work: Work, key: int) -> Ticket:
    """The same, to write to the team about it; raises BlockedError for a chat that may not."""
    ticket = own_ticket(work, key)
    hotline_blocks.refuse_blocked(work, is_complaint=ticket.is_confidential)
    return ticket


def _chats(work: Work, account: ChannelAccount) -> set[int]:
    if account.person_id is None:
        return {account.key}
    return {each.key for each in accounts_of(work.session, account.person_id)}


def looked_up(work: Work, code: str) -> Ticket | None:
    """Whoever has the code may see how it stands, from any chat; None for a code that nobody was given."""
    return ticket_by_code(work.session, code.upper()) if looks_like_code(code) else None


def looks_like_code(text: str) -> bool:
    code = normalise(text).upper()
    return len(code) == CODE_LENGTH and not set(code) - set(ALPHABET)


def supply(work: Work, ticket: Ticket, text: str, file_id: int | None = None) -> None:
    """The asker adds something; what the owner waited for sets his clock going again.

    Was it finished meanwhile, his words open it anew, so that somebody reads them.
    """
    hotline_blocks.refuse_blocked(work, is_complaint=ticket.is_confidential)
    if ticket.state is TicketState.DONE:
        reopen(work, ticket, text, file_id)
        return
    hotline_log.note(work, ticket, TicketEntryKind.SUPPLIED, text=text, file_id=file_id)
    work.record("ticket.supplied", ticket, text=work.hashed(text))
    if ticket.state is TicketState.AWAITING_ASKER:
        _back_to_owner(work, ticket, TicketAct.SUPPLY)
    _tell_team(work, ticket)


def dispute(work: Work, ticket: Ticket, text: str, file_id: int | None = None) -> None:
    """The answer did not help: it goes back to who gave it, with what is missing."""
    hotline_log.note(work, ticket, TicketEntryKind.DISPUTED, text=text, file_id=file_id)
    work.record("ticket.disputed", ticket, text=work.hashed(text))
    _back_to_owner(work, ticket, TicketAct.DISPUTE)
    _tell_team(work, ticket)


def _back_to_owner(work: Work, ticket: Ticket, act: TicketAct) -> None:
    ticket.state = MACHINE.next_state(ticket.state, act)
    ticket.answered_at = None
    hotline_clock.turn(work, ticket)
    hotline_clock.watch_owner(work, ticket)


def _tell_team(work: Work, ticket: Ticket) -> None:
    """Who has it, or is asked to take it, reads what came; of a complaint the chair alone."""
    if ticket.is_confidential:
        readers = hotline_people.chairs(work)
    else:
        holder = holder_of(work.session, ticket.owner_post_id or ticket.offered_post_id or 0, work.today)
        readers = [holder] if holder else [person for person, _post in hotline_people.leaders(work, ticket.unit_id)]
    for person in readers:
        work.notify(person, notices.card, ticket, fresh=True)


def settle(work: Work, ticket: Ticket) -> None:
    """The asker says that the answer has helped."""
    if ticket.state is TicketState.DONE:
        return
    ticket.state = MACHINE.next_state(ticket.state, TicketAct.FINISH)
    ticket.closed_at = work.now
    hotline_log.note(work, ticket, TicketEntryKind.FINISHED)
    work.record("ticket.settled", ticket)
    hotline_clock.turn(work, ticket)


def reopen(work: Work, ticket: Ticket, text: str, file_id: int | None = None) -> None:
    """Within the days that the committee allows the asker has it taken up again, first by who had it."""
    until = hotline_clock.reopen_until(work, ticket)
    state = MACHINE.next_state(ticket.state, TicketAct.REOPEN)
    if until is None or work.now > until:
        raise TooLateToReopenError(days=regulation(work).switches["hotline.reopen_days"])
    last_owner = ticket.owner_post_id
    ticket.state, ticket.owner_post_id = state, None
    ticket.closed_at = ticket.answered_at = None
    hotline_log.note(work, ticket, TicketEntryKind.REOPENED, text=text, file_id=file_id)
    work.record("ticket.reopened", ticket, text=work.hashed(text))
    hotline_clock.turn(work, ticket)
    hotline_clock.offer(work, ticket, to_post=last_owner)


def rate(work: Work, ticket: Ticket, stars: int, comment: str = "") -> None:
    """1 to 5; the last word stands, each is kept."""
    if not 1 <= stars <= BEST or ticket.state is not TicketState.DONE:
        raise NotAllowedError()
    ticket.rating = stars
    ticket.rating_comment = comment or ticket.rating_comment
    hotline_log.note(work, ticket, TicketEntryKind.RATED, text=comment)
    work.record("ticket.rated", ticket, stars=stars)


def last_answer(work: Work, ticket: Ticket) -> TicketEntry | None:
    answers = [one for one in hotline_log.exchange(work, ticket, 50) if one.kind is TicketEntryKind.ANSWERED]
    return answers[-1] if answers else None
