"""`hansa sensitivity`: the published estimators, written again in Python, and what is said of tables that do not fit."""

import csv
import json
import math
import random
import statistics
import unittest

from program import Folder


def ishigami(x):
    return math.sin(x[0]) + 7 * math.sin(x[1]) ** 2 + 0.1 * x[2] ** 4 * math.sin(x[0])


def saltelli_rows(base_points, inputs, draw):
    """A, AB_1 …, BA_1 …, B of each base point."""
    for _ in range(base_points):
        a, b = [draw() for _ in range(inputs)], [draw() for _ in range(inputs)]
        yield a
        for one, other in ((a, b), (b, a)):
            for i in range(inputs):
                yield one[:i] + [other[i]] + one[i + 1:]
        yield b


def sobol_indices(y, inputs):
    """Saltelli et al. 2010, Jansen 1999, Saltelli 2002."""
    mean, sd = statistics.fmean(y), statistics.pstdev(y)
    y = [(each - mean) / sd for each in y]
    stride = 2 * inputs + 2
    a, b = y[0::stride], y[stride - 1::stride]
    ab = [y[1 + i::stride] for i in range(inputs)]
    ba = [y[1 + inputs + i::stride] for i in range(inputs)]
    variance = statistics.pvariance(a + b)
    s1 = [statistics.fmean(q * (r - p) for p, q, r in zip(a, b, ab[i])) / variance for i in range(inputs)]
    st = [statistics.fmean((p - r) ** 2 for p, r in zip(a, ab[i])) / 2 / variance for i in range(inputs)]
    s2 = {(i, j): statistics.fmean(p * q - r * s for p, q, r, s in zip(ba[i], ab[j], a, b)) / variance - s1[i] - s1[j]
          for i in range(inputs) for j in range(i + 1, inputs)}
    return s1, st, s2


