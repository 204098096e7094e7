"""Policies that require, exclude and compete with each other, through the commands that read a scenario."""

import json

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

    def test_a_fit_refuses_what_it_does_not_know(self):
        ended = self.hansa("fit", "busy.yaml")
        self.assertEqual(ended.returncode, 2)
        self.assertIn("'attention' makes policies compete within a step", ended.err)
        self.assertIn("'led' requires 'lanes', and a fit does not know whom that keeps from deciding", ended.err)
        self.assertIn("'trams' excludes 'led'", ended.err)
