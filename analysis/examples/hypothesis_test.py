"""Does bike share travel between neighbours, or between sister cities? Estimates and rivals; a script of notebook cells.

Run in this folder, with hansa built: python3 hypothesis_test.py. The figure comes here, or into the folder FIGURES.
"""

# %% [markdown]
# `bike-share-fit.yaml` puts the question: a city's odds of adopting depend on its income class, on its nearest cities that
# have adopted, and on its sister cities. README.md beside this file goes through it, and through what it cannot show.

# %%
import os
from pathlib import Path

import hansa

figures = Path(os.environ.get("FIGURES", "."))
scenario = "bike-share-fit.yaml"
fit = hansa.fit(scenario)
for row in hansa.coefficients(fit).itertuples():
    print(f"{row.term:12} {row.estimate:6.2f} [{row.low:.2f}, {row.high:.2f}]  p = {row.p:.2g}")

# %% [markdown]
# Four hypotheses on the same rows: with neighbours, with sister cities, with both, with neither.

# %%
ranking = hansa.rank(scenario)
for row in ranking.itertuples():
    print(f"{row.model:12} AIC {row.aic:.1f}, weight {row.akaike_weight:.3f}")

# %% [markdown]
# Would a common shock look like contagion? With an intercept for each year, only differences between cities within a year
# are left to explain. The estimate for neighbours hardly moves.

# %%
years = hansa.fit(scenario, fit__fixed_effects=["period"])
print(hansa.coefficients(years).set_index("term").estimate[["neighbours", "sisters"]].round(2).to_dict())

# %%
ax = hansa.plot.coefficients({"as it stands": fit, "an intercept for each year": years})
hansa.plot.save(ax, figures / "hypothesis-test.png")