class Sensitivity(Folder):
    def table(self, name, rows, header=("a", "b", "c", "Y")):
        with open(self.folder / name, "w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file)
            writer.writerow(header)
            writer.writerows([repr(cell) if isinstance(cell, float) else cell for cell in row] for row in rows)

    def answer(self, *words):
        ended = self.hansa("sensitivity", *words, "--json")
        self.assertEqual(ended.returncode, 0, ended.err)
        return json.loads(ended.out)["measures"]

    def saltelli(self, base_points=128):
        draw = random.Random(7)
        rows = [[*x, ishigami(x)] for x in saltelli_rows(base_points, 3, lambda: draw.uniform(-math.pi, math.pi))]
        self.table("s.csv", rows)
        return rows

    def test_inputs_may_be_named_in_any_order(self):
        self.saltelli()
        words = ("s.csv", "--design", "saltelli", "--measure", "Y", "--draws", "50", "--inputs")
        self.assertEqual(self.answer(*words, "c,a,b"), self.answer(*words, "a,b,c"))

    def test_indices_are_those_of_the_published_estimators(self):
        rows = self.saltelli()
        s1, st, s2 = sobol_indices([row[3] for row in rows], 3)
        told = self.answer("s.csv", "--design", "saltelli", "--inputs", "a,b,c", "--measure", "Y", "--draws", "50")["Y"]
        names = "abc"
        for i in range(3):
            self.assertAlmostEqual(told["S1"][names[i]], s1[i], delta=1e-10)
            self.assertAlmostEqual(told["ST"][names[i]], st[i], delta=1e-10)
            low, high = told["ST_interval"][names[i]]
            self.assertLess(low, st[i])
            self.assertGreater(high, st[i])
        for (i, j), value in s2.items():
            self.assertAlmostEqual(told["S2"][f"{names[i]},{names[j]}"], value, delta=1e-10)
        self.assertEqual(told["interactions"]["inputs"], list(names))
        for i, row in enumerate(told["interactions"]["matrix"]):
            for j, value in enumerate(row):
                pair = f"{names[min(i, j)]},{names[max(i, j)]}"
                self.assertEqual(value, told["S1"][names[i]] if i == j else told["S2"][pair])
        self.assertEqual([each["base_points"] for each in told["convergence"]], [16, 32, 64])

    def test_elementary_effects_are_those_of_the_papers(self):
        draw = random.Random(3)
        rows, effects = [], {name: [] for name in "abc"}
        for t in range(20):
            levels = [draw.randrange(4) for _ in range(3)]
            if t < 2:
                levels = [3 * t] * 3  # so that each input has its ends
            x = [10 * level / 3 for level in levels]
            rows.append([*x, ishigami(x)])
            for i in draw.sample(range(3), 3):
                step = 2 if levels[i] < 2 else -2
                levels[i] += step
                y, x = rows[-1][3], [10 * level / 3 for level in levels]
                rows.append([*x, ishigami(x)])
                effects["abc"[i]].append((rows[-1][3] - y) / (step / 3))
        self.table("m.csv", rows)
        told = self.answer("m.csv", "--design", "morris", "--inputs", "a,b,c", "--measure", "Y")["Y"]
        for name, each in effects.items():
            self.assertAlmostEqual(told["mu"][name], statistics.fmean(each), delta=1e-9)
            self.assertAlmostEqual(told["mu_star"][name], statistics.fmean(map(abs, each)), delta=1e-9)
            self.assertAlmostEqual(told["sigma"][name], statistics.stdev(each), delta=1e-9)

    def test_words_are_told_without_json(self):
        self.saltelli()
        ended = self.hansa("sensitivity", "s.csv", "--design", "saltelli", "--inputs", "a,b,c", "--measure", "Y")
        self.assertEqual(ended.returncode, 0, ended.err)
        self.assertIn("Sobol' indices of 128 base points", ended.out)
        self.assertIn("Interactions of pairs", ended.out)
        self.assertRegex(ended.out, r"S1 on the diagonal, S2 beside it\n +1 +2 +3\n  1 a( +-?[0-9.]+){3}\n")
        self.assertIn("Y: ST of a has not converged", ended.err)
        ended = self.hansa("sensitivity", "s.csv", "--design", "prim", "--inputs", "a,b,c", "--measure", "Y",
                           "--when", ">= 8")
        self.assertIn("Y at least 8: at ", ended.out)
        self.assertIn("With a from ", ended.out)

    def test_regression_and_one_at_a_time(self):
        self.table("r.csv", [[x, (7 * x) % 10 + 0.5, 3 * x + (7 * x) % 10] for x in range(10)], ("a", "b", "Y"))
        told = self.answer("r.csv", "--design", "regression", "--inputs", "a,b", "--measure", "Y")["Y"]
        self.assertAlmostEqual(told["R2"], 1, delta=1e-10)
        self.assertGreater(told["SRC"]["a"], told["SRC"]["b"])
        self.table("o.csv", [["", "", 5], [0, "", 4], [1, "", 7], ["", "x", 5.5]], ("a", "b", "Y"))
        told = self.answer("o.csv", "--design", "oat", "--inputs", "a,b", "--measure", "Y")["Y"]
        self.assertEqual(told["base"], 5)
        self.assertEqual((told["bars"]["a"]["low"], told["bars"]["a"]["high"]), (-1, 2))
        self.assertEqual((told["bars"]["b"]["low"], told["bars"]["b"]["high"]), (0, 0.5))

    def test_replicates_are_told_apart(self):
        draw = random.Random(1)
        rows = [[point, replicate, *x, ishigami(x) + draw.gauss(0, 1)]
                for point, x in enumerate(saltelli_rows(32, 3, lambda: draw.uniform(-3, 3))) for replicate in range(4)]
        draw.shuffle(rows)
        self.table("n.csv", rows, ("point", "replicate", "a", "b", "c", "Y"))
        told = self.answer("n.csv", "--design", "saltelli", "--inputs", "a,b,c", "--measure", "Y", "--draws", "50")["Y"]
        self.assertEqual(told["replicates"], 4)
        self.assertAlmostEqual(told["variance"]["noise"], 1, delta=0.2)
        self.assertIn("of_means", told)

    def test_a_sweep_of_policies_and_scenarios_is_analysed_one_by_one(self):
        draw = random.Random(2)
        points = list(saltelli_rows(16, 3, lambda: draw.uniform(-3, 3)))
        header = ("point", "scenario", "policy", "replicate", "a", "b", "c", "Y")
        rows = [[f"{number + 128 * what}", scenario, policy, replicate, *x, factor * (1 + what) * ishigami(x) + draw.gauss(0, 0.1)]
                for what, scenario in enumerate(("base", "funded")) for number, x in enumerate(points)
                for policy, factor in (("led", 1), ("trams", -3)) for replicate in range(3)]
        self.table("all.csv", rows, header)
        alone = [row for row in rows if row[1:3] == ["funded", "trams"]]
        self.table("alone.csv", alone, header)
        words = ("--design", "saltelli", "--inputs", "a,b,c", "--measure", "Y", "--draws", "50")
        self.assertEqual(self.answer("all.csv", *words, "--where", "policy=trams", "--where", "scenario=funded"),
                         self.answer("alone.csv", *words))
        for choice, told in (((), "the column 'scenario' has 2 values: base, funded, the rows of one were expected, as --where "
                                  "scenario=base chooses them"),
                             (("--where", "scenario=funded"), "the column 'policy' has 2 values: led, trams"),
                             (("--where", "policy=bus"), "no row has 'bus' in the column 'policy', one of led, trams"),
                             (("--where", "polcy=led"), "the table has no column 'polcy' for a choice of rows"),
                             (("--where", "led"), "--where: 'led' is no choice of rows")):
            ended = self.hansa("sensitivity", "all.csv", *words, *choice)
            self.assertEqual((ended.returncode, ended.out), (2, ""))
            self.assertIn(told, ended.err)

    def test_two_replicates_have_indices_and_no_intervals(self):
        draw = random.Random(4)
        rows = [[point, replicate, *x, ishigami(x) + draw.gauss(0, 1)]
                for point, x in enumerate(saltelli_rows(64, 3, lambda: draw.uniform(-3, 3))) for replicate in range(2)]
        self.table("two.csv", rows, ("point", "replicate", "a", "b", "c", "Y"))
        words = ("two.csv", "--design", "saltelli", "--inputs", "a,b,c", "--measure", "Y", "--draws", "50")
        told = self.answer(*words)["Y"]
        self.assertGreater(told["ST"]["b"], 0.2)
        self.assertEqual(told["ST_interval"]["b"], [None, None])
        self.assertRegex(self.hansa("sensitivity", *words).err, "warning: .*Y: there are no intervals: of 2 replicates")

    def test_mistakes_have_a_place_and_a_mend(self):
        rows = self.saltelli(4)
        words = ("--design", "saltelli", "--inputs", "a,b,c", "--measure", "Y")

        def told(*arguments):
            ended = self.hansa("sensitivity", *arguments)
            self.assertEqual((ended.returncode, ended.out), (2, ""))
            return ended.err

        self.assertIn("no column 'd' for an input", told("s.csv", *words[:3], "a,b,d", *words[4:]))
        self.assertIn("--design: unknown design 'morriss', one of", told("s.csv", "--design", "morriss", *words[2:]))
        self.assertIn("prim has no --when", told("s.csv", "--design", "prim", *words[2:]))
        self.assertIn("--when: 'high' is no limit", told("s.csv", "--design", "prim", *words[2:], "--when", "high"))
        self.assertIn("missing.csv", told("missing.csv", *words))
        self.table("s.csv", rows[:-1])
        self.assertIn("s.csv:32:1: the table has 31 points of 3 inputs, a multiple of 5", told("s.csv", *words))
        self.table("s.csv", rows[:5] + [[*rows[5][:3], "nan"]] + rows[6:])
        self.assertIn("s.csv:7:4: 'Y' is 'nan', a number was expected at every point", told("s.csv", *words))
        rows[9][0] += 1.0
        self.table("s.csv", rows)
        self.assertIn("the points are not those of a Saltelli design", told("s.csv", *words))


if __name__ == "__main__":
    unittest.main()
