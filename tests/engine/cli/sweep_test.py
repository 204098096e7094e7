"""hansa sweep: points that equal runs, shards that equal one another, resuming, extending, refusing, gathering."""

import csv
import json
import unittest

import h5py
import numpy
from program import SCENARIO, Folder
from virtual_sweeps import Virtual  # its tests are of this entry too

SWEEP = SCENARIO.replace("generate: 50", "file: cities.csv") + """\
sweep:
  design: {random: 6}
  replicates: 4
  parameters:
    policies.led.baseline: {uniform: [-5, -3]}
    policies.led.mechanisms.imitation.strength: {uniform: [0, 4]}
  measures: [final_share, time_to_half, peak, peak_time, attribution, {series: adopters},
             "share(where: {region: [north]}, at: 2004)", {difference: final_share, to: 0}]
"""
BASELINE, STRENGTH = "policies.led.baseline", "policies.led.mechanisms.imitation.strength"


class Sweeps(Folder):
    def setUp(self):
        super().setUp()
        self.write("s.yaml", SWEEP)
        self.write("cities.csv", "id,region\n" + "".join(f"c{k},{'north' if k % 3 else 'south'}\n" for k in range(50)))

    def sweep(self, *words, code=0, scenario="s.yaml", **options):
        ended = self.hansa("sweep", *words, scenario, "--quiet", **options)
        self.assertEqual(ended.returncode, code, ended.err)
        return ended

    def variable(self, name, file="s-sweep.h5"):
        with h5py.File(self.folder / file) as result:
            return result[name][...]

    def blocks(self, folder="s.sweep"):
        return {path.name: path.read_bytes() for path in (self.folder / folder).glob("block-*.h5")}


