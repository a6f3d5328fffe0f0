"""Calls to the Bot API: raw dictionaries through python-telegram-bot's `Bot`, which does encoding and uploads."""

from typing import Any

from pydantic import SecretStr
from telegram import Bot

from bot.adapters.telegram.request import READ_TIMEOUT, UPLOAD_TIMEOUT, AiohttpRequest


class _RawBot(Bot):
    """The library's bot without its objects."""

    async def call(self, method: str, parameters: dict[str, Any], read_timeout: float) -> Any:
        # What `do_api_request` does, less its warning for every method that has a typed twin.
        return await self._post(method, parameters, read_timeout=read_timeout)


class BotApi:
    """The Bot API of one bot; raises `NotSent`, `AnswerLost` and `Refused`, none of which knows the token."""

    def __init__(self, token: SecretStr, api_root: str) -> None:
        self._request = AiohttpRequest(api_root, token.get_secret_value())
        self._bot = _RawBot(
            # The library logs and shows its token and addresses, so it gets neither (see AiohttpRequest).
            "hidden",
            base_url=lambda _: "api",
            base_file_url=lambda _: "file",
            request=self._request,
            get_updates_request=self._request,
        )

    async def open(self) -> None:
        await self._request.initialize()

    async def close(self) -> None:
        await self._request.shutdown()

    async def call(
        self, method: str, parameters: dict[str, Any] | None = None, *, read_timeout: float = READ_TIMEOUT
    ) -> Any:
        """Parameters that are None are left out."""
        return await self._bot.call(method, parameters or {}, read_timeout)

    async def fetch(self, file_path: str) -> bytes:
        return await self._request.retrieve(f"file/{file_path}", read_timeout=UPLOAD_TIMEOUT)
