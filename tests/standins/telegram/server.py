"""The stand-in itself: HTTP, failures on demand, limits, a record of all calls, control from another process."""

import asyncio
import json
import time
from collections import deque
from dataclasses import dataclass, field
from typing import Any, Self

from aiohttp import web

from tests.standins.telegram.checks import Refusal
from tests.standins.telegram.methods import Methods, Upload
from tests.standins.telegram.people import People
from tests.standins.telegram.queue import UpdateQueue

TOKEN = "123456:AAE-tests-only-0123456789abcdefghij"
FOREVER = 3600.0
# What may be asked from another process over POST /control.
CONTROLS = (
    *("says", "sends", "push", "presses", "blocks", "unblocks", "forget_presses"),
    *("fail", "heal", "limit", "slow_down", "summary", "sent_texts", "forget_calls"),
)
_WORDS = {
    400: "Bad Request: message is too long",
    401: "Unauthorized",
    403: "Forbidden: bot was blocked by the user",
    404: "Not Found",
    409: "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
    413: "Request Entity Too Large",
    429: "Too Many Requests: retry after {}",
    500: "Internal Server Error: restart",
    502: "Bad Gateway",
}


Failure = tuple[int | str, str, float | None]


@dataclass
class Call:
    """Noted on arrival. `status` is what was answered, 0 for no answer (yet)."""

    method: str
    given: dict[str, Any]
    at: float
    status: int = 0


@dataclass
class Limit:
    """A bucket of `rate` calls a second and a gap within a chat; who exceeds either blocks the whole bot."""

    rate: float
    gap: float
    penalty: float
    tokens: float = 0.0
    filled_at: float = 0.0
    blocked_until: float = 0.0
    last: dict[Any, float] = field(default_factory=dict)

    def check(self, chat_id: object, now: float) -> None:
        self.tokens = min(self.rate, self.tokens + (now - self.filled_at) * self.rate)
        self.filled_at = now
        too_soon = now - self.last.get(chat_id, -FOREVER) < self.gap
        if now < self.blocked_until or self.tokens < 1 or too_soon:
            self.blocked_until = max(self.blocked_until, now + self.penalty)
            wait = self.blocked_until - now
            raise Refusal(429, _WORDS[429].format(round(wait)), wait)
        self.tokens -= 1
        self.last[chat_id] = now


