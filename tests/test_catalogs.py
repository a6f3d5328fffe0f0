"""Catalogs hold just the messages of the code, whole in each language, with the same fields."""

import string

import pytest
from babel.messages.catalog import Catalog, Message

from bot.i18n import LANGUAGES
from locales.update import LANGUAGES as UPDATED
from locales.update import catalog_of, extracted


def fields(text: str) -> set[str]:
    return {name for _text, name, _form, _conversion in string.Formatter().parse(text) if name is not None}


def variants(text: object) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text) if isinstance(text, list | tuple) else ()


@pytest.fixture(params=LANGUAGES)
def catalog(request: pytest.FixtureRequest) -> Catalog:
    return catalog_of(request.param)


def messages(catalog: Catalog) -> list[Message]:
    found = [message for message in catalog if message.id]
    assert found, "the catalog is empty"
    return found


def test_every_language_has_a_catalog() -> None:
    assert set(UPDATED) == set(LANGUAGES)


def test_the_catalog_is_current(catalog: Catalog) -> None:
    known = {message.id for message in messages(catalog)}
    ours = extracted()
    missing, gone = ours - known, known - ours
    assert not missing, "make messages, then translate"
    assert not gone, "make messages"


def test_nothing_is_left_untranslated_or_doubtful(catalog: Catalog) -> None:
    todo = [message.id for message in messages(catalog) if message.fuzzy or not all(variants(message.string) or [""])]
    assert todo == []


def test_a_translation_has_the_fields_of_its_message(catalog: Catalog) -> None:
    wrong = [
        (message.id, text)
        for message in messages(catalog)
        for text in variants(message.string)
        # The singular may do without the number.
        if text and fields(text) != fields(variants(message.id)[-1]) and fields(text) != fields(variants(message.id)[0])
    ]
    assert wrong == []
