"""What chats without markup show."""

from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from bot import plain_text
from bot.messages import Message, html

LIMIT = 1900
CHOICES = Markup("1 A7K2 – Đồng ý\n2 A7K2 – Không đồng ý")


def test_markup_becomes_plain_text() -> None:
    assert plain_text.plain("<b>Mời họp</b> &lt;b&gt; &amp; &#39;") == "Mời họp <b> & '"


def test_the_choices_stand_under_the_text() -> None:
    message = Message(Markup("Xin ý kiến"), footer=CHOICES)
    assert plain_text.pieces(message, LIMIT) == [f"Xin ý kiến\n\n{CHOICES}"]


def test_the_choices_stand_whole_in_the_last_piece() -> None:
    first, last = plain_text.pieces(Message(Markup("\n".join(["dòng " * 20] * 30)), footer=CHOICES), LIMIT)
    assert "A7K2" not in first
    assert last.endswith(CHOICES)


@given(st.text(max_size=6000), st.integers(0, 12))
def test_every_piece_fits_and_no_word_is_lost(text: str, choices: int) -> None:
    footer = Markup("\n").join(f"{number} A7K2 – Lựa chọn" for number in range(choices))
    found = plain_text.pieces(Message(html("{text}", text=text), footer=footer), LIMIT)
    assert all(0 < len(piece) <= LIMIT for piece in found)
    assert "".join("".join(found).split()).startswith(
        "".join(plain_text.plain(text).split()) if "<" not in text else ""
    )
