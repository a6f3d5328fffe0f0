"""The verbs of the operator, run as a shell would."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.cli import main
from handlers.console import VERBS
from reports import workbook
from tests.services.workbooks import BODY, CLERK, COMPLETE, UNITS, people, xlsx

Console = Callable[..., tuple[int, list[str], list[str]]]


@pytest.fixture
def console(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Console:
    """Runs a verb as a shell would: exit code, lines of stdout, lines of stderr."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("THUKY_DATABASE_URL", database_url)

    def run(*arguments: str) -> tuple[int, list[str], list[str]]:
        try:
            code = main(VERBS, arguments)
        except SystemExit as stop:
            code = int(stop.code or 0)
        said = capsys.readouterr()
        return code, said.out.splitlines(), said.err.splitlines()

    return run


@pytest.fixture
def filled(console: Console) -> Console:
    Path("mau.xlsx").write_bytes(xlsx(*COMPLETE))
    assert console("import", "mau.xlsx")[0] == 0
    return console


def test_a_workbook_is_imported_and_counted(console: Console) -> None:
    Path("mau.xlsx").write_bytes(xlsx(*COMPLETE))
    assert console("import", "mau.xlsx") == (0, ["Cơ quan\t1", "Đơn vị\t3", "Cán bộ\t4", "Lịch họp\t1"], [])


def test_a_wrong_workbook_changes_nothing_and_lists_every_cell(console: Console) -> None:
    Path("sai.xlsx").write_bytes(xlsx(BODY, UNITS, people((*CLERK[:3], "XX", "pho"), (*CLERK[:4], "trưởng nhóm"))))
    code, out, err = console("import", "sai.xlsx")
    assert (code, out) == (1, [])
    assert [line.split(":")[0] for line in err] == ["Cán bộ!D2", "Cán bộ!A3", "Cán bộ!E3"]
    assert console("invite", "--all")[1] == []


@pytest.mark.parametrize("content", [None, b"", b"no workbook"])
def test_a_file_that_is_no_workbook_ends_in_one_line(console: Console, content: bytes | None) -> None:
    if content is not None:
        Path("x.xlsx").write_bytes(content)
    code, out, err = console("import", "x.xlsx")
    assert (code, out, len(err)) == (1, [], 1)


def test_the_template_can_be_read_back(console: Console) -> None:
    assert console("template", "trống.xlsx")[0] == 0
    assert workbook.read("trống.xlsx").errors == []


def test_a_template_that_cannot_be_written_ends_in_one_line(console: Console) -> None:
    code, _out, err = console("template", "nowhere/x.xlsx")
    assert (code, len(err)) == (1, 1)


def test_codes_are_printed_a_line_a_person(filled: Console) -> None:
    code, out, err = filled("invite", "--person", "TP", "CV")
    assert (code, err) == (0, [])
    assert [line.split("\t")[0] for line in out] == ["TP", "CV"]
    assert all(len(line.split("\t")) == 3 and len(line.split("\t")[1]) >= 10 for line in out)
    assert len(filled("invite", "--all")[1]) == 4


def test_slips_are_written_to_a_document(filled: Console) -> None:
    assert len(filled("invite", "--all", "--out", "phieu.docx")[1]) == 4
    assert Path("phieu.docx").read_bytes().startswith(b"PK")
    code, out, err = filled("invite", "--all", "--out", "phieu.pdf")
    assert (code, out, len(err)) == (1, [], 1)


def test_unknown_people_are_named_and_nobody_gets_a_code(filled: Console) -> None:
    assert filled("invite", "--person", "TP", "XX") == (1, [], ["Nobody in office has this code: XX"])


@pytest.mark.parametrize(
    "arguments",
    [
        ("invite",),
        ("invite", "--all", "--person", "TP"),
        ("import",),
        ("pack",),
        ("pack", "adopt", "quoc-gia"),
        ("pack", "adopt", "quoc-gia", "--from", "31/02/2026"),
        ("calendar", "set", "24/12/2026", "maybe", "--by", "x"),
        ("calendar", "set", "24/12/2026", "off"),
        ("calendar", "show", "abc"),
    ],
)
def test_wrong_usage_is_exit_code_two(console: Console, arguments: tuple[str, ...]) -> None:
    assert console(*arguments)[0] == 2


def test_packs_are_listed_shown_and_adopted(filled: Console) -> None:
    listed = filled("pack", "list")[1]
    assert [line.split("\t")[0] for line in listed if line.endswith("in force")] == ["gia-binh-2022"]
    assert len(listed) == 6
    shown = "\n".join(filled("pack", "show", "rach-gia-2024")[1])
    assert "288/UBND-VP" in shown
    assert "absence.substitute\tauthorised" in shown
    assert filled("pack", "adopt", "rach-gia-2024", "--from", "01/01/2020")[0] == 0
    assert [line.split("\t")[0] for line in filled("pack", "list")[1] if line.endswith("in force")] == ["rach-gia-2024"]


def test_an_unknown_pack_ends_in_one_line(filled: Console) -> None:
    for arguments in (("pack", "show", "xx"), ("pack", "adopt", "xx", "--from", "2026-01-01")):
        code, out, err = filled(*arguments)
        assert (code, out, len(err)) == (1, [], 1)


def test_the_calendar_shows_days_that_differ_and_whether_it_is_complete(console: Console) -> None:
    code, out, _err = console("calendar", "show", "2026")
    assert code == 0
    assert all(len(line.split("\t")) == 4 for line in out[:-1])
    assert any(line.startswith("2026-11-24\toff\t") for line in out)
    assert out[-1] == "2026 is fully announced."
    assert console("calendar", "show", "2040")[1][-1] == "2040 is not fully announced yet."


def test_a_day_of_the_body_is_set_with_its_document(console: Console) -> None:
    assert console("calendar", "set", "24/12/2026", "off", "--by", "Thông báo 12/TB-UBND")[0] == 0
    assert "2026-12-24\toff\t\tThông báo 12/TB-UBND" in console("calendar", "show", "2026")[1]
    assert console("calendar", "set", "2026-12-24", "work", "--by", "Thông báo 13/TB-UBND")[0] == 0
    assert not [line for line in console("calendar", "show", "2026")[1] if line.startswith("2026-12-24")]
