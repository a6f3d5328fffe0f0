"""One of our bots on the platform: its calls, who it is, and what the platform says about its webhook."""

import asyncio
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from bot.adapters.zalo.api import BotApi, CallError, Refused
from bot.logs import redacted


@dataclass(frozen=True, slots=True)
class Identity:
    """What `getMe` says. The id outlives a new token and a new order of the tokens, so addresses are made of it."""

    id: str
    name: str


class Bot:
    """`identity` is None until the platform has answered once."""

    def __init__(self, api: BotApi) -> None:
        self.api = api
        self.identity: Identity | None = None

    @property
    def id(self) -> str:
        return self.identity.id if self.identity else ""

    async def identify(self) -> None:
        """Ask who we are; raises CallError, or another error where the answer makes no sense."""
        me = await self.api.call("getMe")
        if not isinstance(me["id"], str | int) or not me["id"]:
            raise TypeError
        name = str(me.get("display_name") or me.get("account_name") or me["id"])
        self.identity = Identity(str(me["id"]), name)

    async def is_identified(self, patience: float) -> bool:
        """Whether we know who we are, asking if need be."""
        if self.identity is None:
            with suppress(CallError, TimeoutError, KeyError, TypeError, AttributeError):
                async with asyncio.timeout(patience):
                    await self.identify()
        return self.identity is not None

    async def webhook_trouble(self, wanted: str) -> str:
        """What is wrong with the webhook, as far as can be told without setting it anew."""
        try:
            info = await self.api.call("getWebhookInfo")
        except CallError as error:
            return redacted(str(error))
        if not isinstance(info, dict) or info.get("url") != wanted:
            return "the webhook is not set to our public address"
        try:
            return verification_trouble(await self.api.call("testWebhook"))
        except Refused:
            # Documented once, gone from the documentation later, and limited per day: no answer is no trouble.
            return ""
        except CallError as error:
            return redacted(str(error))


def verification_trouble(verification: Any) -> str:
    """The platform keeps an address also where its probe of it failed, and tells so only here."""
    if not isinstance(verification, dict) or verification.get("ok") is not False:
        return ""
    told = [verification.get("outcome"), verification.get("status_code"), verification.get("hint")]
    words = ", ".join(str(one) for one in told if one)
    return redacted(f"the platform does not reach the webhook: {words or 'it does not say why'}")
