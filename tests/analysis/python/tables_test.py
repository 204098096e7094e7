"""Tables: of variables, of events, of estimates, of a sweep."""

import os

import hansa
import numpy as np
import pandas
import pytest
import xarray
from conftest import numbers


def test_a_row_for_each_combination(six):
    table = hansa.to_dataframe(hansa.open(six), "adoption_time")
    raw = numbers(six, "adoption_time")
    assert len(table) == raw.size and list(table.columns[:3]) == ["replicate", "policy", "city"]
    assert str(table.adoption_time.dtype) == "Int64" and "city_id" not in table and "city_name" in table
    assert table.adoption_time.isna().sum() == (raw == -(2**31)).sum()
    np.testing.assert_array_equal(table.adoption_time.fillna(-(2**31)).astype(int), raw.ravel())
    one = table[(table.replicate == 3) & (table.policy == "led") & (table.city == "a")]
    assert one.city_name.item() == "Ålesund" and one.adoption_time.item() == 2001


def test_dates_and_counts(six):
    dates = hansa.to_dataframe(hansa.open(six, never="nat"), "adoption_time").adoption_time
    assert dates.dt.year.min() == 2000 and dates.isna().any()
    table = hansa.to_dataframe(hansa.open(six), ["adopters", "population_covered"])
    assert len(table) == 40 * 2 * 10
    np.testing.assert_array_equal(table.adopters, numbers(six, "adopters").ravel())
    np.testing.assert_array_equal(table.population_covered, numbers(six, "population_covered").ravel())
    assert str(table.adopters.dtype) == "int32"


def test_tables_that_cannot_be(six):
    runs = hansa.open(six)
    with pytest.raises(hansa.HansaError, match="'adopters' has dimensions replicate, policy, time, but 'adoption_time'"):
        hansa.to_dataframe(runs, ["adopters", "adoption_time"])
    with pytest.raises(hansa.HansaError, match="no variable 'adopter'"):
        hansa.to_dataframe(runs, "adopter")
    with pytest.raises(hansa.HansaError, match="no variable is named"):
        hansa.to_dataframe(runs, [])


def test_events_are_the_adoptions(six):
    runs = hansa.open(six)
    log = hansa.events(runs)
    assert list(log.columns) == ["replicate", "time", "policy", "city", "kind", "mechanism"]
    assert len(log) == numbers(six, "event_count").sum() and set(log.kind) == {"adoption", "replay"}
    times = hansa.to_dataframe(runs, "adoption_time").dropna(subset=["adoption_time"])
    merged = log.merge(times, on=["replicate", "policy", "city"])
    assert len(merged) == len(log) and (merged.time == merged.adoption_time).all()
    assert (log.mechanism[log.kind == "replay"] == "data").all()
    assert set(log.mechanism[log.kind == "adoption"]) <= {"baseline", "imitation"}
    pandas.testing.assert_frame_equal(log, hansa.events(xarray.open_dataset(six, engine="h5netcdf")), check_dtype=False)


def test_events_of_abandonments_have_no_mechanism(sample):
    with pytest.warns(hansa.HansaWarning):
        log = hansa.events(hansa.open(sample[0]))
    facts = sample[1]
    assert log.replicate.tolist() == facts["event_replicate"] and log.time.tolist() == facts["event_time"]
    left = log.kind == "abandonment"
    assert left.any() and log.mechanism[left].isna().all() and log.mechanism[~left].notna().all()
    with pytest.raises(hansa.HansaError, match="output__events=True"):
        hansa.events(xarray.Dataset())


def test_coefficients(fitted):
    table = hansa.coefficients(fitted).set_index("term")
    assert list(table.index) == ["baseline", "income_high", "neighbours", "sisters"]
    row = table.loc["neighbours"]
    np.testing.assert_allclose([row.estimate, row.standard_error, row.low, row.high, row.p], [1.42425, 0.38406, 0.67151, 2.17699, 0.00021],
                               atol=1e-5)
    narrow = hansa.coefficients(fitted, level=0.5).set_index("term")
    np.testing.assert_allclose((narrow.high - narrow.estimate) / narrow.standard_error, 0.6744897501960817)
    with pytest.raises(hansa.HansaError, match="file of hansa fit"):
        hansa.coefficients(xarray.Dataset())


