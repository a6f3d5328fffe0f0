"""Words as people type them: marks left out, marks put elsewhere, a slip of one letter."""

import pytest

from rules.words import MAX_WORDS, Agreement, Slips, read, spell, words_of


@pytest.mark.parametrize(
    ("typed", "meant", "agreement"),
    [
        ("Sương", "sương", Agreement.SAME),
        ("hoà", "hòa", Agreement.SAME),
        ("suong", "sương", Agreement.PARTIAL),
        ("sưong", "sương", Agreement.PARTIAL),
        ("duong", "đường", Agreement.PARTIAL),
        ("sướng", "sương", Agreement.OTHER),
        ("hạ", "hà", Agreement.OTHER),
        ("sáo", "sáu", None),
    ],
)
def test_words_of_the_same_letters_agree_in_their_marks_or_not(
    typed: str, meant: str, agreement: Agreement | None
) -> None:
    assert spell(typed).agreement(spell(meant)) is agreement


def test_numbers_stand_apart_from_letters_and_a_full_stop_after_few_letters_ends_nothing() -> None:
    text = read("kp2, x. Mẫu Hạ. Xin hỏi")
    assert [word.folded for word in text.words] == ["kp", "2", "x", "mau", "ha", "xin", "hoi"]
    assert text.breaks == {2}
    assert read("xóm Chùa. Xin hỏi").breaks == {2}


def test_who_types_marks_is_known_by_them() -> None:
    assert read("tôi muốn làm giấy khai sinh").is_marked
    assert not read("toi muon lam giay khai sinh ở xa").is_marked


def test_a_story_is_read_to_a_point() -> None:
    assert len(words_of("la " * 5000)) == MAX_WORDS


@pytest.mark.parametrize("typed", ["mauthuon", "mauthuongg", "mauthhong", "muathuong", "mauthouong"])
def test_a_slip_is_one_letter_wrong_missing_too_many_or_two_swapped(typed: str) -> None:
    assert Slips(["mauthuong", "mauha"], 5).near(typed) == ["mauthuong"]


@pytest.mark.parametrize("typed", ["mathuog", "maha", "ap12345"])
def test_what_is_too_far_away_short_or_a_number_is_no_slip(typed: str) -> None:
    assert Slips(["mauthuong", "mahaa", "ap12346"], 5).near(typed) == []
