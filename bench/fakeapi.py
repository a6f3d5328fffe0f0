"""A fake Bot API in its own process: hands out updates, can be far away, notes every moment with one clock.

The clock is `time.monotonic`, which all processes of a machine share. Each contender has its own token, so that a
late call of one that was stopped disturbs nobody.
"""

import asyncio
import json
import sys
import time
from collections import deque
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import web

BATCH = 100
LONGEST_POLL = 10.0


class Limits:
    """The platform's published limits: so many in a second that slides, and to one chat one a second in the long run.

    "We may allow short bursts that go over this limit": `burst` of them.
    """

    def __init__(self, in_all: int, burst: int) -> None:
        self._in_all, self._burst = in_all, burst
        self._gone: deque[float] = deque()
        # Until when what each chat was sent fills its seconds.
        self._filled: dict[str, float] = {}
        self.refused: list[float] = []

    def admit(self, chat: str, now: float) -> bool:
        while self._gone and self._gone[0] <= now - 1:
            self._gone.popleft()
        filled = max(self._filled.get(chat, 0.0), now) + 1
        if len(self._gone) >= self._in_all or filled > now + self._burst:
            self.refused.append(now)
            return False
        self._gone.append(now)
        self._filled[chat] = filled
        return True


@dataclass
class Bot:
    """What one contender was given and what it did: `calls` are method, key and moment of arrival.

    Of `watched` chats the texts are kept too. Without `limits` everything is taken.
    """

    delay: float = 0.0
    limits: Limits | None = None
    watched: frozenset[str] = frozenset()
    shown: list[tuple[str, str, float]] = field(default_factory=list)
    loaded: list[dict[str, Any]] = field(default_factory=list)
    waiting: deque[dict[str, Any]] = field(default_factory=deque)
    handed: dict[int, float] = field(default_factory=dict)
    calls: list[tuple[str, str, float]] = field(default_factory=list)
    connections: dict[object, float] = field(default_factory=dict)
    first_poll: float = 0.0
    sent: int = 0
    news: asyncio.Event = field(default_factory=asyncio.Event)
    progress: asyncio.Event = field(default_factory=asyncio.Event)

    async def release(self, rate: float) -> None:
        """Everything at once, or evenly spaced."""
        started, loaded = time.monotonic(), self.loaded
        self.loaded = []
        for number, update in enumerate(loaded):
            if rate:
                await asyncio.sleep(max(0.0, started + number / rate - time.monotonic()))
            self.waiting.append(update)
            if rate:
                self.news.set()
        self.news.set()

    async def poll(self, seconds: float) -> list[dict[str, Any]]:
        self.first_poll = self.first_poll or time.monotonic()
        if not self.waiting:
            self.news.clear()
            try:
                await asyncio.wait_for(self.news.wait(), min(seconds, LONGEST_POLL))
            except TimeoutError:
                return []
        updates = [self.waiting.popleft() for _ in range(min(BATCH, len(self.waiting)))]
        now = time.monotonic()
        self.handed.update((update["update_id"], now) for update in updates)
        return updates

    async def wait(self, calls: int, seconds: float) -> bool:
        """Until so many calls other than polls have come."""
        deadline = time.monotonic() + seconds
        while len(self.calls) < calls:
            self.progress.clear()
            try:
                await asyncio.wait_for(self.progress.wait(), deadline - time.monotonic())
            except TimeoutError:
                return False
        return True


class FakeApi:
    """All bots by token, and the control from the benchmark."""

    def __init__(self) -> None:
        self.bots: dict[str, Bot] = {}
        self.tasks: set[asyncio.Task[None]] = set()

    async def handle(self, request: web.BaseRequest) -> web.Response:
        path = request.path
        if path == "/control":
            return await self.control(json.loads(await request.read()))
        token, _, method = path.removeprefix("/bot").partition("/")
        now = time.monotonic()
        bot = self.bots.setdefault(token, Bot())
        bot.connections.setdefault(request.transport and request.transport.get_extra_info("peername"), now)
        given = await _parameters(request)
        chat = str(given.get("chat_id") or "")
        if method.startswith(("send", "edit")):
            if bot.limits is not None and not bot.limits.admit(chat, now):
                return _too_many()
            if chat in bot.watched:
                bot.shown.append((chat, str(given.get("text") or ""), now))
        result = await self.answer(bot, method, given, now)
        return web.Response(body=json.dumps({"ok": True, "result": result}).encode(), content_type="application/json")

    async def answer(self, bot: Bot, method: str, given: dict[str, Any], now: float) -> Any:
        if method != "getUpdates":
            bot.calls.append((method, str(given.get("callback_query_id") or given.get("chat_id") or ""), now))
            bot.progress.set()
        if bot.delay:
            await asyncio.sleep(bot.delay)
        if method == "getUpdates":
            return await bot.poll(float(given.get("timeout") or 0))
        if method == "getMe":
            return {"id": 1, "is_bot": True, "first_name": "Bench", "username": "bench_bot"}
        if method.startswith(("send", "edit")):
            bot.sent += 1
            chat = {"id": int(given["chat_id"]), "type": "private", "first_name": "A"}
            message_id = int(given.get("message_id") or bot.sent)
            return {"message_id": message_id, "date": 1_800_000_000, "chat": chat, "text": given["text"]}
        return True

    async def control(self, asked: dict[str, Any]) -> web.Response:
        bot = self.bots.setdefault(asked["token"], Bot())
        result: Any = None
        match asked["do"]:
            case "load":
                bot.loaded, bot.delay = asked["updates"], asked["delay"]
                bot.limits = Limits(*asked["limits"]) if "limits" in asked else None
                bot.watched = frozenset(asked.get("watched", ()))
            case "release":
                bot.calls.clear()
                bot.handed.clear()
                bot.connections = dict.fromkeys(bot.connections, 0.0)
                task = asyncio.create_task(bot.release(asked["rate"]))
                self.tasks.add(task)
                task.add_done_callback(self.tasks.discard)
            case "wait":
                result = await bot.wait(asked["calls"], asked["seconds"])
            case "started":
                result = bot.first_poll
            case "record":
                opened = sum(at > 0 for at in bot.connections.values())
                result = {"handed": list(bot.handed.items()), "calls": bot.calls, "opened": opened}
                result |= {"shown": bot.shown, "refused": bot.limits.refused if bot.limits else []}
        return web.Response(body=json.dumps(result).encode(), content_type="application/json")


def _too_many() -> web.Response:
    said = {"ok": False, "error_code": 429, "description": "Too Many Requests", "parameters": {"retry_after": 1}}
    return web.Response(status=429, body=json.dumps(said).encode(), content_type="application/json")


async def _parameters(request: web.BaseRequest) -> dict[str, Any]:
    kind = request.content_type
    if kind == "application/json":
        return dict(json.loads(await request.read() or b"{}"))
    if kind == "application/x-www-form-urlencoded":
        return dict(parse_qsl((await request.read()).decode()))
    return {name: value for name, value in (await request.post()).items() if isinstance(value, str)}


async def serve() -> None:
    """Tell the port on the first line of stdout, then serve until killed."""
    runner = web.ServerRunner(web.Server(FakeApi().handle, access_log=None, keepalive_timeout=600))
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0, backlog=1024)
    await site.start()
    print(runner.addresses[0][1], flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    try:
        asyncio.run(serve())
    except KeyboardInterrupt:
        sys.exit(0)
