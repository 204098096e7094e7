"""Compares `hansa stats` with slow loops written from the published formulas, on random worlds, in exact fractions.

diffusion_statistics.py HANSA FOLDER [WORLDS]: the program, an empty folder, and how many worlds of six policies each (default 60).
Numbers must agree to 1e-10; fits of Bass's model must be where scipy finds nothing better.
"""

import itertools
import json
import math
import random
import shutil
import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import h5py
import numpy
import scipy.optimize
import xarray

START = 2000
POLICIES = [f"p{k}" for k in range(6)]
FAILURES = []
SEEN = {}


def agree(what, found, wanted):
    """Numbers of any shape; None is missing."""
    found = numpy.asarray(found, dtype=float)
    wanted = numpy.array([math.nan if x is None else float(x) for x in numpy.ravel(numpy.array(wanted, dtype=object))])
    close = numpy.abs(found.ravel() - wanted) <= 1e-10 * numpy.maximum(1, numpy.abs(wanted))
    same = close | (numpy.isnan(found.ravel()) & numpy.isnan(wanted))
    SEEN[what.split()[-1]] = SEEN.get(what.split()[-1], 0) + int(numpy.sum(~numpy.isnan(wanted)))
    if not same.all():
        k = int(numpy.argmin(same))
        FAILURES.append(f"{what}: at {k} found {found.ravel()[k]}, expected {wanted[k]}")


