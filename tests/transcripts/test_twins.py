"""Every transcript again on phones without buttons: the same scenario, answered by number and code."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from bot.adapters.simulator.channel import TEXT_ONLY
from tests.transcripts.player import Player
from tests.transcripts.script import Line, Script, all_scripts
from tests.transcripts.world import Worlds

NO_TWIN = {"ma-nut-la": "what buttons carry cannot be typed"}
# Where a phone without buttons has other words: help lists what waits, and a code is known in its own chat only.
OTHER_WORDS = {
    # Where nothing can be edited, only the first and the last head count are said.
    "ngay-hop": {"có mặt 1": "có mặt 0"},
    "moi-hop": {"Lịch họp của tôi": "Gõ menu"},
    "nut-cu": {"Không có quyền xem nội dung này": "Chưa ghi nhận gì."},
}
# Behind which line how many pages are turned, for a page of text is shorter.
TURNED = {
    "cham-tai-lieu-tan-yen": {6: 1},
    "lay-phieu-tan-yen": {76: 1},
    "tai-lieu-gia-binh": {6: 1},
    "dieu-chinh-chuong-trinh": {8: 2, 37: 2},
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
    with text_worlds.open(script.starts_at, pack) as stage:
        Player(stage).play(_in_other_words(script))


def _in_other_words(script: Script) -> Script:
    other = OTHER_WORDS.get(script.name, {})

    def changed(line: Line) -> Line:
        return replace(line, quoted=tuple(other.get(words, words) for words in line.quoted))

    return replace(script, lines=tuple(changed(line) for line in _with_pages_turned(script)))


def _with_pages_turned(script: Script) -> Iterator[Line]:
    turned = TURNED.get(script.name, {})
    for line in script.lines:
        yield line
        yield from [replace(line, words="nhắn", quoted=("trang sau",))] * turned.get(line.number, 0)


def test_only_existing_transcripts_are_left_out() -> None:
    assert {*NO_TWIN, *TURNED} <= {script.name for script in all_scripts()}
