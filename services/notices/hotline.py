"""What the asker of the hotline is told: that it arrived, who has it and by when, what is answered."""

from markupsafe import Markup

from bot.buttons import token
from bot.i18n import _, short_moment
from bot.messages import Attachment, Message, Row, Style, button, grid, html, lines
from bot.work import Work
from models.hotline import Ticket, TicketEntry
from models.hotline_directory import hotline_of
from models.offices import holder_of
from models.people import ChannelAccount, Unit
from rules.hotline import STATES, UNTAKEN, TicketState
from services import hotline_log, people
from services.notices.words import small
from services.regulation import calendar, regulation

STARS = range(1, 6)


def you(work: Work, ticket: Ticket) -> str:
    """How the asker is addressed: an official is a comrade, everybody else *ông/bà*."""
    account = work.session.get(ChannelAccount, ticket.account_id) if ticket.account_id else None
    return _("comrade") if account is not None and account.person_id else _("sir or madam")


def heading(words: str, ticket: Ticket) -> Markup:
    return html("<b>{words}</b>", words=words.format(number=ticket.number))


def number_line(work: Work, unit_id: int) -> Markup | None:
    """Tứ Kỳ 4.2: the number is public, so it stands in every answer."""
    hotline = hotline_of(work.session, unit_id)
    if hotline is None:
        return None
    name = work.session.get_one(Unit, unit_id).name
    return html(_("Hotline of {unit}: {phone}."), unit=small(name), phone=hotline.phone)


def own_number_line(work: Work, ticket: Ticket) -> Markup | None:
    """Of the commune where it came in; a complaint is no business of its team."""
    return number_line(work, ticket.home_unit_id) if not ticket.is_confidential else None


def received(work: Work, ticket: Ticket) -> Message:
    """At once: where it went, its code, by when; outside office hours when the team is back."""
    if ticket.is_confidential:
        return _received_by_chair(work, ticket)
    return Message(
        lines(
            heading(_("Your question no. {number} has arrived"), ticket),
            number_line(work, ticket.unit_id),
            html(_("An answer is expected by {time}."), time=short_moment(ticket.due_at)),
            _closed_line(work),
            _code_line(ticket),
        )
    )


def _closed_line(work: Work) -> str | None:
    """Outside office hours: when the team is back."""
    opens = regulation(work).hours.next_open(work.now, calendar(work))
    if opens <= work.now:
        return None
    return _("The office is closed now; the team takes it up at {time}.").format(time=short_moment(opens))


def _received_by_chair(work: Work, ticket: Ticket) -> Message:
    return Message(
        lines(
            heading(_("Your message no. {number} has arrived"), ticket),
            html(_("Only the chair of {body} reads it; no team sees it."), body=people.body_name(work)),
            _code_line(ticket),
        )
    )


def _code_line(ticket: Ticket) -> Markup:
    return html(_("Code to look it up: {code} (send: tra cứu {code})."), code=ticket.code)


def owner_words(work: Work, ticket: Ticket) -> str:
    """Nguyễn Thị Thu, Phó Chủ tịch UBND xã Mẫu Hạ; empty where nobody has it."""
    owner = holder_of(work.session, ticket.owner_post_id, work.today) if ticket.owner_post_id else None
    return ", ".join(part for part in (owner.full_name, people.title_of(work, owner)) if part) if owner else ""


def taken(work: Work, ticket: Ticket) -> Message:
    return Message(
        lines(
            heading(_("Question no. {number} is being dealt with"), ticket),
            html(
                _("By {who}. An answer is expected by {time}."),
                who=owner_words(work, ticket),
                time=short_moment(ticket.due_at),
            ),
            number_line(work, ticket.unit_id) or number_line(work, ticket.home_unit_id),
        )
    )


def transferred(work: Work, ticket: Ticket, *, stays: bool) -> Message:
    """To another unit, or where it `stays` to a colleague of the same."""
    unit, due = work.session.get_one(Unit, ticket.unit_id).name, short_moment(ticket.due_at)
    words = _("{unit} has it now. An answer is expected by {time}.")
    if stays:
        words = _("Another official of {unit} has it now. An answer is expected by {time}.")
    return Message(
        lines(
            heading(_("Question no. {number} has been handed on"), ticket),
            html(words, unit=small(unit) if stays else unit, time=due),
            number_line(work, ticket.unit_id) or number_line(work, ticket.home_unit_id),
        )
    )


def asked_back(work: Work, ticket: Ticket, entry: TicketEntry) -> Message:
    """Something is missing; whatever is typed next belongs to it."""
    return Message(
        lines(
            heading(_("Question no. {number} needs something more"), ticket),
            html("{text}", text=entry.text),
            html(_("Please type the answer here; {you} may also send a picture."), you=you(work, ticket)),
            no_numbers(),
            number_line(work, ticket.home_unit_id),
        )
    )