class World:
    """Cities, ties and adoptions that are drawn, and their files."""

    def __init__(self, number):
        draw = self.draw = random.Random(number)
        self.n, self.steps = draw.randint(3, 12), draw.randint(2, 10)
        self.end = START + self.steps - 1
        self.ids = [f"c{k:02}" for k in range(self.n)]
        self.score = [Fraction(draw.randint(-300, 300), 100) for _ in self.ids]
        self.size = [Fraction(draw.randint(1, 90), 10) for _ in self.ids]
        self.entry = [draw.choice([None] * 4 + [START + draw.randint(0, self.steps)]) for _ in self.ids]
        self.exit = [draw.choice([None] * 4 + [START + draw.randint(0, self.steps)]) for _ in self.ids]
        self.networks = {"road": self.draw_ties(dated=False), "dated": self.draw_ties(dated=True)}
        self.policies = {name: self.draw_policy() for name in POLICIES}
        self.stats = self.draw_stats()

    def draw_ties(self, dated):
        draw, ties = self.draw, []
        share = draw.choice([0.1, 0.3, 0.9])
        for i, j in itertools.permutations(range(self.n), 2):
            if draw.random() > share and (i, j) != (0, 1):
                continue
            begin, end = -(10**6), 10**6
            if dated and draw.random() < 0.6:
                begin, end = sorted(START + draw.randint(-1, self.steps) for _ in range(2))
            ties.append((i, j, Fraction(draw.randint(1, 400), 100), begin, end))  # j observes i
        return ties

    def draw_policy(self):
        """Rows (city, year, after, left), who is covered, and whether dates of entry and exit hold."""
        draw, rows = self.draw, []
        late = draw.choice([0, 0, 3])
        for i in range(self.n):
            if draw.random() > draw.choice([0.4, 0.8, 1.0]):
                continue
            year = START + draw.randint(-2, self.steps - 1 + late)
            after = year - draw.randint(2, 5) if draw.random() < 0.15 else None
            left = year + draw.randint(1, 3) if draw.random() < 0.2 else None
            rows.append((i, year, after, left))
            if left is not None and draw.random() < 0.5:
                rows.append((i, left + 1, None, None))
        covered = [draw.random() < 0.8 for _ in self.ids] if draw.random() < 0.3 else [True] * self.n
        covered[0] = True
        return {"rows": rows, "covered": covered, "dates": draw.random() < 0.5}

    def draw_stats(self):
        draw = self.draw
        net = lambda: draw.choice(["road", "dated"])
        norm = lambda: draw.choice(["share", "weight", "count"])
        flag = lambda: draw.random() < 0.5
        entries = {}
        for k in range(3):
            entries[f"seen{k}"] = ("exposure", {"network": net(), "normalize": norm(), "weights": flag(),
                                                "lag": draw.randint(0, 2), "reversed": flag()})
            if flag():
                entries[f"seen{k}"][1]["source_weight"] = "size"
            entries[f"crowd{k}"] = ("moran", {"of": draw.choice(["adopted", "adoption_time", "score"]), "network": net(),
                                              "normalize": norm(), "weights": flag()})
            moran = entries[f"crowd{k}"][1]
            if moran["of"] == "adopted" or flag():
                moran["at"] = START + draw.randint(0, self.steps - 1)
            if moran["of"] != "adoption_time" and flag():
                moran["among"] = "adopters"
        for kind in ("infection", "susceptibility"):
            entries[kind] = (kind, {"network": net(), "periods": draw.randint(1, 4), "relative": flag(),
                                    "discount": draw.choice(["linear", 1.5, 2])})
        entries["need"] = ("threshold", {"network": net(), "weights": flag(), "lag": draw.randint(0, 1)})
        entries["rogers"] = ("classes", {"of": "adoption_time"})
        entries["valente"] = ("classes", {"of": "threshold", "network": net(), "weights": flag()})
        entries["risk"] = ("curve", {"convention": "at_risk"})
        entries["peer"] = ("curve", {"convention": "netdiffuser"})
        entries["km"] = ("survival", {})
        return entries

    def write(self, folder):
        blank = lambda x: "" if x is None else x
        lines = ["id,score,size,entry,exit"]
        lines += [f"{i},{float(s)},{float(z)},{blank(a)},{blank(b)}"
                  for i, s, z, a, b in zip(self.ids, self.score, self.size, self.entry, self.exit)]
        (folder / "cities.csv").write_text("\n".join(lines) + "\n")
        for name, ties in self.networks.items():
            lines = ["source,target,weight,from,until"]
            lines += [f"{self.ids[i]},{self.ids[j]},{float(w)},{a if a > 0 else ''},{b if b < 10**6 else ''}"
                      for i, j, w, a, b in ties]
            (folder / f"{name}.csv").write_text("\n".join(lines) + "\n")
        rows = ["city,year,policy,after,left"]
        rows += [f"{self.ids[i]},{y},{p},{blank(a)},{blank(l)}" for p, q in self.policies.items() for i, y, a, l in q["rows"]]
        (folder / "adopters.csv").write_text("\n".join(rows) + "\n")
        question = {"hansa": 1, "time": {"start": START, "end": self.end}, "cities": {"file": "cities.csv"},
                    "networks": {name: {"file": f"{name}.csv"} for name in self.networks}, "policies": {},
                    "stats": {name: {kind: keys} for name, (kind, keys) in self.stats.items()}}
        for name, policy in self.policies.items():
            adopters = {"file": "adopters.csv"}
            if not all(policy["covered"]):
                adopters["coverage"] = [i for i, c in zip(self.ids, policy["covered"]) if c]
            question["policies"][name] = {"baseline": -3, "adopters": adopters}
            if policy["dates"]:
                question["policies"][name]["at_risk"] = {"from": "entry", "until": "exit"}
        (folder / "s.yaml").write_text(json.dumps(question))  # JSON is YAML


