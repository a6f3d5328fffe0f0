"""A stand-in for the Bot API server, for tests, crash tests and figures; the rules and the words are Telegram's."""

from tests.standins.telegram.checks import Refusal
from tests.standins.telegram.methods import Upload
from tests.standins.telegram.server import Call, TelegramStandIn

__all__ = ["Call", "Refusal", "TelegramStandIn", "Upload"]
