"""What-ifs through every command that reads a scenario: a file in a folder of its own over a base in another one."""

import json
import re

from program import SCENARIO, Folder

BASE = SCENARIO.replace("generate: 50", "file: data/cities.csv").replace("{random: 5}", "{file: data/led.csv}") \
               .replace("replicates: 20", "replicates: 20\noutput: {quantiles: [50]}")
WHAT_IF = """\
hansa: 1
base: ../worlds/lamps.yaml
title: Lamps until 2004
remove: [output]
time: {end: 2004}
policies: {led: {mechanisms: {imitation: {strength: 2}}}}
"""


class WhatIfs(Folder):
    def setUp(self):
        super().setUp()
        self.write("worlds/lamps.yaml", BASE)
        self.write("worlds/data/cities.csv", "id\n" + "".join(f"c{k}\n" for k in range(50)))
        self.write("worlds/data/led.csv", "city,year\nc1,1999\nc2,1999\nc3,2002\n")
        self.write("what/if.yaml", WHAT_IF)
        self.write("what/data/cities.csv", "id\nwrong\n")  # files of the base are not read from here
        whole = BASE.replace("Lamps", "Lamps until 2004").replace("2009", "2004").replace("strength: 4", "strength: 2") \
                    .replace("output: {quantiles: [50]}\n", "")
        self.write("worlds/whole.yaml", whole)

    def done(self, *words):
        ended = self.hansa(*words)
        self.assertEqual(ended.returncode, 0, ended.err)
        return ended.out

    def refused(self, *words):
        ended = self.hansa(*words)
        self.assertEqual((ended.returncode, ended.out), (2, ""), ended.err)
        return ended.err

    def run_numbers(self, scenario, *words):
        self.done("run", scenario, "--quiet", "--force", "-o", "out.h5", *words)
        return [self.numbers("out.h5", name) for name in ("adoption_time", "adopters", "time", "quantile")]

    def test_a_what_if_is_the_scenario_that_it_would_be_in_one_file(self):
        for command in (("check",), ("network", "--draws", "2", "chance"), ("fit", "--json", "--set", "policies.led.adopters.until=1999")):
            what_if, whole = (self.hansa(command[0], path, *command[1:]) for path in ("what/if.yaml", "worlds/whole.yaml"))
            self.assertEqual(what_if.returncode, whole.returncode, what_if.err)
            self.assertEqual(what_if.out.replace("what/if.yaml", ""), whole.out.replace("worlds/whole.yaml", ""))
        self.assertEqual(self.run_numbers("what/if.yaml"), self.run_numbers("worlds/whole.yaml"))
        self.assertNotEqual(self.run_numbers("what/if.yaml"), self.run_numbers("what/if.yaml", "--set", "seed=8"))

    def test_the_result_file_says_enough_to_ask_again(self):
        numbers = self.run_numbers("what/if.yaml")
        text = self.attribute("out.h5", "scenario")
        self.assertNotRegex(text, r"(?m)^(base|remove|output):")
        self.assertIn('file: "../worlds/data/cities.csv"', text)
        digests = dict(reversed(line.split("  ")) for line in self.attribute("out.h5", "input_sha256").splitlines())
        self.assertEqual(sorted(digests), ["../worlds/data/cities.csv", "../worlds/data/led.csv", "what/if.yaml", "worlds/lamps.yaml"])
        self.assertEqual(self.attribute("out.h5", "scenario_bases"), "worlds/lamps.yaml\n")
        world = self.attribute("out.h5", "world_sha256")
        self.write("what/again.yaml", text)
        (self.folder / "worlds/lamps.yaml").unlink()
        self.assertEqual(self.run_numbers("what/again.yaml"), numbers)
        self.assertEqual(self.attribute("out.h5", "scenario"), text)
        self.assertEqual(self.attribute("out.h5", "world_sha256"), world)
        self.assertRegex(self.refused("run", "what/if.yaml", "--quiet", "-o", "none.h5"), r"^error: what/if\.yaml:2:7: ")

    def test_what_comes_out_does_not_depend_on_where_it_is_asked(self):
        numbers = self.run_numbers("what/if.yaml")
        self.assertEqual(self.run_numbers(str(self.folder / "what/if.yaml")), numbers)
        self.write("what/absolute.yaml", WHAT_IF.replace("..", str(self.folder)))
        self.assertEqual(self.run_numbers("what/absolute.yaml"), numbers)

    def test_describe_tells_the_merged_scenario_and_its_files(self):
        told = self.done("describe", "what/if.yaml")
        self.assertRegex(told, r"\| if\.yaml +\| this scenario +\|")
        self.assertRegex(told, r"\| worlds/lamps\.yaml +\| its base +\|")
        self.assertRegex(told, r"\| \.\./worlds/data/cities\.csv +\| data +\|")
        self.assertNotRegex(told, r"\| `(base|remove)` ")
        self.assertRegex(told, r"imitation\.strength` +\| `2`")

    def test_settings_act_on_the_merged_scenario(self):
        self.assertEqual(self.run_numbers("what/if.yaml", "--set", "policies.led.mechanisms.imitation.strength=4", "--set", "time.end=2009",
                                          "--set", "output.quantiles=[50]"), self.run_numbers("worlds/lamps.yaml", "--set", "title=x"))
        self.assertRegex(self.refused("check", "what/if.yaml", "--set", "policies.lid.baseline=1"), "did you mean 'led'")
        self.assertRegex(self.refused("check", "worlds/lamps.yaml", "--set", "base=x.yaml"), "^error: --set base: 'base' cannot be set")

    def test_mistakes_of_all_files_are_told_at_once_each_in_its_file(self):
        self.write("worlds/lamps.yaml", BASE.replace("degree: 6", "degree: six").replace("led.csv", "lid.csv"))
        self.write("what/if.yaml", WHAT_IF.replace("[output]", "[outputs, policies.led.trend]").replace("2004", "soon"))
        told = self.refused("check", "what/if.yaml")
        places = re.findall(r"(?m)^error: (\S+?): ", told)
        self.assertEqual(places, ["what/if.yaml:4:10", "what/if.yaml:4:19", "what/if.yaml:5:13", "worlds/lamps.yaml:10:34",
                                  "worlds/lamps.yaml:14:22"])
        self.assertIn("did you mean 'output'?", told)
        self.assertIn("did you mean 'worlds/data/led.csv'?", told)

    def test_nothing_is_written_over_a_base(self):
        told = self.refused("run", "what/if.yaml", "--quiet", "--force", "-o", "worlds/lamps.yaml")
        self.assertIn("is an input of this run", told)
        self.assertEqual((self.folder / "worlds/lamps.yaml").read_text(), BASE)

    def test_estimates_go_into_a_what_if(self):
        self.write("worlds/data/led.csv", "city,year\n" + "".join(f"c{k},{1996 + k // 4}\n" for k in range(36)))
        self.done("fit", "what/if.yaml", "--quiet", "-o", "fit.h5")
        digests = self.attribute("fit.h5", "input_sha256")
        self.assertIn("  worlds/lamps.yaml\n", digests)
        answer = json.loads(self.done("run", "what/if.yaml", "--from", "fit.h5", "--draw", "--json", "-o", "drawn.h5"))
        self.assertTrue(answer["complete"])
        self.assertIn('file: "../worlds/data/led.csv"', self.attribute("drawn.h5", "scenario"))
