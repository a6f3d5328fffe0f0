"""aiogram with a SQLModel async session on aiosqlite: the same rows as ours, the same calls, as written by hand.

One connection, which is faster on SQLite than several that wait for each other's lock, and at most 32 updates at once.
"""

import asyncio
import hashlib
import json
from datetime import UTC, datetime
from typing import Any

from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import CallbackQuery, Message, Update
from sqlalchemy import event, update
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

import models.tables  # noqa: F401  # foreign keys name tables that nothing else here loads
from bench.contenders.given import API, DATABASE, DECIDED, TOKEN, case_of
from models.absence import AbsenceDecision, AbsenceRequest
from models.audit import AuditEntry
from models.duties import Duty, Ping, PingState
from models.inbox import EventState, ReceivedEvent
from models.meetings import Meeting
from models.outbox import DeliveryState, OutboxMessage, Priority
from models.people import ChannelAccount, Person, Post, Tenure
from rules.absence import State
from rules.duties import DutyKind, DutyState

AT_ONCE = 32


class Approving:
    """What the handlers share: the engine, and the turn of those who write, for the audit chain's sake."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._turn = asyncio.Lock()

    def session(self) -> AsyncSession:
        return AsyncSession(self._engine, expire_on_commit=False)

    async def echo(self, message: Message, event_update: Update) -> None:
        """Inbox, account, outbox as ours; then the answer."""
        text, now = message.text or "", datetime.now(UTC)
        async with self.session() as session, self._turn:
            received = _received(event_update, message.chat.id, now)
            session.add(received)
            account = await _account(session, message.chat.id)
            account.last_seen_at = now
            await session.get_one(Person, account.person_id)
            row = _posted(message.chat.id, account.person_id, text, now, Priority.REPLY)
            session.add(row)
            received.state, received.payload = EventState.DONE, None
            await session.commit()
        sent = await message.answer(text)
        await self._settle({row.key: sent.message_id})

    async def approve(self, query: CallbackQuery, event_update: Update) -> None:
        assert isinstance(query.message, Message) and query.data is not None
        async with self.session() as session, self._turn:
            rows = await self._decide(session, query, event_update)
            await session.commit()
        await query.answer()
        await query.message.edit_text(DECIDED, parse_mode="HTML")
        ids = {rows[0].key: query.message.message_id}
        for row, chat in zip(rows[1:], case_of(query.data).told, strict=True):
            assert query.bot is not None
            sent = await query.bot.send_message(chat, DECIDED, parse_mode="HTML")
            ids[row.key] = sent.message_id
        await self._settle(ids)

    async def _decide(self, session: AsyncSession, query: CallbackQuery, event_update: Update) -> list[OutboxMessage]:
        now, case = datetime.now(UTC), case_of(query.data or "")
        received = _received(event_update, query.from_user.id, now)
        session.add(received)
        account = await _account(session, query.from_user.id)
        account.last_seen_at = now
        actor = await session.get_one(Person, account.person_id)
        request = await session.get_one(AbsenceRequest, case.number)
        meeting = await session.get_one(Meeting, request.meeting_id)
        if meeting.chair_id != actor.id or request.state is not State.AWAITING_DECISION:
            raise PermissionError
        request.state, request.version = State.APPROVED, request.version + 1
        request.decided_by_id, request.decided_at = actor.id, now
        session.add(AbsenceDecision(request_id=case.number, person_id=actor.id, state=State.APPROVED, decided_at=now))
        await _close_duty(session, case.number, now)
        rows = [_posted(case.chair, actor.id, DECIDED, now, Priority.REPLY)]
        held = select(Tenure.person_id).join(Post).where(Post.unit_id == meeting.host_unit_id)
        host = (await session.exec(held)).one()
        for person_id in (request.requester_id, request.substitute_id, host):
            mine = select(ChannelAccount).where(ChannelAccount.person_id == person_id)
            told = (await session.exec(mine)).one()
            rows.append(_posted(int(told.address), person_id, DECIDED, now, Priority.NOTICE))
        session.add_all(rows)
        await _record(session, actor.key, case.number, now)
        received.state, received.payload = EventState.DONE, None
        await session.flush()
        return rows

    async def _settle(self, ids: dict[int, int]) -> None:
        async with self.session() as session, self._turn:
            for key, message_id in ids.items():
                done = update(OutboxMessage).where(col(OutboxMessage.id) == key)
                sent = {"state": DeliveryState.SENT, "message_id": str(message_id), "settled_at": datetime.now(UTC)}
                await (await session.connection()).execute(done.values(sent))
            await session.commit()


def _received(event_update: Update, chat: int, now: datetime) -> ReceivedEvent:
    payload = event_update.model_dump(mode="json", exclude_none=True)
    event_id = str(event_update.update_id)
    return ReceivedEvent(channel="telegram", event_id=event_id, address=str(chat), payload=payload, received_at=now)


async def _account(session: AsyncSession, chat: int) -> ChannelAccount:
    mine = select(ChannelAccount).where(ChannelAccount.channel == "telegram", ChannelAccount.address == str(chat))
    return (await session.exec(mine)).one()


def _posted(chat: int, person_id: int | None, text: str, now: datetime, priority: Priority) -> OutboxMessage:
    return OutboxMessage(
        channel="telegram",
        address=str(chat),
        person_id=person_id,
        priority=priority,
        payload={"text": text},
        created_at=now,
    )


async def _close_duty(session: AsyncSession, number: int, now: datetime) -> None:
    about = select(Duty).where(Duty.kind == DutyKind.DECIDE_ABSENCE, Duty.subject_id == number)
    duty = (await session.exec(about)).one()
    duty.state, duty.closed_at = DutyState.DONE, now
    for ping in await session.exec(select(Ping).where(Ping.duty_id == duty.id, Ping.state == PingState.PENDING)):
        ping.state = PingState.DROPPED


async def _record(session: AsyncSession, actor_id: int, number: int, now: datetime) -> None:
    last = (await session.exec(select(AuditEntry).order_by(col(AuditEntry.number).desc()).limit(1))).first()
    entry = AuditEntry(
        number=last.number + 1 if last else 1,
        at=now,
        actor_id=actor_id,
        action="absence.approve",
        subject=f"AbsenceRequest:{number}",
        facts={"reason": ""},
        previous=last.digest if last else "",
        digest="",
    )
    content: dict[str, Any] = entry.model_dump(mode="json", exclude={"digest"})
    entry.digest = hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
    session.add(entry)


def _set_up(connection: Any, _record: Any) -> None:
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=10000"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


async def main() -> None:
    engine = create_async_engine(f"sqlite+aiosqlite:///{DATABASE}", pool_size=1, max_overflow=0, pool_timeout=300)
    event.listen(engine.sync_engine, "connect", _set_up)
    approving = Approving(engine)
    dispatcher = Dispatcher()
    dispatcher.message.register(approving.echo)
    dispatcher.callback_query.register(approving.approve)
    bot = Bot(TOKEN, session=AiohttpSession(api=TelegramAPIServer.from_base(API)))
    await dispatcher.start_polling(bot, tasks_concurrency_limit=AT_ONCE)


if __name__ == "__main__":
    asyncio.run(main())