class Points(Sweeps):
    """A point of a sweep is the run of its scenario."""

    def check_points(self, *settings):
        columns = [self.variable(path) for path in self.paths]
        with h5py.File(self.folder / "s-sweep.h5") as result:
            seeds = [each.decode() for each in result["seed"][...]] if "seed" in result else None
        series = self.variable("adopters_each")
        for point in range(len(series)):
            words = [f"{path}={repr(float(column[point]))}" for path, column in zip(self.paths, columns)]
            words += [f"seed={seeds[point]}"] if seeds else []
            run = self.hansa("run", "s.yaml", "-o", "run.h5", "--force", "--quiet", "--replicates", "4",
                             *(word for each in (*settings, *words) for word in ("--set", each)))
            self.assertEqual(run.returncode, 0, run.err)
            self.assertTrue(numpy.array_equal(series[point], self.variable("adopters", "run.h5")), f"point {point}")
            with h5py.File(self.folder / "run.h5") as result:
                times = result["adoption_time"][:, 0, :]
                wanted = result["region"].asstr()[...] == "north"
            self.assertGreater(wanted.sum(), 3)
            early = ((times[:, wanted] <= 2004) & (times[:, wanted] > -2**31)).mean(axis=1)
            part = self.variable([name for name in self.names_in() if name.startswith("share_where") and name.endswith("_each")][0])
            self.assertTrue(numpy.array_equal(part[point, :, 0], early), f"point {point}: {part[point, :, 0]} {early}")

    def names_in(self):
        with h5py.File(self.folder / "s-sweep.h5") as result:
            return list(result)

    def test_common_random_numbers(self):
        self.paths = (BASELINE, STRENGTH)
        self.sweep("--each", "all")
        self.check_points()

    def test_independent_random_numbers(self):
        self.write("s.yaml", SWEEP.replace("  replicates: 4", "  replicates: 4\n  random_numbers: independent"))
        self.paths = (BASELINE, STRENGTH)
        self.sweep("--each", "all")
        self.check_points()
        each = self.variable("adopters_each")
        self.assertEqual(len({row.tobytes() for row in each}), len(each))

    def test_points_with_worlds_of_their_own(self):
        self.write("s.yaml", SWEEP.replace("    policies.led.baseline: {uniform: [-5, -3]}",
                                           "    networks.chance.erdos_renyi.degree: {uniform: [2, 8]}"))
        self.paths = ("networks.chance.erdos_renyi.degree", STRENGTH)
        self.sweep("--each", "all", "--set", "policies.led.baseline=-3")
        self.check_points("policies.led.baseline=-3")

    def test_own_values_and_others_in_a_list(self):
        degree = "networks.chance.erdos_renyi.degree"
        self.write("points.csv", f"{degree},{STRENGTH}\n,2\n6,2\n3,2\n")
        self.write("s.yaml", SWEEP.replace("{random: 6}", "{list: points.csv}").replace(SWEEP[SWEEP.index("  parameters:"):SWEEP.index("  measures:")], ""))
        self.sweep("--each", "all")
        series = self.variable("adopters_each")
        self.assertEqual(series[0].tolist(), series[1].tolist())
        self.assertNotEqual(series[0].tolist(), series[2].tolist())

    def test_points_with_a_clock_of_their_own(self):
        self.write("points.csv", "time.start,time.end\n,2004\n2003,\n,\n")
        text = SWEEP.replace("{random: 6}", "{list: points.csv}").replace(SWEEP[SWEEP.index("  parameters:"):SWEEP.index("  measures:")], "")
        self.write("s.yaml", text[:text.index("  measures:")] + "  measures: [final_share, {series: adopters}, {name: late, share: {at: 2006}}]\n")
        self.sweep("--each", "all")
        for point, (first, last) in enumerate(((2000, 2004), (2003, 2009), (2000, 2009))):
            run = self.hansa("run", "s.yaml", "-o", "run.h5", "--force", "--quiet", "--replicates", "4", "--set", f"time.start={first}",
                             "--set", f"time.end={last}", "--set", "sweep.measures=[final_share]")
            self.assertEqual(run.returncode, 0, run.err)
            wanted = numpy.full((4, 1, 10), numpy.nan)
            wanted[:, :, first - 2000:last - 1999] = self.variable("adopters", "run.h5")
            self.assertTrue(numpy.array_equal(self.variable("adopters_each")[point], wanted, equal_nan=True), f"point {point}")
            self.assertTrue(numpy.array_equal(self.variable("late_each")[point], wanted[:, :, 6] / 50, equal_nan=True), f"point {point}")

    def test_threads_and_small_blocks_change_nothing(self):
        self.sweep("--threads", "1", "--block", "1", "--folder", "one", "-o", "one.h5", "--reproducible")
        self.sweep("--threads", "4", "--block", "24", "--folder", "all", "-o", "all.h5", "--reproducible")
        self.assertEqual(len(self.blocks("one")), 24)
        self.assertEqual(len(self.blocks("all")), 1)
        self.assertEqual((self.folder / "one.h5").read_bytes(), (self.folder / "all.h5").read_bytes())

    def test_statistics_over_replicates(self):
        self.sweep("--replicates", "9")
        for name in ("final_share", "time_to_half", "final_share_minus_0"):
            each = self.variable(name + "_each")
            known = ~numpy.isnan(each)
            self.assertTrue(numpy.array_equal((~known).sum(axis=1), self.variable(name + "_missing")))
            for point in range(len(each)):
                values = each[point][known[point]]
                if len(values) < 2:
                    continue
                self.assertAlmostEqual(values.mean(), self.variable(name)[point, 0], 10)
                self.assertAlmostEqual(values.std(ddof=1), self.variable(name + "_sd")[point, 0], 10)
                self.assertAlmostEqual(values.std(ddof=1) / len(values)**0.5, self.variable(name + "_se")[point, 0], 10)
                told = self.variable(name + "_quantile")[point, 0]
                self.assertTrue(numpy.allclose(numpy.percentile(values, [5, 25, 50, 75, 95]), told))
        share = self.variable("final_share_each")
        self.assertTrue(numpy.array_equal(self.variable("final_share_minus_0_each"), share - share[:1]))

    def test_attributions_sum_to_adoptions(self):
        self.sweep("--each", "all")
        total = self.variable("attribution_each").sum(axis=-1)[:, :, 0]
        new = self.variable("adopters_each")[:, :, 0, -1] - 5  # initial adopters
        self.assertTrue(numpy.allclose(total, new))
        self.assertTrue((self.variable("peak") <= new.mean(axis=1, keepdims=True)).all())


