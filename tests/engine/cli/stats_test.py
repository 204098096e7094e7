"""hansa stats: data and histories, text, JSON and file, and what is refused."""

import json
import unittest

import h5py
import numpy
import xarray
from program import Folder

SCENARIO = """\
hansa: 1
title: Lamps
time: {start: 2000, end: 2007}
seed: 7
replicates: 30
cities: {file: cities.csv}
networks:
  road: {file: road.csv}
  tongue: {same: region}
policies:
  led:
    baseline: -3
    adopters: {file: adopters.csv, until: 2001}
    mechanisms: {imitation: {exposure: {network: road}, strength: 2}}
"""
STATS = """\
stats:
  seen: {exposure: {network: road}}
  need: {threshold: {network: road}}
  follows: {infection: {network: road, periods: 2}}
  near: {moran: {of: adoption_time, network: road, permutations: 99}}
  rogers: {classes: {of: adoption_time}}
  curve: {curve: {}}
  bass: {bass: {}}
  km: {survival: {}}
"""


class Statistics(Folder):
    def setUp(self):
        super().setUp()
        self.write("plain.yaml", SCENARIO)
        self.write("s.yaml", SCENARIO + STATS)
        self.write("cities.csv", "id,region,size\n" + "".join(f"c{k:02},{'ab'[k % 2]},{k}\n" for k in reversed(range(40))))
        self.write("road.csv", "source,target\n" + "".join(f"c{k:02},c{(k * 7 + d) % 40:02}\n" for k in range(40) for d in (1, 3)))
        self.write("adopters.csv", "city,year\n" + "".join(f"c{k:02},{2000 + k // 5}\n" for k in range(30)))

    def stats(self, *words, code=0, scenario="s.yaml"):
        ended = self.hansa("stats", scenario, *words)
        self.assertEqual(ended.returncode, code, ended.err)
        return ended


class Told(Statistics):
    def test_text_json_and_file_say_the_same(self):
        told = json.loads(self.stats("--json", "-o", "s.h5").out)
        text = self.stats().out
        led = told["statistics"]["led"]
        self.assertIn("Moran's I", text)
        self.assertIn("(Kaplan & Meier 1958; Greenwood", text)
        self.assertEqual(told["file"], "s.h5")
        self.assertEqual(told["variables"]["km_se"]["statistic"], "survival")
        with xarray.open_dataset(self.folder / "s.h5") as file:
            here = file.sel(policy="led")
            self.assertEqual(float(here.near), led["near"])
            self.assertEqual([float(x) for x in here.km], [led["km"][str(year)] for year in range(2000, 2008)])
            self.assertEqual(list(file.city_id.values), [f"c{k:02}" for k in reversed(range(40))])
            need = dict(zip(file.city_id.values, here.need.values))
            for city, value in led["need"].items():
                self.assertTrue(value == need[city] or value is None and numpy.isnan(need[city]))
            self.assertAlmostEqual(float(here.seen.sel(time=2007).mean()), led["seen"]["2007"])
            self.assertEqual(here.curve_adopters.dtype, "int32")
            counts = numpy.unique(here.rogers.values, return_counts=True)
            self.assertEqual(dict(zip(counts[0], counts[1]))[0], led["rogers"]["never"])
            self.assertEqual(file.attrs["histories"], "observed")

    def test_equal_statistics_have_equal_bytes(self):
        self.stats("-o", "a.h5", "--reproducible", "--threads", "1")
        self.stats("-o", "b.h5", "--reproducible", "--threads", "3")
        self.assertEqual((self.folder / "a.h5").read_bytes(), (self.folder / "b.h5").read_bytes())

    def test_rows_of_files_may_stand_in_any_order(self):
        self.stats("-o", "a.h5", "--reproducible")
        for name in ("road.csv", "adopters.csv"):
            head, *rows = (self.folder / name).read_text().splitlines()
            self.write(name, "\n".join([head, *reversed(rows)]) + "\n")
        self.stats("-o", "b.h5", "--reproducible")
        with h5py.File(self.folder / "a.h5") as one, h5py.File(self.folder / "b.h5") as other:
            for name in ("seen", "need", "follows", "near", "near_p_permutation", "rogers", "bass_p", "km"):
                self.assertTrue(numpy.array_equal(one[name][...], other[name][...], equal_nan=True), name)

    def test_check_and_describe_know_the_section(self):
        self.assertEqual(self.hansa("check", "s.yaml").returncode, 0)
        page = self.hansa("describe", "s.yaml").out
        self.assertIn("## Statistics", page)
        self.assertIn("`follows`: of those that observe an adopter", page)
        self.assertIn("Valente, T. W., Dyal", page)
        wrong = self.hansa("check", "s.yaml", "--set", "stats.near.moran.of=region")
        self.assertEqual(wrong.returncode, 2)
        self.assertIn("region", wrong.err)


