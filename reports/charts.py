"""Bar charts as pictures, tall and narrow enough to be read on a telephone."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

# One bar and its label need about so much of an inch.
BAR = 0.38
WIDTH = 6.0
LABEL_LENGTH = 34


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


def _short(label: str) -> str:
    return label if len(label) <= LABEL_LENGTH else label[: LABEL_LENGTH - 1].rstrip() + "…"