def no_numbers() -> str:
    """Personal numbers are never asked for."""
    return _("Please send no identity card, and no number of one or of a bank account.")


def answered(work: Work, ticket: Ticket, entry: TicketEntry) -> Message:
    return Message(
        lines(_answer(work, ticket, entry), html(_("Has this answered {you}?"), you=you(work, ticket))),
        judge_rows(ticket),
        files=attached(work, entry),
        card=_answer_card(ticket, entry),
        fresh=True,
    )


def helped(work: Work, ticket: Ticket, entry: TicketEntry) -> Message:
    """The answer, once its reader has said that it helped."""
    return Message(_answer(work, ticket, entry), card=_answer_card(ticket, entry))


def _answer(work: Work, ticket: Ticket, entry: TicketEntry) -> Markup:
    return lines(
        heading(_("Answer to question no. {number}"), ticket),
        html("{text}", text=entry.text),
        number_line(work, ticket.home_unit_id),
    )


def _answer_card(ticket: Ticket, entry: TicketEntry) -> str:
    return f"ticket:{ticket.id}:answer:{entry.id}"


def judge_rows(ticket: Ticket) -> tuple[Row, ...]:
    return (
        (button(_("It has"), token("ticket.settled", ticket.id), Style.SUCCESS),),
        (button(_("Not yet"), token("ticket.disputed", ticket.id)),),
    )


def attached(work: Work, entry: TicketEntry) -> tuple[Attachment, ...]:
    return (Attachment(entry.file_id, work.file_name(entry.file_id)),) if entry.file_id else ()


def finished(work: Work, ticket: Ticket, *, is_missing: bool = False) -> Message:
    """It is over, perhaps because what was asked back never came; who is not satisfied has it taken up again."""
    days = regulation(work).switches["hotline.reopen_days"]
    return Message(
        lines(
            heading(_("Question no. {number} is finished"), ticket),
            _("What was asked back has not come.") if is_missing else None,
            html(_("How well was {you} served? 1 is poor, 5 is very good."), you=you(work, ticket)),
            html(_("It can be reopened within {days} days."), days=days),
            number_line(work, ticket.home_unit_id),
        ),
        finished_rows(ticket),
        card=finished_card(ticket),
        fresh=True,
    )


def finished_card(ticket: Ticket) -> str:
    """Where it can be rated and reopened, for as long as that is allowed."""
    return f"ticket:{ticket.id}:finished"


def finished_rows(ticket: Ticket) -> tuple[Row, ...]:
    stars = [button(f"{star}/{len(STARS)}", token("ticket.rate", ticket.id, argument=str(star))) for star in STARS]
    return (*grid(stars), (button(_("Reopen"), token("ticket.reopen", ticket.id)),))


def status(work: Work, ticket: Ticket) -> Message:
    """How it stands, for whoever asked; what was asked is not repeated, for a code may be read by others."""
    who = owner_words(work, ticket) if not ticket.is_confidential else ""
    is_running = ticket.is_open and ticket.state is not TicketState.AWAITING_ASKER
    due = _("An answer is expected by {time}.").format(time=short_moment(ticket.due_at))
    return Message(
        lines(
            heading(_("Question no. {number}"), ticket),
            html(_("State: {state}."), state=_(STATES[ticket.state])),
            html(_("Sent at {time}."), time=short_moment(ticket.opened_at)),
            html(_("By {who}."), who=who) if who else None,
            due if is_running and not ticket.is_confidential else None,
            _closed_line(work) if ticket.state in UNTAKEN and not ticket.is_confidential else None,
            number_line(work, ticket.home_unit_id),
        )
    )


def own_status(work: Work, ticket: Ticket) -> Message:
    """The same with the last answer and what can be done, in the chat that asked."""
    shown = status(work, ticket)
    last = [entry for entry in hotline_log.exchange(work, ticket) if entry.person_id is not None][-1:]
    told = [html("– {text}", text=entry.text) for entry in last if entry.text]
    rows: tuple[Row, ...] = ()
    if ticket.state is TicketState.ANSWERED:
        rows = judge_rows(ticket)
    elif ticket.state is TicketState.DONE:
        rows = finished_rows(ticket)
    elif ticket.is_open:
        rows = ((button(_("Add something"), token("ticket.supply", ticket.id)),),)
    return Message(lines(shown.text, html("“{text}”", text=shortened(ticket.question)), *told), rows)


def own_line(ticket: Ticket) -> Markup:
    """One line of what somebody has asked."""
    state = _(STATES[ticket.state])
    line = _("Question no. {number} (code {code}): {state}")
    return html(line, number=ticket.number, code=ticket.code, state=state)


def shortened(text: str, most: int = 200) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= most else f"{flat[: most - 1].rpartition(' ')[0]}…"
