"""`hansa report`: the data of the page are those of the file, and names cannot become markup. tests/report tries the page."""

import base64
import json
import re
import unittest

import h5py
import numpy

from program import SCENARIO, Folder

FUND = "hansa: 1\nbase: lamps.yaml\ninterventions: [{at: 2001, name: fund, cost: 600, seed: {policy: led, cities: {random: 4}}}]\n"
SWEEP = "hansa: 1\nbase: lamps.yaml\nsweep:\n  design: {saltelli: 8}\n  replicates: 3\n  parameters:\n    policies.led.baseline: {uniform: [-5, -3]}\n" \
        "    policies.led.mechanisms.imitation.strength: {uniform: [1, 5]}\n  measures: [final_share]\n"
HOSTILE = "</title><script>alert(1)</script>&\"'"


def unpacked(text, kind):
    return numpy.frombuffer(base64.b64decode(text), dtype=kind)


class Report(Folder):
    def setUp(self):
        super().setUp()
        places = "id,name,lat,lon,region\n" + "".join(f"c{k:02},Place {k},{k},{2 * k},{'north' if k % 2 else 'south'}\n" for k in range(49))
        hostile = HOSTILE.replace('"', '""')
        self.write("cities.csv", places + f'<c&49>,"{hostile}",10,200e-1,north\n')
        self.write("lamps.yaml", SCENARIO.replace("generate: 50", "file: cities.csv").replace("title: Lamps", "title: Lamps <&> more")
                   + "output: {by: [region], events: true, beliefs: false}\n")
        self.write("fund.yaml", FUND.replace("{random: 4}", "['<c&49>', c01, c02]"))

    def make(self, *words):
        ended = self.hansa(*words)
        self.assertEqual(ended.returncode, 0, ended.err)

    def run_result(self):
        self.make("run", "lamps.yaml", "--quiet", "-o", "r.h5")

    def compare(self):
        self.make("compare", "lamps.yaml", "fund.yaml", "--replicates", "60", "--quiet", "-o", "c.h5")

    def report(self, *words, code=0):
        ended = self.hansa("report", *words)
        self.assertEqual(ended.returncode, code, ended.err)
        return ended

    def data(self, *files):
        return json.loads(self.report(*files, "--json").out)["files"]

    def described(self, *words):
        """The model in words, without the line on the scenario's own file."""
        return re.sub(r".*\| this scenario \|.*\n", "", self.data(*words)[0]["description"])

    def test_a_result_is_told_as_the_file_has_it(self):
        self.run_result()
        (told,) = self.data("r.h5")
        with h5py.File(self.folder / "r.h5") as file:
            adopters, times = file["adopters"][:, 0, :], file["adoption_time"][:, 0, :]
            by_region, total = file["adopters_by_region"][:, 0], file["new_adoptions_by_mechanism_total"][:, 0, :]
            step = file["new_adoptions_by_mechanism"][0]
            labels, ids = file["time"][...], [each.decode() for each in file["city_id"]]
            events = {name: file[f"event_{name}"][...] for name in ("city", "mechanism")}
            mechanisms = [each.decode() for each in file["mechanism"]]
        policy = told["policies"][0]
        percents = [5, 25, 50, 75, 95]
        self.assertEqual((told["time"], told["cities"]["id"], told["mechanisms"]), (labels.tolist(), ids, mechanisms))
        numpy.testing.assert_allclose(policy["quantile"], numpy.percentile(adopters, percents, axis=0))
        self.assertEqual(policy["runs"], adopters[:30].tolist())
        for g, group in enumerate(policy["groups"][0]["of"]):
            numpy.testing.assert_allclose(group["quantile"], numpy.percentile(by_region[:, g], percents, axis=0))
        numpy.testing.assert_allclose(policy["attribution"]["by_step"], step)
        numpy.testing.assert_allclose(policy["attribution"]["total"], total.mean(axis=0), atol=1e-12)
        numpy.testing.assert_allclose(policy["attribution"]["quantile"], numpy.percentile(total, percents, axis=0), atol=1e-12)
        counts = unpacked(policy["counts"], "<u2").reshape(len(labels), len(ids))
        adopted = times != numpy.iinfo(numpy.int32).min
        for t, label in enumerate(labels):
            numpy.testing.assert_array_equal(counts[t], (adopted & (times <= label)).sum(axis=0))
        causes = unpacked(policy["causes"], "<u4").reshape(len(ids), len(mechanisms))
        expected = numpy.zeros_like(causes)
        some = events["mechanism"] >= 0
        numpy.add.at(expected, (events["city"][some], events["mechanism"][some]), 1)
        numpy.testing.assert_array_equal(causes, expected)
        half = [labels[numpy.argmax(run >= 25)] for run in adopters if (run >= 25).any()]
        self.assertEqual(policy["half"]["reached"], len(half))
        if half:
            self.assertEqual(policy["half"]["median"], numpy.median(half))

    def test_a_comparison_is_told_as_the_file_has_it(self):
        self.compare()
        (told,) = self.data("c.h5")
        policy = told["what_ifs"][0]["policies"][0]
        numpy.testing.assert_allclose(policy["difference"]["mean"], self.numbers("c.h5", "adopters_difference"))
        quantile = numpy.reshape(self.numbers("c.h5", "adopters_difference_quantile"), (-1, 3))
        numpy.testing.assert_allclose([policy["difference"][name] for name in ("q05", "q50", "q95")], quantile.T)
        with h5py.File(self.folder / "c.h5") as file:
            order = numpy.argsort(file["city_id"][...])
            chance, funded = file["adoption_chance"][:, 0, :][:, order], file["funded"][0, 0, :][order]
            gained = file["steps_gained"][0, 0, :][order]
            alone = file["changed_alone"][...][:, order]
            groups = [each.decode().split()[-1] for each in file["seed_group"]]
            ids = [file["city_id"][k].decode() for k in order]
            cost, cost_ends = file["cost_per_adopter"][0, 0], file["cost_per_adopter_bound"][0, 0]
        numpy.testing.assert_allclose(unpacked(policy["cities"]["without"], "<f4"), chance[0], rtol=1e-6)
        numpy.testing.assert_allclose(unpacked(policy["cities"]["with"], "<f4"), chance[1], rtol=1e-6)
        numpy.testing.assert_allclose(unpacked(policy["cities"]["steps_gained"], "<f4"), gained, rtol=1e-6)
        self.assertEqual(policy["funded"], numpy.flatnonzero(funded).tolist())
        numpy.testing.assert_allclose(policy["cost_per_adopter"], [cost, *cost_ends])
        self.assertEqual(policy["following"]["flows_in_all"], int((alone >= 0.005).sum()))
        for group, city, share in policy["following"]["flows"]:
            named = policy["following"]["groups"][group]
            self.assertEqual(share, alone[groups.index(ids[named["city"]]), city])
        self.assertEqual(told["what_ifs"][0]["starts"], [{"name": "fund", "time": 2001, "until": None, "kind": "seed"}])
        out = self.hansa("compare", "lamps.yaml", "fund.yaml", "--replicates", "60").out
        self.assertEqual(policy["finding"], " ".join(re.search(r"(?ms)^fund, led: .*?\n\n", out).group().split()))

    def test_a_sweep_is_told_with_what_its_design_says(self):
        self.write("sweep.yaml", SWEEP)
        self.make("sweep", "sweep.yaml", "--quiet", "--csv-replicates", "runs.csv")
        (file,) = [name for name in self.names() if name.endswith("-sweep.h5")]
        (told,) = self.data(file)
        inputs = [each["path"] for each in told["inputs"]]
        analysed = json.loads(self.hansa("sensitivity", "runs.csv", "--design", "saltelli", "--inputs", ",".join(inputs),
                                         "--measure", "final_share", "--json").out)["measures"]["final_share"]
        for row in told["measures"][0]["analysis"]["rows"]:
            self.assertAlmostEqual(row["S1"][0], analysed["S1"][row["input"]])
            numpy.testing.assert_allclose(row["ST"][1:], analysed["ST_interval"][row["input"]])
        numpy.testing.assert_allclose(told["measures"][0]["mean"], self.numbers(file, "final_share"))
        for each in told["inputs"]:
            numpy.testing.assert_allclose(each["values"], self.numbers(file, each["path"]))

    def test_names_cannot_become_markup(self):
        self.compare()
        told = self.report("c.h5", "--json").out
        self.assertNotRegex(told, "[<>&\u2028\u2029\x00-\x08\x0b-\x1f]")
        (file,) = json.loads(told)["files"]
        self.assertIn(HOSTILE, file["cities"]["city_name"])
        self.assertEqual(file["title"], "Lamps <&> more")

    def test_the_model_is_described_only_from_the_data_that_were_read(self):
        self.run_result()
        described = re.sub(r".*\| this scenario \|.*\n", "", self.hansa("describe", "lamps.yaml").out.replace("lamps.h5", "r.h5").replace("lamps.yaml", "r.yaml"))
        self.assertEqual(self.described("r.h5"), described)
        (self.folder / "elsewhere").mkdir()
        (self.folder / "r.h5").rename(self.folder / "elsewhere/r.h5")
        told = self.data("elsewhere/r.h5")[0]
        self.assertEqual(told["description"], "")
        self.assertRegex(told["no_description"], "no such file")
        self.assertEqual(self.described("elsewhere/r.h5", "--data", "."), described)
        self.write("cities.csv", (self.folder / "cities.csv").read_text().replace("Place 3,", "Place three,"))
        told = self.data("elsewhere/r.h5", "--data", ".")[0]
        self.assertEqual((told["description"], told["no_description"]), ("", "cities.csv is not the file any more that this was made from"))

    def test_equal_files_give_equal_pages_and_nothing_is_lost(self):
        self.run_result()
        self.report("r.h5", "-o", "page.html")
        page = (self.folder / "page.html").read_bytes()
        self.assertTrue(page.startswith(b"<!DOCTYPE html>"))
        self.assertEqual(self.report("r.h5").out.encode(), page)
        self.assertRegex(self.report("r.h5", "-o", "page.html", code=2).err, "page.html.*--force")
        self.assertRegex(self.report("r.h5", "-o", "r.h5", "--force", code=2).err, "is an input of this command")
        self.assertRegex(self.report("lamps.yaml", "-o", "other.html", code=2).err,
                         "^error: lamps.yaml: is no HDF5 file, a file that hansa run, compare, sweep, fit or stats wrote was expected")
        self.assertRegex(self.report("none.h5", code=2).err, "^error: none.h5: there is no such file")
        data = bytearray((self.folder / "r.h5").read_bytes())
        data[len(data) // 2] ^= 4
        (self.folder / "bad.h5").write_bytes(data)
        self.assertRegex(self.report("r.h5", "bad.h5", "-o", "page.html", "--force", code=2).err, "^error: bad.h5: ")
        self.assertEqual((self.folder / "page.html").read_bytes(), page)
        self.assertNotIn("page.html.part", self.names())
        self.assertNotIn("other.html", self.names())


if __name__ == "__main__":
    unittest.main()
