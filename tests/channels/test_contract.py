"""What every channel owes the rest of the program, whatever its platform is like."""

import asyncio
import unicodedata
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import pytest
from markupsafe import Markup

from bot.channel import Command, DeliveryError, Outgoing, RawEvent, Rejected, RetryLater, Uncertain, Unreachable
from bot.events import Event, FileReceived, TextReceived
from bot.messages import Message, html
from tests.bot.adapters.inbox import Inbox
from tests.channels.platforms import PLATFORMS, WIRED, Platform, Wired
from tests.databases import SqliteFiles, opened

pytestmark = pytest.mark.anyio


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(params=PLATFORMS)
async def platform(
    request: pytest.FixtureRequest, sqlite_files: SqliteFiles, tmp_path: Path
) -> AsyncIterator[Platform]:
    with sqlite_files.fresh() as url, opened(url) as database:
        async with PLATFORMS[request.param].at_work(tmp_path, database) as platform:
            yield platform


@pytest.fixture(params=WIRED)
async def wired(request: pytest.FixtureRequest, sqlite_files: SqliteFiles, tmp_path: Path) -> AsyncIterator[Wired]:
    with sqlite_files.fresh() as url, opened(url) as database:
        async with PLATFORMS[request.param].at_work(tmp_path, database) as platform:
            yield platform


@pytest.fixture
def inbox() -> Inbox:
    return Inbox()


def to(platform: Platform, text: str | Markup) -> Outgoing:
    return Outgoing(platform.address, Message(Markup(text)))


async def arrived(platform: Platform, inbox: Inbox, *texts: str) -> Sequence[Event | None]:
    async with platform.receiving(inbox):
        for text in texts:
            await platform.says(text)
        events = await inbox.wait_for(len(texts))
    return [platform.channel.parse(event) for event in events]


async def test_what_is_typed_arrives_with_the_address_that_answers_reach(platform: Platform, inbox: Inbox) -> None:
    (event,) = await arrived(platform, inbox, "Đồng ý")
    assert isinstance(event, TextReceived)
    assert (event.channel, event.address, event.text) == (platform.channel.name, platform.address, "Đồng ý")
    assert event.sender_name and event.sent_at.tzinfo is not None
    await platform.channel.send(Outgoing(event.address, Message(Markup("Đã ghi nhận."))))
    assert platform.seen() == ["Đã ghi nhận."]


async def test_events_keep_their_order_and_each_has_its_own_id(platform: Platform, inbox: Inbox) -> None:
    events = await arrived(platform, inbox, "một", "hai", "ba")
    texts = [event.text for event in events if isinstance(event, TextReceived)]
    assert sorted(texts) == ["ba", "hai", "một"]
    assert len({raw.event_id for raw in inbox.events}) == 3
    assert {raw.address for raw in inbox.events} == {platform.address}


async def test_reading_an_event_again_gives_the_same(platform: Platform, inbox: Inbox) -> None:
    (event,) = await arrived(platform, inbox, "xin chào")
    assert platform.channel.parse(inbox.events[0]) == event


async def test_a_picture_is_fetched_when_it_is_wanted(platform: Platform, inbox: Inbox) -> None:
    async with platform.receiving(inbox):
        await platform.sends_picture(b"\xff\xd8\xff")
        (raw,) = await inbox.wait_for(1)
    event = platform.channel.parse(raw)
    assert isinstance(event, FileReceived)
    assert event.file.media_type == "image/jpeg" and event.file.name.endswith(".jpg")
    assert await platform.channel.download(event.file.reference) == b"\xff\xd8\xff"


async def test_receiving_ends_when_it_is_cancelled(platform: Platform, inbox: Inbox) -> None:
    async with asyncio.timeout(2):
        async with platform.receiving(inbox):
            pass


async def test_a_message_is_seen_without_its_markup(platform: Platform) -> None:
    message_id = await platform.channel.send(to(platform, html("<b>{name}</b> & 1 &lt; 2", name="A <x> & B")))
    assert message_id
    assert platform.seen() == ["A <x> & B & 1 < 2"]


async def test_a_decomposed_text_reads_the_same(platform: Platform) -> None:
    await platform.channel.send(to(platform, unicodedata.normalize("NFD", "Ủy ban nhân dân xã Mẫu")))
    assert [unicodedata.normalize("NFC", text) for text in platform.seen()] == ["Ủy ban nhân dân xã Mẫu"]


