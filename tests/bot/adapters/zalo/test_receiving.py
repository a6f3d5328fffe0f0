"""Nothing that was handed out is lost, and nothing is asked for too early, whatever the platform does."""

import asyncio
from collections.abc import Callable, Sequence

import pytest

from bot.adapters.zalo import ZaloChannel
from bot.channel import RawEvent
from bot.events import TextReceived
from tests.bot.adapters.inbox import Inbox
from tests.bot.adapters.zalo.conftest import Pauses, channel_on, first_event, receiving
from tests.standins.zalo import BOT_ID, ZaloStandIn

pytestmark = pytest.mark.anyio

ANNA = "6ede9afa66b88fe6d6a9"


async def until(is_so: Callable[[], bool]) -> None:
    async with asyncio.timeout(5):
        while not is_so():
            await asyncio.sleep(0.01)


@pytest.mark.parametrize("lists", [False, True])
async def test_one_event_or_several_are_received(
    zalo: ZaloStandIn, channel: ZaloChannel, inbox: Inbox, lists: bool
) -> None:
    zalo.bot.hands_out_lists = lists
    for number in range(7):
        zalo.bot.says(ANNA, str(number))
    async with receiving(channel, inbox):
        events = await inbox.wait_for(7)
    texts = [event.text for event in map(channel.parse, events) if isinstance(event, TextReceived)]
    assert texts == list("0123456")
    assert {event.address for event in events} == {f"{BOT_ID}:{ANNA}"}


async def test_the_read_timeout_outlasts_the_poll(zalo: ZaloStandIn, channel: ZaloChannel, inbox: Inbox) -> None:
    async with receiving(channel, inbox):
        call = (await zalo.wait_for_calls("getUpdates"))[0]
    assert call.given == {"timeout": "30"}


async def test_nothing_new_is_no_trouble_and_no_storm(
    zalo: ZaloStandIn, channel: ZaloChannel, inbox: Inbox, pauses: Pauses, caplog: pytest.LogCaptureFixture
) -> None:
    zalo.fail("getUpdates", 408, times=4)
    zalo.bot.says(ANNA, "xin chào")
    async with receiving(channel, inbox):
        await inbox.wait_for(1)
    assert pauses == [1.0] * 4
    assert channel.trouble() == ""
    assert not caplog.records


async def test_an_event_is_stored_before_the_next_is_asked_for(
    zalo: ZaloStandIn, channel: ZaloChannel, inbox: Inbox, pauses: Pauses
) -> None:
    polls: list[int] = []

    async def store(events: Sequence[RawEvent]) -> None:
        polls.append(len(zalo.calls_of("getUpdates")))
        await inbox(events)

    inbox.failures = 3
    zalo.bot.says(ANNA, "một")
    zalo.bot.says(ANNA, "hai")
    async with receiving(channel, store):
        await inbox.wait_for(2)
    assert polls == [1, 1, 1, 1, 2]
    assert pauses == [1.0, 1.0, 1.0]


async def test_what_could_not_be_stored_is_stored_when_the_channel_receives_again(
    zalo: ZaloStandIn, channel: ZaloChannel, inbox: Inbox
) -> None:
    inbox.failures = 1_000_000
    zalo.bot.says(ANNA, "một")
    async with receiving(channel, inbox):
        await until(lambda: "could not be stored: RuntimeError" in channel.trouble())
    inbox.failures = 0
    async with receiving(channel, inbox):
        events = await inbox.wait_for(1)
    assert isinstance(channel.parse(events[0]), TextReceived)


async def test_a_failing_inbox_does_not_tell_what_people_wrote(
    zalo: ZaloStandIn, channel: ZaloChannel, inbox: Inbox, caplog: pytest.LogCaptureFixture
) -> None:
    inbox.failures = 1_000_000
    zalo.bot.says(ANNA, "một")
    async with receiving(channel, inbox):
        await until(lambda: inbox.failures < 999_999)
    assert "mật khẩu" not in caplog.text


async def test_polling_takes_a_webhook_away_first_and_again(
    zalo: ZaloStandIn, channel: ZaloChannel, inbox: Inbox, pauses: Pauses
) -> None:
    zalo.bot.webhook = {"url": "http://127.0.0.1:1/zalo", "secret": "forgotten"}
    async with receiving(channel, inbox):
        await zalo.wait_for_calls("getUpdates")
        zalo.bot.webhook = {"url": "http://127.0.0.1:1/zalo", "secret": "forgotten"}
        zalo.bot.waiting.append({"event_name": "ends the poll that is open"})
        zalo.bot.arrived.set()
        await zalo.wait_for_calls("deleteWebhook", 2)
        zalo.bot.says(ANNA, "xin chào")
        await inbox.wait_for(1)
    assert 5.0 in pauses


