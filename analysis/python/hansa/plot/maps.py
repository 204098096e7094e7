"""Maps of cities: who adopts, when, and what an intervention changes."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import numpy as np
import xarray
from matplotlib.colors import Normalize, TwoSlopeNorm
from matplotlib.patches import PathPatch
from matplotlib.path import Path as Outline

from ..errors import HansaError
from ..labels import NEVER, whole_labels
from ..measures import policy_of, quantiles, variable_of
from .style import COLUMN, FAINT, LAND, PAGE, axes_of, styled

# More is darker; early is darker; more is purple and less is orange (purples alone where nothing is less).
_LATE, _EARLY, _CHANGE = "YlGnBu", "YlGnBu_r", "PuOr"


@styled
def map(data: xarray.Dataset, value: str | xarray.DataArray = "chance", policy: str | None = None, *, at: Any = None,
        what_if: str | None = None, size: float = 9, land: bool = True, ax: Any = None) -> Any:
    """Cities on land, coloured by a number.

    value: "chance", the share of replicates in which the city has adopted by the end, or by the step `at` (of a
        comparison: in its base, or in `what_if`); "median", the step by which half of the replicates have it adopt, grey
        where fewer do; "difference", of a comparison, chance to adopt in `what_if` (default its first) less the base: funded
        cities are black triangles and in no colour, changes of less than half a percentage point grey; or numbers of
        your own along `city` (a DataArray, its name or long_name the legend's).
    Cities that never adopt in the run, and those without a number, are small grey dots. Of a world the projection is Equal
    Earth (Šavrič, Patterson & Jenny 2018, doi:10.1080/13658816.2018.1504949); cities within 60 degrees of longitude have
    a map of their own, with true proportions at its middle. Land is Natural Earth's, 1:110 million, public domain.
    size: of a dot, in square points. Raises HansaError: cities without coordinates, no such value or policy.
    """
    if "lat" not in data.coords or "lon" not in data.coords:
        raise HansaError("the cities have no coordinates lat and lon, and no map")
    numbers, legend, colours = _numbers(data, value, policy, at, what_if)
    lon, lat = data["lon"].values, data["lat"].values
    placed = ~(np.isnan(lon) | np.isnan(lat))
    if not placed.any():
        raise HansaError("no city has coordinates lat and lon, and there is no map")
    world = bool(np.ptp(lon[placed]) > 60)
    middle = float(lat[placed].min() + lat[placed].max()) / 2
    x, y = _project(lon, lat, world, middle)
    frame = _frame_of(x[placed], y[placed], world)
    width, legend_height = PAGE if world else COLUMN, 0.65
    ax = axes_of(ax, width, width * np.ptp(frame[2:]) / np.ptp(frame[:2]) + legend_height)
    if land:
        _draw_land(ax, world, middle)
    known = placed & ~np.isnan(numbers)
    ax.scatter(x[placed & ~known], y[placed & ~known], s=size / 4, color="#bdbdbd", linewidths=0, zorder=2)
    order = np.flatnonzero(known)[np.argsort(np.abs(numbers[known]), kind="stable")]
    if colours == _EARLY:
        order = order[::-1]  # the earliest on top
    most = float(np.max(np.abs(numbers[known]), initial=0.005))
    norm: Any = Normalize(0, 1) if colours == _LATE and isinstance(value, str) else None
    shades = colours
    if colours == _CHANGE:
        gains = not bool((numbers[known] < 0).any())
        norm, shades = (Normalize(0, most), "Purples") if gains else (TwoSlopeNorm(0, -most, most), colours)
    dots = ax.scatter(x[order], y[order], c=numbers[order], s=size, cmap=shades, norm=norm, linewidths=0.25,
                      edgecolors="#666666", zorder=3)
    if colours == _CHANGE:
        funded = placed & _funded(data, policy, what_if)
        ax.scatter(x[funded], y[funded], s=size * 1.4, color="black", marker="^", linewidths=0, zorder=4)
    _frame(ax, frame, world)
    bar = ax.figure.colorbar(dots, cax=ax.inset_axes([0.25, -0.06, 0.5, 0.035]), orientation="horizontal")
    bar.set_label(legend, fontsize=7)
    bar.outline.set_visible(False)
    return ax


def _funded(data: xarray.Dataset, policy: str | None, what_if: str | None) -> Any:
    """Which cities the what-if funds and the base does not."""
    if "funded" not in data:
        return np.zeros(data.sizes["city"], dtype=bool)
    return data["funded"].sel(policy=policy_of(data, policy), what_if=_scenario_of(data, what_if, 1)).values


def _numbers(data: xarray.Dataset, value: str | xarray.DataArray, policy: str | None, at: Any,
             what_if: str | None) -> tuple[Any, str, str]:
    """(a number for each city, the legend, colours)."""
    if isinstance(value, xarray.DataArray):
        if value.dims != ("city",) or value.sizes["city"] != data.sizes["city"]:
            raise HansaError("a number for each city was expected, along the dimension 'city' alone")
        return value.values.astype(float), str(value.attrs.get("long_name", value.name or "")), _LATE
    name = policy_of(data, policy)
    if value not in ("chance", "median", "difference"):
        raise HansaError(f"value='{value}': chance, median, difference or numbers along 'city' were expected")
    if "scenario" in data.dims:
        chance = variable_of(data, "adoption_chance").sel(policy=name)
        if at is not None or value == "median":
            raise HansaError("a comparison has chances to adopt by the end alone")
        chosen = _scenario_of(data, what_if, 1 if value == "difference" else 0)
        end = data["time"].values[-1]
        if value == "difference":
            changed = (chance.sel(scenario=chosen) - chance.isel(scenario=0)).values
            changed = np.where((np.abs(changed) < 0.005) | _funded(data, name, chosen), np.nan, changed)
            triangles = "\ntriangles: funded cities" if "funded" in data else ""
            return changed, f"{chosen}: change of the chance to adopt by {end}{triangles}", _CHANGE
        return chance.sel(scenario=chosen).values, f"{chosen}: chance to adopt by {end}", _LATE
    if value == "difference":
        raise HansaError("a difference is of a comparison, and this is one result")
    may = variable_of(data, "at_risk").sel(policy=name).values > 0
    if value == "median":
        middle = quantiles(data, "adoption_time", [0.5]).sel(policy=name).values[0].astype(float)
        return np.where(may & (middle != NEVER), middle, np.nan), "step by which half of the replicates adopt", _EARLY
    until = data["time"].values[-1] if at is None else at
    label = int(whole_labels(data["time"].sel(time=until)))
    adopted = (whole_labels(variable_of(data, "adoption_time").sel(policy=name)) <= label).mean("replicate").values
    return np.where(may, adopted, np.nan), f"chance to have adopted by {label}", _LATE


def _scenario_of(data: xarray.Dataset, named: str | None, otherwise: int) -> str:
    known = [str(each) for each in data["scenario"].values]
    if named is None and len(known) > otherwise:
        return known[otherwise]
    if named not in known:
        raise HansaError(f"the comparison has no scenario '{named}', one of {', '.join(known)} was expected")
    return named


def _project(lon: Any, lat: Any, world: bool, middle: float) -> tuple[Any, Any]:
    """Degrees to the plane: Equal Earth, or equirectangular with the scale of the middle latitude."""
    if not world:
        return np.asarray(lon) * np.cos(np.radians(middle)), np.asarray(lat)
    theta = np.arcsin(np.sqrt(3) / 2 * np.sin(np.radians(lat)))
    a1, a2, a3, a4 = 1.340264, -0.081106, 0.000893, 0.003796
    square = theta * theta
    across = 3 * (9 * a4 * square**4 + 7 * a3 * square**3 + 3 * a2 * square + a1)
    return (2 * np.sqrt(3) * np.radians(lon) * np.cos(theta) / across,
            theta * (a4 * square**4 + a3 * square**3 + a2 * square + a1))


def _draw_land(ax: Any, world: bool, middle: float) -> None:
    rings: dict[str, list[tuple[float, float]]] = {}
    with (Path(__file__).parent / "land.csv").open(encoding="ascii", newline="") as file:
        for row in csv.DictReader(file):
            rings.setdefault(row["ring"], []).append((float(row["lon"]), float(row["lat"])))
    vertices, codes = [], []
    for ring in rings.values():
        corners = np.array(ring)
        vertices.append(np.column_stack(_project(corners[:, 0], corners[:, 1], world, middle)))
        codes += [Outline.MOVETO] + [Outline.LINETO] * (len(ring) - 2) + [Outline.CLOSEPOLY]
    ax.add_patch(PathPatch(Outline(np.concatenate(vertices), codes), facecolor=LAND, edgecolor="none", zorder=0))


def _frame_of(x: Any, y: Any, world: bool) -> Any:
    """Left, right, bottom and top: of the world without Antarctica, else of the cities and a margin."""
    if world:
        return np.array([-2.75, 2.75, -1.12, 1.32])
    margin = 0.06 * max(np.ptp(x), np.ptp(y), 0.5)
    return np.array([x.min() - margin, x.max() + margin, y.min() - margin, y.max() + margin])


def _frame(ax: Any, frame: Any, world: bool) -> None:
    ax.set_xlim(frame[0], frame[1])
    ax.set_ylim(frame[2], frame[3])
    ax.set_aspect("equal", anchor="N")  # the legend has its place below
    ax.set_xticks([])
    ax.set_yticks([])
    for spine in ax.spines.values():
        spine.set_visible(not world)
        spine.set_color(FAINT)
