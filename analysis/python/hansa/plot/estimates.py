"""Estimates with their intervals: coefficients of fits, and Sobol' indices of a sweep."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import Any, Mapping, Sequence

import numpy as np
import pandas
import xarray

from ..errors import HansaError
from ..tables import coefficients as table_of
from .style import COLOURS, COLUMN, FAINT, INK, axes_of, styled

LEFT_OUT = ("baseline", "baseline_*", "period_*", "country_*", "trend_*", "policy_sd")
_SOBOL_COLUMNS = ("parameter", "first", "first_low", "first_high", "total", "total_low", "total_high")


@styled
def coefficients(fits: xarray.Dataset | Mapping[str, xarray.Dataset], *, leave_out: Sequence[str] = LEFT_OUT,
                 level: float = 0.95, ax: Any = None) -> Any:
    """Estimates as dots with their Wald intervals (thick: one standard error), and a line at no effect.

    fits: a file of `hansa fit`, or several by name, whose terms stand side by side in different colours and shapes.
    leave_out: patterns of terms that are not drawn; by default baselines, fixed effects of periods and countries, and
        trends. The scale is that of the link: logarithms of odds under logit.
    Raises HansaError: no file of estimates, or no term is left.
    """
    named = dict(fits) if isinstance(fits, Mapping) and not isinstance(fits, xarray.Dataset) else {"": fits}
    tables = {name: _terms(fit, leave_out, level) for name, fit in named.items()}
    terms = list(dict.fromkeys(term for table in tables.values() for term in table.index))
    if not terms:
        raise HansaError("no term is left to draw")
    ax = axes_of(ax, COLUMN, 0.7 + 0.3 * len(terms) * (0.6 + 0.4 * len(tables)))
    shapes = "osD^v"
    for number, (name, table) in enumerate(tables.items()):
        colour = COLOURS[number % len(COLOURS)]
        places = np.array([_place(term, name, terms, tables) for term in table.index])
        ax.hlines(places, table.low, table.high, color=colour, linewidth=1)
        ax.hlines(places, table.estimate - table.standard_error, table.estimate + table.standard_error, color=colour, linewidth=3)
        ax.plot(table.estimate, places, shapes[number % len(shapes)], color=colour, markersize=5, markeredgecolor="white",
                markeredgewidth=0.6, label=name)
        for place, row in zip(places, table.itertuples()):
            told = f"{row.estimate:.2f} [{row.low:.2f}, {row.high:.2f}]".replace("-", "−")
            ax.annotate(told, (1, place),
                        xycoords=("axes fraction", "data"), xytext=(4, 0), textcoords="offset points", va="center",
                        fontsize=7, color=INK if len(tables) == 1 else colour, annotation_clip=False)
    ax.axvline(0, color=INK, linewidth=0.8)
    _rows(ax, terms)
    links = sorted({str(link) for fit in named.values() for link in fit["link"].values})
    scale = {"logit": "log odds", "cloglog": "log hazard", "probit": "probit", "additive": "hazard"}
    ax.set_xlabel(f"effect, {' or '.join(scale.get(link, link) for link in links)}\n({100 * level:.0f} % interval; thick: one "
                  "standard error)")
    if len(tables) > 1:
        ax.legend(frameon=False, fontsize=7, loc="lower left", bbox_to_anchor=(0, 1), ncol=len(tables))
    return ax


def _place(term: str, name: str, terms: Sequence[str], tables: Mapping[str, pandas.DataFrame]) -> float:
    """Fits that have the term share its row from top to bottom."""
    having = [each for each, table in tables.items() if term in table.index]
    return terms.index(term) + 0.6 * ((having.index(name) + 0.5) / len(having) - 0.5)


def _terms(fit: xarray.Dataset, leave_out: Sequence[str], level: float) -> pandas.DataFrame:
    table = table_of(fit, level=level)
    table = table[[not any(fnmatchcase(term, pattern) for pattern in leave_out) for term in table.term]]
    several = table.fit.nunique() > 1
    table.index = [f"{row.fit}: {row.term}" if several else row.term for row in table.itertuples()]
    return table


@styled
def sobol(indices: pandas.DataFrame | Mapping[str, Any], *, ax: Any = None) -> Any:
    """Sobol' indices with their intervals: filled, what a parameter does alone; hollow, with its interactions.

    indices: a parameter a row, with columns parameter, first, first_low, first_high, total, total_low, total_high: shares
        of the variance of the measure. Or a mapping with S1, ST, S1_interval and ST_interval, each from parameters to
        numbers and [low, high]. The largest total index stands on top. Raises HansaError: a column is missing.
    """
    if not isinstance(indices, pandas.DataFrame):
        indices = _sobol_table(indices)
    missing = [name for name in _SOBOL_COLUMNS if name not in indices]
    if missing:
        raise HansaError(f"the table has no column '{missing[0]}'; {', '.join(_SOBOL_COLUMNS)} were expected")
    ordered = indices.sort_values("total", ascending=False, kind="stable")
    ax = axes_of(ax, COLUMN, 0.75 + 0.34 * len(ordered))
    places = np.arange(len(ordered), dtype=float)
    for kind, aside, face, colour in (("first", -0.14, COLOURS[0], COLOURS[0]), ("total", 0.14, "white", COLOURS[1])):
        ax.hlines(places + aside, ordered[f"{kind}_low"], ordered[f"{kind}_high"], color=colour, linewidth=1)
        ax.plot(ordered[kind], places + aside, "o", color=colour, markerfacecolor=face, markersize=4.5)
        label = "alone" if kind == "first" else "with interactions"
        ax.annotate(label, (float(ordered[f"{kind}_high"].iloc[0]), aside), xytext=(4, 0), textcoords="offset points",
                    va="center", fontsize=7, color=colour, annotation_clip=False)
    ax.axvline(0, color=INK, linewidth=0.6)
    _rows(ax, [str(name) for name in ordered["parameter"]])
    ax.set_xlim(min(0.0, float(ordered[["first_low", "total_low"]].min().min())),
                max(1.0, float(ordered[["first_high", "total_high"]].max().max())))
    ax.set_xlabel("share of the variance")
    return ax


def _sobol_table(told: Mapping[str, Any]) -> pandas.DataFrame:
    lost = [name for name in ("S1", "ST", "S1_interval", "ST_interval") if name not in told]
    if lost:
        raise HansaError(f"there is no {lost[0]}; S1, ST, S1_interval and ST_interval of one measure were expected")
    names = list(told["S1"])
    table = pandas.DataFrame({"parameter": names})
    for column, index in (("first", "S1"), ("total", "ST")):
        table[column] = [told[index][name] for name in names]
        table[f"{column}_low"] = [told[f"{index}_interval"][name][0] for name in names]
        table[f"{column}_high"] = [told[f"{index}_interval"][name][1] for name in names]
    return table


def _rows(ax: Any, names: Sequence[str]) -> None:
    ax.set_yticks(range(len(names)), names)
    ax.set_ylim(len(names) - 0.5, -0.5)
    ax.tick_params(axis="y", length=0)
    ax.spines["left"].set_visible(False)
    ax.grid(axis="x", color=FAINT, alpha=0.2, linewidth=0.5)
    ax.set_axisbelow(True)
