"""One person, two chats: where news goes, and what an answer in one changes in the other."""

import pytest
from sqlmodel import Session, select

from bot.clock import SetClock
from bot.files import FileStore
from models.database import Database
from models.outbox import DeliveryState
from models.people import Person
from models.prompts import Prompt
from tests.outbox.chats import Town


@pytest.fixture
def town(database: Database, clock: SetClock, files: FileStore) -> Town:
    return Town(database, clock, files)


def test_news_goes_to_the_chat_used_last_or_to_the_preferred_one(town: Town) -> None:
    head = town.person("plain:b:1", "rich:1")
    town.post(head, "used last")

    def prefer(session: Session) -> None:
        session.get_one(Person, head).preferred_channel = "rich"

    town.database.transact(prefer)
    town.post(head, "preferred")
    town.deliver()
    assert (town.plain.got("b:1"), town.rich.got("1")) == (["used last"], ["preferred"])


def test_urgent_news_goes_to_all_chats_once_each(town: Town) -> None:
    head = town.person("rich:1", "plain:b:1")
    town.post(head, "cancelled", urgent=True)
    town.deliver()
    assert (town.plain.got("b:1"), town.rich.got("1")) == (["cancelled"], ["cancelled"])


def test_an_answer_on_the_plain_channel_changes_the_card_on_the_rich_one_without_a_word(town: Town) -> None:
    head = town.person("rich:1", "plain:b:1")
    town.post(head, "asked", choices=True, card="c", fresh=True, urgent=True)
    town.deliver()
    town.post(head, "decided", card="c", fresh=True)
    town.deliver()
    assert [(str(one.message.text), one.edits) for one in town.rich.sent] == [("asked", ""), ("decided", "")]
    # The plain chat was told nothing twice, but its code is closed.
    assert len(town.plain.sent) == 1
    prompt = town.database.transact(lambda session: session.exec(select(Prompt)).one())
    assert prompt.is_closed


def test_an_answer_on_the_rich_channel_is_an_edit_there(town: Town) -> None:
    head = town.person("plain:b:1", "rich:1")
    town.post(head, "asked", card="c", fresh=True, urgent=True)
    town.deliver()
    town.post(head, "decided", card="c", fresh=True)
    town.deliver()
    assert [(str(one.message.text), one.edits, one.silent) for one in town.rich.sent[1:]] == [("decided", "m1", True)]
    assert town.plain.got("b:1") == ["asked", "decided"]


def test_a_chat_that_never_showed_the_card_hears_nothing_of_it(town: Town) -> None:
    head = town.person("rich:1", "plain:b:1")
    town.post(head, "asked", card="c", fresh=True)
    town.post(head, "decided", card="c")
    town.deliver()
    assert town.plain.tried == 0
    assert town.states("plain") == []


def test_an_echo_overtakes_nothing_that_waits_in_its_chat(town: Town) -> None:
    head = town.person("plain:b:1", "rich:1")
    town.post(head, "asked", choices=True, card="c", fresh=True, urgent=True)
    town.post(head, "decided", card="c", fresh=True)
    town.deliver()
    assert [str(one.message.text) for one in town.rich.sent] == ["asked", "decided"]
    assert all(state in (DeliveryState.SENT, DeliveryState.SUPERSEDED) for state in town.states())


def test_what_has_no_card_has_no_echo(town: Town) -> None:
    head = town.person("rich:1", "plain:b:1")
    town.post(head, "no card")
    assert len(town.rows()) == 1
