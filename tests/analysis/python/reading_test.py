"""hansa.open: numbers as h5py reads them, types as its docstring says, and files that are not to be trusted."""

import shutil

import h5py
import hansa
import numpy as np
import pytest
from conftest import numbers

UNWRITTEN = -(2**31)


def test_every_number_is_that_of_the_file(six):
    runs = hansa.open(six)
    with h5py.File(six) as file:
        names = {name for name in file if b"not a netCDF variable" not in file[name].attrs.get("NAME", b"")}
        assert names <= set(runs.variables) and "city" not in names and "event" not in names
        compared = 0
        for name in names:
            raw, found = file[name][()], runs[name].values
            if raw.dtype.kind == "O":
                assert [each.decode() for each in raw.ravel()] == list(found.ravel()), name
            else:
                fill = file[name].attrs.get("_FillValue", [None])[0]
                never = raw == UNWRITTEN
                known = ~never if fill is None or np.isnan(fill) else raw != fill
                np.testing.assert_array_equal(found[known], raw[known], err_msg=name)
            compared += 1
        assert compared > 30
        assert dict(runs.sizes) == {name: file[name].shape[0] for name in runs.sizes}


def test_never_is_later_than_every_label(six):
    runs = hansa.open(six)
    raw = numbers(six, "adoption_time")
    assert runs.adoption_time.dtype == np.int32 and runs.adoption_time.dims == ("replicate", "policy", "city")
    assert (raw == UNWRITTEN).any()
    np.testing.assert_array_equal(runs.adoption_time == hansa.NEVER, raw == UNWRITTEN)
    at_end = (runs.adoption_time <= 2009).sum("city")
    np.testing.assert_array_equal(at_end, runs.adopters.sel(time=2009))


def test_never_as_nan_and_as_nat(six):
    raw = numbers(six, "adoption_time")
    floating = hansa.open(six, never="nan").adoption_time
    assert floating.dtype == np.float64
    np.testing.assert_array_equal(floating, np.where(raw == UNWRITTEN, np.nan, raw))
    runs = hansa.open(six, never="nat")
    assert runs.adoption_time.dtype == np.dtype("datetime64[ns]") and runs.time.dtype == np.dtype("datetime64[ns]")
    np.testing.assert_array_equal(runs.adoption_time.isnull(), raw == UNWRITTEN)
    years = runs.adoption_time.dt.year
    np.testing.assert_array_equal(years.values[raw != UNWRITTEN], raw[raw != UNWRITTEN])
    assert str(runs.time.values[0])[:10] == "2000-01-01"


def test_dates_need_years(folder):
    hansa.run(folder / "six.yaml", output=folder / "months.h5", replicates=2, settings={"time.unit": "month"})
    with pytest.raises(hansa.HansaError, match="counted in 'month'"):
        hansa.open(folder / "months.h5", never="nat")
    assert hansa.open(folder / "months.h5", never="nan").adoption_time.dtype == np.float64
    with pytest.raises(hansa.HansaError, match="last, nan, nat"):
        hansa.open(folder / "months.h5", never="none")


def test_types_of_counts_flags_and_texts(six):
    runs = hansa.open(six)
    assert runs.adopters.dtype == np.int32 and runs.status_known.dtype == bool
    assert runs.observed_adopters.dtype == np.float64  # silent after the last year of the data
    seen = runs.observed_adopters.sel(policy="led")
    raw = numbers(six, "observed_adopters")[0]
    np.testing.assert_array_equal(seen, np.where(raw == -1, np.nan, raw))
    assert seen.isnull().any() and runs.observed_adopters.sel(policy="trams").isnull().all()
    assert list(runs.policy.values) == ["led", "trams"] and all(isinstance(name, str) for name in runs.city_name.values)
    assert runs.population_covered.dtype == np.float64 and runs.event_mechanism.dtype == np.int32


def test_cities_are_labelled_by_id(six):
    runs = hansa.open(six)
    assert runs.city_name.sel(city="a").item() == "Ålesund" and runs.city_name.sel(city="c").item() == "<b>Caen</b>"
    assert {"city_id", "city_name", "lat", "lon", "country", "region", "population"} <= set(runs.coords)
    assert runs.adoption_time.sel(city="a", policy="led").values.tolist() == [2001] * 40


def test_a_failed_replicate_is_left_out_and_told(sample):
    file, facts = sample
    with pytest.warns(hansa.HansaWarning, match="1 replicates failed .*4: failed on purpose"):
        runs = hansa.open(file)
    assert runs.sizes["replicate"] == facts["replicates"] - 1 and 4 not in runs.replicate.values
    written = np.array([np.nan if each is None else each for each in facts["adopters"]]).reshape(60, 2, 5)
    assert runs.adopters.dtype == np.int32
    np.testing.assert_array_equal(runs.adopters, np.delete(written, 4, axis=0))
    assert runs.belief_mean.dims == ("replicate", "policy", "time", "city")


def test_only_what_is_asked_for(six):
    runs = hansa.open(six, variables=["adopters"])
    assert set(runs.data_vars) <= {"adopters", "replicate_status"} and "city" not in runs.sizes
    assert "lat" in hansa.open(six, variables=["adoption_time"]).coords
    log = [f"event_{of}" for of in ("replicate", "time", "policy", "city", "kind", "mechanism")]
    assert hansa.events(hansa.open(six, variables=log)).equals(hansa.events(hansa.open(six)))
    with pytest.raises(hansa.HansaError, match="no variable 'adopter', one of .*adopters"):
        hansa.open(six, variables=["adopter"])


def test_the_part_of_a_killed_run(six, tmp_path):
    part = tmp_path / "killed.h5.part"
    shutil.copy(six, part)
    with h5py.File(part, "a") as file:  # writing takes the seal away, as a kill leaves it
        file.attrs["replicates_complete"] = np.int32(7)
        file.attrs["complete"] = np.int8(0)
    with pytest.warns(hansa.HansaWarning, match="7 of 40 replicates"):
        runs = hansa.open(part)
    assert runs.sizes["replicate"] == 7
    np.testing.assert_array_equal(runs.adopters, numbers(six, "adopters")[:7])
    assert runs.sizes["event"] == numbers(six, "event_count")[:7].sum()
    assert set(np.unique(runs.event_replicate)) <= set(range(7))
    with pytest.warns(hansa.HansaWarning):
        assert hansa.open(part, variables=["event_time"]).sizes["event"] == runs.sizes["event"]


def test_what_is_no_result(six, tmp_path):
    with pytest.raises(hansa.HansaError, match="no.h5: the file cannot be read: No such file"):
        hansa.open(tmp_path / "no.h5")
    (tmp_path / "text.h5").write_text("not HDF5\n" * 20)
    with pytest.raises(hansa.HansaError, match="no HDF5 file"):
        hansa.open(tmp_path / "text.h5")
    with h5py.File(tmp_path / "other.h5", "w") as file:
        file["x"] = [1]
    with pytest.raises(hansa.HansaError, match="is no file of hansa's|is no HDF5 file"):
        hansa.open(tmp_path / "other.h5")
    damaged = bytearray(six.read_bytes())
    damaged[len(damaged) // 2] ^= 1
    (tmp_path / "damaged.h5").write_bytes(damaged)
    with pytest.raises(hansa.HansaError, match="damaged"):
        hansa.open(tmp_path / "damaged.h5")
