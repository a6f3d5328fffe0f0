"""A platform is down in the middle of a meeting's invitations: everybody hears, nobody twice."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.channel import RetryLater, Unreachable
from bot.clock import SetClock
from bot.files import FileStore
from bot.outbox.rerouting import PATIENCE
from models.database import Database
from models.outbox import DeliveryState
from services import reaching
from tests.conftest import START
from tests.databases import SqliteFiles, opened
from tests.outbox.chats import Platform, Town

NOTE = "Gửi qua kênh này vì kênh kia đang không liên lạc được."
DOWN = RetryLater(60, "the platform does not answer")
MINUTES = PATIENCE / timedelta(minutes=1)


@pytest.fixture
def town(database: Database, clock: SetClock, files: FileStore) -> Town:
    return Town(database, clock, files)


def outage(town: Town) -> None:
    """Tried, waited for long enough, tried again."""
    town.deliver()
    town.pass_time(MINUTES + 1)
    town.deliver()


def test_after_ten_minutes_all_that_waits_goes_to_the_other_chat_and_says_so_once(town: Town) -> None:
    heads = [town.person(f"rich:{number}", f"plain:b:{number}") for number in range(5)]
    town.rich.down = DOWN
    for number, head in enumerate(heads):
        town.post(head, f"invitation {number}", choices=True, card=f"i{number}", fresh=True)
        town.post(head, f"papers {number}")
    town.deliver()
    assert town.reroute() == 0
    town.pass_time(MINUTES + 1)
    assert town.reroute() == 10
    assert town.reroute() == 0
    town.deliver(town.plain)
    for number in range(5):
        first, second = town.plain.got(f"b:{number}")
        assert f"invitation {number}" in first and NOTE in first
        assert second == f"papers {number}"
    town.rich.down = None
    town.pass_time(60)
    town.deliver()
    assert town.rich.sent == []


def test_in_the_middle_of_the_invitations_each_head_gets_his_own_once(town: Town) -> None:
    heads = [town.person(f"rich:{number}", f"plain:b:{number}") for number in range(8)]
    alone = town.person("rich:8")
    town.rich.down, town.rich.lasts = DOWN, 3
    for number, head in enumerate([*heads, alone]):
        town.post(head, f"invitation {number}", choices=True, card=f"i{number}", fresh=True)
    town.deliver()
    town.pass_time(2)
    outage(town)
    assert town.reroute() == 5
    town.deliver(town.plain)
    town.rich.down = None
    town.pass_time(60)
    town.deliver()
    first = {number for number in range(8) if town.rich.got(str(number))}
    assert len(first) == 3
    for number in range(8):
        told = [*town.rich.got(str(number)), *town.plain.got(f"b:{number}")]
        assert len(told) == 1 and f"invitation {number}" in told[0]
        assert (NOTE in told[0]) == (number not in first)
    assert town.rich.got("8") == ["invitation 8"]


def test_who_has_no_other_chat_waits_and_is_on_the_telephone_list(town: Town) -> None:
    alone = town.person("rich:1")
    town.rich.down = DOWN
    town.post(alone, "invitation")
    outage(town)
    assert town.reroute() == 0
    assert town.database.transact(lambda session: reaching.people_waiting(town.work(session))) == {alone}
    town.rich.down = None
    town.pass_time(5)
    town.deliver()
    assert town.rich.got("1") == ["invitation"]
    assert town.database.transact(lambda session: reaching.people_waiting(town.work(session))) == set()


def test_a_blocked_chat_hands_over_at_once_and_answers_stay(town: Town) -> None:
    head = town.person("rich:1", "plain:b:1")
    town.rich.answers["1"].append(Unreachable("bot was blocked by the user"))
    town.post(head, "one")
    town.post(head, "two")
    town.deliver()
    assert town.states() == [DeliveryState.UNREACHABLE] * 2
    town.reroute()
    town.deliver()
    first, second = town.plain.got("b:1")
    assert NOTE in first and second == "two"
    assert town.reroute() == 0


def test_urgent_news_that_went_to_all_chats_is_not_sent_twice_to_one(town: Town) -> None:
    head = town.person("rich:1", "plain:b:1")
    town.rich.down = DOWN
    town.post(head, "cancelled", urgent=True)
    outage(town)
    town.reroute()
    town.deliver(town.plain)
    assert town.plain.got("b:1") == ["cancelled"]
    town.rich.down = None
    town.pass_time(5)
    town.deliver()
    assert town.rich.got("1") == ["cancelled"]


def test_one_bot_that_fails_does_not_make_the_others_look_down(town: Town) -> None:
    first, second = town.person("plain:x:1", "rich:1"), town.person("plain:y:2", "rich:2")
    town.plain.answers["x:1"].extend(RetryLater(60, "quota", only_this=True) for _ in range(9))
    town.post(first, "by x")
    town.post(second, "by y")
    outage(town)
    town.post(second, "later by y")
    town.reroute()
    town.deliver()
    assert NOTE in town.rich.got("1")[0]
    assert town.plain.got("y:2") == ["by y", "later by y"]
    assert town.rich.got("2") == []


def test_a_platform_that_answers_again_keeps_what_waits_there(town: Town) -> None:
    head = town.person("rich:1", "plain:b:1")
    town.rich.down = DOWN
    town.post(head, "one")
    town.deliver()
    town.rich.down = None
    town.pass_time(2)
    town.deliver()
    town.post(head, "two")
    town.pass_time(MINUTES + 1)
    assert town.reroute() == 0
    town.deliver()
    assert town.rich.got("1") == ["one", "two"]


def test_what_is_settled_by_newer_news_of_the_same_card_is_not_moved(town: Town) -> None:
    head = town.person("rich:1")
    town.rich.answers["1"].append(Unreachable("blocked"))
    town.post(head, "invitation", card="i1", fresh=True)
    town.deliver()
    town.post(head, "invitation again", card="i1", fresh=True)
    assert town.states()[0] is DeliveryState.SUPERSEDED


ACTS = st.lists(
    st.one_of(
        st.tuples(st.just("post"), st.integers(0, 2)),
        st.tuples(st.just("down"), st.sampled_from(["rich", "plain"])),
        st.tuples(st.just("up"), st.sampled_from(["rich", "plain"])),
        st.tuples(st.just("wait"), st.sampled_from([1, 6, 12])),
    ),
    min_size=4,
    max_size=14,
)


@pytest.mark.sqlite
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=ACTS)
def test_nothing_is_lost_or_doubled_whatever_fails_and_comes_back(
    acts: list[tuple[str, object]], sqlite_files: SqliteFiles, tmp_path_factory: pytest.TempPathFactory
) -> None:
    place = tmp_path_factory.mktemp("town")
    with sqlite_files.fresh() as url, opened(url) as database:
        _play(Town(database, SetClock(START), FileStore(place)), acts)


def _play(town: Town, acts: list[tuple[str, object]]) -> None:
    people = [town.person(f"rich:{n}", f"plain:b:{n}") for n in range(3)]
    platforms: dict[object, Platform] = {"rich": town.rich, "plain": town.plain}
    posted = 0
    for act, argument in acts:
        match act:
            case "post":
                town.post(people[int(str(argument))], f"news {posted} end")
                posted += 1
            case "down":
                platforms[argument].down = DOWN
            case "up":
                platforms[argument].down = None
            case "wait":
                town.pass_time(float(str(argument)))
        town.deliver()
        town.reroute()
    town.rich.down = town.plain.down = None
    for _ in range(3):
        town.pass_time(2)
        town.deliver()
        town.reroute()
    told = [str(one.message.text) for one in (*town.rich.sent, *town.plain.sent)]
    for number in range(posted):
        assert sum(f"news {number} end" in text for text in told) == 1
