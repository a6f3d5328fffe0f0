"""A committee of five, a meeting, and the simulator's channels and pages over it, with the real path between."""

import asyncio
from datetime import UTC, date, datetime, timedelta
from typing import Any

import httpx
from markupsafe import Markup
from sqlmodel import Session
from starlette.applications import Starlette

from bot import inbox
from bot.adapters.simulator import pages
from bot.adapters.simulator.channel import CAPABILITIES, SimulatorChannel
from bot.buttons import token
from bot.clock import Clock
from bot.context import Context
from bot.dispatch import Dispatcher
from bot.events import FileReceived
from bot.files import FileStore
from bot.link_pages import link_pages
from bot.links import Addresses
from bot.messages import Message, Style, button, html
from bot.outbox import queue
from bot.outbox.courier import Courier
from bot.outbox.limits import Pacer
from bot.receiver import Receiver
from bot.routes import Routes, command, press
from models.database import Database
from models.inbox import EventState
from models.meetings import Invitation, Meeting, MeetingKind
from models.people import Body, Person, Post, Role, Tenure, Unit, UnitKind, person_by_code
from rules.absence import Rank

MORNING = datetime(2026, 11, 23, 0, 30, tzinfo=UTC)
"""What `next_morning` answers here: a Monday, 7:30 in Vietnam."""

UNITS = [
    ("LD", "Lãnh đạo", UnitKind.LEADERS),
    ("KT", "Phòng Kinh tế", UnitKind.SPECIALIST),
    ("VP", "Văn phòng", UnitKind.OFFICE),
]
PEOPLE = [
    ("hung", "Nguyễn Văn Hưng", "Chủ tịch", "LD", Rank.HEAD, [Role.CHAIR]),
    ("khai", "Vũ Đình Khải", "Trưởng phòng Kinh tế", "KT", Rank.HEAD, []),
    ("thu", "Ngô Thị Thu", "Phó Trưởng phòng Kinh tế", "KT", Rank.DEPUTY, []),
    ("bao", "Trần Quốc Bảo", "Chánh Văn phòng", "VP", Rank.HEAD, [Role.CHIEF_OF_OFFICE]),
    ("lan", "Phạm Thị Lan", "Chuyên viên", "VP", Rank.STAFF, [Role.OFFICE]),
]


def people(session: Session) -> None:
    session.add(Body(code="MAU", name="UBND xã Mẫu", is_sample=True))
    units = {code: Unit(code=code, name=name, kind=kind) for code, name, kind in UNITS}
    session.add_all(units.values())
    session.flush()
    for code, name, title, unit, rank, roles in PEOPLE:
        person = Person(code=code, full_name=name, folded_name=name.lower())
        post = Post(code=code, title=title, unit_id=units[unit].key, rank=rank, roles=[role.value for role in roles])
        session.add_all([person, post])
        session.flush()
        session.add(Tenure(post_id=post.key, person_id=person.key, from_on=date(2020, 1, 1)))


def meeting(session: Session, starts_at: datetime) -> None:
    chair, head = person_by_code(session, "hung"), person_by_code(session, "khai")
    assert chair is not None
    assert head is not None
    made = Meeting(
        code="GB1",
        title="Họp giao ban tuần",
        kind=MeetingKind.BRIEFING,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=2),
        chair_id=chair.key,
        host_unit_id=1,
        created_at=starts_at,
    )
    session.add(made)
    session.flush()
    # Posts were made beside their persons, so their keys are the same.
    session.add(Invitation(meeting_id=made.key, post_id=head.key, invited_at=starts_at))


def _offer(context: Context) -> Message:
    return Message(
        Markup("<b>Mời họp</b>"),
        ((button("Dự họp", token("attend"), Style.SUCCESS), button("Xin vắng", token("leave"), Style.DANGER)),),
    )


def _attend(context: Context) -> Message:
    work = context.work
    work.record("meeting.attend", context.official)
    chair = person_by_code(work.session, "hung")
    assert chair is not None
    work.notify(chair, lambda work, person: Message(html("{name} dự họp.", name=context.official.full_name)))
    return Message(Markup("Đã ghi nhận."), edit=True)


def _leave(context: Context) -> Message:
    return Message(Markup("Giấy gửi kèm."), files=(context.work.attach("Phiếu số 1.docx", b"slip"),))


def _other(context: Context) -> Message:
    return Message(html("Không rõ: {text}", text=context.typed))


def _file(context: Context) -> Message:
    assert isinstance(context.event, FileReceived)
    return Message(html("Đã nhận {name}.", name=context.event.file.name))