class Folders(Sweeps):
    def test_shards_of_any_number_give_the_same_bytes(self):
        files = []
        for count in (1, 3, 7):
            for number in range(count, 0, -1):
                self.sweep("--shard", f"{number}/{count}", "--folder", f"f{count}", "--block", "2")
            self.sweep("gather", "--folder", f"f{count}", "-o", f"{count}.h5", "--reproducible")
            files.append((self.folder / f"{count}.h5").read_bytes())
        self.sweep("-o", "whole.h5", "--reproducible")
        self.assertEqual(files, [(self.folder / "whole.h5").read_bytes()] * 3)

    def test_what_is_missing_is_told_and_run(self):
        self.sweep("--shard", "2/3", "--block", "2")
        status = json.loads(self.hansa("sweep", "status", "s.yaml", "--json").out)
        self.assertEqual((status["runs"], status["finished"], status["failed"], status["at_work"]), (24, 8, 0, 0))
        refused = self.sweep("gather", code=1)
        self.assertRegex(refused.err, r"^error: s\.sweep: 16 of 24 runs are missing, .*--partial")
        self.assertNotIn("s-sweep.h5", self.names())
        self.sweep("gather", "--partial")
        self.assertEqual(self.attribute("s-sweep.h5", "complete"), 0)
        self.assertEqual(self.variable("replicates_finished").sum(), 8)
        before = self.blocks()
        self.sweep()
        self.assertEqual(self.attribute("s-sweep.h5", "complete"), 1)
        after = self.blocks()
        self.assertEqual(len(after), 12)
        self.assertEqual({name: after[name] for name in before}, before)

    def test_a_larger_design_keeps_what_is_finished(self):
        self.sweep("--block", "3")
        before = self.blocks()
        self.write("s.yaml", SWEEP.replace("random: 6", "random: 11").replace("  replicates: 4", "  replicates: 7"))
        self.sweep("--block", "3", "--reproducible", "-o", "extended.h5")
        after = self.blocks()
        self.assertEqual({name: after[name] for name in before}, before)
        self.sweep("--folder", "anew", "--reproducible", "-o", "anew.h5")
        self.assertEqual((self.folder / "extended.h5").read_bytes(), (self.folder / "anew.h5").read_bytes())

    def test_another_sweep_in_the_folder_is_refused(self):
        self.sweep()
        blocks = self.blocks()
        for words, problem in ((("--set", "policies.led.mechanisms.imitation.exposure.half_life=3"), r"half_life: 3"),
                               (("--set", "seed=8"), r"seed: it has '8', and had '7'"),
                               (("--replicates", "3"), r"3 replicates of each point, and 4 were planned"),
                               (("--set", "sweep.design.random=5"), r"1 of the 6 points .* not in the design any more"),
                               (("--set", "sweep.random_numbers=independent"), r"it has 'independent', and had 'common'"),
                               (("--set", "sweep.measures=[peak]"), r"measures: it has")):
            refused = self.sweep(*words, code=2)
            self.assertRegex(refused.err, r"error: s\.sweep: the folder holds another sweep: .*" + problem)
            self.assertIn("--folder", refused.err)
        self.assertEqual(self.blocks(), blocks)

    def test_a_damaged_block_is_made_again(self):
        self.sweep("--block", "5")
        whole = self.blocks()
        block = self.folder / "s.sweep" / "block-000001.h5"
        block.write_bytes(whole[block.name][:-100])
        status = self.hansa("sweep", "status", "s.yaml")
        self.assertEqual(status.returncode, 1)
        self.assertRegex(status.err, r"^error: s\.sweep/block-000001\.h5: ")
        again = self.sweep()
        self.assertIn("it was put aside, and is made again", again.err)
        self.assertEqual(self.blocks(), whole)
        self.assertTrue(block.with_name("block-000001.h5.damaged").exists())

    def test_blocks_of_others_are_reported(self):
        self.sweep("--block", "5")
        folder = self.folder / "s.sweep"
        (folder / "block-000001.h5").write_bytes((folder / "block-000002.h5").read_bytes())
        (folder / "block-000777.h5").write_bytes((folder / "block-000002.h5").read_bytes())
        for words in (("status", "s.yaml"), ("gather", "s.yaml", "--partial", "--quiet")):
            told = self.hansa("sweep", *words)
            self.assertEqual(told.returncode, 1)
            self.assertRegex(told.err, r"block-000001\.h5: is another block")
            self.assertRegex(told.err, r"block-000777\.h5: is no block of this sweep")

    def test_a_file_that_is_not_of_the_sweep_is_spared(self):
        self.write("s-sweep.h5", "mine")
        refused = self.sweep(code=2)
        self.assertRegex(refused.err, r"^error: s-sweep\.h5: exists, and is not of this sweep, --force")
        self.assertNotIn("s.sweep", self.names())
        self.sweep("--force")
        self.sweep()  # its own file is replaced without a word


