"""Parts of a platform that can fail or be used up by themselves: a channel, one bot of several, one chat."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, false, or_


def bot_of(address: str) -> str:
    """Addresses of a channel with several bots begin with the bot's id and a colon."""
    return address.rpartition(":")[0]


@dataclass(frozen=True, slots=True)
class Place:
    """A whole channel, or the chats of one `bot`, or one chat at an `address`."""

    channel: str
    bot: str = ""
    address: str = ""

    def holds(self, channel: str, address: str) -> bool:
        """Whether a chat lies here."""
        return channel == self.channel and self.bot in ("", bot_of(address)) and self.address in ("", address)

    def where(self, channel: Any, address: Any) -> ColumnElement[bool]:
        """The condition on two columns under which a row lies here."""
        parts: list[ColumnElement[bool]] = [channel == self.channel]
        if self.address:
            parts.append(address == self.address)
        elif self.bot:
            parts.append(address.startswith(f"{self.bot}:", autoescape=True))
        return and_(*parts)


def place_of(channel: str, address: str) -> Place:
    """The smallest part of a platform that fails as one: the bot, else the channel."""
    return Place(channel, bot_of(address))


def anywhere(places: Iterable[Place], channel: Any, address: Any) -> ColumnElement[bool]:
    """The condition under which a row lies in any of the places."""
    return or_(false(), *(place.where(channel, address) for place in places))
