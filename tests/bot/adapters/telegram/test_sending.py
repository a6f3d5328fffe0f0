"""What people see, and how each way of not seeing it is told."""

import asyncio
import base64

import pytest
from markupsafe import Markup

from bot.adapters.telegram import TelegramChannel
from bot.adapters.telegram.sending import MAX_UPLOAD
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
from bot.events import ButtonPressed
from bot.messages import Button, Message, Style, column, html
from tests.bot.adapters.telegram.conftest import NOW, Pauses
from tests.standins.telegram import TelegramStandIn, Upload
from tests.standins.telegram.people import buttons

pytestmark = pytest.mark.anyio

ANNA = 501
PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
CHOICES = column(Button("Đồng ý", token="a1", style=Style.SUCCESS), Button("Xem", url="https://example.org/x"))


def to_anna(text: str | Markup, **options: object) -> Outgoing:
    rows = options.pop("rows", ())
    return Outgoing(str(ANNA), Message(Markup(text), rows=rows), **options)  # type: ignore[arg-type]


def shown(telegram: TelegramStandIn, message_id: str) -> dict[str, object]:
    return telegram.people.messages[ANNA, int(message_id)]


async def test_a_message_arrives_with_its_markup_and_buttons(
    telegram: TelegramStandIn, channel: TelegramChannel
) -> None:
    text = html("Kính gửi <b>{name}</b>: <code>1 < 2</code>".replace("1 < 2", "1 &lt; 2"), name="A & <B>")
    message_id = await channel.send(to_anna(text, rows=CHOICES))
    message = shown(telegram, message_id)
    assert message["text"] == "Kính gửi A & <B>: 1 < 2"
    assert buttons(message) == [
        {"text": "Đồng ý", "callback_data": "a1", "style": "success"},
        {"text": "Xem", "url": "https://example.org/x"},
    ]
    given = telegram.calls_of("sendMessage")[0].given
    assert given["link_preview_options"] == {"is_disabled": True}
    assert "disable_notification" not in given


async def test_a_silent_message_is_silent(telegram: TelegramStandIn, channel: TelegramChannel) -> None:
    await channel.send(to_anna("nhắc", silent=True))
    assert telegram.calls_of("sendMessage")[0].given["disable_notification"] is True


async def test_a_long_text_arrives_in_pieces_with_the_buttons_on_the_last(
    telegram: TelegramStandIn, channel: TelegramChannel
) -> None:
    paragraph = "Đồng chí " + "ạ" * 900
    message_id = await channel.send(to_anna("<b>" + "\n\n".join([paragraph] * 10) + "</b>", rows=CHOICES))
    texts = telegram.sent_texts(ANNA)
    assert "\n\n".join(texts) == "\n\n".join([paragraph] * 10)
    assert len(texts) == 3
    assert [bool(call.given.get("reply_markup")) for call in telegram.calls_of("sendMessage")] == [False, False, True]
    assert shown(telegram, message_id)["text"] == texts[-1]


async def test_the_rest_of_a_long_text_is_insisted_on_and_then_uncertain(
    telegram: TelegramStandIn, channel: TelegramChannel, pauses: Pauses
) -> None:
    telegram.fail("sendMessage", 429, skip=1, times=2, retry_after=3)
    await channel.send(to_anna("a" * 4096 + "b"))
    assert telegram.sent_texts(ANNA) == ["a" * 4096, "b"]
    assert pauses == [3.0, 3.0]
    telegram.fail("sendMessage", 500, skip=1, times=10)
    with pytest.raises(Uncertain, match="only a part"):
        await channel.send(to_anna("a" * 4096 + "b"))


async def test_refused_markup_arrives_as_plain_text(
    telegram: TelegramStandIn, channel: TelegramChannel, caplog: pytest.LogCaptureFixture
) -> None:
    message_id = await channel.send(to_anna("<b>Đậm <i>chéo</b></i> &amp; < bé", rows=CHOICES))
    assert shown(telegram, message_id)["text"] == "Đậm chéo & < bé"
    assert len(buttons(shown(telegram, message_id))) == 2
    assert "can't parse entities" in caplog.text
    assert "Đậm" not in caplog.text


async def test_an_edit_takes_the_place_and_loses_the_buttons(
    telegram: TelegramStandIn, channel: TelegramChannel
) -> None:
    card = await channel.send(to_anna("Xin ý kiến", rows=CHOICES))
    assert await channel.send(to_anna("Đã <b>đồng ý</b>", edits=card)) == card
    assert shown(telegram, card)["text"] == "Đã đồng ý"
    assert not buttons(shown(telegram, card))
    assert len(telegram.sent_texts(ANNA)) == 1


