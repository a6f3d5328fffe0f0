"""What every adapter insists on: events are stored before they are confirmed, a message begun is sent to its end."""

from collections.abc import Awaitable, Callable, Sequence

from bot.channel import RawEvent, RetryLater, Store, Uncertain

_ATTEMPTS = 3
_LONGEST_WAIT = 10.0


class StoreFailedError(Exception):
    """The inbox could not take the events, so they must not be confirmed, nor further ones asked for."""


async def stored(store: Store, events: Sequence[RawEvent]) -> None:
    """Raises StoreFailedError, which names the kind of the failure only: its text may quote what people wrote."""
    if not events:
        return
    try:
        await store(events)
    except Exception as error:
        problem = type(error).__name__
    else:
        return
    raise StoreFailedError(f"{len(events)} events could not be stored: {problem}")


async def followed(deliver: Callable[[], Awaitable[str]], sleep: Callable[[float], Awaitable[None]]) -> str:
    """For what follows a part that has arrived: the whole must not be sent again for the sake of the rest."""
    reason = ""
    for _ in range(_ATTEMPTS):
        try:
            return await deliver()
        except RetryLater as error:
            reason = str(error)
            await sleep(min(error.after, _LONGEST_WAIT))
    raise Uncertain(f"only a part was delivered: {reason}")