class Oracle:
    """The definitions, for one policy of a world."""

    def __init__(self, world, name):
        policy = self.policy = world.policies[name]
        self.world, self.cities, self.years = world, range(world.n), range(START, world.end + 1)
        self.spells = {i: [] for i in self.cities}
        for i, year, after, left in policy["rows"]:
            when = year if after is None else (after + 1 + year) // 2
            self.spells[i].append((when, left if left is not None else 10**6))
        self.covered = policy["covered"]
        self.known = [self.covered[i] or bool(self.spells[i]) for i in self.cities]
        first = [min((a for a, _ in self.spells[i]), default=None) for i in self.cities]
        self.time = [t if t is not None and t <= world.end else None for t in first]
        dates = policy["dates"]
        self.entry = [max(world.entry[i] or START, START) if dates else START for i in self.cities]
        self.exit = [min(world.exit[i] or world.end, world.end) if dates else world.end for i in self.cities]

    def has(self, i, year):
        return any(a <= year < b for a, b in self.spells[i])

    def ties(self, name, year, weights):
        """(source, target) -> weight between known cities, as it holds in a year."""
        found = {}
        for i, j, w, begin, end in self.world.networks[name]:
            if begin <= year <= end and self.known[i] and self.known[j]:
                found[i, j] = found.get((i, j), 0) + w
        return found if weights else {pair: Fraction(1) for pair in found}

    def exposure(self, i, year, network, normalize="share", weights=True, lag=0, reversed=False, source_weight=None):
        above = below = Fraction(0)
        count = 0
        for (source, target), weight in self.ties(network, year, weights).items():
            if reversed:
                source, target = target, source
            if target != i:
                continue
            if source_weight:
                weight *= self.world.size[source]
            below += weight
            if self.has(source, year - lag):
                above += weight
                count += 1
        if normalize == "count":
            return Fraction(count)
        if normalize == "weight":
            return above
        return above / below if below else Fraction(0)

    def exposures(self, **how):
        return [[self.exposure(i, t, **how) if self.known[i] else None for t in self.years] for i in self.cities]

    def thresholds(self, **how):
        at, refused = [None] * self.world.n, [None] * self.world.n
        for i in self.cities:
            if not self.known[i]:
                continue
            when = self.time[i]
            if when is not None and when >= START:
                at[i] = self.exposure(i, when, **how)
            if when is None and not self.covered[i]:
                continue
            before = [self.exposure(i, t, **how) for t in self.years
                      if self.entry[i] <= t <= self.exit[i] and (when is None or t < when)]
            refused[i] = max(before, default=None)
        return at, refused

    def following(self, ahead, network, periods, discount, relative):
        found = []
        for i in self.cities:
            if self.time[i] is None or not self.known[i]:
                found.append(None)
                continue
            above = below = everywhere = Fraction(0)
            for k in range(1, periods + 1):
                year = self.time[i] + k if ahead else self.time[i] - k
                if not START <= year <= self.world.end:
                    continue
                d = Fraction(k) if discount == "linear" else Fraction(discount) ** (k - 1)
                everywhere += sum(1 for j in self.cities if self.known[j] and self.time[j] == year) / d
                for source, target in self.ties(network, year if ahead else year + 1, False):
                    own, other = (source, target) if ahead else (target, source)
                    if own != i or self.time[other] is None:
                        continue
                    above += int(self.time[other] == year) / d
                    below += int(self.time[other] >= year if ahead else self.time[other] <= year) / d
            value = above / below if below else Fraction(0)
            if relative:
                value = value / everywhere if everywhere else Fraction(0)
            found.append(value)
        return found

    def moran(self, of, network, normalize="share", weights=True, at=None, among=None, **_):
        year = at or self.world.end
        adopters = [i for i in self.cities if self.known[i] and self.time[i] is not None]
        among = adopters if of == "adoption_time" or among == "adopters" else [i for i in self.cities if self.known[i]]
        values = {"adopted": lambda i: Fraction(int(self.has(i, year))), "adoption_time": lambda i: Fraction(self.time[i] or 0),
                  "score": lambda i: self.world.score[i]}[of]
        n = len(among)
        if n < 2:
            return [None] * 4
        v = {(target, source): w for (source, target), w in self.ties(network, year, weights and normalize != "count").items()
             if source in among and target in among}
        if normalize == "share":
            rows = {i: sum(w for (a, _), w in v.items() if a == i) for i in among}
            v = {(i, j): w / rows[i] for (i, j), w in v.items()}
        mean = sum(map(values, among)) / n
        z = {i: values(i) - mean for i in among}
        s0, m2 = sum(v.values()), sum(x * x for x in z.values())
        if not s0 or not m2:
            return [None] * 4
        index = Fraction(n) / s0 * sum(w * z[i] * z[j] for (i, j), w in v.items()) / m2
        expected = Fraction(-1, n - 1)
        if n < 4:
            return [index, expected, None, None]
        w = lambda i, j: v.get((i, j), Fraction(0))
        s1 = Fraction(1, 2) * sum((w(i, j) + w(j, i)) ** 2 for i in among for j in among)
        s2 = sum((sum(w(i, j) for j in among) + sum(w(j, i) for j in among)) ** 2 for i in among)
        b2 = n * sum(x**4 for x in z.values()) / m2**2
        square = (n * ((n * n - 3 * n + 3) * s1 - n * s2 + 3 * s0**2)
                  - b2 * ((n * n - n) * s1 - 2 * n * s2 + 6 * s0**2)) / ((n - 1) * (n - 2) * (n - 3) * s0**2)
        variance = square - expected**2
        sd = math.sqrt(variance)
        return [index, expected, sd, math.erfc(abs(index - expected) / sd / math.sqrt(2)) if variance else None]

    @staticmethod
    def classes(values, known):
        """Codes by exact cuts: x < mean + s sd, s = -1, 0, 1."""
        present = [x for x, k in zip(values, known) if k and x is not None]
        mean = sum(present) / Fraction(len(present)) if present else Fraction(0)
        variance = sum((x - mean) ** 2 for x in present) / Fraction(len(present) - 1) if len(present) > 1 else Fraction(0)

        def below(x, side):
            d = x - mean
            if side == 0:
                return d < 0
            return (d < 0 and d * d > variance) if side < 0 else (d < 0 or d * d < variance)

        codes = []
        for x, k in zip(values, known):
            if not k:
                codes.append(-1)
            elif x is None:
                codes.append(0)
            elif len(present) == 1:
                codes.append(3)
            else:
                codes.append(1 if below(x, -1) else 2 if below(x, 0) else 3 if below(x, 1) else 4)
        return codes

    def curve(self, convention):
        rows, peer = [], convention == "netdiffuser"
        covered = [i for i in self.cities if self.covered[i]]
        for t in self.years:
            had = [i for i in covered if self.has(i, t - 1)]
            new = [i for i in covered if i not in had and self.has(i, t)]
            have = [i for i in covered if self.has(i, t)]
            risk = [i for i in covered if i not in had and (peer or self.entry[i] <= t <= self.exit[i])]
            rate = Fraction(len(new), len(had)) if had else None
            hazard = Fraction(len([i for i in new if i in risk]), len(risk)) if risk else None
            if peer and t == START:
                rate = hazard = Fraction(0)
            rows.append((len(have), Fraction(len(have), len(covered)), rate, hazard))
        return list(zip(*rows))

    def survival(self):
        s, greenwood, hazard, rows = Fraction(1), Fraction(0), Fraction(0), []
        for t in self.years:
            risk = [i for i in self.cities if self.covered[i] and self.entry[i] <= t <= self.exit[i]
                    and not (self.time[i] is not None and self.time[i] < t)]
            d, n = sum(1 for i in risk if self.time[i] == t), len(risk)
            if n:
                s *= 1 - Fraction(d, n)
                hazard += Fraction(d, n)
                if d:
                    greenwood = None if d == n or greenwood is None else greenwood + Fraction(d, n * (n - d))
            rows.append((s, s * Fraction(math.sqrt(greenwood)) if s else None, hazard, n, d))
        return list(zip(*rows))

    def check(self, where, file, p):
        data = lambda name: file[name][p]
        for name, (kind, keys) in self.world.stats.items():
            what = f"{where} {name} {json.dumps(keys)} {kind}"
            if kind == "exposure":
                agree(what, data(name), self.exposures(**keys))
            elif kind == "threshold":
                at, refused = self.thresholds(**keys)
                agree(what, data(name), at)
                agree(what + "_refused", data(name + "_refused"), refused)
            elif kind in ("infection", "susceptibility"):
                agree(what, data(name), self.following(kind == "infection", **keys))
            elif kind == "moran":
                wanted = self.moran(**keys)
                agree(what, [data(name + part) for part in ("", "_expected", "_sd", "_p")], wanted)
            elif kind == "classes":
                if keys["of"] == "threshold":
                    values, _ = self.thresholds(network=keys["network"], weights=keys["weights"])
                    known = [k and not (t is not None and t < START) for k, t in zip(self.known, self.time)]
                else:
                    values, known = [t and Fraction(t) for t in self.time], self.known
                agree(what, data(name), self.classes(values, known))
            elif kind == "curve":
                for part, wanted in zip(("_adopters", "_share", "_rate", "_hazard"), self.curve(**keys)):
                    agree(what + part, data(name + part), wanted)
            elif kind == "survival":
                for part, wanted in zip(("", "_se", "_cumulative_hazard", "_at_risk", "_events"), self.survival()):
                    agree(what + part, data(name + part), wanted)


