"""`hansa fit` of pooled policies: random effects, and dates known as intervals that are drawn."""

import csv
import json
import math
import random

import h5py

from program import Folder

POLICIES = "abcdef"
HEAD = """\
hansa: 1
time: {start: 2000, end: 2009}
seed: 11
cities: {file: cities.csv}
networks: {sister: {file: ties.csv}}
policies:
"""
POLICY = """\
  %s:
    baseline: -3
    attributes: {size: 0}
    adopters: {file: adopt.csv}
    mechanisms: {peers: {exposure: {network: sister}, strength: 1}}
"""


class Pooled(Folder):
    def setUp(self):
        super().setUp()
        dice = random.Random(5)
        cities = [f"c{i:03},{dice.gauss(0, 1):.3f}\n" for i in range(120)]
        ties = [f"c{a:03},c{b:03}\n" for a in range(120) for b in dice.sample(range(120), 4) if a != b]
        rows = []
        for policy in POLICIES:
            shift = dice.gauss(0, 0.8)
            for i in range(120):
                for year in range(2000, 2010):
                    if dice.random() < 1 / (1 + math.exp(3 - shift)):
                        rows.append(f"{policy},c{i:03},{year - 2},{year + 1}\n" if i % 4 == 0 else f"{policy},c{i:03},,{year}\n")
                        break
        self.tables = {"cities.csv": ("id,size\n", cities), "ties.csv": ("source,target\n", ties),
                       "adopt.csv": ("policy,city,after,year\n", rows)}
        self.write_tables()
        policies = "".join(POLICY % name for name in POLICIES)
        self.write("random.yaml", HEAD + policies + "fit: {pooled: true, policy_effects: random}\n")
        self.write("drawn.yaml", HEAD + policies + "fit: {pooled: true, imputations: 6}\n")

    def write_tables(self, reverse=False):
        for name, (head, rows) in self.tables.items():
            self.write(name, head + "".join(reversed(rows) if reverse else rows))

    def fit(self, *words):
        ended = self.hansa("fit", *words)
        self.assertEqual(ended.returncode, 0, ended.err)
        return ended.out

    def answer(self, *words):
        return json.loads(self.fit(*words, "--json"))["fits"]["pooled"]

    def refused(self, told, *words):
        ended = self.hansa("fit", *words)
        self.assertEqual((ended.returncode, ended.out), (2, ""))
        self.assertIn(told, ended.err)

    def test_all_forms_tell_how_policies_differ(self):
        fit = self.answer("random.yaml", "--csv", "fit.csv", "--latex", "fit.tex")
        self.assertEqual(list(fit["coef"]), ["baseline", "size", "peers"])
        self.assertEqual(list(fit["policy_effects"]), list(POLICIES))
        self.assertLess(fit["policy_sd_interval"][0], fit["policy_sd"])
        self.assertLess(fit["policy_sd_test"]["p"], 0.001)
        with open(self.folder / "fit.csv", encoding="utf-8", newline="") as file:
            rows = {row["term"]: row for row in csv.DictReader(file)}
        self.assertEqual(float(rows["policy_sd"]["estimate"]), fit["policy_sd"])
        self.assertEqual(float(rows["effect_b"]["se"]), fit["policy_effects"]["b"]["se"])
        self.assertIn("s.d. of the policy intercept", (self.folder / "fit.tex").read_text())
        text = self.fit("random.yaml")
        self.assertIn("standard deviation of the policy intercept", text)
        self.assertIn("predicted effects of policies about the common baseline", text)
        # A baseline for each moves farther from their mean than a predicted effect.
        fixed = self.answer("random.yaml", "--set", "fit.policy_effects=fixed")
        for name in POLICIES:
            alone = fixed["coef"]["baseline_" + name] - fit["coef"]["baseline"]
            self.assertLess(abs(fit["policy_effects"][name]["effect"]), abs(alone) + 0.02)

    def test_a_run_takes_each_policy_with_its_effect(self):
        fit = self.answer("random.yaml", "-o", "fit.h5")
        with h5py.File(self.folder / "fit.h5") as file:
            terms = [term.decode() for term in file["term"]]
            values = dict(zip(terms, file["estimate"][:]))
        self.assertEqual(terms[-2:], ["baseline", "policy_sd"])
        for name in POLICIES:
            self.assertAlmostEqual(values["baseline_" + name], fit["coef"]["baseline"] + fit["policy_effects"][name]["effect"],
                                   places=12)
        for words in ([], ["--draw"]):
            ended = self.hansa("run", "random.yaml", "--from", "fit.h5", "-o", "run.h5", "--force", "--quiet", "--replicates",
                               "3", *words)
            self.assertEqual(ended.returncode, 0, ended.err)
        self.assertIn(f"baseline: {values['baseline_c']!r}"[:20], self.attribute("run.h5", "scenario"))

    def test_histories_hypotheses_and_scores_work_with_random_effects(self):
        self.fit("random.yaml", "--quiet", "-o", "fit.h5")
        ended = self.hansa("run", "random.yaml", "--from", "fit.h5", "-o", "run.h5", "--quiet", "--replicates", "4")
        self.assertEqual(ended.returncode, 0, ended.err)
        found = json.loads(self.fit("random.yaml", "--histories", "run.h5", "--json"))["histories"]["pooled"]
        self.assertEqual((found["fitted"], found["failed"]), (4, 0))
        self.assertIsNone(found["terms"]["baseline"]["simulated"])  # policies were simulated with six of them
        self.assertIsNotNone(found["terms"]["peers"]["simulated"])
        hypotheses = "fit.hypotheses={none: [], all: [peers]}"
        ranked = json.loads(self.fit("random.yaml", "--compare", "--json", "--set", hypotheses))
        self.assertEqual(len(ranked["hypotheses"]), 1)
        score = json.loads(self.fit("random.yaml", "--until", "2006", "--score", "--json"))["score"]["pooled"]
        self.assertGreater(score["one_step"]["log"], 0)
        self.assertIn("policies have the common baseline with their predicted effects", json.dumps(score))

    def test_random_effects_are_refused_with_the_reason(self):
        self.refused("'pooled' is not true", "random.yaml", "--set", "fit.pooled=false")
        self.refused("are crossed", "random.yaml", "--set", "policies.a.frailty.city=1")
        self.refused("Firth's penalty", "random.yaml", "--set", "fit.penalty=firth")
        text = self.fit("random.yaml", "--set", "fit.policies=[a, b, c]")
        self.assertIn("warning: 3 policies: with fewer than 5", text)

    def test_drawn_dates_are_combined_and_told(self):
        fit = self.answer("drawn.yaml", "-o", "fit.h5", "--csv", "fit.csv", "--latex", "fit.tex")
        told = fit["imputations"]
        self.assertEqual((told["asked"], told["fitted"], told["failures"]), (6, 6, {}))
        self.assertGreater(told["dates"], 50)
        for term, parts in told["terms"].items():
            total = math.sqrt(parts["within"] ** 2 + 7 / 6 * parts["between"] ** 2)
            self.assertAlmostEqual(fit["se_cluster"][term], total, places=12)
            self.assertTrue(0 < parts["missing"] < 1)
        for key in ("log_likelihood", "aic", "bic", "auc", "tests"):
            self.assertNotIn(key, fit)
        with open(self.folder / "fit.csv", encoding="utf-8", newline="") as file:
            rows = {row["term"]: row for row in csv.DictReader(file)}
        self.assertEqual(float(rows["peers"]["missing_information"]), told["terms"]["peers"]["missing"])
        self.assertNotIn("Log-likelihood", (self.folder / "fit.tex").read_text())
        with h5py.File(self.folder / "fit.h5") as file:
            self.assertEqual(file["imputations_fitted"][0], 6)
        ended = self.hansa("run", "drawn.yaml", "--from", "fit.h5", "--draw", "-o", "run.h5", "--quiet", "--replicates", "2")
        self.assertEqual(ended.returncode, 0, ended.err)
        self.assertIn("missing information", self.fit("drawn.yaml"))

    def test_drawn_dates_depend_on_neither_threads_nor_rows(self):
        one = self.fit("drawn.yaml", "--json", "--threads", "1")
        self.assertEqual(self.fit("drawn.yaml", "--json", "--threads", "4"), one)
        self.write_tables(reverse=True)
        self.assertEqual(self.fit("drawn.yaml", "--json"), one)
        self.assertNotEqual(self.fit("drawn.yaml", "--json", "--set", "seed=12"), one)

    def test_imputations_are_refused_with_the_reason(self):
        for words, told in ((["--compare"], "--compare is of one set of rows"),
                            (["--until", "2006", "--score"], "--score is of one set of rows"),
                            (["--panel", "panel.csv"], "--panel is of one set of rows"),
                            (["--set", "fit.intervals=profile"], "profiles of the likelihood")):
            self.refused(told, "drawn.yaml", *words)
        self.assertNotIn("panel.csv", self.names())
        self.assertIn("warning: of a single completed data set", self.fit("drawn.yaml", "--set", "fit.imputations=1"))
        exact = [row if ",," in row else row.replace(",".join(row.split(",")[2:]), "," + row.split(",")[3])
                 for row in self.tables["adopt.csv"][1]]
        self.write("adopt.csv", "policy,city,after,year\n" + "".join(exact))
        text = self.fit("drawn.yaml")
        self.assertIn("nothing is imputed", " ".join(text.split()))
        self.assertIn("AIC", text)
