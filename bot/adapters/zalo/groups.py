"""Groups: we serve people in private chats only, and say so in a group once a day."""

from datetime import date

from bot.clock import Clock
from bot.i18n import local_day

MOST_REMEMBERED = 1000


class GroupRefusals:
    """Which groups have heard it today; what a restart forgets costs one more message."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._day: date | None = None
        self._told: set[str] = set()

    def is_due(self, chat_id: str) -> bool:
        """True once a day for each group."""
        today = local_day(self._clock.now())
        if today != self._day:
            self._day, self._told = today, set()
        if chat_id in self._told or len(self._told) >= MOST_REMEMBERED:
            return False
        self._told.add(chat_id)
        return True
