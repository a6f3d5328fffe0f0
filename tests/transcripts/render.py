"""Write what everybody saw into `docs/transcripts/`: `python -m tests.transcripts.render [name …]`."""

import sys
import tempfile
from pathlib import Path

from tests.transcripts.player import Player
from tests.transcripts.rendering import page
from tests.transcripts.script import Script, all_scripts
from tests.transcripts.world import Worlds

PAGES = Path(__file__).resolve().parents[2] / "docs" / "transcripts"


def page_of(script: Script, pack: str) -> Path:
    """One page for each pack that a transcript is played under."""
    name = script.name if len(script.packs) == 1 else f"{script.name}-{pack}"
    return PAGES / f"{name}.md"


def played(script: Script, pack: str, worlds: Worlds) -> str:
    """The page; AssertionError where somebody did not see what he should."""
    with worlds.open(script.starts_at, pack) as stage:
        player = Player(stage)
        player.play(script)
        return page(script, pack, stage, player.beats)


def main(names: list[str]) -> None:
    """Only the named transcripts, or all of them; a page without a transcript goes."""
    scripts = all_scripts()
    PAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as directory:
        worlds = Worlds(Path(directory))
        for script in scripts:
            if not names or script.name in names:
                for pack in script.packs:
                    page_of(script, pack).write_text(played(script, pack, worlds), encoding="utf-8")
    known = {page_of(script, pack) for script in scripts for pack in script.packs}
    for stray in set(PAGES.glob("*.md")) - known - {PAGES / "README.md"}:
        stray.unlink()


if __name__ == "__main__":
    main(sys.argv[1:])
