"""In which chats somebody is reached, which of them he prefers, and what waits because none works."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.outbox import budget, rerouting
from bot.outbox.places import Place
from bot.work import Work
from models.offices import accounts_of
from models.people import ChannelAccount, Person
from rules.errors import StaleError

# Names are the same in every language.
CHANNEL_NAMES = {"telegram": "Telegram", "zalo": "Zalo", "simulator": "Simulator", "simulator_text": "Simulator (text)"}


@dataclass(frozen=True, slots=True)
class Chat:
    """A chat of somebody: the channel's name, whether messages arrive there, whether new ones go there."""

    channel: str
    is_reachable: bool
    is_used: bool

    @property
    def name(self) -> str:
        return channel_name(self.channel)


def channel_name(channel: str) -> str:
    return CHANNEL_NAMES.get(channel, channel)


def chats_of(work: Work, person: Person) -> list[Chat]:
    """His chats, last used first."""
    closed = closed_places(work)
    used = work.best_account(person)
    return [
        Chat(account.channel, account.is_reachable and not _lies_in(account, closed), account is used)
        for account in accounts_of(work.session, person.key)
    ]


def _lies_in(account: ChannelAccount, places: Sequence[Place]) -> bool:
    return any(place.holds(account.channel, account.address) for place in places)


def prefer(work: Work, person: Person, channel: str) -> None:
    """From now on he is addressed there; with no channel, on the one that he used last."""
    if channel and all(account.channel != channel for account in accounts_of(work.session, person.key)):
        raise StaleError()
    person.preferred_channel = channel
    work.record("person.channel_preferred", person, channel=channel)


def closed_places(work: Work) -> list[Place]:
    """Where notices do not go out at present: no answer from the platform, or the month's messages used up."""
    places = rerouting.in_trouble(work.session, work.now)
    for channel, limits in work.budgets.items():
        places.extend(budget.used_up(channel, limits, budget.spent(work.session, channel, work.now)))
    return places


def reroute(work: Work) -> int:
    """What waits where nothing goes out is sent to another chat of the same person."""
    return rerouting.reroute(work.session, work.now, closed_places(work))


def people_waiting(work: Work) -> set[int]:
    """Ids of those for whom something waits and who have no other chat."""
    closed = closed_places(work)
    return rerouting.people_waiting(work.session, closed) if closed else set()
