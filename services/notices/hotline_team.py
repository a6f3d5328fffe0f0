"""What the hotline's team sees: the card of a question, as it stands for whoever reads it."""

from dataclasses import replace

from markupsafe import Markup

from bot.buttons import token
from bot.i18n import _, local_day, short_moment
from bot.messages import Attachment, Message, Row, Style, button, html, lines
from bot.work import Work
from models.hotline import Ticket, TicketEntry, TicketEntryKind, entries_of
from models.hotline_directory import Procedure
from models.offices import holder_of, posts_of
from models.people import Person, Unit
from rules.hotline import STATES, UNTAKEN, Rung, TicketState
from rules.personal_numbers import masked
from services import hotline_blocks, hotline_log, hotline_people
from services.notices import words
from services.notices.hotline import attached, shortened

_MOST_SHOWN = 600
_MOST_FILES = 5
_BY_ASKER = (
    TicketEntryKind.ASKED, TicketEntryKind.SUPPLIED, TicketEntryKind.DISPUTED, TicketEntryKind.REOPENED
)  # fmt: skip


def duty_words(ticket: Ticket) -> str:
    """How it is called in a list of duties."""
    if ticket.is_erased:
        return _("question no. {number}").format(number=ticket.number)
    return _("question no. {number}: {text}").format(number=ticket.number, text=masked(shortened(ticket.question, 60)))


def person_words(work: Work, person: Person) -> str:
    return words.named(work, person)


def _heading(ticket: Ticket, rung: Rung | None) -> str:
    if ticket.is_confidential:
        return _("Complaint no. {number}, for the chair alone")
    return {
        Rung.LEADER: _("Nobody has taken question no. {number}"),
        Rung.CHIEF: _("Nobody has taken question no. {number}"),
        Rung.REMIND: _("Question no. {number} still waits for your answer"),
        Rung.TELL_LEADER: _("Question no. {number} has been taken, but not answered"),
        Rung.OVERDUE: _("Question no. {number} is overdue"),
    }.get(rung or Rung.OFFER, _("Question no. {number}"))


def card(work: Work, person: Person, ticket: Ticket, *, rung: Rung | None = None, fresh: bool = False) -> Message:
    """The whole of it for somebody who may act; masked numbers for all but its owner."""
    is_owner = _is_owner(work, person, ticket)
    text = lines(
        html("<b>{words}</b>", words=_heading(ticket, rung).format(number=ticket.number)),
        _asker_line(work, ticket, is_owner=is_owner),
        _question_line(ticket, is_owner=is_owner),
        _files_line(work, ticket),
        _topic_line(work, ticket),
        *(
            _said(work, entry, is_owner=is_owner)
            for entry in hotline_log.exchange(work, ticket)
            if not ticket.is_erased
        ),
        html("{line}", line=state_line(work, ticket)),
        words.cite(work, "hotline") if not ticket.is_confidential else None,
    )
    files = _asker_files(work, ticket) if fresh and (is_owner or ticket.is_confidential) else ()
    rows = (
        *_rows(work, person, ticket, is_owner=is_owner),
        *_block_row(work, person, ticket),
        *_caller_row(work, person, ticket),
    )
    return Message(text, rows, card=f"ticket:{ticket.id}", fresh=fresh, files=files)


def _question_line(ticket: Ticket, *, is_owner: bool) -> Markup:
    if ticket.is_erased:
        return html("{words}", words=_("The contents have been erased, as the asker may demand."))
    return html("“{text}”", text=_shown(ticket.question, is_owner=is_owner))


def quiet_card(work: Work, person: Person, ticket: Ticket) -> Message:
    """The card as it stands now, changed in silence where it lies already."""
    return replace(card(work, person, ticket), only_edits=True)


def sent_along(work: Work, ticket: Ticket) -> Message:
    """The files of the asker, for who has just taken his question."""
    words = _("Sent along with question no. {number}:").format(number=ticket.number)
    return Message(html("{words}", words=words), files=_asker_files(work, ticket), card=files_card(ticket.key))


def files_card(ticket_id: int) -> str:
    return f"ticket:{ticket_id}:files"


def _asker_files(work: Work, ticket: Ticket) -> tuple[Attachment, ...]:
    """The newest of what he has sent along."""
    sent = [entry for entry in entries_of(work.session, ticket.key) if entry.kind in _BY_ASKER]
    return tuple(one for entry in sent for one in attached(work, entry))[-_MOST_FILES:]


def _is_owner(work: Work, person: Person, ticket: Ticket) -> bool:
    mine = {post.id for post in posts_of(work.session, person.key, work.today)}
    return ticket.owner_post_id is not None and ticket.owner_post_id in mine


def _shown(text: str, *, is_owner: bool) -> str:
    kept = text if len(text) <= _MOST_SHOWN else f"{text[: _MOST_SHOWN - 1]}…"
    return kept if is_owner else masked(kept)


def _asker_line(work: Work, ticket: Ticket, *, is_owner: bool) -> Markup | None:
    """Who called, with his number for whoever calls back; of a chat nothing private is shown."""
    place = work.session.get_one(Unit, ticket.home_unit_id).name
    if not ticket.caller_phone:
        return html("{place}", place=place)
    phone = ticket.caller_phone if is_owner else masked(ticket.caller_phone)
    who = ", ".join(part for part in (ticket.caller, phone) if part)
    return html(_("{place}; by telephone: {who}"), place=place, who=who)


