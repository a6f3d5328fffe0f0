"""What the platform's answers mean, whatever their status and however odd they are."""

from collections.abc import AsyncIterator

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from pydantic import SecretStr

from bot.adapters.zalo.api import AnswerLost, BotApi, NotSent, Refused
from tests.standins.zalo import TOKEN, ZaloStandIn

pytestmark = pytest.mark.anyio


@pytest.fixture
async def echo() -> AsyncIterator[BotApi]:
    """Answers with the status and the body that it is asked for."""

    async def answer(request: web.Request) -> web.Response:
        asked = await request.json()
        return web.Response(status=asked["status"], body=asked["body"].encode())

    app = web.Application()
    app.router.add_post("/bot1:x/say", answer)
    async with TestServer(app) as server:
        api = BotApi(SecretStr("1:x"), str(server.make_url("/")))
        yield api
        await api.close()


@pytest.mark.parametrize("status", [200, 408, 500])
async def test_ok_in_the_body_is_a_result(echo: BotApi, status: int) -> None:
    assert await echo.call("say", {"status": status, "body": '{"ok": true, "result": {"id": "1"}}'}) == {"id": "1"}
    assert await echo.call("say", {"status": status, "body": '{"ok": true}'}) is None


@pytest.mark.parametrize(
    ("status", "body", "code"),
    [
        (200, '{"ok": false, "error_code": 408, "description": "x"}', 408),
        (200, '{"ok": false, "error_code": "429"}', 429),
        (200, '{"ok": false, "errorCode": 426, "description": null}', 426),
        *((500, '{"ok": false}', 500), (403, "<html>", 403), (502, "", 502), (404, "[]", 404)),
    ],
)
async def test_a_refusal_has_a_code(echo: BotApi, status: int, body: str, code: int) -> None:
    with pytest.raises(Refused) as caught:
        await echo.call("say", {"status": status, "body": body})
    assert caught.value.code == code


@pytest.mark.parametrize("body", ["", "<html>", "[]", "null", "{}", '{"ok": "true"}', "[" * 100_000])
async def test_what_is_no_answer_of_the_platform_is_lost(echo: BotApi, body: str) -> None:
    with pytest.raises(AnswerLost):
        await echo.call("say", {"status": 200, "body": body})


async def test_a_call_that_hangs_is_given_up() -> None:
    async with ZaloStandIn() as zalo:
        zalo.fail("sendMessage", "hang")
        api = BotApi(SecretStr(TOKEN), zalo.url)
        with pytest.raises(AnswerLost):
            await api.call("sendMessage", {"chat_id": "a", "text": "x"}, read_timeout=0.2)
        await api.close()


async def test_a_closed_port_means_that_nothing_was_sent() -> None:
    api = BotApi(SecretStr(TOKEN), "http://127.0.0.1:1")
    with pytest.raises(NotSent):
        await api.call("getMe")
    await api.close()
