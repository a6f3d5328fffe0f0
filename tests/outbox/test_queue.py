"""The outbox: what is due, in which order, and what becomes of it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event
from sqlmodel import Session

from bot.messages import Kind
from bot.outbox import queue, rerouting
from bot.outbox.queue import Fate
from bot.outbox.shown import sent_card
from models.outbox import DeliveryState
from tests.outbox.wire import CHANNEL, Post


def test_the_same_key_twice_is_one_message(post: Post) -> None:
    post.put("one", dedup_key="k")
    post.put("one", dedup_key="k")
    assert post.claim() == ["one"]


def test_the_same_key_twice_in_one_transaction_is_one_message_too(post: Post) -> None:
    post.put_together(*(post.posting(text, dedup_key=key) for text, key in (("one", "k"), ("two", "l"), ("one", "k"))))
    assert post.claim() == ["one"]
    assert post.states() == [DeliveryState.SENDING, DeliveryState.QUEUED]


def test_of_a_card_drawn_twice_in_one_transaction_the_newer_is_said(post: Post) -> None:
    post.put_together(*(post.posting(text, card="c") for text in ("old", "new")), post.posting("other", to="b"))
    assert post.states() == [DeliveryState.SUPERSEDED, DeliveryState.QUEUED, DeliveryState.QUEUED]
    assert post.claim() == ["new", "other"]


@contextmanager
def asked(post: Post) -> Iterator[list[tuple[str, Any]]]:
    """The statements that are sent meanwhile, with their parameters."""
    found: list[tuple[str, Any]] = []

    def note(_connection: object, _cursor: object, statement: str, parameters: Any, *_rest: object) -> None:
        found.append((statement, parameters))

    event.listen(post.database.engine, "before_cursor_execute", note)
    yield found
    event.remove(post.database.engine, "before_cursor_execute", note)


def test_what_is_said_to_many_at_once_takes_as_many_statements_as_to_one(post: Post) -> None:
    with asked(post) as statements:
        post.put("news", card="c")
        to_one = len(statements)
        post.put_together(*(post.posting("news", to=f"chat {number}", card="c") for number in range(20)))
    assert len(statements) == 2 * to_one
    assert len(post.states()) == 21


def test_without_a_channel_a_message_is_kept_as_unreachable(post: Post) -> None:
    post.put("nobody hears it", channel="", to="")
    assert post.states() == [DeliveryState.UNREACHABLE]
    assert post.claim() == []


def test_replies_go_before_notices_and_notices_before_pings(post: Post) -> None:
    post.put("ping", to="a", kind=Kind.PING)
    post.put("notice", to="b", kind=Kind.NOTICE)
    post.put("first reply", to="c", kind=Kind.REPLY)
    post.put("second reply", to="c", kind=Kind.REPLY)
    assert post.claim() == ["first reply", "second reply", "notice", "ping"]


def test_of_news_a_chat_gets_one_at_a_time_and_the_others_go_on(post: Post) -> None:
    for number in range(20):
        post.put(f"a{number}", to="a")
    post.put("b", to="b")
    assert post.claim(most=4) == ["a0"]
    assert post.claim(most=4, gated=["a"]) == ["b"]
    assert post.claim(most=4, busy=["a"]) == []
    assert post.claim(most=4) == ["a1"]


def test_a_waiting_person_is_answered_even_if_his_chat_has_just_got_news(post: Post) -> None:
    post.put("news")
    post.put("answer", kind=Kind.REPLY)
    assert post.claim(gated=["a"]) == ["answer"]
    assert post.claim(busy=["a"]) == []


def test_what_is_taken_is_not_taken_twice(post: Post) -> None:
    post.put("one")
    assert post.claim() == ["one"]
    assert post.claim() == []


def test_nothing_is_sent_before_its_time_and_nothing_after_what_it_announces(post: Post) -> None:
    soon = post.clock.now() + timedelta(minutes=1)
    post.put("later", to="a", not_before=soon)
    post.put("not after", to="b", not_after=soon)
    post.pass_time(60)
    assert post.claim() == ["later"]
    assert post.states() == [DeliveryState.SENDING, DeliveryState.EXPIRED]


def test_a_card_that_changed_unread_is_said_once_but_news_is_always_said(post: Post) -> None:
    post.put("waits", card="c")
    post.put("decided", card="c", fresh=True)
    post.put("slip", card="c", fresh=True)
    post.put("silent", card="c")
    post.put("of another chat", to="b", card="c")
    assert post.states()[0] is DeliveryState.SUPERSEDED
    assert post.states()[1:] == [DeliveryState.QUEUED] * 4


def test_an_edit_waits_until_the_message_that_it_edits_has_an_id(post: Post) -> None:
    post.put("card", kind=Kind.REPLY, card="c", fresh=True)
    post.put("card, changed", kind=Kind.REPLY, card="c")
    post.put("after it", kind=Kind.REPLY)
    assert post.claim() == ["card"]


def test_a_silent_card_that_comes_back_does_not_replace_the_newer_one(post: Post) -> None:
    old = post.put("open", card="c")
    assert post.claim() == ["open"]
    post.put("decided", kind=Kind.REPLY, card="c")
    post.settle(Fate(old, DeliveryState.QUEUED, retry_at=post.clock.now()))
    assert post.claim() == ["decided"]
    assert post.row(old).state is DeliveryState.SUPERSEDED


def test_only_what_is_being_sent_can_be_settled(post: Post) -> None:
    key = post.put("one")
    post.settle(Fate(key, DeliveryState.SENT, "m1"))
    assert post.row(key).state is DeliveryState.QUEUED
    post.claim()
    post.settle(Fate(key, DeliveryState.SENT, "m1"))
    post.settle(Fate(key, DeliveryState.REJECTED))
    assert (post.row(key).state, post.row(key).message_id) == (DeliveryState.SENT, "m1")


@pytest.mark.parametrize(
    ("kind", "edits", "state"),
    [
        (Kind.NOTICE, "", DeliveryState.QUEUED),
        (Kind.PING, "", DeliveryState.QUEUED),
        (Kind.REPLY, "m1", DeliveryState.QUEUED),
        (Kind.REPLY, "", DeliveryState.UNCERTAIN),
    ],
)
def test_a_lost_answer_is_repeated_only_where_a_second_copy_is_harmless(
    post: Post, kind: Kind, edits: str, state: DeliveryState
) -> None:
    key = post.put("one", kind=kind, edits=edits)
    post.claim()
    post.database.transact(lambda session: queue.recover(session, CHANNEL, post.clock.now(), orphaned=True))
    assert (post.row(key).state, post.row(key).is_repeat) == (state, state is DeliveryState.QUEUED)
    assert bool(post.claim()) == (state is DeliveryState.QUEUED)


def test_a_platform_that_loses_every_answer_is_asked_less_and_less_often(post: Post) -> None:
    key = post.put("one")
    now = post.clock.now()
    waits = []
    for attempts in range(8):
        row = post.row(key)
        row.attempts = attempts
        retry_at = queue.after_lost_answer(row, now, "").retry_at
        assert retry_at is not None
        waits.append((retry_at - now).total_seconds())
    assert waits == [0, 3, 15, 63, 255, 1023, 1023, 1023]


def test_what_outlived_its_lease_is_found_but_not_what_is_under_way(post: Post) -> None:
    key = post.put("one")
    post.claim()

    def recover() -> None:
        post.database.transact(lambda session: queue.recover(session, CHANNEL, post.clock.now(), orphaned=False))

    recover()
    assert post.row(key).state is DeliveryState.SENDING
    post.pass_time(queue.LEASE.total_seconds())
    recover()
    assert post.row(key).state is DeliveryState.QUEUED


def test_a_card_is_found_again_where_it_was_sent(post: Post) -> None:
    first = post.put("one", card="c", fresh=True)
    post.claim()
    post.settle(Fate(first, DeliveryState.SENT, "m1"))
    second = post.put("two", card="c")
    assert post.database.transact(lambda session: sent_card(session, post.row(second))) == "m1"
    assert post.database.transact(queue.count_by_state) == {"sent": 1, "queued": 1}


def plan(post: Post, act: Callable[[Session], object]) -> str:
    """How SQLite finds the rows of the first SELECT that the act sends."""
    with asked(post) as statements, post.database.session() as session:
        act(session)
        statement, parameters = next(one for one in statements if one[0].startswith("SELECT"))
        return str(session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters).all()[0])


@pytest.mark.sqlite
def test_the_card_that_a_chat_shows_is_looked_up_by_an_index(sqlite_post: Post) -> None:
    row = sqlite_post.row(sqlite_post.put("one", card="c"))
    assert "ix_outboxmessage_card" in plan(sqlite_post, lambda session: sent_card(session, row))


@pytest.mark.sqlite
def test_what_cannot_go_out_is_looked_for_every_few_seconds_by_an_index(sqlite_post: Post) -> None:
    now = sqlite_post.clock.now()
    assert "ix_outboxmessage_unreachable" in plan(sqlite_post, lambda session: rerouting.reroute(session, now, []))
