"""The definitions of diffusion statistics, written from the published formulas as plain loops over fractions."""

import json
import math
from fractions import Fraction

import numpy
from diffusion_worlds import START

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
