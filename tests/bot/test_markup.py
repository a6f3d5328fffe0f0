"""Long texts in pieces: nothing lost, nothing too long, every tag closed."""

import re

from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape

from bot.markup import plain, split
from tests.standins.telegram.checks import parse_html

PIECE = st.text(alphabet="ab ạ\n.<>&\"'😀", max_size=12).map(lambda text: str(escape(text)))
MARKED_UP = st.recursive(
    PIECE,
    lambda inner: st.tuples(st.sampled_from(["b", "i", "u", "code"]), st.lists(inner, max_size=4)).map(
        lambda part: f"<{part[0]}>{''.join(part[1])}</{part[0]}>"
    ),
    max_leaves=30,
)


def letters(text: str) -> str:
    return re.sub(r"\s+", "", text)


@given(st.lists(MARKED_UP, max_size=8).map("".join), st.integers(min_value=1, max_value=40))
def test_pieces_say_the_same_within_the_limit(text: str, limit: int) -> None:
    pieces = split(text, limit)
    shown = [parse_html(piece)[0] for piece in pieces]
    assert letters("".join(shown)) == letters(plain(text))
    assert all(len(piece) <= limit for piece in shown)
    assert all(piece.strip() for piece in pieces)


@given(MARKED_UP)
def test_plain_text_is_what_telegram_shows(text: str) -> None:
    assert plain(text) == parse_html(text)[0]


def test_a_paragraph_is_preferred_to_a_line_and_a_line_to_a_word() -> None:
    assert split("aaa aaa\n\nbb\nbb bb", 12) == ["aaa aaa", "bb\nbb bb"]
    assert split("aa aa aa\nbb bb bb", 12) == ["aa aa aa", "bb bb bb"]
    assert split("aaaa aaaa aaaa", 12) == ["aaaa aaaa", "aaaa"]
    assert split("a" * 25, 12) == ["a" * 12, "a" * 12, "a"]


def test_tags_that_are_open_at_a_cut_go_on_in_the_next_piece() -> None:
    assert split("<b>aaaa <i>bbbb cccc</i></b> dddd", 10) == ["<b>aaaa <i>bbbb</i></b>", "<b><i>cccc</i></b> dddd"]


def test_an_entity_is_one_character() -> None:
    assert split("&lt;&amp;&#34;&#39;", 4) == ["&lt;&amp;&#34;&#39;"]
    assert split("&lt;&amp;&#34;&#39;", 3) == ["&lt;&amp;&#34;", "&#39;"]
