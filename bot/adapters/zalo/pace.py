"""How fast one bot may send: the platform tells no numbers, so we hold back by our own."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeAlias

Sleep: TypeAlias = Callable[[float], Awaitable[None]]

REMEMBERED_CHATS = 1000


@dataclass(frozen=True, slots=True)
class ZaloLimits:
    """Messages a second of one bot, and seconds between two messages in one chat."""

    per_second: float = 5.0
    chat_gap: float = 1.0


class Pace:
    """Evenly spaced turns of one bot, and a gap within each chat."""

    def __init__(self, limits: ZaloLimits, sleep: Sleep) -> None:
        self._limits = limits
        self._sleep = sleep
        self._next = 0.0
        self._next_in: dict[str, float] = {}

    async def turn(self, chat_id: str) -> None:
        """Wait until one more message may go to the chat."""
        now = asyncio.get_running_loop().time()
        mine = max(now, self._next, self._next_in.get(chat_id, 0.0))
        self._next = max(now, self._next) + 1 / self._limits.per_second
        if len(self._next_in) > REMEMBERED_CHATS:
            self._next_in = {chat: moment for chat, moment in self._next_in.items() if moment > now}
        self._next_in[chat_id] = mine + self._limits.chat_gap
        if mine > now:
            await self._sleep(mine - now)
