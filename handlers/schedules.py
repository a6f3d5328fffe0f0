"""The 15-day schedule: the Office edits and sends the draft; the leader agrees, names another time, or declines."""

from collections.abc import Sequence
from datetime import datetime

from bot.buttons import token
from bot.context import Context, Reply
from bot.forms import engine, steps
from bot.forms.form import Asking, Form
from bot.i18n import _, ngettext
from bot.messages import Message, button, html, lines
from bot.routes import Route, form, press
from models.bookings import Booking, bookings_in, leaders_bookings
from models.offices import delegators_to, posts_of
from models.periodic import Periodic
from rules.booking import BookingAct, BookingState
from rules.errors import N_, StaleError
from services import access, bookings, schedules
from services.notices import bookings as notices

_SHOWN = (BookingState.PROPOSED, BookingState.APPROVED)


def on_draft(context: Context) -> Reply:
    access.require_office(context.work)
    turn = access.load(context.work, Periodic, context.token.subject)
    return notices.draft(context.work, context.official, turn)


def on_edit(context: Context) -> Reply:
    """One line of the draft."""
    row = bookings.office_booking(context.work, context.token.subject)
    text = lines(html("<b>{unit}</b>", unit=notices.unit_name(context.work, row)), notices.details(context.work, row))
    if row.state is not BookingState.REGISTERED:
        return Message(lines(text, notices.state_words(row)))
    rows = (
        (
            button(_("Another time"), token("booking.place", row.id)),
            button(_("Leave out"), token("booking.drop", row.id)),
        ),
    )
    return Message(text, rows)


def on_place(context: Context) -> Reply:
    return engine.start(context, PLACE, _waiting(context).key)


def on_drop(context: Context) -> Reply:
    return engine.start(context, DROP, _waiting(context).key)


def _waiting(context: Context) -> Booking:
    row = bookings.office_booking(context.work, context.token.subject)
    if row.state is not BookingState.REGISTERED:
        raise StaleError()
    return row


def on_send(context: Context) -> Reply:
    """One tap: every leader is asked for his part."""
    access.require_office(context.work)
    turn = access.load(context.work, Periodic, context.token.subject)
    if not bookings_in(context.work.session, turn.period, BookingState.REGISTERED):
        raise StaleError()
    count = schedules.send(context.work, turn)
    told = ngettext("{count} session sent to the leaders", "{count} sessions sent to the leaders", count)
    title = html("<b>{title}</b>", title=told.format(count=count))
    shown = notices.draft(context.work, context.official, turn)
    return Message(lines(title, shown.text), edit=True)


def on_mine(context: Context) -> Reply:
    """A leader's coming sessions, and those of whom he stands in for."""
    rows = _leaders_rows(context)
    if not rows:
        return Message(html("{text}", text=_("You have no coming working sessions.")))
    return notices.schedule(context.work, context.official, rows)


def _leaders_rows(context: Context) -> Sequence[Booking]:
    work, person = context.work, context.official
    people = [person, *delegators_to(work.session, person.key, work.today)]
    posts = [post.key for one in people for post in posts_of(work.session, one.key, work.today)]
    return leaders_bookings(work.session, posts, work.now, *_SHOWN)


def on_slot(context: Context) -> Reply:
    row = bookings.booking_to_decide(context.work, context.token.subject)
    return notices.slot(context.work, context.official, row)


def on_all(context: Context) -> Reply:
    """One tap for all that wait in this leader's schedule."""
    work = context.work
    asked = bookings.booking_to_decide(work, context.token.subject)
    same = [
        row
        for row in bookings_in(work.session, asked.window, BookingState.PROPOSED)
        if row.leader_post_id == asked.leader_post_id
    ]
    if not same:
        raise StaleError()
    for row in same:
        bookings.decide(work, row, BookingAct.APPROVE)
    return _schedule(context, asked)


def on_agree(context: Context) -> Reply:
    row = _proposed(context)
    bookings.decide(context.work, row, BookingAct.APPROVE)
    return [_decided(context, row), *_rest(context, row)]


def on_move(context: Context) -> Reply:
    return engine.start(context, MOVE, _proposed(context).key)


