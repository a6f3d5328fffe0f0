"""No library and no database: a loop over aiohttp, the floor."""

import asyncio
import json
from typing import Any

import aiohttp

from bench.contenders.given import API, DECIDED, TOKEN, case_of

AT_ONCE = 64


class Loop:
    def __init__(self, session: aiohttp.ClientSession) -> None:
        self._session = session
        self._free = asyncio.Semaphore(AT_ONCE)
        self._tasks: set[asyncio.Task[None]] = set()

    async def call(self, method: str, **parameters: Any) -> Any:
        body = json.dumps(parameters).encode()
        async with self._session.post(
            f"{API}/bot{TOKEN}/{method}", data=body, headers={"Content-Type": "application/json"}
        ) as response:
            return json.loads(await response.read())["result"]

    async def run(self) -> None:
        offset = 0
        while True:
            for update in await self.call("getUpdates", offset=offset, timeout=10):
                offset = update["update_id"] + 1
                await self._free.acquire()
                task = asyncio.create_task(self.handle(update))
                self._tasks.add(task)
                task.add_done_callback(self._tasks.discard)

    async def handle(self, update: dict[str, Any]) -> None:
        try:
            if "message" in update:
                message = update["message"]
                await self.call("sendMessage", chat_id=message["chat"]["id"], text=message["text"])
            else:
                await self.approve(update["callback_query"])
        finally:
            self._free.release()

    async def approve(self, query: dict[str, Any]) -> None:
        case = case_of(query["data"])
        message_id = query["message"]["message_id"]
        await asyncio.gather(
            self.call("answerCallbackQuery", callback_query_id=query["id"]),
            self.call("editMessageText", chat_id=case.chair, message_id=message_id, text=DECIDED, parse_mode="HTML"),
            *(self.call("sendMessage", chat_id=chat, text=DECIDED, parse_mode="HTML") for chat in case.told),
        )


async def main() -> None:
    timeout = aiohttp.ClientTimeout(total=60)
    async with aiohttp.ClientSession(timeout=timeout, connector=aiohttp.TCPConnector(limit=0)) as session:
        await Loop(session).run()


if __name__ == "__main__":
    asyncio.run(main())
