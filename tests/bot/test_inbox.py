"""The queue of what came in: each event once, in order within a chat, by one process at a time."""

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import Session, select

from bot import inbox
from bot.channel import RawEvent
from bot.clock import SetClock
from models.database import Database
from models.inbox import EventState, ReceivedEvent


def event(event_id: str, address: str = "a", **payload: Any) -> RawEvent:
    return RawEvent("wire", event_id, address, payload)


@pytest.fixture
def store(database: Database, clock: SetClock) -> Any:
    def keep(*events: RawEvent) -> None:
        database.transact(lambda session: inbox.store(session, events, clock.now()))

    return keep


@pytest.fixture
def claim(database: Database, clock: SetClock) -> Any:
    """The ids of what is taken, and handled unless told otherwise."""

    def take(*, done: bool = True, most: int = 50) -> list[str]:
        def run(session: Session) -> list[str]:
            rows, _more = inbox.claim(session, clock.now(), most)
            if done and rows:
                inbox.finish(session, [row.key for row in rows])
            return [row.event_id for row in rows]

        return database.transact(run)

    return take


def test_an_event_that_comes_again_changes_nothing(store: Any, claim: Any) -> None:
    store(event("1"), event("2", "b"))
    store(event("1"), event("1"), event("3", "c"))
    assert claim() == ["1", "2", "3"]
    store(event("1"))
    assert claim() == []


def test_the_same_number_on_another_channel_is_another_event(store: Any, claim: Any) -> None:
    store(event("1"), RawEvent("other", "1", "a", {}))
    assert claim() == ["1", "1"]


def test_a_chat_is_handled_in_order_and_one_event_at_a_time(store: Any, claim: Any) -> None:
    store(event("1"), event("2"), event("3", "b"), event("4"))
    assert claim() == ["1", "3"]
    assert claim(done=False) == ["2"]
    assert claim() == ["2"]
    assert claim() == ["4"]


def test_whether_more_may_be_waiting_is_known_with_what_is_taken(
    store: Any, database: Database, clock: SetClock
) -> None:
    store(event("1"), event("2", "b"), event("3", "b"), event("4", "c"))

    def take(session: Session, most: int) -> tuple[int, bool]:
        rows, more = inbox.claim(session, clock.now(), most)
        inbox.finish(session, [row.key for row in rows])
        return len(rows), more

    # One more is left for want of room, then one behind another in its chat, then none.
    assert [database.transact(lambda session: take(session, 2)) for _ in range(3)] == [(2, True), (2, True), (0, False)]


def test_an_event_that_has_to_wait_holds_its_own_chat_only(
    store: Any, claim: Any, database: Database, clock: SetClock
) -> None:
    store(event("1"), event("2"), event("3", "b"))

    def put_off(session: Session) -> None:
        row = session.exec(select(ReceivedEvent).where(ReceivedEvent.event_id == "1")).one()
        row.not_before = clock.now() + timedelta(seconds=2)

    database.transact(put_off)
    assert claim() == ["3"]
    clock.move_to(clock.now() + timedelta(seconds=2))
    assert claim() == ["1"]
    assert claim() == ["2"]


def test_a_parked_event_blocks_nobody(store: Any, claim: Any, database: Database) -> None:
    store(event("1"), event("2"))

    def park(session: Session) -> None:
        session.exec(select(ReceivedEvent).where(ReceivedEvent.event_id == "1")).one().state = EventState.PARKED

    database.transact(park)
    assert claim() == ["2"]
    assert database.transact(lambda session: inbox.count(session, EventState.PARKED)) == 1


def test_what_one_process_holds_another_leaves_alone(store: Any, database: Database, clock: SetClock) -> None:
    if database.is_sqlite:
        pytest.skip("SQLite has one writer at a time")
    store(event("1"), event("2"), event("3", "b"))
    with database.session() as one, one.begin():
        assert [row.event_id for row in inbox.claim(one, clock.now(), 1)[0]] == ["1"]
        with database.session() as other, other.begin():
            rows, _more = inbox.claim(other, clock.now(), 50)
            assert [row.event_id for row in rows] == ["3"]
            held = one.exec(select(ReceivedEvent).where(ReceivedEvent.event_id == "1")).one()
            assert inbox.claim_one(other, held.key) is None


def test_the_contents_of_a_handled_event_are_gone(store: Any, claim: Any, database: Database) -> None:
    store(event("1", text="riêng tư"))
    claim()
    row = database.transact(lambda session: session.exec(select(ReceivedEvent)).one())
    assert (row.state, row.payload) == (EventState.DONE, None)


def test_old_events_are_forgotten_once_they_are_handled(
    store: Any, claim: Any, database: Database, clock: SetClock
) -> None:
    store(event("1"))
    claim()
    store(event("2"))
    database.transact(lambda session: inbox.prune(session, clock.now() + timedelta(seconds=1)))
    left = database.transact(lambda session: [row.event_id for row in session.exec(select(ReceivedEvent))])
    assert left == ["2"]


@pytest.mark.parametrize("text", ["\x00", "\ud800", "😀" * 3000, "<b>", "'; DROP TABLE receivedevent; --"])
def test_whatever_people_send_can_be_kept(store: Any, database: Database, text: str) -> None:
    store(event("1", text=text))
    row = database.transact(lambda session: session.exec(select(ReceivedEvent)).one())
    assert row.payload == {"text": text}


def test_nothing_is_stored_without_its_transaction(database: Database, clock: SetClock) -> None:
    with database.session() as session:
        inbox.store(session, [event("1")], clock.now())
        session.rollback()
    assert database.transact(lambda session: session.exec(select(ReceivedEvent)).all()) == []
