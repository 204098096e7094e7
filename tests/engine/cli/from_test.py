"""`hansa run --from`: estimates take the place of the scenario's numbers."""

import unittest

from fit_files import write_fit
from program import SCENARIO, Folder

TERMS = [
    ("baseline", ["policies.led.baseline"], -2.5),
    ("imitation", ["policies.led.mechanisms.imitation.strength"], 1.25),
    ("trend_1", ["policies.led.trend.polynomial[0]"], 0.0625),
]
# The scenario that the estimates make of it.
FITTED = SCENARIO.replace("baseline: -4", "baseline: -2.5\n    trend: {polynomial: [0.0625]}").replace(
    "strength: 4", "strength: 1.25")


class From(Folder):
    def fit(self, terms=None, link="logit", name="fit.h5", policy="led", covariance=None):
        write_fit(self.folder / name, [(policy, link, TERMS if terms is None else terms, covariance)], SCENARIO)

    @staticmethod
    def warnings(ended):
        """What a run from a file of an older version warns of besides its age."""
        lines = [line for line in ended.err.splitlines() if line.startswith("warning: ")]
        return [line for line in lines if "an older version wrote the file" not in line]

    def refused(self, *words):
        ended = self.hansa("run", *words)
        self.assertEqual((ended.returncode, ended.out), (2, ""), ended.err)
        self.assertNotIn("lamps.h5", self.names())
        return ended.err

    def test_the_run_is_that_of_the_scenario_with_the_estimates_written_in(self):
        self.fit()
        self.write("fitted.yaml", FITTED)
        for words in (["lamps.yaml", "--from", "fit.h5", "-o", "a.h5"], ["fitted.yaml", "-o", "b.h5"],
                      ["lamps.yaml", "-o", "c.h5"]):
            ended = self.hansa("run", *words)
            self.assertEqual(ended.returncode, 0, ended.err)
            self.assertEqual(self.warnings(ended), [])
        self.assertEqual(self.numbers("a.h5", "adoption_time"), self.numbers("b.h5", "adoption_time"))
        self.assertNotEqual(self.numbers("a.h5", "adoption_time"), self.numbers("c.h5", "adoption_time"))

    def test_the_result_shows_the_estimates_and_where_they_are_from(self):
        self.fit()
        self.write("linear.yaml", SCENARIO.replace("baseline: -4", "baseline: -4\n    trend: linear") +
                   "sources: {policies.led.baseline: assumed, policies.led.trend: assumed}\n")
        ended = self.hansa("run", "linear.yaml", "--from", "fit.h5")
        self.assertEqual(ended.returncode, 0, ended.err)
        self.assertEqual(self.warnings(ended), [])
        text = self.attribute("linear.h5", "scenario")
        self.assertIn("    baseline: -2.5\n", text)
        self.assertIn("    trend:\n      polynomial:\n        - 0.0625\n", text)
        self.assertIn("        strength: 1.25\n", text)
        self.assertIn("  policies.led.baseline: fitted\n", text)
        self.assertIn("  policies.led.trend.polynomial: fitted\n", text)
        self.assertIn("  policies.led.mechanisms.imitation.strength: fitted\n", text)
        self.assertRegex(self.attribute("linear.h5", "input_sha256"), r"[0-9a-f]{64}  fit\.h5\n")
        self.write("again.yaml", text)
        self.assertEqual(self.hansa("run", "again.yaml").returncode, 0)
        self.assertEqual(self.numbers("again.h5", "adopters"), self.numbers("linear.h5", "adopters"))

    def test_settings_go_before_estimates(self):
        self.fit()
        ended = self.hansa("run", "lamps.yaml", "--from", "fit.h5", "--set", "policies.led.baseline=-9",
                           "--set", "policies.led.trend=none", "--replicates", "2")
        self.assertEqual(ended.returncode, 0, ended.err)
        self.assertEqual(self.warnings(ended), [])
        text = self.attribute("lamps.h5", "scenario")
        self.assertIn("    baseline: -9\n", text)
        self.assertIn("    trend: none\n", text)
        self.assertIn("        strength: 1.25\n", text)
        self.assertNotIn("policies.led.baseline: fitted", text)
        self.assertIn("--set goes before", self.hansa("run", "--help").out.replace("\n", " "))

    def test_estimates_of_another_rule_are_refused(self):
        self.fit(link="probit")
        self.assertEqual(
            self.refused("lamps.yaml", "--from", "fit.h5"),
            "error: fit.h5: the estimates of 'led' are of link probit, and policy 'led' has rule logit, no rule is a "
            "probit: estimates with the policy's own rule as link were expected\n")
        self.fit(link="cloglog", name="other.h5")
        self.assertIn("rule cloglog was expected", self.refused("lamps.yaml", "--from", "other.h5"))
        ended = self.hansa("run", "lamps.yaml", "--from", "other.h5", "--set", "policies.led.rule=cloglog")
        self.assertEqual(ended.returncode, 0, ended.err)

    def test_what_the_scenario_does_not_have_is_told_at_once(self):
        self.fit([("a", ["policies.leds.baseline"], 1), ("b", ["policies.led.mechanisms.imitate.strength"], 1),
                  ("c", ["policies.led.attributes.size"], 1), ("d", ["policies.led.slope"], 1)])
        lines = self.refused("lamps.yaml", "--from", "fit.h5").splitlines()
        self.assertEqual(len(lines), 4, lines)
        for line, told in zip(sorted(lines), ["the path 'policies.led.mechanisms.imitate.strength' leads to an unknown",
                                              "the path 'policies.leds.baseline' leads to an unknown policy 'leds'",
                                              "unknown attribute 'size'", "unknown key 'slope'"]):
            self.assertIn("error: fit.h5: " + told, line)

    def test_what_is_no_file_of_estimates_is_told_with_the_rest(self):
        self.write("wrong.yaml", SCENARIO.replace("degree: 6", "degree: 6000"))
        self.write("text.h5", "no estimates")
        self.fit()
        whole = (self.folder / "fit.h5").read_bytes()
        (self.folder / "cut.h5").write_bytes(whole[:-200])
        (self.folder / "changed.h5").write_bytes(whole.replace(b"baseline", b"bassline", 1))
        self.hansa("run", "lamps.yaml", "-o", "result.h5")
        for name, told in {"none.h5": "there is no such file", "text.h5": "is no HDF5 file", ".": "is a folder",
                           "cut.h5": "is cut off|has no seal", "changed.h5": "the file is damaged",
                           "result.h5": "holds no estimates, a file that hansa fit wrote was expected"}.items():
            self.assertRegex(self.refused("lamps.yaml", "--from", name), rf"^error: {name}: ({told})")
        told = self.refused("wrong.yaml", "--from", "none.h5")
        self.assertRegex(told, r"(?m)^error: none\.h5: there is no such file$")
        self.assertRegex(told, r"(?m)^error: wrong\.yaml:9:\d+: ")
        self.assertEqual(self.refused("lamps.yaml", "--from", ""),
                         "error: --from: an empty text is out of place, a file of hansa fit or hansa calibrate was expected\n")

    def test_numbers_that_are_none_are_refused(self):
        self.fit([("baseline", ["policies.led.baseline"], float("inf"))])
        self.assertIn("the estimate of 'baseline' is not finite", self.refused("lamps.yaml", "--from", "fit.h5"))

    def test_mechanisms_that_are_not_those_of_the_fit_are_told(self):
        self.fit()
        ended = self.hansa("run", "lamps.yaml", "--from", "fit.h5", "--set",
                           "policies.led.mechanisms.imitation.exposure.half_life=0.5")
        self.assertEqual(ended.returncode, 0, ended.err)
        self.assertEqual(self.warnings(ended), [
            "warning: fit.h5: mechanism 'imitation' of policy 'led' is not that of the fit: half_life is 0.5 (none in "
            "the fit), an estimate says something of the covariate that was fitted, and of no other"])
        ended = self.hansa("run", "lamps.yaml", "--from", "fit.h5", "--force")
        self.assertIn("warning: fit.h5: an older version wrote the file", ended.err)

    def test_the_file_of_estimates_is_not_written_over(self):
        self.fit()
        before = (self.folder / "fit.h5").read_bytes()
        self.assertIn("is an input of this run",
                      self.refused("lamps.yaml", "--from", "fit.h5", "-o", "fit.h5", "--force"))
        self.assertEqual((self.folder / "fit.h5").read_bytes(), before)

    def test_draws_without_variance_are_the_estimates(self):
        self.fit(covariance=[[0, 0, 0]] * 3)
        for words in (["-o", "a.h5"], ["-o", "b.h5", "--draw"]):
            ended = self.hansa("run", "lamps.yaml", "--from", "fit.h5", *words)
            self.assertEqual(ended.returncode, 0, ended.err)
        self.assertEqual(self.numbers("a.h5", "adoption_time"), self.numbers("b.h5", "adoption_time"))
        self.assertEqual(self.attribute("b.h5", "parameters_drawn_from"), "fit.h5")
        with self.assertRaises(KeyError):
            self.attribute("a.h5", "parameters_drawn_from")

    def test_draws_are_keyed_by_seed_and_replicate(self):
        self.fit(covariance=[[1, 0, 0], [0, 1, 0], [0, 0, 0.01]])
        for file, *words in (("a", "--threads", "1"), ("b", "--threads", "4", "--replicates", "30"),
                             ("c", "--set", "title=Another arm"), ("d", "--set", "seed=8")):
            ended = self.hansa("run", "lamps.yaml", "--from", "fit.h5", "--draw", "-o", f"{file}.h5", *words)
            self.assertEqual(ended.returncode, 0, ended.err)
        self.assertEqual(self.hansa("run", "lamps.yaml", "--from", "fit.h5", "-o", "e.h5").returncode, 0)
        a, b, c, d, e = (self.numbers(f"{file}.h5", "adopters") for file in "abcde")
        self.assertEqual(a, b[: len(a)])
        self.assertEqual(a, c)
        self.assertNotEqual(a, d)
        # Uncertain parameters spread the outcomes.
        first, plain = a[1::10], e[1::10]
        self.assertGreater(max(first) - min(first), max(plain) - min(plain))

    def test_draws_below_0_are_counted_where_they_cannot_be(self):
        self.write("additive.yaml", SCENARIO.replace("baseline: -4", "rule: additive\n    baseline: -4"))
        terms = [("imitation", ["policies.led.mechanisms.imitation.strength"], 0.05)]
        self.fit(terms, link="additive", covariance=[[0.01]])
        ended = self.hansa("run", "additive.yaml", "--from", "fit.h5", "--draw")
        self.assertEqual(ended.returncode, 0, ended.err)
        self.assertRegex(ended.err, r"(?m)^warning: fit\.h5: [1-9]\d* draws had a parameter where it cannot be")

    def test_what_cannot_be_drawn_is_refused(self):
        self.assertEqual(self.refused("lamps.yaml", "--draw"),
                         "error: --draw: there is nothing to draw from, --from FIT.h5 was expected beside it\n")
        self.fit(covariance=[[1, 2, 0], [2, 1, 0], [0, 0, 1]])
        self.assertIn("error: fit.h5: the covariance of the estimates of 'led' is not that of a distribution",
                      self.refused("lamps.yaml", "--from", "fit.h5", "--draw"))


