"""Every transcript again on phones without buttons: the same scenario, answered by number and code."""

import pytest

from bot.adapters.simulator.channel import TEXT_ONLY
from tests.transcripts.player import Player
from tests.transcripts.script import Script, all_scripts
from tests.transcripts.world import Worlds

# What is about buttons themselves, or about a card that changes in its place, has no twin.
NO_TWIN = {
    "du-thay-rach-gia": "presses the card at the place where it was edited",
    "nhap-sai": "looks at the buttons of a summary that holds a number of its own",
    "nut-cu": "forwards a button; a code of another chat is unknown there",
    "tu-choi-truoc-khi-dong-y": "looks for the buttons on the card that was edited",
    "y-kien-qua-dien-thoai": "presses the card at the place where it was edited",
}
TWINS = [
    pytest.param(script, pack, id=f"{script.name}-{pack}")
    for script in all_scripts()
    for pack in script.packs
    if script.name not in NO_TWIN
]


@pytest.fixture(scope="module")
def text_worlds(tmp_path_factory: pytest.TempPathFactory) -> Worlds:
    return Worlds(tmp_path_factory.mktemp("text-worlds"), TEXT_ONLY)


@pytest.mark.sqlite
@pytest.mark.parametrize(("script", "pack"), TWINS)
def test_text_alone_carries_the_transcript(script: Script, pack: str, text_worlds: Worlds) -> None:
    Player(text_worlds.open(script.starts_at, pack)).play(script)


def test_only_existing_transcripts_are_left_out() -> None:
    assert set(NO_TWIN) <= {script.name for script in all_scripts()}
    assert len(TWINS) > 2 * len(NO_TWIN)
