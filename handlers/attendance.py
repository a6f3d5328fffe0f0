"""`/diemdanh`: the Office's roll call, one tap a state; and the chair who accepts somebody on the spot."""

from collections.abc import Sequence

from markupsafe import Markup

from bot.buttons import token
from bot.context import Context, Reply
from bot.forms import engine, steps
from bot.forms.form import Asking, Form
from bot.i18n import _
from bot.messages import Button, Message, Row, Style, button, column, grid, html, lines
from bot.routes import Route, command, form, press
from handlers import roll_call_others, roster
from handlers.paging import turning
from models.meetings import Invitation, Meeting
from rules.errors import N_, StaleError
from rules.text import fold
from services import access, attendance, roll_call
from services.notices import attendance as notices
from services.notices import words
from services.roll_call import Mode
from services.seats import Seat, seats

# Without buttons the choices stand as lines below the list, and both must fit one message.
PAGE, PAGE_OF_TEXT = 20, 9
FOUND = 6


def on_roll_calls(context: Context) -> Reply:
    """The meetings of today; if there is only one, its roll call at once."""
    access.require_office(context.work)
    found = roll_call.meetings_today(context.work)
    if len(found) == 1:
        return _view(context, found[0], Mode.PRESENT, 0)
    if not found:
        return Message(Markup(_("No meeting is being held today.")), edit=context.was_pressed)
    rows = column(
        *(
            button(words.meeting_in_short(meeting), token("attendance.roll", meeting.id, argument="p.0"))
            for meeting in found
        )
    )
    return Message(html("<b>{title}</b>", title=_("Roll call: which meeting?")), rows, edit=context.was_pressed)


def on_roll(context: Context) -> Reply:
    """The list of a meeting, a page of it, in a mode: what the next taps mean."""
    mode, page = _argument(context)
    return _view(context, _meeting(context, context.token.subject), mode, page)


def on_tap(context: Context) -> Reply:
    """One name: the state of the mode is entered for it; the same again changes nothing."""
    mode, page = _argument(context)
    access.require_office(context.work)
    meeting = _meeting(context, roll_call.meeting_of(context.work, context.token.subject))
    if mode is Mode.OTHER:
        return roll_call_others.choice(context, meeting, context.token.subject, page)
    roll_call.enter(context.work, meeting, context.token.subject, mode)
    return _view(context, meeting, mode, page)


def on_other(context: Context) -> Reply:
    """Who came instead; the next tap on a name means *present* again."""
    person_id, is_late, page = roll_call_others.chosen(context.token.argument)
    access.require_office(context.work)
    meeting = _meeting(context, roll_call.meeting_of(context.work, context.token.subject))
    roll_call.enter_other(context.work, meeting, context.token.subject, person_id, is_late=is_late)
    return _view(context, meeting, Mode.PRESENT, page)


def on_all(context: Context) -> Reply:
    """The exceptions are entered by then: the next tap on a name must not make one more."""
    _mode, page = _argument(context)
    meeting = _meeting(context, context.token.subject)
    roll_call.all_others_present(context.work, meeting)
    return _view(context, meeting, Mode.PRESENT, page)


def _meeting(context: Context, key: int) -> Meeting:
    access.require_office(context.work)
    meeting = access.load(context.work, Meeting, key)
    roll_call.require_held(context.work, meeting)
    return meeting


def _argument(context: Context) -> tuple[Mode, int]:
    mode, _dot, page = context.token.argument.partition(".")
    if mode not in {one.value for one in Mode} or not page.isdecimal():
        raise StaleError()
    return Mode(mode), int(page)


def _view(context: Context, meeting: Meeting, mode: Mode, page: int) -> Message:
    found = roll_call.by_unit(context.work, seats(context.work, meeting))
    size = PAGE if context.has_buttons else PAGE_OF_TEXT
    shown = found[page * size : (page + 1) * size]
    here = sum(seat.is_present for seat in found)
    text = lines(
        html("<b>{title}</b>", title=_("Roll call: {meeting}").format(meeting=words.meeting_in_short(meeting))),
        _("Present {here} of {all}. Each tap enters: {mode}.").format(
            here=here, all=len(found), mode=_mode_words(mode)
        ),
        *_listed(context, meeting, shown, page * size),
    )
    numbers = [
        Button(str(number), token("attendance.tap", seat.invitation.id, argument=f"{mode.value}.{page}"), is_tick=True)
        for number, seat in enumerate(shown, page * size + 1)
    ]
    rows = (
        *grid(numbers, 5),
        *_modes(meeting, mode, page),
        *turning(
            page,
            lambda other: token("attendance.roll", meeting.id, argument=f"{mode.value}.{other}"),
            has_next=(page + 1) * size < len(found),
        ),
        *_acts(meeting, mode, page),
    )
    return Message(text, rows, edit=context.was_pressed)


