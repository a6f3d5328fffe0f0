"""The verb `run`: channels from the settings, the sample body where the simulator is on, and the application."""

import argparse
import asyncio
import gc
import logging
import signal
import sys
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any, TypeAlias

from sqlmodel import Session

from bot import logs
from bot.adapters.telegram import TelegramChannel
from bot.adapters.zalo import ZaloChannel, ZaloLimits
from bot.app import Application, Parts
from bot.channel import Channel, WebhookRoute
from bot.cli import OperatorError, Verb
from bot.clock import Clock
from bot.files import FileStore
from bot.links import Addresses
from bot.outbox.budget import Budget
from bot.outbox.places import bot_of
from bot.routes import Routes
from bot.settings import Settings
from bot.work import Work
from models.database import Database
from models.installation import the_installation
from models.migrations import migrate
from models.people import the_body

if TYPE_CHECKING:
    from starlette.routing import BaseRoute

log = logging.getLogger(__name__)

TELEGRAM_SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
ZALO_SECRET_HEADER = "X-Bot-Api-Secret-Token"

SWITCH_SECONDS = 0.0005

Schedule: TypeAlias = Callable[[Application], Coroutine[Any, Any, None]]


@dataclass(frozen=True, slots=True)
class Product:
    """What makes the platform this product: its routes, its clock, its sample body."""

    routes: Routes
    schedule: Schedule
    load_sample: Callable[[Work], object]
    next_morning: Callable[[Work], datetime]


def run_verb(product: Product) -> Verb:
    """`run`, for the program to list among its verbs."""

    def run(settings: Settings, _arguments: argparse.Namespace) -> int:
        logs.set_up(settings.log_level)
        application = build(settings, product)
        where = f"http://{settings.web_host}:{settings.web_port}"
        if settings.serves_simulator:
            print(f"Simulator: {where}", flush=True)
        # The event loop waits this long for a busy database thread at each of its steps; 5 ms would add up.
        sys.setswitchinterval(SWITCH_SECONDS)
        pages = _pages(application, product) if settings.serves_simulator else []
        try:
            asyncio.run(_serve(application, settings, pages))
        finally:
            application.parts.database.close()
        return 0

    return Verb("run", "run the bot: channels, dispatcher, scheduler, courier, web", run)


async def _serve(application: Application, settings: Settings, pages: "list[BaseRoute]") -> None:
    """Serve until a signal stops the process."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    async with application.working():
        serve = await asyncio.to_thread(_web_server)
        # What is loaded stays loaded. To look through it for garbage took 150 ms, in which nobody was answered.
        gc.freeze()
        await serve(application, settings.web_host, settings.web_port, pages, stop)


def _web_server() -> Callable[..., Coroutine[Any, Any, None]]:
    # A twentieth of the start; the platforms are asked for news first.
    from bot.serving import serve

    return serve


def build(settings: Settings, product: Product) -> Application:
    """The application as the settings want it; the database is brought to the newest schema first."""
    database = Database(settings.database_url.get_secret_value())
    migrate(database)
    clock, files = Clock(), FileStore(settings.data_dir)
    secret = _webhook_secret(settings, database)
    channels, webhooks = _platforms(settings, clock, secret)
    if settings.serves_simulator:
        # Not loaded where the bot serves real people.
        from bot.adapters.simulator.channel import CAPABILITIES, SimulatorChannel

        _load_sample(database, clock, files, product)
        for name in CAPABILITIES:
            channels[name] = SimulatorChannel(name, database, clock, files)
    if not channels:
        raise OperatorError("Nothing to run: there is no token and the simulator is off.")
    parts = Parts(
        database=database,
        clock=clock,
        files=files,
        routes=product.routes,
        channels=channels,
        schedule=product.schedule,
        rate=settings.telegram_rate,
        rates={ZaloChannel.name: settings.zalo_rate * len(settings.zalo_tokens)} if settings.zalo_tokens else {},
        budgets={ZaloChannel.name: Budget(settings.zalo_monthly, settings.zalo_per_user)},
        addresses=_addresses(settings),
        citizens_bot=partial(_citizens_bot, channels),
        admin_codes=settings.admin_codes,
        webhooks=webhooks,
    )
    return Application(parts)


def _telegram(settings: Settings, clock: Clock, secret: str) -> TelegramChannel:
    return TelegramChannel(
        settings.telegram_token,
        settings.telegram_api,
        clock,
        webhook_url=settings.public_url,
        webhook_secret=secret,
    )


def _platforms(settings: Settings, clock: Clock, secret: str) -> tuple[dict[str, Channel], list[WebhookRoute]]:
    """The channels whose tokens are set, and where their platforms push to."""
    channels: dict[str, Channel] = {}
    webhooks: list[WebhookRoute] = []
    if settings.telegram_token.get_secret_value():
        telegram = _telegram(settings, clock, secret)
        channels[telegram.name] = telegram
        webhooks.append(WebhookRoute("/telegram", TELEGRAM_SECRET_HEADER, telegram))
    if settings.zalo_tokens:
        zalo = _zalo(settings, clock, secret)
        channels[zalo.name] = zalo
        webhooks.append(WebhookRoute("/zalo", ZALO_SECRET_HEADER, zalo))
    return channels, webhooks


def _zalo(settings: Settings, clock: Clock, secret: str) -> ZaloChannel:
    return ZaloChannel(
        settings.zalo_tokens,
        settings.zalo_api,
        clock,
        limits=ZaloLimits(settings.zalo_rate, settings.zalo_chat_gap),
        webhook_url=settings.public_url,
        webhook_secret=secret,
    )


def _addresses(settings: Settings) -> Addresses:
    """The simulator's page reaches us in any case."""
    own = f"http://{settings.web_host}:{settings.web_port}" if settings.serves_simulator else ""
    return Addresses(settings.public_url or own, timedelta(days=settings.link_days))


def _citizens_bot(channels: Mapping[str, Channel], channel: str, address: str) -> str:
    """Of several bots the last is for citizens: the first ones' places are kept for officials."""
    zalo = channels.get(channel)
    bots = zalo.bots() if isinstance(zalo, ZaloChannel) else []
    return bots[-1].name if len(bots) > 1 and bots[-1].id != bot_of(address) else ""


def _webhook_secret(settings: Settings, database: Database) -> str:
    """Of the settings, else the one made at the first start."""
    given = settings.webhook_secret.get_secret_value()
    secret = given or database.transact(lambda session: the_installation(session).webhook_secret)
    logs.hide([secret])
    return secret


def _load_sample(database: Database, clock: Clock, files: FileStore, product: Product) -> None:
    """Load the sample body into an empty database; refuse one that holds other people, for anybody may play anybody."""

    def load(session: Session) -> None:
        body = the_body(session)
        if body is not None and not body.is_sample:
            raise OperatorError("The simulator runs over the sample body only; this database holds another body.")
        if body is None:
            work = Work(session, clock.now(), files, cause="sample")
            product.load_sample(work)
            work.close()
        else:
            clock.offset = timedelta(seconds=body.clock_offset_seconds)

    database.transact(load)


def _pages(application: Application, product: Product) -> "list[BaseRoute]":
    from bot.adapters.simulator.pages import Simulator, routes

    parts = application.parts

    def next_morning(session: Session) -> datetime:
        return product.next_morning(application.work(session, "simulator"))

    def woken() -> None:
        application.dispatcher.wake()
        application.wake_couriers()

    simulator = Simulator(
        database=parts.database,
        clock=parts.clock,
        files=parts.files,
        routes=parts.routes,
        store=application.receiver.store,
        next_morning=next_morning,
        woken=woken,
    )
    return routes(simulator)
