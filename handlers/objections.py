"""One's own record of attendance: seen, contested with a reason, answered by the Office."""

from datetime import timedelta

from markupsafe import Markup

from bot.buttons import token
from bot.context import Context, Reply
from bot.forms import engine, steps
from bot.forms.form import Asking, Form
from bot.i18n import _
from bot.messages import Message, button, column, html, lines
from bot.routes import Route, form, press
from handlers.attendance_review import WHY, seat_at, statuses, withdrawals
from rules.attendance import Mark, Status
from rules.errors import N_
from services import access, objections
from services.notices import attendance as notices
from services.notices import words

MONTH = timedelta(days=31)
KEEP = "keep"


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
    hint = _("If a line is not right, choose its number below and say why; the Office answers.") if rows else None
    return Message(lines(html("<b>{title}</b>", title=_("Your attendance, the last month")), *listed, hint), rows)


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
    return engine.start(context, ANSWER, seat_at(context, context.token.subject)[1].invitation.key)


def _finish_answer(asking: Asking) -> Reply:
    meeting, seat = seat_at(asking.context, asking.subject_id or 0)
    given = asking.answers
    objections.answer_objection(asking.context.work, meeting, seat, _verdict(given["status"]), given["why"])
    return Message(Markup(_("Recorded; those concerned have been told.")))


def _verdicts(asking: Asking) -> list[tuple[str, str]]:
    _meeting, seat = seat_at(asking.context, asking.subject_id or 0)
    return [(KEEP, _("The record stands")), *withdrawals(seat), *statuses(asking)]


def _verdict(given: str) -> Status | Mark | None:
    if given == KEEP:
        return None
    return Mark(given) if given in {mark.value for mark in Mark} else Status(given)


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
    press("attendance.mine", on_mine),
    press("objection.make", on_object),
    press("objection.answer", on_answer),
    *(form(each) for each in (OBJECT, ANSWER)),
]
