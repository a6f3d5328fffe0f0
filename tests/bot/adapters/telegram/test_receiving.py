"""Nothing that was said is lost or confirmed too early, whatever the platform does."""

import asyncio
import json
from collections.abc import Callable

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.adapters.telegram import TelegramChannel
from bot.channel import RawEvent
from bot.events import TextReceived
from tests.bot.adapters.inbox import Inbox
from tests.bot.adapters.telegram.conftest import NOW, Pauses, channel_on, receiving
from tests.standins.telegram import TelegramStandIn

pytestmark = pytest.mark.anyio

ANNA = 501


async def until(is_so: Callable[[], bool]) -> None:
    async with asyncio.timeout(5):
        while not is_so():
            await asyncio.sleep(0.01)


async def test_what_was_said_while_the_bot_was_away_is_received(
    telegram: TelegramStandIn, channel: TelegramChannel, inbox: Inbox
) -> None:
    telegram.people.says(ANNA, "xin chào", times=130)
    async with receiving(channel, inbox):
        events = await inbox.wait_for(130)
    assert len(set(inbox.ids)) == 130
    assert {event.address for event in events} == {str(ANNA)}
    assert "drop_pending_updates" not in telegram.calls_of("deleteWebhook")[0].given


async def test_updates_are_confirmed_only_after_they_are_stored(
    telegram: TelegramStandIn, channel: TelegramChannel, inbox: Inbox, pauses: Pauses
) -> None:
    inbox.failures = 2
    telegram.people.says(ANNA, "một")
    async with receiving(channel, inbox):
        await inbox.wait_for(1)
        await telegram.wait_for_calls("getUpdates", 3)
        offsets = [call.given.get("offset") for call in telegram.calls_of("getUpdates")[:3]]
        assert offsets == [None, None, None]
        telegram.people.says(ANNA, "hai")
        await inbox.wait_for(2)
    assert pauses == [1.0, 2.0]
    assert telegram.queue.confirmed == 1
    assert channel.trouble() == ""


async def test_a_failing_inbox_is_trouble_without_what_people_wrote(
    telegram: TelegramStandIn, channel: TelegramChannel, inbox: Inbox, caplog: pytest.LogCaptureFixture
) -> None:
    inbox.failures = 1_000_000
    telegram.people.says(ANNA, "một")
    async with receiving(channel, inbox):
        await telegram.wait_for_calls("getUpdates", 2)
        assert "could not be stored: RuntimeError" in channel.trouble()
    assert "mật khẩu" not in caplog.text
    assert len(telegram.queue.pending) == 1


async def test_a_broken_update_blocks_nobody(telegram: TelegramStandIn, channel: TelegramChannel, inbox: Inbox) -> None:
    telegram.people.push(message={"message_id": 1, "text": "no chat"})
    telegram.people.says(ANNA, "sau")
    async with receiving(channel, inbox):
        broken, healthy = await inbox.wait_for(2)
    assert broken.address == ""
    with pytest.raises(ValueError, match="broken message"):
        channel.parse(broken)
    assert isinstance(channel.parse(healthy), TextReceived)


async def test_a_second_instance_is_named_and_given_way(
    telegram: TelegramStandIn, channel: TelegramChannel, inbox: Inbox, pauses: Pauses
) -> None:
    telegram.fail("getUpdates", 409, times=3)
    async with receiving(channel, inbox):
        await telegram.wait_for_calls("getUpdates", 2)
        assert "another instance polls" in channel.trouble()
        await telegram.wait_for_calls("getUpdates", 5)
    assert pauses == [5.0, 10.0, 20.0]
    assert channel.trouble() == ""


async def test_two_instances_lose_nothing(telegram: TelegramStandIn, channel: TelegramChannel, pauses: Pauses) -> None:
    other, first, second = channel_on(telegram.url, telegram.token, pauses), Inbox(), Inbox()
    await other.start()
    async with receiving(channel, first), receiving(other, second):
        for number in range(20):
            telegram.people.says(ANNA, str(number))
            await asyncio.sleep(0.005)
        await until(lambda: len({*first.ids, *second.ids}) == 20)
    await other.stop()


