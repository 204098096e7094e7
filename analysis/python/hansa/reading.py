"""Opens a file that hansa left as labelled data with sensible types."""

from __future__ import annotations

import importlib.util
import re
import warnings
import zlib
from os import PathLike, fspath
from pathlib import Path
from typing import Any, Iterable, Mapping

import numpy as np
import xarray

from .errors import HansaError, HansaWarning
from .labels import FORMS, NEVER, UNWRITTEN, dates_of, labels_in_form

_SEAL = re.compile(rb"\nhansa-seal crc32=([0-9a-f]{8}) size=([0-9a-f]{16})\n")
_SEAL_BYTES = 49
_BOOLEANS = ("status_known", "funded")
_OF_CITIES = ("city_id", "city_name", "lat", "lon", "country", "region", "population")
_INDICES = ("event_mechanism", "intervention_policy")


def open(path: str | PathLike[str], *, never: str = "last", variables: Iterable[str] | None = None) -> xarray.Dataset:
    """The file of a run, comparison, fit, sweep or of statistics, read whole into memory and closed.

    path: FILE.h5, or FILE.h5.part of a run that was killed, of which what it counted as complete is read.
    never: what stands where a city never adopts, in all labels of time (`adoption_time`, `observed_adoption_time`, …):
        "last", the default: int32, and `hansa.NEVER` = 2**31 - 1, which is later than every label, so that
        `runs.adoption_time <= 2015` means what it says (no label masked as missing would ever be compared);
        "nan": float64 and NaN; "nat": datetime64[ns], the first of January, and NaT, for `time` too (years only).
    variables: names of those to read (dimensions and cities' columns come along); default all. A file of a million
        cities fits into memory by parts.

    Types: counts are integers where nothing is missing and float64 with NaN where something is (the observed curve
    after the last year of the data); shares and means are float64, NaN where missing; `status_known` and `funded` are
    bool; numbers along a dimension (`event_mechanism`, `intervention_policy`) keep -1 where there is none; texts are str.
    Dimensions are those of engine/io/README.md, in the file's order. `city` is labelled by `city_id`, and names,
    coordinates, country, region and population are coordinates along it. Replicates that failed are left out, with a
    HansaWarning that names them; `replicate` keeps the numbers of the others. An interrupted run is opened with a
    HansaWarning.

    Raises HansaError: no such file, none of hansa's, damaged (its seal does not fit), without a block that it refers to
    (`hansa sweep gather --virtual`), or no such variable; `never` is
    none of the three, or "nat" and time is not counted in years.
    """
    if never not in FORMS:
        raise HansaError(f"never='{never}': one of {', '.join(FORMS)} was expected")
    place = fspath(path)
    _check_seal(place)
    raw = _read(place, variables)
    raw = _trusted_part(place, raw)
    unit = str(raw["time"].attrs.get("units", "year")) if "time" in raw.variables else "year"
    decoded = {name: _decoded(str(name), raw[name], never, unit) for name in raw.variables}
    coordinates = {name: decoded.pop(name) for name in list(decoded)
                   if name in raw.dims or name in _OF_CITIES}
    if "city_id" in coordinates:
        coordinates["city"] = ("city", coordinates["city_id"][1], {"long_name": "stable id of the city"})
    if never == "nat" and "time" in coordinates:
        dims, labels, _ = coordinates["time"]
        coordinates["time"] = (dims, dates_of(np.asarray(labels), unit), {"long_name": "time"})
    return xarray.Dataset(decoded, coordinates, raw.attrs)


def _check_seal(place: str) -> None:
    """Compares the checksum after HDF5's last byte. A file without one (killed, or another program wrote) passes."""
    try:
        with Path(place).open("rb") as file:
            size = file.seek(0, 2)
            file.seek(max(0, size - _SEAL_BYTES))
            seal = _SEAL.fullmatch(file.read())
            if not seal:
                return
            file.seek(0)
            left, checksum = size - _SEAL_BYTES, 0
            while left > 0:
                block = file.read(min(left, 1 << 20))
                checksum = zlib.crc32(block, checksum)
                left -= len(block)
    except OSError as error:
        raise HansaError(f"{place}: the file cannot be read: {error.strerror}") from error
    if checksum != int(seal[1], 16) or size - _SEAL_BYTES != int(seal[2], 16):
        raise HansaError(f"{place}: the file is damaged: its bytes are not those that were sealed when it was finished; "
                         "fetch or make it again")


def _check_blocks(place: str, opened: xarray.Dataset) -> None:
    """Of a virtual file of a sweep: what it refers to is there, and is what it was. HDF5 itself takes what is not for missing."""
    if "block_file" not in opened.variables:
        return
    mend = ("the folder of the sweep was expected where it was beside the file; hansa sweep gather makes the file anew, "
            "without --virtual with everything in it")
    for name, seal in zip(opened["block_file"].values, opened["block_seal"].values):
        block = Path(place).resolve().parent / str(name)
        if not block.exists():
            raise HansaError(f"{place}: refers to the block '{name}', which is not there; {mend}")
        _check_seal(str(block))
        with block.open("rb") as file:
            file.seek(max(0, file.seek(0, 2) - _SEAL_BYTES))
            if file.read() != f"\nhansa-seal {seal}\n".encode():
                raise HansaError(f"{place}: refers to the block '{name}', which has changed since; {mend}")


