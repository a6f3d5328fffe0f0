"""/caidat: one's own channel; and whom a bot that is kept for officials sends on."""

import pytest
from sqlmodel import Session, select

from bot.clock import SetClock
from bot.dispatch import Dispatcher
from bot.files import FileStore
from handlers import ROUTES
from models.database import Database
from models.people import ChannelAccount, person_by_code
from services import demo
from services.demo import Cast
from tests.conversation import Phone, Stage


@pytest.fixture
def people(database: Database, clock: SetClock, files: FileStore) -> Stage:
    stage = Stage(database, clock, files)
    stage.act(demo.load_people)
    return stage


def also_on_zalo(stage: Stage, code: str) -> None:
    def link(session: Session) -> None:
        person = person_by_code(session, code)
        assert person is not None
        session.add(ChannelAccount(channel="zalo", address="b:1", person_id=person.id, last_seen_at=stage.clock.now()))

    stage.database.transact(link)


def preferred(phone: Phone) -> str:
    return phone.person.preferred_channel


def test_with_one_chat_there_is_nothing_to_choose(people: Stage) -> None:
    shown = people.phone(Cast.CHAIR).says("/caidat").sees_last("Kênh nhận tin", "Simulator: liên lạc được, đang dùng")
    assert list(shown.buttons) == ["Đổi giờ nhận tin buổi sáng"]


def test_one_of_two_channels_is_chosen_and_given_back(people: Stage) -> None:
    also_on_zalo(people, Cast.CHAIR)
    phone = people.phone(Cast.CHAIR).says("cài đặt")
    phone.sees_last("Thông báo gửi qua: kênh đồng chí dùng gần nhất", "Zalo")
    phone.presses("Zalo")
    phone.sees_last("Thông báo gửi qua: Zalo", "Zalo: liên lạc được, đang dùng")
    assert preferred(phone) == "zalo"
    phone.presses("Kênh dùng gần nhất")
    assert preferred(phone) == ""


def test_a_channel_that_one_does_not_have_is_not_chosen(people: Stage) -> None:
    phone = people.phone(Cast.CHAIR)
    phone.presses_token("settings.channel:0:0:zalo")
    assert preferred(phone) == ""


def test_a_chat_that_is_closed_says_so(people: Stage) -> None:
    also_on_zalo(people, Cast.CHAIR)

    def close(session: Session) -> None:
        session.exec(select(ChannelAccount).where(ChannelAccount.channel == "zalo")).one().is_reachable = False

    people.database.transact(close)
    people.phone(Cast.CHAIR).says("/caidat").sees_last("Zalo: đang không liên lạc được")


@pytest.fixture
def kept(people: Stage) -> Stage:
    """A stage whose bot is kept for officials."""
    people.dispatcher = Dispatcher(
        people.database,
        people.clock,
        people.files,
        ROUTES,
        {people.channel.name: people.channel},
        delivered=lambda: None,
        citizens_bot=lambda channel, address: "Bot Công dân",
    )
    return people


def test_a_stranger_is_sent_to_the_bot_for_citizens(kept: Stage) -> None:
    kept.stranger("someone").says("xin chào").sees_last("mời ông/bà nhắn tin tới Bot Công dân")


def test_an_official_is_served_where_he_is(kept: Stage) -> None:
    kept.phone(Cast.CHAIR).says("/menu")
    assert kept.phone(Cast.CHAIR).count("Bot Công dân") == 0


def test_a_menu_too_long_for_a_phone_keeps_its_end_behind_a_button(people: Stage) -> None:
    clerk = people.phone(Cast.OFFICE).says("/menu")
    first = list(clerk.last.buttons)
    assert len(first) == 8
    assert first[-1] == "Xem thêm"
    clerk.presses("Xem thêm").sees_last("Thống kê dự họp", "Ủy quyền cho ý kiến")
    assert not set(first[:-1]) & set(clerk.last.buttons)
    clerk.presses("Quay lại")
    assert list(clerk.last.buttons) == first


def test_a_short_menu_stands_in_one_piece(people: Stage) -> None:
    head = people.phone(Cast.FINANCE_HEAD).says("/menu")
    assert "Xem thêm" not in head.last.buttons
