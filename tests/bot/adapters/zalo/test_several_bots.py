"""Several bots of one body: each with its own people, its own secret and its own troubles."""

import json
from collections.abc import AsyncIterator

import pytest
from markupsafe import Markup

from bot.adapters.zalo import ZaloChannel
from bot.channel import Outgoing, RetryLater, Unreachable
from bot.messages import Message
from tests.bot.adapters.inbox import Inbox
from tests.bot.adapters.zalo.conftest import SECRET, Pauses, channel_on, receiving
from tests.bot.adapters.zalo.test_receiving import until
from tests.bot.adapters.zalo.test_updates import ANNA, event
from tests.standins.zalo import ZaloStandIn
from tests.standins.zalo.bots import Bot

pytestmark = pytest.mark.anyio

OFFICIALS, CITIZENS = "11:officials-0123456789abcdef", "22:citizens-0123456789abcdef"
TOKENS = [OFFICIALS, CITIZENS]


@pytest.fixture
async def zalo() -> AsyncIterator[ZaloStandIn]:
    async with ZaloStandIn({OFFICIALS: Bot(id="111", name="Bot Cán bộ"), CITIZENS: Bot(id="222")}) as standin:
        yield standin


def to(address: str) -> Outgoing:
    return Outgoing(address, Message(Markup("xin chào")))


@pytest.mark.parametrize("tokens", [TOKENS, TOKENS[::-1]])
async def test_a_person_is_answered_by_the_bot_that_he_wrote_to(
    zalo: ZaloStandIn, pauses: Pauses, inbox: Inbox, tokens: list[str]
) -> None:
    channel = channel_on(zalo.url, pauses, tokens)
    await channel.start()
    zalo.bots[OFFICIALS].says(ANNA, "một")
    zalo.bots[CITIZENS].says(ANNA, "hai")
    async with receiving(channel, inbox):
        events = await inbox.wait_for(2)
    assert {event.address for event in events} == {f"111:{ANNA}", f"222:{ANNA}"}
    await channel.send(to(f"222:{ANNA}"))
    assert (zalo.bots[OFFICIALS].texts(), zalo.bots[CITIZENS].texts()) == ([], ["xin chào"])
    await channel.stop()


async def test_the_bots_are_listed_in_the_order_of_their_tokens(zalo: ZaloStandIn, pauses: Pauses) -> None:
    channel = channel_on(zalo.url, pauses, TOKENS)
    await channel.start()
    assert [(bot.id, bot.name) for bot in channel.bots()] == [("111", "Bot Cán bộ"), ("222", "Bot Thư Ký")]
    await channel.stop()


async def test_a_bot_with_a_revoked_token_holds_up_only_its_own_people(
    zalo: ZaloStandIn, pauses: Pauses, inbox: Inbox
) -> None:
    channel = channel_on(zalo.url, pauses, TOKENS)
    await channel.start()
    revoked = zalo.bots.pop(OFFICIALS)
    with pytest.raises(RetryLater) as caught:
        await channel.send(to(f"111:{ANNA}"))
    assert caught.value.only_this
    assert channel.trouble() == "bot 1: the token is not valid"
    await channel.send(to(f"222:{ANNA}"))
    zalo.bots[CITIZENS].says(ANNA, "hai")
    async with receiving(channel, inbox):
        await inbox.wait_for(1)
    assert not revoked.shown
    await channel.stop()


async def test_people_of_a_bot_that_was_given_up_are_unreachable(zalo: ZaloStandIn, pauses: Pauses) -> None:
    channel = channel_on(zalo.url, pauses, [OFFICIALS])
    await channel.start()
    with pytest.raises(Unreachable):
        await channel.send(to(f"222:{ANNA}"))
    await channel.stop()


async def test_nobody_is_given_up_before_all_bots_are_known(zalo: ZaloStandIn, pauses: Pauses) -> None:
    channel = channel_on(zalo.url, pauses, TOKENS)
    zalo.fail("getMe", 500, times=2)
    await channel.start()
    with pytest.raises(RetryLater):
        await channel.send(to(f"222:{ANNA}"))
    await channel.send(to(f"222:{ANNA}"))
    await channel.stop()


async def test_a_push_is_told_apart_by_its_secret(zalo: ZaloStandIn, pauses: Pauses, inbox: Inbox) -> None:
    options = {"webhook_url": "https://thuky.example", "webhook_secret": SECRET}
    secrets = []
    for tokens in (TOKENS, TOKENS[::-1]):
        channel = channel_on(zalo.url, pauses, tokens, **options)
        await channel.start()
        async with receiving(channel, inbox):
            await until(lambda: all(bot.webhook for bot in zalo.bots.values()))
        secrets.append([bot.webhook["secret"] for bot in zalo.bots.values()])
        for bot in zalo.bots.values():
            await channel.accept(bot.webhook["secret"], json.dumps(event(text="x")).encode(), inbox)
        assert await channel.accept(SECRET, json.dumps(event(text="x")).encode(), inbox) == 401
        await channel.stop()
    assert [one.address for one in inbox.events] == [f"111:{ANNA}", f"222:{ANNA}"] * 2
    assert secrets[0] == secrets[1] and len(set(secrets[0])) == 2
    assert not any(token in secret for token in TOKENS for secret in secrets[0])


async def test_a_channel_is_well_when_all_its_bots_are(zalo: ZaloStandIn, pauses: Pauses) -> None:
    channel: ZaloChannel = channel_on(zalo.url, pauses, TOKENS)
    zalo.bots.pop(CITIZENS)
    await channel.start()
    assert channel.trouble() == "bot 2: the token is not valid"
    await channel.stop()
