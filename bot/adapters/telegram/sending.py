"""Our messages as calls: pieces, keyboards, files, edits, and plain text where the markup is refused."""

import logging
import re
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import Any

from telegram import InputFile
from telegram.error import TelegramError

from bot import markup
from bot.adapters.telegram.api import BotApi
from bot.adapters.telegram.errors import PAUSE, delivery_error, is_token_trouble
from bot.adapters.telegram.request import READ_TIMEOUT, UPLOAD_TIMEOUT, AnswerLost, NotSent, Refused
from bot.channel import Outgoing, OutgoingFile, Rejected, RetryLater
from bot.insistence import followed
from bot.messages import Button, Row

log = logging.getLogger(__name__)

MAX_TEXT = 4096
MAX_CAPTION = 1024
MAX_UPLOAD = 50 * 1024 * 1024
# Larger pictures are mostly scans, which Telegram's compression of photos makes hard to read.
MAX_PHOTO = 2 * 1024 * 1024
_PHOTO_TYPES = ("image/jpeg", "image/png")
_PHOTO_REFUSED = ("image_process_failed", "photo_invalid_dimensions")
_NOT_EDITABLE = ("message to edit not found", "message can't be edited", "there is no text in the message to edit")
_UNSAFE_IN_NAMES = re.compile(r'[\x00-\x1f"\\/]+')

Call = Callable[[], Awaitable[str]]


class Sender:
    """Sends for one bot; raises only DeliveryError. `trouble` is why nothing can be sent now, empty when it can."""

    def __init__(self, api: BotApi, sleep: Callable[[float], Awaitable[None]]) -> None:
        self.trouble = ""
        self._api = api
        self._sleep = sleep

    async def send(self, outgoing: Outgoing) -> str:
        """Returns the id of the message that carries the end of the text and the buttons."""
        texts, files = self._plan(outgoing)
        # A new message ends with its buttons; an edited one stands above already, its files come below.
        calls = texts + files if outgoing.edits else files + texts
        if not calls:
            raise Rejected("nothing to say")
        ids = [await self._deliver(calls[0])]
        for call in calls[1:]:
            ids.append(await followed(partial(self._deliver, call), self._sleep))
        return ids[len(texts) - 1] if outgoing.edits and texts else ids[-1]

    def _plan(self, outgoing: Outgoing) -> tuple[list[Call], list[Call]]:
        message = outgoing.message
        common = {"chat_id": _chat_id(outgoing.address), "disable_notification": outgoing.silent or None}
        keyboard = {"reply_markup": _keyboard(message.rows)}
        pieces = markup.split(str(message.text), MAX_TEXT)
        if not outgoing.edits and len(outgoing.files) == 1 and not message.rows and _fits_caption(pieces):
            caption = pieces[0] if pieces else ""
            return [], [partial(self._file, outgoing.files[0], caption, common)]
        files: list[Call] = [partial(self._file, file, "", common) for file in outgoing.files]
        parameters = [common] * (len(pieces) - 1) + [common | keyboard]
        texts: list[Call] = [partial(self._text, *part) for part in zip(pieces, parameters, strict=False)]
        if pieces and outgoing.edits:
            texts[0] = partial(self._edit, outgoing.edits, pieces[0], parameters[0])
        return texts, files

    async def _deliver(self, call: Call) -> str:
        try:
            message_id = await call()
        except TelegramError as error:
            if isinstance(error, NotSent) or is_token_trouble(error):
                self.trouble = f"cannot send: {error}"
            failure = delivery_error(error)
        else:
            self.trouble = ""
            return message_id
        raise failure

    async def _text(self, text: str, parameters: dict[str, Any]) -> str:
        return await self._marked_up("sendMessage", "text", text, parameters | _NO_PREVIEW)

    async def _edit(self, message_id: str, text: str, parameters: dict[str, Any]) -> str:
        try:
            await self._marked_up(
                "editMessageText", "text", text, parameters | _NO_PREVIEW | {"message_id": _chat_id(message_id)}
            )
        except AnswerLost as error:
            # Unlike a new message, an edit may simply be repeated.
            raise RetryLater(PAUSE, str(error)) from None
        except Refused as error:
            problem = error.description.lower()
            if any(words in problem for words in _NOT_EDITABLE):
                return await self._text(text, parameters)
            if "message is not modified" not in problem:
                raise
        return message_id

    async def _file(self, file: OutgoingFile, caption: str, parameters: dict[str, Any]) -> str:
        if len(file.content) > MAX_UPLOAD:
            raise Rejected(f"a file of {len(file.content)} bytes is over Telegram's 50 MB")
        if file.media_type in _PHOTO_TYPES and len(file.content) <= MAX_PHOTO:
            try:
                return await self._upload("sendPhoto", "photo", file, caption, parameters)
            except Refused as error:
                if error.description.lower().removeprefix("bad request: ") not in _PHOTO_REFUSED:
                    raise
        return await self._upload("sendDocument", "document", file, caption, parameters)

    async def _upload(
        self, method: str, field: str, file: OutgoingFile, caption: str, parameters: dict[str, Any]
    ) -> str:
        upload = InputFile(file.content, filename=_UNSAFE_IN_NAMES.sub("_", file.name))
        upload.mimetype = file.media_type or upload.mimetype
        return await self._marked_up(method, "caption", caption, parameters | {field: upload}, UPLOAD_TIMEOUT)

    async def _marked_up(
        self, method: str, field: str, text: str, parameters: dict[str, Any], patience: float = READ_TIMEOUT
    ) -> str:
        marked_up = parameters | {field: text, "parse_mode": "HTML"} if text else parameters
        try:
            return _message_id(await self._api.call(method, marked_up, read_timeout=patience))
        except Refused as error:
            if "can't parse entities" not in error.description.lower():
                raise
            log.error("telegram: markup refused, sent as plain text: %s", error.description)
        bare = parameters | {field: markup.plain(text)}
        return _message_id(await self._api.call(method, bare, read_timeout=patience))


_NO_PREVIEW = {"link_preview_options": {"is_disabled": True}}


def _chat_id(number: str) -> int | str:
    return int(number) if number.lstrip("-").isdigit() else number


def _message_id(result: Any) -> str:
    return str(result["message_id"]) if isinstance(result, dict) and "message_id" in result else ""


def _fits_caption(pieces: Sequence[str]) -> bool:
    return not pieces or (len(pieces) == 1 and len(markup.plain(pieces[0])) <= MAX_CAPTION)


def _keyboard(rows: Sequence[Row]) -> dict[str, Any] | None:
    """None on an edit takes the buttons away."""
    return {"inline_keyboard": [[_button(button) for button in row] for row in rows]} if rows else None


def _button(button: Button) -> dict[str, str]:
    action = {"url": button.url} if button.url else {"callback_data": button.token}
    return {"text": button.label, **action, **({"style": button.style.value} if button.style else {})}
