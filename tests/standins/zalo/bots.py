"""One bot of the platform: its events, polled or pushed, and the chats that it writes to."""

import asyncio
import time
from collections import deque
from dataclasses import dataclass, field
from typing import Any

import aiohttp

BOT_ID = "1459232241454765289"
TOKEN = "1459232241454765289:tests-only-zalo-0123456789abcdef"
MAX_TEXT = 2000


class Refusal(Exception):
    """An answer that is not ok."""

    def __init__(self, code: int, description: str) -> None:
        super().__init__(description)
        self.code = code
        self.description = description


@dataclass
class Bot:
    """`is_wrapped` pushes as the documentation says, otherwise as it was observed. Nothing is handed out twice."""

    id: str = BOT_ID
    name: str = "Bot Thư Ký"
    is_wrapped: bool = False
    hands_out_lists: bool = False
    webhook: dict[str, str] = field(default_factory=dict)
    verification: dict[str, Any] = field(default_factory=lambda: {"ok": True, "outcome": "webhook.ok"})
    waiting: deque[dict[str, Any]] = field(default_factory=deque)
    shown: list[dict[str, Any]] = field(default_factory=list)
    pushed: list[int] = field(default_factory=list)
    unknown_chats: set[str] = field(default_factory=set)
    closed_chats: set[str] = field(default_factory=set)
    arrived: asyncio.Event = field(default_factory=asyncio.Event)
    _pushes: set[asyncio.Task[None]] = field(default_factory=set)
    _numbers: int = 0

    def says(self, chat_id: str, text: str, **changes: Any) -> str:
        return self.sends(chat_id, "message.text.received", text=text, **changes)

    def sends(self, chat_id: str, event_name: str, **content: Any) -> str:
        """Any event of a person in his private chat; returns the id of the message."""
        message = {
            "message_id": self._new_id(),
            "date": int(time.time() * 1000),
            "from": {"id": chat_id, "display_name": f"Người {chat_id}", "is_bot": False},
            "chat": {"id": chat_id, "chat_type": "PRIVATE"},
            "message_type": "CHAT_MESSAGE",
            **content,
        }
        self.push({"event_name": event_name, "message": message})
        return str(message["message_id"])

    def push(self, event: dict[str, Any]) -> None:
        """Any event at all, also a broken one."""
        if self.webhook:
            task = asyncio.get_running_loop().create_task(self._deliver(event))
            self._pushes.add(task)
            task.add_done_callback(self._pushes.discard)
            return
        self.waiting.append(event)
        self.arrived.set()

    def texts(self, chat_id: str | None = None) -> list[str]:
        return [one["text"] for one in self.shown if "text" in one and chat_id in (None, one["chat_id"])]

    async def close(self) -> None:
        for task in self._pushes:
            task.cancel()
        await asyncio.gather(*self._pushes, return_exceptions=True)

    async def answer(self, method: str, given: dict[str, Any]) -> Any:
        """Names of methods are case-sensitive; all parameters may be strings."""
        match method:
            case "getMe":
                return {"id": self.id, "account_name": "bot.thuky", "account_type": "BASIC", "display_name": self.name}
            case "getUpdates":
                return await self._poll(float(given.get("timeout", 30)))
            case "sendMessage" | "sendPhoto" | "sendChatAction":
                return self._take(method, given)
            case "setWebhook":
                return self._set_webhook(str(given.get("url", "")), str(given.get("secret_token", "")))
            case "deleteWebhook":
                self.webhook = {}
                return {"url": "", "updated_at": int(time.time() * 1000)}
            case "getWebhookInfo":
                return {"url": self.webhook.get("url", ""), "updated_at": int(time.time() * 1000)}
            case "testWebhook":
                return self.verification
        raise Refusal(400, "Bad request - invalid API name")

    async def _poll(self, seconds: float) -> Any:
        if self.webhook:
            raise Refusal(400, "Webhook is configured; delete it before using getUpdates")
        if not self.waiting:
            self.arrived.clear()
            try:
                await asyncio.wait_for(self.arrived.wait(), seconds)
            except TimeoutError:
                raise Refusal(408, "Request timeout") from None
        if not self.waiting:
            raise Refusal(408, "Request timeout")
        if not self.hands_out_lists:
            return self.waiting.popleft()
        found = list(self.waiting)
        self.waiting.clear()
        return found

    def _take(self, method: str, given: dict[str, Any]) -> Any:
        chat_id = given.get("chat_id")
        if not isinstance(chat_id, str) or not chat_id:
            raise Refusal(400, "chat_id is required")
        if chat_id in self.unknown_chats:
            raise Refusal(404, "Not found")
        if chat_id in self.closed_chats:
            raise Refusal(403, "Internal server error")
        if method == "sendChatAction":
            return None
        content = given.get("text" if method == "sendMessage" else "photo")
        if not isinstance(content, str) or not 1 <= len(content.encode("utf-16-le")) // 2 <= MAX_TEXT:
            raise Refusal(400, "Bad request")
        message_id = self._new_id()
        self.shown.append({**given, "message_id": message_id})
        return {"message_id": message_id, "date": int(time.time() * 1000)}

    def _set_webhook(self, url: str, secret: str) -> Any:
        if not url or not 8 <= len(secret) <= 256:
            raise Refusal(400, "Bad request")
        # The address is kept also where its probe fails.
        self.webhook = {"url": url, "secret": secret}
        return {"url": url, "updated_at": int(time.time() * 1000), "verification": self.verification}

    async def _deliver(self, event: dict[str, Any]) -> None:
        """Whether the platform pushes again is unknown, so this one does not."""
        body = {"ok": True, "result": event} if self.is_wrapped else event
        headers = {"X-Bot-Api-Secret-Token": self.webhook["secret"]}
        async with (
            aiohttp.ClientSession() as session,
            session.post(self.webhook["url"], json=body, headers=headers) as response,
        ):
            self.pushed.append(response.status)

    def _new_id(self) -> str:
        self._numbers += 1
        return f"{self.id[-4:]}a{self._numbers:08x}"