def on_decline(context: Context) -> Reply:
    return engine.start(context, DECLINE, _proposed(context).key)


def _proposed(context: Context) -> Booking:
    row = bookings.booking_to_decide(context.work, context.token.subject)
    if row.state is not BookingState.PROPOSED:
        raise StaleError()
    return row


def _decided(context: Context, row: Booking) -> Message:
    shown = notices.slot(context.work, context.official, row)
    return Message(shown.text, edit=True)


def _schedule(context: Context, row: Booking) -> Message:
    found = bookings_in(context.work.session, row.window, *_SHOWN)
    same = [one for one in found if one.leader_post_id == row.leader_post_id]
    shown = notices.schedule(context.work, context.official, same)
    return Message(shown.text, shown.rows, card=shown.card, edit=True)


def _rest(context: Context, row: Booking) -> list[Message]:
    """The leader's list again while something waits in it."""
    waiting = bookings_in(context.work.session, row.window, BookingState.PROPOSED)
    if not any(one.leader_post_id == row.leader_post_id for one in waiting):
        return []
    shown = _schedule(context, row)
    return [Message(shown.text, shown.rows, card=shown.card)]


def _row(asking: Asking) -> Booking:
    return access.load(asking.context.work, Booking, asking.subject_id or 0)


def _check(asking: Asking, moment: datetime) -> None:
    bookings.check_free(asking.context.work, _row(asking), moment)


def _place(asking: Asking) -> Reply:
    work = asking.context.work
    row = bookings.office_booking(work, asking.subject_id or 0)
    schedules.reschedule(work, row, datetime.fromisoformat(asking.answers["moment"]))
    return _draft_again(asking, row)


def _drop(asking: Asking) -> Reply:
    row = bookings.office_booking(asking.context.work, asking.subject_id or 0)
    schedules.drop(asking.context.work, row, asking.answers["reason"])
    return _draft_again(asking, row)


def _draft_again(asking: Asking, row: Booking) -> Reply:
    turn = schedules.turn_of(asking.context.work, row)
    return notices.draft(asking.context.work, asking.context.official, turn)


def _move(asking: Asking) -> Reply:
    row = bookings.booking_to_decide(asking.context.work, asking.subject_id or 0)
    moment = datetime.fromisoformat(asking.answers["moment"])
    bookings.decide(asking.context.work, row, BookingAct.APPROVE, moment=moment)
    return [_decided(asking.context, row), *_rest(asking.context, row)]


def _decline(asking: Asking) -> Reply:
    row = bookings.booking_to_decide(asking.context.work, asking.subject_id or 0)
    bookings.decide(asking.context.work, row, BookingAct.DECLINE, reason=asking.answers["reason"])
    return [_decided(asking.context, row), *_rest(asking.context, row)]


_MOMENT = steps.moment("moment", N_("Time"), N_("On which day and at what time?"), check=_check)
_ELSEWHERE = N_("Another time")
PLACE = Form("place session", lambda asking: _(_ELSEWHERE), (_MOMENT,), _place, confirms=False)
MOVE = Form("move session", lambda asking: _(_ELSEWHERE), (_MOMENT,), _move, confirms=False)
DROP = Form(
    "drop session",
    lambda asking: _("Leave out"),
    (steps.text("reason", N_("Reason"), N_("For what reason is it left out? The unit is told."), 500),),
    _drop,
    confirms=False,
)
DECLINE = Form(
    "decline session",
    lambda asking: _("Do not agree"),
    (steps.text("reason", N_("Reason"), N_("For what reason? The unit is told."), 500),),
    _decline,
    confirms=False,
)

ROUTES: list[Route] = [
    press("booking.draft", on_draft),
    press("booking.edit", on_edit),
    press("booking.place", on_place),
    press("booking.drop", on_drop),
    press("booking.send", on_send),
    press("booking.mine", on_mine),
    press("booking.decide", on_slot),
    press("booking.all", on_all),
    press("booking.agree", on_agree),
    press("booking.move", on_move),
    press("booking.decline", on_decline),
    *(form(each) for each in (PLACE, MOVE, DROP, DECLINE)),
]
