"""What people see, and how each way of not seeing it is told."""

import unicodedata
from dataclasses import replace
from datetime import timedelta

import pytest
from markupsafe import Markup

from bot.adapters.zalo import ZaloChannel, ZaloLimits
from bot.adapters.zalo.pace import Pace
from bot.channel import (
    Command,
    DeliveryError,
    Outgoing,
    OutgoingFile,
    Rejected,
    RetryLater,
    Uncertain,
    Unreachable,
)
from bot.clock import SetClock
from bot.messages import Message, html
from tests.bot.adapters.zalo.conftest import NOW, Pauses
from tests.standins.zalo import BOT_ID, ZaloStandIn

pytestmark = pytest.mark.anyio

ANNA = "6ede9afa66b88fe6d6a9"
PICTURE = "https://thuky.example/p/a"
FORM = OutgoingFile("a.docx", b"docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document")


def to_anna(text: str | Markup, *pictures: str, footer: str = "") -> Outgoing:
    return Outgoing(f"{BOT_ID}:{ANNA}", Message(Markup(text), footer=Markup(footer)), pictures=pictures)


async def test_a_message_arrives_as_plain_text(zalo: ZaloStandIn, channel: ZaloChannel) -> None:
    text = html("Kính gửi <b>{name}</b>: <code>1 &lt; 2</code>", name="A & <B>")
    message_id = await channel.send(to_anna(text))
    assert zalo.bot.shown == [{"chat_id": ANNA, "text": "Kính gửi A & <B>: 1 < 2", "message_id": message_id}]


async def test_a_text_arrives_composed(zalo: ZaloStandIn, channel: ZaloChannel) -> None:
    await channel.send(to_anna(unicodedata.normalize("NFD", "Ủy ban nhân dân xã")))
    assert zalo.bot.texts() == ["Ủy ban nhân dân xã"]


async def test_a_long_text_arrives_in_pieces_with_the_choices_whole_in_the_last(
    zalo: ZaloStandIn, channel: ZaloChannel
) -> None:
    paragraph = "Đồng chí " + "ạ" * 900
    choices = "Trả lời:\n" + "\n".join(f"{number} A7K2 – Việc {number}" for number in range(1, 30))
    message_id = await channel.send(to_anna("\n\n".join([paragraph] * 10), footer=choices))
    texts = zalo.bot.texts()
    assert max(map(len, texts)) <= 1900
    assert "\n\n".join(texts) == "\n\n".join([*[paragraph] * 10, choices])
    assert texts[-1].endswith(choices)
    assert zalo.bot.shown[-1]["message_id"] == message_id
    assert [call.method for call in zalo.calls[1:3]] == ["sendChatAction", "sendMessage"]


@pytest.mark.parametrize("how", [400, 404, 429, "drop", "garble"])
async def test_typing_that_is_not_shown_does_no_harm(zalo: ZaloStandIn, channel: ZaloChannel, how: int | str) -> None:
    zalo.fail("sendChatAction", how)
    await channel.send(to_anna("x " * 2000))
    assert len(zalo.bot.texts()) == 3


@pytest.mark.parametrize("how", [429, 500, 403])
async def test_the_rest_of_a_long_text_is_insisted_on(zalo: ZaloStandIn, channel: ZaloChannel, how: int) -> None:
    zalo.fail("sendMessage", how, skip=1)
    await channel.send(to_anna("x " * 2000))
    assert len(zalo.bot.texts()) == 3


async def test_a_rest_that_does_not_arrive_is_uncertain(zalo: ZaloStandIn, channel: ZaloChannel) -> None:
    zalo.fail("sendMessage", 500, times=3, skip=1)
    with pytest.raises(Uncertain, match="only a part"):
        await channel.send(to_anna("x " * 2000))
    assert len(zalo.bot.texts()) == 1


@pytest.mark.parametrize(
    ("how", "expected", "after"),
    [
        *((400, Rejected, None), (413, Rejected, None), (401, RetryLater, 60.0), (404, Unreachable, None)),
        *((408, Uncertain, None), (504, Uncertain, None), (429, RetryLater, 60.0)),
        *((500, RetryLater, 5.0), (502, RetryLater, 5.0), ("gateway", RetryLater, 5.0)),
        *(("drop", Uncertain, None), ("lose", Uncertain, None), ("garble", Uncertain, None)),
    ],
)
@pytest.mark.parametrize("is_frank", [False, True])
async def test_each_failure_is_one_of_the_four(
    zalo: ZaloStandIn,
    channel: ZaloChannel,
    standing_clock: SetClock,
    how: int | str,
    expected: type[DeliveryError],
    after: float | None,
    is_frank: bool,
) -> None:
    zalo.is_frank = is_frank
    zalo.fail("sendMessage", how)
    with pytest.raises(expected) as caught:
        await channel.send(to_anna("xin chào"))
    assert getattr(caught.value, "after", None) == after
    assert bool(channel.trouble()) == (expected is RetryLater)
    standing_clock.move_to(NOW + timedelta(seconds=after or 0))
    await channel.send(to_anna("xin chào"))
    assert channel.trouble() == ""


