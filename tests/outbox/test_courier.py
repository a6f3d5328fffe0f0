"""The courier on a platform that fails in every known way."""

import asyncio
import time
from collections.abc import Callable
from typing import Any, TypeVar

import pytest
from sqlalchemy import update
from sqlalchemy.exc import OperationalError
from sqlmodel import col

from bot.channel import Rejected, RetryLater, Uncertain, Unreachable
from bot.clock import SetClock
from bot.files import FileStore
from bot.messages import Kind
from bot.outbox.limits import Pacer
from models.database import Database
from models.outbox import DeliveryState, OutboxMessage
from tests.outbox.wire import Post

T = TypeVar("T")

pytestmark = pytest.mark.anyio


async def test_messages_of_one_chat_arrive_in_order_and_the_answer_before_the_news(post: Post) -> None:
    post.put("n1")
    post.put("n2")
    post.put("r1", kind=Kind.REPLY)
    post.put("r2", kind=Kind.REPLY)
    async with post.delivering(Pacer(100_000, clock=_leaping())):
        await post.until_idle()
    assert post.wire.texts == ["r1", "r2", "n1", "n2"]


def _leaping() -> Callable[[], float]:
    """A clock by which every gate is open again at the next look."""
    seconds = iter(range(0, 10**9, 10))
    return lambda: float(next(seconds))


async def test_a_slow_chat_holds_up_nobody_else(post: Post) -> None:
    answer = asyncio.Event()
    post.wire.answers["slow"].append(answer)
    post.put("slow one", to="slow", kind=Kind.REPLY)
    for number in range(20):
        post.put(str(number), to=str(number))
    async with post.delivering():
        await post.until(lambda: len(post.wire.sent) == 20)
        answer.set()
        await post.until_idle()
    assert len(post.wire.sent) == 21


async def test_a_later_card_edits_the_message_that_shows_it(post: Post) -> None:
    post.put("asked", card="c", fresh=True)
    async with post.delivering(Pacer(100_000, clock=_leaping())):
        await post.until_idle()
        post.put("decided", card="c")
        await post.until_idle()
        post.put("news", card="c", fresh=True)
        await post.until_idle()
    assert [outgoing.edits for outgoing in post.wire.sent] == ["", "m1", ""]


async def test_when_told_to_wait_the_whole_channel_waits_and_nothing_is_lost(post: Post) -> None:
    post.wire.answers["a"].append(RetryLater(0.3, "Too Many Requests"))
    post.put("a1", to="a", kind=Kind.REPLY)
    post.put("a2", to="a", kind=Kind.REPLY)
    async with post.delivering():
        await post.until(lambda: post.wire.tried == 1)
        post.put("b", to="b", kind=Kind.REPLY)
        await asyncio.sleep(0.2)
        assert post.wire.tried == 1
        post.pass_time(0.3)
        await post.until_idle()
    assert sorted(post.wire.texts) == ["a1", "a2", "b"]
    assert post.wire.texts.index("a1") < post.wire.texts.index("a2")


async def test_news_that_waited_for_its_turn_heeds_a_pause_that_began_meanwhile(post: Post) -> None:
    post.wire.answers["a"].append(RetryLater(30, "Too Many Requests"))
    for chat in "abcdefgh":
        post.put(chat, to=chat)
    async with post.delivering(Pacer(20)):
        await post.until(lambda: post.wire.tried == 1)
        await post.until(lambda: post.states() == [DeliveryState.QUEUED] * 8)
    assert post.wire.tried == 1


async def test_who_cannot_be_reached_is_marked_and_not_tried_again(post: Post) -> None:
    post.wire.answers["a"].append(Unreachable("bot was blocked by the user"))
    for number in range(3):
        post.put(f"reply {number}", kind=Kind.REPLY)
        post.put(f"notice {number}")
    post.put("to another", to="b")
    async with post.delivering():
        await post.until_idle()
    assert post.unreachable and set(post.unreachable) == {"a"}
    assert post.wire.tried == 2
    assert post.states() == [DeliveryState.UNREACHABLE] * 6 + [DeliveryState.SENT]


async def test_what_is_refused_is_not_repeated_and_the_next_one_goes(post: Post) -> None:
    post.wire.answers["a"].extend([Rejected("message is too long"), RuntimeError("our own mistake")])
    for text in ("too long", "broken", "good"):
        post.put(text, kind=Kind.REPLY)
    async with post.delivering():
        await post.until_idle()
    assert post.states() == [DeliveryState.REJECTED, DeliveryState.REJECTED, DeliveryState.SENT]


