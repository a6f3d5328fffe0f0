"""What the doctor says of the settings, the database and the platforms is what `run` would find."""

from contextlib import closing

import pytest
from sqlmodel import Session

from bot import doctor
from bot.clock import SetClock
from bot.files import FileStore
from bot.settings import Settings
from bot.work import Work
from models.database import Database
from models.people import ChannelAccount, Person, the_body
from services import demo
from tests.standins.telegram.process import TelegramProcess


def told(url: str, clock: SetClock, **more: str) -> dict[str, doctor.Finding]:
    settings = Settings.model_validate({"database_url": url, **more})
    return {finding.what: finding for finding in doctor.examine(settings, clock.now())}


@pytest.fixture
def real_body(database_url: str, clock: SetClock, files: FileStore) -> str:
    """A database that holds people who are no sample."""

    def load(session: Session) -> None:
        demo.load_people(Work(session, clock.now(), files, cause="test"))
        body = the_body(session)
        assert body is not None
        body.is_sample = False

    with closing(Database(database_url)) as database:
        database.transact(load)
    return database_url


def test_without_a_token_an_empty_database_is_ready_for_the_simulator(database_url: str, clock: SetClock) -> None:
    findings = told(database_url, clock)
    assert not any(finding.is_wrong for finding in findings.values())
    assert "sample body" in findings["body"].state


def test_the_simulator_over_real_people_is_wrong_and_has_a_cure(real_body: str, clock: SetClock) -> None:
    body = told(real_body, clock)["body"]
    assert body.is_wrong
    assert "refuses" in body.state
    assert "THUKY_TELEGRAM_TOKEN" in body.cure


def test_an_older_schema_is_named_with_its_cure(database_url: str, clock: SetClock) -> None:
    with closing(Database(database_url)) as database:
        database.transact(lambda session: session.connection().exec_driver_sql("DELETE FROM alembic_version"))
    assert "migrate" in told(database_url, clock)["database"].cure


def test_a_wrong_token_is_called_wrong_and_not_unconnected(real_body: str, clock: SetClock) -> None:
    with TelegramProcess() as telegram:
        found = told(real_body, clock, telegram_token="111111:wrong", telegram_api=telegram.url)["telegram"]
        assert (found.state, found.cure) == ("the token is not valid", "Correct THUKY_TELEGRAM_TOKEN.")
        found = told(real_body, clock, telegram_token=telegram.token, telegram_api=telegram.url)["telegram"]
        assert not found.is_wrong


def test_a_platform_that_is_not_there_is_no_fault_of_the_token(real_body: str, clock: SetClock) -> None:
    found = told(real_body, clock, telegram_token="111111:any", telegram_api="http://127.0.0.1:9")["telegram"]
    assert found.is_wrong
    assert "reaches" in found.cure


def test_each_zalo_bot_says_how_many_of_its_places_are_taken(
    database_url: str, clock: SetClock, files: FileStore
) -> None:
    def chats(session: Session) -> None:
        person = Person(code="KT01", full_name="A", folded_name="a")
        session.add(person)
        session.flush()
        for bot, number in (("111", 8), ("222", 9)):
            for chat in range(number):
                official = person.id if chat == 0 else None
                session.add(
                    ChannelAccount(
                        channel="zalo", address=f"{bot}:{chat}", person_id=official, last_seen_at=clock.now()
                    )
                )

    with closing(Database(database_url)) as database:
        database.transact(chats)
    findings = told(database_url, clock, zalo_users="10")
    assert str(findings["zalo bot 111"]) == "ok    zalo bot 111: 8 of 10 people, 1 of them officials"
    assert findings["zalo bot 222"].state == "9 of 10 people, 1 of them officials"
    assert "THUKY_ZALO_TOKEN" in findings["zalo bot 222"].cure
