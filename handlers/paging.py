"""Long lists, a page at a time, with the buttons that turn the page."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from bot.context import Context
from bot.i18n import _
from bot.messages import Row, button
from rules.errors import StaleError

Listed = TypeVar("Listed")
# No list is so long; a page number in a token is not trusted further.
LAST = 1000


def page_in(argument: str) -> int:
    """The page that a button names; the first where it names none."""
    if argument and not argument.isdecimal():
        raise StaleError()
    return min(int(argument or "0"), LAST)


def paged(
    context: Context, found: Sequence[Listed], page: int, to: Callable[[str], str]
) -> tuple[list[tuple[int, Listed]], tuple[Row, ...]]:
    """What stands on the page, numbered through from 1, and the row of buttons; `to` is the token of a page."""
    size = context.page_size
    # The list may have become shorter since the button was made.
    page = min(page, max(0, len(found) - 1) // size)
    shown = list(enumerate(found, 1))[page * size : (page + 1) * size]
    return shown, turning(page, to, has_next=(page + 1) * size < len(found))


def turning(page: int, to: Callable[[str], str], *, has_next: bool) -> tuple[Row, ...]:
    """The row of buttons alone; no row where there is only one page."""
    turns = [button(_("Earlier page"), to(str(page - 1)))] if page else []
    turns += [button(_("Next page"), to(str(page + 1)))] if has_next else []
    return (tuple(turns),) if turns else ()
