"""`/uyquyen` in chat."""

import pytest

from bot.clock import SetClock
from bot.files import FileStore
from models.database import Database
from services import demo
from services.demo import Cast
from tests.conversation import Phone, Stage


@pytest.fixture
def people(database: Database, clock: SetClock, files: FileStore) -> Stage:
    stage = Stage(database, clock, files)
    stage.act(demo.load_people)
    return stage


def english(stage: Stage, code: str) -> Phone:
    return stage.phone(code).says("/ngonngu").presses("English")


def test_a_chair_lets_his_vice_chair_decide_for_a_week(people: Stage) -> None:
    chair = english(people, Cast.CHAIR)
    vice = english(people, Cast.VICE_CHAIR)
    chair.says("/uyquyen")
    chair.sees_last("Nobody decides in another's place at present")
    chair.presses("New delegation")
    chair.sees_last("Who decides in his place?")
    chair.presses("Trần Thị Minh Nguyệt, Phó Chủ tịch UBND tỉnh")
    chair.presses("Tomorrow").presses("7 days").presses("Skip")
    chair.sees_last("Who decides: Trần Thị Minh Nguyệt", "19 November 2026", "25 November 2026")
    chair.presses("Send")
    chair.sees_last("Recorded")
    vice.sees_last("decides in the place of", "25 November 2026")


def test_the_office_enters_it_for_a_chair_and_both_are_told(people: Stage) -> None:
    office, chair = english(people, Cast.OFFICE), english(people, Cast.CHAIR)
    office.says("/uyquyen").presses("New delegation")
    office.sees_last("In whose place")
    office.presses("Nguyễn Văn Hưng, Chủ tịch UBND tỉnh").says("minh nguyet")
    office.presses("Trần Thị Minh Nguyệt, Phó Chủ tịch UBND tỉnh")
    office.says("20/11").says("22/11").says("Văn bản số 15/UBND").presses("Send")
    chair.sees_last("decides in the place of", "15/UBND")


def test_a_wrong_answer_is_corrected_and_the_rest_is_kept(people: Stage) -> None:
    chair = english(people, Cast.CHAIR)
    chair.says("/uyquyen").presses("New delegation").says("khong ton tai")
    chair.sees_last("Nothing was found")
    chair.presses("Trần Thị Minh Nguyệt, Phó Chủ tịch UBND tỉnh").says("25/13")
    chair.sees_last("25/13")
    chair.says("25/11").says("24/11")
    chair.sees_last("too early")
    chair.says("26/11").presses("Skip")
    chair.sees_last("25 November 2026", "26 November 2026")


def test_an_overlap_keeps_the_form_open_and_says_why(people: Stage) -> None:
    chair = english(people, Cast.CHAIR)
    for name in ("Trần Thị Minh Nguyệt", "Lê Quang Dũng"):
        chair.says("/uyquyen").presses("New delegation").presses(f"{name}, Phó Chủ tịch UBND tỉnh")
        chair.presses("Today").presses("7 days").presses("Skip").presses("Send")
    chair.sees_last("Trần Thị Minh Nguyệt decides in the place of", "Change")


def test_a_delegation_is_ended_after_a_second_look(people: Stage) -> None:
    chair, vice = english(people, Cast.CHAIR), english(people, Cast.VICE_CHAIR)
    chair.says("/uyquyen").presses("New delegation").presses("Trần Thị Minh Nguyệt, Phó Chủ tịch UBND tỉnh")
    chair.presses("Today").presses("7 days").presses("Skip").presses("Send")
    chair.says("/uyquyen").presses("End: Trần Thị Minh Nguyệt")
    chair.presses("Keep it")
    chair.presses("End: Trần Thị Minh Nguyệt").presses("End it")
    chair.sees_last("Ended")
    vice.sees_last("no longer decides")
    chair.says("/uyquyen")
    chair.sees_last("Nobody decides in another's place at present")


@pytest.mark.parametrize("code", [Cast.FINANCE_HEAD, Cast.FINANCE_STAFF])
def test_others_neither_see_nor_end_nor_make_delegations(people: Stage, code: str) -> None:
    chair, other = english(people, Cast.CHAIR), english(people, code)
    chair.says("/uyquyen").presses("New delegation").presses("Trần Thị Minh Nguyệt, Phó Chủ tịch UBND tỉnh")
    chair.presses("Today").presses("7 days").presses("Skip").presses("Send")
    other.says("/uyquyen")
    other.sees_last("not available to you")
    for token in ("delegation.new:0:0:", "delegation.end:1:0:", "delegation.ended:1:0:", "delegation.end:99:0:"):
        other.presses_token(token)
        other.sees_last("not available to you")
    chair.says("/uyquyen")
    chair.sees_last("End: Trần Thị Minh Nguyệt")
