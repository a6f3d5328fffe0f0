"""Fetching a picture that a person sent: from the address that the platform names, and from nowhere private."""

import ipaddress
import socket

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.resolver import DefaultResolver
from yarl import URL

from bot.channel import DeliveryError, Rejected, RetryLater

MAX_DOWNLOAD = 20 * 1024 * 1024
PATIENCE = 60.0
PAUSE = 5.0
MOST_REDIRECTS = 3
CHUNK = 64 * 1024
_NOT_PUBLIC = "the picture is not at a public address"


class _NotPublicError(Exception):
    """The host is one of ours or of our neighbours."""


class _PublicHosts(AbstractResolver):
    """Looks names up, and takes no private address for an answer."""

    def __init__(self) -> None:
        self._resolver = DefaultResolver()

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        found = await self._resolver.resolve(host, port, family)
        if not all(_is_public(one["host"]) for one in found):
            raise _NotPublicError
        return found

    async def close(self) -> None:
        await self._resolver.close()


def _is_public(address: str) -> bool:
    number = ipaddress.ip_address(address.partition("%")[0])
    return number.is_global and not number.is_multicast


class Pictures:
    """`allow_local` lets tests fetch from this machine, without encryption."""

    def __init__(self, *, allow_local: bool) -> None:
        self._allow_local = allow_local
        self._session: aiohttp.ClientSession | None = None

    async def open(self) -> None:
        if self._session is None:
            resolver = None if self._allow_local else _PublicHosts()
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(resolver=resolver),
                cookie_jar=aiohttp.DummyCookieJar(),
                timeout=aiohttp.ClientTimeout(total=PATIENCE, connect=10.0),
            )

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def fetch(self, address: str) -> bytes:
        """Raises DeliveryError."""
        failure: DeliveryError
        try:
            return await self._follow(address)
        except DeliveryError:
            raise
        except _NotPublicError:
            failure = Rejected(_NOT_PUBLIC)
        except (aiohttp.InvalidURL, aiohttp.NonHttpUrlClientError, ValueError):
            failure = Rejected("the address of the picture is not usable")
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            failure = RetryLater(PAUSE, type(error).__name__)
        raise failure

    async def _follow(self, address: str) -> bytes:
        """Redirects are followed by hand, so that each address is looked at."""
        await self.open()
        assert self._session is not None  # for the type checker
        url = URL(address)
        for _ in range(MOST_REDIRECTS + 1):
            self._check(url)
            async with self._session.get(url, allow_redirects=False) as response:
                target = response.headers.get("Location")
                if response.status not in (301, 302, 303, 307, 308) or not target:
                    return await _content(response)
            url = url.join(URL(target))
        raise Rejected("the picture is redirected too often")

    def _check(self, url: URL) -> None:
        if self._allow_local:
            return
        if url.scheme != "https" or not url.host:
            raise _NotPublicError
        # Names are looked at by the resolver, which is not asked about numbers.
        if _is_number(url.host) and not _is_public(url.host):
            raise _NotPublicError


def _is_number(host: str) -> bool:
    try:
        ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return False
    return True


async def _content(response: aiohttp.ClientResponse) -> bytes:
    if response.status >= 500 or response.status == 429:
        raise RetryLater(PAUSE, f"the picture's server answers {response.status}")
    if response.status != 200:
        raise Rejected(f"the picture's server answers {response.status}")
    found = bytearray()
    async for chunk in response.content.iter_chunked(CHUNK):
        found += chunk
        if len(found) > MAX_DOWNLOAD:
            raise Rejected("the picture is over the 20 MB that are taken")
    return bytes(found)
