"""Opens a result file with one of Python's readers, or ncdump, and compares it with the facts beside it."""
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import warnings
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "analysis/python"))
import hansa  # noqa: E402  the table of events

NEVER = -2147483648
EVENTS = ["event_replicate", "event_policy", "event_city", "event_time", "event_kind", "event_mechanism"]


def flat(facts, name):
    return np.array([np.nan if v is None else v for v in facts[name]], dtype=float)


def same(found, facts, name):
    np.testing.assert_array_equal(np.asarray(found, dtype=float).ravel(), flat(facts, name), err_msg=name)


def texts(found):
    return [v.decode() if isinstance(v, bytes) else str(v) for v in np.asarray(found).ravel()]


def xarray_reader(engine):
    def check(path, facts):
        import xarray

        with warnings.catch_warnings():
            warnings.simplefilter("error")  # a reader that warns has met something odd
            warnings.filterwarnings("ignore", category=DeprecationWarning)
            warnings.filterwarnings("ignore", category=FutureWarning)
            warnings.filterwarnings("ignore", "numpy.ndarray size changed")  # of Debian's netCDF4, not of the file
            runs = xarray.open_dataset(path, engine=engine).load()
        assert runs.adoption_time.dims == ("replicate", "policy", "city")
        assert runs.adopters_by_region.dims == ("replicate", "policy", "group_region", "time")
        assert runs.new_adoptions_by_mechanism.dims == ("policy", "mechanism", "time")
        assert not any("phony" in d for d in runs.sizes), runs.sizes
        assert runs.sizes["replicate"] == facts["replicates"]
        assert list(runs.time.values) == [2000, 2001, 2002, 2003, 2004] and runs.time.attrs["units"] == "year"
        assert texts(runs.policy) == ["led", "trams"] and texts(runs.group_region) == ["Nord", "Süd"]
        assert texts(runs.mechanism) == ["baseline", "data", "imitation"]
        same(runs.adoption_time, facts, "adoption_time")
        assert runs.abandonments.dims == ("replicate", "policy", "city") and runs.abandonments.max() == 1
        same(runs.abandonments, facts, "abandonments")
        assert runs.belief_mean.dims == runs.belief_precision.dims == ("replicate", "policy", "time", "city")
        assert runs.belief_mean.sel(policy="trams").isnull().all() and "city_id" in runs.belief_mean.coords
        same(runs.belief_mean, facts, "belief_mean")
        same(runs.belief_precision, facts, "belief_precision")
        same(runs.adopters, facts, "adopters")
        same(runs.adopters_by_region.sel(group_region="Nord"), facts, "adopters_nord")
        same(runs.population_covered, facts, "population_covered")
        same(runs.population, facts, "population")
        assert texts(runs.city_id) == facts["city_id"] and texts(runs.city_name) == facts["city_name"]
        assert "city_id" in runs.adoption_time.coords and "lat" in runs.adoption_time.coords
        assert list(np.flatnonzero(runs.replicate_status.values)) == [4]
        wanted = runs.adopters.quantile([0.05, 0.5, 0.95], "replicate").transpose("policy", "quantile", "time")
        np.testing.assert_allclose(runs.adopters_quantile.values, wanted.values, rtol=1e-14)
        # Those who adopt in the steps are the last count less the initial adopters (labels before 2000).
        new = (runs.adoption_time >= 2000).sum("city").where(runs.replicate_status == 0)
        by_mechanism = runs.new_adoptions_by_mechanism_total.sum("mechanism", skipna=False)
        np.testing.assert_allclose(by_mechanism.values, new.values, rtol=1e-12)
        mean = runs.new_adoptions_by_mechanism.sum("time")
        np.testing.assert_allclose(
            mean.values, runs.new_adoptions_by_mechanism_total.mean("replicate").values, rtol=1e-12
        )
        events(runs, facts)
        attributes(runs.attrs, facts)

    return check


def events(runs, facts):
    for name in EVENTS:
        assert runs[name].dims == ("event",), name
        assert np.issubdtype(runs[name].dtype, np.floating if name == "event_mechanism" else np.integer), name
        same(runs[name], facts, name)
    kinds = runs.event_kind.flag_meanings.split()
    assert kinds[:2] == ["adoption", "abandonment"] and list(runs.event_kind.flag_values) == [0, 1, 2, 3, 4, 5, 6]
    table = hansa.events(runs)
    assert list(table.kind) == [kinds[number] for number in facts["event_kind"]]
    assert set(table.mechanism.dropna()) == set(texts(runs.mechanism))
    assert (table.mechanism.isnull() == (table.kind == "abandonment")).all() and table.mechanism.isnull().any()
    counts = table.groupby("replicate").size().reindex(range(facts["replicates"]))
    np.testing.assert_array_equal(runs.event_count.values, counts.values)  # missing of the failed one
    assert counts.isnull().sum() == 1
    adopted = table[table.kind == "adoption"].groupby(["replicate", "policy", "city"]).time.min()
    times = runs.adoption_time.to_series()
    times.index = times.index.set_levels(runs.city_id.values, level="city")
    later = times[times >= 2000]
    assert len(later) == len(adopted) and (later.sort_index() == adopted.sort_index()).all()


