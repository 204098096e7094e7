"""Compares dyadic fits with statsmodels, on rows that slow loops write down and that the program must have too.

dyads.py HANSA FOLDER: the program, and an empty folder. Rows and covariates must be the same (to 1e-12), coefficients and
likelihoods agree to 1e-8 of themselves, errors clustered by follower, leader or both to 1e-6.
"""

import csv
import itertools
import json
import math
import random
import shutil
import subprocess
import sys
from pathlib import Path

import numpy
import statsmodels.api

START, END = 2000, 2009
FAILURES = []
COVARIATES = {"far": {"distance": "log_km"}, "tie": {"tie": "road"}, "same": {"same": "word"}, "diff": {"difference": "size"},
              "lead": {"leader": "size"}, "time": {"time": "linear"}}


def agree(what, found, wanted, tolerance):
    if not abs(found - wanted) <= tolerance * max(abs(wanted), 1e-6):
        FAILURES.append(f"{what}: found {found}, expected {wanted}")


class World:
    def __init__(self, number, n):
        draw = random.Random(number)
        self.n = n
        self.size = [round(draw.gauss(0, 1), 3) for _ in range(self.n)]
        self.word = [draw.choice("xyz") for _ in range(self.n)]
        self.place = [(round(draw.uniform(-60, 60), 2), round(draw.uniform(-170, 170), 2)) for _ in range(self.n)]
        self.ties = {(i, j): draw.randint(1, 3) for i, j in itertools.permutations(range(self.n), 2) if draw.random() < 0.15}
        self.year, self.left = {}, {}
        for i in range(self.n):
            if draw.random() < 0.75:
                self.year[i] = draw.randint(START - 1, END + 1)
                if draw.random() < 0.1:
                    self.left[i] = self.year[i] + 2

    def write(self, folder, dyads, link):
        rows = zip(range(self.n), self.size, self.word, self.place)
        (folder / "cities.csv").write_text("id,size,word,lat,lon\n" + "".join(
            f"c{i:02},{s},{w},{a},{b}\n" for i, s, w, (a, b) in rows))
        (folder / "road.csv").write_text("source,target,weight\n" + "".join(
            f"c{j:02},c{i:02},{w}\n" for (i, j), w in self.ties.items()))
        (folder / "adopters.csv").write_text("city,year,left\n" + "".join(
            f"c{i:02},{y},{self.left.get(i, '')}\n" for i, y in self.year.items()))
        (folder / "s.yaml").write_text(json.dumps({
            "hansa": 1, "time": {"start": START, "end": END}, "cities": {"file": "cities.csv"},
            "networks": {"road": {"file": "road.csv"}},
            "policies": {"led": {"rule": "logit", "baseline": -3, "adopters": {"file": "adopters.csv"}}},
            "fit": {"link": link, "from": 2001, "dyads": dyads}}))

    def has(self, i, year):
        return self.year.get(i, 10**6) <= year < self.left.get(i, 10**6)

    def km(self, i, j):
        (a, b), (c, d) = (map(math.radians, self.place[k]) for k in (i, j))
        cosine = math.sin(a) * math.sin(c) + math.cos(a) * math.cos(c) * math.cos(b - d)
        return 6371.0088 * math.acos(max(-1.0, min(1.0, cosine)))

    def rows(self, dyads):
        """(follower, leader, year, event, covariates by name) of every pair at risk, from the definition."""
        everything = dyads.get("risk_set") == "unconditional"
        for i in range(self.n):
            for t in range(2001, END + 1):
                for j in range(self.n):
                    can = not self.has(i, t - 1) and self.has(j, t - 1)
                    if i == j or not (can or everything) or ("leaders" in dyads and (i, j) not in self.ties):
                        continue
                    event = int(can and self.has(i, t))
                    yield (i, j, t, event, {"far": math.log1p(self.km(i, j)), "tie": self.ties.get((i, j), 0),
                                            "same": int(self.word[i] == self.word[j]), "diff": self.size[j] - self.size[i],
                                            "lead": self.size[j], "time": t - 2001})


def sandwich(bread, scores, clusters):
    codes = {c: k for k, c in enumerate(sorted(set(clusters)))}
    sums = numpy.zeros((len(codes), scores.shape[1]))
    numpy.add.at(sums, [codes[c] for c in clusters], scores)
    return bread @ (sums.T @ sums) @ bread * len(codes) / (len(codes) - 1)