async def test_an_edit_that_changes_nothing_is_a_success(telegram: TelegramStandIn, channel: TelegramChannel) -> None:
    card = await channel.send(to_anna("Xin ý kiến", rows=CHOICES))
    assert await channel.send(to_anna("Xin ý kiến", rows=CHOICES, edits=card)) == card
    assert telegram.calls_of("editMessageText")[0].status == 400


async def test_what_cannot_be_edited_is_said_anew(telegram: TelegramStandIn, channel: TelegramChannel) -> None:
    photo = await channel.send(to_anna("", files=[OutgoingFile("qr.png", PIXEL, "image/png")]))
    telegram.people.says(ANNA, "của tôi")
    own = str(max(number for _, number in telegram.people.messages))
    for gone in ("999", photo, own):
        message_id = await channel.send(to_anna("mới", rows=CHOICES, edits=gone))
        assert message_id != gone
        assert len(buttons(shown(telegram, message_id))) == 2


async def test_a_lost_answer_to_an_edit_is_only_a_delay(telegram: TelegramStandIn, channel: TelegramChannel) -> None:
    card = await channel.send(to_anna("Xin ý kiến"))
    telegram.fail("editMessageText", "lose")
    with pytest.raises(RetryLater):
        await channel.send(to_anna("Đã xong", edits=card))
    assert await channel.send(to_anna("Đã xong", edits=card)) == card


async def test_a_lost_answer_to_what_an_edit_became_is_uncertain(
    telegram: TelegramStandIn, channel: TelegramChannel
) -> None:
    telegram.fail("sendMessage", "lose")
    with pytest.raises(Uncertain):
        await channel.send(to_anna("Đã xong", edits="999"))


async def test_a_slip_arrives_as_one_document_with_its_text(
    telegram: TelegramStandIn, channel: TelegramChannel
) -> None:
    slip = OutgoingFile('Giấy "ủy quyền".docx', b"PK\3\4", DOCX)
    message_id = await channel.send(to_anna("<b>Giấy ủy quyền</b>", files=[slip]))
    assert shown(telegram, message_id)["caption"] == "Giấy ủy quyền"
    uploaded = telegram.calls_of("sendDocument")[0].given["document"]
    assert uploaded == Upload("Giấy _ủy quyền_.docx", b"PK\3\4", DOCX)


async def test_files_come_before_the_text_with_its_buttons(telegram: TelegramStandIn, channel: TelegramChannel) -> None:
    files = [OutgoingFile("a.docx", b"a", DOCX), OutgoingFile("b.png", PIXEL, "image/png")]
    message_id = await channel.send(to_anna("Tài liệu", files=files, rows=CHOICES))
    assert [call.method for call in telegram.calls[1:]] == ["sendDocument", "sendPhoto", "sendMessage"]
    assert shown(telegram, message_id)["text"] == "Tài liệu"


async def test_a_text_too_long_for_a_caption_is_a_message_of_its_own(
    telegram: TelegramStandIn, channel: TelegramChannel
) -> None:
    await channel.send(to_anna("ạ" * 1025, files=[OutgoingFile("a.docx", b"a", DOCX)]))
    assert [call.method for call in telegram.calls[1:]] == ["sendDocument", "sendMessage"]


async def test_files_follow_an_edited_text(telegram: TelegramStandIn, channel: TelegramChannel) -> None:
    card = await channel.send(to_anna("Xin ý kiến", rows=CHOICES))
    edited = to_anna("Đã đồng ý", edits=card, files=[OutgoingFile("a.docx", b"a", DOCX)])
    assert await channel.send(edited) == card
    assert [call.method for call in telegram.calls[2:]] == ["editMessageText", "sendDocument"]


async def test_a_picture_that_is_none_goes_as_a_document(telegram: TelegramStandIn, channel: TelegramChannel) -> None:
    await channel.send(to_anna("x", files=[OutgoingFile("a.png", b"no picture", "image/png")]))
    assert [call.method for call in telegram.calls[1:]] == ["sendPhoto", "sendDocument"]


