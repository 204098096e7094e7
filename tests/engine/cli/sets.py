"""Numbers that are set at dates, through the commands that read a scenario."""

import json

from program import SCENARIO, Folder

PATH = "policies.led.mechanisms.imitation"
SETS = f"""\
interventions:
  - {{at: 2003, until: 2005, cost: 9, set: {{{PATH}.strength: 6, {PATH}.exposure.shape.power: 0.5}}}}
  - {{at: 2007, name: late, set: {{policies.led.baseline.chance: 5 %, "policies.led.frailty.city": 0.4}}}}
"""
# The shape is written, so that it has a power to be set.
SHAPED = SCENARIO.replace("{network: chance}", "{network: chance, shape: {power: 1}}")


class Sets(Folder):
    def setUp(self):
        super().setUp()
        self.write("lamps.yaml", SHAPED)
        self.write("sets.yaml", SHAPED + SETS)

    def ran(self, scenario, *words):
        ended = self.hansa("run", scenario, "--quiet", "--force", "-o", "out.h5", *words)
        self.assertEqual(ended.returncode, 0, ended.err)
        return [self.numbers("out.h5", name) for name in ("adoption_time", "adopters", "new_adoptions_by_mechanism")]

    def test_they_are_told_with_what_they_are_instead_of(self):
        ended = self.hansa("check", "sets.yaml")
        self.assertEqual((ended.returncode, ended.err), (0, ""))
        self.assertIn(f"intervention set-2003  sets {PATH}.exposure.shape.power to 0.5 instead of 1, {PATH}.strength to 6 "
                      "instead of 4 from 2003 to 2005; costs 9\n", ended.out)
        self.assertIn("\nPolicy led from 2003 on: the chance that a city adopts in a year\n", ended.out)
        answer = json.loads(self.hansa("check", "sets.yaml", "--json", "--show-selection").out)
        self.assertEqual([each["policy"] for each in answer["interventions"]], ["led", "led"])
        self.assertEqual(answer["interventions"][1]["sets"],
                         [{"path": f"{PATH}.exposure.shape.power", "number": 0.5, "instead_of": 1},
                          {"path": f"{PATH}.strength", "number": 6, "instead_of": 4}])
        self.assertEqual([each["set"] for each in answer["selections"]], ["policies.led.adopters"])
        self.assertEqual([each["from"] for each in answer["chances"][0]["later"]], [2003, 2007])
        self.assertRegex(self.hansa("describe", "sets.yaml").out, r"`late`: from 2007 to 2009, `policies\.led\.baseline` is")

    def test_they_change_the_run_from_their_dates_on_for_any_number_of_threads(self):
        plain, changed = self.ran("lamps.yaml"), self.ran("sets.yaml")
        until_2002 = [[number for k, number in enumerate(ran[1]) if k % 10 < 3] for ran in (plain, changed)]
        self.assertEqual(*until_2002)
        self.assertNotEqual(plain, changed)
        self.assertEqual(changed, self.ran("sets.yaml", "--threads", "1"))

    def test_setting_what_is_there_changes_nothing_and_is_warned_of(self):
        self.write("same.yaml", SHAPED + f"interventions: [{{at: 2003, set: {{{PATH}.strength: 4}}}}]\n")
        self.assertEqual(self.ran("lamps.yaml"), self.ran("same.yaml"))
        self.assertRegex(self.hansa("check", "same.yaml").err, r"^warning: same\.yaml:16:\d+: '.+' is 4 anyway, setting it changes")

    def test_mistakes_are_told_at_once(self):
        self.write("wrong.yaml", SHAPED + "interventions:\n"
                   "  - {at: 2003, set: {policies.led.baselin: 1, policies.led.frailty.city: -1}}\n"
                   f"  - {{at: 2004, name: a, set: {{{PATH}.strength: 1}}}}\n"
                   f"  - {{at: 2005, name: b, set: {{{PATH}.strength: 2}}}}\n")
        ended = self.hansa("check", "wrong.yaml")
        self.assertEqual((ended.returncode, ended.out), (2, ""))
        self.assertEqual(ended.err.count("error: wrong.yaml:"), 3)
        self.assertRegex(ended.err, r"leads to 'baselin', which is not there, .+ did you mean 'baseline'\?")
        self.assertRegex(ended.err, r"is '-1', a number of at least 0 was expected")
        self.assertRegex(ended.err, r"'a' and 'b' both set '.+' in 2005")

    def test_a_what_if_adds_a_set_and_takes_one_away(self):
        self.write("more.yaml", "hansa: 1\nbase: sets.yaml\nremove: [late]\n"
                                f"interventions: [{{at: 2006, name: own, set: {{{PATH}.strength: 1}}}}]\n")
        answer = json.loads(self.hansa("check", "more.yaml", "--json").out)
        self.assertEqual([each["name"] for each in answer["interventions"]], ["own", "set-2003"])
        self.assertEqual(self.hansa("compare", "lamps.yaml", "more.yaml", "--quiet", "--replicates", "4", "-o", "c.h5").returncode, 0)

    def test_fits_refuse_what_is_set_in_scored_steps(self):
        self.write("led.csv", "city,year\nc1,1999\nc2,2002\nc3,2004\n")
        self.write("cities.csv", "id\n" + "".join(f"c{k}\n" for k in range(50)))
        data = (SHAPED + SETS).replace("{random: 5}", "{file: led.csv}").replace("generate: 50", "file: cities.csv")
        self.write("fit.yaml", data)
        ended = self.hansa("fit", "fit.yaml")
        self.assertEqual(ended.returncode, 2)
        self.assertEqual(ended.err.count("sets a number of 'led', whose decisions are to be fitted"), 2)
