"""What can go wrong in normal business, said in words that a person understands.

The English text is the message id of the catalog; its named fields are filled after translation.
"""

from typing import ClassVar


def N_(msgid: str) -> str:
    """Mark a message id for extraction; the reader's language is chosen where it is shown."""
    return msgid


class DomainError(Exception):
    """A refusal that belongs to normal business; answered politely, never logged as a failure."""

    code: ClassVar[str] = "domain"
    msgid: str = N_("This is not possible.")

    def __init__(self, **fields: object) -> None:
        super().__init__()
        self.fields = fields

    def __str__(self) -> str:
        return self.msgid.format(**self.fields)


class NotAllowedError(DomainError):
    """Not found and not allowed look the same, so that nobody learns what exists."""

    code = "not_allowed"
    msgid = N_("This is not available to you, or no longer exists.")


class StaleError(DomainError):
    """An old button or code: the thing has moved on since it was offered."""

    code = "stale"
    msgid = N_("This choice is out of date. Nothing was changed.")


class FormOverError(StaleError):
    """*Send* of a form that is gone: mostly a second tap."""

    code = "form_over"
    msgid = N_("This form has been sent or closed already. Nothing was sent a second time.")


class InvalidInputError(DomainError):
    """What the person typed cannot be used; the text says what is wrong and gives an example."""

    code = "invalid_input"

    def __init__(self, msgid: str, **fields: object) -> None:
        super().__init__(**fields)
        self.msgid = msgid
