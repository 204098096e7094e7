"""Paired differences: those of a comparison file, of two results, and of nested draws."""

import warnings

import hansa
import numpy as np
import pytest
import xarray
from conftest import ROOT, numbers


def test_a_comparison_has_the_means_and_intervals_of_its_file(compared):
    pairs = hansa.paired(hansa.open(compared))
    np.testing.assert_allclose(pairs["mean"], numbers(compared, "adopters_difference"), atol=1e-12)
    bounds = numbers(compared, "adopters_difference_bound")
    np.testing.assert_allclose(pairs["low"], bounds[..., 0], atol=1e-12)
    np.testing.assert_allclose(pairs["high"], bounds[..., 1], atol=1e-12)
    assert pairs.difference.dims == ("replicate", "what_if", "policy", "time") and float(pairs["mean"].max()) > 0.1
    raw = numbers(compared, "adopters").astype(float)
    np.testing.assert_array_equal(pairs.difference, raw[:, 1:] - raw[:, :1])


def test_two_results_with_one_seed_are_the_same_pairs(folder, compared):
    base, gift = (hansa.run(folder / name, replicates=100) for name in ("six.yaml", "gift.yaml"))
    pairs = hansa.paired(base, gift)
    np.testing.assert_array_equal(pairs.difference, hansa.paired(hansa.open(compared)).difference.isel(what_if=0))
    gained = hansa.paired(base, gift, "adoption_time")["mean"]
    np.testing.assert_allclose(gained.sel(city=list("abcdef")), numbers(compared, "steps_gained")[0], atol=1e-12)
    assert float(gained.sel(policy="led", city="f")) > 0.5
    for never in ("nan", "nat"):
        others = (hansa.run(folder / name, replicates=100, never=never) for name in ("six.yaml", "gift.yaml"))
        np.testing.assert_allclose(hansa.paired(*others, variable="adoption_time")["mean"], gained)


def test_pairs_are_matched_by_their_numbers(folder):
    base, gift = (hansa.run(folder / name) for name in ("six.yaml", "gift.yaml"))
    some = gift.isel(replicate=[5, 3, 20])
    pairs = hansa.paired(base, some)
    assert sorted(pairs.replicate.values) == [3, 5, 20]
    xarray.testing.assert_equal(pairs.difference.sortby("replicate"), hansa.paired(base, gift).difference.sel(replicate=[3, 5, 20]))
    values = pairs.difference.sel(policy="led", time=2009).values
    assert pairs["mean"].sel(policy="led", time=2009) == values.mean()
    half = 4.302652729911275 * values.std(ddof=1) / np.sqrt(3)  # Student's t with two degrees of freedom
    np.testing.assert_allclose(pairs["high"].sel(policy="led", time=2009), values.mean() + half, rtol=1e-12)


def test_draws_are_clusters(folder, tmp_path):
    examples = ROOT / "analysis/examples"
    hansa.fit(examples / "bike-share-fit.yaml", output=tmp_path / "fit.h5")
    file = tmp_path / "drawn.h5"
    (tmp_path / "less.yaml").write_text(
        f"hansa: 1\nbase: {examples / 'bike-share-fit.yaml'}\n"
        "interventions: [{name: stop, at: 2012, set: {policies.bike_share.mechanisms.neighbours.strength: 0}}]\n")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", hansa.HansaWarning)
        found = hansa.compare(examples / "bike-share-fit.yaml", tmp_path / "less.yaml", from_fit=tmp_path / "fit.h5", draw=True,
                              replicates=60, reruns=0, output=file)
    assert found.attrs["replicates_per_draw"] > 1
    pairs = hansa.paired(found)
    bounds = numbers(file, "adopters_difference_bound")
    np.testing.assert_allclose(pairs["low"], bounds[..., 0], atol=1e-9)
    np.testing.assert_allclose(pairs["high"], bounds[..., 1], atol=1e-9)
    assert float(abs(pairs["high"] - pairs["low"]).max()) > 0.1


def test_errors(folder, six, compared):
    base = hansa.open(six)
    other = hansa.run(folder / "six.yaml", seed=12, replicates=3)
    longer = hansa.run(folder / "six.yaml", time__end=2010, replicates=3)
    for arguments, message in (((base, other), "different|share no luck"), ((base, longer), "different steps"),
                               ((base,), "nothing to be paired with"), ((base, base, "adopter"), "no variable 'adopter'"),
                               ((base, base, "at_risk"), "not kept by replicate"),
                               ((hansa.open(compared), None, "adopters_mean"), "not kept by scenario and replicate")):
        with pytest.raises(hansa.HansaError, match=message):
            hansa.paired(*arguments)
    with pytest.raises(hansa.HansaError, match="no replicate in common"):
        hansa.paired(base.isel(replicate=[0, 1]), base.isel(replicate=[2, 3]))
    with pytest.raises(hansa.HansaError, match="between 0 and 1"):
        hansa.paired(base, base, level=95)
