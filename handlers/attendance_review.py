"""After the meeting: the Office classifies what is open and enters marks; one sees and contests one's own record."""

from datetime import timedelta

from markupsafe import Markup

from bot.buttons import token
from bot.context import Context, Reply
from bot.forms import engine, steps
from bot.forms.form import Asking, Form
from bot.i18n import _
from bot.messages import Button, Message, Row, button, column, grid, html, lines
from bot.routes import Route, form, press
from models.meetings import Invitation, Meeting
from rules.attendance import Mark, Status
from rules.errors import N_, StaleError
from services import access, attendance, objections, roll_call
from services.notices import attendance as notices
from services.notices import words
from services.seats import Seat, seat_of, seats

MONTH = timedelta(days=31)
PAGE = 10


def on_review(context: Context) -> Reply:
    """The seats with their records, a page at a time; those that wait for the Office stand first."""
    access.require_office(context.work)
    meeting = access.load(context.work, Meeting, context.token.subject)
    found = sorted(
        roll_call.by_unit(context.work, seats(context.work, meeting)), key=lambda seat: not seat.awaits_office
    )
    page = int(context.token.argument) if context.token.argument.isdecimal() else 0
    shown = list(enumerate(found, 1))[page * PAGE : (page + 1) * PAGE]
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
    papers = button(_("Attendance list as a document"), token("attendance.papers", meeting.id))
    assign = button(_("Tasks from conclusions"), token("conclusions.list", meeting.id))
    rows = (*grid(numbers), *_turn(meeting, page, len(found)), (papers,), (assign,))
    return Message(lines(title, left, *listed), rows, edit=context.was_pressed)


def _turn(meeting: Meeting, page: int, number: int) -> tuple[Row, ...]:
    def to(label: str, other: int) -> Button:
        return button(label, token("attendance.review", meeting.id, argument=str(other)))

    turns = [to(_("Previous"), page - 1)] if page else []
    turns += [to(_("Next"), page + 1)] if (page + 1) * PAGE < number else []
    return (tuple(turns),) if turns else ()


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
    """One seat: what is recorded, and what the Office may enter."""
    access.require_office(context.work)
    meeting, seat = _seat(context, context.token.subject)
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
    if context.work.now < meeting.ends_at:
        return (back,)
    classify = button(_("Classify"), token("attendance.classify", seat.invitation.id))
    mark = button(_("Enter a mark"), token("attendance.mark", seat.invitation.id))
    return ((classify, mark), back)


def _seat(context: Context, invitation_id: int) -> tuple[Meeting, Seat]:
    invitation = access.load(context.work, Invitation, invitation_id)
    meeting = access.load(context.work, Meeting, invitation.meeting_id)
    seat = seat_of(context.work, meeting, invitation.key)
    if seat is None:
        raise StaleError()
    return meeting, seat


def on_classify(context: Context) -> Reply:
    access.require_office(context.work)
    return engine.start(context, CLASSIFY, _seat(context, context.token.subject)[1].invitation.key)


def on_mark(context: Context) -> Reply:
    meeting, seat = _seat(context, context.token.subject)
    attendance.require_marker(context.work, meeting)
    return engine.start(context, MARK, seat.invitation.key)


def _finish_classify(asking: Asking) -> Reply:
    meeting, seat = _seat(asking.context, asking.subject_id or 0)
    given = asking.answers
    after = attendance.classify(asking.context.work, meeting, seat, Status(given["status"]), given["why"])
    return Message(_seat_text(asking.context, meeting, after), _seat_rows(asking.context, meeting, after))


def _finish_mark(asking: Asking) -> Reply:
    meeting, seat = _seat(asking.context, asking.subject_id or 0)
    attendance.enter_mark(asking.context.work, meeting, seat, Mark(asking.answers["mark"]), asking.answers["why"])
    return Message(Markup(_("Recorded; those concerned have been told.")))


def _statuses(asking: Asking) -> list[tuple[str, str]]:
    return [(status.value, words.capital(notices.status_words(status))) for status in Status]


def _marks(asking: Asking) -> list[tuple[str, str]]:
    return [(mark.value, words.capital(notices.mark_words(mark))) for mark in Mark]


WHY = steps.text("why", N_("Reason"), N_("Why? A word suffices; the person concerned reads it."), 500)
CLASSIFY = Form(
    "classify",
    lambda asking: _("Classify"),
    (steps.choice("status", N_("Record"), N_("What is to be recorded?"), _statuses), WHY),
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


def on_mine(context: Context) -> Reply:
    """My own record of the last month; a line each, with the button to contest it."""
    found = objections.own_records(context.work, context.official, context.work.now - MONTH)
    if not found:
        return Message(Markup(_("Nothing is recorded of you in the last month.")))
    listed = [
        html(
            "{n}. {meeting}: {record}",
            n=number,
            meeting=words.meeting_in_short(meeting),
            record=notices.record_words(context.work, meeting, seat),
        )
        for number, (meeting, seat) in enumerate(found, 1)
    ]
    rows = column(
        *(
            button(_("{n}. Object").format(n=number), token("objection.make", seat.invitation.id))
            for number, (meeting, seat) in enumerate(found, 1)
            if objections.may_object(context.work, meeting, seat)
        )
    )
    return Message(lines(html("<b>{title}</b>", title=_("Your attendance, the last month")), *listed), rows)


def on_object(context: Context) -> Reply:
    meeting, seat = objections.own_seat(context.work, context.token.subject)
    objections.require_in_time(context.work, meeting, seat)
    return engine.start(context, OBJECT, seat.invitation.key)


def _finish_object(asking: Asking) -> Reply:
    meeting, seat = objections.own_seat(asking.context.work, asking.subject_id or 0)
    objections.make_objection(asking.context.work, meeting, seat, asking.answers["why"])
    return Message(Markup(_("Your objection has been sent to the Office; you will be told the answer.")))


def on_answer(context: Context) -> Reply:
    access.require_office(context.work)
    return engine.start(context, ANSWER, _seat(context, context.token.subject)[1].invitation.key)


def _finish_answer(asking: Asking) -> Reply:
    meeting, seat = _seat(asking.context, asking.subject_id or 0)
    status = asking.answers["status"]
    objections.answer_objection(
        asking.context.work, meeting, seat, Status(status) if status != "keep" else None, asking.answers["why"]
    )
    return Message(Markup(_("Recorded; those concerned have been told.")))


def _verdicts(asking: Asking) -> list[tuple[str, str]]:
    return [("keep", _("The record stands")), *_statuses(asking)]


OBJECT = Form(
    "objection",
    lambda asking: _("Objection"),
    (steps.text("why", N_("Reason"), N_("What is not right, and why?"), 1000),),
    _finish_object,
)
ANSWER = Form(
    "objection answer",
    lambda asking: _("Answer to the objection"),
    (steps.choice("status", N_("Record"), N_("Does the record stand, or what is recorded instead?"), _verdicts), WHY),
    _finish_answer,
    confirms=False,
)

ROUTES: list[Route] = [
    press("attendance.review", on_review),
    press("attendance.papers", on_papers),
    press("attendance.seat", on_seat),
    press("attendance.classify", on_classify),
    press("attendance.mark", on_mark),
    press("attendance.mine", on_mine),
    press("objection.make", on_object),
    press("objection.answer", on_answer),
    *(form(each) for each in (CLASSIFY, MARK, OBJECT, ANSWER)),
]
