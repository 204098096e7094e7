"""Policies that require, exclude and compete with each other, through the commands that read a scenario."""

import json

import h5py

from program import SCENARIO, Folder

LANES = """\
  lanes:
    baseline: -1.5
  trams:
    baseline: -2
    excludes: [led]
"""
BARRED = SCENARIO.replace("    mechanisms:", "    requires: [lanes]\n    mechanisms:\n"
                          "      pair: {synergy: {policy: trams}, strength: -1}") + LANES


class SeveralPolicies(Folder):
    def setUp(self):
        super().setUp()
        self.write("barred.yaml", BARRED)
        self.write("busy.yaml", BARRED.replace("  generate: 50", "  generate: 50\n  attention: 1"))

    def times(self, scenario, *words):
        ended = self.hansa("run", scenario, "--quiet", "--force", "-o", "out.h5", *words)
        self.assertEqual(ended.returncode, 0, ended.err)
        all_of_them = self.numbers("out.h5", "adoption_time")
        return [[all_of_them[(3 * r + p) * 50:(3 * r + p + 1) * 50] for p in range(3)] for r in range(20)]

    def test_no_city_does_what_its_other_policies_bar(self):
        either, several = 0, 0
        for scenario in ("barred.yaml", "busy.yaml"):
            for lanes, led, trams in ([r[0], r[1], r[2]] for r in self.times(scenario)):
                for of_lanes, of_led, of_trams in zip(lanes, led, trams):
                    if of_led >= 2000:  # those before had it given
                        self.assertGreaterEqual(of_lanes, 2000)
                        self.assertGreater(of_led, of_lanes)
                    if of_trams >= 2000 and of_led >= 1999:
                        self.assertLessEqual(of_trams, of_led)
                        either += 1
                    same = [of_lanes, of_led, of_trams]
                    most = max(same.count(t) for t in same if t >= 2000) if max(same) >= 2000 else 0
                    several += scenario == "barred.yaml" and most > 1
                    if scenario == "busy.yaml":
                        self.assertLessEqual(most, 1)
        self.assertGreater(either, 20)
        self.assertGreater(several, 20)

    def test_threads_and_outputs_change_nothing(self):
        self.assertEqual(self.times("busy.yaml", "--threads", "1"), self.times("busy.yaml", "--threads", "4"))
        alone = self.times("busy.yaml")
        self.assertEqual(alone, self.times("busy.yaml", "--set", "output={quantiles: [10, 90]}"))

    def test_check_and_describe_tell_of_it(self):
        told = self.hansa("check", "busy.yaml").out
        self.assertRegex(told, r"policy led +rule logit; .*; requires lanes\n")
        self.assertRegex(told, r"policy trams +rule logit; .*; excludes led\n")
        answer = json.loads(self.hansa("check", "busy.yaml", "--json").out)
        self.assertEqual([each["requires"] for each in answer["policies"]], [[], ["lanes"], []])
        text = self.hansa("describe", "busy.yaml").out
        self.assertRegex(text, r"\*\*Attention\.\*\*\s+In\s+a\s+year\s+a\s+city\s+adopts\s+no\s+more\s+policies\s+than\s+1\.")

    def test_mistakes_are_told_with_their_places(self):
        self.write("circle.yaml", BARRED.replace("    baseline: -1.5", "    baseline: -1.5\n    requires: [tram, led]"))
        ended = self.hansa("check", "circle.yaml")
        self.assertEqual(ended.returncode, 2)
        self.assertIn("unknown policy 'tram', one of lanes, led, trams was expected; did you mean 'trams'?", ended.err)
        self.write("circle.yaml", BARRED.replace("    baseline: -1.5", "    baseline: -1.5\n    requires: [led]"))
        self.assertRegex(self.hansa("check", "circle.yaml").err,
                         r"circle\.yaml:\d+:\d+: policies require each other in a circle: lanes, led, lanes, no city")
        self.write("cascade.yaml", BARRED.replace("    baseline: -4", "    rule: cascade"))
        self.assertIn("policy 'led' with the rule cascade requires others", self.hansa("check", "cascade.yaml").err)

    def test_policies_that_compete_are_fitted_together_and_run_from_their_fit(self):
        ended = self.hansa("run", "busy.yaml", "--quiet", "--force", "-o", "out.h5")
        self.assertEqual(ended.returncode, 0, ended.err)
        told = json.loads(self.hansa("fit", "busy.yaml", "--histories", "out.h5", "--json").out)["histories"]
        self.assertEqual(list(told), ["lanes+led+trams"])
        terms = told["lanes+led+trams"]["terms"]
        self.assertIn("trams.baseline", terms)
        self.assertEqual(terms["trams.baseline"]["simulated"], -2)
        lanes, led, trams = self.times("busy.yaml")[0]
        with h5py.File(self.folder / "out.h5") as result:
            cities = [name.decode() for name in result["city_id"][...]]
        text = (self.folder / "busy.yaml").read_text(encoding="utf-8")
        for name, times in (("lanes", lanes), ("led", led), ("trams", trams)):
            rows = "".join(f"{city},{time}\n" for city, time in zip(cities, times) if time > 0)
            self.write(f"{name}.csv", "city,year\n" + rows)
        self.write("data.yaml", text.replace("    adopters: {random: 5}", "    adopters: {file: led.csv}")
                   .replace("  lanes:\n", "  lanes:\n    adopters: {file: lanes.csv}\n")
                   .replace("  trams:\n    b", "  trams:\n    adopters: {file: trams.csv}\n    b"))
        ended = self.hansa("fit", "data.yaml", "-o", "fit.h5", "--panel", "rows.csv", "--json")
        self.assertEqual(ended.returncode, 0, ended.err)
        fit = json.loads(ended.out)["fits"]["lanes+led+trams"]
        self.assertEqual(fit["information"], "observed")
        self.assertIn("lanes.baseline", fit["coef"])
        head = (self.folder / "rows.csv").read_text(encoding="utf-8")
        self.assertTrue(head.startswith("city,policy,year,event,lanes.baseline,"), head)
        self.assertIn("compete within a step", self.hansa("fit", "data.yaml").out)
        ended = self.hansa("run", "data.yaml", "--from", "fit.h5", "--quiet", "-o", "again.h5")
        self.assertEqual(ended.returncode, 0, ended.err)

    def test_a_fit_refuses_what_it_does_not_know(self):
        self.write("led.csv", "city,year\n")
        ended = self.hansa("fit", "busy.yaml", "--set", "fit={policies: [led], penalty: firth}")
        self.assertEqual(ended.returncode, 2)
        self.assertIn("'lanes', 'led', 'trams' compete within a step and are fitted together: 'lanes' is left out", ended.err)
        self.assertIn("for which there is no 'penalty'", ended.err)

    def test_how_cities_leave_is_estimated_from_logs_and_from_data(self):
        text = SCENARIO.replace("    mechanisms:", "    abandonment: {hazard: 0.2}\n    mechanisms:")
        self.write("left.yaml", text)
        for words, code in ((("--set", "output.events=true"), 0), ((), 2)):
            ended = self.hansa("run", "left.yaml", "--quiet", "--force", "-o", "out.h5", *words)
            self.assertEqual(ended.returncode, 0, ended.err)
            ended = self.hansa("fit", "left.yaml", "--histories", "out.h5", "--json")
            self.assertEqual(ended.returncode, code, ended.err)
            if code == 2:
                self.assertIn("when they did is not kept, run with output: {events: true}", ended.err)
                continue
            hazard = json.loads(ended.out)["histories"]["led.abandonment"]["terms"]["hazard"]
            self.assertEqual(hazard["simulated"], 0.2)
            self.assertLess(abs(hazard["mean"] - 0.2), 0.05)
        with h5py.File(self.folder / "out.h5") as result:
            cities = [name.decode() for name in result["city_id"][...]]
        self.write("led.csv", "city,year,left\n" + "".join(
            f"{city},{2001 + k % 5},{2004 + k % 5 if k % 3 else ''}\n" for k, city in enumerate(cities[:40])))
        self.write("data.yaml", text.replace("adopters: {random: 5}", "adopters: {file: led.csv}"))
        ended = self.hansa("fit", "data.yaml", "-o", "fit.h5", "--json", "--csv", "fit.csv")
        self.assertEqual(ended.returncode, 0, ended.err)
        fit = json.loads(ended.out)["fits"]["led.abandonment"]
        self.assertEqual(fit["rule"], "additive")
        self.assertIn("led.abandonment", (self.folder / "fit.csv").read_text(encoding="utf-8"))
        self.assertIn("fit of led.abandonment", self.hansa("fit", "data.yaml").out)
        for words in ((), ("--draw",)):
            ended = self.hansa("run", "data.yaml", "--from", "fit.h5", "--quiet", "--force", "-o", "again.h5", *words)
            self.assertEqual(ended.returncode, 0, ended.err)
        self.assertIn(f"hazard: {fit['coef']['hazard']}"[:14], self.attribute("again.h5", "scenario"))
