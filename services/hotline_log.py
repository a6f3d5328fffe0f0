"""What was said and done about a ticket, as entries; and who has been shown it."""

from bot.work import Work
from models.hotline import Ticket, TicketEntry, TicketEntryKind, entries_of

_TURNED_TO = (TicketEntryKind.OFFERED, TicketEntryKind.ESCALATED)


def note(
    work: Work,
    ticket: Ticket,
    kind: TicketEntryKind,
    *,
    text: str = "",
    file_id: int | None = None,
    post_id: int | None = None,
    unit_id: int | None = None,
    by_clock: bool = False,
) -> TicketEntry:
    """Keep it; who acts is named, unless it is the clock or the asker."""
    acting = None if by_clock or work.actor is None else work.actor.id
    entry = TicketEntry(
        ticket_id=ticket.key,
        kind=kind,
        at=work.now,
        person_id=acting,
        post_id=post_id,
        unit_id=unit_id,
        text=text,
        file_id=file_id,
    )
    work.session.add(entry)
    work.session.flush()
    return entry


def posts_asked(work: Work, ticket: Ticket) -> set[int]:
    """Posts that have been asked to take it since it last changed hands."""
    asked: set[int] = set()
    for entry in entries_of(work.session, ticket.key):
        if entry.kind in (TicketEntryKind.TRANSFERRED, TicketEntryKind.REOPENED):
            asked.clear()
        elif entry.kind in _TURNED_TO and entry.post_id is not None:
            asked.add(entry.post_id)
    return asked


def posts_shown(work: Work, ticket: Ticket) -> set[int]:
    """Posts whose holders have been shown its card, ever."""
    entries = entries_of(work.session, ticket.key)
    return {entry.post_id for entry in entries if entry.kind in _TURNED_TO and entry.post_id is not None}


def was_told(work: Work, ticket: Ticket) -> bool:
    """Whether anything was answered, or asked back."""
    told = (TicketEntryKind.ANSWERED, TicketEntryKind.ASKED_BACK)
    return any(entry.kind in told for entry in entries_of(work.session, ticket.key))


def exchange(work: Work, ticket: Ticket, most: int = 6) -> list[TicketEntry]:
    """The last words between asker and team, the first question left out."""
    spoken = (
        TicketEntryKind.ANSWERED,
        TicketEntryKind.ASKED_BACK,
        TicketEntryKind.SUPPLIED,
        TicketEntryKind.TRANSFERRED,
        TicketEntryKind.DISPUTED,
        TicketEntryKind.REOPENED,
        TicketEntryKind.CORRECTED,
        TicketEntryKind.WITHDRAWN,
    )
    return [entry for entry in entries_of(work.session, ticket.key) if entry.kind in spoken][-most:]
