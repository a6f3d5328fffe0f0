"""Telegram: python-telegram-bot as the transport, own receive loop over raw updates, own error mapping."""

from bot.adapters.telegram.channel import TelegramChannel

__all__ = ["TelegramChannel"]
