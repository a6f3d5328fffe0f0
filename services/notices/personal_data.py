"""What somebody is shown of the data that is kept about him, and what the Office is asked to put right."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from markupsafe import Markup

from bot.i18n import LANGUAGE_NAMES, _, short_moment
from bot.messages import Message, html, lines
from bot.work import Work
from models.hotline import Ticket, TicketEntry, TicketEntryKind, entries_of
from models.hotline_blocks import HotlineBlock, blocks_about
from models.people import ChannelAccount, Person
from rules.errors import N_
from services import people
from services.notices import words
from services.notices.hotline import own_line, shortened
from services.reaching import channel_name

SAID: Mapping[TicketEntryKind, str] = MappingProxyType(
    {
        TicketEntryKind.ASKED: N_("Question"),
        TicketEntryKind.SUPPLIED: N_("Addition"),
        TicketEntryKind.ASKED_BACK: N_("Asked back"),
        TicketEntryKind.ANSWERED: N_("Answer"),
        TicketEntryKind.DISPUTED: N_("What is missing"),
        TicketEntryKind.REOPENED: N_("Why it is reopened"),
        TicketEntryKind.RATED: N_("Comment"),
    }
)
SHOWN = 5
SHORTENED = 300


def you(person: Person | None) -> str:
    return _("comrade") if person is not None else _("sir or madam")


def overview(
    person: Person | None,
    identity: Sequence[Markup],
    tickets: Sequence[Ticket],
    *,
    file_count: int,
    since: str,
    retention_days: int,
) -> Markup:
    """What is kept, since when, until when."""
    newest = list(tickets)[::-1]
    more = html(_("… and {count} more."), count=len(newest) - SHOWN) if len(newest) > SHOWN else None
    return lines(
        html("<b>{title}</b>", title=_("Data kept about {you}").format(you=you(person))),
        *identity,
        html(_("Questions to the hotline: {count}; files: {files}."), count=len(newest), files=file_count),
        *(html("– {line}", line=own_line(ticket)) for ticket in newest[:SHOWN]),
        more,
        html(_("Since {day}."), day=since) if since else None,
        html(
            _("The contents of a finished question are erased by themselves {days} days after it was finished."),
            days=retention_days,
        ),
    )


def of_citizen(account: ChannelAccount) -> list[Markup]:
    """A chat and the name that its platform told, or that its owner gave."""
    return [
        html(_("Name: {name}."), name=account.name or _("none")),
        html(
            _("Chat: {channel}, language {language}."),
            channel=channel_name(account.channel),
            language=LANGUAGE_NAMES[account.language],
        ),
    ]


def of_official(work: Work, person: Person, chats: Sequence[ChannelAccount], digest_at: str) -> list[Markup]:
    """The row of the workbook, and what he has set himself."""
    named = ", ".join(channel_name(chat.channel) for chat in chats)
    return [
        html(_("Name: {name}."), name=person.full_name),
        html(_("Title: {title}."), title=people.title_of(work, person) or _("none")),
        html(_("Telephone: {phone}."), phone=person.phone or _("none")),
        html(_("Chats: {chats}; language {language}."), chats=named, language=LANGUAGE_NAMES[person.language]),
        html(_("The morning's message comes at {hour}."), hour=digest_at),
    ]


def contents(work: Work, ticket: Ticket, *, whole: bool = False) -> Markup:
    """One question with all that was said about it."""
    told = [
        _said_line(work, entry, entry.text if whole else shortened(entry.text, SHORTENED))
        for entry in entries_of(work.session, ticket.key)
        if entry.kind in SAID and (entry.text or entry.file_id)
    ]
    rating = html(_("Rating: {stars} of 5."), stars=ticket.rating) if ticket.rating else None
    blocked = [_block_line(block) for block in blocks_about(work.session, ticket.key)]
    return lines(html("<b>{line}</b>", line=own_line(ticket)), *told, rating, *blocked)


def _block_line(block: HotlineBlock) -> Markup:
    return html(_("– This chat was blocked at {at}: {reason}"), at=short_moment(block.at), reason=block.reason)


def _said_line(work: Work, entry: TicketEntry, text: str) -> Markup:
    file = _("file {name}").format(name=work.file_name(entry.file_id)) if entry.file_id else ""
    what = "; ".join(part for part in (text, file) if part)
    return html("– {kind}, {at}: {what}", kind=_(SAID[entry.kind]), at=short_moment(entry.at), what=what)


def correction_wanted(work: Work, clerk: Person, person: Person, what: str) -> Message:
    """To the Office, which maintains the workbook."""
    return Message(
        lines(
            html("<b>{title}</b>", title=_("Please correct an official's data")),
            html(_("{who} writes:"), who=words.named(work, person)),
            html("“{what}”", what=what),
            _("The data is put right in the workbook, which is then imported anew."),
        )
    )
