"""Labels of time in the three forms that `hansa.open` offers, and the way back to whole numbers."""

from __future__ import annotations

from typing import Any

import numpy as np
import xarray

from .errors import HansaError

NEVER = 2**31 - 1
"""Stands for "never" where labels of time are whole numbers: a label after all others, so that `adoption_time <= 2015`,
sorting, and the median of replicates are right without a thought of those that never adopted."""

UNWRITTEN = -(2**31)
"""`_FillValue` of labels of time in the file: never."""

FORMS = ("last", "nan", "nat")


def labels_in_form(values: np.ndarray[Any, Any], form: str, unit: str) -> np.ndarray[Any, Any]:
    """The file's labels (int32, UNWRITTEN: never) as int32 with NEVER, float64 with NaN, or datetime64[ns] with NaT."""
    never = values == UNWRITTEN
    if form == "last":
        return np.where(never, NEVER, values).astype(np.int32)
    if form == "nan":
        return np.where(never, np.nan, values)
    return dates_of(values, unit)


def dates_of(values: np.ndarray[Any, Any], unit: str) -> np.ndarray[Any, Any]:
    """The first of January of each year, NaT where the file says never. Error: no years, or beyond what dates reach."""
    if unit != "year":
        raise HansaError(f"time is counted in '{unit}', and only years are dates; never='nan' takes any unit")
    never = values == UNWRITTEN
    known = values[~never]
    if known.size and (known.min() < 1678 or known.max() > 2261):
        raise HansaError("dates reach from 1678 to 2261, and the file has years beyond; never='nan' takes them")
    dates = (np.where(never, 1970, values).astype("int64") - 1970).astype("datetime64[Y]").astype("datetime64[ns]")
    dates[never] = np.datetime64("NaT")
    return dates


def whole_labels(labels: xarray.DataArray) -> xarray.DataArray:
    """Labels of time in any form as int64 with NEVER, of the same shape."""
    if np.issubdtype(labels.dtype, np.datetime64):
        missing = np.isnat(labels.values)
        whole = np.where(missing, NEVER, labels.values.astype("datetime64[Y]").astype("int64") + 1970)
    elif np.issubdtype(labels.dtype, np.floating):
        whole = np.where(np.isnan(labels.values), NEVER, labels.values)
    else:
        whole = labels.values
    return xarray.DataArray(whole.astype("int64"), labels.coords, labels.dims, labels.name, labels.attrs)


def is_time(array: xarray.DataArray) -> bool:
    """Whether these are labels of time that may be never: `adoption_time` and its like."""
    return bool(array.attrs.get("labels_of_time", 0))
