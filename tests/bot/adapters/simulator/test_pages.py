"""The page asked over HTTP: phones, chats, clock and trace."""

import asyncio
import re
from datetime import datetime, timedelta

import pytest
from sqlmodel import select

from bot.clock import Clock
from bot.files import MAX_BYTES
from models.inbox import ReceivedEvent
from models.offices import accounts_of
from models.people import person_by_code, the_body
from models.simulator import SimulatedMessage
from tests.bot.adapters.simulator.playground import MORNING, Page

JSON = {"content-type": "application/json"}


def attach(page: Page, address: str, name: str, content: bytes, caption: str = "") -> int:
    fields = {"channel": "simulator", "address": address, "caption": caption}
    return page.client.post("/simulator/attach", data=fields, files={"file": (name, content)}).status_code


def reached_on(page: Page, code: str) -> list[str]:
    with page.playground.database.session() as session, session.begin():
        person = person_by_code(session, code)
        assert person is not None
        return [account.channel for account in accounts_of(session, person.key)]


def test_the_page_and_all_its_parts_are_served(page: Page) -> None:
    html = page.client.get("/").text
    assert '<html lang="vi">' in html
    assert "http" not in html
    for part in ("page.js", "phone.js", "page.css", "phone.css", "clip.svg"):
        assert page.client.get(f"/simulator/page/{part}").status_code == 200


def test_an_official_types_presses_and_sees_the_message_change(page: Page) -> None:
    page.post("open", channel="simulator", address="khai")
    page.post("open", channel="simulator", address="hung")
    page.says("khai", "/start")
    invitation = page.sees("khai", "Mời họp")
    page.presses("khai", "Dự họp")
    decided = page.sees("khai", "Đã ghi nhận")
    assert (decided["id"], decided["is_edited"], decided["rows"]) == (invitation["id"], True, [])
    assert page.sees("hung", "Vũ Đình Khải dự họp.")
    assert [bubble["text"] for bubble in page.bubbles("khai") if not bubble["is_ours"]] == ["/start"]


def test_a_number_on_a_text_phone_is_a_press(page: Page) -> None:
    page.post("open", channel="simulator_text", address="khai")
    page.says("khai", "/start", "simulator_text")
    shown = page.sees("khai", "Mời họp", "simulator_text")["text"]
    assert re.fullmatch(r"Mời họp\n\n.+:\n1 (\w{4}) – Dự họp\n2 \1 – Xin vắng", shown)
    page.says("khai", "2", "simulator_text")
    slip = page.sees("khai", "Giấy gửi kèm", "simulator_text")
    assert not slip["files"] and "Văn bản có tại Văn phòng" in slip["text"]
    page.says("khai", "7", "simulator_text")
    assert page.sees("khai", "Chưa rõ trả lời cho việc nào", "simulator_text")


def test_the_phone_opened_last_is_where_a_person_is_reached(page: Page) -> None:
    page.post("open", channel="simulator", address="khai")
    page.post("open", channel="simulator_text", address="khai")
    assert reached_on(page, "khai") == ["simulator_text", "simulator"]
    page.playground.clock.offset -= timedelta(days=30)
    page.post("open", channel="simulator", address="khai")
    assert reached_on(page, "khai") == ["simulator", "simulator_text"]


def test_a_file_goes_the_way_of_a_real_one(page: Page) -> None:
    page.post("open", channel="simulator", address="khai")
    assert attach(page, "khai", "Giấy mời.pdf", b"paper", "kèm theo") == 200
    page.sees("khai", "Đã nhận Giấy mời.pdf.")
    (sent,) = [bubble for bubble in page.bubbles("khai") if not bubble["is_ours"]]
    assert (sent["text"], sent["files"][0]["size"]) == ("kèm theo", 5)
    assert page.client.get(sent["files"][0]["url"]).content == b"paper"


def test_a_file_too_large_for_any_channel_is_shown_and_not_kept(page: Page) -> None:
    page.post("open", channel="simulator", address="khai")
    assert attach(page, "khai", "phim.mp4", bytes(MAX_BYTES + 1)) == 200
    (sent,) = page.bubbles("khai")
    assert (sent["files"][0]["size"], sent["files"][0]["url"]) == (MAX_BYTES + 1, "")
    assert page.client.get(f"/simulator/file/{sent['id']}/0").status_code == 404


