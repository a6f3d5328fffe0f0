"""Refusals carry a code and an English text whose named fields are filled."""

import pytest

from rules.errors import DomainError, InvalidInputError, NotAllowedError, StaleError
from rules.machine import TransitionError


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (DomainError(), "domain"),
        (NotAllowedError(), "not_allowed"),
        (StaleError(), "stale"),
        (TransitionError(state="approved", action="approve"), "transition"),
        (InvalidInputError("Wrong."), "invalid_input"),
    ],
)
def test_each_refusal_has_a_code_and_a_text(error: DomainError, code: str) -> None:
    assert error.code == code
    assert str(error)


def test_fields_fill_the_text_and_stay_readable() -> None:
    error = InvalidInputError("“{text}” is not a date.", text="25/13")
    assert str(error) == "“25/13” is not a date."
    assert error.fields == {"text": "25/13"}
    assert error.msgid == "“{text}” is not a date."