class Kept(Sweeps):
    """What is on disk stays what it is: other questions are refused, other files are spared."""

    def test_measures_with_a_name_of_their_own_are_what_they_measure(self):
        def measuring(words):
            self.write("s.yaml", SWEEP[:SWEEP.index("  measures:")] + f"  measures: [final_share, {{name: d, {words}}}]\n")

        measuring("share: {at: 2004, where: {region: [north]}}")
        self.sweep()
        measuring("share: {at: 2004, where: {region: [south]}}")
        refused = self.sweep(code=2)
        self.assertRegex(refused.err, r"the folder holds another sweep: measures: it has .*5:south")
        measuring("difference: final_share, to: 0")
        self.sweep("--folder", "other", "--force")
        measuring("difference: final_share, to: 1")
        refused = self.sweep("--folder", "other", code=2)
        self.assertRegex(refused.err, r"another sweep: measures: it has .*less point 1")

    def test_files_that_only_points_name_are_a_part_of_the_sweep(self):
        for name, step in (("t1.csv", 1), ("t2.csv", 7)):
            self.write(name, "source,target\n" + "".join(f"c{k},c{(k + step) % 50}\n" for k in range(50)))
        self.write("s.yaml", SWEEP.replace("chance: {erdos_renyi: {degree: 6}}", "chance: {file: t1.csv}")
                   .replace("{random: 6}", "grid").replace(BASELINE + ": {uniform: [-5, -3]}", "networks.chance.file: {values: [t1.csv, t2.csv]}")
                   .replace("{uniform: [0, 4]}", "{values: [2, 4]}"))
        self.sweep("--shard", "1/2", "--block", "2")
        self.write("t2.csv", "source,target\nc1,c2\n")
        refused = self.sweep(code=2)
        self.assertRegex(refused.err, r"the folder holds another sweep: file t2\.csv: it has")
        self.sweep("--folder", "anew")
        self.assertRegex(self.attribute("s-sweep.h5", "input_sha256"), r"  t2\.csv\n")
        refused = self.sweep("--folder", "anew", "--csv", "t2.csv", "--force", code=2)
        self.assertRegex(refused.err, r"^error: t2\.csv: is an input of this run")

    def test_a_title_and_quantiles_may_change(self):
        self.sweep()
        blocks = self.blocks()
        self.write("s.yaml", SWEEP.replace("title: Lamps", "title: Street lamps\noutput: {quantiles: [10, 90]}"))
        self.sweep()
        self.assertEqual(self.blocks(), blocks)
        for words in ((), ("gather", "--force")):
            if words:
                self.sweep(*words)
            self.assertEqual(self.variable("quantile").tolist(), [10, 90])
            self.assertEqual(self.attribute("s-sweep.h5", "title"), "Street lamps")

    def test_tables_of_the_sweep_are_replaced_and_others_spared(self):
        self.sweep("--csv", "s.csv", "--csv-replicates", "r.csv")
        before = (self.folder / "s.csv").read_text()
        self.sweep("--csv", "s.csv", "--csv-replicates", "r.csv", "--set", "sweep.design.random=8")
        self.assertTrue((self.folder / "s.csv").read_text().startswith(before))
        self.write("s.csv", "mine")
        self.write("s.yaml", SWEEP.replace("random: 6", "random: 9"))
        before = self.blocks()
        refused = self.sweep("--csv", "s.csv", code=2)
        self.assertRegex(refused.err, r"^error: s\.csv: exists, and is not of this sweep, --force")
        self.assertEqual(self.blocks(), before)

    def test_what_is_written_is_no_input_and_written_once(self):
        for words, pattern in ((("--csv", "s.yaml"), r"s\.yaml: is an input of this run"),
                               (("--csv-replicates", "./cities.csv"), r"\./cities\.csv: is an input"),
                               (("--csv", "a.csv", "--csv-replicates", "./a.csv"), r"\./a\.csv: is to be written twice"),
                               (("-o", "a", "--csv", "a"), r"a: is to be written twice")):
            refused = self.sweep(*words, "--force", code=2)
            self.assertRegex(refused.err, "^error: " + pattern)
        self.assertEqual(self.names(), ["cities.csv", "lamps.yaml", "s.yaml"])
        self.sweep()
        refused = self.sweep("gather", "--csv", "cities.csv", "--force", code=2)
        self.assertRegex(refused.err, r"^error: cities\.csv: is an input")

    def test_a_shard_tells_what_it_did_to_programs(self):
        ended = self.hansa("sweep", "s.yaml", "--shard", "1/2", "--block", "1", "--json")
        self.assertEqual(json.loads(ended.out), {"asked": 12, "finished": 12, "failed": 0, "interrupted": False})