def test_estimates_of_several_fits():
    table = hansa.coefficients(hansa.open(os.environ["HANSA_FIT"]))
    assert list(table.fit + "." + table.term) == ["led.baseline", "led.imitation", "led.trend_1", "solar.größe"]
    assert table.estimate.tolist() == [-5.25, 1.5, 1 / 3, 0.5] and table.standard_error[1] == 0.2


MEASURES = {"final_share": ("policy",), "time_to": ("policy",), "curve": ("policy", "time")}


def sweep(complete=1):
    """A gathered sweep of three points in two scenarios, laid out as hansa sweep does."""
    sizes = {"design": 3, "policy": 2, "time": 2, "replicate": 4, "quantile": 3}
    made = xarray.Dataset(
        {"policies.led.baseline": ("design", [-3.0, -2.0, -1.0]),
         "policies.led.rule": ("design", np.array(["logit", "logit", "cloglog"], dtype=object)),
         "replicates_finished": ("design", np.array([4, 4, 3], dtype=np.int32))},
        {"design": [0, 1, 2], "policy": ["led", "trams"], "time": [2000, 2001], "replicate": range(4), "quantile": [5.0, 50.0, 95.0]},
        {"engine_version": "0.1.0", "contents": "sweep", "complete": np.int8(complete), "runs": 12, "runs_finished": 11})
    for number, (name, axes) in enumerate(MEASURES.items()):
        for part, (end, more) in enumerate((("", ()), ("_sd", ()), ("_se", ()), ("_missing", ()), ("_quantile", ("quantile",)))):
            dims = ("design", *axes, *more)
            shape = [sizes[axis] for axis in dims]
            values = np.arange(np.prod(shape), dtype=float).reshape(shape) + 100 * part + 1000 * number
            made[name + end] = (dims, values if end != "_missing" else np.full(shape, int(name == "time_to"), dtype=np.int32))
        if "time" not in axes:
            made[name + "_each"] = (("design", "replicate", *axes), np.zeros((3, 4, 2)))
    return made


def test_a_sweep_has_a_row_for_each_point(tmp_path):
    sweep().to_netcdf(tmp_path / "sweep.h5", engine="h5netcdf")
    frame = hansa.sweep_frame(hansa.open(tmp_path / "sweep.h5"))
    assert frame.index.name == "design" and frame.index.tolist() == [0, 1, 2]
    assert list(frame.columns) == (
        ["policies.led.baseline", "policies.led.rule", "replicates_finished"]
        + [f"final_share_{of}[{policy}]" for of in ("mean", "sd", "se") for policy in ("led", "trams")]
        + [f"time_to_{of}[{policy}]" for of in ("mean", "sd", "se", "missing") for policy in ("led", "trams")]
        + [f"curve_{of}[{policy}, {time}]" for of in ("mean", "sd", "se") for policy in ("led", "trams") for time in (2000, 2001)])
    assert frame["final_share_mean[trams]"].tolist() == [1, 3, 5] and frame["final_share_se[led]"].tolist() == [200, 202, 204]
    assert frame["curve_mean[trams, 2000]"].tolist() == [2002, 2006, 2010] and frame["policies.led.rule"].tolist()[2] == "cloglog"
    chosen = hansa.sweep_frame(sweep(), policy="trams", time=2001)
    assert chosen.final_share_mean.tolist() == [1, 3, 5] and chosen.curve_sd.tolist() == [2103, 2107, 2111]
    alone = hansa.sweep_frame(sweep().isel(policy=[0]))
    assert alone.final_share_mean.tolist() == [0, 2, 4] and "curve_mean[2000]" in alone


def test_an_unfinished_sweep_is_told(tmp_path):
    sweep(complete=0).to_netcdf(tmp_path / "sweep.h5", engine="h5netcdf")
    with pytest.warns(hansa.HansaWarning, match="11 of 12 runs"):
        assert hansa.open(tmp_path / "sweep.h5").sizes["replicate"] == 4


def test_sweeps_that_cannot_be_read(six):
    for data, labels, message in ((hansa.open(six), {}, "no dimension 'design'"), (sweep(), {"city": "a"}, "no dimension 'city'"),
                                  (sweep(), {"policy": "x"}, "no policy 'x', one of led, trams")):
        with pytest.raises(hansa.HansaError, match=message):
            hansa.sweep_frame(data, **labels)
