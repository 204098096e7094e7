"""hansa calibrate: the posterior as text, JSON and a file that run and compare take; resuming, refusing, exit codes."""

import json
import signal
import time
import unittest

import h5py
import numpy
from program import Folder

SCENARIO = """\
hansa: 1
title: Lamps
time: {start: 2000, end: 2007}
seed: 7
replicates: 30
cities: {file: cities.csv}
networks: {chance: {erdos_renyi: {degree: 6}}}
policies:
  led:
    baseline: -3
    adopters: {file: adopters.csv}
    mechanisms:
      crowd: {log_adopters: {pool: all}, strength: 0.3}
      imitation: {exposure: {network: chance}, strength: 2}
calibrate:
  particles: 40
  generations: 2
  replicates: 2
  hypotheses: {crowd: [crowd], ties: [imitation]}
  parameters:
    policies.led.baseline: {normal: [-3, 1]}
    policies.led.mechanisms.crowd.strength: {uniform: [0, 1]}
    policies.led.mechanisms.imitation.strength: {uniform: [0, 4]}
"""


class Calibrations(Folder):
    def setUp(self):
        super().setUp()
        self.write("s.yaml", SCENARIO)
        self.write("cities.csv", "id,region\n" + "".join(f"c{k},{'north' if k % 3 else 'south'}\n" for k in range(60)))
        self.write("adopters.csv", "city,year\n" + "".join(f"c{k},{2000 + k // 5}\n" for k in range(40)))

    def calibrate(self, *words, code=0, scenario="s.yaml", **options):
        ended = self.hansa("calibrate", scenario, *words, **options)
        self.assertEqual(ended.returncode, code, ended.err)
        return ended


class Spared(Calibrations):
    def test_finished_proposals_are_never_written_over(self):
        self.calibrate("--quiet")
        kept = {path.name: path.read_bytes() for path in (self.folder / "s.calibration").iterdir()}
        for name in kept:
            refused = self.calibrate("--quiet", "--force", "-o", f"s.calibration/{name}", code=2)
            self.assertRegex(refused.err, r"^error: s\.calibration/\S+: is where finished work is kept, write elsewhere")
        self.assertEqual({path.name: path.read_bytes() for path in (self.folder / "s.calibration").iterdir()}, kept)


class Told(Calibrations):
    def test_text_json_and_file_say_the_same(self):
        told = json.loads(self.calibrate("--json").out)
        text = self.calibrate().out
        self.assertEqual((told["particles"], told["ended"], told["complete"], told["failed"]), (40, "generations", True, 0))
        self.assertEqual(len(told["generations"]), 3)
        self.assertAlmostEqual(sum(told["hypotheses"].values()), 1)
        self.assertIn("as many generations as were asked for", text)
        with h5py.File(self.folder / "s-posterior.h5") as file:
            weights, values = file["draw_weight"][...], file["draw_value"][...]
            hypothesis = file["draw_hypothesis"][...]
            paths = [each.decode() for each in file["parameter"][...]]
            names = [each.decode() for each in file["hypothesis"][...]]
            self.assertTrue(numpy.array_equal(file["tolerance"][1:], [each["tolerance"] for each in told["generations"][1:]]))
            self.assertEqual(file.attrs["ended"], "generations")
        for entry in told["parameters"]:
            here = hypothesis == names.index(entry["hypothesis"])
            column = values[here, paths.index(entry["parameter"])]
            self.assertAlmostEqual(numpy.average(column, weights=weights[here]), entry["mean"])
            self.assertIn(f"{entry['hypothesis']}: {entry['parameter']}", text)
        for name, chance in told["hypotheses"].items():
            self.assertAlmostEqual(weights[hypothesis == names.index(name)].sum(), chance)

    def test_check_and_describe_know_the_section(self):
        self.assertEqual(self.hansa("check", "s.yaml").returncode, 0)
        described = self.hansa("describe", "s.yaml").out
        self.assertIn("## Calibration", described)
        self.assertIn("normal, mean -3 and sd 1", described)

    def test_equal_calibrations_have_equal_bytes_whatever_the_threads(self):
        self.calibrate("--reproducible", "--threads", "1", "--folder", "one", "-o", "one.h5")
        self.calibrate("--reproducible", "--threads", "3", "--folder", "three", "-o", "three.h5")
        self.assertEqual((self.folder / "one.h5").read_bytes(), (self.folder / "three.h5").read_bytes())


