"""A crowd that taps, a bot that is killed and started again, and the reckoning at the end."""

import asyncio
import os
import random
import signal
import socket
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from sqlmodel import Session, col, func, select

from models.absence import AbsenceRequest
from models.database import Database
from models.inbox import EventState, ReceivedEvent
from models.outbox import DeliveryState, OutboxMessage
from tests.crash.world import Form, Tap, World
from tests.standins.telegram import TelegramStandIn

ROOT = Path(__file__).parents[2]
# What a person presses first, in a form of which he knows nothing but his own wish: to be absent, being ill.
WISHES = ("!", "=absent", "=sick", "-")
# The card that was pressed has been deleted, so that each answer is a message of its own and can be counted.
GONE = 10**9


@dataclass(frozen=True)
class Death:
    """At the `count`th time that the bot comes to `step`; or, without a step, `count` tenths after its first poll."""

    step: str
    count: int


@dataclass
class Siege:
    """One world under attack. `patience` is how long a bot may take to come to its step; `lives` are the seconds
    from start to first poll.
    """

    telegram: TelegramStandIn
    database: Database
    url: str
    directory: Path
    world: World
    chance: random.Random
    patience: float
    lives: list[float] = field(default_factory=list)
    kills: Counter[str] = field(default_factory=Counter)
    pushed: int = 0
    _forms: list[asyncio.Task[None]] = field(default_factory=list)

    async def run(self, deaths: Sequence[Death]) -> None:
        """Everybody taps, each twice; the bot dies so often; then it lives until all is done."""
        taps = [*self.world.approvals, *self.world.acceptances] * 2
        self.chance.shuffle(taps)
        chats = {form.chat_id for form in self.world.forms}
        self._forms = [asyncio.create_task(self._fill_all(chat)) for chat in chats]
        portion = len(taps) // len(deaths) + 1
        for number, death in enumerate(deaths):
            await self._live(death, taps[number * portion : (number + 1) * portion])
        await self._survive()

    async def _live(self, death: Death, taps: Sequence[Tap]) -> None:
        half = len(taps) // 2
        self._push(taps[:half])
        bot = await self._start(death)
        try:
            async with asyncio.timeout(self.patience if death.step else death.count / 10):
                for tap in taps[half:]:
                    self._push([tap])
                    await asyncio.sleep(0.01)
                await bot.wait()
        except TimeoutError:
            pass
        self.kills[death.step if bot.returncode == -signal.SIGKILL else "at any instant"] += 1
        if bot.returncode is None:
            bot.kill()
        assert await bot.wait() == -signal.SIGKILL

    async def _survive(self) -> None:
        await self._finish(await self._start(Death("", 0)))

    async def _finish(self, bot: asyncio.subprocess.Process) -> None:
        try:
            async with asyncio.timeout(300):
                await asyncio.gather(*self._forms)
                while self.telegram.queue.pending or self._is_busy():
                    await asyncio.sleep(0.1)
        except BaseException:
            bot.kill()
            raise
        bot.terminate()
        assert await bot.wait() == 0

    def _push(self, taps: Sequence[Tap]) -> None:
        for tap in taps:
            self.telegram.people.presses(tap.chat_id, GONE, data=tap.token)
            self.pushed += 1

    async def run_two(self) -> float:
        """Two bots serve; the one that leads is killed. Returns the seconds until the other one polls."""
        taps = [*self.world.approvals, *self.world.acceptances] * 2
        leader = await self._start(Death("", 0))
        other = await self._spawn(Death("", 0))
        for tap in taps[::2]:
            self._push([tap])
            await asyncio.sleep(0.05)
        leader.kill()
        assert await leader.wait() == -signal.SIGKILL
        died, polls = time.monotonic(), len(self.telegram.calls_of("getUpdates"))
        self._push(taps[1::2])
        await self.telegram.wait_for_calls("getUpdates", polls + 1, seconds=60)
        took_over = time.monotonic() - died
        await self._finish(other)
        return took_over

    async def _start(self, death: Death) -> asyncio.subprocess.Process:
        began, polls = time.monotonic(), len(self.telegram.calls_of("getUpdates"))
        bot = await self._spawn(death)
        await self.telegram.wait_for_calls("getUpdates", polls + 1, seconds=60)
        self.lives.append(time.monotonic() - began)
        return bot

    async def _spawn(self, death: Death) -> asyncio.subprocess.Process:
        environment = {
            "PATH": os.environ["PATH"],
            "THUKY_TELEGRAM_TOKEN": self.telegram.token,
            "THUKY_TELEGRAM_API": self.telegram.url,
            "THUKY_TELEGRAM_RATE": "1000",
            "THUKY_DATABASE_URL": self.url,
            "THUKY_DATA_DIR": str(self.directory),
            "THUKY_WEB_PORT": str(_free_port()),
        }
        log = (self.directory / "log").open("a")
        bot = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.crash.victim", death.step, str(death.count), cwd=ROOT, env=environment,
            stdout=log, stderr=log,
        )  # fmt: skip
        log.close()
        return bot

    async def _fill_all(self, chat_id: int) -> None:
        """One after the other: a person has one form of a kind open."""
        for form in self.world.forms:
            if form.chat_id == chat_id:
                await self._fill(form)

    async def _fill(self, form: Form) -> None:
        """Press through a form as a person does: what is seen newest, again when nothing comes of it."""
        begin = Tap(form.chat_id, f"absence.ask:{form.invitation_id}:1:absent")
        self._push([begin])
        last, patience = "", 0
        while not self._has_asked(form):
            await asyncio.sleep(0.2 + self.chance.random() / 5)
            token = self._next_token(form)
            patience = 0 if token != last else patience + 1
            if token != last:
                self._push([Tap(form.chat_id, token)])
            elif patience > 30:
                # The answer to the last press was lost with the bot that died: begin again.
                self._push([begin])
                patience = 0
            last = token

    def _next_token(self, form: Form) -> str:
        """The most wanted button of the newest form in the chat."""
        shown = [
            message
            for (chat_id, _), message in self.telegram.people.messages.items()
            if chat_id == form.chat_id and message["from"]["is_bot"] and message.get("reply_markup")
        ]
        for message in sorted(shown, key=lambda m: (m.get("edit_date", m["date"]), m["message_id"]), reverse=True):
            rows = message["reply_markup"]["inline_keyboard"]
            tokens = [button["callback_data"] for row in rows for button in row]
            wanted = [token for wish in WISHES for token in tokens if token.startswith("f:") and token.endswith(wish)]
            if wanted:
                return str(wanted[0])
        return ""

    def _has_asked(self, form: Form) -> bool:
        asked = (
            select(func.count()).select_from(AbsenceRequest).where(AbsenceRequest.invitation_id == form.invitation_id)
        )
        return self._look(lambda session: session.exec(asked).one() > 0)

    def _is_busy(self) -> bool:
        def ask(session: Session) -> bool:
            new = select(ReceivedEvent.id).where(ReceivedEvent.state == EventState.NEW)
            waits = [DeliveryState.QUEUED, DeliveryState.SENDING]
            due = select(OutboxMessage.id).where(col(OutboxMessage.state).in_(waits))
            return any(session.exec(question.limit(1)).first() is not None for question in (new, due))

        return self._look(ask)

    def _look(self, question: Callable[[Session], bool]) -> bool:
        with self.database.reading() as connection, Session(connection) as session:
            return question(session)


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