def test_nothing_of_a_secret_is_kept(page: Page) -> None:
    page.post("open", channel="simulator", address="khai")
    page.says("khai", "Gửi đồng chí văn bản tối mật số 5")
    assert attach(page, "khai", "cong van tuyet mat.pdf", b"secret") == 200
    with page.playground.database.session() as session, session.begin():
        bubbles = session.exec(select(SimulatedMessage)).all()
        events = session.exec(select(ReceivedEvent)).all()
    assert [(bubble.payload["kind"], bubble.payload["text"], bubble.payload["files"]) for bubble in bubbles] == [
        ("secret", "", [])
    ] * 2
    assert [event.payload for event in events] == [None, None]


def test_a_citizen_has_a_phone_without_a_person(page: Page) -> None:
    page.post("open", channel="simulator", address="dan-1")
    page.says("dan-1", "/start")
    assert page.sees("dan-1", "Mời họp")


def test_chats_off_the_screen_count_what_is_unread(page: Page) -> None:
    page.post("open", channel="simulator", address="hung")
    page.post("open", channel="simulator", address="khai")
    page.says("khai", "/start")
    page.sees("khai", "Mời họp")
    page.presses("khai", "Dự họp")
    page.sees("khai", "Đã ghi nhận")
    assert page.sees("hung", "dự họp")
    page.says("khai", "/start")
    page.sees("hung", "dự họp")
    assert page.post("chats", chats=[])["unread"] == [{"channel": "simulator", "address": "khai", "number": 1}]
    page.bubbles("khai")
    assert page.post("chats", chats=[])["unread"] == []


def test_only_what_is_new_is_given_again(page: Page) -> None:
    page.post("open", channel="simulator", address="khai")
    page.says("khai", "một")
    first = page.post("chats", chats=[{"channel": "simulator", "address": "khai", "since": 0}])["chats"][0]
    page.says("khai", "hai")
    assert [bubble["text"] for bubble in page.bubbles("khai", since=first["changed"])] == ["hai"]


@pytest.mark.parametrize(("step", "forward"), [("hour", timedelta(hours=1)), ("day", timedelta(days=1))])
def test_the_clock_moves_by_a_step(page: Page, step: str, forward: timedelta) -> None:
    before = page.playground.clock.now()
    page.post("clock", step=step)
    assert timedelta() <= page.playground.clock.now() - before - forward < timedelta(seconds=5)
    assert page.playground.moved == 1


def test_the_clock_moves_to_a_quarter_of_an_hour_before_the_meeting(page: Page, meeting_at: datetime) -> None:
    for address in ("", "hung", "khai"):
        page.playground.clock.offset = timedelta()
        page.post("clock", step="meeting", address=address)
        assert abs(page.playground.clock.now() - (meeting_at - timedelta(minutes=15))) < timedelta(seconds=5)
    assert not page.post("clock", step="meeting", address="lan")["is_moved"]


def test_the_clock_moves_to_a_given_moment_in_vietnam_and_stays_moved(page: Page) -> None:
    assert page.post("clock", step="given", moment="2031-03-05T08:15")["now"]["local"] == "05/03/2031 08:15"
    with page.playground.database.session() as session, session.begin():
        body = the_body(session)
        assert body is not None
        kept = body.clock_offset_seconds
    assert abs(kept - page.playground.clock.offset.total_seconds()) < 1
    page.post("clock", step="morning")
    assert abs(page.playground.clock.now() - MORNING) < timedelta(seconds=5)


def test_a_clock_moved_by_another_process_is_followed(page: Page) -> None:
    with page.playground.database.session() as session, session.begin():
        body = the_body(session)
        assert body is not None
        body.clock_offset_seconds = 86400
    page.post("chats", chats=[])
    assert page.playground.clock.offset == timedelta(days=1)


def test_a_moment_that_cannot_be_read_moves_nothing(page: Page) -> None:
    for moment in ("", "mai", "2026-13-40T00:00", "9999-12-31T23:59"):
        assert not page.post("clock", step="given", moment=moment)["is_moved"]
    assert page.playground.clock.offset == timedelta()


