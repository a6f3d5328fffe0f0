"""`python -m tests.crash.victim STEP COUNT`: the program, which kills itself when it comes to STEP the COUNTth time.

Nothing in the product knows of it: the functions are wrapped here, in the process that is to die.
"""

import functools
import inspect
import os
import runpy
import signal
import sys
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot import inbox
from bot.adapters.telegram.channel import TelegramChannel
from bot.dispatch import Dispatcher
from bot.outbox import limits, queue
from bot.outbox.courier import Courier
from bot.receiver import Receiver

PROGRAM = Path(__file__).parents[2] / "bot.py"


@dataclass(frozen=True)
class Step:
    """A function of the product, on which side of it death waits, and which calls are steps at all."""

    owner: Any
    function: str
    is_after: bool
    counts: Callable[[Sequence[Any], Any], bool] = lambda arguments, result: True


def _found_something(_arguments: Sequence[Any], result: Any) -> bool:
    return bool(result)


STEPS = {
    "before store": Step(Receiver, "_commit", False),
    "after store, before confirm": Step(Receiver, "_commit", True),
    "before commit": Step(inbox, "finish", True),
    "after commit": Step(Dispatcher, "_group", True, _found_something),
    "after claim": Step(Courier, "_settle_and_claim", True, _found_something),
    "before send": Step(TelegramChannel, "send", False),
    "after send, before settle": Step(TelegramChannel, "send", True),
    "before settle": Step(queue, "settle", False, lambda arguments, result: bool(arguments[1])),
}


class Fuse:
    """Burns down by one at each call."""

    def __init__(self, length: int) -> None:
        self._left = length

    def burn(self) -> None:
        self._left -= 1
        if self._left == 0:
            os.kill(os.getpid(), signal.SIGKILL)


def mine(step: Step, fuse: Fuse) -> None:
    """Lay the fuse at the step."""
    original: Callable[..., Any] = getattr(step.owner, step.function)

    @functools.wraps(original)
    def wrapped(*arguments: Any) -> Any:
        if not step.is_after and step.counts(arguments, None):
            fuse.burn()
        result = original(*arguments)
        if inspect.iscoroutine(result):
            return _awaited(result, step, fuse)
        if step.is_after and step.counts(arguments, result):
            fuse.burn()
        return result

    setattr(step.owner, step.function, wrapped)


async def _awaited(result: Awaitable[Any], step: Step, fuse: Fuse) -> Any:
    value = await result
    if step.is_after:
        fuse.burn()
    return value


if __name__ == "__main__":
    # Hundreds of notices for the same few people shall not take hundreds of seconds.
    limits.CHAT_GAP_SECONDS = 0.01
    if sys.argv[1] in STEPS:
        mine(STEPS[sys.argv[1]], Fuse(int(sys.argv[2])))
    sys.argv = [str(PROGRAM), "run"]
    runpy.run_path(str(PROGRAM), run_name="__main__")