class Taken(Calibrations):
    """Runs and comparisons take the posterior."""

    def adopters(self, file):
        with h5py.File(self.folder / file) as result:
            return result["adopters"][:, 0, -1]

    def test_a_run_takes_medians_or_draws(self):
        told = json.loads(self.calibrate("--json").out)
        best = max(told["hypotheses"], key=told["hypotheses"].get)
        taken = self.hansa("run", "s.yaml", "--from", "s-posterior.h5", "-o", "taken.h5", "--quiet")
        self.assertEqual((taken.returncode, taken.err), (0, ""))
        scenario = self.attribute("taken.h5", "scenario")
        for entry in told["parameters"]:
            if entry["hypothesis"] == best:
                self.assertIn(repr(entry["median"]), scenario)
        drawn = self.hansa("run", "s.yaml", "--from", "s-posterior.h5", "--draw", "-o", "drawn.h5", "--quiet")
        self.assertEqual((drawn.returncode, drawn.err), (0, ""))
        spread = [numpy.std(self.adopters(file)) for file in ("taken.h5", "drawn.h5")]
        self.assertGreater(spread[1], spread[0])  # what is not known of the parameters comes on top of luck

    def test_a_comparison_draws_the_same_particles_in_all_scenarios(self):
        self.calibrate()
        self.write("same.yaml", "hansa: 1\nbase: s.yaml\ntitle: Same\n")
        ended = self.hansa("compare", "s.yaml", "same.yaml", "--from", "s-posterior.h5", "--draw", "--json", "--quiet")
        self.assertEqual(ended.returncode, 0, ended.err)
        adopters = json.loads(ended.out)["differences"][0]["policies"][0]["adopters"][-1]
        self.assertEqual(adopters["mean"], 0)

    def test_a_point_of_a_sweep_draws_what_a_run_draws(self):
        self.calibrate()
        path = "policies.led.mechanisms.imitation.strength"
        self.write("sweep.yaml", "hansa: 1\nbase: s.yaml\nremove: [calibrate]\nsweep:\n  design: grid\n  replicates: 5\n"
                   f"  parameters: {{{path}: {{values: [0, 4]}}}}\n  measures: [final_share]\n")
        taken = ("--from", "s-posterior.h5", "--draw", "--quiet")
        self.assertEqual(self.hansa("sweep", "sweep.yaml", *taken).returncode, 0)
        with h5py.File(self.folder / "sweep-sweep.h5") as file:
            shares = file["final_share_each"][...].reshape(2, 5)
        for point, strength in enumerate((0, 4)):
            run = self.hansa("run", "s.yaml", *taken, "--set", f"{path}={strength}", "--replicates", "5", "-o", f"{strength}.h5")
            self.assertEqual(run.returncode, 0, run.err)
            self.assertEqual((60 * shares[point]).round(9).tolist(), self.adopters(f"{strength}.h5").tolist())


class Refused(Calibrations):
    def refused(self, *words, code=2, **options):
        return self.calibrate(*words, "--quiet", code=code, **options).err

    def test_bad_sections_are_refused_with_place_and_mend(self):
        for setting, expected in (
                ("calibrate.parameters={}", "'parameters' is empty, at least one path with its prior was expected"),
                ("calibrate.parameters={policies.led.baselin: {uniform: [0, 1]}}", "did you mean 'baseline'?"),
                ("calibrate.parameters={policies.led.mechanisms.imitaton.strength: {uniform: [0, 1]}}",
                 "did you mean 'imitation'?"),
                ("calibrate.parameters={networks.chance.erdos_renyi.degree: {integer: [2, 9]}}",
                 "a number of a policy was expected"),
                ("calibrate.tolerance=0", "'tolerance' is '0', a number above 0 was expected"),
                ("policies.led.adopters={random: 5}", "no adoptions were observed after those that are given")):
            with self.subTest(setting):
                self.assertIn(expected, self.refused("--set", setting))
        self.assertFalse((self.folder / "s.calibration").exists())

    def test_another_calibration_in_the_folder_is_refused_and_none_of_its_files_replaced(self):
        self.calibrate()
        before = (self.folder / "s-posterior.h5").read_bytes()
        self.assertIn("another calibration: the scenario was other", self.refused("--set", "policies.led.baseline=-2"))
        told = self.refused("--set", "policies.led.mechanisms.crowd.strength=0.4", "--folder", "other")
        self.assertIn("exists, and is not of this calibration", told)
        self.assertEqual((self.folder / "s-posterior.h5").read_bytes(), before)
        self.write("note.h5", "mine")
        self.assertIn("exists, and is not of this calibration", self.refused("-o", "note.h5"))
        self.assertIn("is an input of this run", self.refused("-o", "cities.csv"))

    def test_failed_histories_are_told_and_the_exit_status_says_so(self):
        told = self.refused("--set", "calibrate.parameters={policies.led.baseline: {normal: [0, 60]}}", "--set",
                            "calibrate.hypotheses={all: [crowd, imitation]}", code=1)
        self.assertIn("of generation 0 failed", told)
        self.assertTrue((self.folder / "s-posterior.h5").exists())


class Stopped(Calibrations):
    def test_interrupted_it_goes_on_and_ends_with_the_same_bytes(self):
        large = SCENARIO.replace("particles: 40", "particles: 500").replace("replicates: 2", "replicates: 20")
        self.write("s.yaml", large)
        self.calibrate("--reproducible", "--quiet", "--folder", "whole", "-o", "whole.h5")
        process = self.start("calibrate", "s.yaml", "--reproducible", "--quiet")
        deadline = time.monotonic() + 60
        while not list(self.folder.glob("s.calibration/*.h5")):
            self.assertLess(time.monotonic(), deadline, "wrote nothing")
            time.sleep(0.001)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
        self.assertEqual(process.returncode, 130, err)
        self.assertFalse((self.folder / "s-posterior.h5").exists())
        self.calibrate("--reproducible", "--quiet")
        self.assertEqual((self.folder / "whole.h5").read_bytes(), (self.folder / "s-posterior.h5").read_bytes())


if __name__ == "__main__":
    unittest.main()
