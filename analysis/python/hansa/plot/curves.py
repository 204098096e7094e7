"""Adoption over time: S-curves with their bands and what was observed, and differences with their zero line."""

from __future__ import annotations

import warnings
from typing import Any, List, Optional, Sequence, Tuple

import numpy as np
import xarray

from ..errors import HansaError, HansaWarning
from ..labels import whole_labels
from ..measures import policy_of, quantiles, variable_of
from .style import COLOURS, FAINT, INK, axes_of, label_ends, mark_steps, styled

_Curves = List[Tuple[str, xarray.DataArray, Optional[xarray.DataArray]]]


@styled
def scurve(data: xarray.Dataset, policy: str | None = None, *, by: str | None = None, bands: Sequence[float] = (0.5, 0.9),
           observed: bool = True, runs: int = 0, ax: Any = None) -> Any:
    """Number of adopters over time: the median of replicates, and bands that hold so many of them.

    data: a result (a curve for each group of the attribute `by`, one of `output: by`), or a comparison (one for each
        scenario). policy: needed where there are several. bands: shares of replicates around the median, as 0.9.
    observed: dots from the data. Where the data are silent on some cities that may adopt, the curve then counts only the
        cities of which they tell (and says how many); that needs `adoption_time` in the file. runs: so many single
        replicates as thin lines; in all, bands tell more.

    Raises HansaError: no result or comparison, unknown policy or attribute.
    """
    name = policy_of(data, policy)
    ax = axes_of(ax)
    if "scenario" in data.dims:
        counts, seen, told = variable_of(data, "adopters").sel(policy=name), None, None
        curves: _Curves = [(str(each), counts.sel(scenario=each), None) for each in counts["scenario"].values]
    elif by is None:
        counts, seen, told = _counts(data, name, observed)
        curves = [("simulated", counts, seen)]
    else:
        told, curves = None, _group_curves(data, name, by, observed)
    time = curves[0][1]["time"].values
    ends: list[tuple[Any, float, str, str]] = []
    for number, (label, counts, seen) in enumerate(curves):
        colour = COLOURS[number % len(COLOURS)]
        ends.append(_curve(ax, time, label, counts, colour, bands, runs))
        if seen is not None:
            dots = INK if by is None else colour
            ax.plot(time, seen, "o", color=dots, markersize=2.6, markerfacecolor=dots if by is None else "white", zorder=5)
            if by is None:
                _name_observed(ax, time, seen.values, counts.median("replicate").values)
    ax.set_ylim(bottom=0)
    ax.set_xlim(time[0], time[-1])
    mark_steps(ax, time)
    ax.set_ylabel("adopters")
    words = [f"of the {told} cities of which the data tell"] if told is not None else []
    ax.set_xlabel("\n".join(words + [_bands_in_words(bands, "replicates")]), color=FAINT, fontsize=7)
    _mark_data(ax, data, name, time)
    label_ends(ax, ends)
    return ax


@styled
def difference(pairs: xarray.Dataset, policy: str | None = None, *, since: Any = None, bands: Sequence[float] = (0.5, 0.9),
               ax: Any = None) -> Any:
    """What-if less base over time, of `hansa.paired`: mean, bands of single pairs, the zero line, the beginning marked.

    since: the step in which the what-if begins to differ by design; default the first in which any pair differs.
    The dark band within the line is the confidence interval of the mean. Raises HansaError: no pairs over time.
    """
    if "difference" not in pairs or "time" not in pairs["difference"].dims:
        raise HansaError("differences over time were expected, as hansa.paired(comparison) makes them")
    name = policy_of(pairs, policy)
    ax = axes_of(ax)
    chosen = pairs.sel(policy=name)
    time = chosen["time"].values
    arms = [str(each) for each in chosen["what_if"].values] if "what_if" in chosen.dims else [""]
    ends = []
    for number, arm in enumerate(arms):
        colour = COLOURS[number % len(COLOURS)]
        one = chosen.sel(what_if=arm) if arm else chosen
        for share in sorted(bands, reverse=True):
            low, high = (one["difference"].quantile(0.5 + side * share / 2, "replicate") for side in (-1, 1))
            ax.fill_between(time, low, high, color=colour, alpha=0.16, linewidth=0)
        ax.fill_between(time, one["low"], one["high"], color=colour, alpha=0.5, linewidth=0)
        ax.plot(time, one["mean"], color=colour)
        last = float(one["mean"].values[-1])
        ends.append((time[-1], last, f"{arm}\n{last:+.1f}" if arm else f"{last:+.1f}", colour))
    ax.axhline(0, color=INK, linewidth=0.8)
    by_step = np.moveaxis(chosen["difference"].values, chosen["difference"].dims.index("time"), 0).reshape(len(time), -1)
    changed = np.flatnonzero((np.abs(by_step) > 0).any(axis=1))
    if since is None and changed.size:
        since = time[changed[0]]
    if since is not None:
        ax.axvline(since, color=FAINT, linewidth=0.8, linestyle=(0, (3, 2)))
        ax.annotate("begins", (since, 1), xycoords=("data", "axes fraction"), xytext=(-3, -2), textcoords="offset points",
                    fontsize=7, color=FAINT, va="top", ha="right")
    ax.set_xlim(time[0], time[-1])
    mark_steps(ax, time)
    ax.set_ylabel("additional adopters")
    ax.set_xlabel(_bands_in_words(bands, "pairs") + "\nline: the mean and its interval", color=FAINT, fontsize=7)
    label_ends(ax, ends)
    return ax


