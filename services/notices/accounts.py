"""What somebody is told about his own chats."""

from bot.i18n import _
from bot.messages import Message, html
from bot.work import Work
from models.people import Person


def unlinked(work: Work, person: Person, channel: str) -> Message:
    """In the chats that are left to him."""
    text = _(
        "The Office has unlinked your chat in {channel}. If you did not ask for that, please tell the Office at once."
    )
    return Message(html(text, channel=channel))
