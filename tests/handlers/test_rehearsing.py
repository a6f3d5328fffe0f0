"""The verb `rehearse`: a month in seconds, without a token and without touching the body's own database."""

from pathlib import Path

import openpyxl
import pytest

from bot.cli import main
from handlers.rehearsing import rehearse_verb
from rules import packs
from scheduler import JOBS
from tests.services.workbooks import COMPLETE, xlsx

PACKS = [pack.id for pack in packs.all_packs()]
WEEKS = ("--from", "16/11/2026", "--to", "27/11/2026")


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def rehearse(*arguments: str) -> int:
    return main([rehearse_verb(JOBS)], ["rehearse", *arguments])


def test_a_workbook_is_rehearsed_and_every_message_and_duty_written_down(capsys: pytest.CaptureFixture[str]) -> None:
    Path("mau.xlsx").write_bytes(xlsx(*COMPLETE))
    asked = ("--pack", "rach-gia-2024", *WEEKS, "--workbook", "mau.xlsx", "--out", "kq.xlsx")
    assert rehearse(*asked) == 0
    said = capsys.readouterr().out
    assert "  meetings.invitation\t2" in said and "Trả lời giấy mời\t0\t0\t2\t0\t0" in said
    book = openpyxl.load_workbook("kq.xlsx", read_only=True)
    assert book.sheetnames == ["Tin nhắn", "Việc phải làm", "Tóm tắt"]
    duties = list(book["Việc phải làm"].iter_rows(values_only=True))
    assert duties[0][:3] == ("Loại", "Nội dung", "Người phải làm")
    # 24 November is off, so the working day before Thursday 26 is Wednesday 25.
    assert "25/11" in str(duties[1][5]) and "288/UBND-VP" in str(duties[1][6])
    assert not Path("var").exists()


@pytest.mark.parametrize("pack", PACKS)
def test_the_sample_body_lives_through_a_week_under_every_pack(pack: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert rehearse("--pack", pack, "--from", "16/11/2026", "--to", "21/11/2026") == 0
    assert "meetings.invitation" in capsys.readouterr().out


@pytest.mark.parametrize(
    "arguments",
    [
        ("--pack", "xx", *WEEKS),
        ("--pack", "quoc-gia", "--from", "2026-11-27", "--to", "2026-11-16"),
        ("--pack", "quoc-gia", *WEEKS, "--workbook", "nowhere.xlsx"),
        ("--pack", "quoc-gia", *WEEKS, "--out", "nowhere/kq.xlsx"),
    ],
)
def test_what_cannot_be_rehearsed_ends_in_one_line(
    arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert rehearse(*arguments) == 1
    assert len(capsys.readouterr().err.splitlines()) == 1