def attributes(found, facts):
    assert found["title"] == facts["title"] and found["seed"] == facts["seed"], found
    assert found["Conventions"] == "CF-1.10"
    assert int(found["complete"]) == 1 and int(found["replicates_complete"]) == facts["replicates"]
    assert int(found["replicates_failed"]) == 1 and found["failed_replicates"] == "4: failed on purpose\n"
    assert found["input_sha256"] == "a" * 64 + "  data/cities.csv\n"
    assert "Umlauts äöü" in found["scenario"] and len(found["scenario"]) > 80000
    assert re.fullmatch(r"[0-9a-f]{64}", found["world_sha256"])
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", found["finished"])


def h5py_reader(path, facts):
    import h5py

    with h5py.File(path) as file:
        times = file["adoption_time"]
        assert times.dtype == np.dtype("<i4") and times.fillvalue == NEVER
        assert times.attrs["_FillValue"].shape == (1,) and times.attrs["_FillValue"][0] == NEVER
        assert times.compression == "gzip" and times.compression_opts == 1 and times.shuffle
        assert times.chunks == (25, 1, 23)
        values = times[:].astype(float)
        values[values == NEVER] = np.nan
        same(values, facts, "adoption_time")
        assert file["abandonments"].dtype == np.dtype("<i2")
        beliefs = file["belief_mean"]
        assert beliefs.dtype == np.dtype("<f8") and np.isnan(beliefs.attrs["_FillValue"][0])
        assert beliefs.compression == "gzip" and beliefs.shuffle and beliefs.chunks == (1, 1, 5, 23)
        same(beliefs[:], facts, "belief_mean")
        for name in EVENTS:
            assert file[name].compression == "gzip" and file[name].shuffle and file[name].maxshape == (None,), name
            values = file[name][:].astype(float)
            if name == "event_mechanism":
                values[values == file[name].attrs["_FillValue"][0]] = np.nan
            same(values, facts, name)
        assert file["event_kind"].dtype == np.int8 and file["event"].shape == file["event_kind"].shape
        counts = file["adopters"][:].astype(float)
        counts[counts == -1] = np.nan
        same(counts, facts, "adopters")
        assert list(file["city_name"].asstr()[:]) == facts["city_name"]
        assert file["status_known"].dtype == np.int8
        for name, data in file.items():
            assert data.dtype.kind in "if" or h5py.check_string_dtype(data.dtype).length is None, name
            if not h5py.h5ds.is_scale(data.id):
                assert all(len(axis) == 1 for axis in data.dims), name + " has an axis without a name"
        attributes(file.attrs, facts)


def run(*command):
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, (command, done.stderr)
    return done.stdout


def ncdump_reader(path, facts):
    header = run("ncdump", "-hs", path)
    assert "phony" not in header.lower(), header
    assert re.search(r"replicate = UNLIMITED ; // \(%d currently\)" % facts["replicates"], header), header
    assert "int adoption_time(replicate, policy, city) ;" in header
    assert "short abandonments(replicate, policy, city) ;" in header
    assert "double belief_precision(replicate, policy, time, city) ;" in header
    assert "city = 23 ;" in header
    assert re.search(r"event = UNLIMITED ; // \(%d currently\)" % len(facts["event_time"]), header), header
    assert "int event_mechanism(event) ;" in header and "byte event_kind(event) ;" in header
    assert "event_kind:flag_values = 0b, 1b, 2b, 3b, 4b, 5b, 6b ;" in header
    assert '_Format = "netCDF-4"' in header
    assert re.search(r'_NCProperties = "version=2,hansa=[^"]*,hdf5=[0-9.]+"', header), header[-400:]
    data = run("ncdump", "-v", "adoption_time", path).split("adoption_time =")[-1].rstrip(" ;}\n")
    values = [np.nan if v.strip() == "_" else float(v) for v in data.split(",")]
    same(values, facts, "adoption_time")


def append_reader(path, facts):
    """The netCDF library not only reads the file but extends it."""
    import netCDF4

    with tempfile.TemporaryDirectory() as folder:
        copy = os.path.join(folder, "copy.nc")
        shutil.copy(path, copy)
        with netCDF4.Dataset(copy, "a") as file:
            file.createVariable("extra", "f4", ("city",))[:] = 1.0
            file.title = "changed"
        with netCDF4.Dataset(copy) as file:
            assert file.title == "changed" and file["extra"][:].sum() == 23
            same(np.ma.filled(file["adoption_time"][:].astype(float), np.nan), facts, "adoption_time")
            same(np.ma.filled(file["event_city"][:].astype(float), np.nan), facts, "event_city")


READERS = {
    "h5netcdf": xarray_reader("h5netcdf"),
    "netcdf4": xarray_reader("netcdf4"),
    "h5py": h5py_reader,
    "ncdump": ncdump_reader,
    "append": append_reader,
}

if __name__ == "__main__":
    reader, path, facts_path = sys.argv[1:]
    with open(facts_path, encoding="utf-8") as lines:
        READERS[reader](path, json.load(lines))
