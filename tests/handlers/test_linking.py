"""First contact, linking and language, as they are lived in chat."""

import pytest

from bot.clock import SetClock
from bot.files import FileStore
from bot.work import Work
from models.database import Database
from models.people import person_by_code
from services import demo, linking
from services.demo import Cast
from tests.conversation import Phone, Stage


@pytest.fixture
def people(database: Database, clock: SetClock, files: FileStore) -> Stage:
    stage = Stage(database, clock, files)
    stage.act(demo.load_people)
    return stage


def code_for(stage: Stage, person: str) -> str:
    def make(work: Work) -> str:
        found = person_by_code(work.session, person)
        assert found is not None
        return linking.new_linking_code(work, found)

    return str(stage.act(make))


def english(stage: Stage, address: str) -> Phone:
    return stage.stranger(address).says("/ngonngu").presses("English")


def test_a_stranger_is_greeted_without_promises(people: Stage) -> None:
    phone = english(people, "stranger")
    phone.says("/start")
    phone.sees_last("automatic system of UBND tỉnh Sông Mẫu", "officials only")
    phone.says("xin chào")
    phone.sees_last("officials only")


def test_an_official_follows_his_link_and_gets_the_menu(people: Stage) -> None:
    code = code_for(people, Cast.NOT_LINKED)
    phone = english(people, "new")
    phone.says(f"/start {code}")
    phone.sees("Lâm Chí Công", "Chủ tịch UBND xã Đồi Mẫu")
    phone.says("/start")
    phone.sees_last("Lâm Chí Công")


def test_a_typed_code_links_too(people: Stage) -> None:
    code = code_for(people, Cast.NOT_LINKED)
    phone = english(people, "new")
    phone.says(code.lower())
    phone.sees("Lâm Chí Công")


def test_wrong_codes_stay_counted_until_the_chat_has_to_wait(people: Stage) -> None:
    code = code_for(people, Cast.NOT_LINKED)
    phone = english(people, "guesser")
    for _guess in range(5):
        phone.says("/start WRONGWRONG22")
        phone.sees_last("not right")
    phone.says(code)
    phone.sees_last("Too many wrong codes")


def test_a_linked_chat_is_not_taken_over(people: Stage) -> None:
    code = code_for(people, Cast.NOT_LINKED)
    phone = people.phone(Cast.FINANCE_HEAD)
    phone.says("/ngonngu").presses("English")
    phone.says(f"/start {code}")
    phone.sees_last("linked to Vũ Đình Khải")


def test_a_stranger_reaches_no_command_of_officials(people: Stage) -> None:
    phone = english(people, "stranger")
    for text in ("/lich", "/vang", "/duyet", "/uyquyen", "/hop", "/menu"):
        phone.says(text)
        phone.sees_last("officials only")


def test_the_language_is_kept_for_everything_that_follows(people: Stage) -> None:
    phone = people.phone(Cast.CHAIR)
    phone.says("/ngonngu").presses("English")
    phone.sees_last("Language: English")
    assert phone.person.language == "en"
    phone.says("/ngonngu").presses("Tiếng Việt")
    assert phone.person.language == "vi"


def test_a_forged_language_changes_nothing(people: Stage) -> None:
    phone = people.phone(Cast.CHAIR)
    phone.presses_token("language:0:0:fr")
    assert phone.person.language == "vi"
