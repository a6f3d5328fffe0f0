"""Says what is configured, reachable and due, and what is wrong, with the cure."""

import asyncio
from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session, col, select

from bot import audit, inbox
from bot.adapters.telegram import TelegramChannel
from bot.adapters.zalo import ZaloChannel, ZaloLimits
from bot.clock import Clock
from bot.outbox import queue
from bot.outbox.places import bot_of
from bot.settings import Settings
from models.database import Database
from models.duties import Ping, PingState
from models.inbox import EventState
from models.migrations import is_current
from models.people import ChannelAccount, Person, the_body

# A ping is a second late at most; after this long nobody is ticking.
LATE = timedelta(minutes=5)
# A new bot takes a day to be made and made known.
NEARLY_FULL = 0.9


@dataclass(frozen=True, slots=True)
class Finding:
    """One line: what was looked at, how it is, and where it is wrong the cure."""

    what: str
    state: str
    cure: str = ""

    @property
    def is_wrong(self) -> bool:
        return bool(self.cure)

    def __str__(self) -> str:
        mark = "WRONG" if self.is_wrong else "ok"
        return f"{mark:5} {self.what}: {self.state}" + (f". {self.cure}" if self.cure else "")


def examine(settings: Settings, now: datetime) -> list[Finding]:
    """Everything that can be known without changing anything."""
    return [*_settings(settings), *_database(settings, now), *_telegram(settings), *_zalo(settings)]


def _settings(settings: Settings) -> list[Finding]:
    findings = []
    if settings.telegram_token.get_secret_value():
        findings.append(Finding("telegram", "token set"))
    if settings.zalo_tokens:
        findings.append(Finding("zalo", f"{len(settings.zalo_tokens)} token(s) set"))
    if not findings and settings.serves_simulator:
        findings.append(Finding("channels", "no token: the simulator alone"))
    elif not findings:
        cure = "Set THUKY_ZALO_TOKEN or THUKY_TELEGRAM_TOKEN, or THUKY_SIMULATOR=1 to try it."
        findings.append(Finding("channels", "none", cure))
    if settings.public_url and not settings.public_url.startswith("https://"):
        findings.append(
            Finding("public address", "not https", "Platforms push to https only; correct THUKY_PUBLIC_URL.")
        )
    return findings


def _database(settings: Settings, now: datetime) -> list[Finding]:
    try:
        database = Database(settings.database_url.get_secret_value())
    except ValueError as error:
        return [Finding("database", str(error), "Correct THUKY_DATABASE_URL.")]
    try:
        if not is_current(database):
            return [Finding("database", "the schema is not the newest", "Run: python bot.py migrate")]
        with database.session() as session, session.begin():
            return [
                Finding("database", "reachable, newest schema"),
                _body(settings, session),
                *_contents(session, now),
                *_places(session, settings.zalo_users),
            ]
    except SQLAlchemyError as error:
        return [
            Finding("database", f"does not answer ({type(error).__name__})", "Check THUKY_DATABASE_URL and the server.")
        ]
    finally:
        database.close()


def _body(settings: Settings, session: Session) -> Finding:
    body = the_body(session)
    if body is None and settings.serves_simulator:
        return Finding("body", "none yet: the sample body is loaded at the start")
    if body is None:
        return Finding("body", "none", "Run: python bot.py import FILE.xlsx")
    people = session.exec(select(func.count()).select_from(Person)).one()
    state = f"{body.name}, pack {body.pack_id}, {people} people"
    if settings.serves_simulator and not body.is_sample:
        cure = "Set THUKY_TELEGRAM_TOKEN or THUKY_ZALO_TOKEN and leave THUKY_SIMULATOR out, or use another database."
        return Finding("body", f"{state}; the simulator refuses to run over real people", cure)
    return Finding("body", state)


def _contents(session: Session, now: datetime) -> list[Finding]:
    findings = []
    parked = inbox.count(session, EventState.PARKED)
    waiting = inbox.count(session, EventState.NEW)
    findings.append(Finding("events", f"{waiting} waiting"))
    if parked:
        findings.append(Finding("parked events", str(parked), "Look for their incident numbers in the log."))
    findings.append(
        Finding(
            "messages",
            ", ".join(f"{n} {state}" for state, n in sorted(queue.count_by_state(session).items())) or "none",
        )
    )
    late = session.exec(
        select(func.count()).select_from(Ping).where(Ping.state == PingState.PENDING, col(Ping.due_at) < now - LATE)
    ).one()
    if late:
        findings.append(Finding("reminders", f"{late} are overdue", "No process is running: start it with make run."))
    verdict = audit.verify(audit.stored(session))
    if verdict.broken is None:
        findings.append(Finding("audit log", f"{verdict.entries} entries, the chain holds"))
    else:
        findings.append(
            Finding("audit log", f"broken at entry {verdict.broken}", "Compare with an exported copy or a backup.")
        )
    return findings


def _places(session: Session, most: int) -> list[Finding]:
    """How many people each Zalo bot talks to, of those that the platform is said to allow it."""
    chats = session.exec(
        select(ChannelAccount.address, ChannelAccount.person_id).where(ChannelAccount.channel == ZaloChannel.name)
    ).all()
    people, officials = Counter(bot_of(address) for address, _ in chats), Counter[str]()
    officials.update(bot_of(address) for address, person_id in chats if person_id is not None)
    cure = "Add a bot to THUKY_ZALO_TOKEN; if your plan holds more people, correct THUKY_ZALO_USERS."
    return [
        Finding(
            f"zalo bot {bot}",
            f"{number} of {most} people, {officials[bot]} of them officials",
            cure if number >= most * NEARLY_FULL else "",
        )
        for bot, number in sorted(people.items())
    ]


def _telegram(settings: Settings) -> list[Finding]:
    if not settings.telegram_token.get_secret_value():
        return []
    return [asyncio.run(_ask_telegram(settings))]


async def _ask_telegram(settings: Settings) -> Finding:
    channel = TelegramChannel(settings.telegram_token, settings.telegram_api, Clock())
    await channel.start()
    try:
        name = channel.link_for("x").partition("?")[0]
        if name:
            return Finding("telegram", f"reachable: {name}")
        return _unreached("telegram", channel.trouble(), "THUKY_TELEGRAM_TOKEN")
    finally:
        await channel.stop()


def _unreached(platform: str, trouble: str, variable: str) -> Finding:
    if "token" in trouble:
        return Finding(platform, trouble, f"Correct {variable}.")
    return Finding(platform, trouble, "See whether this machine reaches the platform; try again.")


def _zalo(settings: Settings) -> list[Finding]:
    return asyncio.run(_ask_zalo(settings)) if settings.zalo_tokens else []


async def _ask_zalo(settings: Settings) -> list[Finding]:
    limits = ZaloLimits(settings.zalo_rate, settings.zalo_chat_gap)
    channel = ZaloChannel(
        settings.zalo_tokens, settings.zalo_api, Clock(), limits=limits, webhook_url=settings.public_url
    )
    await channel.start()
    try:
        findings = [Finding("zalo", f"reachable: {bot.name}") for bot in channel.bots()]
        if trouble := channel.trouble():
            findings.append(_unreached("zalo", trouble, "THUKY_ZALO_TOKEN"))
        elif settings.public_url:
            trouble = await channel.webhook_trouble()
            cure = "Start the bot, and see that the platform reaches THUKY_PUBLIC_URL/zalo." if trouble else ""
            findings.append(Finding("zalo webhook", trouble or "set", cure))
        return findings
    finally:
        await channel.stop()