class Histories(Statistics):
    def setUp(self):
        super().setUp()
        self.assertEqual(self.hansa("run", "s.yaml", "-o", "r.h5", "--quiet").returncode, 0)

    def test_each_replicate_has_its_statistics(self):
        told = json.loads(self.stats("--histories", "r.h5", "-o", "s.h5", "--json").out)
        with h5py.File(self.folder / "r.h5") as result, xarray.open_dataset(self.folder / "s.h5") as file:
            times = result["adoption_time"][:, 0, :]
            self.assertEqual(file.near.dims, ("replicate", "policy"))
            self.assertEqual(file.km.dims, ("replicate", "policy", "time"))
            for r in (0, 17, 29):
                adopted = (times[r] >= 0) & (times[r] <= 2005)
                self.assertEqual(int(file.curve_adopters.sel(replicate=r, policy="led", time=2005)), adopted.sum())
            counts = (times > -2**31).sum(axis=0)
            self.assertTrue(numpy.array_equal(file.follows_replicates.values[0], counts))
            self.assertEqual(file.rogers.dims, ("policy", "city", "class_rogers"))
            shares = file.rogers.sel(policy="led", class_rogers="never").values
            self.assertTrue(numpy.allclose(shares, 1 - counts / 30))
            self.assertAlmostEqual(float(file.near.mean()), told["statistics"]["led"]["near"]["mean"])
            self.assertEqual(file.attrs["histories"], "r.h5")
        self.assertIn("30", self.stats("--histories", "r.h5").out)

    def test_threads_change_nothing(self):
        for threads in ("1", "4"):
            self.stats("--histories", "r.h5", "-o", f"{threads}.h5", "--reproducible", "--threads", threads)
        self.assertEqual((self.folder / "1.h5").read_bytes(), (self.folder / "4.h5").read_bytes())

    def test_a_run_does_not_depend_on_the_section(self):
        """Every number of a result is the same with and without it, and so is the world."""
        self.hansa("run", "plain.yaml", "-o", "plain.h5", "--quiet")
        with h5py.File(self.folder / "r.h5") as one, h5py.File(self.folder / "plain.h5") as other:
            self.assertEqual(one.attrs["world_sha256"], other.attrs["world_sha256"])
            compared = 0
            for name in other:
                if other[name].dtype.kind in "if" and other[name].ndim > 0:
                    self.assertTrue(numpy.array_equal(one[name][...], other[name][...], equal_nan=True), name)
                    compared += 1
            self.assertGreater(compared, 5)
        listed = [self.hansa("fit", name, "--json").out for name in ("s.yaml", "plain.yaml")]
        self.assertEqual(listed[0], listed[1])

    def test_a_sweep_goes_on_whatever_statistics_are_asked_for(self):
        sweep = "sweep: {design: grid, replicates: 2, parameters: {policies.led.baseline: {values: [-3, -2]}}, measures: [final_share]}\n"
        self.write("w.yaml", SCENARIO + sweep)
        self.assertEqual(self.hansa("sweep", "w.yaml", "--folder", "there", "--quiet").returncode, 0)
        self.write("w.yaml", SCENARIO + sweep + STATS)
        ended = self.hansa("sweep", "w.yaml", "--folder", "there", "--quiet", "--force")
        self.assertEqual(ended.returncode, 0, ended.err)

    def test_a_result_of_another_scenario_is_refused(self):
        self.write("cities.csv", "id,region,size\n" + "".join(f"d{k:02},a,{k}\n" for k in range(40)))
        self.write("road.csv", "source,target\nd01,d02\n")
        self.write("adopters.csv", "city,year\nd01,2001\n")
        self.assertIn("it is of other cities", self.stats("--histories", "r.h5", code=2).err)


