"""Figures: the numbers that they draw, what they say where there is nothing to draw, and equal bytes."""

import hansa
import numpy as np
import pandas
import pytest
from conftest import ROOT, numbers
from matplotlib import pyplot
from matplotlib.colors import to_hex

plot = hansa.plot


@pytest.fixture(autouse=True)
def closed():
    yield
    pyplot.close("all")


def texts(ax):
    return [text.get_text() for text in ax.texts]


def line_of(ax, colour):
    return next(line for line in ax.lines if to_hex(line.get_color()) == colour.lower() and line.get_linestyle() == "-")


def test_the_curve_is_the_median(six):
    ax = plot.scurve(hansa.open(six), "trams")
    drawn = line_of(ax, plot.style.COLOURS[0]).get_ydata()
    np.testing.assert_allclose(drawn, numbers(six, "adopters_quantile")[1, 2])
    bands = sorted(ax.collections, key=lambda band: -np.ptp(band.get_paths()[0].vertices[:, 1]))
    wide = bands[0].get_paths()[0].vertices
    low, high = numbers(six, "adopters_quantile")[1, [0, 4], -1]
    end = wide[wide[:, 0] == 2009][:, 1]
    assert (end.min(), end.max()) == (low, high)
    assert ax.get_xlabel() == "bands: 50 % and 90 % of replicates" and f"simulated {drawn[-1]:.0f}" in texts(ax)


def test_observed_and_simulated_are_of_the_same_cities(six):
    runs = hansa.open(six)  # the data tell of two cities of the north, and of c, which they name
    told = (runs.status_known & (runs.at_risk > 0)).sel(policy="led")
    assert told.values.tolist() == [True, True, True, False, False, False]
    ax = plot.scurve(runs, "led")
    wanted = [np.median((runs.adoption_time.sel(policy="led")[:, :3] <= year).sum("city")) for year in runs.time.values]
    np.testing.assert_allclose(line_of(ax, plot.style.COLOURS[0]).get_ydata(), wanted)
    dots = next(line for line in ax.lines if line.get_marker() == "o")
    np.testing.assert_array_equal(dots.get_ydata(), runs.observed_adopters.sel(policy="led"))
    assert "3 cities of which the data tell" in ax.get_xlabel() and "observed" in texts(ax)
    without = plot.scurve(runs, "led", observed=False)
    np.testing.assert_allclose(line_of(without, plot.style.COLOURS[0]).get_ydata(), numbers(six, "adopters_quantile")[0, 2])
    with pytest.warns(hansa.HansaWarning, match="silent on some cities"):
        plot.scurve(runs.drop_vars("adoption_time"), "led")


def test_curves_by_group_and_scenario(six, compared):
    ax = plot.scurve(hansa.open(six), "trams", by="region", runs=3)
    assert sorted(text.split()[0] for text in texts(ax)) == ["north", "south"]
    ax = plot.scurve(hansa.open(compared), "led")
    raw = numbers(compared, "adopters")[:, :, 0]
    for number in (0, 1):
        np.testing.assert_allclose(line_of(ax, plot.style.COLOURS[number]).get_ydata(), np.median(raw[:, number], axis=0))
    with pytest.raises(hansa.HansaError, match="no counts by 'income', one of region"):
        plot.scurve(hansa.open(six), "led", by="income")
    with pytest.raises(hansa.HansaError, match="name a policy, one of led, trams"):
        plot.scurve(hansa.open(six))


def test_differences(compared):
    pairs = hansa.paired(hansa.open(compared))
    ax = plot.difference(pairs, "led")
    np.testing.assert_allclose(line_of(ax, plot.style.COLOURS[0]).get_ydata(), numbers(compared, "adopters_difference")[0, 0])
    begun = next(line for line in ax.lines if len(line.get_xdata()) == 2 and line.get_xdata()[0] == line.get_xdata()[1])
    assert begun.get_xdata()[0] == 2004 and any(list(line.get_ydata()) == [0, 0] for line in ax.lines)
    assert any(text.startswith("gift\n+") for text in texts(ax))
    with pytest.raises(hansa.HansaError, match="differences over time"):
        plot.difference(hansa.open(compared), "led")


