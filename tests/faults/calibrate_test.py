"""A calibration that is killed at random moments ends with the bytes of one that was not."""

import random
import signal
import sys
import time
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "engine" / "cli"))
from calibrate_test import SCENARIO, Calibrations  # noqa: E402


class Killed(Calibrations):
    kills = 5

    def setUp(self):
        super().setUp()
        self.write("s.yaml", SCENARIO.replace("particles: 40", "particles: 500").replace("replicates: 2", "replicates: 20"))

    def blocks(self):
        return list(self.folder.glob("s.calibration/generation-*.h5"))

    def test_killed_at_random_moments_it_ends_with_the_same_bytes(self):
        self.calibrate("--reproducible", "--quiet", "--folder", "whole", "-o", "whole.h5")
        moments = random.Random(5)
        killed = 0
        for _ in range(self.kills):
            there = len(self.blocks())
            process = self.start("calibrate", "s.yaml", "--quiet", "--reproducible", "--threads", "2")
            deadline = time.monotonic() + 60
            while len(self.blocks()) == there and process.poll() is None:
                self.assertLess(time.monotonic(), deadline, "wrote nothing")
                time.sleep(0.001)
            time.sleep(moments.uniform(0, 0.05))
            process.kill()
            process.communicate(timeout=20)
            killed += process.returncode == -signal.SIGKILL
        self.assertGreater(killed, 0, "it was over before anybody could kill it")
        self.calibrate("--reproducible", "--quiet")
        self.assertEqual((self.folder / "whole.h5").read_bytes(), (self.folder / "s-posterior.h5").read_bytes())
        self.assertEqual([path.name for path in (self.folder / "s.calibration").iterdir() if "part" in path.name], [])


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], "Killed"])
