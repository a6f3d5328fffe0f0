"""How fast a platform may be sent to: a pacer for all chats together, and a gate for each chat.

Only the process that holds the channel's lease sends, so what it remembers here is all there is to know.
"""

import asyncio
from collections import deque
from collections.abc import Callable
from time import monotonic

# A little under the published limit: a strict window would punish the last hundredth.
SHARE_OF_LIMIT = 0.98
CHAT_GAP_SECONDS = 1.1
# The platform's second may begin a little later than ours: what is on its way takes longer at one time than at another.
MARGIN = 1.03


class Pacer:
    """Evenly spaced turns for news (GCRA with a burst of one), room for answers, pauses that the platform demands."""

    def __init__(self, per_second: float, clock: Callable[[], float] = monotonic) -> None:
        self.per_second = per_second * SHARE_OF_LIMIT
        self._gap = 1 / self.per_second
        self._clock = clock
        self._next = 0.0
        self._places = max(1, int(per_second))
        self._span = self._places / per_second * MARGIN
        # When the last ones went, about a second's worth.
        self._gone: deque[float] = deque()
        self._paused_until = 0.0
        self._answers_in_line = asyncio.Lock()
        self.answers_waiting = 0
        self._answered = 0.0
        self._gates: dict[str, float] = {}

    async def turn(self) -> None:
        """Wait for a turn among the notices; a pause may have begun meanwhile."""
        now = self._clock()
        mine = max(self._next, now)
        self._next = mine + self._gap
        if mine > now:
            await asyncio.sleep(mine - now)
        # A busy process wakes several at once: together they must not exceed what a second takes.
        while True:
            left = self._gap if self.answers_waiting else self._left()
            if left <= 0:
                break
            await asyncio.sleep(left)
        self._gone.append(self._clock())

    async def answer_turn(self) -> None:
        """An answer goes at once, or as soon as the second has room: ahead of all news, in the order of asking."""
        self.answers_waiting += 1
        try:
            async with self._answers_in_line:
                if self.room <= self._places / 2:
                    # A second's worth in one bunch would arrive scattered, and the next bunch too early.
                    await asyncio.sleep(max(0.0, self._answered + self._gap - self._clock()))
                while True:
                    left = self._left()
                    if left <= 0:
                        break
                    await asyncio.sleep(left)
                self._answered = self._clock()
                self._gone.append(self._answered)
        finally:
            self.answers_waiting -= 1

    @property
    def room(self) -> int:
        """How many may go at once."""
        since = self._clock() - self._span
        while self._gone and self._gone[0] <= since:
            self._gone.popleft()
        return self._places - len(self._gone)

    def _left(self) -> float:
        """Seconds until there is room."""
        return 0.0 if self.room > 0 else self._gone[0] + self._span - self._clock()

    def pause(self, seconds: float) -> None:
        """Nothing goes out for a while."""
        self._paused_until = max(self._paused_until, self._clock() + seconds)

    @property
    def pause_left(self) -> float:
        return max(0.0, self._paused_until - self._clock())

    def close_gate(self, address: str) -> None:
        """Something went to this chat: the next notice waits until it has had a second for each, others go first."""
        now = self._clock()
        if len(self._gates) > 1000:
            self._gates = {chat: until for chat, until in self._gates.items() if until > now}
        self._gates[address] = max(self._gates.get(address, 0.0), now) + CHAT_GAP_SECONDS

    def gated(self) -> list[str]:
        """Chats whose gate is closed now."""
        now = self._clock()
        return [address for address, until in self._gates.items() if until > now]
