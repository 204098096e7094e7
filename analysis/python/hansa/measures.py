"""Quantiles over replicates, with "never" counted as later than every label."""

from __future__ import annotations

import warnings
from typing import Sequence

import numpy as np
import xarray

from .errors import HansaError
from .labels import NEVER, is_time, whole_labels


def variable_of(data: xarray.Dataset, name: str) -> xarray.DataArray:
    """The variable of that name. Error: there is none, with those that there are."""
    if name in data.data_vars:
        return data[name]
    known = ", ".join(sorted(str(each) for each in data.data_vars))
    raise HansaError(f"the file has no variable '{name}', one of {known} was expected")


def policy_of(data: xarray.Dataset, policy: str | None) -> str:
    """The policy meant: that named, or the only one. Error: unknown, or several and none named."""
    known = [str(each) for each in data["policy"].values] if "policy" in data.coords else []
    if not known:
        raise HansaError("the file has no dimension 'policy'; a result or a comparison was expected")
    if policy is None and len(known) == 1:
        return known[0]
    if policy not in known:
        asked = "name a policy" if policy is None else f"there is no policy '{policy}'"
        raise HansaError(f"{asked}, one of {', '.join(known)} was expected")
    return policy


def quantiles(data: xarray.Dataset, variable: str = "adopters",
              levels: Sequence[float] = (0.05, 0.25, 0.5, 0.75, 0.95), *, over: str = "replicate") -> xarray.DataArray:
    """Quantiles of a variable over a dimension, in its unit, with `quantile` (levels in 0 … 1) as the first dimension.

    Shape: (quantile, the variable's dimensions without `over`). Counts and shares: linear interpolation of order
    statistics, as `adopters_quantile` of the file (definition 7 of Hyndman & Fan 1996); missing values are passed over,
    NaN where all are. Labels of time: the smallest label that the share `level` of replicates does not exceed
    (definition 1), int64, `hansa.NEVER` where fewer replicates than that adopt; no label is ever interpolated with it.

    Raises HansaError: no such variable, it does not have the dimension, or a level outside of 0 … 1.
    """
    array = variable_of(data, variable)
    if over not in array.dims:
        raise HansaError(f"'{variable}' has dimensions {', '.join(map(str, array.dims))}, and none '{over}'")
    wanted = [float(level) for level in levels]
    if not all(0 <= level <= 1 for level in wanted):
        raise HansaError(f"levels of {wanted}: shares from 0 to 1 were expected")
    if is_time(array):
        found = whole_labels(array).quantile(wanted, over, method="inverted_cdf").astype("int64")
        found.attrs = {"long_name": f"quantiles of {array.attrs.get('long_name', variable)}", "never": NEVER}
        return found
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "All-NaN slice", RuntimeWarning)  # it is NaN, as the docstring says
        found = array.quantile(wanted, over, skipna=bool(np.issubdtype(array.dtype, np.floating)))
    found.attrs = dict(array.attrs)
    return found
