"""A line of conclusions: what is to be done, and of the rest what was typed with it."""

import pytest

from rules.conclusions import EMPTY, TOO_LONG, TOO_MANY, Line, read
from rules.errors import InvalidInputError


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("Rà soát chợ Mẫu Trung", Line("Rà soát chợ Mẫu Trung")),
        ("1. Rà soát chợ", Line("Rà soát chợ")),
        ("- Rà soát chợ", Line("Rà soát chợ")),
        ("3.5 tỷ đồng chưa giải ngân", Line("3.5 tỷ đồng chưa giải ngân")),
        ("Rà soát chợ; STC; 30/11; Báo cáo", Line("Rà soát chợ", "STC", "30/11", "Báo cáo")),
        ("Rà soát chợ;;30/11;", Line("Rà soát chợ", "", "30/11")),
        ("Rà soát; Thu; 30/11; Báo cáo; Khải", Line("Rà soát", "Thu", "30/11", "Báo cáo", "Khải")),
    ],
)
def test_the_parts_of_a_line(typed: str, expected: Line) -> None:
    assert read(typed) == expected


@pytest.mark.parametrize(
    ("typed", "why"),
    [("a; b; c; d; e; f", TOO_MANY), ("; STC; 30/11", EMPTY), ("1. ", EMPTY), ("a" * 501, TOO_LONG)],
)
def test_what_is_no_line(typed: str, why: str) -> None:
    with pytest.raises(InvalidInputError) as refused:
        read(typed)
    assert refused.value.msgid == why
