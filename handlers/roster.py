"""The sheet to sign: to be printed, and typed in after the meeting, a line for a person or a run of numbers."""

from collections.abc import Callable
from typing import Any

from bot.buttons import token
from bot.context import Context, Reply
from bot.forms import engine, steps
from bot.forms.form import Asking, Form
from bot.i18n import _
from bot.messages import Button, Message, Row, Style, button, html, lines
from bot.routes import Route, form, press
from handlers import check_in
from models.meetings import Meeting
from models.people import Person
from rules.errors import N_
from services import access, attendance, roll_call, roster
from services.notices import words
from services.roster import Signed
from services.seats import Seat


def buttons(meeting: Meeting) -> Row:
    """Under the roll call."""
    return (
        button(_("Sheet to print and sign"), token("roster.print", meeting.id)),
        button(_("Type in the signed sheet"), token("roster.type", meeting.id)),
    )


def on_print(context: Context) -> Reply:
    access.require_office(context.work)
    meeting = access.standing_meeting(context.work, context.token.subject)
    sheet = roster.sheet(context.work, meeting, check_in.address(context, meeting))
    text = lines(
        html("<b>{title}</b>", title=_("Sheet to sign: {meeting}").format(meeting=words.meeting_in_short(meeting))),
        _("Afterwards press “Type in the signed sheet”; the numbers are those of the sheet."),
    )
    return Message(text, (_roll_call(meeting),), (sheet,))


def _roll_call(meeting: Meeting) -> tuple[Button]:
    return (button(_("Roll call"), token("attendance.roll", meeting.id, argument="p.0"), Style.PRIMARY),)


def on_type(context: Context) -> Reply:
    return engine.start(context, TYPE_IN, _meeting(context, context.token.subject).key)


def _meeting(context: Context, key: int) -> Meeting:
    access.require_office(context.work)
    meeting = access.load(context.work, Meeting, key)
    roll_call.require_held(context.work, meeting)
    return meeting


def _numbered(asking: Asking) -> tuple[Meeting, list[Seat]]:
    meeting = _meeting(asking.context, asking.subject_id or 0)
    return meeting, roster.numbered(asking.context.work, meeting)


def _reads(asking: Asking) -> Callable[[str], Any]:
    meeting, found = _numbered(asking)
    return lambda line: roster.read(asking.context.work, meeting, found, line).to_json()


def _shows(asking: Asking) -> Callable[[Any], str]:
    """12 7h55 (Vũ Đình Khải): so that a number mistyped is seen."""
    work = asking.context.work
    found = {seat.invitation.key: seat for seat in _numbered(asking)[1]}

    def who(signed: Signed) -> list[str]:
        if signed.person_id is not None:
            return [access.load(work, Person, signed.person_id).full_name]
        known = [found[key] for key in signed.invitation_ids if key in found]
        return [attendance.expected(work, seat).full_name for seat in known if seat.holder is not None]

    def shown(value: Any) -> str:
        signed = Signed.from_json(value)
        names = who(signed)
        named = names[0] if len(names) == 1 else _("{first} to {last}").format(first=names[0], last=names[-1])
        return f"{signed.text} ({named})"

    return shown


def _finish(asking: Asking) -> Reply:
    meeting = _meeting(asking.context, asking.subject_id or 0)
    number = roster.enter(asking.context.work, meeting, [Signed.from_json(one) for one in asking.answers["lines"]])
    said = _("Typed in from the sheet: {number}.").format(number=number)
    return Message(html("<b>{said}</b>", said=said), (_roll_call(meeting),), edit=True)


TYPE_IN = Form(
    "signed sheet",
    lambda asking: _("From the signed sheet"),
    (
        steps.typed_lines(
            "lines",
            N_("Lines"),
            N_(
                "Please type what the sheet says, a line each, by its numbers: “1-9” have signed; "
                "“12 7h55” came then; “12 7h55 10h30” came and left; “12 vắng”; “12 thay Thu” somebody else signed."
            ),
            _reads,
            _shows,
        ),
    ),
    _finish,
)

ROUTES: list[Route] = [press("roster.print", on_print), press("roster.type", on_type), form(TYPE_IN)]
