"""`hansa compare`: findings, the file, JSON, and what cannot be compared."""

import json
import math
import statistics
import unittest

from fit_files import write_fit
from program import SCENARIO, Folder

FUND = "hansa: 1\nbase: lamps.yaml\ninterventions: [{at: 2001, name: fund, cost: 600, seed: {policy: led, cities: {random: 4}}}]\n"


class Compare(Folder):
    def setUp(self):
        super().setUp()
        self.write("fund.yaml", FUND)
        self.write("nothing.yaml", FUND.replace("random: 4", "random: 4}, success: 0").replace("}}}]", "}}]"))

    def compare(self, *words, code=0):
        ended = self.hansa("compare", *words)
        self.assertEqual(ended.returncode, code, ended.err)
        return ended

    def test_findings_come_first_with_their_uncertainty(self):
        out = self.compare("lamps.yaml", "fund.yaml", "--replicates", "200").out
        self.assertTrue(out.startswith("Strengths are as the scenario states them"))
        self.assertRegex(out, r"fund, led: \S+ more cities that are not funded adopt by 2009 \(95 % interval of the\s+mean ")
        self.assertRegex(out, r"of the 4\s+cities\s+funded")
        self.assertRegex(out, r"50\s+random\s+choices\s+of\s+4\s+cities")
        self.assertRegex(out, r"It\s+costs\s+its\s+funders\s+600\s+more:")
        self.assertRegex(out, r"Unpaired,\s+\S+\s+times\s+as\s+many\s+runs")
        self.assertIn("result: lamps-comparison.h5", out)
        self.assertEqual(self.names(), ["fund.yaml", "lamps-comparison.h5", "lamps.yaml", "nothing.yaml"])

    def test_the_file_and_json_have_the_same_numbers(self):
        answer = json.loads(self.compare("lamps.yaml", "fund.yaml", "--replicates", "60", "--json", "-o", "c.h5").out)
        found = answer["differences"][0]["policies"][0]
        self.assertEqual(self.numbers("c.h5", "adopters_difference"), [each["mean"] for each in found["adopters"]])
        self.assertEqual(self.numbers("c.h5", "followers"), [found["followers"]["followers"]["mean"]])
        self.assertEqual(self.numbers("c.h5", "rivals_beaten"), [found["rivals"]["beaten"]])
        self.assertEqual(answer["differences"][0]["cost"], {"mean": 600, "low": 600, "high": 600})
        self.assertEqual(self.numbers("c.h5", "cost_difference"), [600])
        self.assertEqual(self.numbers("c.h5", "cost_per_adopter"), [found["cost_per_adopter"]["mean"]])
        self.assertAlmostEqual(found["cost_per_adopter"]["mean"], 600 / found["adopters"][-1]["mean"], places=9)
        adopters = self.numbers("c.h5", "adopters")
        steps = 10
        with_less_base = [adopters[(2 * r + 1) * steps + steps - 1] - adopters[2 * r * steps + steps - 1] for r in range(60)]
        self.assertAlmostEqual(found["adopters"][-1]["mean"], math.fsum(with_less_base) / 60, places=12)
        self.assertEqual(len(found["cities"]), 50)

    def test_what_is_paid_is_told_of_each_scenario_and_of_their_difference(self):
        priced = SCENARIO.replace("hansa: 1", "hansa: 1\ncurrency: EUR").replace(
            "    mechanisms:", "    cost: {amount: 1000, per: once}\n    mechanisms:\n"
            "      price: {scale: {pool: all, progress_ratio: 0.8}, strength: 1}")
        self.write("priced.yaml", priced)
        self.write("help.yaml", "hansa: 1\nbase: priced.yaml\ninterventions:\n"
                                "  - {at: 2002, until: 2006, name: help, subsidy: {policy: led, share: 50 %}}\n")
        words = ("priced.yaml", "help.yaml", "--replicates", "100", "-o", "c.h5")
        answer = json.loads(self.compare(*words, "--json").out)
        found = answer["differences"][0]
        led = found["policies"][0]
        for name, key in (("spending_to_date_difference", "spending_to_date"), ("subsidies_to_date_difference", "subsidies_to_date")):
            self.assertEqual(self.numbers("c.h5", name), [each["mean"] for each in led[key]])
        for scenario in ("priced", "help"):
            self.assertEqual(self.hansa("run", scenario + ".yaml", "--replicates", "100", "--quiet").returncode, 0)
        totals = [[sum(self.numbers(scenario + ".h5", "spending")[10 * r:10 * r + 10]) for r in range(100)]
                  for scenario in ("priced", "help")]
        pairs = [with_help - without for without, with_help in zip(*totals)]
        last = led["spending_to_date"][-1]
        self.assertAlmostEqual(last["mean"], math.fsum(pairs) / 100, places=6)
        self.assertAlmostEqual(last["high"] - last["mean"], 1.9842169 * statistics.stdev(pairs) / 10, places=3)
        paid = [sum(self.numbers("help.h5", "subsidies")[10 * r:10 * r + 10]) for r in range(100)]
        self.assertAlmostEqual(found["cost"]["mean"], math.fsum(paid) / 100, places=6)
        self.assertAlmostEqual(led["cost_per_adopter"]["mean"], found["cost"]["mean"] / led["adopters"][-1]["mean"], places=6)
        self.assertEqual(led["cost_per_follower"]["mean"], None)
        out = self.compare(*words, "--force").out
        self.assertRegex(out, r"It\s+costs\s+its\s+funders\s+\d+\s+EUR\s+more\s+\(95")
        self.assertRegex(out, r"By\s+2009\s+cities\s+have\s+spent\s+\d+\s+EUR\s+(more|less)")
        self.assertRegex(out, r"\n    subsidies paid, EUR +\d+ +\+\d+ ")

    def test_a_scenario_alone_finds_the_same_adopters(self):
        self.compare("lamps.yaml", "fund.yaml", "--replicates", "20", "--quiet", "--reruns", "0")
        self.assertEqual(self.hansa("run", "fund.yaml", "--replicates", "20", "--quiet").returncode, 0)
        together, alone = self.numbers("lamps-comparison.h5", "adopters"), self.numbers("fund.h5", "adopters")
        self.assertEqual([together[(2 * r + 1) * 10 : (2 * r + 2) * 10] for r in range(20)],
                         [alone[r * 10 : (r + 1) * 10] for r in range(20)])

    def test_what_changes_nothing_differs_by_exactly_nothing(self):
        out = self.compare("lamps.yaml", "nothing.yaml", "--replicates", "100").out
        self.assertIn("nothing, led: no city adopts at another time in any replicate.", out)
        self.assertEqual(set(self.numbers("lamps-comparison.h5", "adopters_difference")), {0})

    def test_equal_comparisons_give_equal_bytes_for_any_number_of_threads(self):
        for threads in ("1", "3"):
            self.compare("lamps.yaml", "fund.yaml", "--replicates", "50", "--threads", threads, "--reproducible",
                         "--quiet", "-o", threads + ".h5")
        self.assertEqual((self.folder / "1.h5").read_bytes(), (self.folder / "3.h5").read_bytes())

    def test_mechanisms_are_knocked_out(self):
        out = self.compare("lamps.yaml", "--knock-out", "all", "--replicates", "100").out
        self.assertRegex(out, r"without imitation, led: In all, \S+ fewer cities have adopted")
        ended = self.compare("lamps.yaml", "--knock-out", "imitatio", code=2)
        self.assertRegex(ended.err, "no mechanism is called 'imitatio'")

    def test_replicates_are_doubled_until_the_interval_is_narrow(self):
        words = ("lamps.yaml", "fund.yaml", "--replicates", "20", "--json", "--reruns", "0", "-o")
        answer = json.loads(self.compare(*words, "a.h5", "--until-precise", "final_adopters:0.8").out)
        last = answer["differences"][0]["policies"][0]["adopters"][-1]
        self.assertLessEqual(last["high"] - last["low"], 0.8)
        self.assertTrue(answer["precise"])
        self.assertEqual(math.log2(answer["asked"] / 20) % 1, 0)
        for wrong in ("final_share", "final_share:0", "final_shares:1", "final_share:x"):
            self.assertRegex(self.compare("lamps.yaml", "fund.yaml", "--until-precise", wrong, code=2).err,
                             "MEASURE:WIDTH was expected")

    def test_a_measure_that_cannot_be_is_refused_or_given_up_at_once(self):
        ended = self.compare("lamps.yaml", "--knock-out", "all", "--until-precise", "followers:1", code=2)
        self.assertRegex(ended.err, "--until-precise: there are no followers: no what-if seeds a city")
        ended = self.compare("lamps.yaml", "fund.yaml", "--until-precise", "population_covered:0.1", code=2)
        self.assertRegex(ended.err, "--until-precise: there is no population to cover")
        self.assertEqual(self.names(), ["fund.yaml", "lamps.yaml", "nothing.yaml"])
        self.write("rare.yaml", SCENARIO.replace("baseline: -4", "baseline: -20").replace("strength: 4", "strength: 0"))
        self.write("funded.yaml", FUND.replace("lamps", "rare"))
        words = ("rare.yaml", "funded.yaml", "--replicates", "20", "--reruns", "0", "--until-precise", "time_to_half:1")
        out = " ".join(self.compare(*words).out.split())
        self.assertIn("time_to_half:1: nothing has this measure after 20 replicates (no pair of runs comes so far)", out)
        answer = json.loads(self.compare(*words, "--json", "--force").out)
        self.assertEqual((answer["precision"], answer["precise"], answer["asked"]), ("nowhere", False, 20))
        self.assertEqual(answer["without_measure"], [{"scenario": "funded", "policy": "led"}])

    def test_reruns_are_counted_in_words_json_and_file(self):
        out = " ".join(self.compare("lamps.yaml", "fund.yaml", "--replicates", "60", "--reruns", "30").out.split())
        self.assertIn("from 62 reruns of 30 replicates (50 random choices, 4 of single groups alone, 4 of all but one", out)
        self.assertEqual(self.numbers("lamps-comparison.h5", "rerun_replicates"), [30])
        self.assertEqual(self.numbers("lamps-comparison.h5", "reruns"), [1, 1] * 4 + [50, 50, 4, 4, 4, 4])
        ended = self.compare("lamps.yaml", "fund.yaml", "--replicates", "60", "--reruns", "0", "--force")
        self.assertIn("for want of reruns: none were asked for.", " ".join(ended.out.split()))
        self.assertEqual(self.numbers("lamps-comparison.h5", "rerun_replicates"), [0])

    def test_a_rerun_that_fails_spoils_nothing_else(self):
        cities = "id\n" + "".join(f"c{k}\n" for k in range(6))
        self.write("cities.csv", cities)
        self.write("ties.csv", "source,target\nc3,c4\n")
        self.write("lamps.yaml", SCENARIO.replace("generate: 50", "file: cities.csv")
                   .replace("{erdos_renyi: {degree: 6}}", "{file: ties.csv}").replace("baseline: -4", "baseline: -79")
                   .replace("adopters: {random: 5}", "adopters: []").replace("strength: 4", "strength: 200"))
        self.write("fund.yaml", FUND.replace("{random: 4}", "[c0]"))
        ended = self.compare("lamps.yaml", "fund.yaml", "--replicates", "20")
        out = " ".join(ended.out.split())
        self.assertRegex(out, r"of 56 reruns are left out, since a replicate failed: the best connected \(replicate 0: ")
        self.assertRegex(ended.err, r"warning: fund.yaml: led: \d+ of 56 reruns are left out")
        answer = json.loads(self.compare("lamps.yaml", "fund.yaml", "--replicates", "20", "--json", "--force").out)
        found = answer["differences"][0]["policies"][0]
        self.assertEqual(found["adopters"][-1]["mean"], 1)
        self.assertIsNone(found["rivals"]["best_connected"]["mean"])
        self.assertEqual(found["reruns"]["left_out"][0]["rerun"], "the best connected")
        told = self.hansa("report", "lamps-comparison.h5", "--json").out
        self.assertNotIn("nan", told)
        policy = json.loads(told)["files"][0]["what_ifs"][0]["policies"][0]
        self.assertIn("reruns are left out, since a replicate failed", policy["reruns"])
        self.assertIsNone(policy["rivals"]["best_connected"][0])

    def test_draws_are_told_apart_from_luck_and_from_the_error_of_the_mean(self):
        terms = [("baseline", ["policies.led.baseline"], -3.0),
                 ("imitation", ["policies.led.mechanisms.imitation.strength"], 3.0)]
        write_fit(self.folder / "fit.h5", [("led", "logit", terms, [[0.25, 0], [0, 0.25]])], SCENARIO)
        write_fit(self.folder / "sure.h5", [("led", "logit", terms, [[0, 0], [0, 0]])], SCENARIO)
        words = ("lamps.yaml", "fund.yaml", "--replicates", "400", "--reruns", "40", "--draw")
        ended = self.compare(*words, "--from", "fit.h5", "-o", "c.h5")
        out = " ".join(ended.out.split())
        self.assertRegex(out, r"by luck \S+ to \S+ in nine of ten runs; by what is not known of the strengths \S+ to "
                              r"\S+ in nine of ten draws \(\d+ ± \d+ % of the variance\)")
        self.assertIn("400 replicates (100 draws of the strengths, 4 replicates each)", out)
        low, _, high = self.numbers("c.h5", "adopters_difference_draws")[-3:]
        self.assertLess(low, high)
        self.assertEqual(self.attribute("c.h5", "parameter_draws"), 100)
        sure = json.loads(self.compare(*words, "--from", "sure.h5", "-o", "s.h5", "--json").out)
        last = sure["differences"][0]["policies"][0]["adopters"][-1]["draws"]
        luck = sure["differences"][0]["policies"][0]["adopters_of_runs"][-1]
        self.assertLess(last["high"] - last["low"], 0.5 * (luck["high"] - luck["low"]))
        self.assertEqual(self.hansa("report", "c.h5", "-o", "page.html").returncode, 0)
        self.assertIn("5 to 95 % of draws", (self.folder / "page.html").read_text())

    def test_groups_of_what_ifs_count_and_their_replicates_are_warned_of(self):
        cities = "id,region\n" + "".join(f"c{k:02},{'NS'[k % 2]}\n" for k in range(50))
        self.write("cities.csv", cities)
        self.write("lamps.yaml", SCENARIO.replace("generate: 50", "file: cities.csv"))
        self.write("fund.yaml", FUND + "replicates: 7\noutput: {by: [region]}\n")
        ended = self.compare("lamps.yaml", "fund.yaml", "--reruns", "0")
        self.assertRegex(ended.err, r"warning: fund.yaml: its replicates \(7\) are not heeded: a comparison takes the base's")
        self.assertRegex(ended.out, r"region N \(25 cities\)")
        self.assertEqual(self.numbers("lamps-comparison.h5", "cities_by_region"), [25, 25])

    def test_what_cannot_be_paired_is_refused_before_anything_runs(self):
        self.write("later.yaml", "hansa: 1\nbase: lamps.yaml\ntime: {end: 2010}\nseed: 8\n")
        ended = self.compare("lamps.yaml", "later.yaml", code=2)
        self.assertRegex(ended.err, "error: later.yaml: its time is 2000 to 2010, that of 'lamps' is 2000 to 2009")
        self.assertRegex(ended.err, "error: later.yaml: its seed is 8")
        self.assertRegex(self.compare("lamps.yaml", code=2).err, "a what-if file or --knock-out was expected")
        self.assertRegex(self.compare("lamps.yaml", "lamps.yaml", code=2).err, "two scenarios are called 'lamps'")
        self.write("lamps-comparison.h5", "precious")
        self.assertRegex(self.compare("lamps.yaml", "fund.yaml", code=2).err, "--force")
        self.assertEqual((self.folder / "lamps-comparison.h5").read_text(), "precious")

    def test_without_strength_nobody_follows(self):
        self.write("idle.yaml", SCENARIO.replace("strength: 4", "strength: 0"))
        self.write("funded.yaml", FUND.replace("lamps", "idle"))
        answer = json.loads(self.compare("idle.yaml", "funded.yaml", "--replicates", "300", "--json").out)
        found = answer["differences"][0]["policies"][0]
        self.assertEqual(found["followers"]["followers"], {"mean": 0, "low": 0, "high": 0})
        self.assertEqual({group["alone"]["mean"] for group in found["following"]["groups"]}, {0})


if __name__ == "__main__":
    unittest.main()