def check_file(file):
    """What readers of labelled data must find."""
    for engine in ("h5netcdf", "netcdf4"):
        with xarray.open_dataset(file, engine=engine) as opened:
            if opened["seen0"].dims != ("policy", "city", "time") or opened["crowd0"].dims != ("policy",):
                FAILURES.append(f"{engine}: dimensions are {opened['seen0'].dims} and {opened['crowd0'].dims}")
            if "late_majority" not in opened["rogers"].attrs["flag_meanings"]:
                FAILURES.append(f"{engine}: rogers has the attributes {opened['rogers'].attrs}")
            if opened["time"].attrs["units"] != "year" or list(opened["policy"].values) != POLICIES:
                FAILURES.append(f"{engine}: time and policy are not labelled")
            if opened.attrs["contents"] != "statistics":
                FAILURES.append(f"{engine}: contents are {opened.attrs['contents']}")


def bass(t, p, q):
    e = numpy.exp(-(p + q) * t)
    return (1 - e) / (1 + q / p * e)


def new_adopters(theta, t):
    return theta[2] * (bass(t, theta[0], theta[1]) - bass(t - 1, theta[0], theta[1]))


def check_bass(program, folder):
    """Counts drawn about curves of the model; each fit is a minimum, and its errors are those of the linear model there."""
    draw = random.Random(11)
    fitted = 0
    for number in range(40):
        steps, m = draw.randint(8, 20), draw.randint(60, 400)
        p, q = 10 ** draw.uniform(-2.7, -1), draw.uniform(0.2, 0.9)
        share = numpy.diff(bass(numpy.arange(steps + 1.0), p, q))
        counts = [max(0, round(m * s + draw.gauss(0, 0.2 * math.sqrt(m * s)))) for s in share]
        counts[0] = max(counts[0], 1)
        n = sum(counts) + 5
        years = [START + t for t, count in enumerate(counts) for _ in range(count)]
        (folder / "adopters.csv").write_text("city,year\n" + "".join(f"c{k},{y}\n" for k, y in enumerate(years)))
        (folder / "b.yaml").write_text(json.dumps({
            "hansa": 1, "time": {"start": START, "end": START + steps - 1}, "cities": {"generate": n},
            "policies": {"led": {"baseline": -3, "adopters": {"file": "adopters.csv"}}}, "stats": {"b": {"bass": {}}}}))
        told = json.loads(subprocess.run([program, "stats", "b.yaml", "--json"], cwd=folder, check=True,
                                         capture_output=True, text=True).stdout)["statistics"]["led"]
        t, x = numpy.arange(1.0, steps + 1), numpy.array(counts, dtype=float)
        residual = lambda theta: x - new_adopters(theta, t)
        best = min((scipy.optimize.least_squares(residual, [a, b, float(sum(counts))], x_scale=[a, b, 100.0],
                                                 bounds=([1e-11, 1e-11, 0], [20, 20, 1e7]), xtol=1e-15, ftol=1e-15,
                                                 gtol=1e-15, max_nfev=3000)
                    for a in (1e-3, 1e-2, 5e-2) for b in (0.2, 0.5, 0.9)), key=lambda fit: fit.cost)
        if told["b_p"] is None:
            if 1e-6 < best.x[0] and best.x[1] > 1e-6 and best.x[2] < 1e6:
                FAILURES.append(f"bass {number}: no fit, and scipy has {best.x}")
            continue
        fitted += 1
        theta = numpy.array([told["b_p"], told["b_q"], told["b_m"]])
        cost = 0.5 * numpy.sum(residual(theta) ** 2)
        if cost > best.cost * (1 + 1e-10) + 1e-12:
            FAILURES.append(f"bass {number}: {theta} costs {cost}, and {best.x} {best.cost}")
        # Derivatives by complex steps, which lose no digits.
        jacobian = numpy.array([numpy.imag(new_adopters(theta + 1e-30j * numpy.eye(3)[k], t)) / 1e-30 for k in range(3)]).T
        step = numpy.linalg.lstsq(jacobian / numpy.abs(theta) ** -1, residual(theta), rcond=None)[0]
        if not numpy.all(numpy.abs(step) < 1e-10):
            FAILURES.append(f"bass {number}: a step of {step} is left")
        covariance = numpy.linalg.inv(jacobian.T @ jacobian) * 2 * cost / (steps - 3)
        errors = numpy.array([told["b_p_se"], told["b_q_se"], told["b_m_se"]])
        if not numpy.allclose(errors, numpy.sqrt(numpy.diag(covariance)), rtol=1e-7, atol=0):
            FAILURES.append(f"bass {number}: errors {errors}, expected {numpy.sqrt(numpy.diag(covariance))}")
    if fitted < 30:
        FAILURES.append(f"bass: only {fitted} of 40 were fitted")


