"""A meeting as the Office sees it, with everything that it can do there; and the list of coming meetings."""

from collections.abc import Sequence
from datetime import date

from bot.buttons import token
from bot.context import Context
from bot.i18n import _, short_date, weekday
from bot.messages import Button, Message, Row, Style, button, grid, html, lines
from bot.work import Work
from handlers.meetings import answers_text
from handlers.paging import paged
from models.meetings import Meeting, MeetingState
from rules.absence import State
from services import agenda, office, people
from services.agenda import Invitee
from services.notices import words
from services.regulation import calendar

# Who cannot be reached is named as far as a screen goes; the telephone list names all.
NAMED = 8


def listing(context: Context, page: int = 0, *, edit: bool = False) -> Message:
    """Coming meetings, a line each with the figures; one tap opens a meeting."""
    work = context.work
    # One more than is shown says that there is another page.
    found = agenda.coming_meetings(work, (page + 1) * context.page_size + 1)
    shown, turn = paged(context, found, page, lambda other: token("office.meetings", argument=other))
    figures = office.counts(work, [meeting for _number, meeting in shown])
    items = [
        html("{number}. {line}", number=number, line=_line(meeting, figures[meeting.key])) for number, meeting in shown
    ]
    numbers = [button(str(number), token("office.meeting", meeting.id)) for number, meeting in shown]
    title = html("<b>{title}</b>", title=_("Coming meetings"))
    nothing = None if shown else _("No meeting is planned.")
    return Message(lines(title, nothing, *items), (*grid(numbers), *turn, *_list_actions()), edit=edit)


def _line(meeting: Meeting, figures: office.Counts) -> str:
    said = _("invited {all}, come {coming}, requests {asked}, silent {silent}").format(
        all=figures.invited, coming=figures.coming, asked=figures.asked, silent=figures.silent
    )
    return f"{words.meeting_in_short(meeting)}: {said}"


def _list_actions() -> tuple[Row, ...]:
    return (
        (button(_("Create a meeting"), token("office.new"), Style.PRIMARY),),
        (button(_("Telephone list"), token("office.phones")),),
    )


def view(context: Context, meeting: Meeting, note: str = "", *, edit: bool = False) -> Message:
    """Who has answered what, who cannot be reached; and what the Office can do about it."""
    found = agenda.invitees(context.work, meeting)
    papers = "; ".join(paper.name for paper in words.papers(context.work, meeting))
    text = lines(
        html("<i>{note}</i>", note=note) if note else None,
        answers_text(context, meeting),
        html(_("Papers: {names}"), names=papers) if papers else None,
        _unreached(context.work, found),
    )
    can_change = meeting.state is MeetingState.PLANNED and meeting.starts_at > context.work.now
    back = (button(_("All meetings"), token("office.meetings")),)
    return Message(text, (*(_actions(meeting, found) if can_change else ()), back), edit=edit)


def _unreached(work: Work, found: Sequence[Invitee]) -> str | None:
    """Chưa liên kết: whom no message reaches, with his telephone."""
    unreached = {row.person.id for row in people.unreachable_people(work)}
    missing = [each.holder for each in found if each.holder is not None and each.holder.id in unreached]
    if not missing:
        return None
    names = [
        _("{name} ({phone})").format(name=person.full_name, phone=person.phone or _("no telephone"))
        for person in missing
    ]
    more = [_("and {number} more").format(number=len(names) - NAMED)] if len(names) > NAMED else []
    return _("Not linked, to be called: {names}").format(names="; ".join([*names[:NAMED], *more]))


def _actions(meeting: Meeting, found: Sequence[Invitee]) -> tuple[Row, ...]:
    def act(label: str, route: str, style: Style = Style.PLAIN) -> Button:
        return button(label, token(route, meeting.id, meeting.version), style)

    waiting = sum(
        each.request is not None and each.request.state in (State.AWAITING_DECISION, State.RETURNED) for each in found
    )
    oral = _("Chair's consent by telephone ({number})").format(number=waiting)
    return (
        (act(_("Agenda and papers"), "agenda.list"),),
        (act(_("Enter an answer by telephone"), "office.telephone"),),
        *(((act(oral, "office.oral"),),) if any(each.request for each in found) else ()),
        (act(_("Change"), "office.change"), act(_("Repeat weekly"), "office.repeat")),
        (act(_("Check-in square"), "check_in.door"),),
        (act(_("Cancel the meeting"), "meeting.cancel", Style.DANGER),),
    )


def skipped(work: Work, off: Sequence[date]) -> str | None:
    """Which weeks fall out of a series, and why."""
    if not off:
        return None
    known = calendar(work)
    days = [", ".join(part for part in (f"{weekday(day)} {short_date(day)}", known.name(day)) if part) for day in off]
    return _("Not repeated on days off: {days}.").format(days="; ".join(days))