class TelegramStandIn:
    """One bot's Telegram. Use as `async with TelegramStandIn() as telegram`, or run the package as a process."""

    def __init__(self, token: str = TOKEN, username: str = "thuky_test_bot") -> None:
        self.token = token
        self.queue = UpdateQueue()
        self.people = People(self.queue)
        self.methods = Methods(self.people, self.queue, username)
        self.calls: list[Call] = []
        self.url = ""
        self._delay: dict[str, float] = {}
        self._limit: Limit | None = None
        self._failures: dict[str, deque[Failure | None]] = {}
        self._changed = asyncio.Condition()
        self._sockets: set[Any] = set()
        self._runner: web.AppRunner | None = None

    async def start(self, port: int = 0, host: str = "127.0.0.1") -> None:
        app = web.Application(client_max_size=64 * 1024 * 1024)
        app.router.add_post("/control", self._control)
        app.router.add_get("/file/bot{token}/files/{file_id}", self._file)
        app.router.add_route("*", "/bot{token}/{method}", self._call)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1, keepalive_timeout=600)
        await self._runner.setup()
        site = web.TCPSite(self._runner, host, port, reuse_address=True)
        await site.start()
        bound = self._runner.addresses[0][1]
        self.url = f"http://{host}:{bound}"

    async def stop(self) -> None:
        """Everybody's messages and the queue stay, so that `start(port)` is a server that is back."""
        await self.queue.close()
        if self._runner is not None:
            await self._runner.cleanup()

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    def fail(
        self,
        method: str,
        how: int | str,
        times: int = 1,
        description: str = "",
        retry_after: float | None = None,
        skip: int = 0,
    ) -> None:
        """The next calls of the method (`*`: of any), after `skip` that are left alone, get this status or treatment.

        `hang`: never answered; `drop`: connection closed, nothing done; `lose`: done, then connection closed
        without an answer; `garble`: done, answered with what is no JSON.
        """
        queue = self._failures.setdefault(method.lower(), deque())
        queue.extend([None] * skip + [(how, description, retry_after)] * times)

    @property
    def connections(self) -> int:
        """How many were ever opened."""
        return len(self._sockets)

    def heal(self) -> None:
        self._failures.clear()

    def limit(self, rate: float, gap: float = 0.0, penalty: float = 3.0) -> None:
        """Sends and edits above `rate` a second, or closer than `gap` seconds in one chat, get 429; 0: no limit."""
        self._limit = Limit(rate, gap, penalty, tokens=rate, filled_at=time.monotonic()) if rate else None

    def slow_down(self, seconds: float, method: str = "*") -> None:
        self._delay[method.lower()] = seconds

    def calls_of(self, method: str) -> list[Call]:
        return [call for call in self.calls if call.method == method]

    def forget_calls(self) -> None:
        self.calls.clear()

    async def wait_for_calls(self, method: str, count: int = 1, seconds: float = 5.0) -> list[Call]:
        async with self._changed:
            await asyncio.wait_for(self._changed.wait_for(lambda: len(self.calls_of(method)) >= count), seconds)
        return self.calls_of(method)

    def sent_texts(self, chat_id: int | None = None) -> list[str]:
        """What stands in the chats, from the bot, oldest first."""
        return [
            message.get("text") or message.get("caption", "")
            for (chat, _), message in self.people.messages.items()
            if message["from"]["is_bot"] and chat_id in (None, chat)
        ]

    def summary(self) -> dict[str, Any]:
        counts: dict[str, int] = {}
        for call in self.calls:
            counts[f"{call.method} {call.status}"] = counts.get(f"{call.method} {call.status}", 0) + 1
        return {"calls": counts, "pending": len(self.queue.pending), "confirmed": self.queue.confirmed}

    async def _call(self, request: web.Request) -> web.StreamResponse:
        method, given = request.match_info["method"], await _parameters(request)
        call = await self._record(method, given)
        self._sockets.add(request.transport and request.transport.get_extra_info("peername"))
        how = self._next_failure(method.lower())
        await asyncio.sleep(self._delay.get(method.lower(), self._delay.get("*", 0.0)))
        if how is not None and how[0] == "hang":
            await asyncio.sleep(FOREVER)
        if how is not None and how[0] == "drop":
            return _closed(request)
        try:
            result = await self._answer(request.match_info["token"], method.lower(), given, how)
        except Refusal as refusal:
            call.status = refusal.code
            return _refused(refusal)
        lost = how is not None and how[0] in ("lose", "garble")
        call.status = 0 if lost else 200
        if how is not None and how[0] == "lose":
            return _closed(request)
        body = b"<html>" if lost else json.dumps({"ok": True, "result": result}).encode()
        return web.Response(body=body, content_type="application/json")

    async def _answer(self, token: str, method: str, given: dict[str, Any], how: Failure | None) -> Any:
        if how is not None and isinstance(how[0], int):
            code, words, retry_after = how
            retry_after = 1 if code == 429 and retry_after is None else retry_after
            raise Refusal(int(code), words or _WORDS[int(code)].format(retry_after), retry_after)
        if token != self.token:
            raise Refusal(401, "Unauthorized")
        if method not in self.methods.answers:
            raise Refusal(404, "Not Found: method not found")
        if self._limit is not None and method.startswith(("send", "edit")):
            self._limit.check(given.get("chat_id"), time.monotonic())
        return await self.methods.answers[method](given)

    def _next_failure(self, method: str) -> Failure | None:
        for key in (method, "*"):
            if self._failures.get(key):
                return self._failures[key].popleft()
        return None

    async def _record(self, method: str, given: dict[str, Any]) -> Call:
        call = Call(method, given, time.monotonic())
        self.calls.append(call)
        async with self._changed:
            self._changed.notify_all()
        return call

    async def _file(self, request: web.Request) -> web.StreamResponse:
        await self._record("(download)", dict(request.match_info))
        how = self._next_failure("(download)")
        if how is not None:
            return _closed(request) if isinstance(how[0], str) else web.Response(status=how[0])
        content = self.people.files.get(request.match_info["file_id"])
        found = content is not None and request.match_info["token"] == self.token
        return web.Response(body=content) if found else web.Response(status=404)

    async def _control(self, request: web.Request) -> web.StreamResponse:
        asked = await request.json()
        name = asked.pop("do")
        if name not in CONTROLS:
            return web.Response(status=404)
        act = getattr(self, name, None) or getattr(self.people, name)
        return web.json_response({"result": act(**asked)})


async def _parameters(request: web.Request) -> dict[str, Any]:
    given: dict[str, Any] = dict(request.query)
    if request.content_type == "application/json":
        given |= json.loads(await request.read() or b"{}")
        return given
    for name, value in (await request.post()).items():
        if isinstance(value, web.FileField):
            given[name] = Upload(value.filename, value.file.read(), value.content_type)
        else:
            given[name] = value
    return given


def _refused(refusal: Refusal) -> web.Response:
    answer: dict[str, Any] = {"ok": False, "error_code": refusal.code, "description": refusal.description}
    headers = {}
    if refusal.retry_after is not None:
        answer["parameters"] = {"retry_after": refusal.retry_after}
        headers["Retry-After"] = str(max(1, round(refusal.retry_after)))
    return web.json_response(answer, status=refusal.code, headers=headers)


def _closed(request: web.Request) -> web.Response:
    assert request.transport is not None
    request.transport.abort()
    return web.Response()
