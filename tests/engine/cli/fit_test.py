"""`hansa fit`: from a list of adoptions to estimates, their files, and back to a run."""

import csv
import json
import math
import re
import unittest

from fit_pooled import Pooled  # its tests are of this entry too
from fit_shapes import Shapes  # and its
from program import SCENARIO, Folder

FITTED = SCENARIO.replace("generate: 50", "generate: 400").replace("adopters: {random: 5}", "adopters: {file: led.csv}")


class Fit(Folder):
    def setUp(self):
        super().setUp()
        self.write("truth.yaml", SCENARIO.replace("generate: 50", "generate: 400").replace("random: 5", "random: 20"))
        self.assertEqual(self.hansa("run", "truth.yaml", "--replicates", "40", "--quiet").returncode, 0)
        times = self.numbers("truth.h5", "adoption_time")[:400]
        ids = [name.decode() for name in self.numbers("truth.h5", "city_id")]
        rows = [f"{city},{time}" for city, time in zip(ids, times) if abs(time) < 10000]
        self.adopters = [(city, time) for city, time in zip(ids, times) if abs(time) < 10000]
        self.assertGreater(len(rows), 60)
        self.write("led.csv", "\n".join(["city,year", *rows]) + "\n")
        self.write("fit.yaml", FITTED)

    def fit(self, *words):
        ended = self.hansa("fit", *words)
        self.assertEqual(ended.returncode, 0, ended.err)
        return ended.out

    def test_the_table_and_the_numbers_agree(self):
        answer = json.loads(self.fit("fit.yaml", "--json"))["fits"]["led"]
        self.assertEqual(answer["rule"], "logit")
        self.assertEqual(answer["information"], "expected")
        self.assertEqual(answer["separation"], "none")
        self.assertEqual(answer["rank"], 2)
        self.assertEqual(set(answer["coef"]), {"baseline", "imitation"})
        self.assertEqual(answer["events"], sum(time >= 2000 for _, time in self.adopters))
        self.assertAlmostEqual(answer["aic"], 4 - 2 * answer["log_likelihood"], places=9)
        for term, truth in (("baseline", -4), ("imitation", 4)):
            self.assertLess(abs(answer["coef"][term] - truth), 4 * answer["se"][term])
        table = self.fit("fit.yaml")
        self.assertRegex(table, r"\n  imitation +" + re.escape(f"{answer['coef']['imitation']:.3f}"))

    def test_the_panel_repeats_the_likelihood(self):
        self.fit("fit.yaml", "--quiet", "--panel", "panel.csv", "--csv", "fit.csv", "--latex", "fit.tex")
        answer = json.loads(self.fit("fit.yaml", "--json"))["fits"]["led"]
        with open(self.folder / "panel.csv", encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        self.assertEqual(list(rows[0]), ["city", "policy", "year", "event", "baseline", "imitation"])
        self.assertEqual(len(rows), answer["rows"])
        likelihood = 0
        for row in rows:
            eta = sum(answer["coef"][term] * float(row[term]) for term in answer["coef"])
            likelihood -= math.log1p(math.exp(-eta if row["event"] == "1" else eta))
        self.assertAlmostEqual(likelihood, answer["log_likelihood"], places=8)
        with open(self.folder / "fit.csv", encoding="utf-8", newline="") as file:
            terms = {row["term"]: row for row in csv.DictReader(file)}
        self.assertEqual(float(terms["imitation"]["estimate"]), answer["coef"]["imitation"])
        self.assertIn(r"\toprule", (self.folder / "fit.tex").read_text())

    def test_a_run_from_the_fit_uses_its_estimates(self):
        answer = json.loads(self.fit("fit.yaml", "--json", "-o", "fit.h5"))["fits"]["led"]
        ended = self.hansa("run", "fit.yaml", "--from", "fit.h5", "-o", "again.h5", "--quiet")
        self.assertEqual(ended.returncode, 0, ended.err)
        text = self.attribute("again.h5", "scenario")
        baseline = float(re.search(r"baseline: (\S+)", text).group(1))
        strength = float(re.search(r"strength: ([-\d.e]+)", text).group(1))
        self.assertEqual((baseline, strength), (answer["coef"]["baseline"], answer["coef"]["imitation"]))

    def test_equal_fits_give_equal_bytes(self):
        for name in ("a.h5", "b.h5"):
            self.fit("fit.yaml", "--quiet", "--reproducible", "-o", name)
        self.assertEqual((self.folder / "a.h5").read_bytes(), (self.folder / "b.h5").read_bytes())

    def test_hypotheses_are_compared_on_the_same_rows(self):
        self.write("both.yaml", FITTED + "fit: {hypotheses: {none: [], imitation: [imitation]}}\n")
        answer = json.loads(self.fit("both.yaml", "--compare", "--json"))
        ranked = json.dumps(answer["hypotheses"]["led"])
        self.assertIn("imitation", ranked)
        self.assertIn("none", ranked)
        self.assertRegex(self.fit("both.yaml", "--compare"), r"likelihood ratio\n +imitation .* against none\n")
        ended = self.hansa("fit", "fit.yaml", "--compare")
        self.assertEqual(ended.returncode, 2)
        self.assertRegex(ended.err, "no hypotheses")

    def test_later_decisions_are_scored(self):
        answer = json.loads(self.fit("fit.yaml", "--until", "2005", "--score", "--json"))
        score, fitted = answer["score"]["led"], answer["fits"]["led"]
        self.assertEqual(fitted["events"], sum(2000 <= time <= 2005 for _, time in self.adopters))
        near, far = score["one_step"], score["free_running"]
        self.assertEqual(near["events"], sum(time > 2005 for _, time in self.adopters))
        self.assertEqual((score["from"], score["until"], score["without"]), (2006, 2009, ["imitation"]))
        # The rows of all years, with the coefficients of the years until 2005.
        self.fit("fit.yaml", "--quiet", "--panel", "panel.csv")
        logs, squares = [], []
        with open(self.folder / "panel.csv", encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                if int(row["year"]) <= 2005:
                    continue
                eta = sum(fitted["coef"][term] * float(row[term]) for term in fitted["coef"])
                chance = 1 / (1 + math.exp(-eta))
                logs.append(-math.log(chance if row["event"] == "1" else 1 - chance))
                squares.append((chance - int(row["event"])) ** 2)
        self.assertEqual(near["trials"], len(logs))
        self.assertAlmostEqual(near["log"], math.fsum(logs) / len(logs), places=9)
        self.assertAlmostEqual(near["brier"], math.fsum(squares) / len(squares), places=9)
        # Free-running: each city once, and by and large as many adoptions as the truth leads to.
        self.assertEqual((far["trials"], far["cities"]), (near["cities"], near["cities"]))
        self.assertEqual(far["events"], near["events"])
        expected = sum(group["expected"] for group in far["calibration"]["groups"])
        self.assertLess(abs(expected - far["events"]), 0.4 * far["events"])
        # The same resistances as in a run from the fit give the same adoptions; a chance is (k + 1/2) / 1001.
        self.fit("fit.yaml", "--until", "2005", "--quiet", "-o", "fit.h5")
        given = "policies.led.adopters={file: led.csv, until: 2005}"
        ended = self.hansa("run", "fit.yaml", "--from", "fit.h5", "--set", given, "--replicates", "1000", "--quiet",
                           "-o", "later.h5")
        self.assertEqual(ended.returncode, 0, ended.err)
        adopted = sum(2005 < time < 10000 for time in self.numbers("later.h5", "adoption_time"))
        self.assertAlmostEqual((1001 * expected - far["trials"] / 2) / adopted, 1, delta=1e-4)
        again = json.loads(self.fit("fit.yaml", "--until", "2005", "--score", "--json", "--threads", "1"))
        self.assertEqual(again, answer)
        table = self.fit("fit.yaml", "--until", "2005", "--score")
        self.assertRegex(table, r"\nfree-running, 2006 to 2009: ")
        self.assertRegex(table, r"\none step ahead, 2006 to 2009: ")
        self.assertRegex(table, r"\n  model against without networks +log ")
        for words, told in ((["--score"], "--until Y"), (["--score", "--until", "2009"], "no decision after 2009")):
            ended = self.hansa("fit", "fit.yaml", *words)
            self.assertEqual((ended.returncode, ended.out), (2, ""))
            self.assertIn(told, ended.err)

    def test_histories_of_a_result_are_fitted_one_by_one(self):
        answer = json.loads(self.fit("truth.yaml", "--histories", "truth.h5", "--json", "--csv", "all.csv"))
        found = answer["histories"]["led"]
        self.assertEqual((found["fitted"], found["failed"]), (40, 0))
        for term, truth in (("baseline", -4), ("imitation", 4)):
            told = found["terms"][term]
            self.assertEqual(told["simulated"], truth)
            self.assertLess(abs(told["mean"] - truth), 4 * told["sd"] / math.sqrt(40) + 0.1 * told["sd"])
            self.assertGreater(told["coverage"], 0.8)
        with open(self.folder / "all.csv", encoding="utf-8", newline="") as file:
            self.assertEqual(len(list(csv.DictReader(file))), 80)
        one = json.loads(self.fit("fit.yaml", "--json", "--set", "policies.led.adopters={file: led.csv}"))["fits"]["led"]
        with open(self.folder / "all.csv", encoding="utf-8", newline="") as file:
            first = {row["term"]: float(row["estimate"]) for row in csv.DictReader(file) if row["history"] == "0"}
        self.assertAlmostEqual(first["imitation"], one["coef"]["imitation"], places=9)

    def test_the_truth_is_that_of_the_scenario_which_the_result_carries(self):
        ended = self.hansa("run", "truth.yaml", "--replicates", "3", "--quiet", "-o", "other.h5",
                           "--set", "policies.led.mechanisms.imitation.strength=3.5")
        self.assertEqual(ended.returncode, 0, ended.err)
        answer = json.loads(self.fit("truth.yaml", "--histories", "other.h5", "--json"))["histories"]["led"]["terms"]
        self.assertEqual((answer["baseline"]["simulated"], answer["imitation"]["simulated"]), (-4, 3.5))
        self.fit("fit.yaml", "--quiet", "-o", "fit.h5")
        ended = self.hansa("run", "truth.yaml", "--replicates", "3", "--quiet", "-o", "drawn.h5", "--from", "fit.h5", "--draw")
        self.assertEqual(ended.returncode, 0, ended.err)
        answer = json.loads(self.fit("truth.yaml", "--histories", "drawn.h5", "--json"))["histories"]["led"]["terms"]
        self.assertIsNone(answer["imitation"]["simulated"])
        self.assertIsNone(answer["imitation"]["coverage"])

    def test_a_result_of_another_scenario_is_refused(self):
        ended = self.hansa("fit", "lamps.yaml", "--histories", "truth.h5")
        self.assertEqual((ended.returncode, ended.out), (2, ""))
        self.assertRegex(ended.err, r"^error: truth\.h5: it is of other cities")

    def test_what_cannot_be_fitted_is_said_with_its_place(self):
        ended = self.hansa("fit", "lamps.yaml")
        self.assertEqual((ended.returncode, ended.out), (2, ""))
        self.assertRegex(ended.err, r"^error: lamps\.yaml:\d+:\d+: 'led' has no adoptions to be fitted to, ")
        self.assertEqual(self.names().count("led.h5"), 0)

    def test_files_are_replaced_only_when_forced(self):
        self.write("kept.csv", "precious")
        ended = self.hansa("fit", "fit.yaml", "--panel", "kept.csv")
        self.assertEqual(ended.returncode, 2)
        self.assertEqual((self.folder / "kept.csv").read_text(), "precious")
        self.fit("fit.yaml", "--quiet", "--panel", "kept.csv", "--force")
        ended = self.hansa("fit", "fit.yaml", "--panel", "led.csv", "--force")
        self.assertEqual(ended.returncode, 2)
        self.assertTrue((self.folder / "led.csv").read_text().startswith("city,year"))


if __name__ == "__main__":
    unittest.main()
