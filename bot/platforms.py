"""The channels whose tokens are set, and where their platforms push to."""

from typing import TYPE_CHECKING

from bot.adapters.telegram import TelegramChannel
from bot.channel import Channel, WebhookRoute
from bot.clock import Clock
from bot.settings import Settings

if TYPE_CHECKING:
    from bot.adapters.zalo import ZaloChannel

TELEGRAM_SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
ZALO_SECRET_HEADER = "X-Bot-Api-Secret-Token"


def platforms(settings: Settings, clock: Clock, secret: str) -> tuple[dict[str, Channel], list[WebhookRoute]]:
    """As the settings want them; `secret` is what a platform shows when it pushes."""
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


def _telegram(settings: Settings, clock: Clock, secret: str) -> TelegramChannel:
    return TelegramChannel(
        settings.telegram_token,
        settings.telegram_api,
        clock,
        webhook_url=settings.public_url,
        webhook_secret=secret,
    )


def _zalo(settings: Settings, clock: Clock, secret: str) -> "ZaloChannel":
    # Loaded where it is used only.
    from bot.adapters.zalo import ZaloChannel, ZaloLimits

    return ZaloChannel(
        settings.zalo_tokens,
        settings.zalo_api,
        clock,
        limits=ZaloLimits(settings.zalo_rate, settings.zalo_chat_gap),
        webhook_url=settings.public_url,
        webhook_secret=secret,
    )
