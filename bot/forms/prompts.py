"""How the steps of a form are worded: either a message id, or a function of what was answered so far."""

from collections.abc import Callable
from typing import TypeAlias

from markupsafe import Markup

from bot.forms.form import Asking
from bot.i18n import _

Words: TypeAlias = str | Callable[[Asking], str | Markup]
"""A message id marked `N_`, or a function that gives finished words."""
Applies: TypeAlias = Callable[[Asking], bool]


def said(words: Words, asking: Asking) -> Markup:
    """The words in the reader's language; plain text is escaped."""
    return Markup.escape(_(words) if isinstance(words, str) else words(asking))


def always(asking: Asking) -> bool:
    return True
