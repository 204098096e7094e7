"""Differences of two scenarios, replicate by replicate, on common random numbers."""

from __future__ import annotations

from typing import Any

import numpy as np
import scipy.stats
import xarray

from .errors import HansaError
from .labels import NEVER, is_time, whole_labels
from .measures import variable_of


def paired(base: xarray.Dataset, what_if: xarray.Dataset | None = None, variable: str = "adopters", *,
           level: float = 0.95) -> xarray.Dataset:
    """What-if less base in each replicate, and the mean over pairs with its confidence interval.

    base, what_if: two results with the same seed, paired by the numbers of their replicates; or one comparison file
        (`hansa compare`), whose first scenario is the base and whose others come along the dimension `what_if`.
    variable: counts or shares with a dimension `replicate`; or `adoption_time`: then the difference is in steps gained,
        base less what-if, never counted as the step after the last, as `steps_gained` of a comparison.
    level: of the interval of the mean over replicates (Student's t), which tells how many replicates there are, and
        nothing of how sure the model is. Where replicates share draws of the parameters (`replicates_per_draw` of the
        comparison), over means of draws (Cochran 1977, Sampling Techniques, ch. 9A).

    Gives `difference` (replicate and the variable's other dimensions, float64) and, without `replicate`, `mean`, `low`,
    `high`. All are in the variable's unit. NaN: missing in one of both; low and high also with fewer than two pairs.

    Raises HansaError: different seeds, no replicate or no city in common, no such variable, or no comparison.
    """
    if what_if is None:
        if "scenario" not in base.dims:
            raise HansaError("one result has nothing to be paired with: give two results, or a comparison")
        array = variable_of(base, variable)
        if not {"scenario", "replicate"} <= set(array.dims):
            raise HansaError(f"'{variable}' of the comparison is not kept by scenario and replicate; 'adopters' is")
        others = array.isel(scenario=slice(1, None)).rename(scenario="what_if")
        return _summary(_difference(base, array.isel(scenario=0, drop=True), others), base, level)
    _check_pair(base, what_if)
    first, second = xarray.align(variable_of(base, variable), variable_of(what_if, variable), join="inner")
    if "replicate" not in first.dims:
        raise HansaError(f"'{variable}' is not kept by replicate, and cannot be paired")
    for dimension in first.dims:
        if first.sizes[dimension] == 0:
            raise HansaError(f"the two results have no {dimension} in common")
    return _summary(_difference(base, first, second), base, level)


def _check_pair(base: xarray.Dataset, what_if: xarray.Dataset) -> None:
    for each in (base, what_if):
        if "seed" not in each.attrs:
            raise HansaError("a result of hansa has a seed; this data set has none")
    if base.attrs["seed"] != what_if.attrs["seed"]:
        raise HansaError(f"the results have seeds {base.attrs['seed']} and {what_if.attrs['seed']}: replicates of different "
                         "seeds share no luck, and are no pairs; run both with the same seed")
    if not base["time"].equals(what_if["time"]):
        raise HansaError("the results have different steps of time, and are no pairs")


def _difference(data: xarray.Dataset, base: xarray.DataArray, what_if: xarray.DataArray) -> xarray.DataArray:
    found: xarray.DataArray
    if is_time(base):
        after = int(whole_labels(data["time"]).max()) + 1
        first, second = (label.where(label != NEVER, after) for label in (whole_labels(base), whole_labels(what_if)))
        found = (first - second).astype(float)
        found.attrs = {"long_name": "steps by which it adopts earlier", "units": "1"}
    else:
        found = what_if.astype(float) - base.astype(float)
        found.attrs = {"long_name": f"{base.attrs.get('long_name', base.name)}, what-if less base",
                       "units": base.attrs.get("units", "1")}
    return found.transpose("replicate", ...).rename("difference")


def _summary(difference: xarray.DataArray, data: xarray.Dataset, level: float) -> xarray.Dataset:
    if not 0 < level < 1:
        raise HansaError(f"level={level}: a share between 0 and 1 was expected")
    values = difference.values
    counts = np.sum(~np.isnan(values), axis=0)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = np.where(counts > 0, np.nansum(values, axis=0) / counts, np.nan)
        error, freedom = _error_of(difference, mean, counts, int(data.attrs.get("replicates_per_draw", 0)))
        half = scipy.stats.t.ppf(0.5 + level / 2, np.where(freedom > 0, freedom, np.nan)) * error
    summary = xarray.Dataset({"difference": difference})
    for name, found in (("mean", mean), ("low", mean - half), ("high", mean + half)):
        summary[name] = (difference.dims[1:], found, dict(difference.attrs))
    return summary


def _error_of(difference: xarray.DataArray, mean: np.ndarray[Any, Any], counts: np.ndarray[Any, Any],
              per_draw: int) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """(standard error of the mean, its degrees of freedom), of the shape of `mean`."""
    off = np.nan_to_num(difference.values - mean)
    if per_draw == 0:
        return np.sqrt(np.sum(off**2, axis=0) / (counts - 1) / counts), counts - 1
    draw = difference["replicate"].values // per_draw
    sums = np.stack([off[draw == each].sum(axis=0) for each in np.unique(draw)])
    seen = np.stack([(~np.isnan(difference.values[draw == each])).any(axis=0) for each in np.unique(draw)]).sum(axis=0)
    return np.sqrt(seen / (seen - 1) * np.sum(sums**2, axis=0)) / counts, seen - 1
