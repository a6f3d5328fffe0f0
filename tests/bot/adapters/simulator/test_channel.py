"""What the simulated phones show, edit and keep."""

import asyncio
from pathlib import Path

import pytest
from markupsafe import Markup
from sqlmodel import Session, col, select

from bot.adapters.simulator.channel import TELEGRAM_LIKE, TEXT_ONLY, SimulatorChannel
from bot.channel import Command, Outgoing, OutgoingFile, RawEvent, Rejected
from bot.clock import SetClock
from bot.events import FileReceived, Unsupported
from bot.files import FileStore
from bot.messages import Message, button
from models.database import Database
from models.simulator import SimulatedMessage, chat_at

CARD = Message(Markup("<b>Xin ý kiến</b>"), ((button("Đồng ý", "yes:1:1:"),),))
DECIDED = Message(Markup("Đã đồng ý"))


def bubbles(database: Database) -> list[SimulatedMessage]:
    def all_of_them(session: Session) -> list[SimulatedMessage]:
        return list(session.exec(select(SimulatedMessage).order_by(col(SimulatedMessage.id))).all())

    with database.session() as session, session.begin():
        return all_of_them(session)


@pytest.fixture
def channel(database: Database, clock: SetClock, tmp_path: Path) -> SimulatorChannel:
    return SimulatorChannel(TELEGRAM_LIKE, database, clock, FileStore(tmp_path))


@pytest.fixture
def text_channel(database: Database, clock: SetClock, tmp_path: Path) -> SimulatorChannel:
    return SimulatorChannel(TEXT_ONLY, database, clock, FileStore(tmp_path))


def send(channel: SimulatorChannel, message: Message, edits: str = "", files: tuple[OutgoingFile, ...] = ()) -> str:
    return asyncio.run(channel.send(Outgoing("hung", message, files, edits)))


def test_an_edit_takes_the_place_of_the_message(channel: SimulatorChannel, database: Database) -> None:
    card = send(channel, CARD)
    later = send(channel, DECIDED)
    assert send(channel, DECIDED, edits=card) == card
    first, second = bubbles(database)
    assert (first.payload["text"], first.payload["rows"], first.is_edited) == ("Đã đồng ý", [], True)
    assert str(second.id) == later
    assert first.changed > second.changed


def test_a_long_text_comes_in_pieces_and_the_last_one_carries_the_buttons(
    channel: SimulatorChannel, database: Database
) -> None:
    card = send(channel, CARD)
    long = Message(Markup("<b>{}</b>").format("mười chữ " * 1000), CARD.rows)
    last = send(channel, long, edits=card)
    shown = bubbles(database)
    assert [len(bubble.payload["text"]) <= 4096 + len("<b></b>") for bubble in shown] == [True] * 3
    assert [bool(bubble.payload["rows"]) for bubble in shown] == [False, False, True]
    assert (shown[0].is_edited, str(shown[-1].id)) == (True, last)


def test_a_repeated_edit_changes_nothing(channel: SimulatorChannel, database: Database) -> None:
    card = send(channel, CARD)
    send(channel, CARD, edits=card)
    assert [(bubble.is_edited, bubble.changed) for bubble in bubbles(database)] == [(False, 1)]


@pytest.mark.parametrize("gone", ["999", "abc", "1e3"])
def test_an_edit_of_what_is_gone_is_a_new_message(channel: SimulatorChannel, database: Database, gone: str) -> None:
    send(channel, CARD, edits=gone)
    assert len(bubbles(database)) == 1


def test_a_text_phone_shows_a_new_message_instead_of_an_edit(
    text_channel: SimulatorChannel, database: Database
) -> None:
    card = send(text_channel, CARD)
    assert send(text_channel, DECIDED, edits=card) != card
    assert [bubble.payload["text"] for bubble in bubbles(database)] == ["Xin ý kiến", "Đã đồng ý"]


def test_a_text_phone_shows_pictures_by_their_address_and_no_files(
    text_channel: SimulatorChannel, database: Database
) -> None:
    picture = "https://thuky.example/p/a"
    asyncio.run(text_channel.send(Outgoing("hung", DECIDED, [OutgoingFile("a.docx", b"a", "")], pictures=[picture])))
    first, second = (bubble.payload for bubble in bubbles(database))
    assert (first["picture"], first["text"], second["text"], second["files"]) == (picture, "", "Đã đồng ý", [])


@pytest.mark.parametrize(
    ("name", "kind"),
    [("a.jpg", FileReceived), ("A.PNG", FileReceived), ("a.docx", Unsupported), ("a.pdf", Unsupported)],
)
def test_of_what_is_sent_from_a_text_phone_only_pictures_arrive(
    text_channel: SimulatorChannel, name: str, kind: type
) -> None:
    file = {"reference": "0", "name": name, "media_type": "", "size": 1}
    payload = {"kind": "file", "text": "", "file": file, "name": "", "message_id": "", "sent_at": "2026-11-20"}
    assert type(text_channel.parse(RawEvent(TEXT_ONLY, "1", "hung", payload))) is kind


def test_what_was_sent_as_a_file_can_be_fetched(channel: SimulatorChannel, database: Database) -> None:
    send(channel, DECIDED, files=(OutgoingFile("Phiếu.docx", b"slip", ""),))
    reference = bubbles(database)[0].payload["files"][0]["reference"]
    assert asyncio.run(channel.download(reference)) == b"slip"
    with pytest.raises(Rejected):
        asyncio.run(channel.download("0" * 64))


def test_the_command_menu_is_kept_for_each_chat(channel: SimulatorChannel, database: Database) -> None:
    asyncio.run(channel.set_commands("hung", [Command("duyet", "Việc chờ ý kiến")]))
    asyncio.run(channel.set_commands("khai", [Command("vang", "Xin vắng")]))
    with database.session() as session, session.begin():
        assert chat_at(session, TELEGRAM_LIKE, "hung").commands == [["duyet", "Việc chờ ý kiến"]]


@pytest.mark.parametrize(
    "payload", [{}, {"kind": "dance", "sent_at": "2026-11-18T02:00:00+00:00", "name": "", "message_id": ""}]
)
def test_a_broken_event_cannot_be_parsed(channel: SimulatorChannel, payload: dict[str, str]) -> None:
    with pytest.raises((KeyError, ValueError)):
        channel.parse(RawEvent(TELEGRAM_LIKE, "1", "hung", payload))
