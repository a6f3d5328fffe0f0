"""Choosing one person or several: pages, search, reasons."""

from collections.abc import Callable

from bot.forms import steps
from bot.forms.lists import Option
from rules.errors import N_
from tests.bot.forms.filler import Filler

Fill = Callable[..., Filler]
NAMES = [
    "Ngô Thị Thu",
    "Đặng Văn Đức",
    "Vũ Đình Khải",
    "Trần Thu Hà",
    "Lê Minh",
    "Phạm An",
    "Hồ Bình",
    "Tạ Cúc",
    "Lý Dung",
    "Mai Én",
]
PERSON = steps.person(
    "person",
    N_("Substitute"),
    N_("Who?"),
    lambda asking: [
        (number, name, "Not of the same unit." if number == 3 else "") for number, name in enumerate(NAMES, 1)
    ],
)
SEVERAL = steps.several(
    "people", N_("Invited"), N_("Who?"), lambda asking: [Option(f"p{n}", name) for n, name in enumerate(NAMES, 1)]
)


def test_the_list_comes_in_pages_of_eight(fill: Fill) -> None:
    chat = fill(PERSON)
    assert chat.labels[:8] == [NAMES[0], NAMES[1], *NAMES[3:9]]
    assert chat.labels[8:] == ["Next page (2/2)", "Cancel"]
    chat.presses("Next page (2/2)")
    assert chat.labels == ["Mai Én", "Page before (1/2)", "Cancel"]


def test_who_cannot_be_chosen_is_shown_with_the_reason(fill: Fill) -> None:
    chat = fill(PERSON)
    chat.says("khai")
    assert "Vũ Đình Khải: <i>Not of the same unit.</i>" in chat.sees
    assert chat.labels == ["Show all", "Cancel"]
    chat.forges("=o3")
    assert "cannot be chosen" in chat.sees
    assert chat.draft.answers == {}


def test_typed_letters_search_without_marks(fill: Fill) -> None:
    chat = fill(PERSON)
    chat.says("duc d")
    assert chat.labels == ["Đặng Văn Đức", "Show all", "Cancel"]
    chat.presses("Đặng Văn Đức")
    assert chat.draft.answers == {"person": 2}
    assert "Substitute: Đặng Văn Đức" in chat.sees


def test_a_search_without_result_says_so_and_keeps_the_list(fill: Fill) -> None:
    chat = fill(PERSON)
    chat.says("xyz")
    assert "xyz" in chat.sees
    assert NAMES[0] in chat.labels


def test_all_are_shown_again_after_a_search(fill: Fill) -> None:
    chat = fill(PERSON)
    chat.says("thu")
    chat.presses("Show all")
    assert "Next page (2/2)" in chat.labels


def test_somebody_who_was_never_a_candidate_changes_nothing(fill: Fill) -> None:
    chat = fill(PERSON)
    for argument in ("=o99", "=", "=ox", "=p999999999999", "=o"):
        chat.forges(argument)
        assert chat.draft.answers == {}


def test_several_are_ticked_and_unticked_across_pages_and_searches(fill: Fill) -> None:
    chat = fill(SEVERAL)
    chat.presses("Ngô Thị Thu")
    assert "✓ Ngô Thị Thu" in chat.labels
    chat.presses("Next page (2/2)")
    chat.presses("Mai Én")
    chat.says("binh")
    chat.presses("Hồ Bình")
    assert "Chosen: Ngô Thị Thu; Mai Én; Hồ Bình" in chat.sees
    chat.presses("✓ Hồ Bình")
    chat.presses("Done (2)")
    assert chat.draft.answers == {"people": ["p1", "p10"]}
    assert "Invited: Ngô Thị Thu; Mai Én" in chat.sees


def test_done_with_nothing_chosen_says_what_is_missing(fill: Fill) -> None:
    chat = fill(SEVERAL)
    chat.presses("Done (0)")
    assert "at least 1" in chat.sees
