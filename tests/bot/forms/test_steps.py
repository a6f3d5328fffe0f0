"""Choices, texts and files, each in a tiny form."""

from collections.abc import Callable

import pytest

from bot.forms import steps
from rules.errors import N_
from tests.bot.forms.filler import Filler

Fill = Callable[..., Filler]
KIND = steps.choice("kind", N_("Kind"), N_("Which kind?"), [("late", N_("Late")), ("early", N_("Early"))])
REASON = steps.text("reason", N_("Reason"), N_("Why?"), 20)
FILE = steps.attachment("file", N_("Paper"), N_("Send the paper."))


def test_a_press_answers_a_choice(fill: Fill) -> None:
    chat = fill(KIND)
    chat.presses("Late")
    assert "Kind: Late" in chat.sees
    chat.presses("Send")
    assert chat.answers == {"kind": "late"}


def test_the_words_of_a_button_may_be_typed_without_marks_or_case(fill: Fill) -> None:
    chat = fill(KIND)
    chat.says("EARLY")
    assert "Kind: Early" in chat.sees


def test_other_text_stays_on_the_choice_and_says_what_to_do(fill: Fill) -> None:
    chat = fill(KIND)
    chat.says("perhaps")
    assert "Please choose one of the answers below." in chat.sees
    assert chat.labels == ["Late", "Early", "Cancel"]


def test_a_forged_choice_changes_nothing(fill: Fill) -> None:
    chat = fill(KIND)
    chat.forges("=never")
    assert "out of date" in chat.sees
    assert chat.draft.answers == {}


def test_text_is_kept_line_by_line_without_stray_spaces(fill: Fill) -> None:
    chat = fill(REASON)
    chat.says("  go   away \n  today ")
    assert chat.draft.answers == {"reason": "go away\ntoday"}


@pytest.mark.parametrize("typed", ["", "   ", "\n\n", "\u200b"])
def test_nothing_is_no_text(fill: Fill, typed: str) -> None:
    chat = fill(REASON)
    chat.says(typed)
    assert "Please type" in chat.sees


def test_a_text_that_is_too_long_is_refused_with_its_length(fill: Fill) -> None:
    chat = fill(REASON)
    chat.says("x" * 5000)
    assert "5000" in chat.sees
    assert "20" in chat.sees
    assert chat.draft.answers == {}


def test_signs_of_a_state_secret_are_refused(fill: Fill) -> None:
    chat = fill(steps.text("reason", N_("Reason"), N_("Why?")))
    chat.says("theo văn bản tối mật số 12")
    assert "state secret" in chat.sees
    assert chat.draft.answers == {}


def test_markup_in_a_text_is_shown_and_not_obeyed(fill: Fill) -> None:
    chat = fill(REASON)
    chat.says("<b>bold</b>")
    assert "&lt;b&gt;bold" in chat.sees


def test_a_file_is_no_text_and_a_text_is_no_file(fill: Fill) -> None:
    chat = fill(REASON, FILE)
    chat.attaches("a.pdf")
    assert "as text" in chat.sees
    chat.says("sick")
    chat.says("here it is")
    assert "send a file" in chat.sees


def test_a_file_answers_with_its_number_and_name(fill: Fill) -> None:
    chat = fill(FILE)
    chat.attaches("Giấy khám.pdf")
    assert "Paper: Giấy khám.pdf" in chat.sees
    assert chat.draft.answers == {"file": {"file_id": 1, "name": "Giấy khám.pdf"}}


def test_a_file_with_a_classified_name_is_refused(fill: Fill) -> None:
    chat = fill(FILE)
    chat.attaches("bao_cao_toi_mat.docx")
    assert "state secret" in chat.sees


def test_a_file_may_be_skipped(fill: Fill) -> None:
    chat = fill(FILE)
    chat.presses("Skip")
    chat.presses("Send")
    assert chat.answers == {"file": None}