def bot_routes() -> Routes:
    return Routes(_other, _other, _file).add(
        [command("start", _offer, public=True), press("attend", _attend), press("leave", _leave)]
    )


class Playground:
    """The simulator over the committee; `settle` lets everything that waits be handled and delivered.

    `address` is where it is served, if it is: then documents are had there.
    """

    def __init__(self, database: Database, clock: Clock, files: FileStore, address: str = "") -> None:
        self.database, self.clock, self.files, self.address = database, clock, files, address
        self.channels = {name: SimulatorChannel(name, database, clock, files) for name in CAPABILITIES}
        self.routes = bot_routes()
        self.moved = 0
        self.dispatcher = Dispatcher(database, clock, files, self.routes, self.channels, delivered=self._wake)
        receiver = Receiver(database, clock, self.channels, self.dispatcher.wake)
        self.couriers = [self._courier(channel) for channel in self.channels.values()]
        self.simulator = pages.Simulator(
            database, clock, files, self.routes, receiver.store, lambda _session: MORNING, self._moved
        )
        self.web = Starlette(routes=[*link_pages(database, clock, files), *pages.routes(self.simulator)])

    def _courier(self, channel: SimulatorChannel) -> Courier:
        return Courier(
            channel,
            self.database,
            self.clock,
            self.files,
            Pacer(1000),
            mark_repeat=lambda message: message,
            when_unreachable=lambda _session, _row: None,
            addresses=Addresses(self.address),
        )

    def _wake(self) -> None:
        for courier in self.couriers:
            courier.wake()

    def _moved(self) -> None:
        self.moved += 1

    def start(self) -> list[asyncio.Task[None]]:
        return [
            asyncio.create_task(self.dispatcher.run()),
            *(asyncio.create_task(courier.run()) for courier in self.couriers),
        ]

    async def settle(self) -> None:
        """Dispatch and deliver until nothing waits."""
        tasks = self.start()
        async with asyncio.timeout(10):
            # What waits is in the database, which tells nobody.
            while await self.database.run(self.database.transact, _waiting):
                await asyncio.sleep(0.02)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def _waiting(session: Session) -> int:
    states = queue.count_by_state(session)
    return inbox.count(session, EventState.NEW) + states.get("queued", 0) + states.get("sending", 0)


class Client:
    """Asks the web application without a network; all on one event loop, as in real life."""

    def __init__(self, application: Starlette, runner: asyncio.Runner) -> None:
        self._runner = runner
        self._transport = httpx.ASGITransport(application)

    def get(self, path: str) -> httpx.Response:
        return self._runner.run(self.request("GET", path))

    def post(self, path: str, **content: Any) -> httpx.Response:
        return self._runner.run(self.request("POST", path, **content))

    async def request(self, method: str, path: str, **content: Any) -> httpx.Response:
        async with httpx.AsyncClient(transport=self._transport, base_url="http://simulator") as client:
            return await client.request(method, path, **content)


class Page:
    """What the browser's page does, without a browser."""

    def __init__(self, playground: Playground, runner: asyncio.Runner) -> None:
        self.playground = playground
        self.runner = runner
        self.client = Client(playground.web, runner)

    def post(self, path: str, **content: Any) -> Any:
        response = self.client.post(f"/simulator/{path}", json=content)
        assert response.status_code == 200, response.text
        return response.json()

    def says(self, address: str, text: str, channel: str = "simulator") -> None:
        self.post("say", channel=channel, address=address, text=text)

    def presses(self, address: str, label: str) -> None:
        for bubble in reversed(self.bubbles(address)):
            for choice, value, *_rest in [one for row in bubble["rows"] for one in row]:
                if choice == label:
                    self.post("press", channel="simulator", address=address, message_id=str(bubble["id"]), token=value)
                    return
        raise AssertionError(f"{address} sees no button {label!r}")

    def bubbles(self, address: str, channel: str = "simulator", since: int = 0) -> list[dict[str, Any]]:
        found = self.post("chats", chats=[{"channel": channel, "address": address, "since": since}])
        bubbles: list[dict[str, Any]] = found["chats"][0]["bubbles"]
        return bubbles

    def sees(self, address: str, text: str, channel: str = "simulator") -> dict[str, Any]:
        """The latest bubble of the bot with this text, once all work is done."""
        # What was put into the queue while the last message was settled is looked for once more.
        for _ in range(10):
            self.runner.run(self.playground.settle())
            found = [one for one in self.bubbles(address, channel) if one["is_ours"] and text in one["text"]]
            if found:
                return found[-1]
        raise AssertionError(f"{address} does not see {text!r}")
