"""What the platform pushes: both shapes, its probes, and nothing without the secret."""

import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.adapters.zalo import ZaloChannel
from bot.events import TextReceived
from tests.bot.adapters.inbox import Inbox
from tests.bot.adapters.zalo.conftest import SECRET, Pauses, channel_on, receiving
from tests.bot.adapters.zalo.test_receiving import until
from tests.bot.adapters.zalo.test_updates import ANNA, event
from tests.standins.zalo import BOT_ID, ZaloStandIn

pytestmark = pytest.mark.anyio

FLAT = event(text="Đồng ý")
WRAPPED = {"ok": True, "result": FLAT}


@pytest.fixture
async def pushed(zalo: ZaloStandIn, pauses: Pauses) -> AsyncIterator[ZaloChannel]:
    channel = channel_on(zalo.url, pauses, webhook_url="https://thuky.example", webhook_secret=SECRET)
    await channel.start()
    yield channel
    await channel.stop()


@pytest.mark.parametrize("body", [FLAT, WRAPPED])
async def test_an_event_is_answered_after_it_is_stored(pushed: ZaloChannel, inbox: Inbox, body: Any) -> None:
    assert await pushed.accept(SECRET, json.dumps(body).encode(), inbox) == 200
    (raw,) = inbox.events
    assert (raw.event_id, raw.address, raw.payload) == (f"{BOT_ID}:2d758cb5e222177a4e35", f"{BOT_ID}:{ANNA}", FLAT)
    assert isinstance(pushed.parse(raw), TextReceived)


@pytest.mark.parametrize(
    "body",
    [
        *(b"", b"{}", b"[]", b"null", b"ping=1", b"<html>", b"\xff\xfe", b'{"ok":true}', b"[" * 100_000),
        json.dumps(event("message.poll.received")).encode(),
        b'{"event_name":"message.text.received"}',
        json.dumps(event(text="x", sender={"id": BOT_ID})).encode(),
    ],
)
async def test_probes_echoes_and_unknown_events_are_thanked_for_and_forgotten(
    pushed: ZaloChannel, inbox: Inbox, body: bytes
) -> None:
    assert await pushed.accept(SECRET, body, inbox) == 200
    assert not inbox.events


@pytest.mark.parametrize("secret", [None, "", "S3cret-of-the-webhook", "bí mật", SECRET + " "])
@pytest.mark.parametrize("body", [b"", json.dumps(FLAT).encode()])
async def test_without_the_secret_nothing_is_touched(
    pushed: ZaloChannel, inbox: Inbox, secret: str | None, body: bytes
) -> None:
    assert await pushed.accept(secret, body, inbox) == 401
    assert not inbox.events


async def test_where_no_secret_is_set_nothing_is_accepted(zalo: ZaloStandIn, pauses: Pauses, inbox: Inbox) -> None:
    channel = channel_on(zalo.url, pauses)
    assert await channel.accept("", json.dumps(FLAT).encode(), inbox) == 401
    assert await channel.accept(None, json.dumps(FLAT).encode(), inbox) == 401


async def test_what_cannot_be_stored_is_not_thanked_for(pushed: ZaloChannel, inbox: Inbox) -> None:
    inbox.failures = 1
    assert await pushed.accept(SECRET, json.dumps(FLAT).encode(), inbox) == 500


async def test_a_push_before_we_know_who_we_are_makes_us_ask(zalo: ZaloStandIn, pauses: Pauses, inbox: Inbox) -> None:
    channel = channel_on(zalo.url, pauses, webhook_secret=SECRET)
    zalo.fail("getMe", 500)
    assert await channel.accept(SECRET, b"{}", inbox) == 200
    assert await channel.accept(SECRET, json.dumps(FLAT).encode(), inbox) == 503
    assert await channel.accept(SECRET, json.dumps(FLAT).encode(), inbox) == 200
    assert [event.address for event in inbox.events] == [f"{BOT_ID}:{ANNA}"]
    await channel.stop()


async def test_the_webhook_is_set_until_it_works_and_again_when_it_is_gone(
    zalo: ZaloStandIn, pushed: ZaloChannel, inbox: Inbox
) -> None:
    zalo.fail("setWebhook", 500)
    async with receiving(pushed, inbox):
        calls = await zalo.wait_for_calls("setWebhook", 2)
        assert calls[-1].given == {"url": "https://thuky.example/zalo", "secret_token": SECRET}
        await zalo.wait_for_calls("getWebhookInfo", 2)
        assert len(zalo.calls_of("setWebhook")) == 2
        zalo.bot.webhook = {}
        await zalo.wait_for_calls("setWebhook", 3)
    assert not zalo.calls_of("getUpdates")


async def test_an_address_that_the_platform_does_not_reach_is_trouble_until_it_does(
    zalo: ZaloStandIn, pushed: ZaloChannel, inbox: Inbox
) -> None:
    zalo.bot.verification = {"ok": False, "outcome": "http.404", "status_code": 404, "hint": "check the path"}
    async with receiving(pushed, inbox):
        await zalo.wait_for_calls("setWebhook", 2)
        assert pushed.trouble() == "the platform does not reach the webhook: http.404, 404, check the path"
        assert "http.404" in await pushed.webhook_trouble()
        zalo.bot.verification = {"ok": True, "outcome": "webhook.ok"}
        await until(lambda: pushed.trouble() == "")
    assert await pushed.webhook_trouble() == ""


@pytest.mark.parametrize("secret", ["short", "x" * 257])
async def test_a_secret_that_the_platform_would_refuse_is_not_even_sent(
    zalo: ZaloStandIn, pauses: Pauses, inbox: Inbox, secret: str
) -> None:
    channel = channel_on(zalo.url, pauses, webhook_url="https://thuky.example", webhook_secret=secret)
    await channel.start()
    async with receiving(channel, inbox):
        await until(lambda: "8 to 256 characters" in channel.trouble())
    assert not zalo.calls_of("setWebhook")
    await channel.stop()


async def test_what_the_platform_says_of_the_webhook_changes_nothing(zalo: ZaloStandIn, pushed: ZaloChannel) -> None:
    assert "not set to our public address" in await pushed.webhook_trouble()
    zalo.bot.webhook = {"url": "https://thuky.example/zalo", "secret": SECRET}
    zalo.fail("testWebhook", 400)
    assert await pushed.webhook_trouble() == ""
    zalo.fail("testWebhook", "drop")
    assert await pushed.webhook_trouble() != ""
    assert not zalo.calls_of("setWebhook")


@pytest.mark.parametrize("is_wrapped", [False, True])
async def test_events_come_over_the_webhook(zalo: ZaloStandIn, pauses: Pauses, inbox: Inbox, is_wrapped: bool) -> None:
    zalo.bot.is_wrapped = is_wrapped
    channel: ZaloChannel

    async def take(request: web.Request) -> web.Response:
        secret = request.headers.get("X-Bot-Api-Secret-Token")
        return web.Response(status=await channel.accept(secret, await request.read(), inbox))

    app = web.Application()
    app.router.add_post("/zalo", take)
    async with TestServer(app) as server:
        channel = channel_on(zalo.url, pauses, webhook_url=str(server.make_url("/")), webhook_secret=SECRET)
        await channel.start()
        async with receiving(channel, inbox):
            await until(lambda: bool(zalo.bot.webhook))
            zalo.bot.says(ANNA, "xin chào")
            await inbox.wait_for(1)
            await until(lambda: zalo.bot.pushed == [200])
        await channel.stop()
