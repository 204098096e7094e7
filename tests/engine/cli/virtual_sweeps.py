"""hansa sweep gather --virtual: the numbers of the plain file without copying them, and what is refused where they are not."""

import resource
import shutil

import h5py
import numpy
from program import SCENARIO, Folder

SWEEP = SCENARIO + """\
  bus: {baseline: -3}
sweep:
  design: {random: 23}
  replicates: 7
  parameters: {policies.led.baseline: {uniform: [-5, -3]}}
  measures: [final_share, time_to_half, attribution, {series: adopters}, {difference: final_share, to: 0}]
"""


class Virtual(Folder):
    def setUp(self):
        super().setUp()
        self.write("s.yaml", SWEEP)

    def sweep(self, *words, code=0, **options):
        ended = self.hansa("sweep", *words, "--quiet", **options)
        self.assertEqual(ended.returncode, code, ended.err)
        return ended

    def gather(self, *words, **options):
        return self.sweep("gather", "s.yaml", *words, **options)

    def same(self, virtual, plain="plain.h5"):
        """All variables of both, and which of the first are virtual."""
        elsewhere = set()
        with h5py.File(self.folder / virtual) as here, h5py.File(self.folder / plain) as there:
            self.assertEqual(set(here) - set(there), {"block", "block_file", "block_seal"})
            for name in there:
                self.assertEqual(here[name].dtype, there[name].dtype, name)
                self.assertEqual([each[0].name for each in here[name].dims if len(each)],
                                 [each[0].name for each in there[name].dims if len(each)], name)
                self.assertTrue(numpy.array_equal(here[name][...], there[name][...], equal_nan=here[name].dtype.kind == "f"), name)
                if here[name].is_virtual:
                    elsewhere.add(name)
        return elsewhere

    def test_all_numbers_are_those_of_the_plain_file(self):
        for block in ("1", "9", "161"):
            self.sweep("s.yaml", "--folder", "blocks", "--block", block, "--each", "all", "-o", "plain.h5")
            self.gather("--folder", "blocks", "--virtual", "--each", "all", "-o", "v.h5", "--force")
            self.assertEqual(self.same("v.h5"), {"final_share_each", "time_to_half_each", "attribution_each", "adopters_each"})
            shutil.rmtree(self.folder / "blocks")
            (self.folder / "plain.h5").unlink()

    def test_bytes_are_those_of_every_gathering_and_no_series_unless_asked_for(self):
        self.sweep("s.yaml", "--virtual", "--reproducible", "-o", "a.h5")
        self.gather("--virtual", "--reproducible", "-o", "b.h5")
        self.assertEqual((self.folder / "a.h5").read_bytes(), (self.folder / "b.h5").read_bytes())
        self.assertNotIn("adopters_each", h5py.File(self.folder / "a.h5"))

    def test_a_part_of_a_sweep_and_runs_that_fail(self):
        text = SWEEP.replace("{random: 23}", "grid").replace("{uniform: [-5, -3]}", "{values: [-4, 200, -3]}")
        self.write("s.yaml", text.replace(", {difference: final_share, to: 0}", ""))
        self.sweep("s.yaml", "--block", "2", "--shard", "1/2", code=1)
        self.gather("--partial", "-o", "plain.h5", code=1)
        self.gather("--partial", "--virtual", "-o", "v.h5", code=1)
        self.same("v.h5")
        self.assertTrue(0 < numpy.isnan(h5py.File(self.folder / "v.h5")["final_share_each"][...]).sum() < 3 * 7 * 2)

    def test_an_extended_sweep(self):
        self.sweep("s.yaml", "--block", "10")
        self.write("s.yaml", SWEEP.replace("random: 23", "random: 41").replace("  replicates: 7", "  replicates: 9"))
        self.sweep("s.yaml", "--block", "10", "-o", "plain.h5")
        self.gather("--virtual", "-o", "v.h5")
        self.same("v.h5")

    def test_more_than_64_worlds(self):
        self.write("s.yaml", SWEEP.replace("generate: 50", "generate: 90").replace("random: 23", "random: 400").replace("policies.led.baseline: {uniform: [-5, -3]}",
                                           "networks.chance.erdos_renyi.degree: {integer: [2, 72]}"))
        self.sweep("s.yaml", "--block", "100", "-o", "plain.h5")
        self.gather("--virtual", "-o", "v.h5")
        self.same("v.h5")

    def test_names_that_hdf5_would_take_for_patterns(self):
        self.sweep("s.yaml", "--folder", "50%b all", "--block", "50", "-o", "plain.h5")
        self.gather("--folder", "50%b all", "--virtual", "-o", "v.h5")
        self.same("v.h5")

    def test_both_moved_it_is_read_and_alone_it_is_refused(self):
        (self.folder / "out").mkdir()
        self.sweep("s.yaml", "--block", "50", "-o", "plain.h5")
        self.gather("--virtual", "-o", "out/v.h5")
        self.same("out/v.h5")
        (self.folder / "moved").mkdir()
        for name in ("out", "s.sweep", "plain.h5"):
            (self.folder / name).rename(self.folder / "moved" / name)
        self.same("moved/out/v.h5", "moved/plain.h5")
        self.assertEqual(self.hansa("report", "moved/out/v.h5", "-o", "page.html").returncode, 0)
        shutil.copy(self.folder / "moved/out/v.h5", self.folder / "alone.h5")
        refused = self.hansa("report", "alone.h5", "-o", "page.html", "--force")
        self.assertEqual(refused.returncode, 2)
        self.assertRegex(refused.err, r"^error: alone\.h5: refers to the block '\.\./s\.sweep/block-000000\.h5', which is not there, "
                                      r"the folder of the sweep was expected .+ without --virtual")

    def test_a_block_that_changed_or_is_damaged_is_refused(self):
        self.sweep("s.yaml", "--block", "50", "--virtual")
        block = self.folder / "s.sweep" / "block-000001.h5"
        whole = block.read_bytes()
        block.write_bytes((self.folder / "s.sweep" / "block-000002.h5").read_bytes())
        self.assertRegex(self.hansa("report", "s-sweep.h5").err, r"^error: s-sweep\.h5: refers to the block 's\.sweep/block-000001\.h5', which has changed")
        block.write_bytes(whole[:2000] + b"x" + whole[2001:])
        self.assertRegex(self.hansa("report", "s-sweep.h5").err, r"^error: \S*s\.sweep/block-000001\.h5: the file is damaged")

    def test_more_blocks_than_readers_can_open_are_refused(self):
        self.write("s.yaml", SWEEP.replace("random: 23", "random: 72").replace(", {series: adopters}", ""))
        self.sweep("s.yaml", "--block", "1", "-o", "plain.h5")
        refused = self.gather("--virtual", "-o", "v.h5", code=2)
        self.assertRegex(refused.err, r"^error: s\.sweep: has 504 finished blocks, and a virtual file refers to at most 500, .+--yes")
        self.assertNotIn("v.h5", self.names())
        self.gather("--virtual", "--yes", "-o", "v.h5")
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(2048, hard), hard))
        self.addCleanup(resource.setrlimit, resource.RLIMIT_NOFILE, (soft, hard))
        self.same("v.h5")

    def test_what_a_sweep_keeps_is_never_written_over(self):
        self.sweep("s.yaml", "--block", "50")
        kept = {path.name: path.read_bytes() for path in (self.folder / "s.sweep").iterdir()}
        for words in (("-o", "s.sweep/block-000000.h5"), ("--csv", "s.sweep/manifest-0001.h5"), ("-o", "./s.sweep/../s.sweep/block-000009.h5")):
            refused = self.gather("--virtual", "--force", *words, code=2)
            self.assertRegex(refused.err, r"^error: \S+: is where finished work is kept, write elsewhere")
        self.assertEqual({path.name: path.read_bytes() for path in (self.folder / "s.sweep").iterdir()}, kept)

    def test_words_that_do_not_go_together(self):
        self.sweep("s.yaml")
        self.assertRegex(self.gather("--virtual", "--each", "none", code=2).err, r"^error: --each: 'none' leaves nothing")