async def test_a_rejected_token_is_told_and_tried_rarely(
    zalo: ZaloStandIn, channel: ZaloChannel, inbox: Inbox, pauses: Pauses
) -> None:
    zalo.fail("deleteWebhook", 401, times=2)
    async with receiving(channel, inbox):
        await until(lambda: len(pauses) > 0)
        assert channel.trouble() == "the token is not valid"
        await zalo.wait_for_calls("getUpdates")
    assert pauses[:2] == [60.0, 60.0]


@pytest.mark.parametrize(
    ("how", "expected"),
    [
        *[(how, [1.0, 5.0]) for how in ("drop", "lose", "garble")],
        *[(how, [5.0, 5.0]) for how in (403, 404, 500, "gateway")],
        (429, [60.0, 120.0]),
    ],
)
async def test_a_poll_that_fails_is_repeated(
    zalo: ZaloStandIn, channel: ZaloChannel, inbox: Inbox, pauses: Pauses, how: int | str, expected: list[float]
) -> None:
    zalo.fail("getUpdates", how, times=2)
    # What was handed out and did not arrive is gone: the platform confirms nothing.
    for text in ("một", "hai", "ba"):
        zalo.bot.says(ANNA, text)
    async with receiving(channel, inbox):
        await inbox.wait_for(1)
        await until(lambda: channel.trouble() == "")
    assert pauses[:2] == expected


@pytest.mark.parametrize("is_frank", [False, True])
async def test_the_body_decides_whatever_the_status(
    zalo: ZaloStandIn, channel: ZaloChannel, inbox: Inbox, pauses: Pauses, is_frank: bool
) -> None:
    zalo.is_frank = is_frank
    zalo.fail("getUpdates", 408)
    zalo.bot.says(ANNA, "xin chào")
    assert isinstance(await first_event(channel, inbox), TextReceived)
    assert pauses == [1.0]


async def test_what_concerns_nobody_is_not_stored(zalo: ZaloStandIn, channel: ZaloChannel, inbox: Inbox) -> None:
    zalo.bot.sends(BOT_ID, "message.text.received", text="our own echo")
    zalo.bot.sends(ANNA, "message.text.received", text="x", **{"from": {"id": "b", "is_bot": True}})
    zalo.bot.sends(ANNA, "message.poll.received", text="x")
    zalo.bot.push({"event_name": "message.text.received"})
    zalo.bot.push({})
    zalo.bot.says(ANNA, "sau cùng")
    async with receiving(channel, inbox):
        (event,) = await inbox.wait_for(1)
    received = channel.parse(event)
    assert isinstance(received, TextReceived)
    assert received.text == "sau cùng"


async def test_a_broken_event_blocks_nobody(zalo: ZaloStandIn, channel: ZaloChannel, inbox: Inbox) -> None:
    zalo.bot.push({"event_name": "message.text.received", "message": {"text": "no chat"}})
    zalo.bot.says(ANNA, "sau")
    async with receiving(channel, inbox):
        broken, healthy = await inbox.wait_for(2)
    with pytest.raises(ValueError, match="broken event"):
        channel.parse(broken)
    assert isinstance(channel.parse(healthy), TextReceived)


async def test_a_group_is_refused_once_a_day_and_not_listened_to(
    zalo: ZaloStandIn, channel: ZaloChannel, inbox: Inbox
) -> None:
    for _ in range(3):
        zalo.bot.says(ANNA, "chuyện nội bộ", chat={"id": "g1", "chat_type": "GROUP"})
    zalo.bot.says(ANNA, "chuyện khác", chat={"id": "g2", "chat_type": "GROUP"})
    zalo.bot.says(ANNA, "riêng")
    async with receiving(channel, inbox):
        await inbox.wait_for(1)
        await zalo.wait_for_calls("sendMessage", 2)
    assert len(inbox.events) == 1
    assert sorted(one["chat_id"] for one in zalo.bot.shown) == ["g1", "g2"]


async def test_a_start_without_the_platform_succeeds_and_receiving_begins_when_it_is_back(
    zalo: ZaloStandIn, pauses: Pauses, inbox: Inbox
) -> None:
    port = int(zalo.url.rpartition(":")[2])
    await zalo.stop()
    channel = channel_on(zalo.url, pauses)
    await channel.start()
    assert list(channel.bots()) == []
    async with receiving(channel, inbox):
        await until(lambda: len(pauses) >= 3)
        assert "NotSent" in channel.trouble()
        await zalo.start(port)
        zalo.bot.says(ANNA, "xin chào")
        await inbox.wait_for(1)
    assert channel.trouble() == ""
    assert [bot.id for bot in channel.bots()] == [BOT_ID]
    await channel.stop()
