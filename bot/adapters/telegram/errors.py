"""What a failed call means to us: one of the four ways in which a delivery fails."""

from telegram.error import TelegramError

from bot.adapters.telegram.request import AnswerLost, NotSent, Refused
from bot.channel import DeliveryError, Rejected, RetryLater, Uncertain, Unreachable
from bot.logs import redacted

PAUSE = 5.0
TOKEN_PAUSE = 60.0
_GONE = ("chat not found", "user is deactivated", "user not found", "peer_id_invalid", "bot was blocked")


def is_token_trouble(error: TelegramError) -> bool:
    """A wrong or revoked token; a malformed one is answered with 404."""
    if not isinstance(error, Refused):
        return False
    return error.code in (401, 404) or error.description.lower() == "logged out"


def delivery_error(error: TelegramError, *, repeatable: bool = False) -> DeliveryError:
    """`repeatable` calls do no harm when made twice, so a lost answer is only a delay."""
    reason = redacted(str(error))
    if isinstance(error, Refused):
        return _refusal(error, reason)
    if isinstance(error, NotSent) or (isinstance(error, AnswerLost) and repeatable):
        return RetryLater(PAUSE, reason)
    return Uncertain(reason)


def _refusal(error: Refused, reason: str) -> DeliveryError:
    if is_token_trouble(error):
        return RetryLater(TOKEN_PAUSE, reason)
    if error.code == 429:
        return RetryLater(error.retry_after or PAUSE, reason)
    if error.code == 504:
        # The gateway passed the request on and waited in vain, which is a lost answer.
        return Uncertain(reason)
    if error.code == 409 or error.code >= 500 or error.code < 400:
        return RetryLater(PAUSE, reason)
    if error.code == 403 or any(words in error.description.lower() for words in _GONE):
        return Unreachable(reason)
    return Rejected(reason)