@pytest.mark.parametrize("between", ["\n\n", "\n", " ", ""])
async def test_a_long_text_arrives_whole_and_in_order(platform: Platform, between: str) -> None:
    text = between.join(f"{number:04}" + "ạ" * 46 for number in range(150))
    await platform.channel.send(to(platform, text))
    seen = platform.seen()
    assert "".join("".join(seen).split()) == "".join(text.split())
    # The Telegram-like phone of the simulator shows any length in one bubble.
    assert platform.channel.name == "simulator" or max(map(len, seen)) <= platform.channel.capabilities.max_text


async def test_messages_have_different_ids(platform: Platform) -> None:
    ids = {await platform.channel.send(to(platform, text)) for text in ("một", "hai", "ba")}
    assert len(ids) == 3


async def test_menus_and_links_never_fail(platform: Platform) -> None:
    await platform.channel.set_commands(platform.address, [Command("lich", "Lịch họp")])
    assert isinstance(platform.channel.link_for("abc"), str)


async def test_a_working_channel_has_no_trouble(platform: Platform, inbox: Inbox) -> None:
    await arrived(platform, inbox, "xin chào")
    assert platform.channel.trouble() == ""


# Whether Zalo pushes again what we could not store is unknown.
@pytest.mark.parametrize("wired", ["telegram", "zalo"], indirect=True)
async def test_an_event_that_cannot_be_stored_is_stored_later(wired: Wired, inbox: Inbox) -> None:
    inbox.failures = 2
    (event,) = await arrived(wired, inbox, "xin chào")
    assert isinstance(event, TextReceived)
    assert inbox.failures == 0


@pytest.mark.parametrize("how", ["lost", "cut", "garbled"])
async def test_a_lost_answer_is_uncertain(wired: Wired, how: str) -> None:
    wired.fail(how)
    with pytest.raises(Uncertain):
        await wired.channel.send(to(wired, "xin chào"))
    assert wired.seen() == (["xin chào"] if how != "cut" else [])


@pytest.mark.parametrize("how", ["quota", "token", "down"])
async def test_what_surely_did_not_arrive_may_be_sent_later(wired: Wired, how: str) -> None:
    wired.fail(how)
    with pytest.raises(RetryLater) as caught:
        await wired.channel.send(to(wired, "xin chào"))
    assert caught.value.after > 0
    assert wired.seen() == []
    wired.wait(caught.value.after)
    await wired.channel.send(to(wired, "xin chào"))
    assert wired.seen() == ["xin chào"]
    assert wired.channel.trouble() == ""


async def test_our_own_mistake_is_not_repeated(wired: Wired) -> None:
    wired.fail("refused")
    with pytest.raises(Rejected):
        await wired.channel.send(to(wired, "xin chào"))
    assert wired.channel.trouble() == ""


async def test_a_closed_chat_is_one_persons_matter(wired: Wired) -> None:
    wired.close_chat()
    with pytest.raises(Unreachable):
        await wired.channel.send(to(wired, "xin chào"))
    assert wired.channel.trouble() == ""


async def test_a_long_text_is_not_sent_again_for_the_sake_of_its_end(wired: Wired) -> None:
    wired.fail("down", times=3, skip=1)
    with pytest.raises(Uncertain):
        await wired.channel.send(to(wired, "\n".join("ạ" * 90 for _ in range(100))))
    assert len(wired.seen()) == 1


async def test_a_platform_that_is_away_is_trouble_until_it_is_back(wired: Wired, inbox: Inbox) -> None:
    await wired.go_away()
    with pytest.raises(RetryLater) as caught:
        await wired.channel.send(to(wired, "xin chào"))
    assert wired.channel.trouble()
    await wired.come_back()
    wired.wait(caught.value.after)
    await wired.channel.send(to(wired, "xin chào"))
    (event,) = await arrived(wired, inbox, "tôi đây")
    assert isinstance(event, TextReceived)
    assert wired.channel.trouble() == ""


@pytest.mark.parametrize("how", ["lost", "cut", "garbled", "quota", "token", "down", "refused"])
async def test_no_failure_tells_the_token(wired: Wired, how: str, caplog: pytest.LogCaptureFixture) -> None:
    wired.fail(how)
    with pytest.raises(DeliveryError) as caught:
        await wired.channel.send(to(wired, "xin chào"))
    said = f"{caught.value!r} {caught.value.__cause__!r} {caught.value.__context__!r} {caplog.text}"
    assert wired.secret not in said + wired.channel.trouble() + repr(wired.channel) + repr(vars(wired.channel))


async def test_what_makes_no_sense_is_an_error_that_quotes_nobody(platform: Platform) -> None:
    raw = RawEvent(platform.channel.name, "1", platform.address, {"message": "mật khẩu của tôi"})
    said = ""
    try:
        assert platform.channel.parse(raw) is None
    except (ValueError, KeyError) as error:
        said = str(error)
    assert "mật khẩu" not in said
