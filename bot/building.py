"""The application, of what the settings say and what makes the platform this product: all that handles and delivers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from bot.adapters.zalo import ZaloChannel
from bot.app import Application, Parts, Schedule
from bot.channel import Channel
from bot.clock import Clock
from bot.files import FileStore
from bot.links import Addresses
from bot.outbox.budget import Budget
from bot.outbox.places import bot_of
from bot.routes import Routes
from bot.settings import Settings
from bot.work import Work
from models.database import Database


@dataclass(frozen=True, slots=True)
class Product:
    """What makes the platform this product: its routes, its clock, its sample body."""

    routes: Routes
    schedule: Schedule
    load_sample: Callable[[Work], object]
    next_morning: Callable[[Work], datetime]


def build(
    settings: Settings, product: Product, database: Database, clock: Clock, channels: Mapping[str, Channel]
) -> Application:
    """What handles that which these channels receive."""
    parts = Parts(
        database=database,
        clock=clock,
        files=FileStore(settings.data_dir),
        routes=product.routes,
        channels=channels,
        schedule=product.schedule,
        rate=settings.telegram_rate,
        rates={ZaloChannel.name: settings.zalo_rate * len(settings.zalo_tokens)} if settings.zalo_tokens else {},
        budgets={ZaloChannel.name: Budget(settings.zalo_monthly, settings.zalo_per_user)},
        addresses=_addresses(settings),
        citizens_bot=partial(_citizens_bot, channels),
        admin_codes=settings.admin_codes,
    )
    return Application(parts)


def _addresses(settings: Settings) -> Addresses:
    """The simulator's page reaches us in any case."""
    own = f"http://{settings.web_host}:{settings.web_port}" if settings.serves_simulator else ""
    return Addresses(settings.public_url or own, timedelta(days=settings.link_days))


def _citizens_bot(channels: Mapping[str, Channel], channel: str, address: str) -> str:
    """Of several bots the last is for citizens: the first ones' places are kept for officials."""
    zalo = channels.get(channel)
    bots = zalo.bots() if isinstance(zalo, ZaloChannel) else []
    return bots[-1].name if len(bots) > 1 and bots[-1].id != bot_of(address) else ""
