"""kill -9 at random moments: nothing broken ever stands under the final name, and what FILE.part counts can be read."""

import argparse
import random
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "engine" / "cli"))
from program import SCENARIO, Folder  # noqa: E402

# Reads in a process of its own, since HDF5 may crash on what is broken: prints the count, then the rows that differ.
READ = """
import sys, h5py, numpy
with h5py.File(sys.argv[1], "r") as left, h5py.File(sys.argv[2], "r") as whole:
    count = int(left.attrs["replicates_complete"])
    wrong = [name for name in ("replicate", "replicate_status", "adopters", "adoption_time", "new_adoptions_by_mechanism_total")
             if not numpy.array_equal(left[name][:count], whole[name][:count])]
    counted = [int(file["event_count"][:count].sum()) for file in (left, whole)]
    wrong += ["event_count"] if counted[0] != counted[1] else []
    wrong += [name for name in ("event_replicate", "event_policy", "event_city", "event_time", "event_kind", "event_mechanism")
              if not numpy.array_equal(left[name][:counted[0]], whole[name][:counted[1]])]
    print(count, *wrong)
"""
# 512 blocks of 25: as many as an index of HDF5 takes in one piece.
QUICK = SCENARIO.replace("replicates: 20", "replicates: 12800\noutput: {events: true}").replace("generate: 50", "generate: 300")
LAID_OUT = 300_000  # bytes of a file that counts some replicates: the first are flushed after 268,630


class Killed(Folder):
    kills, seed = 20, 1

    def setUp(self):
        super().setUp()
        self.write("quick.yaml", QUICK)

    def test_kill_9_at_random_moments(self):
        ended = self.hansa("run", "quick.yaml", "-o", "whole.h5", "--quiet")
        self.assertEqual(ended.returncode, 0, ended.err)
        moments = random.Random(self.seed)
        counts, unreadable = [], []
        for kill in range(self.kills):
            part = self.folder / "killed.h5.part"
            part.unlink(missing_ok=True)
            process = self.start("run", "quick.yaml", "-o", "killed.h5", "--quiet", "--threads", "2")
            while not (part.exists() and part.stat().st_size >= LAID_OUT):
                self.assertIsNone(process.poll(), "ended before it was killed")
                time.sleep(0.001)
            time.sleep(moments.uniform(0, 0.3))
            process.kill()
            process.communicate(timeout=20)
            self.assertNotIn("killed.h5", self.names())
            read = subprocess.run([sys.executable, "-c", READ, part, self.folder / "whole.h5"], capture_output=True, text=True,
                                  timeout=60, check=False)
            if read.returncode != 0:
                unreadable.append((kill, part.stat().st_size, read.stderr.strip().split("\n")[-1]))
                if KEEP:
                    part.rename(Path(KEEP, f"killed-{self.seed}-{kill}.h5.part"))
                continue
            count, *wrong = read.stdout.split()
            self.assertEqual(wrong, [], f"kill {kill}: {count} replicates counted")
            counts.append(int(count))
        print(f"{self.kills} kills, {len(unreadable)} unreadable, {min(counts)} to {max(counts)} replicates counted")
        self.assertEqual(unreadable, [])
        self.assertGreater(max(counts), 0)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", default="", help="a folder for files that could not be read")
    words = parser.parse_args()
    Killed.kills, Killed.seed, KEEP = words.kills, words.seed, words.keep
    unittest_words = [sys.argv[0]]
    import unittest
    unittest.main(argv=unittest_words)
