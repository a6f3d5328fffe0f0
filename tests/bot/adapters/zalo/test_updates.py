"""What each kind of event means to us."""

from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.zalo.updates import is_from_a_bot, parse, raw_event, unwrapped
from bot.channel import RawEvent
from bot.events import ClassifiedRefused, Event, FileReceived, IncomingFile, TextReceived, Unsupported
from tests.bot.adapters.zalo.conftest import NOW
from tests.standins.zalo import BOT_ID

ANNA = "6ede9afa66b88fe6d6a9"


SENDER = {"id": ANNA, "display_name": "Nguyễn An", "is_bot": False}


def event(name: str = "message.text.received", *, sender: Any = SENDER, **content: Any) -> dict[str, Any]:
    message = {
        "message_id": "2d758cb5e222177a4e35",
        "date": 1_750_316_131_602,
        "from": sender,
        "chat": {"id": ANNA, "chat_type": "PRIVATE"},
        "message_type": "CHAT_MESSAGE",
        **content,
    }
    return {"event_name": name, "message": message}


def read(body: dict[str, Any]) -> Event | None:
    return parse(raw_event(body, BOT_ID), NOW)


def test_text_carries_who_where_and_when() -> None:
    assert read(event(text="Đồng ý <b>")) == TextReceived(
        channel="zalo",
        event_id=f"{BOT_ID}:2d758cb5e222177a4e35",
        address=f"{BOT_ID}:{ANNA}",
        sent_at=datetime(2025, 6, 19, 6, 55, 31, 602_000, tzinfo=UTC),
        sender_name="Nguyễn An",
        message_id="2d758cb5e222177a4e35",
        text="Đồng ý <b>",
    )


@pytest.mark.parametrize("number", ["1459232241454765290", 1459232241454765290])
def test_ids_that_look_like_numbers_stay_what_they_are(number: str | int) -> None:
    read_event = read(event(text="x", chat={"id": number, "chat_type": "PRIVATE"}, message_id=number))
    assert isinstance(read_event, TextReceived)
    assert read_event.address == f"{BOT_ID}:1459232241454765290"
    assert read_event.event_id == f"{BOT_ID}:1459232241454765290"


@pytest.mark.parametrize("field", ["photo", "photo_url"])
def test_a_picture_is_described_and_not_fetched(field: str) -> None:
    address = "https://photo.example/a.jpg"
    received = read(event("message.image.received", caption="Giấy mời", **{field: address}))
    assert isinstance(received, FileReceived)
    assert received.file == IncomingFile(address, "photo-2d758cb5e222177a4e35.jpg", "image/jpeg")
    assert received.caption == "Giấy mời"


@pytest.mark.parametrize("what", ["sticker", "voice", "unsupported"])
def test_what_cannot_be_used_is_named(what: str) -> None:
    received = read(event(f"message.{what}.received", sticker="x", voice_url="https://photo.example/a.aac"))
    assert isinstance(received, Unsupported)
    assert received.what == what


def test_both_shapes_of_a_push_are_the_same_event() -> None:
    flat = event(text="x")
    assert unwrapped(flat) == unwrapped({"ok": True, "result": flat}) == flat


@pytest.mark.parametrize(
    "body",
    [
        *(None, "", 0, [], {}, {"ok": True}, {"ok": True, "result": []}, {"ok": True, "result": {}}),
        *({"event_name": "message.text.received"}, {"event_name": "message.text.received", "message": "x"}),
        *(event("message.poll.received"), event("user.follow"), {"message": event()["message"]}),
    ],
)
def test_probes_and_unknown_events_are_nothing(body: object) -> None:
    assert unwrapped(body) is None


@pytest.mark.parametrize("sender", [{"id": BOT_ID}, {"id": "x", "is_bot": True}, {"id": int(BOT_ID), "is_bot": False}])
def test_our_own_words_are_known(sender: dict[str, Any]) -> None:
    assert is_from_a_bot(event(sender=sender), BOT_ID)
    assert not is_from_a_bot(event(), BOT_ID)


def test_without_an_id_the_same_event_is_still_the_same() -> None:
    first, again, other = event(text="x"), event(text="x"), event(text="y")
    for one in (first, again, other):
        del one["message"]["message_id"]
    assert raw_event(first, BOT_ID).event_id == raw_event(again, BOT_ID).event_id
    assert raw_event(first, BOT_ID).event_id != raw_event(other, BOT_ID).event_id
    assert len(raw_event(first, BOT_ID).event_id) > 40


@pytest.mark.parametrize(
    "broken",
    [
        *(event(), event(text=5), event(text="x", date="heute"), event(text="x", date=10**30)),
        *(event(text="x", chat=None), event(text="x", chat={}), event(text="x", sender=None)),
        *(event("message.image.received"), event("message.image.received", photo=5.5)),
    ],
)
def test_a_malformed_event_is_an_error_that_quotes_nobody(broken: dict[str, Any]) -> None:
    raw = raw_event(broken, BOT_ID)
    with pytest.raises(ValueError, match=r"^broken event: \w+$") as caught:
        parse(raw, NOW)
    assert caught.value.__context__ is None


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["chat", "from", "id", "chat_type", "text", "date", "message_id", "photo", "is_bot"]),
            inner,
            max_size=5,
        )
    ),
    max_leaves=12,
)


@given(st.sampled_from(["text", "image", "sticker"]), JSON)
def test_whatever_arrives_is_an_event_or_nothing_or_a_value_error(kind: str, content: Any) -> None:
    body = unwrapped({"event_name": f"message.{kind}.received", "message": content})
    if body is not None:
        is_from_a_bot(body, BOT_ID)
        with suppress(ValueError):
            read(body)


def test_what_was_screened_off_is_a_refusal() -> None:
    expected = ClassifiedRefused(channel="zalo", event_id="9", address="1:5", sent_at=NOW)
    assert parse(RawEvent("zalo", "9", "1:5", None), NOW) == expected
