"""Pictures that go along with messages."""

from io import BytesIO


def qr_png(text: str) -> bytes:
    """A QR square with the quiet border that readers need."""
    # Loaded with the first square: most starts need none.
    import segno

    picture = BytesIO()
    segno.make(text, error="m", micro=False).save(picture, kind="png", scale=8, border=4)
    return picture.getvalue()
