from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from bot.adapters.simulator import text_phone
from bot.messages import Button, Message, html

LIMIT = 1900
AGREE, REFUSE, LINK = Button("Đồng ý", token="yes"), Button("Không đồng ý", token="no"), Button("Mở", url="https://x.vn")


def test_markup_becomes_plain_text() -> None:
    assert text_phone.plain("<b>Mời họp</b> &lt;b&gt; &amp; &#39;") == "Mời họp <b> & '"


def test_choices_are_numbered_under_the_text() -> None:
    message = Message(Markup("Xin ý kiến"), ((AGREE, REFUSE), (LINK,)))
    assert text_phone.pieces(message, LIMIT) == ["Xin ý kiến\n\nMở: https://x.vn\n1. Đồng ý\n2. Không đồng ý"]


def test_choices_stand_in_the_last_piece_only() -> None:
    first, last = text_phone.pieces(Message(Markup("\n".join(["dòng " * 20] * 30)), ((AGREE,),)), LIMIT)
    assert "1. Đồng ý" not in first
    assert last.endswith("1. Đồng ý")


@given(st.text(max_size=6000), st.integers(0, 12))
def test_every_piece_fits_and_no_word_is_lost(text: str, buttons: int) -> None:
    rows = tuple((Button(f"Lựa chọn {number}", token=str(number)),) for number in range(buttons))
    found = text_phone.pieces(Message(html("{text}", text=text), rows), LIMIT)
    assert all(0 < len(piece) <= LIMIT for piece in found)
    assert "".join("".join(found).split()).startswith("".join(text.split()))


def test_a_bare_number_picks_its_choice() -> None:
    buttons = [LINK, AGREE, REFUSE]
    assert text_phone.picked(buttons, " 2. ") == REFUSE
    assert [text_phone.picked(buttons, typed) for typed in ("0", "3", "²", "2 nhé", "", "-1", "9" * 50)] == [None] * 7
