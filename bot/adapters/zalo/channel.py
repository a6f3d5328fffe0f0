"""The Zalo channel: what the platform can do, and the bots that do it."""

import asyncio
import hashlib
import hmac
import logging
from collections.abc import Sequence
from contextlib import suppress

from pydantic import SecretStr

from bot.adapters.zalo import updates
from bot.adapters.zalo.api import BotApi
from bot.adapters.zalo.bots import Bot, Identity
from bot.adapters.zalo.groups import GroupRefusals
from bot.adapters.zalo.pace import Pace, Sleep, ZaloLimits
from bot.adapters.zalo.pictures import Pictures
from bot.adapters.zalo.receiving import Receiver, Webhook
from bot.adapters.zalo.sending import MAX_TEXT, Sender
from bot.channel import Capabilities, Command, DeliveryError, Outgoing, RawEvent, RetryLater, Store, Unreachable
from bot.clock import Clock
from bot.events import Event
from bot.i18n import DEFAULT_LANGUAGE, _, use_language
from bot.logs import hide
from bot.messages import Message, html

log = logging.getLogger(__name__)

# How long `start` waits for the bots' ids; a platform that is away is asked again by `receive`.
START_PATIENCE = 2.0
UNKNOWN_PAUSE = 5.0


class _Desk:
    """One bot at work: it receives, it sends, and both may be in trouble."""

    def __init__(self, bot: Bot, receiver: Receiver, sender: Sender) -> None:
        self.bot = bot
        self.receiver = receiver
        self.sender = sender

    @property
    def trouble(self) -> str:
        return "; ".join(dict.fromkeys(filter(None, (self.receiver.trouble, self.sender.trouble))))


class ZaloChannel:
    """All bots of one body; implements `bot.channel.Channel`. A person is answered by the bot that he wrote to.

    With a `webhook_url` events come to `accept`, otherwise `receive` asks for them.
    `sleep` is how the channel waits; `allow_local` lets tests offer pictures.
    """

    name = updates.CHANNEL
    capabilities = Capabilities(buttons=False, edits=False, files=False, max_text=MAX_TEXT)

    def __init__(
        self,
        tokens: Sequence[SecretStr],
        api_root: str,
        clock: Clock,
        *,
        limits: ZaloLimits,
        webhook_url: str = "",
        webhook_secret: str = "",
        sleep: Sleep = asyncio.sleep,
        allow_local: bool = False,
    ) -> None:
        hide([webhook_secret, *(token.get_secret_value() for token in tokens)])
        self._clock = clock
        self._sleep = sleep
        self._limits = limits
        self._webhook_url = f"{webhook_url.rstrip('/')}/zalo" if webhook_url else ""
        self._pictures = Pictures(allow_local=allow_local)
        self._refusals = GroupRefusals(clock)
        self._refusing: set[asyncio.Task[None]] = set()
        secrets = _secrets(webhook_secret, tokens)
        hide(secrets)
        self._desks = [
            self._desk(Bot(BotApi(token, api_root)), secret, has_siblings=len(tokens) > 1)
            for token, secret in zip(tokens, secrets, strict=True)
        ]

    def _desk(self, bot: Bot, secret: str, *, has_siblings: bool) -> _Desk:
        pace = Pace(self._limits, self._sleep)
        sender = Sender(bot, self._clock, pace, self._sleep, has_siblings=has_siblings)
        webhook = Webhook(self._webhook_url, secret)
        return _Desk(bot, Receiver(bot, webhook, self._sleep, lambda chat: self._refuse_group(sender, chat)), sender)

    async def start(self) -> None:
        await self._pictures.open()
        await asyncio.gather(*(desk.receiver.greet(START_PATIENCE) for desk in self._desks))

    async def stop(self) -> None:
        for task in self._refusing:
            task.cancel()
        await asyncio.gather(*self._refusing, return_exceptions=True)
        await self._pictures.close()
        for desk in self._desks:
            await desk.bot.api.close()

    def bots(self) -> Sequence[Identity]:
        """Who we are on the platform, in the order of the tokens; a bot whose id is not known yet is missing."""
        return [desk.bot.identity for desk in self._desks if desk.bot.identity is not None]

    async def receive(self, store: Store) -> None:
        async with asyncio.TaskGroup() as group:
            for desk in self._desks:
                group.create_task(desk.receiver.receive(store))

    async def accept(self, secret_header: str | None, body: bytes, store: Store) -> int:
        """One webhook call; returns the HTTP status: 200 only once the event is stored.

        A push does not say for which bot it is, so each has a secret of its own.
        """
        shown = (secret_header or "").encode()
        meant = [desk for desk in self._desks if hmac.compare_digest(shown, desk.receiver.secret.encode())]
        if not meant or not shown:
            return 401
        return await meant[0].receiver.accept(body, store)

    def parse(self, raw: RawEvent) -> Event | None:
        return updates.parse(raw, self._clock.now())

    async def acknowledge(self, event: Event) -> None:
        """There are no buttons."""

    async def send(self, outgoing: Outgoing) -> str:
        bot_id, _colon, chat_id = outgoing.address.partition(":")
        for desk in self._desks:
            if desk.bot.id == bot_id:
                return await desk.sender.send(chat_id, outgoing.message, outgoing.pictures)
        if len(self.bots()) == len(self._desks):
            raise Unreachable("the bot that this person wrote to is not ours any more")
        for desk in self._desks:
            await desk.bot.is_identified(START_PATIENCE)
        raise RetryLater(UNKNOWN_PAUSE, "it is not known yet which bots are ours", only_this=len(self._desks) > 1)

    async def download(self, reference: str) -> bytes:
        return await self._pictures.fetch(reference)

    async def set_commands(self, address: str, commands: Sequence[Command]) -> None:
        """There are no command menus."""

    def link_for(self, code: str) -> str:
        """Codes are typed."""
        return ""

    def trouble(self) -> str:
        found = [(number, desk.trouble) for number, desk in enumerate(self._desks, 1) if desk.trouble]
        if len(self._desks) == 1:
            return found[0][1] if found else ""
        return "; ".join(f"bot {number}: {trouble}" for number, trouble in found)

    def works(self) -> bool:
        return not all(desk.trouble for desk in self._desks)

    async def webhook_trouble(self) -> str:
        """What the platform says about our webhook; asks, and changes nothing."""
        if not self._webhook_url:
            return ""
        found = [await desk.bot.webhook_trouble(self._webhook_url) for desk in self._desks]
        return "; ".join(f"bot {number}: {trouble}" for number, trouble in enumerate(found, 1) if trouble)

    def _refuse_group(self, sender: Sender, chat_id: str) -> None:
        if self._refusals.is_due(chat_id):
            task = asyncio.create_task(_say_that_groups_are_not_served(sender, chat_id))
            self._refusing.add(task)
            task.add_done_callback(self._refusing.discard)


async def _say_that_groups_are_not_served(sender: Sender, chat_id: str) -> None:
    with use_language(DEFAULT_LANGUAGE):
        text = html(_("This system serves people in private chats only. Please write to it directly."))
    with suppress(DeliveryError):
        await sender.send(chat_id, Message(text))


def _secrets(secret: str, tokens: Sequence[SecretStr]) -> list[str]:
    """The secret itself for one bot; for several, one each, that stays the same in whatever order the tokens are."""
    if len(tokens) == 1 or not secret:
        return [secret] * len(tokens)
    return [
        hmac.new(secret.encode(), token.get_secret_value().encode(), hashlib.sha256).hexdigest() for token in tokens
    ]
