"""`/lich tuan`: the week of one who is invited, and of the Office; as text and as a picture."""

import pytest
from sqlmodel import select

from bot.clock import SetClock
from bot.files import FileStore
from models.database import Database
from models.files import StoredFile
from services.demo import Cast
from tests.handlers.office_stage import DISASTERS, INVESTMENT, MARKET, OfficeStage


@pytest.fixture
def stage(database: Database, clock: SetClock, files: FileStore) -> OfficeStage:
    return OfficeStage(database, clock, files)


def test_an_official_sees_his_own_week_and_turns_to_the_next(stage: OfficeStage) -> None:
    head = stage.phone(Cast.HEALTH_HEAD).says("/lich tuan")
    head.sees_last("Week of", INVESTMENT)
    assert MARKET not in head.last.text
    head.presses("Week after").sees_last(DISASTERS)
    assert INVESTMENT not in head.last.text
    head.presses("Week before").presses("Week before").sees_last("No meeting is planned in this week")


def test_the_office_and_the_chair_see_what_is_theirs(stage: OfficeStage) -> None:
    stage.clerk.says("lịch tuần").sees_last(INVESTMENT, MARKET)
    chair = stage.phone(Cast.SECOND_VICE_CHAIR).says("/lich").presses("The week")
    chair.sees_last(MARKET)
    assert INVESTMENT not in chair.last.text


def test_the_week_comes_as_a_picture(stage: OfficeStage) -> None:
    stage.clerk.says("/lich tuan").presses("Picture")
    drawn = stage.ask(
        lambda work: work.session.exec(select(StoredFile).where(StoredFile.media_type == "image/png")).one()
    )
    assert stage.files.read(drawn.digest).startswith(b"\x89PNG")


def test_a_week_that_is_none_is_a_stale_button(stage: OfficeStage) -> None:
    stage.clerk.presses_token("week.show:0:0:20269999")
    assert "Week of" not in stage.clerk.last.text