def _engine() -> str:
    for engine, module in (("h5netcdf", "h5netcdf"), ("netcdf4", "netCDF4")):
        if importlib.util.find_spec(module):
            return engine
    raise HansaError("xarray reads these files by h5netcdf or netCDF4, and neither is installed: "
                     "apt install python3-h5netcdf, or pip install h5netcdf")


def _read(place: str, variables: Iterable[str] | None) -> xarray.Dataset:
    """The numbers as they stand in the file, of all variables or of those named."""
    engine = _engine()
    try:
        opened = xarray.open_dataset(place, engine=engine, mask_and_scale=False, decode_times=False, decode_coords=False)
    except (OSError, ValueError, KeyError) as error:
        raise HansaError(f"{place}: is no HDF5 file that can be read: {error}") from error
    with opened:
        if "engine_version" not in opened.attrs:
            raise HansaError(f"{place}: is no file of hansa's: the attribute 'engine_version' is missing")
        _check_blocks(place, opened)
        if variables is not None:
            wanted = list(variables)
            missing = [name for name in wanted if name not in opened.variables]
            if missing:
                known = ", ".join(sorted(str(name) for name in opened.data_vars))
                raise HansaError(f"{place}: has no variable '{missing[0]}', one of {known} was expected")
            used = {dimension for name in wanted for dimension in opened[name].dims}
            if "event" in used:
                wanted += ["event_count", "policy", "mechanism", "city_id"]  # what they number
            along = [name for name in ("replicate_status", *_OF_CITIES)
                     if name in opened.variables and set(opened[name].dims) <= used]
            return opened[list(dict.fromkeys(wanted + along))].load()
        return opened.load()


def _trusted_part(place: str, raw: xarray.Dataset) -> xarray.Dataset:
    """Without what was not counted as complete, and without failed replicates."""
    attributes = raw.attrs
    if attributes.get("contents") == "sweep" and int(attributes.get("complete", 1)) == 0:
        _warn(f"{place}: the sweep is not finished: {attributes.get('runs_finished')} of {attributes.get('runs')} runs are in it")
    if "replicates_complete" not in attributes or "replicate" not in raw.sizes:
        return raw
    complete = int(attributes["replicates_complete"])
    if complete < raw.sizes["replicate"]:
        raw = raw.isel(replicate=slice(complete))
    if "event" in raw.sizes and "event_count" in raw:
        counts = raw["event_count"].values
        raw = raw.isel(event=slice(int(counts[counts > 0].sum())))
    if int(attributes.get("complete", 1)) == 0:
        _warn(f"{place}: the run was not finished: {complete} of {attributes.get('replicates')} replicates are in the file")
    if "replicate_status" in raw:
        failed = raw["replicate_status"].values == 1
        if failed.any():
            why = str(attributes.get("failed_replicates", "")).strip().replace("\n", "; ")
            _warn(f"{place}: {int(failed.sum())} replicates failed and are left out: {why}")
            raw = raw.isel(replicate=np.flatnonzero(~failed))
    return raw


def _decoded(name: str, raw: xarray.DataArray, never: str, unit: str) -> tuple[Any, Any, Mapping[str, Any]]:
    """(dimensions, values, attributes) of a variable, by the rules that `open` states."""
    values = raw.values
    attributes = {str(key): value for key, value in raw.attrs.items() if key not in ("_FillValue", "coordinates")}
    fill = np.ravel(raw.attrs["_FillValue"])[0] if "_FillValue" in raw.attrs else None
    if name in _BOOLEANS:
        attributes = {key: value for key, value in attributes.items() if not key.startswith("flag_")}
        return raw.dims, values.astype(bool), attributes
    if values.dtype == object:
        return raw.dims, np.array([_text(value) for value in values.ravel()], dtype=object).reshape(values.shape), attributes
    if fill is None or not np.issubdtype(values.dtype, np.integer) or name in _INDICES:
        return raw.dims, values, attributes
    if fill == UNWRITTEN:
        attributes["labels_of_time"] = 1
        if never == "last":
            attributes["never"] = NEVER
        elif never == "nat":
            attributes.pop("units", None)
        return raw.dims, labels_in_form(values, never, unit), attributes
    missing = values == fill
    return raw.dims, np.where(missing, np.nan, values) if missing.any() else values, attributes


def _text(value: Any) -> str:
    return value.decode("utf-8") if isinstance(value, bytes) else str(value)


def _warn(message: str) -> None:
    warnings.warn(message, HansaWarning, stacklevel=4)
