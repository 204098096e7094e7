"""Sweeps that are hurt: killed at random moments, stopped, on a disk that fills, and several at once in one folder."""

import json
import random
import resource
import signal
import subprocess
import sys
import time
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "engine" / "cli"))
from program import SCENARIO, Folder  # noqa: E402

# Runs of about a millisecond, many blocks.
SWEEP = SCENARIO.replace("generate: 50", "generate: 2000") + """\
sweep:
  design: {random: 60}
  replicates: 40
  parameters: {policies.led.baseline: {uniform: [-5, -3]}}
  measures: [final_share, {series: adopters}]
"""


class Hurt(Folder):
    kills = 6

    def setUp(self):
        super().setUp()
        self.write("s.yaml", SWEEP)

    def whole(self):
        ended = self.hansa("sweep", "s.yaml", "--folder", "whole", "-o", "whole.h5", "--reproducible", "--quiet")
        self.assertEqual(ended.returncode, 0, ended.err)
        return (self.folder / "whole.h5").read_bytes()

    def blocks(self, folder="s.sweep"):
        return sorted(path.name for path in (self.folder / folder).glob("block-*.h5"))

    def caught(self, *words, blocks=1):
        """A sweep that has finished so many blocks more, and is at work on others."""
        there = len(self.blocks())
        process = self.start("sweep", "s.yaml", "--quiet", "--block", "8", "--threads", "2", *words)
        deadline = time.monotonic() + 60
        while len(self.blocks()) < there + blocks:
            if process.poll() is not None:
                return None
            self.assertLess(time.monotonic(), deadline, "wrote nothing")
            time.sleep(0.001)
        return process

    def status(self):
        return json.loads(self.hansa("sweep", "status", "s.yaml", "--json").out)

    def test_killed_at_random_moments_it_ends_with_the_same_bytes(self):
        whole = self.whole()
        moments = random.Random(3)
        killed = 0
        for _ in range(self.kills):
            process = self.caught(blocks=3)
            if process is None:
                break
            time.sleep(moments.uniform(0, 0.05))
            process.kill()
            process.communicate(timeout=20)
            killed += process.returncode == -signal.SIGKILL
            status = self.status()
            self.assertEqual((status["problems"], status["strays"], status["at_work"]), ([], [], 0))
            self.assertEqual(status["blocks"] - status["missing_blocks"], len(self.blocks()))
            self.assertGreaterEqual(status["finished"], 8 * len(self.blocks()))  # a block ends with the replicates that come together
        self.assertGreater(killed, 0, "it was over before anybody could kill it")
        ended = self.hansa("sweep", "s.yaml", "--quiet", "--reproducible")
        self.assertEqual(ended.returncode, 0, ended.err)
        self.assertEqual((self.folder / "s-sweep.h5").read_bytes(), whole)
        self.assertEqual([path.name for path in (self.folder / "s.sweep").iterdir() if "part" in path.name or "work" in path.name], [])

    def test_one_that_another_process_makes_larger_meanwhile_is_not_whole(self):
        process = self.caught()
        self.assertIsNotNone(process, "it was over before anybody could make it larger")
        process.send_signal(signal.SIGSTOP)
        larger = self.hansa("sweep", "s.yaml", "--quiet", "--replicates", "80", "--block", "8", "--shard", "1000/1000")
        self.assertEqual(larger.returncode, 0, larger.err)
        process.send_signal(signal.SIGCONT)
        _, err = process.communicate(timeout=200)
        self.assertEqual(process.returncode, 1, err)
        self.assertRegex(err.decode(), r"error: s\.sweep: \d+ of 4800 runs are missing, ")
        self.assertNotIn("s-sweep.h5", self.names())

    def test_ctrl_c_and_term_keep_finished_blocks(self):
        for number in (signal.SIGINT, signal.SIGTERM):
            process = self.caught(blocks=2)
            self.assertEqual(self.status()["at_work"], 1)
            process.send_signal(number)
            _, err = process.communicate(timeout=60)
            self.assertEqual(process.returncode, 130, err)
            status = self.status()
            self.assertEqual((status["at_work"], status["problems"]), (0, []))
            self.assertGreater(status["finished"], 0)
            self.assertNotIn("s-sweep.h5", self.names())
            self.assertEqual([path for path in (self.folder / "s.sweep").iterdir() if path.name.endswith(".part")], [])

    def test_two_at_once_in_one_folder(self):
        whole = self.whole()
        both = [self.start("sweep", "s.yaml", "--quiet", "--block", "8", "--reproducible", "-o", f"{k}.h5") for k in range(3)]
        for k, process in enumerate(both):
            _, err = process.communicate(timeout=200)
            self.assertEqual(process.returncode, 0, err)
            self.assertEqual((self.folder / f"{k}.h5").read_bytes(), whole)
        status = self.status()
        self.assertEqual((status["finished"], status["problems"], status["strays"]), (2400, [], []))

    def test_a_disk_that_fills(self):
        small = self.folder / "small"
        small.mkdir()
        mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=200k", "tmpfs", small], capture_output=True, check=False)
        if mounted.returncode != 0:
            self.skipTest("only root may mount a small disk; files that may not grow are tried instead")
        self.addCleanup(subprocess.run, ["umount", small], check=True)
        refused = self.hansa("sweep", "s.yaml", "--quiet", "--folder", "small/s.sweep", "--block", "8")
        self.assertEqual(refused.returncode, 1, refused.err)
        self.assertRegex(refused.err, r"^error: small/s\.sweep.*: cannot .*No space left on device, make room")
        self.assertEqual([path for path in (small / "s.sweep").iterdir() if path.name.endswith(".part")], [])
        subprocess.run(["mount", "-o", "remount,size=20M", small], check=True)
        again = self.hansa("sweep", "s.yaml", "--quiet", "--folder", "small/s.sweep", "--reproducible")
        self.assertEqual(again.returncode, 0, again.err)
        self.assertEqual((self.folder / "s-sweep.h5").read_bytes(), self.whole())

    def test_files_that_may_not_grow(self):
        def limit():
            resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))

        refused = self.hansa("sweep", "s.yaml", "--quiet", preexec_fn=limit)
        self.assertEqual(refused.returncode, 1)
        self.assertRegex(refused.err, r"^error: s\.sweep/.*: cannot write: File too large")
        self.assertEqual(list((self.folder / "s.sweep").iterdir()), [])

    def test_what_the_dead_left_is_removed(self):
        self.hansa("sweep", "s.yaml", "--quiet", "--shard", "1/30")
        host = Path("/proc/sys/kernel/hostname").read_text(encoding="utf-8").strip().replace(".", "-")
        host += f"-{Path('/proc/self/ns/pid').stat().st_ino}"
        with subprocess.Popen(["true"]) as dead:
            dead.wait()
        left = self.folder / "s.sweep" / f"block-000003.h5.{host}.{dead.pid}.0123456789abcdef.part"
        others = left.with_name("block-000003.h5.elsewhere.1.0123456789abcdef.part")
        mine = left.with_name(f"block-000003.h5.{host}.{Path('/proc/self').resolve().name}.0123456789abcdef.part")
        contained = left.with_name(left.name.replace(host, host + "7"))  # of a container with this host's name
        for path in (left, others, mine, contained):
            path.write_bytes(b"half")
        self.hansa("sweep", "gather", "s.yaml", "--partial", "--quiet")
        self.assertEqual([path.exists() for path in (left, others, mine, contained)], [False, True, True, True])


if __name__ == "__main__":
    unittest.main()