async def test_a_used_up_quota_is_waited_for_longer_each_time_and_told(
    zalo: ZaloStandIn, channel: ZaloChannel, standing_clock: SetClock
) -> None:
    zalo.fail("sendMessage", 429, times=8)
    waits = []
    for _ in range(8):
        with pytest.raises(RetryLater) as caught:
            await channel.send(to_anna("x"))
        waits.append(caught.value.after)
        standing_clock.move_to(standing_clock.now() + timedelta(seconds=caught.value.after))
    assert waits == [60, 120, 240, 480, 960, 1920, 3600, 3600]
    assert channel.trouble() == "the quota is used up, refused 8 times in a row"
    await channel.send(to_anna("x"))
    assert channel.trouble() == ""


async def test_during_a_pause_the_platform_is_left_alone(
    zalo: ZaloStandIn, channel: ZaloChannel, standing_clock: SetClock
) -> None:
    zalo.fail("sendMessage", 429)
    with pytest.raises(RetryLater):
        await channel.send(to_anna("x"))
    standing_clock.move_to(NOW + timedelta(seconds=20))
    with pytest.raises(RetryLater) as caught:
        await channel.send(to_anna("x"))
    assert caught.value.after == 40
    assert len(zalo.calls_of("sendMessage")) == 1


async def test_forbidden_is_tried_again_and_then_means_a_closed_chat(
    zalo: ZaloStandIn, channel: ZaloChannel, pauses: Pauses
) -> None:
    zalo.fail("sendMessage", 403, times=2)
    await channel.send(to_anna("xin chào"))
    zalo.bot.closed_chats.add(ANNA)
    with pytest.raises(Unreachable):
        await channel.send(to_anna("xin chào"))
    assert pauses == [2.0, 10.0, 2.0, 10.0]
    assert len(zalo.calls_of("sendMessage")) == 6


@pytest.mark.parametrize("how", [403, 404])
async def test_a_bot_that_is_refused_altogether_closes_nobodys_chat(
    zalo: ZaloStandIn, channel: ZaloChannel, how: int
) -> None:
    zalo.fail("*", how, times=10)
    with pytest.raises(RetryLater):
        await channel.send(to_anna("xin chào"))
    assert f"the bot is refused: {how}" in channel.trouble()


async def test_a_chat_that_never_wrote_is_unreachable(zalo: ZaloStandIn, channel: ZaloChannel) -> None:
    zalo.bot.unknown_chats.add(ANNA)
    with pytest.raises(Unreachable):
        await channel.send(to_anna("xin chào"))
    assert channel.trouble() == ""


async def test_without_a_connection_nothing_was_sent(zalo: ZaloStandIn, channel: ZaloChannel) -> None:
    await zalo.stop()
    with pytest.raises(RetryLater):
        await channel.send(to_anna("xin chào"))
    assert "cannot send" in channel.trouble()


async def test_nothing_to_say_is_our_mistake(channel: ZaloChannel) -> None:
    with pytest.raises(Rejected):
        await channel.send(to_anna(" \n"))


async def test_a_file_is_left_out(zalo: ZaloStandIn, channel: ZaloChannel) -> None:
    await channel.send(replace(to_anna("Giấy ủy quyền"), files=[FORM]))
    assert [call.method for call in zalo.calls[1:]] == ["sendMessage"]


async def test_pictures_are_shown_before_the_text_that_names_them(zalo: ZaloStandIn, channel: ZaloChannel) -> None:
    message_id = await channel.send(to_anna("Sơ đồ phòng họp", PICTURE, f"{PICTURE}2"))
    shown = [one.get("photo") or one["text"] for one in zalo.bot.shown]
    assert shown == [PICTURE, f"{PICTURE}2", "Sơ đồ phòng họp"]
    assert zalo.bot.shown[-1]["message_id"] == message_id


# A platform that cannot fetch the picture may say so in any of these ways; nobody knows which.
@pytest.mark.parametrize(("how", "times"), [(400, 1), (408, 1), ("drop", 1), (404, 1), (403, 3)])
async def test_a_picture_that_is_not_taken_does_not_keep_the_text_back(
    zalo: ZaloStandIn, channel: ZaloChannel, how: int | str, times: int
) -> None:
    zalo.fail("sendPhoto", how, times)
    await channel.send(to_anna("Sơ đồ phòng họp", PICTURE))
    assert zalo.bot.texts() == ["Sơ đồ phòng họp"]


async def test_one_chat_hears_us_once_a_second_and_all_chats_five_times(pauses: Pauses) -> None:
    pace = Pace(ZaloLimits(per_second=5, chat_gap=1), pauses)
    for chat in ("a", "a", "b", "c"):
        await pace.turn(chat)
    assert pauses == [1.0, 0.4, 0.6]


async def test_there_is_no_menu_and_no_link(zalo: ZaloStandIn, channel: ZaloChannel) -> None:
    before = len(zalo.calls)
    await channel.set_commands(f"{BOT_ID}:{ANNA}", [Command("lich", "Lịch")])
    assert channel.link_for("abc") == ""
    assert len(zalo.calls) == before
