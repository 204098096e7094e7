"""`hansa fit` with shape parameters: found, told, kept, drawn, compared, and predicted from."""

import csv
import json
import math
import re
import unittest

from program import SCENARIO, Folder

PATH = "policies.led.mechanisms.imitation.exposure.half_life"
TRUTH = (SCENARIO.replace("generate: 50", "generate: 300").replace("random: 5", "random: 20")
         .replace("end: 2009", "end: 2016").replace("network: chance}", "network: chance, half_life: 2}"))
SHAPED = TRUTH.replace("adopters: {random: 20}", "adopters: {file: led.csv}") + f"fit: {{profile: [{PATH}]"


class Shapes(Folder):
    def setUp(self):
        super().setUp()
        self.write("truth.yaml", TRUTH)
        self.assertEqual(self.hansa("run", "truth.yaml", "--replicates", "3", "--quiet").returncode, 0)
        times = self.numbers("truth.h5", "adoption_time")[:300]
        ids = [name.decode() for name in self.numbers("truth.h5", "city_id")]
        rows = [f"{city},{time}" for city, time in zip(ids, times) if abs(time) < 10000]
        self.write("led.csv", "\n".join(["city,year", *rows]) + "\n")
        self.write("fit.yaml", SHAPED + "}\n")

    def fit(self, *words):
        ended = self.hansa("fit", *words)
        self.assertEqual(ended.returncode, 0, ended.err)
        return ended.out

    def test_all_forms_tell_the_same_shape(self):
        answer = json.loads(self.fit("fit.yaml", "--json", "--csv", "fit.csv", "--latex", "fit.tex", "--panel",
                                     "panel.csv"))["fits"]["led"]
        shape = answer["shapes"]["imitation.half_life"]
        self.assertEqual((shape["paths"], shape["written"], shape["scale"]), ([PATH], 2, "logarithmic"))
        self.assertEqual(shape["searched"], [2 / 1024, 2048])
        self.assertLess(shape["interval"][0], shape["estimate"])
        self.assertGreater(shape["interval"][1], shape["estimate"])
        self.assertGreater(shape["se"], 0)
        self.assertGreater(shape["se_cluster"], 0)
        self.assertGreater(answer["shape_fits"]["tried"], 40)
        self.assertEqual(answer["parameters"], 3)
        self.assertAlmostEqual(answer["aic"], 6 - 2 * answer["log_likelihood"], places=9)
        # With the estimate written in, the likelihood is the same, and the errors of coefficients smaller.
        alone = json.loads(self.fit("fit.yaml", "--json", "--set", "fit={}", "--set",
                                    f"{PATH}={shape['estimate']!r}"))["fits"]["led"]
        self.assertAlmostEqual(alone["log_likelihood"], answer["log_likelihood"], places=9)
        self.assertLess(alone["se"]["imitation"], answer["se"]["imitation"])
        table = self.fit("fit.yaml")
        self.assertRegex(table, r"\n  shape parameter +estimate +s.e. +clustered s.e. +95 % interval \(profile\) +searched"
                                r"\n  imitation.half_life +" + re.escape(f"{shape['estimate']:.4g}"[:4]))
        with open(self.folder / "fit.csv", encoding="utf-8", newline="") as file:
            row = next(row for row in csv.DictReader(file) if row["term"] == "imitation.half_life")
        self.assertEqual(float(row["estimate"]), shape["estimate"])
        self.assertEqual([float(row["lower"]), float(row["upper"])], shape["interval"])
        self.assertIn(r"imitation.half\_life & $", (self.folder / "fit.tex").read_text())
        # The panel holds the covariates of the estimate.
        likelihood = 0
        with open(self.folder / "panel.csv", encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                eta = sum(answer["coef"][term] * float(row[term]) for term in answer["coef"])
                likelihood -= math.log1p(math.exp(-eta if row["event"] == "1" else eta))
        self.assertAlmostEqual(likelihood, answer["log_likelihood"], places=8)

    def test_a_run_takes_the_shape_over_and_draws_it(self):
        answer = json.loads(self.fit("fit.yaml", "--json", "-o", "fit.h5"))["fits"]["led"]
        estimate = answer["shapes"]["imitation.half_life"]["estimate"]
        ended = self.hansa("run", "fit.yaml", "--from", "fit.h5", "-o", "from.h5", "--quiet")
        self.assertEqual(ended.returncode, 0, ended.err)
        text = self.attribute("from.h5", "scenario")
        self.assertEqual(float(re.search(r"half_life: (\S+)", text).group(1)), estimate)
        self.assertIn(f"  {PATH}: fitted\n", text)
        for words in (["--threads", "1", "-o", "a.h5"], ["--threads", "3", "-o", "b.h5"]):
            ended = self.hansa("run", "fit.yaml", "--from", "fit.h5", "--draw", "--quiet", *words)
            self.assertEqual(ended.returncode, 0, ended.err)
        self.assertEqual(self.numbers("a.h5", "adoption_time"), self.numbers("b.h5", "adoption_time"))
        self.assertNotEqual(self.numbers("a.h5", "adoption_time"), self.numbers("from.h5", "adoption_time"))
        self.assertEqual(list(self.numbers("fit.h5", "drawn_in_logarithms")), [0, 0, 1])
        for name in ("one.h5", "two.h5"):
            self.fit("fit.yaml", "--quiet", "--reproducible", "-o", name, "--threads", "1" if name[0] == "o" else "3")
        self.assertEqual((self.folder / "one.h5").read_bytes(), (self.folder / "two.h5").read_bytes())

    def test_hypotheses_estimate_their_own_shapes(self):
        self.write("both.yaml", SHAPED + ", hypotheses: {none: [], imitation: [imitation]}}\n")
        answer = json.loads(self.fit("both.yaml", "--compare", "--json"))
        ranked = {each["name"]: each for each in answer["hypotheses"]["led"]["fits"]}
        self.assertEqual((ranked["none"]["parameters"], ranked["imitation"]["parameters"]), (1, 3))
        self.assertAlmostEqual(ranked["imitation"]["log_likelihood"], answer["fits"]["led"]["log_likelihood"], places=9)
        # A scenario that has the half-life written in, beside one that estimates it.
        self.write("written.yaml", SHAPED.replace(f"profile: [{PATH}]", "cluster: city") + "}\n")
        answer = json.loads(self.fit("both.yaml", "written.yaml", "--compare", "--json"))
        ranked = {each["name"]: each for each in answer["hypotheses"]["led"]["fits"]}
        self.assertEqual(ranked["written.yaml"]["parameters"], 2)
        self.assertLessEqual(ranked["written.yaml"]["log_likelihood"], ranked["imitation"]["log_likelihood"] + 1e-9)

    def test_predictions_keep_the_shape_of_the_fitted_years(self):
        answer = json.loads(self.fit("fit.yaml", "--until", "2012", "--score", "--json"))
        estimate = answer["fits"]["led"]["shapes"]["imitation.half_life"]["estimate"]
        alone = json.loads(self.fit("fit.yaml", "--until", "2012", "--score", "--json", "--set", "fit.profile=[]",
                                    "--set", "fit={until: 2012}", "--set", f"{PATH}={estimate!r}"))
        for kind in ("one_step", "free_running"):
            for score in ("log", "brier"):
                self.assertAlmostEqual(answer["score"]["led"][kind][score], alone["score"]["led"][kind][score], places=9)

    def test_histories_estimate_the_shape_of_each(self):
        self.write("again.yaml", TRUTH + f"fit: {{profile: [{PATH}]}}\n")
        answer = json.loads(self.fit("again.yaml", "--histories", "truth.h5", "--json"))["histories"]["led"]
        told = answer["terms"]["imitation.half_life"]
        self.assertEqual((answer["fitted"], told["simulated"], told["fits"]), (3, 2, 3))

    def test_mistakes_are_told_at_their_place(self):
        for path, told in ((PATH + "s", r"leads to 'half_lifes', which is not there.*did you mean 'half_life'\?"),
                           ("policies.led.baseline", "is estimated anyway"),
                           ("policies.led.mechanisms.imitation.strength", "is estimated anyway"),
                           ("policies.led.mechanisms.imitation.exposure.network", "leads to no number"),
                           ("time.start", "leads to no number of a policy or network")):
            self.write("wrong.yaml", SHAPED.replace(f"profile: [{PATH}]", f"profile: [{path}]") + "}\n")
            ended = self.hansa("fit", "wrong.yaml")
            self.assertEqual((ended.returncode, ended.out), (2, ""))
            self.assertRegex(ended.err, r"^error: wrong\.yaml:\d+:\d+: .*" + told)
        ended = self.hansa("fit", "fit.yaml", "--set", "fit.penalty=firth")
        self.assertEqual(ended.returncode, 2)
        self.assertIn("leave out profile or penalty: firth", ended.err)

    def test_a_parameter_that_the_data_do_not_tell_is_named(self):
        self.write("flat.yaml", SHAPED.replace(f"profile: [{PATH}]", "profile: [policies.led.mechanisms.cost.scale.progress_ratio]")
                   .replace("    mechanisms:\n", "    mechanisms:\n      cost: {scale: {pool: all, progress_ratio: 0.8}}\n") + "}\n")
        self.assertRegex(self.fit("flat.yaml").replace("\n    ", " "), "warning: the log-likelihood is flat in 'cost.progress_ratio'")
        answer = json.loads(self.fit("flat.yaml", "--json"))["fits"]["led"]
        shape = answer["shapes"]["cost.progress_ratio"]
        self.assertEqual((shape["flat"], shape["se"], shape["estimate"]), (True, None, 0.8))


if __name__ == "__main__":
    unittest.main()