class Refused(Statistics):
    def refusal(self, *words, scenario="s.yaml"):
        return self.stats(*words, code=2, scenario=scenario).err

    def test_scenarios_without_what_is_needed(self):
        self.assertIn("has no section 'stats'", self.refusal(scenario="plain.yaml"))
        self.write("adopters.csv", "city,year\n")
        self.assertIn("no adoptions were observed", self.refusal())

    def test_names_and_dates_have_places(self):
        wrong = self.refusal("--set", "stats.seen.exposure.network=raod")
        self.assertIn("unknown network 'raod', one of road, tongue was expected; did you mean 'road'?", wrong)
        self.write("s.yaml", SCENARIO + "stats:\n  m: {moran: {of: adopted, network: road}}\n")
        self.assertIn("s.yaml:16:7: 'at' is missing", self.refusal())
        self.write("s.yaml", SCENARIO + "stats:\n  m: {moran: {of: adopted, at: 1999, network: road}}\n")
        self.assertIn("s.yaml:16:32: 'at' is 1999, outside of the time", self.refusal())
        self.write("s.yaml", SCENARIO + "stats:\n  m: {moran: {of: region, network: road}}\n")
        self.assertIn("s.yaml:16:", self.refusal())
        self.write("s.yaml", SCENARIO + "stats:\n  m: {exposure: {network: tongue}}\n")
        self.assertIn("s.yaml:16:27: network 'tongue' has groups, and no ties", self.refusal())
        self.write("road.csv", "source,target\n")
        self.write("s.yaml", SCENARIO + "stats:\n  m: {exposure: {network: road}}\n")
        self.assertIn("network 'road' has no ties", self.refusal())

    def test_files_are_not_replaced_unless_asked(self):
        self.stats("-o", "s.h5")
        self.assertIn("--force replaces it", self.refusal("-o", "s.h5"))
        self.stats("-o", "s.h5", "--force")
        self.refusal("-o", "cities.csv", "--force")
        self.refusal("--histories", "cities.csv")
        self.assertIn("whole number", self.refusal("--threads", "0"))


class Dyads(Statistics):
    DYADS = "fit: {dyads: {covariates: {lead: {leader: size}, follow: {follower: size}}}}\n"

    def setUp(self):
        super().setUp()
        self.write("d.yaml", SCENARIO + self.DYADS)

    def test_pairs_are_fitted_and_written(self):
        ended = self.hansa("fit", "d.yaml", "--dyads", "--json", "--panel", "p.csv", "--csv", "c.csv", "--latex", "t.tex")
        self.assertEqual(ended.returncode, 0, ended.err)
        fit = json.loads(ended.out)["fits"]["led.dyads"]
        head, *rows = (self.folder / "p.csv").read_text().splitlines()
        self.assertEqual(head, "follower,leader,policy,year,event,baseline,follow,lead")
        self.assertEqual(len(rows), fit["rows"])
        self.assertEqual(fit["clusters"], len({row.split(",")[0] for row in rows}))
        text = self.hansa("fit", "d.yaml", "--dyads", "--set", "fit.dyads.cluster=[follower, leader]").out
        self.assertIn("clustered by follower and leader", text)
        self.assertIn("Boehmke 2009", text)
        page = self.hansa("describe", "d.yaml").out
        self.assertIn("## Dyadic event history", page)
        self.assertIn("Boehmke, F. J. (2009)", page)

    def test_histories_are_fitted_one_by_one(self):
        self.hansa("run", "d.yaml", "-o", "r.h5", "--quiet")
        told = json.loads(self.hansa("fit", "d.yaml", "--dyads", "--histories", "r.h5", "--json").out)
        self.assertEqual(told["histories"]["led.dyads"]["fitted"], 30)

    def test_what_is_of_single_cities_is_refused(self):
        for word in ("--compare", "--score"):
            ended = self.hansa("fit", "d.yaml", "--dyads", word)
            self.assertEqual(ended.returncode, 2)
            self.assertIn(f"{word} is of single cities", ended.err)
        self.assertIn("has no part 'dyads'", self.hansa("fit", "plain.yaml", "--dyads").err)
        self.assertEqual(self.hansa("check", "d.yaml", "--set", "fit.dyads.covariates.lead.leader=region").returncode, 2)


if __name__ == "__main__":
    unittest.main()