async def test_a_message_that_cannot_be_packed_holds_up_nobody(post: Post) -> None:
    spoiled = post.put("spoiled", kind=Kind.REPLY)
    post.database.transact(
        lambda session: session.connection().execute(
            update(OutboxMessage).where(col(OutboxMessage.id) == spoiled).values(payload={})
        )
    )
    post.put("good", to="b", kind=Kind.REPLY)
    async with post.delivering():
        await post.until_idle()
    assert post.states() == [DeliveryState.REJECTED, DeliveryState.SENT]


async def test_news_whose_answer_was_lost_comes_again_and_says_so_but_an_answer_does_not(post: Post) -> None:
    post.wire.answers["a"].append(Uncertain("timed out"))
    post.wire.answers["b"].append(Uncertain("timed out"))
    post.wire.answers["c"].append(Uncertain("timed out"))
    post.put("notice", to="a")
    post.put("reply", to="b", kind=Kind.REPLY)
    post.put("edit", to="c", kind=Kind.REPLY, edits="m9")
    async with post.delivering(Pacer(100_000, clock=_leaping())):
        await post.until_idle()
    assert sorted(post.wire.texts) == ["again: notice", "edit"]
    assert post.states() == [DeliveryState.SENT, DeliveryState.UNCERTAIN, DeliveryState.SENT]


async def test_a_menu_that_fails_does_not_send_the_message_again(post: Post) -> None:
    post.put("welcome", kind=Kind.REPLY, menu=(("lich", "meetings"),))
    async with post.delivering():
        await post.until_idle()
    assert post.wire.texts == ["welcome"]


async def test_what_is_in_flight_at_the_end_arrives_and_is_settled(post: Post) -> None:
    answer = asyncio.Event()
    post.wire.answers["a"].append(answer)
    key = post.put("one", kind=Kind.REPLY)
    async with post.delivering():
        await post.until(lambda: post.wire.tried == 1)
        asyncio.get_running_loop().call_later(0.05, answer.set)
    assert post.row(key).state is DeliveryState.SENT


async def test_what_a_dead_courier_was_sending_is_settled_by_the_next(post: Post) -> None:
    post.put("notice")
    post.put("reply", to="b", kind=Kind.REPLY)
    post.claim()
    async with post.delivering():
        await post.until_idle()
    assert post.wire.texts == ["again: notice"]
    assert post.states() == [DeliveryState.SENT, DeliveryState.UNCERTAIN]


class FailingDatabase(Database):
    """One that is away for a while: `before` the transaction is begun, or so that the answer to it is `lost`."""

    how = ""

    async def run(self, function: Callable[..., T], *arguments: Any) -> T:
        how = self.how
        if how == "before":
            raise OperationalError("SELECT 1", {}, Exception("the server closed the connection"))
        result = await super().run(function, *arguments)
        if how == "lost":
            raise OperationalError("COMMIT", {}, Exception("the server closed the connection"))
        return result


@pytest.fixture
def failing(database_url: str) -> FailingDatabase:
    return FailingDatabase(database_url)


async def test_a_database_that_is_away_for_a_while_costs_no_message_and_no_second_copy(
    post: Post, failing: FailingDatabase
) -> None:
    answer = asyncio.Event()
    post.wire.answers["a"].append(answer)
    key = post.put("one", kind=Kind.REPLY)
    async with post.delivering(database=failing):
        await post.until(lambda: post.wire.tried == 1)
        failing.how = "before"
        answer.set()
        await asyncio.sleep(0.3)
        assert post.row(key).state is DeliveryState.SENDING
        failing.how = ""
        await post.until_idle()
    failing.close()
    assert post.wire.texts == ["one"]


async def test_what_was_claimed_in_a_transaction_whose_answer_was_lost_is_found_again(
    post: Post, failing: FailingDatabase
) -> None:
    post.put("one")
    failing.how = "lost"
    async with post.delivering(database=failing):
        await post.until(lambda: post.states() == [DeliveryState.SENDING])
        failing.how = ""
        post.pass_time(3600)
        await post.until_idle()
    failing.close()
    assert post.wire.texts == ["again: one"]


class SlowDatabase(Database):
    """Takes its time for each transaction."""

    def transact_slowly(self, function: Callable[..., T], *arguments: Any) -> T:
        result = function(*arguments)
        time.sleep(0.2)
        return result

    async def run(self, function: Callable[..., T], *arguments: Any) -> T:
        return await super().run(self.transact_slowly, function, *arguments)


async def test_what_is_claimed_at_the_very_moment_of_the_stop_goes_back_untouched(
    database_url: str, post: Post, clock: SetClock, files: FileStore
) -> None:
    post.put("reply", kind=Kind.REPLY)
    slow = SlowDatabase(database_url)
    async with post.delivering(database=slow):
        await post.until(lambda: post.states() == [DeliveryState.SENDING])
    slow.close()
    assert post.wire.tried == 0
    assert post.states() == [DeliveryState.QUEUED]
    async with post.delivering():
        await post.until_idle()
    assert post.wire.texts == ["reply"]
