"""hansa power: text, JSON and file say the same; resuming, shards, refusing, exit codes. And what hansa fit says beside estimates."""

import json
import signal
import time
import unittest

import h5py
from program import Folder

SCENARIO = """\
hansa: 1
title: Lamps
time: {start: 2000, end: 2009}
seed: 7
cities: {file: cities.csv}
networks: {near: {file: ties.csv, directed: false}}
policies:
  led:
    baseline: -3
    adopters: {file: adopters.csv}
    mechanisms:
      crowd: {exposure: {pool: all}, strength: 1}
      talk: {exposure: {network: near}, strength: 2}
fit: {cluster: none, hypotheses: {none: [], talk: [talk], both: [crowd, talk]}}
power:
  histories: 60
  effects:
    policies.led.mechanisms.talk.strength: [0, 3]
    policies.led.mechanisms.crowd.strength: 1
"""


class Lamps(Folder):
    def setUp(self):
        super().setUp()
        self.write("s.yaml", SCENARIO)
        self.write("cities.csv", "id,region\n" + "".join(f"c{k},{'north' if k % 3 else 'south'}\n" for k in range(90)))
        self.write("ties.csv", "source,target\n" + "".join(f"c{k},c{(k + step) % 90}\n" for k in range(90) for step in (1, 2)))
        self.write("adopters.csv", "city,year\nc0,1998\nc40,1999\n" + "".join(f"c{k},{2000 + k % 9}\n" for k in range(1, 30)))

    def power(self, *words, code=0, **options):
        ended = self.hansa("power", "s.yaml", *words, **options)
        self.assertEqual(ended.returncode, code, ended.err)
        return ended


class Told(Lamps):
    def test_text_json_and_file_say_the_same(self):
        out = self.power("--json", "-o", "answer.json").out
        told = json.loads(out)
        self.assertEqual(json.loads((self.folder / "answer.json").read_text()), told)
        self.assertEqual((told["complete"], told["missing"], told["failed"], told["histories"]), (True, 0, 0, 60))
        fit = told["fits"]["led"]
        self.assertEqual(fit["observed_adoptions"], 29)
        names = [(cell["from"]["hypothesis"], cell["from"]["effects"]) for cell in fit["cells"]]
        talk, crowd = (f"policies.led.mechanisms.{name}.strength" for name in ("talk", "crowd"))
        self.assertEqual(names, [("both", {crowd: 1, talk: 0}), ("both", {crowd: 1, talk: 3}), ("none", {}),
                                 ("talk", {talk: 0}), ("talk", {talk: 3})])
        for cell in fit["cells"]:
            self.assertEqual(sum(each["selected_aic"] for each in cell["fitted"]) + cell["undecided"], 60)
            for fitted in cell["fitted"]:
                self.assertEqual(fitted["estimated"] + fitted["separation"] + fitted["rank"] + fitted["other"], 60)
        found = {(cell["from"]["hypothesis"], fitted["hypothesis"], effect["mechanism"], effect["size"]): effect["found"]["rate"]
                 for cell in fit["cells"] for fitted in cell["fitted"] for effect in fitted["effects"]}
        self.assertGreater(found["talk", "talk", "talk", 3], 0.5)
        self.assertLess(found["talk", "talk", "talk", 0], 0.2)
        text = self.power().out
        self.assertIn("Power: effects that act", text)
        self.assertIn("Selected by the lowest BIC", text)
        self.assertIn("talk (talk 3) are told apart", text)
        self.assertIn(f"{100 * found['talk', 'talk', 'talk', 3]:.1f} %", text)
        self.assertIn("The smallest effect of talk that talk finds with power 80 %", text)

    def test_worlds_are_told_as_claims(self):
        told = json.loads(self.power("--json", "--set", "power.worlds={shocks: {sd: [0, 2]}, homophily: {network: near, "
                                     "correlation: 0.9, strength: [2]}}").out)
        worlds = [cell for cell in told["fits"]["led"]["cells"] if "world" in cell["from"]]
        self.assertEqual([(each["from"]["world"], each["from"]["strength"]) for each in worlds],
                         [("homophily", 2), ("shocks", 0), ("shocks", 2)])
        claimed = worlds[0]["fitted"][2]["effects"][0]["claimed"]
        self.assertGreater(claimed["rate"], 0.2)
        self.assertLessEqual(claimed["lower"], claimed["rate"])
        self.assertIn("without any contagion, talk claims talk", self.power("--set", "power.worlds={homophily: {network: near, "
                                                                            "correlation: 0.9, strength: [2]}}").out)

    def test_check_and_describe_know_the_section(self):
        self.assertEqual(self.hansa("check", "s.yaml").returncode, 0)
        described = self.hansa("describe", "s.yaml").out
        self.assertIn("## Power", described)
        self.assertIn("60 histories from each hypothesis", described)
        self.assertIn("Cohen", described)


class Resumed(Lamps):
    def test_shards_and_threads_make_the_same_answer(self):
        whole = self.power("--json", "--threads", "1").out
        for shard in ("1/2", "2/2"):
            ended = self.power("--json", "--folder", "kept", "--shard", shard)
        self.assertEqual(ended.out, whole)
        self.assertEqual(self.power("--json", "--folder", "kept", "--threads", "3").out, whole)
        alone = self.power("--folder", "other", "--shard", "1/3")
        self.assertEqual(alone.out, "")
        self.assertIn("histories are not there yet in other", alone.err)

    def test_interrupted_it_goes_on(self):
        self.write("s.yaml", SCENARIO.replace("histories: 60", "histories: 2000"))
        process = self.start("power", "s.yaml", "--quiet", "--threads", "1")
        deadline = time.monotonic() + 60
        while not list(self.folder.glob("s.power/*.h5")):
            self.assertLess(time.monotonic(), deadline, "wrote nothing")
            time.sleep(0.001)
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=60)
        self.assertEqual(process.returncode, 130, err)
        self.write("s.yaml", SCENARIO)
        there = sorted(each.name for each in self.folder.glob("s.power/*.h5"))
        self.assertEqual(self.power("--json").out, self.power("--json", "--folder", "fresh").out)
        self.assertLessEqual(set(there), {each.name for each in self.folder.glob("s.power/*.h5")})


