"""Compares cross-validated scores with those of statsmodels, fold by fold, on rows that the program writes down.

cross_validation.py HANSA FOLDER: the program, and an empty folder. Log and Brier scores must agree to 1e-8 of themselves,
the error of the difference between two hypotheses, clustered by city, to 1e-6.
"""

import csv
import json
import shutil
import subprocess
import sys
from pathlib import Path

import h5py
import numpy
import statsmodels.api

WORLD = """\
hansa: 1
time: {start: 2000, end: 2011}
seed: 21
replicates: 1
cities: {generate: 400}
networks: {chance: {erdos_renyi: {degree: 6}}}
policies:
  led:
    rule: RULE
    baseline: -4
    adopters: ADOPTERS
    mechanisms:
      imitation: {exposure: {network: chance}, strength: 4}
"""
FIT = "fit: {hypotheses: {none: [], all: [imitation]}, cross_validation: {leave: years, folds: 4}}\n"
FAILURES = []


def agree(what, found, wanted, tolerance):
    if not abs(found - wanted) <= tolerance * abs(wanted):
        FAILURES.append(f"{what}: found {found}, expected {wanted}")


def scores(rows, terms, link, first, last):
    """Log and Brier score of each decision from first to last, by a fit to those before."""
    links = statsmodels.api.families.links
    choice = {"logit": "Logit", "cloglog": "CLogLog"}[link]
    family = statsmodels.api.families.Binomial(link=(getattr(links, choice, None) or getattr(links, choice.lower()))())
    x = numpy.array([[float(row[term]) for term in terms] for row in rows])
    event = numpy.array([float(row["event"]) for row in rows])
    year = numpy.array([int(row["year"]) for row in rows])
    before, within = year < first, (year >= first) & (year <= last)
    model = statsmodels.api.GLM(event[before], x[before], family=family).fit(maxiter=200, tol=1e-15, tol_criterion="params")
    chance = model.predict(x[within])
    log = -numpy.where(event[within] == 1, numpy.log(chance), numpy.log1p(-chance))
    return log, (chance - event[within]) ** 2, numpy.array([row["city"] for row in rows])[within]


def compare(program, folder, link):
    def run(*words):
        return subprocess.run([program, *words], cwd=folder, check=True, capture_output=True, text=True).stdout

    scenario = WORLD.replace("RULE", link)
    (folder / "truth.yaml").write_text(scenario.replace("ADOPTERS", "{random: 30}"))
    run("run", "truth.yaml", "-o", "truth.h5", "--quiet", "--force")
    with h5py.File(folder / "truth.h5") as file:
        ids = [name.decode() for name in file["city_id"][:]]
        times = [int(time) for time in file["adoption_time"][:].ravel()[: len(ids)]]
    lines = [f"{city},{time}" for city, time in zip(ids, times) if abs(time) < 10000]
    (folder / "led.csv").write_text("\n".join(["city,year", *lines]) + "\n")
    (folder / "fit.yaml").write_text(scenario.replace("ADOPTERS", "{file: led.csv}") + FIT)
    answer = json.loads(run("fit", "fit.yaml", "--compare", "--json", "--panel", "panel.csv", "--force"))
    found = answer["hypotheses"]["led"]["cross_validation"]
    with open(folder / "panel.csv", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    terms = {"none": ["baseline"], "all": ["baseline", "imitation"]}
    logs = {"none": [], "all": []}
    cities = []
    for number, fold in enumerate(found["folds"]):
        years = [int(word) for word in fold["left_out"].split(" to ")]
        for model in found["models"]:
            log, brier, city = scores(rows, terms[model["name"]], link, years[0], years[-1])
            agree(f"{link}: {model['name']}: log score {fold['left_out']}", model["folds"][number]["log"], log.sum(), 1e-8)
            agree(f"{link}: {model['name']}: Brier score {fold['left_out']}", model["folds"][number]["brier"], brier.sum(), 1e-8)
            logs[model["name"]].append(log)
        cities.append(city)
    best = found["best"]
    other = next(model for model in found["models"] if model["name"] != best)
    difference = numpy.concatenate(logs[other["name"]]) - numpy.concatenate(logs[best])
    agree(f"{link}: difference", other["against_best"]["log_difference"], difference.sum(), 1e-6)
    # The mean as a regression on one constant, with errors clustered by city.
    _, groups = numpy.unique(numpy.concatenate(cities), return_inverse=True)
    mean = statsmodels.api.OLS(difference, numpy.ones(len(difference))).fit(
        cov_type="cluster", cov_kwds={"groups": groups, "use_correction": False})
    number = len(set(groups))
    error = mean.bse[0] * numpy.sqrt(number / (number - 1)) * len(difference)
    agree(f"{link}: error of the difference", other["against_best"]["se_cluster"], error, 1e-6)


def main():
    program, folder = sys.argv[1], Path(sys.argv[2])
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for link in ("logit", "cloglog"):
        compare(program, folder, link)
    print("\n".join(FAILURES) or "cross-validated scores agree with statsmodels")
    sys.exit(1 if FAILURES else 0)


main()
