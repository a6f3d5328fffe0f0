"""A stand-in for the Zalo Bot Platform, for tests: what is known of it, and what has been observed of it."""

from tests.standins.zalo.bots import BOT_ID, TOKEN
from tests.standins.zalo.server import ZaloStandIn

__all__ = ["BOT_ID", "TOKEN", "ZaloStandIn"]