class Refused(Sweeps):
    def refused(self, pattern, *words, yaml=None):
        if yaml:
            self.write("s.yaml", yaml)
        ended = self.sweep(*words, code=2)
        self.assertRegex(ended.err, r"^error: .*" + pattern)
        self.assertEqual(self.names(), ["cities.csv", "lamps.yaml", "s.yaml"])

    def test_a_scenario_without_a_sweep(self):
        ended = self.sweep(code=2, scenario="lamps.yaml")
        self.assertRegex(ended.err, r"^error: lamps\.yaml: there is nothing to sweep, a section 'sweep'")

    def test_too_many_points(self):
        self.refused(r"60000000 points of 4 replicates are 240000000 runs, about \d+ \w+ on \d+ threads and [\d.]+ gigabytes, .*--yes", yaml=SWEEP.replace("random: 6", "random: 60000000"))

    def test_a_grid_beyond_all_numbers(self):
        values = "{values: [" + ", ".join(str(-k / 10) for k in range(1, 1001)) + "]}"
        grid = SWEEP.replace("{random: 6}", "grid").replace("{uniform: [-5, -3]}", values).replace("{uniform: [0, 4]}", values.replace("-", ""))
        grid = grid.replace("  measures:", "    policies.led.frailty.city: " + values.replace("-", "") + "\n  measures:")
        self.refused(r"1000000000 points of 4 replicates are 4000000000 runs, about .* gigabytes, at most 10\^9 runs", "--yes", yaml=grid)

    def test_unknown_paths_shards_and_words(self):
        self.refused(r"strenght.*did you mean 'strength'", yaml=SWEEP.replace("imitation.strength", "imitation.strenght"))
        self.write("s.yaml", SWEEP)
        for words, pattern in ((("--shard", "4/3"), r"--shard: '4/3' is out of place"), (("--each", "some"), r"--each: 'some'"),
                               (("--block", "0"), r"--block"), (("--replicates", "0"), r"--replicates"),
                               (("--set", "sweep.measures=[{difference: peak, to: 6}]"), r"'to' is 6, a point from 0 to 5")):
            self.refused(pattern, *words)
        told = self.hansa("sweep", "state", "s.yaml")
        self.assertEqual((told.returncode, told.err), (2, "error: hansa sweep: 'state' is out of place, status or gather was expected before the scenario\n"))
        told = self.hansa("sweep", "status", "s.yaml")
        self.assertEqual(told.returncode, 2)
        self.assertRegex(told.err, r"^error: s\.sweep: no sweep has begun there")


