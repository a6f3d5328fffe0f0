"""Updates that wait for the bot: handed out by long poll and confirmed by offset, or pushed to a webhook."""

import asyncio
import time
from collections.abc import Iterable
from typing import Any

import aiohttp

from tests.standins.telegram.checks import Refusal

_ONLY_IF_ASKED = ("chat_member", "message_reaction", "message_reaction_count")
OTHER_POLL = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
WEBHOOK_ACTIVE = (
    "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)


class UpdateQueue:
    """The queue of one bot."""

    def __init__(self) -> None:
        self.pending: dict[int, dict[str, Any]] = {}
        self.confirmed = 0
        self.allowed: list[str] = []
        self.webhook: dict[str, Any] = {}
        self.webhook_retry = 0.05
        self.webhook_answers: list[int] = []
        self._next_id = 1000
        self._poll: asyncio.Future[None] | None = None
        self._deliveries: dict[str, asyncio.Task[None]] = {}
        self._slots = asyncio.Semaphore(40)
        self._session: aiohttp.ClientSession | None = None

    def push(self, update: dict[str, Any]) -> int:
        """Queue what happened, if the bot wants this kind; returns the update's id, 0 if it does not."""
        kind = next(iter(update.keys() - {"update_id"}), "")
        if kind in _ONLY_IF_ASKED if not self.allowed else kind not in self.allowed:
            return 0
        update_id = update.setdefault("update_id", self._next_id)
        self._next_id = max(self._next_id, update_id) + 1
        self.pending[update_id] = update
        if self.webhook:
            self._deliver_soon(_queue_of(update))
        elif self._poll is not None and not self._poll.done():
            self._poll.set_result(None)
        return int(update_id)

    async def poll(self, offset: int, limit: int, seconds: float) -> list[dict[str, Any]]:
        if self.webhook:
            raise Refusal(409, WEBHOOK_ACTIVE)
        self._end_poll(OTHER_POLL)
        self._confirm(offset)
        self._poll = mine = asyncio.get_running_loop().create_future()
        if not self.pending and seconds > 0:
            await asyncio.wait([mine], timeout=min(seconds, 50))
            if mine.done():
                mine.result()
        return [self.pending[key] for key in sorted(self.pending)][: max(1, min(limit, 100))]

    def set_webhook(self, webhook: dict[str, Any]) -> None:
        self._end_poll("Conflict: terminated by setWebhook request")
        self.webhook = webhook
        self._slots = asyncio.Semaphore(int(webhook.get("max_connections") or 40))
        for update in self.pending.values():
            self._deliver_soon(_queue_of(update))

    def delete_webhook(self, *, drop_pending: bool) -> None:
        self.webhook = {}
        for task in self._deliveries.values():
            task.cancel()
        self._deliveries.clear()
        if drop_pending:
            self.pending.clear()

    async def close(self) -> None:
        self.delete_webhook(drop_pending=False)
        if self._session is not None:
            await self._session.close()

    def _confirm(self, offset: int) -> None:
        keys = sorted(self.pending)
        confirmed: Iterable[int] = keys[:offset] if offset < 0 else (key for key in keys if key < offset)
        for key in list(confirmed):
            del self.pending[key]
            self.confirmed += 1

    def _end_poll(self, words: str) -> None:
        if self._poll is not None and not self._poll.done():
            self._poll.set_exception(Refusal(409, words))
            self._poll.exception()  # Nobody may be waiting for it.

    def _deliver_soon(self, key: str) -> None:
        if key not in self._deliveries:
            self._deliveries[key] = asyncio.create_task(self._deliver(key))

    async def _deliver(self, key: str) -> None:
        """One queue a chat, another a presser; the next update waits for a 2xx, queues overtake each other."""
        while update := next((u for u in self.pending.values() if _queue_of(u) == key), None):
            async with self._slots:
                status = await self._post(update)
            self.webhook_answers.append(status)
            if 200 <= status <= 299:
                self.pending.pop(update["update_id"], None)
                self.confirmed += 1
            else:
                self.webhook |= {
                    "last_error_date": int(time.time()),
                    "last_error_message": f"Wrong response from the webhook: {status}",
                }
                await asyncio.sleep(self.webhook_retry)
        del self._deliveries[key]

    async def _post(self, update: dict[str, Any]) -> int:
        if self._session is None:
            self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=60))
        secret = self.webhook.get("secret_token")
        headers = {"X-Telegram-Bot-Api-Secret-Token": secret} if secret else {}
        try:
            async with self._session.post(self.webhook["url"], json=update, headers=headers) as response:
                return response.status
        except (aiohttp.ClientError, TimeoutError):
            return 0


def _queue_of(update: dict[str, Any]) -> str:
    press = update.get("callback_query")
    if press:
        return f"press {press['from']['id']}"
    content: Any = next((value for key, value in update.items() if key != "update_id"), {})
    return f"chat {content.get('chat', {}).get('id')}" if isinstance(content, dict) else "chat"
