"""What would funding twenty cities bring? Two scenarios on the same luck; a script of notebook cells.

Run in this folder, with hansa built: python3 what_if.py. The figure comes here, or into the folder FIGURES.
"""

# %% [markdown]
# `fund-twenty.yaml` is a small file over `bike-share.yaml`: the twenty largest cities outside China are funded in 2008.
# Both are run on common random numbers: in replicate 7 of both, each city has the same resistance.

# %%
import os
from pathlib import Path

import hansa

figures = Path(os.environ.get("FIGURES", "."))
scenarios = Path("../../scenarios")
found = hansa.compare(scenarios / "bike-share.yaml", scenarios / "fund-twenty.yaml", replicates=1000, reruns=0)

# %% [markdown]
# What-if less base, replicate by replicate. The interval of the mean says how many replicates there are; the range of nine
# in ten pairs is luck. How sure the model itself is, neither says.

# %%
pairs = hansa.paired(found)
end = pairs.sel(policy="bike_share", what_if="fund-twenty", time=2024)
low, high = end.difference.quantile([0.05, 0.95]).values
print(f"{end['mean'].item():.1f} more cities by 2024 (95 % interval of the mean {end.low.item():.1f} to {end.high.item():.1f}); "
      f"in nine of ten pairs {low:.0f} to {high:.0f}")

# %% [markdown]
# Of those, how many were not funded? And who gains most without being funded?

# %%
told = found.sel(policy="bike_share", what_if="fund-twenty")
print(f"followers among cities that are not funded: {told.followers.item():.1f}")
gained = (told.only_with - told.only_without).where(~told.funded).to_series().nlargest(5)
for city, share in gained.items():
    print(f"{found.city_name.sel(city=city).item()}: {100 * share:+.0f} percentage points by 2024")

# %% [markdown]
# The same pairs come from two runs of their own, if they have the same seed.

# %%
base = hansa.run(scenarios / "bike-share.yaml", replicates=100)
funded = hansa.run(scenarios / "fund-twenty.yaml", replicates=100)
same = hansa.paired(base, funded).difference == pairs.difference.isel(replicate=slice(100), what_if=0)
print(f"equal to the comparison's first hundred: {bool(same.all())}")

# %%
drawn, (left, right) = hansa.plot.figure(hansa.plot.PAGE, 2.3, columns=2, gridspec_kw={"width_ratios": [1, 1.6]})
hansa.plot.difference(pairs, ax=left)
hansa.plot.map(found, "difference", size=6, ax=right)
hansa.plot.save(drawn, figures / "what-if.png")
