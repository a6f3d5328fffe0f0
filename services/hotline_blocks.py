"""The hotline's block list: a chat that abuses it is kept out for a while, with a reason, and let in again."""

from datetime import timedelta

from bot.work import Work
from models.drafts import drafts_of, put_away
from models.hotline import Ticket
from models.hotline_blocks import HotlineBlock, block_of, standing_blocks
from models.hotline_directory import hotline_of
from models.offices import holder_of
from models.people import ChannelAccount, Person
from rules.competence import urgent
from rules.errors import N_, DomainError, NotAllowedError, StaleError
from services import access, hotline_people

LASTS = timedelta(days=7)


class BlockedError(DomainError):
    """Nothing was taken; the telephone stays open."""

    code = "hotline_blocked"
    msgid = N_("The hotline takes no questions from this chat at present. Please call {phone}.")


def may_block(work: Work, person: Person, ticket: Ticket) -> bool:
    """Whoever owns the question, the leader or the chief of office; never for a complaint, never an official."""
    account = work.session.get(ChannelAccount, ticket.account_id) if ticket.account_id else None
    if ticket.is_confidential or account is None or account.person_id is not None:
        return False
    owner = holder_of(work.session, ticket.owner_post_id, work.today) if ticket.owner_post_id else None
    return (owner is not None and owner.id == person.id) or _leads(work, person, ticket.unit_id)


def _leads(work: Work, person: Person, unit_id: int) -> bool:
    return hotline_people.leads(work, person, unit_id) or hotline_people.watches_all(work, person)


def is_blocked(work: Work, ticket: Ticket) -> bool:
    return ticket.account_id is not None and block_of(work.session, ticket.account_id, work.now) is not None


def to_block(work: Work, key: int) -> Ticket:
    """The question for which the actor may block its asker."""
    ticket = access.load(work, Ticket, key)
    if not may_block(work, access.actor(work), ticket):
        raise NotAllowedError()
    if is_blocked(work, ticket):
        raise StaleError()
    return ticket


def block(work: Work, key: int, reason: str, *, endless: bool = False) -> HotlineBlock:
    """For a week, or by the leader without end; a form that is open in the chat is gone."""
    person = access.actor(work)
    # Two who block the same chat at once wait for one another here.
    account = access.load(work, ChannelAccount, access.load(work, Ticket, key).account_id or 0)
    ticket = to_block(work, key)
    if endless and not hotline_people.leads(work, person, ticket.unit_id):
        raise NotAllowedError()
    row = HotlineBlock(
        account_id=account.key,
        ticket_id=ticket.key,
        unit_id=ticket.home_unit_id,
        reason=reason,
        by_id=person.key,
        at=work.now,
        until=None if endless else work.now + LASTS,
    )
    work.session.add(row)
    for draft in drafts_of(work.session, row.account_id):
        put_away(work.session, draft)
    work.session.flush()
    work.record("hotline.blocked", row, ticket=ticket.key, endless=endless, reason=work.hashed(reason))
    return row


def ticket_of(work: Work, row: HotlineBlock) -> Ticket:
    """The question for which it was set."""
    return access.load(work, Ticket, row.ticket_id)


def in_sight(work: Work, person: Person) -> list[HotlineBlock]:
    """The blocks that he may lift: the Office all, a leader those of his commune."""
    is_office = access.is_office(work, person)
    standing = standing_blocks(work.session, work.now)
    return [row for row in standing if is_office or hotline_people.leads(work, person, row.unit_id)]


def lift(work: Work, key: int) -> HotlineBlock:
    """Bỏ chặn; a second one changes nothing."""
    row = access.load(work, HotlineBlock, key)
    person = access.actor(work)
    if not access.is_office(work, person) and not hotline_people.leads(work, person, row.unit_id):
        raise NotAllowedError()
    if row.lifted_at is not None:
        raise StaleError()
    row.lifted_at, row.lifted_by_id = work.now, person.id
    work.record("hotline.unblocked", row)
    return row


def standing(work: Work) -> HotlineBlock | None:
    """The block of the chat that acts; an official is never under one."""
    if work.account is None or work.account.person_id is not None:
        return None
    return block_of(work.session, work.account.key, work.now)


def keeps_out(work: Work, text: str) -> HotlineBlock | None:
    """The block that keeps these words out; nobody is kept from calling for help, or from the chair."""
    row = standing(work)
    return row if row is not None and urgent(text) is None else None


def refuse_blocked(work: Work, *, is_complaint: bool) -> None:
    """Raises BlockedError for the chat that acts, if it is blocked; a complaint is heard all the same."""
    row = standing(work)
    if row is not None and not is_complaint:
        raise BlockedError(phone=phone(work, row))


def phone(work: Work, row: HotlineBlock) -> str:
    hotline = hotline_of(work.session, row.unit_id)
    return hotline.phone if hotline is not None else ""


def is_to_be_told(work: Work, row: HotlineBlock) -> bool:
    """Once a day; from then on the chat gets no answer."""
    if row.told_on == work.today:
        return False
    row.told_on = work.today
    return True
