"""Text is kept in one form and compared in another."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.text import fold, normalise


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Đồng Ý", "dong y"),
        ("ĐỒNG  Ý ", "dong y"),
        ("Nguyễn Văn Hưng", "nguyen van hung"),
        ("hoà", "hoa"),
        ("hòa", "hoa"),
        ("Đường\tđá\n", "duong da"),
        ("１４h３０", "14h30"),
        ("ưỡn ẹo", "uon eo"),
        ("", ""),
    ],
)
def test_folding_leaves_bare_lower_case_letters(text: str, folded: str) -> None:
    assert fold(text) == folded
    assert fold(unicodedata.normalize("NFD", text)) == folded


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("  Đồng   ý ", "Đồng ý"),
        (unicodedata.normalize("NFD", "Đồng ý"), "Đồng ý"),
        ("Mã\u200b 1２", "Mã 12"),
        ("một\u00a0hai", "một hai"),
    ],
)
def test_normalising_keeps_the_marks_and_collapses_spaces(text: str, kept: str) -> None:
    assert normalise(text) == kept


@given(st.text(max_size=100))
def test_both_are_stable(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)
    assert fold(fold(text)) == fold(text)
    assert fold(normalise(text)) == fold(text)