def test_maps_show_chances(six, compared):
    runs = hansa.open(six)
    ax = plot.map(runs, "chance", "trams", at=2005)
    shown = np.sort(ax.collections[1].get_array())
    raw = numbers(six, "adoption_time")[:, 1]
    np.testing.assert_allclose(shown, np.sort(((raw <= 2005) & (raw != -(2**31))).mean(axis=0)))
    north = plot.map(runs, "chance", "trams").collections[1].get_offsets()
    assert north[:, 1].max() == 62.5  # a regional map: degrees of latitude as they are
    found = hansa.open(compared)
    ax = plot.map(found, "difference", "led")
    chance = numbers(compared, "adoption_chance")[:, 0]
    changed = (chance[1] - chance[0])[:5]  # f is funded: a triangle
    np.testing.assert_allclose(np.sort(ax.collections[1].get_array()), np.sort(changed[np.abs(changed) >= 0.005]))
    assert len(ax.collections[2].get_offsets()) == 1
    own = plot.map(runs, runs.population.rename("people"))
    assert len(own.collections[1].get_array()) == 6


def test_equal_earth_places_cities_as_published():
    # y of the equator, of 45° (sin θ = √3/2 sin 45°, θ = 0.659058) and of the pole, worked out by hand from the polynomial
    x, y = plot.maps._project(np.array([0.0, 90.0, -180.0]), np.array([0.0, 45.0, -90.0]), True, 0)
    np.testing.assert_allclose(y, [0, 0.860231, -1.317363], atol=2e-6)
    np.testing.assert_allclose(x[0], 0, atol=1e-12)
    degrees = np.linspace(-89.9, 89.9, 2001)  # equal areas: dA / (cos lat) is the same everywhere
    width = plot.maps._project(np.full(2001, 1.0), degrees, True, 0)[0]
    height = np.gradient(plot.maps._project(np.zeros(2001), degrees, True, 0)[1], degrees)
    area = (width * height / np.cos(np.radians(degrees)))[100:-100]
    np.testing.assert_allclose(area, area.mean(), rtol=1e-4)


def test_maps_that_cannot_be(six, compared):
    runs, found = hansa.open(six), hansa.open(compared)
    for data, words, message in ((runs.drop_vars("lat"), {}, "no coordinates"), (runs, {"value": "x", "policy": "led"}, "value='x'"),
                                 (runs, {"value": "difference", "policy": "led"}, "this is one result"),
                                 (found, {"value": "median", "policy": "led"}, "by the end alone"),
                                 (found, {"policy": "led", "what_if": "x"}, "no scenario 'x', one of six, gift"),
                                 (runs, {"value": runs.adopters}, "a number for each city")):
        with pytest.raises(hansa.HansaError, match=message):
            plot.map(data, **words)


def test_attribution_in_all(six):
    ax = plot.attribution(hansa.open(six), "led")
    names = [label.get_text() for label in ax.get_yticklabels()]
    means = dict(zip(numbers(six, "mechanism").astype(str), numbers(six, "new_adoptions_by_mechanism_total")[:, 0].mean(axis=0)))
    assert names == ["baseline", "imitation"] or names == ["imitation", "baseline"]
    np.testing.assert_allclose([bar.get_width() for bar in ax.patches], [means[name] for name in names])
    given = [label.get_text() for label in plot.attribution(hansa.open(six), "led", given=True).get_yticklabels()]
    assert "data" in given


def test_what_holds_back_stands_on_the_other_side(six):
    ax = plot.attribution(hansa.open(six), "trams")
    widths = {label.get_text(): bar.get_width() for label, bar in zip(ax.get_yticklabels(), ax.patches)}
    assert widths["imitation"] < 0 < widths["baseline"]
    colours = {to_hex(bar.get_facecolor()) for bar in ax.patches}
    assert len(colours) == 2
    by_step = plot.attribution(hansa.open(six), "trams", over="time")
    heights = np.array([bar.get_height() for bar in by_step.patches]).reshape(2, 10)
    raw = numbers(six, "new_adoptions_by_mechanism")[1]
    np.testing.assert_allclose(np.sort(heights.sum(axis=1)), np.sort(raw.sum(axis=1))[[0, -1]], atol=1e-12)
    with pytest.raises(hansa.HansaError, match="total or time"):
        plot.attribution(hansa.open(six), "trams", over="all")


def test_coefficients(fitted):
    ax = plot.coefficients(fitted)
    assert [label.get_text() for label in ax.get_yticklabels()] == ["income_high", "neighbours", "sisters"]
    dots = next(line for line in ax.lines if line.get_marker() == "o")
    np.testing.assert_array_equal(dots.get_xdata(), fitted.estimate.values[1:])
    assert "1.42 [0.67, 2.18]" in texts(ax) and "log odds" in ax.get_xlabel()
    both = plot.coefficients({"one": fitted, "other": fitted}, leave_out=["sisters"])
    assert [label.get_text() for label in both.get_yticklabels()] == ["baseline", "income_high", "neighbours"]
    assert [text.get_text() for text in both.get_legend().get_texts()] == ["one", "other"]
    with pytest.raises(hansa.HansaError, match="no term is left"):
        plot.coefficients(fitted, leave_out=["*"])