def test_a_newcomer_is_shown_a_head_his_chair_and_his_deputy(page: Page, meeting_at: datetime) -> None:
    cast = page.client.get("/simulator/people").json()
    assert cast["body"] == "UBND xã Mẫu"
    assert [(part["part"], part["code"]) for part in cast["suggested"]["parts"]] == [
        ("head", "khai"),
        ("chair", "hung"),
        ("substitute", "thu"),
        ("office", "lan"),
    ]
    assert [person["code"] for unit in cast["units"] for person in unit["people"]] == [
        "hung",
        "khai",
        "thu",
        "bao",
        "lan",
    ]


def test_without_a_meeting_nobody_is_suggested(page: Page) -> None:
    assert page.client.get("/simulator/people").json()["suggested"] is None


def test_the_trace_tells_event_route_act_and_messages(page: Page) -> None:
    page.post("open", channel="simulator", address="hung")
    page.post("open", channel="simulator", address="khai")
    page.says("khai", "/start")
    page.sees("khai", "Mời họp")
    page.presses("khai", "Dự họp")
    page.sees("hung", "dự họp.")
    pressed, started = page.client.get("/simulator/trace").json()
    assert (started["who"], started["text"], started["route"]["name"]) == ("Vũ Đình Khải", "/start", "/start")
    assert (pressed["kind"], pressed["text"], pressed["event"]["state"]) == ("press", "Dự họp", "done")
    assert pressed["route"]["name"] == "attend"
    assert pressed["route"]["handler"].endswith("._attend")
    assert [entry["action"] for entry in pressed["audit"]] == ["meeting.attend"]
    assert [(one["to"], one["kind"]) for one in pressed["messages"]] == [
        ("Nguyễn Văn Hưng", "notice"),
        ("Vũ Đình Khải", "reply"),
    ]


@pytest.mark.parametrize(
    "headers", [{"origin": "https://elsewhere.example"}, {"sec-fetch-site": "cross-site"}, {"origin": "null"}]
)
def test_another_site_cannot_act(page: Page, headers: dict[str, str]) -> None:
    content = {"channel": "simulator", "address": "khai", "text": "chào"}
    assert page.client.post("/simulator/say", json=content, headers=headers).status_code == 403
    assert page.bubbles("khai") == []


def test_what_makes_no_sense_is_refused_and_changes_nothing(page: Page) -> None:
    good = {"channel": "simulator", "address": "khai"}
    for content, status in [
        ({**good, "address": "nobody", "text": "x"}, 404),
        ({**good, "channel": "telegram", "text": "x"}, 404),
        ({**good, "text": ""}, 400),
        ({**good, "text": 5}, 400),
        ({**good, "text": "x" * 20_001}, 400),
    ]:
        assert page.client.post("/simulator/say", json=content).status_code == status
    assert page.client.post("/simulator/say", content=b"{", headers=JSON).status_code == 400
    assert page.client.post("/simulator/say", json=[]).status_code == 400
    assert page.client.post("/simulator/say", data=good).status_code == 415
    assert page.client.post("/simulator/chats", json={"chats": [{"since": 1}]}).status_code == 404
    assert page.client.post("/simulator/chats", json={"chats": [good]}).status_code == 400
    assert page.client.post("/simulator/attach", data=good).status_code == 400
    assert page.client.get("/simulator/file/1/0").status_code == 404
    assert page.bubbles("khai") == []


def test_clock_offset_is_not_touched_by_looking(page: Page, moving_clock: Clock) -> None:
    page.post("chats", chats=[])
    assert moving_clock.offset == timedelta()


def test_a_phone_opened_and_looked_at_many_times_at_once_is_one_phone(page: Page) -> None:
    phone = {"channel": "simulator_text", "address": "khai"}

    async def at_once() -> list[int]:
        asked = [
            request
            for _ in range(8)
            for request in (
                page.client.request("POST", "/simulator/open", json=phone),
                page.client.request("POST", "/simulator/chats", json={"chats": [{**phone, "since": 0}]}),
            )
        ]
        return [response.status_code for response in await asyncio.gather(*asked)]

    assert set(page.runner.run(at_once())) == {200}
    assert reached_on(page, "khai") == ["simulator_text"]
