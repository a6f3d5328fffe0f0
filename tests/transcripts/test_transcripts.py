"""Every transcript plays to its end, and the pages in docs/transcripts show what it says today."""

from pathlib import Path

import pytest

from bot.files import FileStore
from tests.databases import PostgresServer, opened
from tests.transcripts.player import Player
from tests.transcripts.render import PAGES, page_of, played
from tests.transcripts.script import Script, all_scripts
from tests.transcripts.world import Worlds, adopt, load

CASES = [pytest.param(script, pack, id=f"{script.name}-{pack}") for script in all_scripts() for pack in script.packs]
# The main job from end to end, silence with its clock, and what two people do at once: what a database could change.
ON_POSTGRESQL = {"dong-y-gia-binh", "im-lang", "nut-cu"}


@pytest.fixture(scope="module")
def worlds(tmp_path_factory: pytest.TempPathFactory) -> Worlds:
    return Worlds(tmp_path_factory.mktemp("worlds"))


@pytest.mark.sqlite
@pytest.mark.parametrize(("script", "pack"), CASES)
def test_everybody_sees_what_transcript_and_page_say(script: Script, pack: str, worlds: Worlds) -> None:
    page, shown = played(script, pack, worlds), page_of(script, pack)
    assert shown.exists(), "run: python -m tests.transcripts.render"
    assert shown.read_text(encoding="utf-8") == page, "run: python -m tests.transcripts.render"


def test_no_page_is_without_its_transcript() -> None:
    known = {page_of(script, pack).name for script in all_scripts() for pack in script.packs} | {"README.md"}
    assert {path.name for path in PAGES.glob("*.md")} == known


@pytest.mark.postgresql
@pytest.mark.parametrize("script", [pytest.param(s, id=s.name) for s in all_scripts() if s.name in ON_POSTGRESQL])
def test_postgresql_says_the_same(script: Script, postgres_server: PostgresServer, tmp_path: Path) -> None:
    with postgres_server.fresh() as url, opened(url) as database:
        stage = load(database, FileStore(tmp_path), script.starts_at)
        adopt(stage, script.packs[0])
        Player(stage).play(script)
