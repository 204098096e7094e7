"""`hansa check` and `hansa mechanisms`: mistakes told at once with their places, and what a sound scenario holds."""

import json
import unittest

from budgets import Budgets  # its tests are of this entry too
from lessons import Lessons  # its tests are of this entry too
from memberships import Memberships  # and these
from national_laws import NationalLaws  # and its
from program import SCENARIO, Folder
from selections import Selections  # its tests are of this entry too
from sets import Sets  # its tests are of this entry too
from several_policies import SeveralPolicies  # and these
from what_ifs import WhatIfs  # its tests are of this entry too


class Check(Folder):
    def refused(self, text, *words):
        self.write("wrong.yaml", text)
        ended = self.hansa("check", "wrong.yaml", *words)
        self.assertEqual((ended.returncode, ended.out), (2, ""))
        return ended.err

    def test_a_sound_scenario_is_described(self):
        ended = self.hansa("check", "lamps.yaml")
        self.assertEqual((ended.returncode, ended.err), (0, ""))
        self.assertRegex(ended.out, r"^Lamps: no mistakes found\n  cities +50\n  time +2000 to 2009, in steps of a year\n"
                                    r"  replicates +20\n  network chance +\d+ ties\n"
                                    r"  policy led +rule logit; imitation \(exposure\); 5 given by data\n\n"
                                    r"Policy led: the chance that a city adopts in a year\n"
                                    r"  nothing presses +1\.8 %\n"
                                    r"  imitation \(exposure\)  none of those observed +1\.8 %\n"
                                    r" +half of those observed +12 %\n +all of those observed +50 %\n$")
        self.assertEqual(self.names(), ["lamps.yaml"])

    def test_json_has_the_same(self):
        answer = json.loads(self.hansa("check", "lamps.yaml", "--json").out)
        self.assertEqual(answer["title"], "Lamps")
        self.assertEqual(answer["cities"], 50)
        self.assertEqual(answer["policies"],
                         [{"name": "led", "rule": "logit", "given": 5, "requires": [], "excludes": [], "cost": None,
                           "mechanisms": [{"name": "imitation", "kind": "exposure"}]}])

    def test_json_has_chances(self):
        answer = json.loads(self.hansa("check", "lamps.yaml", "--json", "--set", "policies.led.baseline={chance: 0.15 %}",
                                       "--set", "policies.led.mechanisms.imitation.strength=1.5").out)
        (policy,) = answer["chances"]
        self.assertEqual((policy["policy"], policy["rule"]), ("led", "logit"))
        self.assertEqual([lever["name"] for lever in policy["levers"]], ["nothing presses", "imitation"])
        chances = [each["chance"] for each in policy["levers"][1]["chances"]]
        for told, wanted in zip(chances, (0.0015, 0.00317, 0.00669), strict=True):
            self.assertAlmostEqual(told, wanted, places=5)

    def test_a_calibration_that_has_nothing_to_compare_is_warned_of(self):
        calibrate = "calibrate: {parameters: {policies.led.baseline: {normal: [-3, 1]}}}\n"
        self.write("given.yaml", SCENARIO + calibrate)
        ended = self.hansa("check", "given.yaml")
        self.assertEqual(ended.returncode, 0)
        self.assertRegex(ended.err, r"^warning: given\.yaml:16:1: hansa calibrate will refuse this: no adoptions were observed after "
                                    r"those that are given, 'adopters: \{file: …\}' .+\n$")
        self.write("seen.csv", "city,year\n" + "".join(f"city {k},{2000 + k // 5}\n" for k in range(1, 30)))
        self.write("c.csv", "id\n" + "".join(f"city {k}\n" for k in range(50)))
        self.write("seen.yaml", SCENARIO.replace("adopters: {random: 5}", "adopters: {file: seen.csv}").replace("generate: 50", "file: c.csv") + calibrate)
        ended = self.hansa("check", "seen.yaml")
        self.assertEqual((ended.returncode, ended.err), (0, ""))

    def test_strengths_without_a_chance_are_warned_of(self):
        ended = self.hansa("check", "lamps.yaml", "--set", "policies.led.mechanisms.imitation.strength=90")
        self.assertEqual(ended.returncode, 0)
        self.assertRegex(ended.err, r"^warning: lamps\.yaml:15:7: mechanism 'imitation' of policy 'led' alone makes adoption "
                                    r"certain .+\nwarning: lamps\.yaml:11:3: the linear predictor of policy 'led' can reach "
                                    r"86, .+\n$")

    def test_settings_are_applied_in_order(self):
        answer = json.loads(self.hansa("check", "lamps.yaml", "--json", "--set", "cities.generate=60", "--set",
                                       "cities.generate=70", "--set", 'title="Many = lamps"').out)
        self.assertEqual((answer["cities"], answer["title"]), (70, "Many = lamps"))

    def test_a_setting_may_be_a_list_or_a_map_and_stands_before_the_scenario(self):
        ended = self.hansa("check", "--set", "policies.led.adopters=[c1, c2, c3]", "--set",
                           "policies.led.trend={linear: 0.1}", "lamps.yaml", "--json")
        self.assertEqual((ended.returncode, ended.err), (0, ""))
        self.assertEqual(json.loads(ended.out)["policies"][0]["given"], 3)

    def test_mistakes_of_all_stages_are_told_at_once_in_order(self):
        wrong = SCENARIO.replace("seed: 7", "sead: 7").replace("network: chance", "network: chanse") \
                        .replace("baseline: -4", "baseline: much")
        lines = self.refused(wrong).splitlines()
        self.assertEqual([line.split(": ")[1] for line in lines],
                         ["wrong.yaml:4:1", "wrong.yaml:12:15", "wrong.yaml:15:39"])
        self.assertIn("'seed'", lines[0])
        self.assertIn("number", lines[1])
        self.assertIn("did you mean 'chance'?", lines[2])

    def test_a_mistake_has_no_echo(self):
        self.assertEqual(len(self.refused(SCENARIO.replace("degree: 6", "degree: lots")).splitlines()), 1)
        self.assertEqual(len(self.refused(SCENARIO.replace("generate: 50", "file: absent.csv")).splitlines()), 1)
        self.assertEqual(len(self.refused(SCENARIO.replace("generate: 50", "generate: few")).splitlines()), 1)
        self.assertEqual(len(self.refused(SCENARIO.replace("start: 2000", "start: soon")).splitlines()), 1)
        self.assertEqual(len(self.refused(SCENARIO.replace("exposure:", "exposition:")).splitlines()), 1)
        self.assertEqual(len(self.refused(SCENARIO.replace("erdos_renyi:", "erdosh_renyi:")).splitlines()), 1)

    def test_data_files_have_places_too(self):
        self.write("data/cities.csv", "id,population\na,100\nb,5\nc,many\n")
        self.write("data/ties.csv", "source,target\na,b\na,zz\n")
        text = SCENARIO.replace("generate: 50", "file: data/cities.csv").replace("{random: 5}", "[a]") \
                       .replace("{erdos_renyi: {degree: 6}}", "{file: data/ties.csv}")
        err = self.refused(text)
        self.assertIn("error: data/cities.csv:4", err)
        self.assertIn("error: data/ties.csv:3", err)
        self.assertIn("'zz'", err)
        self.assertNotIn("'b'", err)
        for spoilt in (b"b,5\nb,6\n", b"b\xff,5\n", b"b\0,5\n", b"b,5,6\n"):
            (self.folder / "data/cities.csv").write_bytes(b"id,population\na,100\n" + spoilt)
            err = self.refused(text)
            self.assertEqual(len(err.splitlines()), 1, err)  # any id of the ties may be the one that was meant
            self.assertIn("error: data/cities.csv:", err)

    def test_settings_with_mistakes_name_themselves(self):
        err = self.refused(SCENARIO, "--set", "policies.led.baseline=much", "--set", "nonsense")
        self.assertEqual(len(err.splitlines()), 2)
        for line in err.splitlines():
            self.assertTrue(line.startswith("error: --set"), line)

    def test_a_sweep_is_told_and_its_paths_are_tried(self):
        sweep = """\
base: lamps.yaml
sweep:
  design: {saltelli: 16}
  replicates: 4
  parameters: {policies.led.mechanisms.imitation.strength: {uniform: [0, 3]}}
"""
        self.write("sweep.yaml", "hansa: 1\n" + sweep)
        ended = self.hansa("check", "sweep.yaml")
        self.assertEqual((ended.returncode, ended.err), (0, ""))
        self.assertIn("a Saltelli design of 16 base points; 48 points, 4 replicates each", ended.out)
        ended = self.hansa("run", "sweep.yaml", "--replicates", "2", "--json")
        self.assertEqual(ended.returncode, 0, ended.err)
        self.assertIn("uniform from 0 to 3", self.hansa("describe", "sweep.yaml").out)
        self.write("bad.yaml", "hansa: 1\n" + sweep.replace("16", "1073741824"))
        ended = self.hansa("check", "bad.yaml")
        self.assertEqual(ended.returncode, 2)
        self.assertRegex(ended.err, r"bad\.yaml:3:1: 3221225472 points of 4 replicates are 12884901888 runs, about \d+ \w+ on \d+ threads and 206 gigabytes")
        self.write("bad.yaml", "hansa: 1\n" + sweep.replace("strength", "strenght"))
        ended = self.hansa("check", "bad.yaml")
        self.assertIn("bad.yaml:6:16: unknown key 'strenght', did you mean 'strength'?", ended.err)
        self.write("list.csv", "policies.led.baseline,policies.led.rule\n-4,logit\n-3,clog\n")
        self.write("list.yaml", "hansa: 1\nbase: lamps.yaml\nsweep: {design: {list: list.csv}}\n")
        self.assertIn("list.csv:1:2: 'rule' is 'clog'", self.hansa("check", "list.yaml").err)

    def test_text_that_is_no_yaml(self):
        self.assertRegex(self.refused("hansa: [1\n"), r"^error: wrong\.yaml:\d+:\d+: .+\n$")
        self.assertEqual(len(self.refused("").splitlines()), 1)

    def test_nothing_in_a_file_can_move_the_cursor(self):
        err = self.refused(SCENARIO + '"\\e[2Jx": 1\n')
        self.assertNotIn("\x1b", err)
        self.assertIn("x1b[2Jx", err)


class Mechanisms(Folder):
    def test_every_mechanism_has_a_formula_and_a_source(self):
        ended = self.hansa("mechanisms")
        self.assertEqual((ended.returncode, ended.err), (0, ""))
        for name in ("collective", "exposure", "scale"):
            self.assertRegex(ended.out, rf"(^|\n){name}\n  \S")
        self.assertEqual(ended.out.count("\n  formula  "), ended.out.count("\n  source   "))

    def test_markdown_is_made_of_tables(self):
        out = self.hansa("mechanisms", "--markdown").out
        self.assertIn("### `exposure`\n", out)
        rows = [line for line in out.splitlines() if line.startswith("| `")]
        self.assertGreater(len(rows), 10)
        for row in rows:
            self.assertEqual(row.replace("\\|", "").count("|"), 7, row)


if __name__ == "__main__":
    unittest.main()
