"""The record of a meeting: the Office classifies what is open; Office and chair enter marks and withdraw them."""

from markupsafe import Markup

from bot.buttons import token
from bot.context import Context, Reply
from bot.forms import engine, steps
from bot.forms.form import Asking, Form
from bot.i18n import _
from bot.messages import Message, Row, button, column, grid, html, lines
from bot.routes import Route, form, press
from handlers.paging import page_in, paged
from models.meetings import Invitation, Meeting
from rules.attendance import Mark, Status
from rules.errors import N_, StaleError
from services import access, attendance, roll_call
from services.notices import attendance as notices
from services.notices import words
from services.seats import Seat, seat_of, seats


def on_review(context: Context) -> Reply:
    """The seats with their records, a page at a time; those that wait for the Office stand first."""
    meeting = access.load(context.work, Meeting, context.token.subject)
    attendance.require_marker(context.work, meeting)
    found = sorted(
        roll_call.by_unit(context.work, seats(context.work, meeting)), key=lambda seat: not seat.awaits_office
    )
    page = page_in(context.token.argument)
    shown, turn = paged(context, found, page, lambda other: token("attendance.review", meeting.id, argument=other))
    listed = [
        html(
            "{n}. {who}: {record}",
            n=number,
            who=roll_call.name(context.work, seat),
            record=notices.record_words(context.work, meeting, seat),
        )
        for number, seat in shown
    ]
    waiting = sum(seat.awaits_office for seat in found)
    title = html("<b>{title}</b>", title=_("Attendance: {meeting}").format(meeting=words.meeting_in_short(meeting)))
    left = _("Still to be classified: {number}.").format(number=waiting) if waiting else None
    numbers = [button(str(n), token("attendance.seat", seat.invitation.id)) for n, seat in shown]
    rows = (*grid(numbers), *turn, *_acts(context, meeting))
    return Message(lines(title, left, *listed), rows, edit=context.was_pressed)


def _acts(context: Context, meeting: Meeting) -> tuple[Row, ...]:
    if not access.is_office(context.work, context.official):
        return ()
    papers = button(_("Attendance list as a document"), token("attendance.papers", meeting.id))
    return ((papers,), (button(_("Tasks from conclusions"), token("conclusions.list", meeting.id)),))


def on_papers(context: Context) -> Reply:
    """The sheet and the draft report as they are filled in now, and the proposed criticism if there is any."""
    # What draws up documents is loaded with the first one, not at every start.
    from services import meeting_papers

    access.require_office(context.work)
    meeting = access.load(context.work, Meeting, context.token.subject)
    found = seats(context.work, meeting)
    criticism = meeting_papers.for_conclusion(context.work, meeting, found)
    files = (*meeting_papers.for_host(context.work, meeting, found), *((criticism,) if criticism else ()))
    return Message(html("{meeting}", meeting=words.capital(words.meeting_in_short(meeting))), (), files)


def on_seat(context: Context) -> Reply:
    """One seat: what is recorded, and what may be entered."""
    meeting, seat = seat_at(context, context.token.subject)
    attendance.require_marker(context.work, meeting)
    return Message(_seat_text(context, meeting, seat), _seat_rows(context, meeting, seat), edit=context.was_pressed)


def _seat_text(context: Context, meeting: Meeting, seat: Seat) -> Markup:
    told = [notices.entry_words(context.work, entry) for entry in seat.entries[-6:]]
    return lines(
        html("<b>{who}</b>", who=roll_call.name(context.work, seat)),
        html("{meeting}", meeting=words.capital(words.meeting_in_short(meeting))),
        html(_("Recorded: <b>{record}</b>"), record=notices.record_words(context.work, meeting, seat)),
        *told,
    )


def _seat_rows(context: Context, meeting: Meeting, seat: Seat) -> tuple[Row, ...]:
    back = (button(_("Back to the list"), token("attendance.review", meeting.id)),)
    if context.work.now < meeting.starts_at:
        return (back,)
    mark = button(_("Enter a mark"), token("attendance.mark", seat.invitation.id))
    acts = [mark] if seat.seen is not None else []
    if context.work.now >= meeting.ends_at and access.is_office(context.work, context.official):
        acts.insert(0, button(_("Classify"), token("attendance.classify", seat.invitation.id)))
    withdraw = [
        button(label, token("attendance.unmark", seat.invitation.id, argument=mark))
        for mark, label in withdrawals(seat)
    ]
    return (tuple(acts), *column(*withdraw), back)