class Told(Sweeps):
    def test_failing_points_are_kept_apart(self):
        failing = SWEEP.replace("{random: 6}", "grid").replace("{uniform: [-5, -3]}", "{values: [-4, 200]}") \
                       .replace("{uniform: [0, 4]}", "{values: [1, 2]}").replace(", {difference: final_share, to: 0}", "")
        self.write("s.yaml", failing)
        ended = self.sweep(code=1)
        self.assertRegex(ended.err, r"error: s-sweep\.h5: replicate 0 of point \d failed \(seed 7\): ")
        baseline, failed = self.variable(BASELINE), self.variable("replicates_failed")
        self.assertEqual(failed.tolist(), [4 if each == 200 else 0 for each in baseline])
        self.assertTrue(numpy.isnan(self.variable("final_share")[baseline == 200]).all())
        self.assertFalse(numpy.isnan(self.variable("final_share")[baseline == -4]).any())
        self.assertEqual(len(self.variable("failure_why")), 8)
        self.assertEqual(self.attribute("s-sweep.h5", "runs_failed"), 8)
        self.sweep("--set", "policies.led.baseline=-4", code=1)  # they are not tried again, and still told

    def test_values_that_cannot_be_fail_their_points_alone(self):
        self.write("points.csv", f"{BASELINE},{STRENGTH}\n-4,1\n-4,2\n-3,0.5\n")
        self.write("s.yaml", SWEEP.replace("{random: 6}", "{list: points.csv}").replace(SWEEP[SWEEP.index("  parameters:"):SWEEP.index("  measures:")], ""))
        self.sweep()
        self.assertEqual(self.variable(STRENGTH).tolist(), [1, 2, 0.5])

    def test_tables_for_people_and_programs(self):
        ended = self.sweep("--csv", "s.csv", "--json", "--design-only", "design.csv")
        self.assertEqual(self.names(), ["cities.csv", "design.csv", "lamps.yaml", "s.yaml"])
        ended = self.hansa("sweep", "s.yaml", "--csv", "s.csv", "--json")
        told = json.loads(ended.out)
        self.assertTrue(told["complete"])
        self.assertEqual((told["runs"], told["finished"], told["failed"]), (24, 24, 0))
        with open(self.folder / "s.csv", newline="", encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        with open(self.folder / "design.csv", newline="", encoding="utf-8") as file:
            design = list(csv.DictReader(file))
        self.assertEqual([row[STRENGTH] for row in rows], [row[STRENGTH] for row in design])
        self.assertEqual([float(row["final_share"]) for row in rows], self.variable("final_share")[:, 0].tolist())
        self.assertEqual([float(row["attribution[imitation]"]) for row in rows], self.variable("attribution")[:, 0, 6].tolist())
        self.assertEqual([int(row["replicates"]) for row in rows], [4] * 6)

    def test_the_plan_comes_first(self):
        ended = self.hansa("sweep", "s.yaml")
        self.assertRegex(ended.out, r"^6 points of 4 replicates: 24 runs; about .* on \d+ threads, .* in at most \d+ files of\s+s\.sweep\.\n")
        self.assertRegex(ended.out, r"24 of 24 runs finished; all points are in s-sweep\.h5\n$")

    def test_scenarios_are_a_dimension(self):
        self.write("weak.yaml", "hansa: 1\nbase: s.yaml\npolicies: {led: {mechanisms: {imitation: {strength: 1}}}}\n")
        self.write("s.yaml", SWEEP.replace("    policies.led.mechanisms.imitation.strength: {uniform: [0, 4]}\n", "")
                   .replace("  replicates: 4", "  replicates: 4\n  scenarios: [s.yaml, weak.yaml]"))
        self.sweep()
        names = [each.decode() for each in self.variable("scenario")]
        self.assertEqual(names, ["s"] * 6 + ["weak"] * 6)
        baseline, share = self.variable(BASELINE), self.variable("final_share_each")
        self.assertEqual(baseline[:6].tolist(), baseline[6:].tolist())
        self.assertTrue((share[:6] >= share[6:]).all())  # common numbers, and ties only help
        self.assertTrue((share[:6] > share[6:]).any())


if __name__ == "__main__":
    unittest.main()
