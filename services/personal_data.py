"""What is kept about whoever writes to us, and his rights over it: to see, take along, correct and erase it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import update
from sqlmodel import col, select

from bot.messages import Attachment
from bot.outbox import forgetting
from bot.work import Work
from models.drafts import drafts_of, put_away
from models.files import StoredFile, discard_unnamed
from models.hotline import Ticket, entries_of, every_ticket_asked
from models.inbox import EventState, ReceivedEvent
from models.offices import accounts_of
from models.people import ChannelAccount, Person
from models.prompts import forget_prompts
from rules.errors import NotAllowedError
from services import hotline, hotline_erasure, parties
from services.notices import personal_data as notices
from services.regulation import regulation

EXPORT_NAME = "du-lieu-ca-nhan.txt"
# Long enough for every attempt to deliver it.
EXPORT_KEPT = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Kept:
    """The chats whose data may be reached from the one that acts, what was asked from them, and until when it stays."""

    chats: Sequence[ChannelAccount]
    tickets: Sequence[Ticket]
    file_count: int
    since: datetime | None
    retention_days: int


def kept(work: Work) -> Kept:
    """A citizen reaches the data of his own chat, an official that of all his chats."""
    chats = own_chats(work)
    tickets = [one for one in every_ticket_asked(work.session, [chat.key for chat in chats]) if not one.is_erased]
    files = sum(entry.file_id is not None for ticket in tickets for entry in entries_of(work.session, ticket.key))
    known = [chat.introduced_at for chat in chats if chat.introduced_at] + [ticket.opened_at for ticket in tickets]
    days = int(regulation(work).switches["hotline.retention_days"])
    return Kept(chats, tickets, files, min(known, default=None), days)


def own_chats(work: Work) -> Sequence[ChannelAccount]:
    if work.account is None:
        raise NotAllowedError()
    return accounts_of(work.session, work.actor.key) if work.actor else [work.account]


def export(work: Work, text: str) -> Attachment:
    """A copy to take along; it is forgotten here as soon as it has certainly gone out."""
    work.record("data.exported", work.account)
    return work.attach(EXPORT_NAME, text.encode("utf-8-sig"), "text/plain")


def forget_exports(work: Work) -> int:
    before = work.now - EXPORT_KEPT
    old = select(StoredFile.id).where(StoredFile.name == EXPORT_NAME, col(StoredFile.stored_at) < before)
    discard_unnamed(work.session, {key for key in work.session.exec(old) if key is not None})
    return 0


def rename(work: Work, name: str) -> None:
    """How a citizen's chat is called with us; an official's name is the workbook's."""
    if work.account is None or work.actor is not None:
        raise NotAllowedError()
    work.account.name = name
    work.record("data.renamed", work.account)


def ask_office(work: Work, person: Person, what: str) -> None:
    """What is wrong in an official's row is put right in the workbook, by the Office."""
    work.record("data.correction_asked", person, text=work.hashed(what))
    parties.tell_office(work, notices.correction_wanted, person, what)


def withdraw(work: Work, key: int) -> Ticket:
    ticket = hotline.own_ticket(work, key)
    hotline_erasure.withdraw(work, ticket)
    return ticket


def correct(work: Work, key: int, text: str) -> Ticket:
    ticket = hotline.own_ticket(work, key)
    hotline_erasure.correct(work, ticket, text)
    return ticket


def erase(work: Work) -> int:
    """All that a citizen's chat has left with us; an official's questions. Returns how many questions there were."""
    chats = own_chats(work)
    for chat in chats:
        chat.asked_before_erasing, chat.erased_at = hotline.asked_within_hour(work, chat), work.now
    tickets = every_ticket_asked(work.session, [chat.key for chat in chats])
    hotline_erasure.erase(work, tickets)
    files: set[int] = set()
    for chat in chats:
        files |= _forget_chat(work, chat) if chat.person_id is None else _forget_exported(work, chat)
    discard_unnamed(work.session, files)
    work.record("data.erased", work.account, tickets=[ticket.key for ticket in tickets])
    return len(tickets)


def _forget_chat(work: Work, chat: ChannelAccount) -> set[int]:
    """Forms, messages, events that failed, and the name; the address stays, without which nothing could be answered."""
    session = work.session
    files = forgetting.forget(session, forgetting.in_chat(chat.channel, chat.address), work.now)
    for draft in drafts_of(session, chat.key):
        put_away(session, draft)
    forget_prompts(session, chat.channel, chat.address)
    session.connection().execute(
        update(ReceivedEvent)
        .where(
            col(ReceivedEvent.channel) == chat.channel,
            col(ReceivedEvent.address) == chat.address,
            col(ReceivedEvent.state) == EventState.PARKED,
        )
        .values(payload=None)
    )
    chat.name = ""
    session.flush()
    return files


def _forget_exported(work: Work, chat: ChannelAccount) -> set[int]:
    """An official's chat holds his service besides: only what was copied out for him goes, and his questions' forms."""
    session = work.session
    own = forgetting.in_chat(chat.channel, chat.address)
    files = forgetting.forget(session, own & forgetting.quoting([EXPORT_NAME]), work.now)
    for draft in drafts_of(session, chat.key):
        if draft.form == "hotline ask":
            put_away(session, draft)
    session.flush()
    return files
