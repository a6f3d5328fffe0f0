"""What people do in their chats with the bot: each act becomes an update."""

import time
from typing import Any

from tests.standins.telegram.queue import UpdateQueue


class People:
    """Everybody whom the bot may meet; a person's private chat has the person's id."""

    def __init__(self, queue: UpdateQueue) -> None:
        self.messages: dict[tuple[int, int], dict[str, Any]] = {}
        self.files: dict[str, bytes] = {}
        self.presses_shown: dict[str, str] = {}
        self.blocked: set[int] = set()
        self.unknown: set[int] = set()
        self.deactivated: set[int] = set()
        self.language = "vi"
        self._queue = queue
        self._last_message = 0
        self._last_press = 0

    def new_message_id(self) -> int:
        self._last_message += 1
        return self._last_message

    def push(self, **update: Any) -> int:
        """Any update at all, also a broken one."""
        return self._queue.push(update)

    def says(self, chat_id: int, text: str, times: int = 1) -> int:
        """Returns the (last) update's id."""
        for _ in range(times - 1):
            self.sends(chat_id, text=text)
        return self.sends(chat_id, text=text)

    def sends(self, chat_id: int, **content: Any) -> int:
        """A message with any content, e.g. `sticker={...}`."""
        message = {
            "message_id": self.new_message_id(),
            "from": self._person(chat_id),
            "chat": {"id": chat_id, "type": "private", "first_name": f"Person {chat_id}"},
            "date": int(time.time()),
            **content,
        }
        self.messages[chat_id, message["message_id"]] = message
        return self._queue.push({"message": message})

    def attaches(
        self,
        chat_id: int,
        name: str,
        content: bytes,
        media_type: str = "application/pdf",
        caption: str = "",
        size: int | None = None,
    ) -> int:
        """A document; `size` may lie, so that a large one costs nothing."""
        file_id = self._keep(content)
        document: dict[str, Any] = {"file_id": file_id, "file_unique_id": file_id, "file_size": size or len(content)}
        document |= {"file_name": name, "mime_type": media_type}
        return self.sends(chat_id, document=document, **({"caption": caption} if caption else {}))

    def photographs(self, chat_id: int, content: bytes, caption: str = "") -> int:
        sizes = [
            {"file_id": self._keep(content), "file_unique_id": str(side), "width": side, "height": side}
            for side in (90, 800, 320)
        ]
        return self.sends(chat_id, photo=sizes, **({"caption": caption} if caption else {}))

    def presses(
        self, chat_id: int, message_id: int, label: str = "", *, data: str = "", inaccessible: bool = False
    ) -> str:
        """Press by label, or anything at all by `data`; returns the id to be acknowledged."""
        message = self.messages.get((chat_id, message_id), {})
        if label:
            data = next(button["callback_data"] for button in buttons(message) if button["text"] == label)
        self._last_press += 1
        callback_id = f"press-{self._last_press}"
        chat = {"id": chat_id, "type": "private"}
        gone = {"message_id": message_id, "chat": chat, "date": 0}
        query = {"id": callback_id, "from": self._person(chat_id), "chat_instance": "1", "data": data}
        self.presses_shown[callback_id] = data
        self._queue.push({"callback_query": query | {"message": gone if inaccessible or not message else message}})
        return callback_id

    def blocks(self, chat_id: int) -> int:
        self.blocked.add(chat_id)
        return self._membership(chat_id, "kicked")

    def unblocks(self, chat_id: int) -> int:
        self.blocked.discard(chat_id)
        return self._membership(chat_id, "member")

    def forget_presses(self) -> None:
        """From now on every press is too old to be acknowledged."""
        self.presses_shown.clear()

    def _membership(self, chat_id: int, status: str) -> int:
        change = {
            "chat": {"id": chat_id, "type": "private"},
            "from": self._person(chat_id),
            "date": int(time.time()),
            "old_chat_member": {"status": "member" if status == "kicked" else "kicked"},
            "new_chat_member": {"status": status},
        }
        return self._queue.push({"my_chat_member": change})

    def _person(self, chat_id: int) -> dict[str, Any]:
        return {"id": chat_id, "is_bot": False, "first_name": f"Person {chat_id}", "language_code": self.language}

    def _keep(self, content: bytes) -> str:
        file_id = f"file-{len(self.files) + 1}"
        self.files[file_id] = content
        return file_id


def buttons(message: dict[str, Any]) -> list[dict[str, Any]]:
    rows = (message.get("reply_markup") or {}).get("inline_keyboard", [])
    return [button for row in rows for button in row]
