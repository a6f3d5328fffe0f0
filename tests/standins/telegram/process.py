"""The stand-in in a process of its own, and how to talk to it."""

import json
import subprocess
import sys
from types import TracebackType
from typing import Any, Self
from urllib.request import Request, urlopen

from tests.standins.telegram.server import TOKEN


class TelegramProcess:
    """`with TelegramProcess() as telegram: telegram.ask("says", chat_id=501, text="/start")`."""

    token = TOKEN

    def __init__(self, port: int = 0) -> None:
        self._port = port
        self.url = ""

    def __enter__(self) -> Self:
        command = [sys.executable, "-m", "tests.standins.telegram", "--port", str(self._port)]
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert self._process.stdout is not None
        self.url = f"http://127.0.0.1:{int(self._process.stdout.readline())}"
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.kill()
        self._process.communicate()

    def ask(self, do: str, **arguments: Any) -> Any:
        """Anything in `server.CONTROLS`, e.g. `fail`, `says`, `presses`, `sent_texts`, `summary`."""
        body = json.dumps({"do": do, **arguments}).encode()
        with urlopen(Request(f"{self.url}/control", body, {"Content-Type": "application/json"})) as answer:
            return json.load(answer)["result"]
