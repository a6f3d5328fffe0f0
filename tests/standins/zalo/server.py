"""The stand-in itself: HTTP for several bots, pictures, failures on demand, and a record of all calls."""

import asyncio
import json
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from aiohttp import web

from tests.standins.zalo.bots import TOKEN, Bot, Refusal

FOREVER = 3600.0
Failure = int | str | None


@dataclass
class Call:
    """Noted on arrival. `status` is the code of the answer, 0 for no answer (yet)."""

    method: str
    given: dict[str, Any]
    token: str
    status: int = 0


class ZaloStandIn:
    """The platform. `is_frank` says errors with the HTTP status too; both have been seen."""

    def __init__(self, bots: Mapping[str, Bot] | None = None) -> None:
        self.bots = dict(bots) if bots else {TOKEN: Bot()}
        self.is_frank = False
        self.calls: list[Call] = []
        self.pictures: dict[str, bytes] = {}
        self.url = ""
        self._failures: dict[str, deque[Failure]] = {}
        self._changed = asyncio.Condition()
        self._runner: web.AppRunner | None = None

    @property
    def bot(self) -> Bot:
        """The first, or only one."""
        return next(iter(self.bots.values()))

    async def start(self, port: int = 0) -> None:
        app = web.Application()
        app.router.add_get("/pictures/{name}", self._picture)
        app.router.add_post("/bot{token}/{method}", self._call)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", port, reuse_address=True).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"

    async def stop(self) -> None:
        for bot in self.bots.values():
            await bot.close()
        if self._runner is not None:
            await self._runner.cleanup()

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    def fail(self, method: str, how: int | str, times: int = 1, skip: int = 0) -> None:
        """The next calls of the method (`*`: of any), after `skip` that are left alone, get this code or treatment.

        `hang`: never answered; `drop`: connection closed, nothing done; `lose`: done, then connection closed
        without an answer; `garble`: done, answered with what is no JSON; `gateway`: a proxy's page with status 502.
        """
        self._failures.setdefault(method, deque()).extend([None] * skip + [how] * times)

    def heal(self) -> None:
        self._failures.clear()

    def calls_of(self, method: str) -> list[Call]:
        return [call for call in self.calls if call.method == method]

    async def wait_for_calls(self, method: str, count: int = 1, seconds: float = 5.0) -> list[Call]:
        async with self._changed:
            await asyncio.wait_for(self._changed.wait_for(lambda: len(self.calls_of(method)) >= count), seconds)
        return self.calls_of(method)

    def photographs(self, chat_id: str, content: bytes, caption: str = "", field: str = "photo_url") -> str:
        """A picture of a person; `field` is `photo` in the documentation."""
        name = f"{len(self.pictures) + 1}"
        self.pictures[name] = content
        address = f"{self.url}/pictures/{name}"
        return self.bot.sends(chat_id, "message.image.received", caption=caption, **{field: address})

    async def _call(self, request: web.Request) -> web.StreamResponse:
        token, method = request.match_info["token"], request.match_info["method"]
        given = {**request.query, **json.loads(await request.read() or b"{}")}
        call = Call(method, given, token)
        self.calls.append(call)
        async with self._changed:
            self._changed.notify_all()
        how = self._next_failure(method)
        if how == "hang":
            await asyncio.sleep(FOREVER)
        if how == "drop":
            return _closed(request)
        if how == "gateway":
            return web.Response(status=502, body=b"<html>Bad Gateway</html>")
        try:
            result = await self._answer(token, method, given, how)
        except Refusal as refusal:
            call.status = refusal.code
            answer = {"ok": False, "error_code": refusal.code, "description": refusal.description}
            return web.json_response(answer, status=refusal.code if self.is_frank else 200)
        if how == "lose":
            return _closed(request)
        if how == "garble":
            return web.Response(body=b"<html>")
        call.status = 200
        return web.json_response({"ok": True} if result is None else {"ok": True, "result": result})

    async def _answer(self, token: str, method: str, given: dict[str, Any], how: Failure) -> Any:
        if isinstance(how, int):
            raise Refusal(how, f"as told: {how}")
        if token not in self.bots:
            raise Refusal(401, "Unauthorized")
        return await self.bots[token].answer(method, given)

    def _next_failure(self, method: str) -> Failure:
        for key in (method, "*"):
            if self._failures.get(key):
                return self._failures[key].popleft()
        return None

    async def _picture(self, request: web.Request) -> web.StreamResponse:
        how = self._next_failure("(picture)")
        if isinstance(how, int):
            return web.Response(status=how)
        content = self.pictures.get(request.match_info["name"])
        if content is None:
            return web.Response(status=404)
        if content.startswith(b"Location: "):
            return web.Response(status=302, headers={"Location": content.partition(b" ")[2].decode()})
        return web.Response(body=content, content_type="image/jpeg")


def _closed(request: web.Request) -> web.Response:
    assert request.transport is not None
    request.transport.abort()
    return web.Response()
