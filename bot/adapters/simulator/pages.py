"""The page of the simulator and what it asks for. Whoever reaches it may play anybody of the sample body."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar
from urllib.parse import quote, urlsplit

from sqlmodel import Session
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from bot.adapters.simulator import cast, time_travel, trace
from bot.adapters.simulator.chats import Seen, chats
from bot.adapters.simulator.phones import Act, Phone, Phones, UnknownPhoneError
from bot.adapters.simulator.time_travel import NextMorning, NoSuchMomentError, Step
from bot.channel import Store
from bot.clock import LOCAL_ZONE, Clock
from bot.files import FileStore
from bot.i18n import full_moment
from bot.routes import Routes
from models.database import Database
from models.simulator import SimulatedMessage

PAGE = Path(__file__).parent / "page"
# Room for a file that the bot has to refuse as too large.
MAX_UPLOAD = 64 * 1024 * 1024
MAX_TEXT = 20_000
TRACED = 20
HEADERS = {
    "Content-Security-Policy": "default-src 'self'; img-src 'self' data:; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-cache",
}

P = ParamSpec("P")
T = TypeVar("T")
Answer = Callable[[Request], Awaitable[Response]]


@dataclass(frozen=True, slots=True)
class Simulator:
    """What the pages work with. `store` takes events as from any channel; `woken` is told of a moved clock."""

    database: Database
    clock: Clock
    files: FileStore
    routes: Routes
    store: Store
    next_morning: NextMorning
    woken: Callable[[], None]

    @property
    def phones(self) -> Phones:
        return Phones(self.database, self.clock, self.files, self.store)

    async def transact(self, function: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        return await self.database.run(self.database.transact, lambda session: function(session, *args, **kwargs))


def routes(simulator: Simulator) -> list[BaseRoute]:
    """The page at the root, everything else below /simulator/."""
    pages = _Pages(simulator)
    return [
        Route("/", pages.page),
        Mount("/simulator/page", StaticFiles(directory=PAGE)),
        Route("/simulator/people", pages.people),
        Route("/simulator/trace", pages.trace),
        Route("/simulator/file/{message:int}/{number:int}", pages.file),
        Route("/simulator/chats", _own(pages.chats), methods=["POST"]),
        Route("/simulator/open", _own(pages.open), methods=["POST"]),
        Route("/simulator/say", _own(pages.say), methods=["POST"]),
        Route("/simulator/press", _own(pages.press), methods=["POST"]),
        Route("/simulator/attach", _own(pages.attach), methods=["POST"]),
        Route("/simulator/clock", _own(pages.move_clock), methods=["POST"]),
    ]


def _own(answer: Answer) -> Answer:
    """Only for our own page: another site open in the same browser could send forms here."""

    async def guarded(request: Request) -> Response:
        origin = request.headers.get("origin")
        foreign_origin = origin is not None and urlsplit(origin).netloc != request.headers.get("host")
        if foreign_origin or request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
            raise HTTPException(403)
        try:
            return await answer(request)
        except UnknownPhoneError:
            raise HTTPException(404) from None

    return guarded


async def _json(request: Request) -> Mapping[str, Any]:
    # A form of another site cannot carry this type without asking first.
    if request.headers.get("content-type", "").partition(";")[0] != "application/json":
        raise HTTPException(415)
    try:
        content = await request.json()
    except ValueError:
        raise HTTPException(400) from None
    if not isinstance(content, dict):
        raise HTTPException(400)
    return content


def _text(content: Mapping[str, Any], name: str) -> str:
    value = content.get(name, "")
    if not isinstance(value, str) or len(value) > MAX_TEXT:
        raise HTTPException(400)
    return value


def _phone(content: Mapping[str, Any]) -> Phone:
    return Phone(_text(content, "channel"), _text(content, "address"))


@dataclass(frozen=True, slots=True)
class _Pages:
    simulator: Simulator

    async def page(self, request: Request) -> Response:
        return FileResponse(PAGE / "page.html", headers=HEADERS)

    async def people(self, request: Request) -> Response:
        return JSONResponse(await self.simulator.transact(cast.people, self.simulator.clock.now()))

    async def trace(self, request: Request) -> Response:
        return JSONResponse(await self.simulator.transact(trace.latest, self.simulator.routes, TRACED))

    async def open(self, request: Request) -> Response:
        await self.simulator.phones.open(_phone(await _json(request)))
        return JSONResponse({})

    async def chats(self, request: Request) -> Response:
        """What is new in the chats on the screen, and the time."""
        content = await _json(request)
        try:
            seen = [Seen(_phone(chat), int(chat["since"])) for chat in content["chats"]]
        except (KeyError, TypeError, ValueError, AttributeError):
            raise HTTPException(400) from None
        offset, shown = await self.simulator.transact(_with_offset, seen)
        # Another process may have moved the clock.
        time_travel.follow(self.simulator.clock, offset)
        return JSONResponse({"now": self._now(), **shown})

    def _now(self) -> dict[str, str]:
        now = self.simulator.clock.now()
        local = now.astimezone(LOCAL_ZONE)
        return {"text": full_moment(now), "iso": now.isoformat(), "local": f"{local:%d/%m/%Y %H:%M}"}

    async def say(self, request: Request) -> Response:
        content = await _json(request)
        text = _text(content, "text")
        if not text.strip():
            raise HTTPException(400)
        await self.simulator.phones.act(_phone(content), Act("text", text))
        return JSONResponse({})

    async def press(self, request: Request) -> Response:
        content = await _json(request)
        act = Act("press", token=_text(content, "token"), message_id=_text(content, "message_id"))
        await self.simulator.phones.act(_phone(content), act)
        return JSONResponse({})

    async def attach(self, request: Request) -> Response:
        async with request.form(max_files=1, max_fields=3) as form:
            file = form.get("file")
            if not isinstance(file, UploadFile):
                raise HTTPException(400)
            if file.size is None or file.size > MAX_UPLOAD:
                raise HTTPException(413)
            phone = _phone(form)
            caption, name = _text(form, "caption"), file.filename or "tep"
            await self.simulator.phones.attach(phone, name, await file.read(), file.content_type or "", caption)
        return JSONResponse({})

    async def move_clock(self, request: Request) -> Response:
        content = await _json(request)
        try:
            step = Step(_text(content, "step"), _text(content, "address"), _text(content, "moment"))
            offset = await self.simulator.transact(self._moved, step)
        except NoSuchMomentError:
            return JSONResponse({"is_moved": False, "now": self._now()})
        # Only once it is kept, or a look at the chats in between would take it back.
        self.simulator.clock.offset = offset
        self.simulator.woken()
        return JSONResponse({"is_moved": True, "now": self._now()})

    def _moved(self, session: Session, step: Step) -> timedelta:
        clock = self.simulator.clock
        now = clock.now()
        offset = clock.offset + time_travel.target(session, now, step, self.simulator.next_morning) - now
        time_travel.keep(session, offset)
        return offset

    async def file(self, request: Request) -> Response:
        found = await self.simulator.transact(_file_of, request.path_params["message"], request.path_params["number"])
        if found is None or not found["reference"]:
            raise HTTPException(404)
        content = await self.simulator.database.run(self.simulator.files.read, found["reference"])
        disposition = f"attachment; filename*=UTF-8''{quote(found['name'])}"
        return Response(content, headers={"Content-Disposition": disposition}, media_type="application/octet-stream")


def _with_offset(session: Session, seen: list[Seen]) -> tuple[timedelta, dict[str, Any]]:
    return time_travel.kept(session), chats(session, seen)


def _file_of(session: Session, message_id: int, number: int) -> Mapping[str, Any] | None:
    message = session.get(SimulatedMessage, message_id)
    files = message.payload["files"] if message else []
    return files[number] if 0 <= number < len(files) else None
