"""The receive loop: polling or webhook, an update stored before it is confirmed, every failure survived."""

import asyncio
import hmac
import json
import logging
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

from bot.adapters.telegram.api import BotApi
from bot.adapters.telegram.errors import PAUSE, TOKEN_PAUSE, is_token_trouble
from bot.adapters.telegram.request import AnswerLost, Refused
from bot.adapters.telegram.updates import ALLOWED_UPDATES, raw_event
from bot.channel import Store
from bot.clock import Clock
from bot.insistence import StoreFailedError, stored
from bot.logs import redacted

log = logging.getLogger(__name__)

POLL_SECONDS = 50
LONGEST_PAUSE = 30.0
WEBHOOK_CHECK_SECONDS = 60.0
WEBHOOK_NEWS = timedelta(minutes=5)
# Low, so that a burst waits at the platform, which repeats what it was not thanked for.
WEBHOOK_CONNECTIONS = 10

Sleep = Callable[[float], Awaitable[None]]
Step = Callable[[], Awaitable[str]]


class Receiver:
    """Receives for one bot. `trouble` is what is wrong now; each step of the loop returns what it found wrong."""

    def __init__(self, api: BotApi, clock: Clock, webhook_url: str, webhook_secret: str, sleep: Sleep) -> None:
        self.trouble = "not connected yet"
        self.username = ""
        self._api = api
        self._clock = clock
        self._webhook_url = f"{webhook_url.rstrip('/')}/telegram" if webhook_url else ""
        self._secret = webhook_secret
        self._sleep = sleep
        self._offset = 0

    async def receive(self, store: Store) -> None:
        if not self.username:
            await self._persist(self._identify)
        if self._webhook_url:
            await self._persist(self._set_webhook)
            while True:
                await self._sleep(WEBHOOK_CHECK_SECONDS)
                await self._persist(self._check_webhook)
        await self._persist(self._delete_webhook)
        while True:
            await self._persist(lambda: self._poll(store))

    async def greet(self, patience: float) -> None:
        """Learn the bot's name if the platform is there."""
        try:
            async with asyncio.timeout(patience):
                self.trouble = await self._identify()
        except TimeoutError:
            self._report(f"no answer within {patience:g} seconds")
        except Exception as error:
            self._report(_trouble(error))

    async def _identify(self) -> str:
        me = await self._api.call("getMe")
        self.username = str(me["username"])
        return ""

    async def accept(self, secret_header: str | None, body: bytes, store: Store) -> int:
        """One call of the webhook; returns the HTTP status to answer with."""
        expected = self._secret.encode()
        if not expected or not hmac.compare_digest((secret_header or "").encode(), expected):
            return 401
        try:
            event = raw_event(json.loads(body))
        except (ValueError, RecursionError):
            return 400
        try:
            await stored(store, [event])
        except StoreFailedError as error:
            log.error("telegram webhook: %s", error)
            return 500
        return 200

    async def _poll(self, store: Store) -> str:
        try:
            updates = await self._api.call("getUpdates", self._question(), read_timeout=POLL_SECONDS + 10.0)
        except Refused as error:
            if error.code == 409 and "webhook" in error.description:
                await self._delete_webhook()
            raise
        if updates:
            events = [raw_event(update) for update in updates]
            await stored(store, events)
            # Only now may the next poll confirm them.
            self._offset = max(int(event.event_id) for event in events) + 1
        return ""

    def _question(self) -> dict[str, Any]:
        return {
            "offset": self._offset or None,
            # After trouble the answer shall come at once, so that it is known when the trouble is over.
            "timeout": 0 if self.trouble else POLL_SECONDS,
            "limit": 100,
            "allowed_updates": ALLOWED_UPDATES,
        }

    async def _set_webhook(self) -> str:
        wanted = {
            "url": self._webhook_url,
            "secret_token": self._secret,
            "allowed_updates": ALLOWED_UPDATES,
            "max_connections": WEBHOOK_CONNECTIONS,
        }
        await self._api.call("setWebhook", wanted)
        return ""

    async def _delete_webhook(self) -> str:
        # Without `drop_pending_updates`: they were said to us while we were away.
        await self._api.call("deleteWebhook")
        return ""

    async def _check_webhook(self) -> str:
        info = await self._api.call("getWebhookInfo")
        if info.get("url") != self._webhook_url:
            return await self._set_webhook()
        age = self._clock.now().timestamp() - float(info.get("last_error_date") or 0)
        if timedelta(seconds=age) > WEBHOOK_NEWS:
            return ""
        return redacted(f"webhook: {info.get('last_error_message')}, {info.get('pending_update_count')} waiting")

    async def _persist(self, step: Step) -> None:
        """Repeat the step until it succeeds."""
        failures = 0
        while True:
            try:
                self.trouble = await step()
            except Exception as error:
                pause = _pause(error, failures)
                if pause:
                    self._report(_trouble(error))
            else:
                return
            failures += 1
            await self._sleep(pause)

    def _report(self, trouble: str) -> None:
        if trouble != self.trouble:
            log.warning("telegram: %s", trouble)
        self.trouble = trouble


def _pause(error: Exception, failures: int) -> float:
    if isinstance(error, AnswerLost) and not failures:
        # Telegram and what lies between close long polls for no reason; the next one mostly works.
        return 0.0
    if isinstance(error, Refused):
        if error.code == 429:
            return error.retry_after or PAUSE
        if is_token_trouble(error):
            return TOKEN_PAUSE
        if error.code == 409:
            return min(LONGEST_PAUSE, PAUSE * 2.0**failures)
    return min(LONGEST_PAUSE, 2.0 ** min(failures, 10))


def _trouble(error: Exception) -> str:
    if isinstance(error, Refused):
        if is_token_trouble(error):
            return "the token is not valid"
        if error.code == 409:
            return f"another instance polls or has a webhook: {redacted(error.description)}"
    if isinstance(error, StoreFailedError):
        return str(error)
    return redacted(f"{type(error).__name__}: {error}")
