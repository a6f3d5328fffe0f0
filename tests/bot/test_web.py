"""What is served over HTTP: webhooks, health and metrics, asked as a platform or an operator asks."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import httpx
import pytest
from sqlmodel import Session, select

from bot.adapters.telegram import TelegramChannel
from bot.channel import WebhookRoute
from bot.clock import SetClock
from bot.receiver import Receiver
from bot.web import MAX_BODY, Health, Line, web_application
from models.database import Database
from models.inbox import EventState, ReceivedEvent
from tests.bot.adapters.zalo.conftest import Pauses, channel_on
from tests.standins.zalo import ZaloStandIn

SECRET = "a-secret-of-the-tests"
HEADER = "X-Telegram-Bot-Api-Secret-Token"
UPDATE = {
    "update_id": 7,
    "message": {
        "message_id": 1,
        "date": 1,
        "chat": {"id": 501, "type": "private"},
        "from": {"id": 501, "is_bot": False, "first_name": "Person"},
        "text": "/start",
    },
}

pytestmark = pytest.mark.anyio


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@dataclass
class Told:
    """A channel as health sees it."""

    words: str = ""

    def trouble(self) -> str:
        return self.words

    def works(self) -> bool:
        return not self.words


class Site:
    """The application with a Telegram webhook; `lines` and `is_late` are what it is told of itself."""

    def __init__(self, database: Database, clock: SetClock) -> None:
        self.database = database
        self.lines: dict[str, Line] = {"telegram": Told()}
        self.is_late = False
        channel = TelegramChannel(
            "123:abc", "http://127.0.0.1:9", clock, webhook_url="https://x.example", webhook_secret=SECRET
        )
        receiver = Receiver(database, clock, {"telegram": channel}, lambda: None)
        health = Health(database, self.lines, lambda: self.is_late)
        self.app = web_application(health, receiver.store, [WebhookRoute("/telegram", HEADER, channel)])

    async def ask(self, method: str, path: str, **options: Any) -> httpx.Response:
        transport = httpx.ASGITransport(app=self.app)
        async with httpx.AsyncClient(transport=transport, base_url="http://site") as client:
            return await client.request(method, path, **options)

    async def push(self, body: bytes, secret: str | None = SECRET) -> int:
        headers = {HEADER: secret} if secret is not None else {}
        return (await self.ask("POST", "/telegram", content=body, headers=headers)).status_code

    def events(self) -> list[ReceivedEvent]:
        return self.database.transact(lambda session: list(session.exec(select(ReceivedEvent)).all()))


@pytest.fixture
def site(database: Database, clock: SetClock) -> Site:
    return Site(database, clock)


async def test_an_event_is_thanked_for_once_it_is_stored_and_stored_once(site: Site) -> None:
    for _ in range(2):
        assert await site.push(json.dumps(UPDATE).encode()) == 200
    assert [event.event_id for event in site.events()] == ["7"]


@pytest.mark.parametrize("secret", [None, "", "wrong", SECRET + "x", SECRET[:-1], "ä"])
async def test_who_does_not_know_the_secret_is_turned_away(site: Site, secret: str | None) -> None:
    sent = secret.encode() if secret else secret
    headers = {HEADER: sent} if sent is not None else {}
    answer = await site.ask("POST", "/telegram", content=json.dumps(UPDATE).encode(), headers=headers)
    assert answer.status_code == 401
    assert site.events() == []


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b"null", b'{"message": {}}', b'{"update_id": "7"}', b"\xff", b"[" * 100_000]
)
async def test_what_is_no_update_is_refused(site: Site, body: bytes) -> None:
    assert await site.push(body) == 400
    assert site.events() == []


async def test_what_is_far_too_long_is_not_read_to_the_end(site: Site) -> None:
    assert await site.push(b" " * (MAX_BODY + 1)) == 413


async def test_a_broken_update_is_taken_all_the_same_so_that_it_does_not_come_for_ever(site: Site) -> None:
    assert await site.push(b'{"update_id": 8, "message": {"chat": 5}}') == 200
    assert [event.state for event in site.events()] == [EventState.NEW]


async def test_a_classified_text_is_taken_without_the_text(site: Site) -> None:
    update = {**UPDATE, "message": {**UPDATE["message"], "text": "gửi văn bản tối mật"}}  # type: ignore[dict-item]
    assert await site.push(json.dumps(update).encode()) == 200
    assert [event.payload for event in site.events()] == [None]


async def test_without_a_database_nothing_is_thanked_for_and_the_platform_will_repeat_it(
    site: Site, database: Database
) -> None:
    database.transact(_drop)
    assert await site.push(json.dumps(UPDATE).encode()) == 500


def _drop(session: Session) -> None:
    session.connection().exec_driver_sql("DROP TABLE receivedevent")


async def test_only_platforms_push_and_only_where_they_may(site: Site) -> None:
    assert (await site.ask("GET", "/telegram")).status_code == 405
    assert (await site.ask("GET", "/nowhere")).status_code == 404


@pytest.mark.parametrize(
    ("change", "status", "wrong"),
    [
        (lambda site: None, 200, set()),
        (lambda site: site.lines.update(telegram=Told("the token is not valid")), 503, {"channels"}),
        (lambda site: site.lines.update(zalo=Told("away")), 200, set()),
        (lambda site: setattr(site, "is_late", True), 503, {"scheduler"}),
        (lambda site: site.database.transact(_drop), 503, {"database"}),
    ],
)
async def test_health_tells_what_is_wrong(
    site: Site, change: Callable[[Site], object], status: int, wrong: set[str]
) -> None:
    change(site)
    answer = await site.ask("GET", "/healthz")
    assert answer.status_code == status
    assert set(answer.json()["wrong"]) == wrong
    assert answer.json()["ok"] == (status == 200)


async def test_one_bot_of_several_with_a_bad_token_is_named_and_breaks_nothing(site: Site) -> None:
    async with ZaloStandIn() as zalo:
        bad = "333:revoked-and-secret"
        channel = channel_on(zalo.url, Pauses(), [*zalo.bots, bad])
        await channel.start()
        site.lines.clear()
        site.lines["zalo"] = channel
        answer = await site.ask("GET", "/healthz")
        assert answer.status_code == 200 and answer.json()["ok"]
        assert answer.json()["degraded"] == {"zalo": f"bot {len(zalo.bots) + 1}: the token is not valid"}
        assert "secret" not in answer.text
        await channel.stop()


async def test_where_no_bot_of_several_works_nobody_is_served(site: Site) -> None:
    async with ZaloStandIn() as zalo:
        channel = channel_on(zalo.url, Pauses(), ["333:revoked", "444:revoked"])
        await channel.start()
        site.lines.clear()
        site.lines["zalo"] = channel
        answer = await site.ask("GET", "/healthz")
        assert (answer.status_code, set(answer.json()["wrong"])) == (503, {"channels"})
        await channel.stop()


async def test_metrics_tell_how_long_the_queues_are(site: Site) -> None:
    await site.push(json.dumps(UPDATE).encode())
    answer = await site.ask("GET", "/metrics")
    assert answer.status_code == 200
    assert 'thuky_inbox_events{state="new"} 1.0' in answer.text
    assert 'thuky_outbox_messages{state="queued"} 0.0' in answer.text


async def test_nothing_that_is_served_holds_a_secret(site: Site) -> None:
    for path in ("/healthz", "/metrics"):
        assert SECRET not in (await site.ask("GET", path)).text