def check_permutations(program, folder):
    """p of random orders against that of all orders, for six cities; 5 standard errors on each of three networks."""
    draws = 20000
    for number in range(3):
        draw = random.Random(100 + number)
        score = [Fraction(draw.randint(0, 20)) for _ in range(6)]
        ties = [(i, j) for i, j in itertools.permutations(range(6), 2) if draw.random() < 0.4]
        (folder / "cities.csv").write_text("id,score\n" + "".join(f"c{k},{s}\n" for k, s in enumerate(score)))
        (folder / "road.csv").write_text("source,target\n" + "".join(f"c{i},c{j}\n" for i, j in ties))
        (folder / "adopters.csv").write_text("city,year\nc0,2001\n")
        (folder / "m.yaml").write_text(json.dumps({
            "hansa": 1, "time": {"start": START, "end": 2005}, "cities": {"file": "cities.csv"},
            "networks": {"road": {"file": "road.csv"}},
            "policies": {"led": {"baseline": -3, "adopters": {"file": "adopters.csv"}}},
            "stats": {"m": {"moran": {"of": "score", "network": "road", "normalize": "weight", "permutations": draws}}}}))
        told = json.loads(subprocess.run([program, "stats", "m.yaml", "--json"], cwd=folder, check=True,
                                         capture_output=True, text=True).stdout)["statistics"]["led"]
        mean = sum(score) / 6

        def distance(values):
            z = [x - mean for x in values]
            index = Fraction(6, len(ties)) * sum(z[i] * z[j] for i, j in ties) / sum(x * x for x in z)
            return abs(index + Fraction(1, 5))

        own = distance(score)
        exact = sum(distance(order) >= own for order in itertools.permutations(score)) / 720
        bound = 5 * math.sqrt(exact * (1 - exact) / draws) + 1 / draws
        if abs(told["m_p_permutation"] - exact) > bound:
            FAILURES.append(f"permutations {number}: p {told['m_p_permutation']}, of all orders {exact}")


def main():
    program, folder = Path(sys.argv[1]).resolve(), Path(sys.argv[2])
    worlds = int(sys.argv[3]) if len(sys.argv) > 3 else 60
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for number in range(worlds):
        world = World(number)
        world.write(folder)
        ended = subprocess.run([program, "stats", "s.yaml", "-o", "s.h5", "--force", "--quiet"], cwd=folder,
                               capture_output=True, text=True, check=False)
        if ended.returncode != 0:
            FAILURES.append(f"world {number}: {ended.stderr}")
            continue
        with h5py.File(folder / "s.h5") as file:
            for p, name in enumerate(POLICIES):
                Oracle(world, name).check(f"world {number} {name}", file, p)
        if number == 0:
            check_file(folder / "s.h5")
    check_bass(program, folder)
    check_permutations(program, folder)
    for kind, count in sorted(SEEN.items()):
        if count < 2 * worlds:
            FAILURES.append(f"only {count} numbers of {kind} were compared")
    for failure in FAILURES[:20]:
        print(failure)
    print(f"{worlds * len(POLICIES)} histories, {sum(SEEN.values())} numbers, {len(FAILURES)} failures")
    return 1 if FAILURES else 0


if __name__ == "__main__":
    sys.exit(main())
