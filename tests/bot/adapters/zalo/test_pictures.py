"""Pictures are fetched from where the platform says, never from a private network, never too large."""

import pytest

from bot.adapters.zalo import ZaloChannel
from bot.adapters.zalo.pictures import MAX_DOWNLOAD, Pictures
from bot.channel import Rejected, RetryLater
from bot.events import FileReceived
from tests.bot.adapters.inbox import Inbox
from tests.bot.adapters.zalo.conftest import first_event
from tests.standins.zalo import ZaloStandIn

pytestmark = pytest.mark.anyio

ANNA = "6ede9afa66b88fe6d6a9"


@pytest.mark.parametrize("field", ["photo", "photo_url"])
async def test_a_picture_of_a_person_is_fetched(
    zalo: ZaloStandIn, channel: ZaloChannel, inbox: Inbox, field: str
) -> None:
    message_id = zalo.photographs(ANNA, b"\xff\xd8\xff", "kèm theo", field)
    event = await first_event(channel, inbox)
    assert isinstance(event, FileReceived)
    assert (event.file.name, event.caption) == (f"photo-{message_id}.jpg", "kèm theo")
    assert await channel.download(event.file.reference) == b"\xff\xd8\xff"


async def test_a_picture_over_20_mb_is_not_taken(zalo: ZaloStandIn, channel: ZaloChannel) -> None:
    zalo.pictures["big"] = bytes(MAX_DOWNLOAD + 1)
    with pytest.raises(Rejected, match="20 MB"):
        await channel.download(f"{zalo.url}/pictures/big")


async def test_a_picture_that_is_gone_is_gone_and_a_failure_may_be_repeated(
    zalo: ZaloStandIn, channel: ZaloChannel
) -> None:
    with pytest.raises(Rejected, match="404"):
        await channel.download(f"{zalo.url}/pictures/never")
    zalo.pictures["a"] = b"a"
    zalo.fail("(picture)", 503)
    with pytest.raises(RetryLater, match="503"):
        await channel.download(f"{zalo.url}/pictures/a")
    assert await channel.download(f"{zalo.url}/pictures/a") == b"a"
    address = f"{zalo.url}/pictures/a"
    await zalo.stop()
    with pytest.raises(RetryLater):
        await channel.download(address)


async def test_a_few_redirects_are_followed(zalo: ZaloStandIn, channel: ZaloChannel) -> None:
    zalo.pictures |= {"a": b"a", "b": b"Location: /pictures/a", "loop": b"Location: /pictures/loop"}
    assert await channel.download(f"{zalo.url}/pictures/b") == b"a"
    with pytest.raises(Rejected, match="redirected too often"):
        await channel.download(f"{zalo.url}/pictures/loop")


@pytest.mark.parametrize(
    "address",
    [
        *("http://photo.example/a.jpg", "file:///etc/passwd", "https://", "", "nonsense", "https://[", "ftp://a.b/c"),
        *("https://127.0.0.1/a", "https://10.1.2.3/a", "https://192.168.1.1:8443/a", "https://169.254.169.254/latest"),
        *("https://[::1]/a", "https://[::ffff:10.0.0.1]/a", "https://[fd00::1]/a", "https://0.0.0.0/a"),
        *("https://localhost/a", "https://localhost:8080/simulator"),
    ],
)
async def test_what_is_not_public_is_not_asked(address: str) -> None:
    pictures = Pictures(allow_local=False)
    with pytest.raises(Rejected, match=r"public address|not usable"):
        await pictures.fetch(address)
    await pictures.close()
