"""Pictures that go along with messages, and what the squares on those that come say."""

from io import BytesIO

# Points a side, enough for a small square on the photo of a card. A photo is decoded at a half, a fourth or an eighth
# of its size where that leaves so many; what is larger then is not looked at: memory and time stay bounded.
_SIDE = 1500
_MOST_POINTS = 25_000_000
_FORMATS = ("JPEG", "PNG", "WEBP")


def qr_png(text: str) -> bytes:
    """A QR square with the quiet border that readers need."""
    # Loaded with the first square: most starts need none.
    import segno

    picture = BytesIO()
    segno.make(text, error="m", micro=False).save(picture, kind="png", scale=8, border=4)
    return picture.getvalue()


def qr_texts(content: bytes) -> list[str]:
    """What the QR squares of a picture say; nothing where it is no picture, a damaged one, or a huge one."""
    # Loaded with the first picture that comes.
    import zxingcpp
    from PIL import Image

    try:
        with Image.open(BytesIO(content), formats=_FORMATS) as picture:
            picture.draft("L", (_SIDE, _SIDE))
            if picture.width * picture.height > _MOST_POINTS:
                return []
            grey = picture.convert("L")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError, Image.DecompressionBombWarning):
        return []
    grey.thumbnail((2 * _SIDE, 2 * _SIDE))
    squares = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
    return [found.text for found in zxingcpp.read_barcodes(grey, formats=squares)]
