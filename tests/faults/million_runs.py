"""A million runs (15,625 points of 64 replicates), killed twice: what is lost, how much memory, files and bytes it takes, how
long it takes to look what is there, and that nothing depends on all that."""

import argparse
import json
import os
import resource
import sys
import time
import unittest
from pathlib import Path

import h5py
import numpy

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "engine" / "cli"))
from program import Folder  # noqa: E402

MILLION = """\
hansa: 1
time: {{start: 1, end: 50}}
seed: 5
cities: {{generate: 500, coordinates: globe}}
networks: {{near: {{nearest: {{k: 8}}}}}}
policies:
  led:
    baseline: -5.5
    mechanisms: {{imitation: {{exposure: {{network: near}}, strength: 4}}}}
sweep:
  design: {{random: {points}}}
  replicates: 64
  parameters:
    policies.led.baseline: {{uniform: [-6, -5]}}
    policies.led.mechanisms.imitation.strength: {{uniform: [2, 5]}}
  measures: [final_share, time_to_half]
"""
LONGEST_LOOK = 5  # seconds
MOST_MEMORY = 1 << 30  # bytes


class MillionRuns(Folder):
    points = 15625

    def setUp(self):
        super().setUp()
        self.write("m.yaml", MILLION.format(points=self.points))

    def finished(self):
        begun = time.monotonic()
        ended = self.hansa("sweep", "status", "m.yaml", "--json")
        self.assertEqual(ended.returncode, 0, ended.err)
        seconds = time.monotonic() - begun
        self.assertLess(seconds, LONGEST_LOOK)
        return json.loads(ended.out), seconds

    def test_killed_twice(self):
        runs = self.points * 64
        begun = time.monotonic()
        for share in (0.3, 0.7):
            process = self.start("sweep", "m.yaml", "--quiet")
            blocks = 0
            while blocks < share * self.blocks_planned():
                self.assertIsNone(process.poll(), "ended before it was killed")
                blocks = len(list((self.folder / "m.sweep").glob("block-*.h5"))) if (self.folder / "m.sweep").exists() else 0
                time.sleep(0.02)
            process.kill()
            process.communicate(timeout=20)
            status, seconds = self.finished()
            self.assertGreater(status["finished"], 0)
            print(f"killed with {status['finished']} of {runs} runs on disk; {seconds:.2f} s to look")
        ended = self.hansa("sweep", "m.yaml", "--quiet")
        self.assertEqual(ended.returncode, 0, ended.err)
        status, seconds = self.finished()
        self.assertEqual((status["finished"], status["failed"]), (runs, 0))
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024
        files = list((self.folder / "m.sweep").iterdir())
        size = sum(path.stat().st_size for path in files)
        print(f"{runs} runs in {time.monotonic() - begun:.0f} s, {peak / 1e6:.0f} MB of memory, {len(files)} files, "
              f"{size / 1e6:.0f} MB, {seconds:.2f} s to look; gathered {os.path.getsize(self.folder / 'm-sweep.h5') / 1e6:.0f} MB")
        self.assertLess(peak, MOST_MEMORY)
        self.assertLess(len(files), 2100)
        with h5py.File(self.folder / "m-sweep.h5") as result:
            each = result["final_share_each"][...]
            self.assertEqual(each.shape, (self.points, 64, 1))
            self.assertFalse(numpy.isnan(each).any())
            self.assertTrue(numpy.allclose(each.mean(axis=1), result["final_share"][...]))

    def blocks_planned(self):
        files = list((self.folder / "m.sweep").glob("manifest-*.h5")) if (self.folder / "m.sweep").exists() else []
        if not files:
            return 1
        with h5py.File(files[0]) as manifest:
            return len(manifest["block_end"])


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--points", type=int, default=15625)
    words = parser.parse_args()
    MillionRuns.points = words.points
    unittest.main(argv=[sys.argv[0]])
