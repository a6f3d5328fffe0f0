"""What each kind of update means to us."""

from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.telegram import TelegramChannel
from bot.adapters.telegram.updates import parse, raw_event
from bot.channel import RawEvent
from bot.events import (
    ButtonPressed,
    ClassifiedRefused,
    Event,
    FileReceived,
    IncomingFile,
    Left,
    Returned,
    TextReceived,
    Unsupported,
)
from tests.bot.adapters.inbox import Inbox
from tests.bot.adapters.telegram.conftest import NOW, first_event
from tests.standins.telegram import TelegramStandIn

pytestmark = pytest.mark.anyio

ANNA = 501
SENDER = {"id": ANNA, "is_bot": False, "first_name": "Nguyễn", "last_name": "An", "language_code": "vi"}
CHAT = {"id": ANNA, "type": "private"}


def message(**content: Any) -> dict[str, Any]:
    return {
        "update_id": 9,
        "message": {"message_id": 4, "date": 1_900_000_000, "chat": CHAT, "from": SENDER, **content},
    }


def read(update: dict[str, Any]) -> Event | None:
    return parse(raw_event(update), NOW)


def test_text_carries_who_where_and_when() -> None:
    event = read(message(text="Đồng chí <b> & bạn"))
    assert event == TextReceived(
        channel="telegram",
        event_id="9",
        address=str(ANNA),
        sent_at=datetime.fromtimestamp(1_900_000_000, UTC),
        sender_name="Nguyễn An",
        language="vi",
        message_id="4",
        text="Đồng chí <b> & bạn",
    )


@pytest.mark.parametrize(
    ("said", "understood"),
    [
        ("/start@thuky_bot ma-123", "/start ma-123"),
        ("/start ma-123", "/start ma-123"),
        ("/lich", "/lich"),
        ("a/b@c", "a/b@c"),
    ],
)
def test_a_command_loses_the_name_of_the_bot(said: str, understood: str) -> None:
    event = read(message(text=said))
    assert isinstance(event, TextReceived)
    assert event.text == understood


def test_the_largest_photo_is_taken() -> None:
    sizes = [{"file_id": f"f{side}", "width": side, "height": side, "file_size": side} for side in (90, 1280, 320)]
    event = read(message(photo=sizes, caption="Giấy mời"))
    assert isinstance(event, FileReceived)
    assert event.file == IncomingFile("f1280", "photo-4.jpg", "image/jpeg", 1280)
    assert event.caption == "Giấy mời"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (
            {"document": {"file_id": "d", "file_name": "Đơn.pdf", "mime_type": "application/pdf", "file_size": 3}},
            IncomingFile("d", "Đơn.pdf", "application/pdf", 3),
        ),
        ({"document": {"file_id": "d"}}, IncomingFile("d", "document-4")),
        ({"video": {"file_id": "v", "mime_type": "video/mp4"}}, IncomingFile("v", "video-4.mp4", "video/mp4")),
        (
            {"animation": {"file_id": "g"}, "document": {"file_id": "g", "file_name": "g.mp4"}},
            IncomingFile("g", "g.mp4"),
        ),
    ],
)
def test_files_are_described_and_not_fetched(content: dict[str, Any], expected: IncomingFile) -> None:
    event = read(message(**content))
    assert isinstance(event, FileReceived)
    assert event.file == expected


@pytest.mark.parametrize("what", ["sticker", "voice", "location", "contact", "poll", "video_note"])
def test_what_cannot_be_used_is_named(what: str) -> None:
    event = read(message(**{what: {"file_id": "x"}}))
    assert isinstance(event, Unsupported)
    assert event.what == what


def press(**changes: Any) -> dict[str, Any]:
    shown = {"message_id": 4, "date": 1, "chat": CHAT, "from": {"id": 1, "is_bot": True}}
    return {
        "update_id": 9,
        "callback_query": {"id": "c1", "from": SENDER, "message": shown, "data": "tok", **changes},
    }


def test_a_press_carries_its_token_and_message() -> None:
    event = read(press())
    assert isinstance(event, ButtonPressed)
    assert (event.token, event.callback_id, event.message_id, event.address) == ("tok", "c1", "4", str(ANNA))
    assert event.sent_at == NOW


def test_a_press_on_a_message_that_is_gone_still_counts() -> None:
    inaccessible = read(press(message={"message_id": 4, "date": 0, "chat": CHAT}))
    assert isinstance(inaccessible, ButtonPressed)
    assert inaccessible.message_id == "4"
    missing = press()
    del missing["callback_query"]["message"]
    event = read(missing)
    assert isinstance(event, ButtonPressed)
    assert (event.message_id, event.address) == ("", str(ANNA))


@pytest.mark.parametrize(("status", "kind"), [("kicked", Left), ("member", Returned)])
def test_blocking_and_unblocking(status: str, kind: type[Event]) -> None:
    change = {"chat": CHAT, "from": SENDER, "date": 1_900_000_000, "new_chat_member": {"status": status}}
    assert type(read({"update_id": 9, "my_chat_member": change})) is kind


@pytest.mark.parametrize(
    "update",
    [
        message(chat={"id": -100, "type": "supergroup"}, text="xin chào"),
        message(pinned_message={}),
        {"update_id": 9, "edited_message": message(text="x")["message"]},
        {"update_id": 9, "channel_post": {}},
        {"update_id": 9, "something_new": {"a": 1}},
        press(data=None) | {"callback_query": {k: v for k, v in press()["callback_query"].items() if k != "data"}},
        press(message={"message_id": 4, "date": 0, "chat": {"id": -100, "type": "group"}}),
    ],
)
def test_what_concerns_nobody_is_nothing(update: dict[str, Any]) -> None:
    assert read(update) is None


@pytest.mark.parametrize(
    "update",
    [
        message(text=5),
        message(text="x", date="heute"),
        message(text="x", date=10**20),
        message(photo=[]),
        message(photo="x"),
        message(document={}),
        message(text="x") | {"message": None},
        press(data=7),
        press(**{"from": None}),
        {"update_id": 9, "message": {"chat": CHAT, "text": "no sender", "date": 1}},
        {"update_id": 9, "my_chat_member": {"chat": CHAT}},
    ],
)
def test_a_malformed_update_is_an_error_that_quotes_nobody(update: dict[str, Any]) -> None:
    raw = raw_event(update)
    with pytest.raises(ValueError, match=r"^broken \w+: \w+$") as caught:
        parse(raw, NOW)
    assert caught.value.__context__ is None


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["chat", "from", "id", "type", "text", "date", "message_id", "photo", "data", "document"]),
            inner,
            max_size=5,
        )
    ),
    max_leaves=12,
)


@given(st.sampled_from(["message", "callback_query", "my_chat_member"]), JSON)
def test_whatever_arrives_is_an_event_or_nothing_or_a_value_error(kind: str, content: Any) -> None:
    with suppress(ValueError):
        read({"update_id": 1, kind: content})


def test_what_was_screened_off_is_a_refusal() -> None:
    event = parse(RawEvent("telegram", "9", "501", None), NOW)
    assert event == ClassifiedRefused(channel="telegram", event_id="9", address="501", sent_at=NOW)


async def test_a_person_of_the_stand_in_is_understood(
    telegram: TelegramStandIn, channel: TelegramChannel, inbox: Inbox
) -> None:
    telegram.people.attaches(ANNA, "Quyết định.pdf", b"%PDF", caption="kèm theo")
    event = await first_event(channel, inbox)
    assert isinstance(event, FileReceived)
    assert await channel.download(event.file.reference) == b"%PDF"