class Refused(Lamps):
    def test_bad_studies_are_refused_with_place_and_mend(self):
        for setting, expected in (
                ("power.effects={}", "has no effect sizes"),
                ("power.hypotheses=[tolk]", "did you mean 'talk'?"),
                ("power.worlds={homophily: {network: neer, correlation: 0.5, strength: [1]}}", "did you mean 'near'?"),
                ("power.worlds={membership: {collaboration: club, strength: [1]}}", "there is no collaboration 'club'"),
                ("power.histories=1", "a whole number from 2 to 1000000 was expected"),
                ("policies.led.rule=threshold", "'led'")):
            with self.subTest(setting):
                self.assertIn(expected, self.power("--quiet", "--set", setting, code=2).err)
        self.assertFalse((self.folder / "s.power").exists())

    def test_another_study_and_existing_files_are_refused(self):
        self.power("--quiet")
        told = self.power("--quiet", "--set", "policies.led.baseline=-2", code=2).err
        self.assertIn("another study of power: the scenario was other", told)
        told = self.power("--quiet", "--set", "fit.hypotheses={talk: [talk]}", "--set", "power.effects={"
                          "policies.led.mechanisms.talk.strength: 1}", code=2).err
        self.assertIn("the list of hypotheses was other", told)
        self.write("note.json", "mine")
        self.assertIn("exists", self.power("--quiet", "-o", "note.json", code=2).err)
        self.assertIn("K/N was expected", self.power("--shard", "3", code=2).err)
        self.assertIn("--shard", self.power("--shard", "3/2", code=2).err)
        self.assertEqual(self.hansa("power", "cities.csv").returncode, 2)


class Judged(Lamps):
    """fit: nulls and goodness."""

    def fit(self, *words, code=0):
        ended = self.hansa("fit", "s.yaml", *words)
        self.assertEqual(ended.returncode, code, ended.err)
        return ended

    def test_drawn_networks_stand_beside_the_fit(self):
        asked = ("--set", "fit.nulls={permutations: 19, rewirings: 9}")
        told = json.loads(self.fit("--json", *asked).out)["nulls"]["led"]
        self.assertEqual([(each["network"], each["drawn_by"], each["networks"]) for each in told],
                         [("near", "permutations", 19), ("near", "rewirings", 9)])
        for each in told:
            self.assertEqual(list(each["terms"]), ["talk"])
            self.assertAlmostEqual(each["p"] * (each["networks"] + 1) % 1, 0)
        text = self.fit(*asked).out
        self.assertIn("networks against networks that cannot have mattered", text)
        self.assertEqual(self.fit("--json", "--threads", "1", *asked).out, self.fit("--json", "--threads", "3", *asked).out)
        self.assertNotIn("nulls", json.loads(self.fit("--json").out))

    def test_within_an_attribute_that_is_not_there_is_refused(self):
        told = self.fit("--set", "fit.nulls={permutations: 9, within: regio}", code=2).err
        self.assertIn("'regio' is no text attribute of the cities", told)

    def test_histories_from_the_fit_stand_beside_the_observed_one(self):
        told = json.loads(self.fit("--json", "--goodness", "39", "-o", "fit.h5").out)["goodness"]
        self.assertEqual((told["histories"], told["failed"]), (39, 0))
        parts = told["policies"]["led"]
        self.assertEqual(list(parts), ["curve", "curve_by_group", "exposure_at_adoption", "seniority", "moran"])
        self.assertEqual([each["name"] for each in parts["curve"]["values"]], [str(2000 + k) for k in range(9)])
        self.assertAlmostEqual(parts["curve"]["values"][-1]["observed"], 31 / 90)
        for part in parts.values():
            outside = any(not each["lower"] <= each["observed"] <= each["upper"] for each in part["values"])
            self.assertEqual(outside, part["p"] <= 0.05)
        with h5py.File(self.folder / "fit.h5") as file:
            self.assertEqual(file["goodness_p"][0], parts["curve"]["p"])
            self.assertEqual(file["goodness_value"].asstr()[0], "led.curve.2000")
            self.assertEqual(file["goodness_upper"][0], parts["curve"]["values"][0]["upper"])
        text = self.fit("--goodness", "39").out
        self.assertIn("goodness of fit: 39 histories simulated from the estimates", text)
        run = self.hansa("run", "s.yaml", "--from", "fit.h5", "-o", "r.h5", "--quiet", "--replicates", "2")
        self.assertEqual(run.returncode, 0, run.err)

    def test_no_estimates_are_no_goodness_and_a_probit_is_no_rule(self):
        told = self.fit("--goodness", "9", "--set", "policies.led.attributes={region: {north: 1, south: 1}}").out
        self.assertIn("'led' has no estimates to simulate from: nothing is judged", told)
        self.assertIn("is a probit, which no rule is", self.fit("--goodness", "9", "--set", "fit.link=probit", code=2).err)


if __name__ == "__main__":
    unittest.main()
