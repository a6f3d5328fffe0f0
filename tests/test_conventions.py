"""What no other tool checks: who ends a transaction and reads the clock, what rules may know, what stays small."""

import ast
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PRODUCT = ("bot", "rules", "models", "services", "handlers", "scheduler", "reports")
ALL = (*PRODUCT, "tests", "bench", "migrations", "locales")

LONGEST_FILE = 300
LONGEST_FUNCTION = 40
LONGEST_SLEEP = 0.5

# Who opens transactions and ends them: the platform, the tick of the clock, and the verbs of the command line.
ENDS_TRANSACTIONS = ("bot/", "models/database.py", "models/migrations.py", "scheduler/runner.py", "handlers/console.py")
# Stand-ins for platforms have those platforms' own clock; a load is measured in real time.
HAS_A_CLOCK = ("bot/clock.py", "tests/standins/", "bench/")
RULES_MAY_IMPORT = {"rules", "holidays", "lunar_vn", "rapidfuzz", *sys.stdlib_module_names}
REFUSED_NAMES = {"utils", "util", "helpers", "helper", "common", "misc"}
# Registries' addresses and this or that machine's folders have no place in what everybody gets.
PRIVATE = re.compile(
    r"pypi\.org|pythonhosted\.org|--(?:find-links|(?:extra-)?index-url)|(?<![\w.])/(?:root|work|home|opt)/\w"
)
READABLE = {".py", ".toml", ".md", ".lock", ".po", ".mako", ".js", ".css", ".html", ".txt", ""}


def files(*packages: str) -> list[Path]:
    found = [path for package in packages for path in sorted((ROOT / package).rglob("*.py"))]
    if "bot" in packages:
        found.append(ROOT / "bot.py")
    assert len(found) >= 10, "the rule would check nothing"
    return found


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def nodes(paths: list[Path]) -> Iterator[tuple[str, ast.AST]]:
    for path in paths:
        for node in ast.walk(ast.parse(path.read_text())):
            yield name_of(path), node


def calls(paths: list[Path], matches: Callable[[ast.Call], bool]) -> list[str]:
    """Where a call that matches stands."""
    return [f"{name}:{node.lineno}" for name, node in nodes(paths) if isinstance(node, ast.Call) and matches(node)]


def except_for(paths: list[Path], allowed: tuple[str, ...]) -> list[Path]:
    checked = [path for path in paths if not name_of(path).startswith(allowed)]
    assert 0 < len(checked) < len(paths), "an exception that excepts nothing, or everything"
    return checked


def test_only_the_platform_opens_and_ends_transactions() -> None:
    def ends(call: ast.Call) -> bool:
        return isinstance(call.func, ast.Attribute) and call.func.attr in {"commit", "rollback", "begin"}

    assert calls(except_for(files(*PRODUCT), ENDS_TRANSACTIONS), ends) == []


def test_what_is_locked_is_read_afresh() -> None:
    """What a session remembers of a row may be older than the lock for which it has just waited."""

    def locks(call: ast.Call) -> bool:
        return name_called(call) == "with_for_update" or "with_for_update" in given(call)

    def reads_afresh(call: ast.Call) -> bool:
        over_lock = isinstance(call.func, ast.Attribute) and isinstance(call.func.value, ast.Call)
        return "populate_existing" in given(call) and (over_lock or locks(call))

    # The courier reads columns, which no session remembers.
    paths = except_for(files("models", "services", "bot"), ("bot/outbox/claiming.py",))
    assert len(calls(paths, locks)) == len(calls(paths, reads_afresh)) > 0


def name_called(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else ""


def given(call: ast.Call) -> set[str | None]:
    return {keyword.arg for keyword in call.keywords}


def test_nobody_but_the_clock_reads_the_system_clock() -> None:
    def reads(call: ast.Call) -> bool:
        return ast.unparse(call.func).endswith(
            ("datetime.now", "datetime.utcnow", "datetime.today", "date.today", "time.time", "time.localtime")
        )

    assert calls(except_for(files(*PRODUCT, "tests"), HAS_A_CLOCK), reads) == []


def test_tests_do_not_wait_long() -> None:
    def waits(call: ast.Call) -> bool:
        if not ast.unparse(call.func).endswith("sleep") or not call.args or not isinstance(call.args[0], ast.Constant):
            return False
        seconds = call.args[0].value
        return isinstance(seconds, int | float) and seconds > LONGEST_SLEEP

    assert calls(files("tests"), waits) == []


def test_rules_know_only_the_standard_library_two_calendars_and_a_distance_of_strings() -> None:
    paths = files("rules")
    foreign = [
        f"{name}: {module}"
        for name, node in nodes(paths)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for module in imported(node)
        if module.partition(".")[0] not in RULES_MAY_IMPORT
    ]
    assert foreign == []


def imported(node: ast.Import | ast.ImportFrom) -> list[str]:
    return [alias.name for alias in node.names] if isinstance(node, ast.Import) else [node.module or "."]


def test_the_platform_package_is_only_a_name() -> None:
    # Beside it lies bot.py, and the tools that check imports and types see but one of the two.
    body = ast.parse((ROOT / "bot" / "__init__.py").read_text()).body
    assert [type(statement) for statement in body] == [ast.Expr]


def test_every_module_says_what_lives_in_it() -> None:
    silent = [name_of(path) for path in files(*ALL) if not ast.get_docstring(ast.parse(path.read_text()))]
    assert silent == []


def test_no_module_has_a_name_for_leftovers() -> None:
    assert [
        name_of(path) for path in files(*ALL) if REFUSED_NAMES & {*path.relative_to(ROOT).with_suffix("").parts}
    ] == []


def test_files_stay_small() -> None:
    # A step of the schema is as long as what it changes.
    paths = except_for(files(*ALL), ("migrations/versions/",))
    lengths = {name_of(path): len(path.read_text().splitlines()) for path in paths}
    assert {name: length for name, length in lengths.items() if length > LONGEST_FILE} == {}


def test_functions_stay_small() -> None:
    paths = except_for(files(*ALL), ("migrations/versions/",))
    lengths = {
        f"{name}:{node.lineno} {node.name}": length_of(node)
        for name, node in nodes(paths)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    assert {name: length for name, length in lengths.items() if length > LONGEST_FUNCTION} == {}


def length_of(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines from `def` to the end, without the docstring."""
    first = function.body[0]
    docstring = (first.end_lineno or 0) - first.lineno + 1 if ast.get_docstring(function) else 0
    return (function.end_lineno or 0) - function.lineno + 1 - docstring


def test_nothing_names_a_registry_or_somebody_s_machine() -> None:
    texts = list(published())
    assert len(texts) > 100
    told = [
        f"{name_of(path)}:{number}: {match[0]}"
        for path in texts
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if (match := PRIVATE.search(line))
    ]
    assert told == []


def published() -> Iterator[Path]:
    for top in ROOT.iterdir():
        if top.is_dir() and (top.name == ".ci" or top.name.isidentifier()) and top.name != "var":
            yield from (path for path in top.rglob("*") if path.is_file() and path.suffix in READABLE)
        elif top.is_file() and top.name not in {".env", ".git"} and top.suffix in READABLE:
            yield top