def withdrawals(seat: Seat) -> list[tuple[str, str]]:
    """Each mark that stands, with the words for taking it back."""
    return [
        (entry.mark.value, _("Withdraw: {mark}").format(mark=notices.mark_words(entry.mark)))
        for entry in seat.marks
        if entry.mark is not None
    ]


def seat_at(context: Context, invitation_id: int) -> tuple[Meeting, Seat]:
    invitation = access.load(context.work, Invitation, invitation_id)
    meeting = access.load(context.work, Meeting, invitation.meeting_id)
    seat = seat_of(context.work, meeting, invitation.key)
    if seat is None:
        raise StaleError()
    return meeting, seat


def on_classify(context: Context) -> Reply:
    access.require_office(context.work)
    return engine.start(context, CLASSIFY, seat_at(context, context.token.subject)[1].invitation.key)


def on_mark(context: Context) -> Reply:
    meeting, seat = seat_at(context, context.token.subject)
    attendance.require_marker(context.work, meeting)
    return engine.start(context, MARK, seat.invitation.key)


def on_withdraw(context: Context) -> Reply:
    meeting, seat = seat_at(context, context.token.subject)
    attendance.require_marker(context.work, meeting)
    given = context.token.argument
    if given not in {mark for mark, _label in withdrawals(seat)}:
        raise StaleError()
    return engine.start(context, WITHDRAW, seat.invitation.key, mark=given)


def _finish_classify(asking: Asking) -> Reply:
    meeting, seat = seat_at(asking.context, asking.subject_id or 0)
    given = asking.answers
    attendance.classify(asking.context.work, meeting, seat, Status(given["status"]), given["why"])
    return _as_it_stands(asking)


def _finish_mark(asking: Asking) -> Reply:
    meeting, seat = seat_at(asking.context, asking.subject_id or 0)
    attendance.enter_mark(asking.context.work, meeting, seat, Mark(asking.answers["mark"]), asking.answers["why"])
    return _as_it_stands(asking)


def _finish_withdraw(asking: Asking) -> Reply:
    meeting, seat = seat_at(asking.context, asking.subject_id or 0)
    attendance.withdraw_mark(asking.context.work, meeting, seat, Mark(asking.answers["mark"]), asking.answers["why"])
    return _as_it_stands(asking)


def _as_it_stands(asking: Asking) -> Message:
    meeting, seat = seat_at(asking.context, asking.subject_id or 0)
    return Message(_seat_text(asking.context, meeting, seat), _seat_rows(asking.context, meeting, seat))


def statuses(asking: Asking) -> list[tuple[str, str]]:
    return [(status.value, words.capital(notices.status_words(status))) for status in Status]


def _marks(asking: Asking) -> list[tuple[str, str]]:
    return [(mark.value, words.capital(notices.mark_words(mark))) for mark in Mark]


WHY = steps.text("why", N_("Reason"), N_("Why? A word suffices; the person concerned reads it."), 500)
CLASSIFY = Form(
    "classify",
    lambda asking: _("Classify"),
    (steps.choice("status", N_("Record"), N_("What is to be recorded?"), statuses), WHY),
    _finish_classify,
    confirms=False,
)
MARK = Form(
    "mark",
    lambda asking: _("Enter a mark"),
    (steps.choice("mark", N_("Mark"), N_("What was seen?"), _marks), WHY),
    _finish_mark,
    confirms=False,
)
WITHDRAW = Form(
    "withdraw mark",
    lambda asking: _("Withdraw: {mark}").format(mark=notices.mark_words(Mark(asking.answers["mark"]))),
    (WHY,),
    _finish_withdraw,
    confirms=False,
)

ROUTES: list[Route] = [
    press("attendance.review", on_review),
    press("attendance.papers", on_papers),
    press("attendance.seat", on_seat),
    press("attendance.classify", on_classify),
    press("attendance.mark", on_mark),
    press("attendance.unmark", on_withdraw),
    *(form(each) for each in (CLASSIFY, MARK, WITHDRAW)),
]
