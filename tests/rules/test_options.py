"""Which option of a form is meant by the words that are typed."""

import pytest

from rules.choices import option

RECORDS = ("Vắng có phép", "Vắng không phép", "Đến muộn không phép")
KINDS = ("Họp giao ban", "Họp chuyên đề", "Phiên họp thường kỳ")
POSITIONS = ("Đồng ý", "Đồng ý, có ý kiến", "Không đồng ý")
ASKS = ("Cử người dự thay", "Vắng, không cử người", "Đến muộn", "Về sớm")


@pytest.mark.parametrize(
    ("text", "options", "meant"),
    [
        ("chuyên đề", KINDS, 1),
        ("Chuyen de a", KINDS, 1),
        ("họp", KINDS, None),
        ("thường kỳ", KINDS, 2),
        ("ky", KINDS, None),
        ("đề chuyên", KINDS, None),
        ("giao", KINDS, 0),
        ("gia", KINDS, None),
        ("cử người", ASKS, 0),
        ("không cử người", ASKS, 1),
        ("vắng", ASKS, 1),
        ("muộn", ASKS, 2),
        ("đồng ý", ("Không đồng ý", "Hỏi lại"), None),
        ("không", ("Có", "Không"), 1),
        ("đồng ý có ý kiến", POSITIONS, 1),
        ("Đồng ý, có ý kiến", POSITIONS, 1),
        ("đồng ý nhưng có ý kiến", POSITIONS, 1),
        ("đồng ý", POSITIONS, 0),
        ("cơ bản đồng ý", POSITIONS, None),
        ("", KINDS, None),
        ("dạ", KINDS, None),
        ("vắng không phép", RECORDS, 1),
        ("dạ vắng có phép ạ", RECORDS, 0),
        ("đến muộn", RECORDS, 2),
        ("không phép", RECORDS, None),
    ],
)
def test_an_option_of_a_form_is_meant_by_such_of_its_words_as_no_other_has(
    text: str, options: tuple[str, ...], meant: int | None
) -> None:
    assert option(text, options) == meant
