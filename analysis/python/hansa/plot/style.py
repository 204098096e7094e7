"""Sizes, colours and labels that all figures share."""

from __future__ import annotations

import functools
from os import PathLike
from typing import Any, Callable, Sequence, TypeVar, cast

import matplotlib
import matplotlib.figure
import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.dates import AutoDateLocator
from matplotlib.ticker import MaxNLocator

COLUMN = 3.5
"""Inches: one column of a journal (89 mm)."""
PAGE = 7.2
"""Inches: both columns (183 mm)."""

# Okabe & Ito (2008), Color universal design; in the order in which neighbours differ most, also in grey.
COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000")
INK, FAINT, LAND = "#222222", "#8a8a8a", "#e4e4e4"

STYLE = {
    "font.size": 8, "axes.titlesize": 9, "axes.titleweight": "bold", "axes.titlelocation": "left", "axes.labelsize": 8,
    "xtick.labelsize": 7, "ytick.labelsize": 7, "font.family": "DejaVu Sans", "axes.linewidth": 0.6, "lines.linewidth": 1.4,
    "axes.edgecolor": INK, "axes.labelcolor": INK, "text.color": INK, "xtick.color": INK, "ytick.color": INK,
    "axes.spines.top": False, "axes.spines.right": False, "xtick.major.width": 0.6, "ytick.major.width": 0.6,
    "figure.dpi": 150, "savefig.dpi": 200, "svg.hashsalt": "hansa", "svg.fonttype": "path", "pdf.fonttype": 42,
}

F = TypeVar("F", bound=Callable[..., Any])


def styled(draw: F) -> F:
    """Draws under the style, and leaves that of the reader as it was."""
    @functools.wraps(draw)
    def within(*arguments: Any, **words: Any) -> Any:
        with matplotlib.rc_context(STYLE):
            return draw(*arguments, **words)
    return cast(F, within)


@styled
def figure(width: float = COLUMN, height: float | None = None, columns: int = 1, rows: int = 1,
           **words: Any) -> tuple[Any, Any]:
    """A new figure in the style, and its Axes (an array of them where there are several); sizes in inches."""
    height = width * 0.7 if height is None else height
    try:
        from matplotlib import pyplot
        return cast("tuple[Any, Any]", pyplot.subplots(rows, columns, figsize=(width, height), constrained_layout=True, **words))
    except ImportError:  # no window system, and none is needed
        made = matplotlib.figure.Figure(figsize=(width, height), constrained_layout=True)
        FigureCanvasAgg(made)
        return made, made.subplots(rows, columns, **words)


def axes_of(ax: Any, width: float = COLUMN, height: float | None = None) -> Any:
    return figure(width, height)[1] if ax is None else ax


def save(drawn: Any, path: str | PathLike[str]) -> None:
    """Writes the figure of an Axes, or a figure, as the ending says (svg, pdf, png): equal figures give equal bytes."""
    whole = drawn if isinstance(drawn, matplotlib.figure.Figure) else drawn.get_figure()
    name = str(path)
    dateless = {"svg": {"Date": None}, "pdf": {"CreationDate": None}}.get(name.rsplit(".", 1)[-1].lower())
    with matplotlib.rc_context(STYLE):
        whole.savefig(path, metadata=dateless)


def mark_steps(ax: Any, time: Any) -> None:
    """Few ticks at whole steps, or at dates."""
    if np.issubdtype(np.asarray(time).dtype, np.datetime64):
        ax.xaxis.set_major_locator(AutoDateLocator(minticks=3, maxticks=6))
    else:
        ax.xaxis.set_major_locator(MaxNLocator(6, integer=True))


def label_ends(ax: Any, ends: Sequence[tuple[Any, float, str, str]]) -> None:
    """Texts (x, y, text, colour) to the right of the points, moved apart where they would lie on each other."""
    if not ends:
        return
    line = 9.5  # points from label to label
    height = ax.get_window_extent().height * 72 / ax.figure.dpi
    low, high = ax.get_ylim()
    order = sorted(range(len(ends)), key=lambda k: ends[k][1])
    wanted = np.array([(ends[k][1] - low) / (high - low) * height for k in order])
    lines = np.array([line * (1 + ends[k][2].count("\n")) for k in order])
    places = spread(wanted, lines)
    for k, place, at in zip(order, places, wanted):
        x, y, text, colour = ends[k]
        ax.annotate(text, (x, y), xytext=(5, float(place - at)), textcoords="offset points", color=colour, va="center",
                    ha="left", fontsize=7, annotation_clip=False)


def spread(wanted: Any, heights: Any) -> Any:
    """Places in order, as near to those wanted as their heights allow: neighbours that touch move together."""
    blocks: list[tuple[float, float, list[int]]] = []  # centre, height, who stands in it
    for k, (want, tall) in enumerate(zip(wanted, heights)):
        blocks.append((float(want), float(tall), [k]))
        while len(blocks) > 1 and blocks[-1][0] - blocks[-1][1] / 2 < blocks[-2][0] + blocks[-2][1] / 2:
            second, first = blocks.pop(), blocks.pop()
            members = first[2] + second[2]
            tall = first[1] + second[1]
            centre = (first[0] * len(first[2]) + second[0] * len(second[2])) / len(members)
            blocks.append((centre, tall, members))
    places = np.empty(len(wanted))
    for centre, tall, members in blocks:
        at = centre - tall / 2
        for k in members:
            places[k] = at + heights[k] / 2
            at += heights[k]
    return places