def _listed(context: Context, meeting: Meeting, shown: Sequence[Seat], before: int) -> list[Markup]:
    """A heading for each unit with more than one seat; number, name, state."""
    return [
        html(
            "{number}. {who}: {state}",
            number=number,
            who=roll_call.name(context.work, seat),
            state=notices.record_words(context.work, meeting, seat),
        )
        for number, seat in enumerate(shown, before + 1)
    ]


def _mode_words(mode: Mode) -> str:
    return {
        Mode.PRESENT: _("present"),
        Mode.ABSENT: _("absent"),
        Mode.LATE: _("just arrived"),
        Mode.LEAVES: _("leaves now"),
        Mode.ONLINE: _("online"),
        Mode.OTHER: _("somebody else came"),
        Mode.UNDO: _("undo"),
    }[mode]


def _modes(meeting: Meeting, mode: Mode, page: int) -> tuple[Row, ...]:
    buttons = [
        button(words.capital(_mode_words(one)), token("attendance.roll", meeting.id, argument=f"{one.value}.{page}"))
        for one in Mode
        if one is not mode
    ]
    return grid(buttons, 3)


def _acts(meeting: Meeting, mode: Mode, page: int) -> tuple[Row, ...]:
    rest = button(
        _("All others present"), token("attendance.all", meeting.id, argument=f"{mode.value}.{page}"), Style.SUCCESS
    )
    find = button(_("Find a name"), token("attendance.find", meeting.id))
    square = button(_("Square for the door"), token("check_in.door", meeting.id))
    return ((rest,), (find, square), roster.buttons(meeting))


def on_find(context: Context) -> Reply:
    return engine.start(context, FIND, _meeting(context, context.token.subject).key)


def _finish_find(asking: Asking) -> Reply:
    context = asking.context
    meeting = _meeting(context, asking.subject_id or 0)
    wanted = fold(asking.answers["letters"])
    found = [seat for seat in seats(context.work, meeting) if wanted in fold(roll_call.name(context.work, seat))][
        :FOUND
    ]
    if not found:
        return Message(Markup(_("Nobody of this meeting has these letters in the name.")))
    return [_one(context, meeting, seat) for seat in found]


def _one(context: Context, meeting: Meeting, seat: Seat) -> Message:
    buttons = [
        button(
            words.capital(_mode_words(mode)), token("attendance.tap", seat.invitation.id, argument=f"{mode.value}.0")
        )
        for mode in Mode
    ]
    state = notices.record_words(context.work, meeting, seat)
    return Message(html("{who}: {state}", who=roll_call.name(context.work, seat), state=state), grid(buttons, 3))


FIND = Form(
    "find a name",
    lambda asking: _("Find a name"),
    (steps.text("letters", N_("Letters"), N_("Type a few letters of the name, with or without accents."), 60),),
    _finish_find,
    confirms=False,
)


def on_accept(context: Context) -> Reply:
    """The chair accepts who sits there without an approved substitution; a second tap says how it stands."""
    invitation = access.load(context.work, Invitation, context.token.subject)
    meeting = access.load(context.work, Meeting, invitation.meeting_id)
    seat = attendance.accept_composition(context.work, meeting, invitation.key)
    said = html(
        "{who}: {state}",
        who=roll_call.name(context.work, seat),
        state=notices.record_words(context.work, meeting, seat),
    )
    return Message(
        lines(html("<b>{title}</b>", title=_("Accepted")), said), card=f"composition:{invitation.id}", edit=True
    )


ROUTES: list[Route] = [
    command("diemdanh", on_roll_calls, "diem danh"),
    press("attendance.roll", on_roll),
    press("attendance.tap", on_tap),
    press("attendance.other", on_other),
    press("attendance.all", on_all),
    press("attendance.find", on_find),
    press("attendance.accept", on_accept),
    form(FIND),
]