def compare(program, folder, number, dyads, link):
    world, what = World(number, 80 if isinstance(dyads.get("cluster"), list) else 24), f"world {number} {dyads} {link}"
    two_way = isinstance(dyads.get("cluster"), list)  # with few terms: the sum of many is seldom definite
    covariates = {name: each for name, each in COVARIATES.items() if not two_way or name in ("same", "diff")}
    world.write(folder, {"covariates": covariates, **dyads}, link)
    ended = subprocess.run([program, "fit", "s.yaml", "--dyads", "--json", "--panel", "p.csv", "--force"], cwd=folder,
                           capture_output=True, text=True, check=False)
    if ended.returncode != 0:
        FAILURES.append(f"{what}: {ended.stderr}")
        return
    told = json.loads(ended.stdout)["fits"]["led.dyads"]
    with open(folder / "p.csv", encoding="utf-8") as file:
        panel = list(csv.DictReader(file))
    wanted = list(world.rows(dyads))
    if len(panel) != len(wanted):
        FAILURES.append(f"{what}: {len(panel)} rows, expected {len(wanted)}")
        return
    for row, (i, j, t, event, values) in zip(panel, wanted):
        if (row["follower"], row["leader"], row["year"], row["event"]) != (f"c{i:02}", f"c{j:02}", str(t), str(event)):
            FAILURES.append(f"{what}: row {row}, expected {i}, {j}, {t}, {event}")
            return
        for name, value in values.items():
            if name not in covariates:
                continue
            agree(f"{what} row {i} {j} {t} {name}", float(row[name]), value, 1e-7 if name == "far" else 1e-12)
    terms = ["baseline", *sorted(covariates)]
    x = numpy.array([[float(row[name]) for name in terms] for row in panel])
    y = numpy.array([float(row["event"]) for row in panel])
    links = statsmodels.api.families.links
    choice = {"logit": "Logit", "cloglog": "CLogLog"}[link]
    family = statsmodels.api.families.Binomial(link=(getattr(links, choice, None) or getattr(links, choice.lower()))())
    fit = statsmodels.api.GLM(y, x, family=family).fit(maxiter=300, tol=1e-15, tol_criterion="params")
    agree(what + " likelihood", told["log_likelihood"], fit.llf, 1e-8)
    for name, value in zip(terms, fit.params):
        agree(f"{what} {name}", told["coef"][name], value, 1e-7)
    chance = fit.predict(x)
    slope = chance * (1 - chance) if link == "logit" else -numpy.log1p(-chance) * (1 - chance)
    scores = ((y - chance) / (chance * (1 - chance)) * slope)[:, None] * x
    bread = numpy.linalg.inv((x * (slope**2 / (chance * (1 - chance)))[:, None]).T @ x)
    followers, leaders = [row["follower"] for row in panel], [row["leader"] for row in panel]
    kinds = {"follower": lambda: sandwich(bread, scores, followers), "leader": lambda: sandwich(bread, scores, leaders),
             "both": lambda: sandwich(bread, scores, followers) + sandwich(bread, scores, leaders)
             - sandwich(bread, scores, list(zip(followers, leaders)))}
    cluster = dyads.get("cluster", "follower")
    covariance = kinds["both" if isinstance(cluster, list) else cluster]()
    if numpy.linalg.eigvalsh(covariance).min() < 0:
        return  # the program sets negative eigenvalues to 0
    for name, error in zip(terms, numpy.sqrt(numpy.diag(covariance))):
        agree(f"{what} error of {name}", told["se_cluster"][name], error, 1e-6)
    SEEN.append(cluster)


SEEN = []


def main():
    program, folder = Path(sys.argv[1]).resolve(), Path(sys.argv[2])
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    forms = [{}, {"cluster": "leader"}, {"cluster": ["follower", "leader"]}, {"leaders": "road"},
             {"risk_set": "unconditional", "cluster": "leader"}]
    for number in range(15):
        compare(program, folder, number, forms[number % 5], ["logit", "cloglog"][number % 2])
    if len(SEEN) < 10 or not any(isinstance(each, list) for each in SEEN):
        FAILURES.append(f"only these errors were compared: {SEEN}")
    for failure in FAILURES[:20]:
        print(failure)
    return 1 if FAILURES else 0


if __name__ == "__main__":
    sys.exit(main())
