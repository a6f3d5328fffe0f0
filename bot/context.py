"""What a handler is given: the event, who did it, and the work to do it in."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from bot.buttons import Token
from bot.events import ButtonPressed, Event, TextReceived
from bot.messages import Message
from bot.work import Work
from models.people import ChannelAccount, Person
from rules.errors import NotAllowedError

PAGE, PAGE_OF_TEXT = 12, 5
Reply: TypeAlias = Message | Sequence[Message] | None


def messages(reply: Reply) -> Sequence[Message]:
    """Each message of a reply."""
    return [reply] if isinstance(reply, Message) else reply or ()


@dataclass(frozen=True, slots=True)
class Context:
    """One event being handled. `person` is None for a citizen; without buttons answers are typed.

    A channel that takes no files still takes pictures. `rest` is what was typed behind a choice, perhaps a reason.

    `link_for` is the address that opens a chat with us and brings a code; empty where no platform has such.
    `citizens_bot` is where citizens are to write instead, where this bot is kept for officials.
    """

    event: Event
    work: Work
    account: ChannelAccount
    person: Person | None
    token: Token = Token("")
    has_buttons: bool = True
    takes_files: bool = True
    citizens_bot: str = ""
    rest: str = ""
    link_for: Callable[[str], str] = lambda code: ""

    @property
    def official(self) -> Person:
        """The person who acts; raises NotAllowedError for a citizen."""
        if self.person is None:
            raise NotAllowedError()
        return self.person

    @property
    def page_size(self) -> int:
        """How many of a list fit a screen: without buttons the choices stand as lines below it."""
        return PAGE if self.has_buttons else PAGE_OF_TEXT

    @property
    def was_pressed(self) -> bool:
        return isinstance(self.event, ButtonPressed)

    @property
    def typed(self) -> str:
        """What follows the command, or the whole text."""
        if not isinstance(self.event, TextReceived):
            return ""
        text = self.event.text.strip()
        if text.startswith("/"):
            return text.partition(" ")[2].strip()
        return text
