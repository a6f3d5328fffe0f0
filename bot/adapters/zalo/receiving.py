"""The receive loop of one bot: polling or webhook, an event stored before the next is asked for, failures survived."""

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any

from bot.adapters.zalo import updates
from bot.adapters.zalo.api import AnswerLost, Refused
from bot.adapters.zalo.bots import Bot, verification_trouble
from bot.adapters.zalo.pace import Sleep
from bot.channel import RawEvent, Store
from bot.insistence import StoreFailedError, stored
from bot.logs import redacted

log = logging.getLogger(__name__)

POLL_SECONDS = 30
# While there was trouble the answer shall come soon, so that it is known when it is over.
SHORT_POLL_SECONDS = 1
POLL_PATIENCE = 7.0
SHORTEST_ROUND = 1.0
PAUSE = 5.0
QUOTA_PAUSE = 60.0
TOKEN_PAUSE = 60.0
WEBHOOK_CHECK_SECONDS = 60.0
SHORTEST_SECRET, LONGEST_SECRET = 8, 256
IDENTIFY_PATIENCE = 5.0
NOTHING_NEW = 408

Step = Callable[[], Awaitable[str]]


@dataclass(frozen=True, slots=True)
class Webhook:
    """Where the platform pushes to, and what it shows; an empty `url` means polling."""

    url: str
    secret: str


class Receiver:
    """Receives for one bot. `trouble` is what is wrong now; each step of the loop returns what it found wrong."""

    def __init__(self, bot: Bot, webhook: Webhook, sleep: Sleep, refuse_group: Callable[[str], None]) -> None:
        self.trouble = "not connected yet"
        self.secret = webhook.secret
        self._bot = bot
        self._webhook_url = webhook.url
        self._sleep = sleep
        self._refuse_group = refuse_group
        self._unstored: list[RawEvent] = []

    async def greet(self, patience: float) -> None:
        """Learn who we are if the platform is there."""
        try:
            async with asyncio.timeout(patience):
                self.trouble = await self._identify()
        except TimeoutError:
            self._report(f"no answer within {patience:g} seconds")
        except Exception as error:
            self._report(_trouble(error))

    async def receive(self, store: Store) -> None:
        await self._persist(self._identify)
        if self._webhook_url:
            await self._persist(self._set_webhook)
            while True:
                await self._sleep(WEBHOOK_CHECK_SECONDS)
                await self._persist(self._check_webhook)
        await self._persist(self._delete_webhook)
        while True:
            await self._persist(lambda: self._poll(store))

    async def _identify(self) -> str:
        await self._bot.identify()
        return ""

    async def accept(self, body: bytes, store: Store) -> int:
        """One push that has shown the right secret; returns the HTTP status to answer with."""
        try:
            event = updates.unwrapped(json.loads(body))
        except (ValueError, RecursionError):
            event = None
        if event is None:
            # The platform probes an address with an empty or unusual body, and tells of events we do not know.
            return 200
        if not await self._bot.is_identified(IDENTIFY_PATIENCE):
            return 503
        events = self._ours([event])
        try:
            await stored(store, events)
        except StoreFailedError as error:
            log.error("zalo webhook: %s", error)
            return 500
        return 200

    async def _poll(self, store: Store) -> str:
        await self._store_rest(store)
        began = _running_time()
        seconds = SHORT_POLL_SECONDS if self.trouble else POLL_SECONDS
        try:
            # The documentation wants a string here.
            result = await self._bot.api.call(
                "getUpdates", {"timeout": str(seconds)}, read_timeout=seconds + POLL_PATIENCE
            )
        except Refused as error:
            if error.code == 400:
                # Polling is refused while a webhook is set.
                await self._delete_webhook()
            if error.code != NOTHING_NEW:
                raise
            result = None
        # One object as documented, or several; it is not handed out twice, so it is kept until it is stored.
        self._unstored = self._ours(result if isinstance(result, list) else [result])
        if not self._unstored:
            await self._sleep(max(0.0, began + SHORTEST_ROUND - _running_time()))
        await self._store_rest(store)
        return ""

    async def _store_rest(self, store: Store) -> None:
        await stored(store, self._unstored)
        self._unstored = []

    def _ours(self, bodies: Sequence[Any]) -> list[RawEvent]:
        """What people said to this bot in private chats."""
        found = []
        for event in filter(None, map(updates.unwrapped, bodies)):
            chat_id, chat_type = updates.chat_of(event)
            if updates.is_from_a_bot(event, self._bot.id):
                continue
            if chat_type in ("", updates.PRIVATE):
                found.append(updates.raw_event(event, self._bot.id))
            elif chat_id:
                self._refuse_group(chat_id)
        return found

    async def _set_webhook(self) -> str:
        if not SHORTEST_SECRET <= len(self.secret) <= LONGEST_SECRET:
            return f"the webhook's secret must have {SHORTEST_SECRET} to {LONGEST_SECRET} characters"
        result = await self._bot.api.call("setWebhook", {"url": self._webhook_url, "secret_token": self.secret})
        return verification_trouble(result.get("verification") if isinstance(result, dict) else None)

    async def _delete_webhook(self) -> str:
        await self._bot.api.call("deleteWebhook")
        return ""

    async def _check_webhook(self) -> str:
        """The platform keeps no history of failures, so a troubled webhook is verified by setting it again."""
        if self.trouble:
            return await self._set_webhook()
        info = await self._bot.api.call("getWebhookInfo")
        if isinstance(info, dict) and info.get("url") == self._webhook_url:
            return ""
        return await self._set_webhook()

    async def _persist(self, step: Step) -> None:
        """Repeat the step until it succeeds."""
        failures = 0
        while True:
            try:
                trouble = await step()
            except Exception as error:
                pause = _pause(error, failures)
                # The first answer that gets lost is not worth a word.
                if failures or not isinstance(error, AnswerLost):
                    self._report(_trouble(error))
            else:
                self._report(trouble)
                return
            failures += 1
            await self._sleep(pause)

    def _report(self, trouble: str) -> None:
        if trouble and trouble != self.trouble:
            log.warning("zalo: %s", trouble)
        self.trouble = trouble


def _running_time() -> float:
    return asyncio.get_running_loop().time()


def _pause(error: Exception, failures: int) -> float:
    if isinstance(error, AnswerLost) and not failures:
        # Long polls are closed for no reason; what is said while nobody polls is lost.
        return SHORTEST_ROUND
    if isinstance(error, StoreFailedError):
        return SHORTEST_ROUND
    if isinstance(error, Refused) and error.code == 401:
        return TOKEN_PAUSE
    if isinstance(error, Refused) and error.code == 429:
        return QUOTA_PAUSE * 2.0 ** min(failures, 5)
    return PAUSE


def _trouble(error: Exception) -> str:
    if isinstance(error, Refused) and error.code == 401:
        return "the token is not valid"
    if isinstance(error, StoreFailedError):
        return str(error)
    return redacted(f"{type(error).__name__}: {error}")
