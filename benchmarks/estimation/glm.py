"""statsmodels' GLM at the rows of a file: after "ready", `fit LINK` answers as glm.R does."""

import sys
import time
import warnings

import numpy as np
import statsmodels.api as sm

with open(sys.argv[1], "rb") as file:
    count, columns = np.fromfile(file, "<i4", 2)
    x = np.fromfile(file, "<f8", count * columns).reshape(columns, count).T.copy()
    event = np.fromfile(file, "<i4", count)
LINKS = {"logit": sm.families.links.logit, "cloglog": sm.families.links.cloglog, "probit": sm.families.links.probit}
warnings.filterwarnings("ignore")
print("ready", flush=True)
for line in sys.stdin:
    link = line.split()[1]
    start = time.perf_counter()
    model = sm.GLM(event, x, sm.families.Binomial(LINKS[link]()))
    found = model.fit().params
    print(time.perf_counter() - start, *(f"{value:.17g}" for value in found), flush=True)