async def test_a_rejected_token_is_tried_rarely(
    telegram: TelegramStandIn, channel: TelegramChannel, inbox: Inbox, pauses: Pauses
) -> None:
    telegram.fail("deleteWebhook", 401)
    telegram.fail("deleteWebhook", 404)
    async with receiving(channel, inbox):
        await until(lambda: len(pauses) > 0)
        assert channel.trouble() == "the token is not valid"
        await telegram.wait_for_calls("getUpdates")
    assert pauses == [60.0, 60.0]


@pytest.mark.parametrize(
    ("how", "expected"),
    [("drop", [0.0, 2.0]), ("lose", [0.0, 2.0]), ("garble", [0.0, 2.0]), (500, [1.0, 2.0]), (502, [1.0, 2.0])],
)
async def test_a_poll_that_fails_is_repeated(
    telegram: TelegramStandIn,
    channel: TelegramChannel,
    inbox: Inbox,
    pauses: Pauses,
    how: int | str,
    expected: list[float],
) -> None:
    telegram.fail("getUpdates", how, times=2)
    telegram.people.says(ANNA, "xin chào")
    async with receiving(channel, inbox):
        await inbox.wait_for(1)
    assert pauses == expected


async def test_too_many_requests_waits_as_long_as_asked(
    telegram: TelegramStandIn, channel: TelegramChannel, inbox: Inbox, pauses: Pauses
) -> None:
    telegram.fail("getUpdates", 429, retry_after=17)
    telegram.people.says(ANNA, "xin chào")
    async with receiving(channel, inbox):
        await inbox.wait_for(1)
    assert pauses == [17.0]


async def test_start_succeeds_while_the_platform_is_away_and_receiving_begins_when_it_is_back(
    telegram: TelegramStandIn, pauses: Pauses, inbox: Inbox
) -> None:
    port = int(telegram.url.rpartition(":")[2])
    await telegram.stop()
    channel = channel_on(telegram.url, telegram.token, pauses)
    await channel.start()
    assert channel.link_for("abc") == ""
    async with receiving(channel, inbox):
        await until(lambda: len(pauses) >= 3)
        assert "NotSent" in channel.trouble()
        await telegram.start(port)
        telegram.people.says(ANNA, "xin chào")
        await inbox.wait_for(1)
    assert channel.trouble() == ""
    assert channel.link_for("abc") == "https://t.me/thuky_test_bot?start=abc"
    await channel.stop()


async def test_polling_takes_a_forgotten_webhook_away(
    telegram: TelegramStandIn, channel: TelegramChannel, inbox: Inbox, pauses: Pauses
) -> None:
    telegram.queue.set_webhook({"url": "http://127.0.0.1:1/telegram"})
    async with receiving(channel, inbox):
        await telegram.wait_for_calls("getUpdates")
        telegram.queue.set_webhook({"url": "http://127.0.0.1:1/telegram"})
        await telegram.wait_for_calls("getUpdates", 2)
        telegram.people.says(ANNA, "xin chào")
        await inbox.wait_for(1)
    assert len(telegram.calls_of("deleteWebhook")) >= 2


async def test_with_a_public_address_the_webhook_is_set_until_it_works_and_again_when_it_is_gone(
    telegram: TelegramStandIn, pauses: Pauses, inbox: Inbox
) -> None:
    telegram.fail("setWebhook", 500)
    address = "https://thuky.example/"
    channel = channel_on(telegram.url, telegram.token, pauses, webhook_url=address, webhook_secret="s3cret")
    await channel.start()
    async with receiving(channel, inbox):
        calls = await telegram.wait_for_calls("setWebhook", 2)
        assert calls[-1].given == {
            "url": "https://thuky.example/telegram",
            "secret_token": "s3cret",
            "allowed_updates": ["message", "callback_query", "my_chat_member"],
            "max_connections": 10,
        }
        telegram.queue.delete_webhook(drop_pending=False)
        await telegram.wait_for_calls("setWebhook", 3)
    assert not telegram.calls_of("getUpdates")
    await channel.stop()


