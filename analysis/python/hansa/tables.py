"""Tables of result files for pandas: observations, events, estimates, and the points of a sweep."""

from __future__ import annotations

from typing import Any, Sequence

import numpy as np
import pandas
import scipy.stats
import xarray

from .errors import HansaError
from .labels import NEVER, is_time
from .measures import variable_of


def to_dataframe(data: xarray.Dataset, variables: str | Sequence[str] = "adopters") -> pandas.DataFrame:
    """A table with a row for each combination of labels, and columns for dimensions, cities' columns and variables.

    All variables have the same dimensions. Labels of time are pandas' Int64, and <NA> where a city never adopts (dates
    and NaT where the file was opened with never="nat"). Raises HansaError: no such variable, or different dimensions.
    """
    names = [variables] if isinstance(variables, str) else list(variables)
    if not names:
        raise HansaError("no variable is named")
    arrays = {name: variable_of(data, name) for name in names}
    for name, array in arrays.items():
        if set(array.dims) != set(arrays[names[0]].dims):
            raise HansaError(f"'{names[0]}' has dimensions {', '.join(map(str, arrays[names[0]].dims))}, but '{name}' "
                             f"{', '.join(map(str, array.dims))}; make a table of each")
    table: pandas.DataFrame = data[names].to_dataframe(dim_order=list(arrays[names[0]].dims)).reset_index()
    for name, array in arrays.items():
        if is_time(array) and not np.issubdtype(array.dtype, np.datetime64):
            table[name] = table[name].replace(NEVER, np.nan).astype("Int64")
    if "city" in table and "city_id" in table:
        table = table.drop(columns="city_id")
    return table.drop(columns=[name for name in data.coords if name not in data.dims and data[name].ndim == 0
                               and name in table])


def events(data: xarray.Dataset) -> pandas.DataFrame:
    """The log of events, one a row, in the order of replicate, time, policy and city.

    Columns: replicate, time, policy, city (its id), kind (adoption, abandonment, seed, mandate, replay, …; the flags of
    `event_kind`), mechanism: that with the largest share of the adoption, None of abandonments. `data` is of
    `hansa.open`, or of xarray alone. Raises HansaError: the run was made without `output: {events: true}`.
    """
    if "event_kind" not in data:
        raise HansaError("the file has no events: run with output.events=true, as in hansa.run(S, output__events=True)")
    flags = np.ravel(data["event_kind"].attrs["flag_values"]).astype(int)
    kinds = dict(zip(flags, str(data["event_kind"].attrs["flag_meanings"]).split()))
    mechanism = data["event_mechanism"].values
    with np.errstate(invalid="ignore"):
        number = np.where(mechanism >= 0, mechanism, 0).astype(int)
    return pandas.DataFrame({
        "replicate": data["event_replicate"].values,
        "time": data["event_time"].values,
        "policy": data["policy"].values[data["event_policy"].values],
        "city": data["city_id"].values[data["event_city"].values],
        "kind": pandas.Series(data["event_kind"].values.astype(int)).map(kinds),
        "mechanism": pandas.Series(data["mechanism"].values[number], dtype=object).where(mechanism >= 0, None),
    })


def coefficients(data: xarray.Dataset, *, level: float = 0.95) -> pandas.DataFrame:
    """The estimates of a file of `hansa fit`, a term a row.

    Columns: fit, term, estimate, standard_error (of the errors that the fit reports), low, high (Wald interval of that
    level), p (two-sided, of no effect). Estimates are logarithms of odds under the link logit, of hazards under cloglog.
    Raises HansaError: no file of estimates.
    """
    if data.attrs.get("contents") != "estimates":
        raise HansaError("a file of hansa fit was expected")
    half = scipy.stats.norm.ppf(0.5 + level / 2)
    table = pandas.DataFrame({
        "fit": data["fit"].values[data["fit_of"].values.astype(int)],
        "term": data["term"].values,
        "estimate": data["estimate"].values,
        "standard_error": data["standard_error"].values,
    })
    table["low"] = table.estimate - half * table.standard_error
    table["high"] = table.estimate + half * table.standard_error
    table["p"] = 2 * scipy.stats.norm.sf(np.abs(table.estimate / table.standard_error))
    return table


def sweep_frame(data: xarray.Dataset, **labels: Any) -> pandas.DataFrame:
    """The points of a gathered sweep, one a row, by number along `design`.

    Columns: parameters by their paths, `scenario` and `seed` where points differ in them, numbers of replicates, and of
    each measure, over the replicates of the point, `MEASURE_mean`, `MEASURE_sd` and `MEASURE_se` (standard error of the
    mean), in the measure's unit; `MEASURE_missing` where some replicates have no number. A measure with further dimensions
    (policy, time, …) has a column for each of their labels, `MEASURE_mean[LABEL]`; dimensions of one label are left out.
    `labels` choose, as in sweep_frame(data, policy="brt"). Quantiles and single replicates (`MEASURE_quantile`,
    `MEASURE_each`) stay in `data`. Raises HansaError: no sweep, or no such dimension or label.
    """
    if "design" not in data.dims:
        raise HansaError("the file has no dimension 'design': a gathered file of hansa sweep was expected")
    for name, label in labels.items():
        if name not in data.dims or name == "design":
            raise HansaError(f"the sweep has no dimension '{name}' to choose from")
        if label not in data[name].values:
            raise HansaError(f"the sweep has no {name} '{label}', one of {', '.join(map(str, data[name].values))} was expected")
    chosen = data.sel(labels)
    columns: dict[str, Any] = {}
    for name, array in chosen.data_vars.items():
        if "design" not in array.dims or {"replicate", "quantile"} & set(array.dims):
            continue
        if str(name).endswith("_missing") and not bool((array > 0).any()):
            continue
        label = f"{name}_mean" if f"{name}_se" in chosen else str(name)
        columns.update(_columns(label, array.transpose("design", ...)))
    index = pandas.Index(chosen["design"].values, name="design")
    return pandas.DataFrame(columns, index=index)


def _columns(name: str, array: xarray.DataArray) -> dict[str, Any]:
    array = array.squeeze([dimension for dimension in array.dims[1:] if array.sizes[dimension] == 1], drop=True)
    if array.ndim == 1:
        return {name: array.values}
    flat = array.stack(column=array.dims[1:])
    labels = [", ".join(map(str, label if isinstance(label, tuple) else (label,))) for label in flat["column"].values]
    return {f"{name}[{label}]": flat.values[:, number] for number, label in enumerate(labels)}