def _files_line(work: Work, ticket: Ticket) -> Markup | None:
    count = len(_asker_files(work, ticket))
    return html(_("Files sent along: {count}"), count=count) if count else None


def _topic_line(work: Work, ticket: Ticket) -> Markup | None:
    topic = work.session.get(Procedure, ticket.procedure_id) if ticket.procedure_id else None
    return html(_("Procedure: {name}"), name=topic.name) if topic else None


def _said(work: Work, entry: TicketEntry, *, is_owner: bool) -> Markup:
    """One thing that was said, by whom, when."""
    who = {
        TicketEntryKind.ANSWERED: _("Answer"),
        TicketEntryKind.ASKED_BACK: _("Asked back"),
        TicketEntryKind.SUPPLIED: _("Added by the asker"),
        TicketEntryKind.TRANSFERRED: _("Handed on"),
        TicketEntryKind.DISPUTED: _("Not answered yet, says the asker"),
        TicketEntryKind.REOPENED: _("Reopened by the asker"),
        TicketEntryKind.CORRECTED: _("The asker has corrected the question"),
        TicketEntryKind.WITHDRAWN: _("The asker has withdrawn the question"),
    }[entry.kind]
    person = work.session.get(Person, entry.person_id) if entry.person_id else None
    named = f"{who} ({words.comrade(person)})" if person is not None else who
    if entry.kind is TicketEntryKind.TRANSFERRED and person is not None:
        named = _("Handed on to {receiver} (by {person})").format(
            person=words.comrade(person), receiver=_receiver(work, entry)
        )
    if not entry.text:
        return html("– {who}, {time}", who=named, time=short_moment(entry.at))
    text = _shown(entry.text, is_owner=is_owner)
    return html("– {who}, {time}: {text}", who=named, time=short_moment(entry.at), text=text)


def _receiver(work: Work, entry: TicketEntry) -> str:
    """The colleague who was named, else the unit."""
    holder = holder_of(work.session, entry.post_id, local_day(entry.at)) if entry.post_id else None
    return words.comrade(holder) if holder else work.session.get_one(Unit, entry.unit_id or 0).name


def state_line(work: Work, ticket: Ticket) -> str:
    """đã nhận (đ/c Ngô Thị Thu), trả lời trước 16 giờ 00, thứ Hai 23/11."""
    owner = holder_of(work.session, ticket.owner_post_id, work.today) if ticket.owner_post_id else None
    state = _(STATES[ticket.state])
    if ticket.state is TicketState.TRANSFERRED:
        state = f"{state}: {work.session.get_one(Unit, ticket.unit_id).name}"
    told = _("State: {state}").format(state=f"{state} ({words.comrade(owner)})" if owner else state)
    if not ticket.is_open or ticket.state is TicketState.AWAITING_ASKER:
        return f"{told}."
    overdue = _(", overdue") if ticket.due_at <= work.now else ""
    return _("{state}; answer by {time}{overdue}.").format(
        state=told, time=short_moment(ticket.due_at), overdue=overdue
    )


def line(work: Work, ticket: Ticket) -> str:
    """One line of a list: number, the beginning of the question, how it stands."""
    text = masked(shortened(ticket.question, 70))
    number = _("no. {number}").format(number=ticket.number)
    return f"{number}: {text} – {state_line(work, ticket)}"


def _caller_row(work: Work, person: Person, ticket: Ticket) -> tuple[Row, ...]:
    """Whoever called may have his name and number erased, through those who answer for the question."""
    if not ticket.caller_phone or not hotline_people.may_erase_caller(work, person, ticket):
        return ()
    return ((button(_("Erase the caller's data"), token("data.caller", ticket.id)),),)


def _block_row(work: Work, person: Person, ticket: Ticket) -> tuple[Row, ...]:
    is_over = ticket.state is TicketState.DONE
    if is_over or not hotline_blocks.may_block(work, person, ticket) or hotline_blocks.is_blocked(work, ticket):
        return ()
    return ((button(_("Block the asker"), token("hotline.block", ticket.id), Style.DANGER),),)


def _rows(work: Work, person: Person, ticket: Ticket, *, is_owner: bool) -> tuple[Row, ...]:
    """What he may do with it; whoever has handed it to another unit reads on, no more."""
    if ticket.state is TicketState.DONE or not hotline_people.may_act(work, person, ticket):
        return ()
    hand_on = button(_("Hand on"), token("ticket.transfer", ticket.id))
    onward = () if ticket.is_confidential or ticket.state is TicketState.ANSWERED else ((hand_on,),)
    if ticket.state in UNTAKEN:
        return ((button(_("Take it"), token("ticket.take", ticket.id), Style.SUCCESS),), *onward)
    if not is_owner:
        over = button(_("Take it over"), token("ticket.over", ticket.id), is_weighty=True)
        takes_over = ticket.is_open and hotline_people.may_take_over(work, person, ticket)
        return ((over,), *onward) if takes_over else ()
    answer = button(_("Answer"), token("ticket.answer", ticket.id), Style.SUCCESS)
    ask = button(_("Ask the asker"), token("ticket.ask", ticket.id))
    done = button(_("Finished"), token("ticket.finish", ticket.id))
    first = (answer,) if ticket.state is TicketState.ANSWERED else (answer, ask)
    return (first, *onward, (done,))
