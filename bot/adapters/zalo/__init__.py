"""Zalo through its Bot Platform: own calls over HTTP, polling or webhook, several bots of one body."""

from bot.adapters.zalo.channel import ZaloChannel
from bot.adapters.zalo.pace import ZaloLimits

__all__ = ["ZaloChannel", "ZaloLimits"]
