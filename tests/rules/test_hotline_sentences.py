"""The bar for what citizens write: the right place, the right topic among three, and next to no wrong guess."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules import places, topics
from rules.text import fold
from tests.rules.hotline_figures import SETS, measure, sample_directory, sentences

RIGHT_PLACE, RIGHT_TOPIC, WRONG_GUESSES = 0.95, 0.90, 0.01
DIRECTORY = sample_directory()
HELD_OUT = ("held out", "written afterwards")


@pytest.mark.parametrize("names", [("tuned on",), HELD_OUT], ids=["tuned on", "held out"])
def test_sentences_are_understood_or_asked_about(names: tuple[str, ...]) -> None:
    known = [sentence for name in names for sentence in sentences(SETS[name])]
    assert len(known) >= 100
    figures = measure(DIRECTORY, known)
    assert figures.right_places >= RIGHT_PLACE, figures.places
    assert figures.right_topics >= RIGHT_TOPIC, figures.topics
    assert figures.guesses <= WRONG_GUESSES, figures.wrong_guesses


def test_they_are_understood_without_marks_too() -> None:
    """Two places that differ in nothing else are then offered both, which is counted as not found."""
    known = [replace(sentence, text=fold(sentence.text)) for file in SETS.values() for sentence in sentences(file)]
    figures = measure(DIRECTORY, known)
    assert figures.right_places >= RIGHT_PLACE, figures.places
    assert figures.right_topics >= RIGHT_TOPIC, figures.topics
    assert figures.guesses <= WRONG_GUESSES, figures.wrong_guesses


@given(st.text(max_size=400))
def test_whatever_is_typed_is_answered(text: str) -> None:
    assert len(DIRECTORY.topic(text).matters) <= topics.MOST_OFFERED
    assert len(DIRECTORY.places.find(text).hits) <= places.MOST_OFFERED


def test_most_are_answered_without_a_question_back() -> None:
    known = [sentence for file in SETS.values() for sentence in sentences(file)]
    figures = measure(DIRECTORY, known)
    assert figures.sure_topics > len(known) / 2


def test_no_sentence_stands_in_two_sets() -> None:
    texts = [sentence.text for file in SETS.values() for sentence in sentences(file)]
    assert len(texts) >= 200
    assert len(set(texts)) == len(texts)
