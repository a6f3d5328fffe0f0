"""A month's messages: counted, joined, warned of, kept for answers and urgent news at the end; nothing is dropped."""

from datetime import UTC, datetime, timedelta

import pytest
from markupsafe import Markup
from sqlmodel import Session, select

from bot.clock import SetClock
from bot.files import FileStore
from bot.messages import Attachment
from bot.outbox.budget import Budget, month_of, spent
from models.database import Database
from models.outbox import DeliveryState, OutboxMessage
from models.people import ChannelAccount, person_by_code
from models.prompts import Prompt
from services import budgets, demo
from services.demo import Cast
from tests.outbox.chats import Town


@pytest.fixture
def town(database: Database, clock: SetClock, files: FileStore) -> Town:
    return Town(database, clock, files, budget=Budget(monthly=100))


def sent(town: Town) -> int:
    found = town.database.transact(lambda session: spent(session, "plain", town.clock.now()))
    return found.bots.total()


def test_the_month_begins_at_midnight_in_vietnam() -> None:
    assert month_of(datetime(2026, 11, 30, 17, 30, tzinfo=UTC)) == datetime(2026, 11, 30, 17, tzinfo=UTC)
    assert month_of(datetime(2026, 11, 30, 16, 30, tzinfo=UTC)) == datetime(2026, 10, 31, 17, tzinfo=UTC)


def test_news_for_one_chat_is_one_message_with_a_code_for_each_case(town: Town) -> None:
    head = town.person("plain:b:1")
    for number in range(3):
        town.post(head, f"case {number}", choices=True, card=f"c{number}", fresh=True)
    town.deliver(town.plain)
    (text,) = town.plain.got("b:1")
    prompts = town.database.transact(lambda session: session.exec(select(Prompt)).all())
    assert len(prompts) == 3
    assert all(f"case {number}" in text and f"1 {prompts[number].code} – Đồng ý" in text for number in range(3))
    assert town.states() == [DeliveryState.SENT] * 3
    assert sent(town) == 1


def test_a_clause_below_several_news_is_said_once(town: Town) -> None:
    head = town.person("plain:b:1")
    for number, clause in enumerate(("Điều 5", "Điều 5", "Điều 6")):
        town.post(head, Markup(f"case {number}\n<i>{clause}</i>"))
    town.deliver(town.plain)
    (text,) = town.plain.got("b:1")
    assert [line for line in text.split("\n") if line and line != "–––"] == [
        *("case 0", "<i>Điều 5</i>"),
        "case 1",
        *("case 2", "<i>Điều 6</i>"),
    ]


def test_what_does_not_fit_goes_in_another_message(town: Town) -> None:
    head = town.person("plain:b:1")
    for letter in "abcd":
        town.post(head, letter * 700)
    town.deliver(town.plain)
    texts = town.plain.got("b:1")
    assert len(texts) == 2 and max(len(text) for text in texts) <= 1900
    assert [text[0] for text in texts] == ["a", "c"]


def test_urgent_news_goes_alone(town: Town) -> None:
    head = town.person("plain:b:1")
    town.post(head, "one")
    town.post(head, "cancelled", urgent=True)
    town.post(head, "two")
    town.deliver(town.plain)
    assert town.plain.got("b:1") == ["one", "cancelled", "two"]


def test_a_long_message_counts_as_often_as_it_is_sent(town: Town) -> None:
    town.post(town.person("plain:b:1"), "word " * 500)
    town.deliver(town.plain)
    assert sent(town) == 2


def test_a_picture_counts_as_the_message_that_it_is(town: Town) -> None:
    town.public_url = "https://thuky.example"
    head = town.person("plain:b:1")

    def attached(session: Session) -> tuple[Attachment, ...]:
        return tuple(town.work(session).attach(name, b"x") for name in ("seats.png", "paper.pdf"))

    town.post(head, "papers", files=town.database.transact(attached))
    town.deliver(town.plain)
    assert sent(town) == 2


