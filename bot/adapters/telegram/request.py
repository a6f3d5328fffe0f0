"""HTTP for python-telegram-bot on aiohttp, telling apart what never left, what was answered, and what got lost.

The library's own client (httpx) needs ten times the CPU under concurrency and forgets connections after 5 s.
"""

import json
import socket
from typing import Any
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import aiohttp
from aiohttp.typedefs import StrOrURL
from telegram._utils.defaultvalue import DefaultValue
from telegram._utils.types import ODVInput
from telegram.error import TelegramError
from telegram.request import BaseRequest, RequestData

KEEP_ALIVE = 300.0
CONNECT_TIMEOUT = 10.0
READ_TIMEOUT = 20.0
UPLOAD_TIMEOUT = 120.0
# More than the courier and the acknowledgements ever have in flight, so that nobody waits for a connection.
CONNECTIONS = 128


class NotSent(TelegramError):
    """The request never left: no connection."""


class AnswerLost(TelegramError):
    """The request may have been carried out; its answer did not arrive or made no sense."""


class Refused(TelegramError):
    """The platform answered, and the answer is no. `description` is in the platform's own words."""

    def __init__(self, code: int, description: str, retry_after: float = 0.0) -> None:
        super().__init__(f"{code} {description}")
        self.code = code
        self.description = description
        self.retry_after = retry_after


class AiohttpRequest(BaseRequest):
    """One session with connections that stay open.

    The library is never given the token, because it logs the addresses that it calls: it asks for `api/<method>`
    and `file/<path>`, and the real addresses are made here.
    """

    def __init__(self, api_root: str, token: str) -> None:
        root = api_root.rstrip("/")
        self._roots = {"api": f"{root}/bot{token}/", "file": f"{root}/file/bot{token}/"}
        self._proxy = _proxy_for(root)
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        return READ_TIMEOUT

    async def initialize(self) -> None:
        if self._session is None:
            connector = aiohttp.TCPConnector(
                limit=CONNECTIONS, keepalive_timeout=KEEP_ALIVE, ttl_dns_cache=60, socket_factory=_watchful_socket
            )
            self._session = aiohttp.ClientSession(
                connector=connector, cookie_jar=aiohttp.DummyCookieJar(), proxy=self._proxy
            )

    async def shutdown(self) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        write_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        connect_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        pool_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        kind, _, rest = url.partition("/")
        patience = READ_TIMEOUT if isinstance(read_timeout, DefaultValue) else read_timeout
        failure: TelegramError
        # Raised after the except clauses: aiohttp's errors carry the address, which must not even be in the chain.
        try:
            return await self._exchange(method, self._roots[kind] + rest, request_data, patience)
        except Refused:
            raise
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError, aiohttp.ClientHttpProxyError) as error:
            failure = NotSent(_kind(error))
        except (aiohttp.InvalidURL, aiohttp.NonHttpUrlClientError, ValueError):
            failure = NotSent("the address of the Bot API server is not usable")
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            # A connection found closed before the request was written whole: an incomplete one is not carried out.
            is_unwritten = isinstance(error.__cause__, aiohttp.ClientConnectionResetError)
            failure = (NotSent if is_unwritten else AnswerLost)(_kind(error))
        raise failure

    async def _exchange(
        self, method: str, url: StrOrURL, data: RequestData | None, patience: float | None
    ) -> tuple[int, bytes]:
        if self._session is None:
            await self.initialize()
        assert self._session is not None  # for the type checker
        body, headers = _body(data)
        timeout = aiohttp.ClientTimeout(total=patience, connect=CONNECT_TIMEOUT)
        async with self._session.request(
            method, url, data=body, headers=headers, timeout=timeout, allow_redirects=False
        ) as response:
            payload = await response.read()
            if not 200 <= response.status <= 299:
                raise _refusal(response.status, payload, response.headers.get("Retry-After", ""))
            return response.status, payload

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """Replaces the library's, which logs the whole body of an answer that is not JSON."""
        answer = _json_object(payload)
        if "result" not in answer:
            if answer.get("ok") is False:
                raise _refusal(int(answer.get("error_code") or 500), payload, "")
            raise AnswerLost("the answer is not from a Bot API server")
        return answer


def _body(data: RequestData | None) -> tuple[bytes | aiohttp.FormData | None, dict[str, str]]:
    if data is None:
        return None, {}
    if not data.contains_files:
        return json.dumps(data.parameters).encode(), {"Content-Type": "application/json"}
    # Quoted file names would arrive at people as %C4%90%C6%A1n.docx.
    form = aiohttp.FormData(quote_fields=False)
    for name, value in data.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, content, media_type) in data.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=media_type)
    return form, {}


def _refusal(status: int, payload: bytes, retry_after: str) -> Refused:
    answer = _json_object(payload)
    parameters = answer.get("parameters")
    seconds = parameters.get("retry_after") if isinstance(parameters, dict) else None
    if seconds is None and retry_after.isdigit():
        seconds = int(retry_after)
    description = answer.get("description")
    return Refused(
        status,
        description if isinstance(description, str) else "no description",
        float(seconds) if isinstance(seconds, int | float) else 0.0,
    )


def _json_object(payload: bytes) -> dict[str, Any]:
    try:
        answer = json.loads(payload)
    except ValueError:
        return {}
    return answer if isinstance(answer, dict) else {}


def _kind(error: BaseException) -> str:
    """Only the class: the text of some of these errors is the address with the token."""
    return type(error).__name__


def _proxy_for(root: str) -> str | None:
    """The proxy of the environment, looked up once, not at each call as `trust_env` does."""
    try:
        parts = urlsplit(root)
    except ValueError:
        return None
    if not parts.hostname or proxy_bypass(parts.hostname):
        return None
    return getproxies().get(parts.scheme)


def _watchful_socket(info: tuple[Any, ...]) -> socket.socket:
    """A connection that a firewall dropped silently is noticed while it is idle, not by the next message."""
    family, kind, protocol, _, _ = info
    opened = socket.socket(family, kind, protocol)
    opened.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    for option, seconds in (("TCP_KEEPIDLE", 30), ("TCP_KEEPINTVL", 10), ("TCP_KEEPCNT", 3)):
        if hasattr(socket, option):
            opened.setsockopt(socket.IPPROTO_TCP, getattr(socket, option), seconds)
    return opened