@pytest.mark.parametrize(
    ("code", "description", "expected", "after"),
    [
        (403, "Forbidden: bot was blocked by the user", Unreachable, None),
        (403, "Forbidden: user is deactivated", Unreachable, None),
        (403, "Forbidden: bot can't initiate conversation with a user", Unreachable, None),
        (400, "Bad Request: chat not found", Unreachable, None),
        (400, "Bad Request: BUTTON_DATA_INVALID", Rejected, None),
        (400, "Bad Request: message is too long", Rejected, None),
        (413, "Request Entity Too Large", Rejected, None),
        (429, "Too Many Requests: retry after 7", RetryLater, 7),
        (401, "Unauthorized", RetryLater, 60),
        (404, "Not Found", RetryLater, 60),
        (400, "Logged out", RetryLater, 60),
        (409, "Conflict", RetryLater, 5),
        (500, "Internal Server Error: restart", RetryLater, 5),
        (502, "Bad Gateway", RetryLater, 5),
        (503, "Service Unavailable", RetryLater, 5),
        (504, "Gateway Timeout", Uncertain, None),
        ("drop", "", Uncertain, None),
        ("lose", "", Uncertain, None),
        ("garble", "", Uncertain, None),
    ],
)
async def test_each_failure_is_one_of_the_four(
    telegram: TelegramStandIn,
    channel: TelegramChannel,
    code: int | str,
    description: str,
    expected: type[DeliveryError],
    after: float | None,
) -> None:
    telegram.fail("sendMessage", code, description=description, retry_after=after if code == 429 else None)
    with pytest.raises(expected) as caught:
        await channel.send(to_anna("xin chào"))
    assert getattr(caught.value, "after", None) == after
    await channel.send(to_anna("xin chào"))
    assert channel.trouble() == ""


async def test_a_real_refusal_of_a_button_is_our_mistake(telegram: TelegramStandIn, channel: TelegramChannel) -> None:
    with pytest.raises(Rejected, match="BUTTON_DATA_INVALID"):
        await channel.send(to_anna("x", rows=column(Button("Dài", token="ạ" * 30))))


async def test_without_a_connection_nothing_was_sent(telegram: TelegramStandIn, channel: TelegramChannel) -> None:
    await telegram.stop()
    with pytest.raises(RetryLater):
        await channel.send(to_anna("xin chào"))
    assert "cannot send" in channel.trouble()


async def test_nothing_to_say_is_our_mistake(channel: TelegramChannel) -> None:
    with pytest.raises(Rejected):
        await channel.send(to_anna(" \n"))


async def test_a_file_over_the_limit_is_not_even_sent(telegram: TelegramStandIn, channel: TelegramChannel) -> None:
    with pytest.raises(Rejected):
        await channel.send(to_anna("x", files=[OutgoingFile("a.bin", bytes(MAX_UPLOAD + 1), "")]))
    assert not telegram.calls_of("sendDocument")


def a_press(callback_id: str) -> ButtonPressed:
    return ButtonPressed(
        channel="telegram", event_id="1", address=str(ANNA), sent_at=NOW, token="a1", callback_id=callback_id
    )


async def test_a_press_is_acknowledged_and_a_late_one_does_no_harm(
    telegram: TelegramStandIn, channel: TelegramChannel
) -> None:
    card = await channel.send(to_anna("Xin ý kiến", rows=CHOICES))
    callback_id = telegram.people.presses(ANNA, int(card), "Đồng ý")
    await channel.acknowledge(a_press(callback_id))
    telegram.people.forget_presses()
    for how in (400, 500, "drop", "garble"):
        telegram.fail("answerCallbackQuery", how)
        await channel.acknowledge(a_press(callback_id))
    await channel.acknowledge(a_press("never existed"))
    await channel.acknowledge(a_press(""))
    assert [call.status for call in telegram.calls_of("answerCallbackQuery")] == [200, 400, 500, 0, 400, 400]


async def test_the_menu_of_a_chat_is_set_and_a_bad_one_changes_nothing(
    telegram: TelegramStandIn, channel: TelegramChannel
) -> None:
    await channel.set_commands(str(ANNA), [Command("lich", "Lịch họp")])
    await channel.set_commands(str(ANNA), [Command("Bad Name", "")])
    assert telegram.methods.menus == {(f"chat {ANNA}", ""): [{"command": "lich", "description": "Lịch họp"}]}


async def test_a_file_over_20_mb_cannot_be_fetched(telegram: TelegramStandIn, channel: TelegramChannel) -> None:
    telegram.people.files["big"] = bytes(20 * 1024 * 1024 + 1)
    with pytest.raises(Rejected, match="20 MB"):
        await channel.download("big")
    with pytest.raises(Rejected, match="wrong file_id"):
        await channel.download("never existed")


async def test_a_download_that_breaks_may_be_repeated(telegram: TelegramStandIn, channel: TelegramChannel) -> None:
    telegram.people.files["f"] = b"content"
    telegram.fail("(download)", 500)
    with pytest.raises(RetryLater):
        await channel.download("f")
    assert await channel.download("f") == b"content"


async def test_the_first_answer_after_silence_uses_the_open_connection(
    telegram: TelegramStandIn, channel: TelegramChannel
) -> None:
    await asyncio.gather(*(channel.send(to_anna("x")) for _ in range(8)))
    before = telegram.connections
    await asyncio.gather(*(channel.send(to_anna("x")) for _ in range(8)))
    assert telegram.connections == before
