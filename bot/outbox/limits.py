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
# The platform's second may begin a little later than ours.
MARGIN = 1.01


class Pacer:
    """Evenly spaced turns (GCRA with a burst of one), and pauses that the platform demands."""

    def __init__(self, per_second: float, clock: Callable[[], float] = monotonic) -> None:
        self.per_second = per_second * SHARE_OF_LIMIT
        self._gap = 1 / self.per_second
        self._clock = clock
        self._next = 0.0
        # When the last ones went, about a second's worth.
        self._gone: deque[float] = deque(maxlen=max(1, int(per_second)))
        self._span = max(1, int(per_second)) / per_second * MARGIN
        self._paused_until = 0.0
        self._gates: dict[str, float] = {}

    async def turn(self) -> None:
        """Wait for a turn among the notices; a pause may have begun meanwhile."""
        now = self._clock()
        mine = max(self._next, now)
        self._next = mine + self._gap
        if mine > now:
            await asyncio.sleep(mine - now)
        # A busy process wakes several at once: together they must not exceed what a second takes.
        await self.answer_turn()

    async def answer_turn(self) -> None:
        """Answers do not wait for their turn, only for what a second takes; the notices give way to them."""
        while True:
            left = self._left()
            if left <= 0:
                break
            await asyncio.sleep(left)
        self._gone.append(self._clock())

    def _left(self) -> float:
        if len(self._gone) < (self._gone.maxlen or 0):
            return 0.0
        return self._gone[0] + self._span - self._clock()

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
