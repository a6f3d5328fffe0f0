"""The Bot API methods that the bot uses."""

import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from tests.standins.telegram import checks
from tests.standins.telegram.checks import MAX_CAPTION, MAX_TEXT, Refusal, bad_request
from tests.standins.telegram.people import People
from tests.standins.telegram.queue import UpdateQueue

MAX_DOWNLOAD = 20 * 1024 * 1024
MAX_UPLOAD = 50 * 1024 * 1024
_NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current "
    "content and reply markup of the message"
)


@dataclass(frozen=True)
class Upload:
    name: str
    content: bytes
    media_type: str


class Methods:
    """Answers by method name in lower case, as the real names do not mind their case either."""

    def __init__(self, people: People, queue: UpdateQueue, username: str) -> None:
        self.menus: dict[tuple[str, str], list[dict[str, str]]] = {}
        self.public_webhooks = False
        self._people = people
        self._queue = queue
        self._me = {"id": 123456, "is_bot": True, "first_name": "Thư Ký", "username": username}
        self.answers: dict[str, Callable[[dict[str, Any]], Awaitable[Any]]] = {
            "getme": self._get_me,
            "getupdates": self._get_updates,
            "sendmessage": self._send_message,
            "editmessagetext": self._edit_message_text,
            "senddocument": lambda given: self._send_file("document", given),
            "sendphoto": lambda given: self._send_file("photo", given),
            "answercallbackquery": self._answer_callback_query,
            "setmycommands": self._set_my_commands,
            "setwebhook": self._set_webhook,
            "deletewebhook": self._delete_webhook,
            "getwebhookinfo": self._get_webhook_info,
            "getfile": self._get_file,
        }

    async def _get_me(self, given: dict[str, Any]) -> Any:
        return self._me

    async def _get_updates(self, given: dict[str, Any]) -> Any:
        allowed = checks.decoded(given.get("allowed_updates"), "can't parse allowed updates JSON object")
        if allowed is not None:
            self._queue.allowed = allowed
        return await self._queue.poll(
            int(given.get("offset", 0)), int(given.get("limit", 100)), float(given.get("timeout", 0))
        )

    async def _send_message(self, given: dict[str, Any]) -> Any:
        chat_id = self._chat(given)
        text, entities = checks.formatted(given.get("text"), given.get("parse_mode"), MAX_TEXT)
        return self._said(chat_id, given, text=text, entities=entities)

    async def _edit_message_text(self, given: dict[str, Any]) -> Any:
        chat_id = self._chat(given)
        if not given.get("message_id"):
            raise bad_request("message identifier is not specified")
        message = self._people.messages.get((chat_id, int(given["message_id"])))
        if message is None:
            raise bad_request("message to edit not found")
        if not message["from"]["is_bot"]:
            raise bad_request("message can't be edited")
        if "text" not in message:
            raise bad_request("there is no text in the message to edit")
        text, entities = checks.formatted(given.get("text"), given.get("parse_mode"), MAX_TEXT)
        content = {"text": text, "entities": entities, "reply_markup": checks.keyboard(given.get("reply_markup"))}
        if all(message.get(key) == value for key, value in content.items()):
            raise bad_request(_NOT_MODIFIED)
        message |= content | {"edit_date": int(time.time())}
        self._people.messages[chat_id, message["message_id"]] = message
        return message

    async def _send_file(self, field: str, given: dict[str, Any]) -> Any:
        chat_id = self._chat(given)
        upload = given.get(field)
        if not isinstance(upload, Upload):
            raise bad_request(f"there is no {field} in the request")
        if len(upload.content) > MAX_UPLOAD:
            raise Refusal(413, "Request Entity Too Large")
        if field == "photo" and not upload.content.startswith((b"\x89PNG\r\n", b"\xff\xd8\xff")):
            raise bad_request("IMAGE_PROCESS_FAILED")
        caption, entities = checks.formatted(given.get("caption"), given.get("parse_mode"), MAX_CAPTION)
        content = {"caption": caption, "caption_entities": entities} if caption else {}
        return self._said(chat_id, given, **content, **{field: {"file_name": upload.name}})

    async def _answer_callback_query(self, given: dict[str, Any]) -> Any:
        if given.get("callback_query_id") not in self._people.presses_shown:
            raise bad_request("query is too old and response timeout expired or query ID is invalid")
        if len(str(given.get("text", ""))) > 200:
            raise bad_request("MESSAGE_TOO_LONG")
        return True

    async def _set_my_commands(self, given: dict[str, Any]) -> Any:
        listed = checks.commands(given.get("commands"))
        scope = checks.scope(given.get("scope"))
        key = " ".join(str(part) for part in (scope["type"], scope.get("chat_id")) if part)
        self.menus[key, given.get("language_code") or ""] = listed
        return True

    async def _set_webhook(self, given: dict[str, Any]) -> Any:
        if not given.get("url"):
            return await self._delete_webhook(given)
        checks.webhook(given["url"], given.get("secret_token") or "", public=self.public_webhooks)
        allowed = checks.decoded(given.get("allowed_updates"), "can't parse allowed updates JSON object")
        if allowed is not None:
            self._queue.allowed = allowed
        self._queue.set_webhook(
            {key: given.get(key) for key in ("url", "secret_token", "max_connections") if given.get(key)}
        )
        return True

    async def _delete_webhook(self, given: dict[str, Any]) -> Any:
        self._queue.delete_webhook(drop_pending=str(given.get("drop_pending_updates", "")).lower() == "true")
        return True

    async def _get_webhook_info(self, given: dict[str, Any]) -> Any:
        shown = {key: value for key, value in self._queue.webhook.items() if key != "secret_token"}
        return {
            "url": "",
            "has_custom_certificate": False,
            **shown,
            "pending_update_count": len(self._queue.pending),
            "allowed_updates": self._queue.allowed,
        }

    async def _get_file(self, given: dict[str, Any]) -> Any:
        file_id = given.get("file_id")
        if file_id not in self._people.files:
            raise bad_request("wrong file_id or the file is temporarily unavailable")
        size = len(self._people.files[file_id])
        if size > MAX_DOWNLOAD:
            raise bad_request("file is too big")
        return {"file_id": file_id, "file_unique_id": file_id, "file_size": size, "file_path": f"files/{file_id}"}

    def _chat(self, given: dict[str, Any]) -> int:
        if given.get("chat_id") in (None, ""):
            raise bad_request("chat_id is empty")
        try:
            chat_id = int(given["chat_id"])
        except ValueError:
            raise bad_request("chat not found") from None
        if chat_id in self._people.unknown:
            raise bad_request("chat not found")
        if chat_id in self._people.blocked:
            raise Refusal(403, "Forbidden: bot was blocked by the user")
        if chat_id in self._people.deactivated:
            raise Refusal(403, "Forbidden: user is deactivated")
        return chat_id

    def _said(self, chat_id: int, given: dict[str, Any], **content: Any) -> dict[str, Any]:
        message = {
            "message_id": self._people.new_message_id(),
            "from": self._me,
            "chat": {"id": chat_id, "type": "private"},
            "date": int(time.time()),
            **content,
            "reply_markup": checks.keyboard(given.get("reply_markup")),
        }
        self._people.messages[chat_id, message["message_id"]] = message
        return {key: value for key, value in message.items() if value not in (None, [])}