FITTED_EFFECTS = """\
hansa: 1
time: {start: 2000, end: 2008}
replicates: 3
cities: {file: cities.csv}
networks: {ring: {file: ties.csv}}
policies:
  led:
    baseline: -3
    adopters: {file: led.csv, until: 2000}
    mechanisms: {imitation: {exposure: {network: ring, half_life: 4}, strength: 1}}
fit: {from: 2001, until: 2006, fixed_effects: [country, period]}
"""


class FromFixedEffects(Folder):
    """Sixty cities: countries A and B adopt but for 2004, F does not, and one city has no country."""

    def setUp(self):
        super().setUp()
        countries = ["A", "B", "B", "A", "F", "A"] * 10
        countries[4] = ""
        self.cities = "id,country\n" + "".join(f"c{k:02},{each}\n" for k, each in enumerate(countries))
        self.write("cities.csv", self.cities)
        self.write("ties.csv", "source,target\n" + "".join(f"c{k:02},c{(k * 7 + 3) % 60:02}\n" for k in range(60)))
        may = [k for k, each in enumerate(countries) if each in ("A", "B")]
        years = [2000, 2001, 2001, 2002, 2002, 2003, 2003, 2005, 2005, 2006, 2006, 2000]
        self.write("led.csv", "city,year\n" + "".join(
            f"c{may[(7 * n) % len(may)]:02},{year}\n" for n, year in enumerate(years * 2)))
        self.write("effects.yaml", FITTED_EFFECTS)
        ended = self.hansa("fit", "effects.yaml", "-o", "fit.h5", "--quiet")
        self.assertEqual(ended.returncode, 0, ended.err)

    def told(self, *settings):
        words = [word for each in settings for word in ("--set", each)]
        ended = self.hansa("run", "effects.yaml", "--from", "fit.h5", "--force", "--quiet", *words)
        self.assertEqual(ended.returncode, 0, ended.err)
        return [line for line in ended.err.splitlines() if line.startswith("warning: ")]

    def test_groups_without_an_estimate_are_told_until_they_have_an_effect(self):
        countries, years = self.told()
        self.assertIn("policy 'led' has no estimate of country F (no event in the fit), cities without a country (1 of "
                      "them): they decide with the effect of A, the reference", countries)
        self.assertIn("policy 'led' has no estimate of 2004 (no event in the fit), 2007 to 2008 (not in the fit): they "
                      "decide with the effect of 2001, the reference", years)
        countries, years = self.told("policies.led.attributes.country.F=-3", "policies.led.trend.periods.2004=-4")
        self.assertNotIn("F (", countries)
        self.assertNotIn("2004", years)
        text = self.attribute("effects.h5", "scenario")
        self.assertIn("policies.led.trend.periods.2002: fitted\n", text)
        self.assertRegex(text, r"2004: -4\n")

    def test_other_inputs_than_those_of_the_fit_are_told(self):
        self.write("ties.csv", (self.folder / "ties.csv").read_text().replace("c00,c03", "c00,c04"))
        self.assertTrue([line for line in self.told() if "'networks.ring' has other ties than in the fit" in line])
        self.write("cities.csv", self.cities.replace("c59,A", "c59,B"))
        self.assertTrue([line for line in self.told() if "'attributes.country' has other values" in line])


if __name__ == "__main__":
    unittest.main()