def test_at_the_end_of_the_month_s_messages_only_urgent_news_goes_and_the_rest_takes_the_other_chat(
    town: Town,
) -> None:
    town.budget = Budget(monthly=1)
    alone, both = town.person("plain:b:1"), town.person("plain:b:2", "rich:2")
    town.post(alone, "first")
    town.deliver(town.plain)
    town.post(alone, "waits")
    town.post(both, "goes elsewhere")
    town.post(alone, "cancelled", urgent=True)
    town.deliver(town.plain)
    town.reroute()
    town.deliver()
    assert town.plain.got("b:1") == ["first", "cancelled"]
    assert "goes elsewhere" in town.rich.got("2")[0]
    town.clock.move_to(datetime(2026, 12, 1, 1, tzinfo=UTC))
    town.deliver(town.plain)
    assert town.plain.got("b:1") == ["first", "cancelled", "waits"]


def test_one_bot_s_messages_are_not_another_s(town: Town) -> None:
    town.budget = Budget(monthly=1)
    first, second = town.person("plain:x:1"), town.person("plain:y:2")
    town.post(first, "by x")
    town.deliver(town.plain)
    town.post(first, "again by x")
    town.post(second, "by y")
    town.deliver(town.plain)
    assert (town.plain.got("x:1"), town.plain.got("y:2")) == (["by x"], ["by y"])


def test_one_person_s_messages_are_limited_too(town: Town) -> None:
    town.budget = Budget(per_chat=1)
    first, second = town.person("plain:b:1"), town.person("plain:b:2")
    for text in ("one", "two"):
        town.post(first, text)
        town.post(second, text)
        town.deliver(town.plain)
    assert (town.plain.got("b:1"), town.plain.got("b:2")) == (["one"], ["one"])


class Office:
    """The sample body with the Office on the plain channel, and a month of which so many messages are used."""

    def __init__(self, town: Town) -> None:
        self.town = town
        town.database.transact(self._load)

    def _load(self, session: Session) -> None:
        work = self.town.work(session)
        demo.load_people(work)
        clerk = person_by_code(session, Cast.OFFICE)
        assert clerk is not None
        session.add(
            ChannelAccount(channel="plain", address="b:0", person_id=clerk.id, last_seen_at=self.town.clock.now())
        )
        clerk.preferred_channel = "plain"

    def use(self, number: int) -> None:
        def settle(session: Session) -> None:
            row = OutboxMessage(
                channel="plain", address="b:1", priority=1, payload={}, created_at=self.town.clock.now(),
                state=DeliveryState.SENT, settled_at=self.town.clock.now(), pieces=number,
            )  # fmt: skip
            session.add(row)

        self.town.database.transact(settle)

    def watch(self) -> None:
        def look(session: Session) -> None:
            work = self.town.work(session)
            budgets.watch_budgets(work)
            work.close()

        self.town.database.transact(look)

    def told(self) -> list[str]:
        return [row.payload["text"] for row in self.town.rows("plain") if row.address == "b:0"]


@pytest.fixture
def office(town: Town) -> Office:
    return Office(town)


def test_the_office_is_warned_once_at_80_and_once_at_100_and_daily_of_what_waits(office: Office, town: Town) -> None:
    office.use(79)
    office.watch()
    assert office.told() == []
    office.use(1)
    office.watch()
    office.watch()
    (warning,) = office.told()
    assert "đã gửi 80/100 tin của tháng này" in warning
    office.use(20)
    office.watch()
    office.watch()
    assert len(office.told()) == 3  # what is used up, and that the warning itself waits
    assert "chỉ còn gửi tin trả lời và tin khẩn" in office.told()[1]
    town.post(town.person("plain:b:9"), "waits")
    town.clock.move_to(town.clock.now() + timedelta(days=1))
    office.watch()
    office.watch()
    assert "2 tin đang chờ" in office.told()[-1]
    assert len(office.told()) == 4
    town.deliver(town.plain)
    assert len(town.plain.got("b:0")) == 3


def test_nobody_is_woken_for_it(office: Office, town: Town) -> None:
    office.use(100)
    town.clock.move_to(datetime(2026, 11, 18, 18, tzinfo=UTC))
    office.watch()
    assert office.told() == []
