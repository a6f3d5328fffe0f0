"""What the squares on a picture say: of a small photo and a large one, turned, blurred; and what is none."""

from io import BytesIO
from typing import Any

import pytest
from PIL import Image, ImageFilter

from reports.pictures import qr_png, qr_texts

TEXT = "001099000000|012345678|Nguyễn Thị Thử|01021999|Nữ|Tổ 5, phường Mẫu Trung, tỉnh Sông Mẫu|15082021"


def photo(text: str, side: int, square: int, kind: str = "JPEG", **options: Any) -> bytes:
    """A square that lies askew on a photo, as on a card on a table."""
    drawn = Image.open(BytesIO(qr_png(text))).convert("L").resize((square, square))
    picture = Image.effect_noise((side, side * 3 // 4), 60).filter(ImageFilter.GaussianBlur(2))
    picture.paste(drawn.rotate(7, expand=True, fillcolor=255), (side // 2, side // 6))
    content = BytesIO()
    picture.save(content, kind, **options)
    return content.getvalue()


@pytest.mark.parametrize(("side", "square"), [(1280, 150), (4000, 300), (7000, 700)])
def test_a_square_on_a_photo_is_read_however_large_the_photo_is(side: int, square: int) -> None:
    assert qr_texts(photo(TEXT, side, square)) == [TEXT]


def test_other_kinds_of_pictures_are_read_too() -> None:
    assert qr_texts(photo(TEXT, 1280, 200, "PNG")) == [TEXT]
    assert qr_texts(photo(TEXT, 1280, 200, "WEBP")) == [TEXT]


def test_what_is_damaged_or_no_picture_says_nothing() -> None:
    whole = photo(TEXT, 1280, 200)
    for content in (b"", b"%PDF-1.7", whole[: len(whole) // 3], b"\x89PNG\r\n\x1a\n" + bytes(100)):
        assert qr_texts(content) == []


def test_a_huge_picture_is_not_decoded() -> None:
    """Of one colour it is small as a file; decoded it would take gigabytes."""
    for side in (6_000, 14_000):
        content = BytesIO()
        Image.new("1", (side, side)).save(content, "PNG")
        assert qr_texts(content.getvalue()) == []
