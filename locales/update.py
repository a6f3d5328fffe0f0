"""Brings the catalogs up to date with the code, for `make messages`; English is the message id itself."""

from collections.abc import Iterator
from pathlib import Path
from typing import TypeAlias

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

LANGUAGES = ("vi", "en")
LOCALES = Path(__file__).resolve().parent
PACKAGES = ("bot", "rules", "models", "services", "handlers", "scheduler", "reports")
KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2)}
# Dates and addresses would change with every run and say nothing.
HEADERS = ("Language:", "Plural-Forms:", "Content-Type:", "Content-Transfer-Encoding:")

MessageId: TypeAlias = str | tuple[str, ...]


def extracted() -> set[MessageId]:
    """Every message id of the code; one with a plural is a pair."""
    return {message for package in PACKAGES for message in _of(LOCALES.parent / package)}


def _of(directory: Path) -> Iterator[MessageId]:
    for _file, _line, message, _comments, _context in extract_from_dir(
        directory, [("**.py", "python")], keywords=KEYWORDS
    ):
        if message:
            yield message if isinstance(message, str) else tuple(message)


def path_of(language: str) -> Path:
    return LOCALES / language / "LC_MESSAGES" / "messages.po"


def catalog_of(language: str) -> Catalog:
    with path_of(language).open("rb") as file:
        return read_po(file, locale=language)


def updated(language: str) -> Catalog:
    """The catalog with just the messages of the code, what is translated already kept."""
    old = catalog_of(language)
    new = Catalog(locale=language, fuzzy=False, header_comment="", charset="utf-8")
    for message in sorted(extracted(), key=lambda found: found if isinstance(found, str) else found[0]):
        known = old.get(message)
        translation = message if language == "en" else known.string if known else ""
        # The texts are filled with str.format, so that a percent sign is only that.
        new.add(message, translation).flags.clear()
    return new


def write(catalog: Catalog) -> None:
    path = path_of(str(catalog.locale))
    with path.open("wb") as file:
        write_po(file, catalog, width=0, no_location=True)
    lines = path.read_text().strip().splitlines()
    end = lines.index("")
    header = [line for line in lines[:end] if not line.startswith('"') or line[1:].startswith(HEADERS)]
    path.write_text("\n".join(header + lines[end:]) + "\n")


if __name__ == "__main__":
    for each in LANGUAGES:
        write(updated(each))
