"""The stand-in behaves as Telegram does where our tests rely on it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import pytest

from tests.standins.telegram import TelegramStandIn
from tests.standins.telegram.process import TelegramProcess

pytestmark = pytest.mark.anyio


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


class Caller:
    def __init__(self, telegram: TelegramStandIn, session: aiohttp.ClientSession) -> None:
        self.telegram, self._session = telegram, session

    async def __call__(self, method: str, **given: Any) -> Any:
        url = f"{self.telegram.url}/bot{self.telegram.token}/{method}"
        async with self._session.post(url, json=given) as response:
            answer = await response.json()
        return answer["result"] if answer["ok"] else answer["description"]


@asynccontextmanager
async def a_telegram() -> AsyncIterator[Caller]:
    async with TelegramStandIn() as telegram, aiohttp.ClientSession() as session:
        yield Caller(telegram, session)


HTML = {"chat_id": 1, "parse_mode": "HTML"}


def with_button(**button: object) -> dict[str, Any]:
    return {"chat_id": 1, "text": "x", "reply_markup": {"inline_keyboard": [[{"text": "b", **button}]]}}


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"text": "x"}, "chat_id is empty"),
        ({"chat_id": 1}, "message text is empty"),
        ({"chat_id": 1, "text": " \n"}, "text must be non-empty"),
        ({"chat_id": 1, "text": "ạ" * 4097}, "message is too long"),
        ({"chat_id": 1, "text": "x", "parse_mode": "Word"}, "unsupported parse_mode"),
        ({**HTML, "text": "<b></b>"}, "text must be non-empty"),
        ({**HTML, "text": "ạ<x>"}, 'can\'t parse entities: Unsupported start tag "x" at byte offset 3'),
        ({**HTML, "text": "1 < 2"}, 'can\'t parse entities: Unsupported start tag "" at byte offset 2'),
        ({**HTML, "text": "1 <2"}, "can't parse entities: Unclosed start tag at byte offset 2"),
        ({**HTML, "text": "a</b>"}, "can't parse entities: Unexpected end tag at byte offset 1"),
        (
            {**HTML, "text": "<b>a</i>"},
            'can\'t parse entities: Unmatched end tag at byte offset 4, expected "</b>", found "</i>"',
        ),
        (with_button(callback_data="ạ" * 22), "BUTTON_DATA_INVALID"),
        (
            with_button(callback_data="x", style="pink"),
            "can't parse inline keyboard button: invalid button style specified",
        ),
        (with_button(), "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"),
        ({"chat_id": 1, "text": "x", "reply_markup": "{"}, "can't parse reply keyboard markup JSON object"),
        ({"chat_id": 1, "text": "x", "reply_markup": "[]"}, "object expected as reply markup"),
    ],
)
async def test_refusals_are_in_telegrams_words(given: dict[str, Any], words: str) -> None:
    async with a_telegram() as call:
        assert await call("sendMessage", **given) == f"Bad Request: {words}"


async def test_a_new_poll_ends_the_older_one_and_offsets_confirm() -> None:
    async with a_telegram() as call:
        older = asyncio.create_task(call("getUpdates", timeout=5))
        await call.telegram.wait_for_calls("getUpdates")
        newer = asyncio.create_task(call("getUpdates", timeout=5))
        assert "terminated by other getUpdates request" in await older
        first = call.telegram.people.says(1, "một")
        assert [update["update_id"] for update in await newer] == [first]
        assert len(await call("getUpdates")) == 1
        assert await call("getUpdates", offset=first + 1) == []
        for text in "abc":
            call.telegram.people.says(1, text)
        assert [update["message"]["text"] for update in await call("getUpdates", offset=-1)] == ["c"]


async def test_a_poll_beside_a_webhook_is_a_conflict() -> None:
    async with a_telegram() as call:
        await call("setWebhook", url="http://127.0.0.1:1/telegram")
        assert "can't use getUpdates method while webhook is active" in await call("getUpdates")


async def test_a_blocked_person_is_not_written_to() -> None:
    async with a_telegram() as call:
        call.telegram.people.blocks(1)
        assert await call("sendMessage", chat_id=1, text="x") == "Forbidden: bot was blocked by the user"


async def test_the_limit_blocks_everybody_for_the_penalty() -> None:
    async with a_telegram() as call:
        call.telegram.limit(rate=2, penalty=5)
        answers = [await call("sendMessage", chat_id=chat, text="x") for chat in range(1, 5)]
        assert [isinstance(answer, dict) for answer in answers] == [True, True, False, False]
        assert answers[2] == "Too Many Requests: retry after 5"


def test_it_runs_as_a_process_of_its_own() -> None:
    with TelegramProcess() as telegram:
        telegram.ask("says", chat_id=501, text="xin chào", times=3)
        assert telegram.ask("summary") == {"calls": {}, "pending": 3, "confirmed": 0}
        assert telegram.ask("sent_texts") == []
