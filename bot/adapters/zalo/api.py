"""Calls to the Zalo Bot API, telling apart what never left, what was refused, and what got lost."""

import json
from typing import Any

import aiohttp
from pydantic import SecretStr

CONNECT_TIMEOUT = 10.0
READ_TIMEOUT = 20.0
KEEP_ALIVE = 60.0


class CallError(Exception):
    """A call that brought no result; none of its kinds knows the address, for the token is in it."""


class NotSent(CallError):
    """The request never left: no connection."""


class AnswerLost(CallError):
    """The request may have been carried out; its answer did not arrive or made no sense."""


class Refused(CallError):
    """The platform answered, and the answer is no. `description` is in the platform's own words."""

    def __init__(self, code: int, description: str) -> None:
        super().__init__(f"{code} {description}")
        self.code = code
        self.description = description


class BotApi:
    """The calls of one bot."""

    def __init__(self, token: SecretStr, api_root: str) -> None:
        self._token = token
        self._root = api_root.rstrip("/")
        self._session: aiohttp.ClientSession | None = None

    async def open(self) -> None:
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(keepalive_timeout=KEEP_ALIVE),
                cookie_jar=aiohttp.DummyCookieJar(),
                trust_env=True,
            )

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def call(
        self, method: str, parameters: dict[str, Any] | None = None, *, read_timeout: float = READ_TIMEOUT
    ) -> Any:
        """The result; raises a CallError."""
        failure: CallError
        # Raised after the except clauses: aiohttp's errors carry the address, which must not even be in the chain.
        try:
            status, body = await self._exchange(method, parameters or {}, read_timeout)
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError, aiohttp.ClientHttpProxyError) as error:
            failure = NotSent(type(error).__name__)
        except (aiohttp.InvalidURL, aiohttp.NonHttpUrlClientError, ValueError):
            failure = NotSent("the address of the Bot API server is not usable")
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            # A connection found closed before the request was written whole: an incomplete one is not carried out.
            is_unwritten = isinstance(error.__cause__, aiohttp.ClientConnectionResetError)
            failure = (NotSent if is_unwritten else AnswerLost)(type(error).__name__)
        else:
            return _result(status, body)
        raise failure

    async def _exchange(self, method: str, parameters: dict[str, Any], read_timeout: float) -> tuple[int, bytes]:
        await self.open()
        assert self._session is not None  # for the type checker
        address = f"{self._root}/bot{self._token.get_secret_value()}/{method}"
        timeout = aiohttp.ClientTimeout(total=read_timeout, connect=CONNECT_TIMEOUT)
        async with self._session.post(address, json=parameters, timeout=timeout, allow_redirects=False) as response:
            return response.status, await response.read()


def _result(status: int, body: bytes) -> Any:
    """`ok` decides, whatever the HTTP status is; only what is no answer of the platform is judged by its status."""
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError):
        answer = None
    if isinstance(answer, dict) and isinstance(answer.get("ok"), bool):
        if answer["ok"]:
            return answer.get("result")
        description = answer.get("description")
        raise Refused(_code(answer, status), description if isinstance(description, str) else "no description")
    if 200 <= status <= 299:
        raise AnswerLost("the answer is not from a Bot API server")
    raise Refused(status, "without an answer of the platform")


def _code(answer: dict[str, Any], status: int) -> int:
    # The second spelling was seen in answers of `testWebhook`.
    given = answer.get("error_code", answer.get("errorCode"))
    if isinstance(given, str) and given.isascii() and given.isdigit():
        given = int(given)
    return given if isinstance(given, int) else status
