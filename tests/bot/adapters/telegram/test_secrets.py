"""The token stands in every address that is called, and must stand nowhere else."""

import io
import logging
import traceback
from collections.abc import Iterator

import pytest
from markupsafe import Markup

from bot.adapters.telegram import TelegramChannel
from bot.channel import Command, DeliveryError, Outgoing, OutgoingFile
from bot.messages import Message
from tests.bot.adapters.inbox import Inbox
from tests.bot.adapters.telegram.conftest import Pauses, channel_on, receiving
from tests.bot.adapters.telegram.test_sending import a_press
from tests.standins.telegram import TelegramStandIn

pytestmark = pytest.mark.anyio

FAILURES = [400, 401, 403, 404, 409, 429, 500, 502, "drop", "lose", "garble"]


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


async def everything_tried(channel: TelegramChannel) -> str:
    """All outgoing calls once; what their exceptions say."""
    said = ""
    message, file = Message(Markup("x")), OutgoingFile("a.docx", b"a", "")
    await channel.acknowledge(a_press("1"))
    await channel.set_commands("501", [Command("lich", "Lịch")])
    for outgoing in (Outgoing("501", message), Outgoing("501", message, edits="1"), Outgoing("501", message, [file])):
        try:
            await channel.send(outgoing)
        except DeliveryError as error:
            said += everything_in(error)
    try:
        await channel.download("f")
    except DeliveryError as error:
        said += everything_in(error)
    return said + repr(channel) + repr(vars(channel)) + channel.trouble()


@pytest.mark.parametrize("how", FAILURES)
async def test_no_failure_shows_the_token(
    telegram: TelegramStandIn, inbox: Inbox, pauses: Pauses, everything_logged: io.StringIO, how: int | str
) -> None:
    channel = channel_on(telegram.url, telegram.token, pauses, webhook_secret="s3cret-of-the-webhook")
    telegram.fail("*", how, times=40)
    await channel.start()
    said = await everything_tried(channel)
    async with receiving(channel, inbox):
        await telegram.wait_for_calls("getMe", 3)
        said += channel.trouble()
    await channel.stop()
    said += everything_logged.getvalue()
    assert telegram.token.partition(":")[2] not in said
    assert "s3cret-of" not in said


@pytest.mark.parametrize("root", ["http://127.0.0.1:1", "http://[", "nonsense", "https://127.0.0.1:1/x", "ftp://a.b"])
async def test_an_address_that_does_not_work_shows_no_token(
    telegram: TelegramStandIn, pauses: Pauses, everything_logged: io.StringIO, root: str
) -> None:
    channel = channel_on(root, telegram.token, pauses)
    await channel.start()
    said = await everything_tried(channel)
    await channel.stop()
    assert telegram.token.partition(":")[2] not in said + everything_logged.getvalue()
    assert "cannot send" in said
