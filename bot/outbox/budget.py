"""How many messages a platform lets us send in a month, how many of them are sent, and who has to wait then."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, func, select

from bot.clock import LOCAL_ZONE
from bot.outbox.places import Place, anywhere, bot_of
from models.outbox import DeliveryState, OutboxMessage, Priority


@dataclass(frozen=True, slots=True)
class Budget:
    """Messages in a calendar month, of one bot and to one chat; 0 is no limit."""

    monthly: int = 0
    per_chat: int = 0


@dataclass(frozen=True, slots=True)
class Spent:
    """What was sent in a month, by bot and by chat."""

    bots: Counter[str]
    chats: Counter[str]


def month_of(now: datetime) -> datetime:
    """When the calendar month began in Vietnam."""
    return now.astimezone(LOCAL_ZONE).replace(day=1, hour=0, minute=0, second=0, microsecond=0)


def spent(session: Session, channel: str, now: datetime) -> Spent:
    """What was sent this month."""
    rows = session.exec(
        select(OutboxMessage.address, func.sum(OutboxMessage.pieces))
        .where(
            OutboxMessage.channel == channel,
            col(OutboxMessage.pieces) > 0,
            col(OutboxMessage.settled_at) >= month_of(now),
        )
        .group_by(OutboxMessage.address)
    ).all()
    found = Spent(Counter(), Counter())
    for address, pieces in rows:
        found.chats[address] += pieces
        found.bots[bot_of(address)] += pieces
    return found


def used_up(channel: str, budget: Budget, found: Spent) -> list[Place]:
    """Where only answers and urgent news may still go."""
    bots = [Place(channel, bot) for bot, number in found.bots.items() if 0 < budget.monthly <= number]
    chats = [Place(channel, address=chat) for chat, number in found.chats.items() if 0 < budget.per_chat <= number]
    return [*bots, *chats]


def count_waiting(session: Session, places: Sequence[Place]) -> int:
    """How many messages wait there for the next month, or for another chat."""
    return session.exec(
        select(func.count())
        .select_from(OutboxMessage)
        .where(
            OutboxMessage.state == DeliveryState.QUEUED,
            OutboxMessage.priority != Priority.REPLY,
            col(OutboxMessage.is_urgent).is_(False),
            col(OutboxMessage.is_echo).is_(False),
            anywhere(places, col(OutboxMessage.channel), col(OutboxMessage.address)),
        )
    ).one()


class Meter:
    """Reads for a courier what is used up; anew after each send and each month, for nobody else sends."""

    def __init__(self, channel: str, budget: Budget) -> None:
        self._channel = channel
        self._budget = budget
        self._month: datetime | None = None
        self._places: list[Place] = []

    def stale(self) -> None:
        """Something was sent."""
        self._month = None

    def used_up(self, session: Session, now: datetime) -> list[Place]:
        if self._month != month_of(now):
            self._places = used_up(self._channel, self._budget, spent(session, self._channel, now))
            self._month = month_of(now)
        return self._places
