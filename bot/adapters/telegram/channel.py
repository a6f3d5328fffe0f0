"""The Telegram channel: what the platform can do, and the parts that do it."""

import asyncio
import logging
from collections.abc import Sequence
from typing import Any

from pydantic import SecretStr
from telegram.error import TelegramError

from bot.adapters.telegram import updates
from bot.adapters.telegram.api import BotApi
from bot.adapters.telegram.errors import delivery_error
from bot.adapters.telegram.receiving import Receiver, Sleep
from bot.adapters.telegram.request import Refused
from bot.adapters.telegram.sending import MAX_TEXT, Sender
from bot.channel import Capabilities, Command, DeliveryError, Outgoing, RawEvent, Rejected, Store
from bot.clock import Clock
from bot.events import ButtonPressed, Event
from bot.logs import hide

log = logging.getLogger(__name__)

MAX_DOWNLOAD = 20 * 1024 * 1024
# How long `start` waits for the bot's name; a platform that is away is asked again by `receive`.
START_PATIENCE = 2.0
_TOO_BIG = "the file is over the 20 MB that a bot may fetch"


class TelegramChannel:
    """One bot on Telegram, or on a Bot API server of one's own (`api_root`); implements `bot.channel.Channel`.

    With a `webhook_url` the updates come to `accept`, otherwise `receive` asks for them. `sleep` is how it waits.
    """

    name = updates.CHANNEL
    capabilities = Capabilities(buttons=True, edits=True, files=True, max_text=MAX_TEXT)

    def __init__(
        self,
        token: SecretStr | str,
        api_root: str,
        clock: Clock,
        *,
        webhook_url: str = "",
        webhook_secret: str = "",
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        secret = SecretStr(token) if isinstance(token, str) else token
        hide([secret.get_secret_value(), webhook_secret])
        self._api = BotApi(secret, api_root)
        self._clock = clock
        self._receiver = Receiver(self._api, clock, webhook_url, webhook_secret, sleep)
        self._sender = Sender(self._api, sleep)

    async def start(self) -> None:
        await self._api.open()
        await self._receiver.greet(START_PATIENCE)

    async def stop(self) -> None:
        await self._api.close()

    async def receive(self, store: Store) -> None:
        await self._receiver.receive(store)

    async def accept(self, secret_header: str | None, body: bytes, store: Store) -> int:
        """One webhook call; returns the HTTP status: 200 only once the event is stored."""
        return await self._receiver.accept(secret_header, body, store)

    def parse(self, raw: RawEvent) -> Event | None:
        return updates.parse(raw, self._clock.now())

    async def acknowledge(self, event: Event) -> None:
        if not isinstance(event, ButtonPressed) or not event.callback_id:
            return
        try:
            await self._api.call("answerCallbackQuery", {"callback_query_id": event.callback_id})
        except TelegramError as error:
            # Mostly a press that is too old, which the platform no longer waits for.
            log.debug("telegram: a press was not acknowledged: %s", error)

    async def send(self, outgoing: Outgoing) -> str:
        return await self._sender.send(outgoing)

    async def download(self, reference: str) -> bytes:
        failure: DeliveryError
        try:
            file = await self._api.call("getFile", {"file_id": reference})
            if (file.get("file_size") or 0) > MAX_DOWNLOAD:
                raise Rejected(_TOO_BIG)
            return await self._api.fetch(file["file_path"])
        except TelegramError as error:
            is_too_big = isinstance(error, Refused) and "file is too big" in error.description
            failure = Rejected(_TOO_BIG) if is_too_big else delivery_error(error, repeatable=True)
        except (KeyError, TypeError, AttributeError):
            failure = Rejected("the platform does not say where the file is")
        raise failure

    async def set_commands(self, address: str, commands: Sequence[Command]) -> None:
        """The menu of one chat is set whatever the app's language is: it is in the language chosen here."""
        menu: dict[str, Any] = {
            "commands": [{"command": command.name, "description": command.description} for command in commands],
            "scope": {"type": "chat", "chat_id": address},
        }
        try:
            await self._api.call("setMyCommands", menu)
        except TelegramError as error:
            log.warning("telegram: the command menu was not set: %s", error)

    def link_for(self, code: str) -> str:
        name = self._receiver.username
        return f"https://t.me/{name}?start={code}" if name else ""

    def trouble(self) -> str:
        return "; ".join(filter(None, (self._receiver.trouble, self._sender.trouble)))

    def works(self) -> bool:
        return not self.trouble()
