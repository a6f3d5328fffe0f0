"""Medians over the rounds, and medians of the ratios within each round, as a Markdown table."""

from collections.abc import Iterable
from statistics import median

from bench.cases import Case, Figures


def line(figures: Figures) -> str:
    return ", ".join(f"{name} {value:.2f}" for name, value in figures.items())


def table(case: Case, rounds: list[dict[str, Figures]]) -> str:
    columns = list(next(iter(rounds[0].values())))
    rows = [
        [name, _ratio(case, rounds, name), *(_median(rounds, name, column) for column in columns)] for name in rounds[0]
    ]
    rows.sort(key=lambda row: case.contenders.index(row[0]))
    heading = ["contender", f"{case.ratio} ÷ {case.base}", *columns]
    body = [row(heading), row("---" for _ in heading), *(row(cells) for cells in rows)]
    better = "more" if case.larger else "less"
    return "\n".join([f"\n### {case.title}", f"{len(rounds)} rounds; {better} is better.\n", *body])


def row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _median(rounds: list[dict[str, Figures]], name: str, column: str) -> str:
    return f"{median(figures[name][column] for figures in rounds):.4g}"


def _ratio(case: Case, rounds: list[dict[str, Figures]], name: str) -> str:
    pairs = [(figures[name][case.ratio], figures[case.base][case.ratio]) for figures in rounds if case.base in figures]
    ratios = [mine / base for mine, base in pairs if base]
    return f"{median(ratios):.2f}" if ratios else "–"
