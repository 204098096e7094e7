"""Attribution: how many adoptions each mechanism had to do with, in all and over time."""

from __future__ import annotations

from typing import Any

import numpy as np
import xarray

from ..errors import HansaError
from ..measures import policy_of, variable_of
from .style import COLOURS, COLUMN, FAINT, INK, axes_of, mark_steps, styled

_POSITIVE, _NEGATIVE = COLOURS[0], COLOURS[1]


@styled
def attribution(data: xarray.Dataset, policy: str | None = None, *, over: str = "total", most: int = 6,
                given: bool = False, ax: Any = None) -> Any:
    """Adoptions attributed to mechanisms (`new_adoptions_by_mechanism`), mean over replicates.

    over: "total", a bar for each mechanism that had to do with any, to the right of zero where it pressed and to the left
        where it held cities back, with a line over 90 % of the replicates, the number, and its share of all;
        "time", stacked bars by step, what held back below zero, the `most` largest mechanisms by name and the rest as
        one, labelled on the right in the order of the bars.
    given: with adoptions on the dates of data, too. Raises HansaError: no result of a run, unknown policy.
    """
    if over not in ("total", "time"):
        raise HansaError(f"over='{over}': total or time was expected")
    name = policy_of(data, policy)
    if "new_adoptions_by_mechanism" not in data:
        raise HansaError("attributed adoptions are in the file of a run, not in that of a comparison, fit or sweep")
    chosen = data.sel(policy=name) if given else data.sel(policy=name, mechanism=data["mechanism"] != "data")
    return _totals(chosen, ax) if over == "total" else _by_step(chosen, most, ax)


def _totals(chosen: xarray.Dataset, ax: Any) -> Any:
    totals = variable_of(chosen, "new_adoptions_by_mechanism_total")
    mean = totals.mean("replicate")
    low, high = totals.quantile([0.05, 0.95], "replicate").transpose("quantile", "mechanism").values
    shown = np.flatnonzero(np.abs(mean.values) > 1e-9)
    order = shown[np.argsort(np.abs(mean.values[shown]), kind="stable")]
    ax = axes_of(ax, COLUMN, 0.6 + 0.24 * max(len(order), 1))
    whole = float(mean.sum())
    places = np.arange(len(order))
    values = mean.values[order]
    ax.barh(places, values, color=[_POSITIVE if value >= 0 else _NEGATIVE for value in values], height=0.62)
    ax.hlines(places, low[order], high[order], color=INK, linewidth=0.8)
    for place, value, number in zip(places, values, order):
        percent = 100 * value / whole if whole > 0 else np.nan
        share = "" if np.isnan(percent) else " (<1 %)" if 0 < percent < 0.5 else f" ({percent:.0f} %)"
        ax.annotate(f"{value:.1f}{share}".replace("-", "−"), (max(value, high[number], 0), place), xytext=(4, 0),
                    textcoords="offset points", va="center", fontsize=7)
    ax.axvline(0, color=INK, linewidth=0.6)
    ax.set_yticks(places, [str(mean["mechanism"].values[number]) for number in order])
    ax.tick_params(axis="y", length=0)
    ax.spines["left"].set_visible(False)
    left, right = min(0.0, *low[order], 0.0), max(0.0, *high[order], 0.0)
    ax.set_xlim(left * 1.05, right * 1.3)  # room for the numbers
    ax.set_xlabel("adoptions attributed to the mechanism\n(mean; line: 90 % of replicates)")
    return ax


def _by_step(chosen: xarray.Dataset, most: int, ax: Any) -> Any:
    means = chosen["new_adoptions_by_mechanism"].transpose("mechanism", "time")
    size = np.abs(means.values).sum(axis=1)
    order = [number for number in np.argsort(-size, kind="stable") if size[number] > 1e-9]
    rows = [(str(means["mechanism"].values[number]), means.values[number]) for number in order[:most]]
    if order[most:]:
        rows.append(("others", means.values[order[most:]].sum(axis=0)))
    ax = axes_of(ax)
    moved = np.flatnonzero((np.abs(means.values) > 1e-9).any(axis=0))
    shown = slice(int(moved[0]) if moved.size else 0, None)  # steps before the first adoption have no bars
    rows = [(name, values[shown]) for name, values in rows]
    time = chosen["time"].values[shown]
    above, below = np.zeros(len(time)), np.zeros(len(time))
    handles = []
    wide: Any = np.timedelta64(310, "D") if np.issubdtype(time.dtype, np.datetime64) else 0.85
    for number, (name, values) in enumerate(rows):
        colour = FAINT if name == "others" else COLOURS[number % len(COLOURS)]
        bottom = np.where(values >= 0, above, below)
        handles.append((ax.bar(time, values, bottom=bottom, color=colour, width=wide, linewidth=0), name))
        above += np.maximum(values, 0)
        below += np.minimum(values, 0)
    ax.axhline(0, color=INK, linewidth=0.6)
    mark_steps(ax, time)
    ax.set_ylabel("new adoptions, mean")
    if handles:
        bars, names = zip(*handles[::-1])
        ax.legend(bars, names, loc="center left", bbox_to_anchor=(1, 0.5), frameon=False, fontsize=7, handlelength=0.8,
                  handleheight=0.8)
    return ax