def _curve(ax: Any, time: Any, label: str, counts: xarray.DataArray, colour: str, bands: Sequence[float],
           runs: int) -> tuple[Any, float, str, str]:
    """Draws one curve; gives where its label belongs."""
    counts = counts.transpose("replicate", "time")
    for share in sorted(bands, reverse=True):
        low, high = counts.quantile([0.5 - share / 2, 0.5 + share / 2], "replicate").values
        ax.fill_between(time, low, high, color=colour, alpha=0.18, linewidth=0)
    for one in counts.values[:runs]:
        ax.plot(time, one, color=colour, linewidth=0.4, alpha=0.5)
    median = quantiles(xarray.Dataset({"counts": counts}), "counts", [0.5]).values[0]
    ax.plot(time, median, color=colour)
    return time[-1], float(median[-1]), f"{label} {median[-1]:.0f}", colour


def _bands_in_words(bands: Sequence[float], of: str) -> str:
    return "bands: " + " and ".join(f"{100 * share:.0f} %" for share in sorted(bands)) + f" of {of}" if bands else ""


def _name_observed(ax: Any, time: Any, seen: Any, median: Any) -> None:
    """The word beside the dot that is farthest from the curve, on the side that looks away from it."""
    known = np.flatnonzero(~np.isnan(seen))
    if known.size == 0:
        return
    at = known[np.argmax(np.abs(seen - median)[known])]
    side = 1 if seen[at] >= median[at] else -1
    ax.annotate("observed", (time[at], seen[at]), xytext=(-5 * side, 4 * side), textcoords="offset points", color=INK,
                fontsize=7, ha="right" if side > 0 else "left", va="bottom" if side > 0 else "top")


def _counts(data: xarray.Dataset, policy: str, observed: bool) -> tuple[xarray.DataArray, xarray.DataArray | None, int | None]:
    """(adopters by replicate and time, observed ones or None, how many cities both are of where it is not all)."""
    counts = variable_of(data, "adopters").sel(policy=policy)
    seen = data["observed_adopters"].sel(policy=policy) if observed and "observed_adopters" in data else None
    if seen is None or not bool(seen.notnull().any()):
        return counts, None, None
    may = data["at_risk"].sel(policy=policy) > 0
    told = may & data["status_known"].sel(policy=policy)
    if bool((told == may).all()):
        return counts, seen, None
    left = "abandonments" in data and bool((data["abandonments"].sel(policy=policy) > 0).any())
    if left or "adoption_time" not in data:  # who has adopted is then not who has the policy
        warnings.warn("the data are silent on some cities, which cannot be left out of the simulated curve: what was observed "
                      "is not shown", HansaWarning, stacklevel=5)
        return counts, None, None
    return _adopted(data, policy, told), seen, int(told.sum())


def _adopted(data: xarray.Dataset, policy: str, among: xarray.DataArray) -> xarray.DataArray:
    """How many of these cities have adopted, by replicate and time."""
    times = whole_labels(data["adoption_time"].sel(policy=policy)).isel(city=np.flatnonzero(among.values))
    steps = whole_labels(data["time"]).values
    ordered = np.sort(times.transpose("replicate", "city").values, axis=1)
    values = np.stack([np.searchsorted(row, steps, side="right") for row in ordered])
    return xarray.DataArray(values, {"replicate": data["replicate"], "time": data["time"]}, ("replicate", "time"))


def _group_curves(data: xarray.Dataset, policy: str, by: str, observed: bool) -> _Curves:
    """(group, its adopters by replicate and time, observed ones or None), the largest last count first."""
    if f"adopters_by_{by}" not in data:
        known = [str(name)[len("adopters_by_"):] for name in data.data_vars if str(name).startswith("adopters_by_")]
        raise HansaError(f"the result has no counts by '{by}', one of {', '.join(known) or 'output: by'} was expected")
    counts = data[f"adopters_by_{by}"].sel(policy=policy)
    seen = data[f"observed_adopters_by_{by}"].sel(policy=policy) if f"observed_adopters_by_{by}" in data else None
    may = data["at_risk"].sel(policy=policy) > 0
    silent = bool((may & ~data["status_known"].sel(policy=policy)).any())
    dimension = f"group_{by}"
    order = np.argsort(-counts.isel(time=-1).median("replicate").values, kind="stable")
    return [(str(group), counts.sel({dimension: group}),
             seen.sel({dimension: group}) if observed and seen is not None and not silent else None)
            for group in counts[dimension].values[order]]


def _mark_data(ax: Any, data: xarray.Dataset, policy: str, time: Any) -> None:
    """Shades the steps whose adoptions are all given by data, where the file tells."""
    if "new_adoptions_by_mechanism" not in data or "data" not in data.get("mechanism", xarray.DataArray([])).values:
        return
    shares = data["new_adoptions_by_mechanism"].sel(policy=policy)
    given, all_of_it = shares.sel(mechanism="data").values, np.nansum(shares.values, axis=shares.dims.index("mechanism"))
    moved = np.flatnonzero(all_of_it > given + 1e-9)
    replayed = np.flatnonzero(given > 0)
    if replayed.size == 0 or moved.size == 0 or replayed[-1] > moved[0]:
        return
    last = time[moved[0] - 1]
    ax.axvspan(time[0], last, color="#f4f4f4", linewidth=0, zorder=-5)
    if (last - time[0]) / (time[-1] - time[0]) < 0.22:
        return  # no room for words
    ax.annotate("given by data", (last, 1), xycoords=("data", "axes fraction"), xytext=(-3, -2), textcoords="offset points",
                fontsize=7, color=FAINT, va="top", ha="right")
