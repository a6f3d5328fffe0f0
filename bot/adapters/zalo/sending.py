"""Our messages as calls of one bot: pieces of plain text, pictures by their address, and what each refusal means."""

import logging
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any, TypeAlias

from bot import plain_text
from bot.adapters.zalo.api import READ_TIMEOUT, AnswerLost, CallError, NotSent, Refused
from bot.adapters.zalo.bots import Bot
from bot.adapters.zalo.pace import Pace, Sleep
from bot.channel import DeliveryError, Rejected, RetryLater, Uncertain, Unreachable
from bot.clock import Clock
from bot.insistence import followed
from bot.logs import redacted
from bot.messages import Message

log = logging.getLogger(__name__)

# The platform takes 2,000, however it counts them.
MAX_TEXT = 1900
# The platform fetches the picture before it answers.
PHOTO_TIMEOUT = 150.0
TYPING_TIMEOUT = 3.0
PAUSE = 5.0
TOKEN_PAUSE = 60.0
QUOTA_PAUSE = 60.0
LONGEST_QUOTA_PAUSE = 3600.0
# 403 is labelled an internal error of the platform, and others take it for a closed chat.
FORBIDDEN_PAUSES = (2.0, 10.0)

Call: TypeAlias = Callable[[], Awaitable[str]]


class Sender:
    """Sends for one bot; raises only DeliveryError. `trouble` is why nothing can be sent now, empty when it can.

    A pause is the bot's own where it `has_siblings`: the people of the others need not wait for it.
    """

    def __init__(self, bot: Bot, clock: Clock, pace: Pace, sleep: Sleep, *, has_siblings: bool) -> None:
        self.trouble = ""
        self._bot = bot
        self._clock = clock
        self._pace = pace
        self._sleep = sleep
        self._has_siblings = has_siblings
        self._paused_until: datetime | None = None
        self._quota_refusals = 0

    async def send(self, chat_id: str, message: Message, pictures: Sequence[str] = ()) -> str:
        """Returns the id of the last piece. The text names the pictures, so it goes also where they do not."""
        self._check_pause()
        pieces = plain_text.pieces(message, MAX_TEXT)
        if len(pieces) > 1 or pictures:
            await self._show_typing(chat_id)
        arrived = ""
        for address in pictures:
            try:
                arrived = await self._attempt(partial(self._picture, chat_id, address), arrived)
            except (Rejected, Uncertain, Unreachable) as error:
                log.warning("zalo: a picture was not shown: %s", error)
        for piece in pieces:
            arrived = await self._attempt(partial(self._text, chat_id, piece), arrived)
        if not pieces and not arrived:
            raise Rejected("nothing to say")
        return arrived

    def _check_pause(self) -> None:
        if self._paused_until is None:
            return
        left = (self._paused_until - self._clock.now()).total_seconds()
        if left > 0:
            raise RetryLater(left, self.trouble, only_this=self._has_siblings)

    async def _show_typing(self, chat_id: str) -> None:
        try:
            await self._bot.api.call(
                "sendChatAction", {"chat_id": chat_id, "action": "typing"}, read_timeout=TYPING_TIMEOUT
            )
        except CallError as error:
            log.debug("zalo: typing was not shown: %s", error)

    async def _attempt(self, call: Call, arrived: str) -> str:
        return await (followed(partial(self._deliver, call), self._sleep) if arrived else self._deliver(call))

    async def _deliver(self, call: Call) -> str:
        try:
            message_id = await call()
        except CallError as error:
            refusal = error
        else:
            self.trouble, self._paused_until, self._quota_refusals = "", None, 0
            return message_id
        raise await self._failure(refusal) from None

    async def _text(self, chat_id: str, text: str) -> str:
        return await self._call("sendMessage", {"chat_id": chat_id, "text": text}, READ_TIMEOUT)

    async def _picture(self, chat_id: str, address: str) -> str:
        return await self._call("sendPhoto", {"chat_id": chat_id, "photo": address}, PHOTO_TIMEOUT)

    async def _call(self, method: str, parameters: dict[str, Any], patience: float) -> str:
        for pause in FORBIDDEN_PAUSES:
            await self._pace.turn(parameters["chat_id"])
            try:
                return _message_id(await self._bot.api.call(method, parameters, read_timeout=patience))
            except Refused as error:
                if error.code != 403:
                    raise
            await self._sleep(pause)
        await self._pace.turn(parameters["chat_id"])
        return _message_id(await self._bot.api.call(method, parameters, read_timeout=patience))

    async def _failure(self, error: CallError) -> DeliveryError:
        reason = redacted(str(error))
        if isinstance(error, AnswerLost):
            return Uncertain(reason)
        if not isinstance(error, Refused):
            return self._pause(PAUSE, f"cannot send: {reason}")
        match error.code:
            case 408 | 504:
                return Uncertain(reason)
            case 401:
                return self._pause(TOKEN_PAUSE, "the token is not valid")
            case 429:
                return self._quota_pause()
            case 403 | 404:
                return await self._closed(reason)
            case code if 400 <= code < 500:
                return Rejected(reason)
        return self._pause(PAUSE, f"cannot send: {reason}")

    async def _closed(self, reason: str) -> DeliveryError:
        """The same answers are given to a bot that is out of service, so we ask whether it is only this chat."""
        try:
            await self._bot.api.call("getMe")
        except NotSent as error:
            return self._pause(PAUSE, f"cannot send: {redacted(str(error))}")
        except CallError as error:
            return self._pause(TOKEN_PAUSE, f"the bot is refused: {redacted(str(error))}")
        return Unreachable(reason)

    def _quota_pause(self) -> RetryLater:
        self._quota_refusals += 1
        seconds = min(QUOTA_PAUSE * 2.0 ** min(self._quota_refusals - 1, 10), LONGEST_QUOTA_PAUSE)
        return self._pause(seconds, f"the quota is used up, refused {self._quota_refusals} times in a row")

    def _pause(self, seconds: float, trouble: str) -> RetryLater:
        self.trouble = trouble
        self._paused_until = self._clock.now() + timedelta(seconds=seconds)
        return RetryLater(seconds, trouble, only_this=self._has_siblings)


def _message_id(result: Any) -> str:
    return str(result.get("message_id") or "") if isinstance(result, dict) else ""
