"""The token stands in every address that is called, and must stand nowhere else."""

import io
import logging
import traceback
from collections.abc import Iterator

import pytest
from markupsafe import Markup

from bot.adapters.zalo import ZaloChannel
from bot.channel import DeliveryError, Outgoing
from bot.messages import Message
from tests.bot.adapters.inbox import Inbox
from tests.bot.adapters.zalo.conftest import SECRET, Pauses, channel_on, receiving
from tests.standins.zalo import BOT_ID, TOKEN, ZaloStandIn

pytestmark = pytest.mark.anyio

HIDDEN = TOKEN.partition(":")[2]


@pytest.fixture
def everything_logged() -> Iterator[io.StringIO]:
    """All loggers at the most talkative level, without the redaction that the program's own handler does."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    root, level = logging.getLogger(), logging.getLogger().level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield written
    root.removeHandler(handler)
    root.setLevel(level)


def everything_in(error: BaseException | None) -> str:
    """The printed trace and every exception of the chain, suppressed ones too."""
    text = "".join(traceback.format_exception(error)) if error else ""
    while error is not None:
        text += f"{error!r} {error.args!r} {vars(error)!r}"
        error = error.__cause__ or error.__context__
    return text


async def everything_tried(channel: ZaloChannel) -> str:
    """All outgoing calls once; what their exceptions say."""
    said = ""
    address, message, picture = f"{BOT_ID}:5", Message(Markup("x")), "https://photo.example/a.png"
    for outgoing in (Outgoing(address, message), Outgoing(address, message, pictures=[picture])):
        try:
            await channel.send(outgoing)
        except DeliveryError as error:
            said += everything_in(error)
    said += await channel.webhook_trouble()
    return said + repr(channel) + repr(vars(channel)) + repr(channel.bots()) + channel.trouble()


@pytest.mark.parametrize("how", [400, 401, 403, 404, 408, 429, 500, "drop", "lose", "garble", "gateway"])
@pytest.mark.parametrize("webhook_url", ["", "https://thuky.example"])
async def test_no_failure_shows_the_token(
    zalo: ZaloStandIn,
    inbox: Inbox,
    pauses: Pauses,
    everything_logged: io.StringIO,
    how: int | str,
    webhook_url: str,
) -> None:
    channel = channel_on(
        zalo.url,
        pauses,
        webhook_url=webhook_url,
        webhook_secret=SECRET,
    )
    await channel.start()
    zalo.fail("*", how, times=60)
    said = await everything_tried(channel)
    async with receiving(channel, inbox):
        await zalo.wait_for_calls("getMe", 3)
        said += channel.trouble()
    await channel.stop()
    said += everything_logged.getvalue()
    assert HIDDEN not in said
    assert SECRET not in said


@pytest.mark.parametrize("root", ["http://127.0.0.1:1", "http://[", "nonsense", "https://127.0.0.1:1/x", "ftp://a.b"])
async def test_an_address_that_does_not_work_shows_no_token(
    pauses: Pauses, everything_logged: io.StringIO, root: str
) -> None:
    channel = channel_on(root, pauses)
    await channel.start()
    said = await everything_tried(channel)
    await channel.stop()
    assert HIDDEN not in said + everything_logged.getvalue()
    assert "NotSent" in said
