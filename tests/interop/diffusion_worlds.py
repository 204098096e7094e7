"""Random worlds for statistics: cities, ties and adoptions that are drawn, and their files."""

import itertools
import json
import random
from fractions import Fraction

START = 2000
POLICIES = [f"p{k}" for k in range(6)]


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
            if dated and (i, j) != (0, 1) and draw.random() < 0.6:
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
