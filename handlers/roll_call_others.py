"""The roll call: who of the unit came instead of whom was expected."""

from bot.buttons import token
from bot.context import Context
from bot.i18n import _
from bot.messages import Button, Message, button, column, html, lines
from models.meetings import Invitation, Meeting
from models.people import Person
from rules.errors import StaleError
from services import access, people, roll_call
from services.notices import words

IN_TIME, LATE = "p", "l"


def choice(context: Context, meeting: Meeting, invitation_id: int, page: int) -> Message:
    """The people of the unit, one tap each; once the meeting runs another one for who came just now."""
    work = context.work
    post = access.post_of(work, access.load(work, Invitation, invitation_id))
    times = [IN_TIME] if work.now < meeting.starts_at else [IN_TIME, LATE]
    taps = [
        _button(person, invitation_id, time, page)
        for person in roll_call.others(work, meeting, invitation_id)
        for time in times
    ]
    text = lines(
        html("<b>{title}</b>", title=_("Who came instead?")),
        html("{meeting}", meeting=words.capital(words.meeting_in_short(meeting))),
        html(_("Invited: {invitee}"), invitee=people.full_title(post, people.unit_of(work, post))),
    )
    back = button(_("Back to the list"), token("attendance.roll", meeting.id, argument=f"p.{page}"))
    return Message(text, (*column(*taps), (back,)), edit=context.was_pressed)


def _button(person: Person, invitation_id: int, time: str, page: int) -> Button:
    label = person.full_name if time == IN_TIME else _("{name}, just arrived").format(name=person.full_name)
    return button(label, token("attendance.other", invitation_id, argument=f"{person.id}.{time}.{page}"))


def chosen(argument: str) -> tuple[int, bool, int]:
    """Who, whether just now, and the page of the list to go back to."""
    person, time, page = [*argument.split("."), "", ""][:3]
    if not person.isdecimal() or time not in (IN_TIME, LATE) or not page.isdecimal():
        raise StaleError()
    return int(person), time == LATE, int(page)
