"""What never left, what was answered, and what got lost are three different things."""

import pytest
from pydantic import SecretStr

from bot.adapters.telegram.api import BotApi
from bot.adapters.telegram.request import AnswerLost, NotSent, Refused
from tests.standins.telegram import TelegramStandIn

pytestmark = pytest.mark.anyio


async def test_no_answer_in_time_is_a_lost_answer(telegram: TelegramStandIn) -> None:
    api = BotApi(SecretStr(telegram.token), telegram.url)
    telegram.fail("getMe", "hang")
    with pytest.raises(AnswerLost):
        await api.call("getMe", read_timeout=0.05)
    await api.close()


async def test_nobody_at_the_address_is_not_sent() -> None:
    api = BotApi(SecretStr("1:x"), "http://127.0.0.1:1")
    with pytest.raises(NotSent):
        await api.call("getMe")
    await api.close()


async def test_a_connection_closed_while_idle_is_not_sent(telegram: TelegramStandIn) -> None:
    api = BotApi(SecretStr(telegram.token), telegram.url)
    await api.call("getMe")
    await telegram.stop()
    with pytest.raises(NotSent):
        await api.call("getMe")
    await api.close()


async def test_a_refusal_keeps_the_words_of_the_platform(telegram: TelegramStandIn) -> None:
    api = BotApi(SecretStr(telegram.token), telegram.url)
    telegram.fail("sendMessage", 429, retry_after=3)
    with pytest.raises(Refused) as caught:
        await api.call("sendMessage", {"chat_id": 1, "text": "x"})
    assert caught.value.retry_after == 3
    with pytest.raises(Refused) as caught:
        await api.call("sendMessage", {"chat_id": 1, "text": "<b>x", "parse_mode": "HTML"})
    assert caught.value.description == (
        "Bad Request: can't parse entities: Can't find end tag corresponding to start tag \"b\""
    )
    await api.close()
