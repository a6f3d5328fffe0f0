"""Bar charts and the week's meetings as pictures, tall and narrow enough to be read on a telephone."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from textwrap import wrap
from typing import Any

# One bar and its label need about so much of an inch.
BAR = 0.38
WIDTH = 6.0
LABEL_LENGTH = 34
# A line of the week, in inches, and how many letters it holds.
LINE, LINE_LENGTH = 0.26, 58
TITLE: dict[str, Any] = {"fontsize": 14, "fontweight": "bold"}
HEADING: dict[str, Any] = {"fontsize": 13, "fontweight": "bold", "color": "#1565c0"}
HOURS: dict[str, Any] = {"fontsize": 12, "fontweight": "bold"}
PLAIN: dict[str, Any] = {"fontsize": 12}
SMALL: dict[str, Any] = {"fontsize": 10.5, "color": "#616161"}


@dataclass(frozen=True, slots=True)
class Bars:
    """A stacked bar a row: `labels` name the rows, each series its name, colour and one value a row."""

    title: str
    labels: Sequence[str]
    series: Sequence[tuple[str, str, Sequence[int]]]


def stacked_bars(bars: Bars) -> bytes:
    """The chart as PNG; its letters hold all Vietnamese marks."""
    # Loaded with the first chart: it takes as long as the whole start.
    from matplotlib.figure import Figure
    from matplotlib.ticker import MaxNLocator

    figure = Figure(figsize=(WIDTH, 1.3 + BAR * len(bars.labels)), dpi=150, layout="constrained")
    axes = figure.subplots()
    rows = range(len(bars.labels))
    left = [0] * len(bars.labels)
    for name, colour, values in bars.series:
        axes.barh(rows, values, left=left, label=name, color=colour)
        left = [before + value for before, value in zip(left, values, strict=True)]
    axes.set_yticks(rows, [_short(label) for label in bars.labels])
    axes.invert_yaxis()
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.spines[["top", "right"]].set_visible(False)
    axes.set_title(bars.title, loc="left", fontsize=11, fontweight="bold")
    figure.legend(loc="outside lower center", ncols=3, fontsize=8, frameon=False)
    picture = BytesIO()
    figure.savefig(picture, format="png")
    return picture.getvalue()


@dataclass(frozen=True, slots=True)
class Day:
    """A heading, and of each meeting its hours, its title, and where it is held."""

    name: str
    meetings: Sequence[tuple[str, str, str]]


def week_chart(title: str, days: Sequence[Day]) -> bytes:
    """The week from top to bottom, as PNG."""
    from matplotlib.figure import Figure

    lines = [(title, TITLE), *(line for day in days for line in _lines_of(day))]
    figure = Figure(figsize=(WIDTH, LINE * (len(lines) + 1)), dpi=150)
    for number, (text, style) in enumerate(lines, 1):
        figure.text(0.04, 1 - number / (len(lines) + 1), text, va="center", **style)
    picture = BytesIO()
    figure.savefig(picture, format="png")
    return picture.getvalue()


def _lines_of(day: Day) -> list[tuple[str, dict[str, Any]]]:
    found = [("", PLAIN), (day.name, HEADING)]
    for held_at, title, where in day.meetings:
        found += [(held_at, HOURS)]
        found += [(line, PLAIN) for line in wrap(title, LINE_LENGTH)]
        found += [(line, SMALL) for line in wrap(where, LINE_LENGTH)]
    return found


def _short(label: str) -> str:
    return label if len(label) <= LABEL_LENGTH else label[: LABEL_LENGTH - 1].rstrip() + "…"