UPDATE = {
    "update_id": 7,
    "message": {"message_id": 1, "date": 1, "text": "x", "chat": {"id": ANNA, "type": "private"}, "from": {"id": ANNA}},
}


@pytest.mark.parametrize(
    ("secret", "body", "status"),
    [
        ("s3cret", json.dumps(UPDATE).encode(), 200),
        ("S3cret", json.dumps(UPDATE).encode(), 401),
        ("bí mật", json.dumps(UPDATE).encode(), 401),
        (None, json.dumps(UPDATE).encode(), 401),
        ("s3cret", b"<html>", 400),
        ("s3cret", b"\xff\xfe", 400),
        ("s3cret", b"[]", 400),
        ("s3cret", b'{"update_id": "7"}', 400),
    ],
)
async def test_a_webhook_call_is_answered_after_its_event_is_stored(
    telegram: TelegramStandIn, pauses: Pauses, inbox: Inbox, secret: str | None, body: bytes, status: int
) -> None:
    channel = channel_on(telegram.url, telegram.token, pauses, webhook_secret="s3cret")
    assert await channel.accept(secret, body, inbox) == status
    assert inbox.events == ([RawEvent("telegram", "7", str(ANNA), UPDATE)] if status == 200 else [])


async def test_a_webhook_call_that_cannot_be_stored_is_not_thanked_for(
    telegram: TelegramStandIn, pauses: Pauses, inbox: Inbox
) -> None:
    channel = channel_on(telegram.url, telegram.token, pauses, webhook_secret="s3cret")
    inbox.failures = 1
    assert await channel.accept("s3cret", json.dumps(UPDATE).encode(), inbox) == 500


async def test_without_a_secret_no_webhook_call_is_accepted(
    telegram: TelegramStandIn, pauses: Pauses, inbox: Inbox
) -> None:
    channel = channel_on(telegram.url, telegram.token, pauses)
    assert await channel.accept("", json.dumps(UPDATE).encode(), inbox) == 401
    assert not inbox.events


async def test_events_come_over_the_webhook_again_until_they_are_stored(
    telegram: TelegramStandIn, pauses: Pauses, inbox: Inbox
) -> None:
    async def take(request: web.Request) -> web.Response:
        secret = request.headers.get("X-Telegram-Bot-Api-Secret-Token")
        return web.Response(status=await channel.accept(secret, await request.read(), inbox))

    app = web.Application()
    app.router.add_post("/telegram", take)
    async with TestServer(app) as server:
        address = str(server.make_url("/"))
        channel = channel_on(telegram.url, telegram.token, pauses, webhook_url=address, webhook_secret="s3cret")
        await channel.start()
        inbox.failures = 2
        for number in range(5):
            telegram.people.says(ANNA, str(number))
        async with receiving(channel, inbox):
            await inbox.wait_for(5)
            await until(lambda: not telegram.queue.pending)
    assert inbox.ids == sorted(inbox.ids)
    assert telegram.queue.webhook_answers == [500, 500, 200, 200, 200, 200, 200]
    await channel.stop()


async def test_a_webhook_that_fails_at_the_platform_is_trouble(
    telegram: TelegramStandIn, pauses: Pauses, inbox: Inbox
) -> None:
    channel = channel_on(telegram.url, telegram.token, pauses, webhook_url="http://127.0.0.1:1", webhook_secret="s3")
    await channel.start()
    async with receiving(channel, inbox):
        await telegram.wait_for_calls("setWebhook")
        telegram.queue.webhook |= {"last_error_date": NOW.timestamp(), "last_error_message": "Connection refused"}
        await until(lambda: channel.trouble() == "webhook: Connection refused, 0 waiting")
    await channel.stop()
