"""Checking in: by the square at the door, by its code typed, or by one's own tap where the body allows it."""

from markupsafe import Markup

from bot.buttons import token
from bot.context import Context, Reply
from bot.i18n import _, short_moment
from bot.messages import Message, Style, button, html, lines
from bot.routes import Route, press
from models.attendance import Method, meeting_with_code
from models.meetings import Meeting
from reports.pictures import qr_png
from rules.errors import StaleError
from services import access, attendance
from services.notices import attendance as notices
from services.notices import words
from services.regulation import regulation

# Before the code in an address, so that it is never taken for a linking code.
PREFIX = "hop-"


def on_typed(context: Context) -> Reply:
    """What stands at the door, typed; None where it is no such code."""
    return by_code(context, context.typed, Method.CODE) if is_door_code(context.typed) else None


def is_door_code(text: str) -> bool:
    """Whether this looks like what stands at the door, typed or brought by the address in the square."""
    code = _code(text)
    return len(code) == attendance.CODE_LENGTH and set(code) <= set(attendance.ALPHABET)


def _code(text: str) -> str:
    return text.strip().removeprefix(PREFIX).replace(" ", "").upper()


def by_code(context: Context, text: str, method: Method) -> Reply:
    """Check in at the meeting with this code; None where there is no such meeting."""
    meeting = meeting_with_code(context.work.session, _code(text))
    if meeting is None:
        return None
    return _checked_in(context, meeting, method)


def on_start(context: Context) -> Reply:
    """The square was read: the platform brings its code."""
    if context.person is None:
        return Message(
            Markup(_("Only officials whose chat is linked can check in. Please type your linking code first."))
        )
    return by_code(context, context.typed, Method.QR) or Message(
        Markup(_("There is no meeting with this code. Nothing was recorded."))
    )


def on_here(context: Context) -> Reply:
    """One's own tap, from the meeting in `/lich`."""
    if not regulation(context.work).switches["attendance.self_check_in"]:
        raise StaleError()
    return _checked_in(context, access.load(context.work, Meeting, context.token.subject), Method.SELF)


def on_online(context: Context) -> Reply:
    if not regulation(context.work).switches["attendance.self_check_in"]:
        raise StaleError()
    return _checked_in(context, access.load(context.work, Meeting, context.token.subject), Method.SELF, is_online=True)


def _checked_in(context: Context, meeting: Meeting, method: Method, *, is_online: bool = False) -> Message:
    seat = attendance.check_in(context.work, meeting, method, is_online=is_online)
    return notices.checked_in(context.work, context.official, meeting, seat)


def address(context: Context, meeting: Meeting) -> str:
    """What the square holds; empty where no platform opens a chat by an address."""
    return context.link_for(PREFIX + attendance.door_code(context.work, meeting))


def on_door(context: Context) -> Reply:
    """For the Office: the square to show on the screen or to print, and the code beneath it."""
    access.require_office(context.work)
    meeting = access.standing_meeting(context.work, context.token.subject)
    code, link = attendance.door_code(context.work, meeting), address(context, meeting)
    picture = context.work.attach(f"diem-danh-{meeting.code}.png", qr_png(link or code), "image/png")
    opens = meeting.starts_at - attendance.OPENS_BEFORE
    text = lines(
        html("<b>{title}</b>", title=_("Check-in: {meeting}").format(meeting=words.meeting_in_short(meeting))),
        html(_("Code: <b>{code}</b>"), code=code),
        _("In Telegram the square is read with the telephone's camera; in Zalo the code is typed.")
        if link
        else _("The code is typed in the chat."),
        _("Valid from {start} to {end}.").format(start=short_moment(opens), end=short_moment(meeting.ends_at)),
    )
    back = (button(_("Roll call"), token("attendance.roll", meeting.id, argument="p.0"), Style.PRIMARY),)
    return Message(text, (back,), (picture,))


ROUTES: list[Route] = [
    press("check_in.here", on_here),
    press("check_in.online", on_online),
    press("check_in.door", on_door),
]
