"""National laws and tables of countries, through the commands that read a scenario."""

import json

from program import SCENARIO, Folder

CITIES = "id,country\n" + "".join(f"c{i:02},{'' if i == 49 else 'XYZ'[i % 3]}\n" for i in range(50))
LAWS = """\
      ban: {national: {kind: preempt, enact: {file: laws.csv}}}
      law: {national: {kind: enabling, enact: {share: {attribute: need}}, delay: 1}, strength: 2}
      must: {national: {kind: mandate, enact: {hazard: {base: 0.05, share: 0.5}}, compliance: 0.4}}
"""
RULED = SCENARIO.replace("  generate: 50", "  file: cities.csv").replace(
    "networks:", "countries: {file: countries.csv}\nnetworks:") + LAWS


class NationalLaws(Folder):
    def setUp(self):
        super().setUp()
        self.write("cities.csv", CITIES)
        self.write("countries.csv", "country,need\nX,0.3\nY,0.5\nZ,0.2\n")
        self.write("laws.csv", "country,policy,from\nX,led,2004\nY,other,2000\n")
        self.write("ruled.yaml", RULED)

    def mistakes(self, old, new, file="ruled.yaml"):
        self.write("wrong.yaml", RULED)
        text = (self.folder / ("wrong.yaml" if file == "ruled.yaml" else file)).read_text()
        self.assertIn(old, text)
        self.write("wrong.yaml" if file == "ruled.yaml" else file, text.replace(old, new))
        ended = self.hansa("check", "wrong.yaml")
        self.assertEqual(ended.returncode, 2, ended.err)
        return ended.err

    def times(self, scenario, *words):
        ended = self.hansa("run", scenario, "--quiet", "--force", "-o", "out.h5", *words)
        self.assertEqual(ended.returncode, 0, ended.err)
        return self.numbers("out.h5", "adoption_time")

    def test_nobody_adopts_where_a_law_bars_it(self):
        times = self.times("ruled.yaml")
        barred = [t for k, t in enumerate(times) if k % 50 % 3 == 0 and k % 50 != 49]
        others = [t for k, t in enumerate(times) if k % 50 % 3 != 0]
        self.assertLess(max(barred), 2004)
        self.assertGreater(sum(t >= 2004 for t in others), 100)
        mechanisms = self.numbers("out.h5", "new_adoptions_by_mechanism")
        self.assertGreater(sum(mechanisms), 0)

    def test_threads_and_rows_change_nothing(self):
        alone = self.times("ruled.yaml", "--threads", "1")
        self.assertEqual(alone, self.times("ruled.yaml", "--threads", "4"))
        self.write("countries.csv", "need,country\n0.2,Z\n0.5,Y\n0.3,X\n")
        self.write("laws.csv", "from,policy,country\n2000,other,Y\n2004,led,X\n")
        self.assertEqual(alone, self.times("ruled.yaml"))

    def test_strength_0_and_knock_out_repeal(self):
        law = "policies.led.mechanisms.law.strength=0"
        self.write("without.yaml", "\n".join(line for line in RULED.split("\n") if " law: " not in line))
        self.assertEqual(self.times("ruled.yaml", "--set", law), self.times("without.yaml"))
        ended = self.hansa("compare", "ruled.yaml", "--knock-out", "ban", "--json", "--force", "-o", "c.h5")
        self.assertEqual(ended.returncode, 0, ended.err)
        self.assertIn("without ban", ended.out)

    def test_mistakes_are_told_with_their_places(self):
        for old, new, told in [
            ("enact: {file: laws.csv}", "enact: {}", r"'enact' has none of share, hazard, file, exactly one of them was"),
            ("compliance: 0.4}}", "compliance: 0.4}, strength: 2}", r"'strength' cannot stand beside 'kind: mandate', a"),
            ("{attribute: need}", "{attribute: needs}", r"countries have no number 'needs', .*did you mean 'need'"),
            ("countries: {file: countries.csv}\n", "", r"'law' has 'need' of each country, and countries have no attr"),
            ("kind: preempt, enact: {file: laws.csv}", "kind: preempt", r"'enact' is missing in 'national'"),
            ("    baseline: -4", "    rule: cascade", r"'national' cannot stand beside rule cascade, exposure on a netw"),
        ]:
            with self.subTest(told=told):
                self.assertRegex(self.mistakes(old, new), r"error: wrong\.yaml:\d+:\d+: .*" + told)
        for file, old, new, told in [
            ("laws.csv", "X,led,2004", "W,led,2004", r"laws\.csv:2:1: country 'W' has a law and no city, a country of"),
            ("countries.csv", "Y,0.5", "Y,", r"country 'Y' has no 'need', a number for each country that has a city"),
            ("cities.csv", "id,country", "id,land", r"country"),
        ]:
            with self.subTest(told=told):
                self.setUp()
                self.assertRegex(self.mistakes(old, new, file), told)

    def test_check_and_describe_tell_of_it(self):
        told = self.hansa("check", "ruled.yaml")
        self.assertEqual(told.returncode, 0, told.err)
        self.assertRegex(told.out, r"ban \(national\), imitation \(exposure\), law \(national\), must \(national\)")
        self.assertRegex(told.out, r"law \(national\)\s+no law in force")
        self.assertIn("laws.csv:3:2: a law on 'other', a policy that the scenario does not have", told.err)
        text = " ".join(self.hansa("describe", "ruled.yaml").out.split())
        for part in ["while M_i(t) = 1 city i is not at risk, and cannot be seeded or bound",
                     "enacted at the end of the first step with s_c >= need_c",
                     "the sum of 0.05 + 0.5 s_c reaches R_c ~ Exp(1)",
                     "resistances of national governments to laws on led (one per country and policy)",
                     "**National laws.** Governments count who of their cities has adopted by the end of t",
                     "Shipan, C. R. & Volden, C. (2008)"]:
            self.assertIn(part, text)
        self.assertNotIn("M[ban]", text)
        self.assertIn("2 M[law]_i(t)", text)

    def test_the_schema_has_it(self):
        schema = json.dumps(json.loads(self.hansa("schema").out))
        self.assertIn('"national"', schema)
        self.assertIn('"countries"', schema)
        ended = self.hansa("mechanisms")
        self.assertIn("national", ended.out)

    def test_a_fit_refuses_what_it_does_not_know(self):
        self.write("led.csv", "city,year\nc01,1999\nc02,2003\n")
        self.write("fit.yaml", RULED.replace("adopters: {random: 5}", "adopters: {file: led.csv}"))
        ended = self.hansa("fit", "fit.yaml")
        self.assertEqual(ended.returncode, 2)
        self.assertIn("cannot be fitted: national keeps what no data tell, give the dates of the laws", ended.err)
