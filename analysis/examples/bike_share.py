"""Bike share among world cities: a run, its curve beside the data, and where it is likely; a script of notebook cells.

Run in this folder, with hansa built: python3 bike_share.py. The figure comes here, or into the folder FIGURES.
"""

# %% [markdown]
# The scenario has 968 cities. What they did until 2007 is given by data; from 2008 on they decide, 500 times over.

# %%
import os
from pathlib import Path

import hansa

figures = Path(os.environ.get("FIGURES", "."))
runs = hansa.run("../../scenarios/bike-share.yaml")
print(f"{runs.sizes['replicate']} replicates of {runs.sizes['city']} cities, {runs.time.values[0]} to {runs.time.values[-1]}")

# %% [markdown]
# How many cities have adopted? Quantiles are over replicates: nine of ten lie between the first and the last.

# %%
counts = hansa.quantiles(runs, "adopters", [0.05, 0.5, 0.95]).sel(policy="bike_share")
for year in (2010, 2015, 2020, 2024):
    low, middle, high = counts.sel(time=year).values
    print(f"{year}: {middle:.0f} adopters ({low:.0f} to {high:.0f})")

# %% [markdown]
# Which cities that had no system by 2007 come soonest? `adoption_time` has every history; never is later than any year.

# %%
chance = (runs.adoption_time <= 2015).mean("replicate").sel(policy="bike_share")
given = (runs.adoption_time <= 2007).all("replicate").sel(policy="bike_share")
likely = chance.where(~given, 0).to_series().nlargest(5)
for city, share in likely.items():
    print(f"{runs.city_name.sel(city=city).item()}: {100 * share:.0f} % by 2015")

# %% [markdown]
# What moved them? Shares of the adoptions that were decided, mean over replicates.

# %%
moved = runs.new_adoptions_by_mechanism_total.sel(policy="bike_share").mean("replicate").drop_sel(mechanism="data")
for mechanism, share in (moved / moved.sum()).to_series().nlargest(4).items():
    print(f"{mechanism}: {100 * share:.0f} %")

# %% [markdown]
# The curve beside what was observed, and the map. Where the data are silent on a city, the curve leaves it out.

# %%
drawn, (left, right) = hansa.plot.figure(hansa.plot.PAGE, 2.3, columns=2, gridspec_kw={"width_ratios": [1, 1.6]})
hansa.plot.scurve(runs, ax=left)
hansa.plot.map(runs, "chance", size=6, ax=right)
hansa.plot.save(drawn, figures / "bike-share.png")
