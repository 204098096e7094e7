"""Quantiles: those of the file, and of times of which some are never."""

import hansa
import numpy as np
import pytest
from conftest import numbers


def test_counts_have_the_quantiles_of_the_file(six):
    runs = hansa.open(six)
    found = hansa.quantiles(runs).transpose("policy", "quantile", "time")
    np.testing.assert_allclose(found, numbers(six, "adopters_quantile"), rtol=1e-14)
    assert found["quantile"].values.tolist() == [0.05, 0.25, 0.5, 0.75, 0.95]


def test_quantiles_over_cities(six):
    runs = hansa.open(six)
    found = hansa.quantiles(runs, "adoption_time", [0.5], over="city")
    assert found.dims == ("quantile", "replicate", "policy")
    ordered = np.sort(runs.adoption_time.values, axis=2)
    np.testing.assert_array_equal(found.values[0], ordered[:, :, 2])  # the third of six


@pytest.mark.parametrize("never", ["last", "nan", "nat"])
def test_times_are_never_mixed_with_never(six, never):
    runs = hansa.open(six, never=never)
    found = hansa.quantiles(runs, "adoption_time", [0.1, 0.5, 0.9])
    raw = numbers(six, "adoption_time").astype(np.int64)
    raw[raw == -(2**31)] = hansa.NEVER
    ordered = np.sort(raw, axis=0)
    for row, level in zip(found.values, (0.1, 0.5, 0.9)):
        np.testing.assert_array_equal(row, ordered[int(np.ceil(level * 40)) - 1])
    assert (found == hansa.NEVER).any() and found.dtype == np.int64
    assert set(np.unique(found)) <= set(range(2000, 2010)) | {hansa.NEVER}


def test_missing_values_are_passed_over(sample):
    with pytest.warns(hansa.HansaWarning):
        runs = hansa.open(sample[0])
    found = hansa.quantiles(runs, "belief_mean", [0.5])
    assert found.sel(policy="trams").isnull().all() and found.sel(policy="led").notnull().all()
    np.testing.assert_allclose(found.sel(policy="led").values[0], np.median(runs.belief_mean.sel(policy="led"), axis=0))


def test_errors(six):
    runs = hansa.open(six)
    for words, message in (({"variable": "adopter"}, "no variable 'adopter', one of .*adopters"),
                           ({"over": "city"}, "none 'city'"), ({"levels": [5, 95]}, "shares from 0 to 1")):
        with pytest.raises(hansa.HansaError, match=message):
            hansa.quantiles(runs, **words)
