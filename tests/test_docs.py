"""The documents say what is so: links lead somewhere; tables, drawings and buttons are those of the code."""

import re
import tomllib
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from bot.operating import OPERATING
from bot.settings import Settings
from handlers import ROUTES
from handlers.console import VERBS
from handlers.home import MENU
from handlers.rehearsing import rehearse_verb
from rules import booking, hotline, votes
from rules.absence import MACHINE, State
from rules.papers import LATE, Late
from rules.programme import CHANGE, ITEM, ChangeState, ItemState
from rules.tasks import EXTENSION, HAND_BACK, ExtensionState, HandBackState

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]
GUIDES = [ROOT / "docs/huong-dan/nguoi-dung.md", ROOT / "docs/huong-dan/van-phong.md"]
LINK = re.compile(r'\]\(([^)\s]+)\)|src="([^"]+)"')
BUTTON = re.compile(r"\*\*\[([^\]]+)\]\*\*")


def section(title: str) -> str:
    """A part of the README, from its heading to the next."""
    found = re.search(rf"^## {title}\n(.*?)^## ", (ROOT / "README.md").read_text(), re.MULTILINE | re.DOTALL)
    assert found, f"no part {title!r}"
    return found.group(1)


def first_cells(text: str) -> list[str]:
    return re.findall(r"^\| (.+?) \|", text, re.MULTILINE)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_inside_the_repository_lead_somewhere(document: Path) -> None:
    targets = [target or source for target, source in LINK.findall(document.read_text())]
    inside = [target.partition("#")[0] for target in targets if not target.startswith(("http://", "https://", "#"))]
    assert [target for target in inside if not (document.parent / target).exists()] == []


def test_the_settings_of_the_readme_are_those_of_the_program() -> None:
    named = {word for cell in first_cells(section("Settings")) for word in re.findall(r"`(THUKY_\w+)`", cell)}
    assert named == {f"THUKY_{field.upper()}" for field in Settings.model_fields}


def test_the_verbs_of_the_readme_are_those_of_the_program() -> None:
    cells = first_cells(section("Other commands").partition("| Verb |")[2])
    named = {word.split()[0] for cell in cells for word in re.findall(r"`([^`]+)`", cell)}
    assert named == {"run", *(verb.name for verb in (*OPERATING, *VERBS, rehearse_verb([])))}


def test_the_commands_of_the_guide_and_of_the_menu_are_those_of_the_program() -> None:
    commands = {name for name in ROUTES.by_name if name.startswith("/")} - {"/start"}
    described = {word for cell in first_cells(GUIDES[0].read_text()) for word in re.findall(r"`(/\w+)", cell)}
    assert described == commands
    assert {f"/{entry.command}" for entry in MENU} == commands - {"/menu"}


def test_the_commands_of_the_readme_are_targets_of_make() -> None:
    named = set(re.findall(r"(?:`|^)make (\w+)", (ROOT / "README.md").read_text(), re.MULTILINE))
    declared = re.search(r"^\.PHONY: (.+)$", (ROOT / "Makefile").read_text(), re.MULTILINE)
    assert declared and len(named) >= 5 and named == set(declared.group(1).split())


def test_the_drawing_of_the_states_is_current() -> None:
    text = (ROOT / "docs/states/absence.md").read_text()
    assert f"```mermaid\n{MACHINE.mermaid()}```" in text
    assert set(re.findall(r"^\| `(\w+)` \|", text, re.MULTILINE)) == {state.value for state in State}


def test_the_drawing_of_working_sessions_is_current() -> None:
    text = (ROOT / "docs/states/booking.md").read_text()
    assert f"```mermaid\n{booking.MACHINE.mermaid()}```" in text
    assert set(re.findall(r"^\| `(\w+)` \|", text, re.MULTILINE)) == {state.value for state in booking.BookingState}


def test_the_drawing_of_the_hotline_is_current() -> None:
    assert f"```mermaid\n{hotline.MACHINE.mermaid()}```" in (ROOT / "docs/states/hotline.md").read_text()


def test_the_drawing_of_the_work_programme_is_current() -> None:
    text = (ROOT / "docs/states/programme.md").read_text()
    for machine in (ITEM, CHANGE):
        assert f"```mermaid\n{machine.mermaid()}```" in text
    known = {state.value for state in (*ItemState, *ChangeState)}
    assert set(re.findall(r"^\| `(\w+)` \|", text, re.MULTILINE)) == known


def test_the_drawing_of_a_vote_is_current() -> None:
    text = (ROOT / "docs/states/votes.md").read_text()
    assert f"```mermaid\n{votes.MACHINE.mermaid()}```" in text
    assert set(re.findall(r"^\| `(\w+)` \|", text, re.MULTILINE)) == {state.value for state in votes.VoteState}


def test_the_drawing_of_late_papers_is_current() -> None:
    text = (ROOT / "docs/states/papers.md").read_text()
    assert f"```mermaid\n{LATE.mermaid()}```" in text
    assert set(re.findall(r"^\| `(\w+)` \|", text, re.MULTILINE)) == {state.value for state in Late}


def test_the_drawing_of_what_is_asked_about_a_task_is_current() -> None:
    text = (ROOT / "docs/states/tasks.md").read_text()
    for machine in (EXTENSION, HAND_BACK):
        assert f"```mermaid\n{machine.mermaid()}```" in text
    states = {state.value for state in (*ExtensionState, *HandBackState)}
    assert set(re.findall(r"^\| `(\w+)` \|", text, re.MULTILINE)) == states


def test_every_decision_is_listed_and_has_its_parts() -> None:
    folder = ROOT / "docs/decisions"
    decisions = sorted(folder.glob("[0-9]*.md"))
    assert len(decisions) >= 10
    for number, path in enumerate(decisions, start=1):
        heading, *parts = re.findall(r"^#+ (.+)$", path.read_text(), re.MULTILINE)
        assert parts == ["Context", "Decision", "Consequences", "Alternatives", "What enforces it"]
        assert f"{number}. [{heading.partition('. ')[2]}]({path.name})" in (folder / "README.md").read_text()


def test_files_that_decisions_name_exist() -> None:
    for path in sorted((ROOT / "docs/decisions").glob("[0-9]*.md")):
        enforced = path.read_text().partition("## What enforces it")[2]
        named = re.findall(r"`((?:bot|rules|models|services|handlers|scheduler|tests|docs)/[\w/.]+)`", enforced)
        assert [name for name in named if not (ROOT / name).exists()] == []


def test_import_contracts_that_decisions_name_exist() -> None:
    linter = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    contracts = {contract["name"] for contract in linter["contracts"]}
    texts = [path.read_text() for path in (ROOT / "docs/decisions").glob("[0-9]*.md")]
    named = {name for text in texts for name in re.findall(r"import contract \*([^*]+)\*", text)}
    assert len(named) >= 4 and named <= contracts, named - contracts


@pytest.mark.parametrize("guide", GUIDES, ids=lambda path: path.name)
def test_buttons_in_the_guides_carry_the_words_of_the_catalog(guide: Path) -> None:
    with (ROOT / "locales/vi/LC_MESSAGES/messages.po").open("rb") as file:
        words = {message.string for message in read_po(file)}
    named = set(BUTTON.findall(guide.read_text()))
    assert len(named) >= 10 and named <= words, named - words
