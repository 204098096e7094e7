"""`hansa fit --compare`: hypotheses, further scenarios, and what is left out."""

import csv
import json
import math
import unittest

from program import SCENARIO, Folder

FITTED = SCENARIO.replace("generate: 50", "generate: 300").replace("adopters: {random: 5}", "adopters: {file: led.csv}")
HYPOTHESES = "hypotheses: {none: [], imitation: [imitation]}"


class Compare(Folder):
    def setUp(self):
        super().setUp()
        self.write("truth.yaml", SCENARIO.replace("generate: 50", "generate: 300").replace("random: 5", "random: 20"))
        self.assertEqual(self.hansa("run", "truth.yaml", "--replicates", "1", "--quiet").returncode, 0)
        times = self.numbers("truth.h5", "adoption_time")[:300]
        ids = [name.decode() for name in self.numbers("truth.h5", "city_id")]
        self.adopters = [f"{city},{time}" for city, time in zip(ids, times) if abs(time) < 10000]
        self.write("led.csv", "\n".join(["city,year", *self.adopters]) + "\n")
        self.write("fit.yaml", FITTED + f"fit: {{{HYPOTHESES}, cross_validation: {{leave: cities, folds: 4}}}}\n")
        self.write("plain.yaml", FITTED)

    def fit(self, *words):
        ended = self.hansa("fit", *words)
        self.assertEqual(ended.returncode, 0, ended.err)
        return ended.out

    def answer(self, *words):
        return json.loads(self.fit(*words, "--json"))

    def rows(self, name):
        with open(self.folder / name, encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    def refused(self, *words):
        ended = self.hansa("fit", *words)
        self.assertEqual((ended.returncode, ended.out), (2, ""), ended.err)
        return ended.err

    def test_the_file_of_the_fit_holds_the_ranking(self):
        answer = json.loads(self.fit("fit.yaml", "--compare", "--json", "-o", "ranked.h5", "--force"))["hypotheses"]["led"]["fits"]
        names = [each.decode() for each in self.numbers("ranked.h5", "ranked_name")]
        self.assertEqual(names, [each["name"] for each in answer])
        for variable, key in (("aic", "aic"), ("weight", "akaike_weight"), ("bic", "bic"), ("log_likelihood", "log_likelihood"), ("parameters", "parameters"),
                              ("left_out_log", "cross_validated_log"), ("left_out_rank", "cross_validated_rank")):
            for held, told in zip(self.numbers("ranked.h5", f"ranked_{variable}"), (each[key] for each in answer)):
                if told is None:
                    self.assertTrue(held == 0 or held != held, variable)
                else:
                    self.assertAlmostEqual(float(held), told, 9, variable)
        against = [each.decode() for each in self.numbers("ranked.h5", "ranked_against")]
        self.assertEqual(against, [each["likelihood_ratio"]["against"] if each["likelihood_ratio"] else "" for each in answer])

    def test_hypotheses_are_scored_on_the_cities_left_out(self):
        answer = self.answer("fit.yaml", "--compare")
        ranking = answer["hypotheses"]["led"]
        found = ranking["cross_validation"]
        self.assertEqual(found["leave"], "cities")
        self.assertEqual(len(found["folds"]), 4)
        self.assertEqual(found["trials"], answer["fits"]["led"]["rows"])
        self.assertEqual(found["events"], answer["fits"]["led"]["events"])
        self.assertEqual(sum(fold["trials"] for fold in found["folds"]), found["trials"])
        self.assertEqual(found["best"], "imitation")
        models = {model["name"]: model for model in found["models"]}
        for model in models.values():
            self.assertEqual(model["failed"], 0)
            self.assertAlmostEqual(model["log"], sum(fold["log"] for fold in model["folds"]), places=9)
        difference = models["none"]["against_best"]
        self.assertAlmostEqual(difference["log_difference"], models["none"]["log"] - models["imitation"]["log"], places=8)
        self.assertLess(difference["lower"], difference["log_difference"])
        # Nothing but a baseline: one chance for all.
        self.assertAlmostEqual(models["none"]["log"], found["baseline"]["log"], places=8)
        for fit in ranking["fits"]:
            self.assertEqual(fit["cross_validated_log"], models[fit["name"]]["log"])
        text = self.fit("fit.yaml", "--compare")
        self.assertRegex(text, r"left-out log score +rank +likelihood ratio\n")
        self.assertRegex(text, r"\ncross-validated, cities left out in 4 folds: ")
        self.assertRegex(text, r"\n  'imitation' predicts best; it predicts better than\n? *the baseline alone\n")

    def test_every_form_has_the_same_numbers_for_any_number_of_threads(self):
        first = self.fit("fit.yaml", "--compare", "--json", "--threads", "1", "--ranking", "r.csv", "--latex", "r.tex")
        self.assertEqual(first, self.fit("fit.yaml", "--compare", "--json", "--threads", "3"))
        models = {each["name"]: each for each in json.loads(first)["hypotheses"]["led"]["cross_validation"]["models"]}
        rows = {row["model"]: row for row in self.rows("r.csv")}
        self.assertEqual(set(rows), {"none", "imitation", "baseline alone"})
        self.assertEqual(float(rows["none"]["log_score"]), models["none"]["log"])
        self.assertEqual(rows["imitation"]["rank"], "1")
        self.assertEqual(rows["baseline alone"]["kind"], "reference")
        self.assertIn(f"${models['none']['log']:.2f}$", (self.folder / "r.tex").read_text())

    def test_a_plain_fit_is_cross_validated_by_the_years_to_come(self):
        words = ("plain.yaml", "--set", "fit.cross_validation={leave: years, folds: 3}")
        answer = self.answer(*words)
        found = answer["cross_validation"]["led"]
        self.assertEqual([fold["left_out"] for fold in found["folds"]], ["2004 to 2005", "2006 to 2007", "2008 to 2009"])
        # Fold by fold, from the panel and from fits that end before.
        self.fit("plain.yaml", "--quiet", "--panel", "panel.csv")
        panel = self.rows("panel.csv")
        for fold, score, until in zip(found["folds"], found["models"][0]["folds"], (2003, 2005, 2007)):
            coef = self.answer("plain.yaml", "--until", str(until))["fits"]["led"]["coef"]
            logs = []
            for row in panel:
                if until < int(row["year"]) <= until + 2:
                    eta = sum(coef[term] * float(row[term]) for term in coef)
                    logs.append(math.log1p(math.exp(-eta if row["event"] == "1" else eta)))
            self.assertEqual(fold["trials"], len(logs))
            self.assertAlmostEqual(score["log"], math.fsum(logs), places=7)
        self.assertIn("years predicted from those before in 3 folds", self.fit(*words))

    def test_a_failed_fold_is_shown_and_its_hypothesis_not_ranked(self):
        dated = [line.split(",") for line in self.adopters]
        source = next(city for city, year in dated if year == "2006")
        others = [city for city, year in dated if city != source][:60]
        self.write("late.csv", "\n".join(["source,target", *(f"{source},{city}" for city in others)]) + "\n")
        yaml = FITTED.replace("networks:\n", "networks:\n  late: {file: late.csv, directed: true}\n")
        yaml += "      late: {exposure: {network: late}, strength: 1}\n"
        yaml += "fit: {hypotheses: {imitation: [imitation], late: [late]}, cross_validation: {leave: years, folds: 4}}\n"
        self.write("late.yaml", yaml)
        found = self.answer("late.yaml", "--compare")["hypotheses"]["led"]["cross_validation"]
        models = {model["name"]: model for model in found["models"]}
        # Until 2006 nobody has seen it; the fold that is fitted to 2007 has.
        self.assertEqual([fold["left_out"] for fold in found["folds"]],
                         ["2002 to 2003", "2004 to 2005", "2006 to 2007", "2008 to 2009"])
        self.assertEqual(models["late"]["failed"], 3)
        self.assertIn("'late' is 0 in every row", models["late"]["folds"][0]["failure"])
        self.assertGreater(models["late"]["folds"][3]["log"], 0)
        for key in ("log", "brier", "rank", "against_best"):
            self.assertIsNone(models["late"][key])
        self.assertEqual((found["best"], models["imitation"]["rank"]), ("imitation", 1))
        self.assertRegex(self.fit("late.yaml", "--compare"), r"\n  late: 3 of 4 folds failed, so that it has no score")

    def test_scenarios_are_compared_on_the_same_rows(self):
        self.write("other.yaml", FITTED.replace("imitation: {exposure", "hub: {exposure"))
        self.write("bare.yaml", FITTED[: FITTED.index("    mechanisms:")])
        answer = self.answer("fit.yaml", "--compare", "other.yaml", "bare.yaml")["hypotheses"]["led"]
        fits = {fit["name"]: fit for fit in answer["fits"]}
        self.assertEqual(set(fits), {"none", "imitation", "other.yaml", "bare.yaml"})
        self.assertEqual(fits["other.yaml"]["aic"], fits["imitation"]["aic"])
        self.assertEqual(fits["bare.yaml"]["aic"], fits["none"]["aic"])
        self.assertEqual(fits["other.yaml"]["likelihood_ratio"]["against"], "bare.yaml")
        self.assertEqual(len(answer["cross_validation"]["models"]), 4)
        named = self.answer("plain.yaml", "--compare", "other.yaml")["hypotheses"]["led"]
        self.assertEqual({fit["name"] for fit in named["fits"]}, {"plain.yaml", "other.yaml"})

    def test_what_is_not_comparable_is_refused_in_the_file_that_differs(self):
        self.write("later.yaml", FITTED + "fit: {from: 2003}\n")
        self.write("broken.yaml", FITTED.replace("baseline: ", "baselin: "))
        told = self.refused("fit.yaml", "--compare", "later.yaml")
        self.assertRegex(told, r"^error: later\.yaml: it has not the \d+ rows of the first scenario: it lacks \d+ \(.+ in 2000")
        self.assertRegex(self.refused("fit.yaml", "--compare", "broken.yaml"), r"^error: broken\.yaml:\d+:\d+: ")
        self.assertIn("is named twice", self.refused("fit.yaml", "--compare", "fit.yaml"))
        self.assertIn("--compare", self.refused("fit.yaml", "plain.yaml"))
        self.assertIn("no hypotheses", self.refused("plain.yaml", "--compare"))
        self.assertIn("nothing to write", self.refused("plain.yaml", "--ranking", "r.csv"))
        self.assertIn("leaves nothing of one policy", self.refused("plain.yaml", "--set", "fit.cross_validation={leave: policies}"))
        self.write("rank.csv", "precious")
        self.assertIn("plain.yaml", self.refused("fit.yaml", "--compare", "plain.yaml", "--ranking", "plain.yaml", "--force"))
        self.assertTrue((self.folder / "plain.yaml").read_text().startswith("hansa"))

    def test_hypotheses_under_firths_penalty(self):
        answer = self.answer("fit.yaml", "--compare", "--set", "fit.penalty=firth")["hypotheses"]["led"]
        self.assertEqual((answer["penalty"], answer["failed"]), ("firth", 0))
        ranked = {fit["name"]: fit for fit in answer["fits"]}
        self.assertGreater(ranked["imitation"]["likelihood_ratio"]["statistic"], 0)
        self.assertAlmostEqual(ranked["none"]["aic"], 2 - 2 * ranked["none"]["log_likelihood"], places=9)
        self.assertRegex(self.fit("fit.yaml", "--compare", "--set", "fit.penalty=firth"), "penalised likelihood ratio\n")


if __name__ == "__main__":
    unittest.main()