def test_sobol():
    table = pandas.DataFrame({"parameter": ["low", "high"], "first": [0.1, 0.4], "first_low": [0, 0.3], "first_high": [0.2, 0.5],
                              "total": [0.15, 0.6], "total_low": [0.1, 0.5], "total_high": [0.2, 0.7]})
    ax = plot.sobol(table)
    assert [label.get_text() for label in ax.get_yticklabels()] == ["high", "low"] and texts(ax) == ["alone", "with interactions"]
    assert [list(line.get_xdata()) for line in ax.lines if line.get_marker() == "o"] == [[0.4, 0.1], [0.6, 0.15]]
    told = {"S1": {"low": 0.1, "high": 0.4}, "ST": {"low": 0.15, "high": 0.6}, "S1_interval": {"low": [0, 0.2], "high": [0.3, 0.5]},
            "ST_interval": {"low": [0.1, 0.2], "high": [0.5, 0.7]}}
    same = plot.sobol(told)
    for one, other in zip(ax.collections, same.collections):
        np.testing.assert_array_equal(one.get_segments(), other.get_segments())
    with pytest.raises(hansa.HansaError, match="no ST_interval"):
        plot.sobol({name: told[name] for name in ("S1", "ST", "S1_interval")})
    with pytest.raises(hansa.HansaError, match="no column 'total_high'"):
        plot.sobol(table.drop(columns="total_high"))


def test_dates_give_the_same_figures(six):
    runs, dates = hansa.open(six), hansa.open(six, never="nat")
    for draw in (plot.scurve, lambda data, policy: plot.attribution(data, policy, over="time")):
        heights = [[artist.get_height() for artist in ax.patches] if ax.containers else list(ax.lines[0].get_ydata())
                   for ax in (draw(runs, "led"), draw(dates, "led"))]
        assert heights[0] == heights[1] and len(heights[0]) >= 10
    bar = plot.attribution(dates, "led", over="time").patches[0]
    assert 300 < bar.get_width() < 366  # days
    shades = [plot.map(data, "median", "trams").collections[1].get_array() for data in (runs, dates)]
    np.testing.assert_array_equal(*shades)


def test_a_figure_of_its_own_has_a_columns_or_a_pages_width(six):
    assert plot.scurve(hansa.open(six), "led").figure.get_size_inches()[0] == plot.COLUMN
    assert plot.map(hansa.open(six), "chance", "led").figure.get_size_inches()[0] == plot.COLUMN  # a region
    wide = hansa.open(six).assign_coords(lon=("city", [-170.0, -60, 0, 60, 120, 179]))
    assert plot.map(wide, "chance", "led").figure.get_size_inches()[0] == plot.PAGE
    drawn, (left, right) = plot.figure(plot.PAGE, 2, columns=2)
    assert plot.scurve(hansa.open(six), "led", ax=right) is right and not left.lines and drawn.get_size_inches()[1] == 2


def test_labels_are_moved_apart():
    places = plot.style.spread(np.array([0.0, 1.0, 2.0, 50.0]), np.array([10.0, 10.0, 10.0, 10.0]))
    assert (np.diff(places) >= 10 - 1e-9).all() and places[3] == 50 and abs(places[:3].mean() - 1) < 1e-9


@pytest.mark.parametrize("ending", ["svg", "pdf", "png"])
def test_equal_figures_have_equal_bytes(six, tmp_path, ending):
    for name in ("one", "two"):
        plot.save(plot.scurve(hansa.open(six), "led"), tmp_path / f"{name}.{ending}")
    assert (tmp_path / f"one.{ending}").read_bytes() == (tmp_path / f"two.{ending}").read_bytes()


def test_the_readers_own_style_stays(six):
    before = dict(pyplot.rcParams)
    plot.scurve(hansa.open(six), "led")
    assert dict(pyplot.rcParams) == before


def test_land_is_where_land_is():
    rings = pandas.read_csv(ROOT / "analysis/python/hansa/plot/land.csv")
    assert rings.lon.between(-180, 180).all() and rings.lat.between(-60, 84).all() and rings.ring.nunique() > 100
    from matplotlib.path import Path

    def on_land(lon, lat):
        return sum(Path(ring[["lon", "lat"]].values).contains_point((lon, lat)) for _, ring in rings.groupby("ring")) % 2 == 1

    for lon, lat in ((2.35, 48.0), (-100, 40), (135, -25), (100, 60), (179.0, 67.5), (-175, 66.5)):
        assert on_land(lon, lat), (lon, lat)
    for lon, lat in ((-30, 30), (0, 0), (51, 42), (170, 0), (-150, -10)):  # the third lies in the Caspian Sea
        assert not on_land(lon, lat), (lon, lat)
