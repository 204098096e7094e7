"""What must not be lost, and must not be left: signals, kill -9, folders that refuse, disks that fill."""

import os
import re
import resource
import signal
import subprocess
import sys
import time
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "engine" / "cli"))
from program import LONG, Folder  # noqa: E402


class Interrupted(Folder):
    """A long run that is caught at work, its replicates under way."""

    def setUp(self):
        super().setUp()
        self.write("long.yaml", LONG)

    def caught(self, *words):
        process = self.start("run", "long.yaml", *words)
        part = self.folder / "long.h5.part"
        deadline = time.monotonic() + 60
        while not (part.exists() and part.stat().st_size > 0):
            self.assertIsNone(process.poll(), "ended before it was caught")
            self.assertLess(time.monotonic(), deadline, "wrote nothing")
            time.sleep(0.02)
        time.sleep(0.5)
        return process

    def test_ctrl_c_and_term_keep_what_was_finished(self):
        for number in (signal.SIGINT, signal.SIGTERM):
            process = self.caught("--force", "--threads", "2")
            process.send_signal(number)
            out, err = process.communicate(timeout=60)
            self.assertEqual(process.returncode, 130, err)
            self.assertIn(b"interrupted: finishing the replicates in hand\n", err)
            self.assertEqual(self.names(), ["lamps.yaml", "long.h5", "long.yaml"])
            self.assertEqual(self.attribute("long.h5", "complete"), 0)
            finished = self.attribute("long.h5", "replicates_complete")
            told = re.search(rb"interrupted: (\d+) of 200000 replicates", out)
            self.assertGreater(finished, 0)
            self.assertEqual(int(told[1]), finished)
            steps = 201
            adopters = self.numbers("long.h5", "adopters")[:finished * steps]
            self.assertEqual(len(adopters), finished * steps)
            self.assertGreaterEqual(min(adopters), 5)

    def test_what_was_finished_is_what_a_whole_run_finds(self):
        process = self.caught("--threads", "2", "--reproducible")
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=60)
        finished = self.attribute("long.h5", "replicates_complete")
        few = min(finished, 20)
        whole = self.hansa("run", "long.yaml", "--replicates", str(few), "-o", "whole.h5", "--quiet")
        self.assertEqual(whole.returncode, 0, whole.err)
        self.assertEqual(self.numbers("whole.h5", "adopters"), self.numbers("long.h5", "adopters")[:few * 201])

    def test_a_second_signal_ends_it_at_once(self):
        # Without ties many cities are read at once; with a trend every city counts in every step.
        slow = ("cities.generate=1000000", "networks={}", "policies.led.mechanisms={}", "policies.led.baseline=-9",
                "policies.led.trend={linear: 0.001}")
        process = self.caught("--threads", "1", *(word for each in slow for word in ("--set", each)))
        process.send_signal(signal.SIGINT)
        self.assertEqual(process.stderr.readline(), b"interrupted: finishing the replicates in hand\n")
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=100)
        self.assertEqual(process.returncode, 130)
        self.assertEqual(self.names(), ["lamps.yaml", "long.h5.part", "long.yaml"])

    @staticmethod
    def handles(process, number):
        """Whether a process that has started waits for a signal, or has a handler for it."""
        status = dict(line.split(":", 1) for line in Path("/proc", str(process.pid), "status").read_text().splitlines())
        return any(int(status[name], 16) >> (number - 1) & 1 for name in ("SigCgt", "SigBlk"))

    def test_a_signal_while_reading_ends_it_and_leaves_nothing(self):
        process = self.start("run", "long.yaml", "--set", "cities.generate=4000000", "--set",
                             "networks.chance.erdos_renyi.degree=50")
        while process.poll() is None and not self.handles(process, signal.SIGTERM):
            time.sleep(0.01)
        time.sleep(0.5)
        self.assertIsNone(process.poll())
        process.send_signal(signal.SIGTERM)
        out, err = process.communicate(timeout=60)
        self.assertEqual((process.returncode, out, err), (130, b"", b""))
        self.assertEqual(self.names(), ["lamps.yaml", "long.yaml"])

    def test_kill_9_leaves_no_file_under_the_final_name(self):
        process = self.caught()
        process.kill()
        process.communicate(timeout=100)
        self.assertEqual(self.names(), ["lamps.yaml", "long.h5.part", "long.yaml"])
        again = self.hansa("run", "long.yaml", "--replicates", "3", "--quiet")
        self.assertEqual(again.returncode, 0, again.err)
        self.assertEqual(self.names(), ["lamps.yaml", "long.h5", "long.yaml"])
        self.assertEqual(self.attribute("long.h5", "complete"), 1)


class Refused(Folder):
    def failed(self, *words, code, pattern, **options):
        ended = self.hansa("run", "lamps.yaml", "--quiet", *words, **options)
        self.assertEqual((ended.returncode, ended.out), (code, ""), ended.err)
        self.assertRegex(ended.err, pattern)

    def test_a_folder_that_is_not_there(self):
        self.failed("-o", "no/such.h5", code=2, pattern=r"^error: no/such\.h5: .+\n$")
        self.assertEqual(self.names(), ["lamps.yaml"])

    def test_a_folder_in_the_place_of_the_file(self):
        (self.folder / "lamps.h5").mkdir()
        self.failed("--force", code=2, pattern=r"^error: lamps\.h5: .+\n$")
        self.assertEqual(self.names(), ["lamps.h5", "lamps.yaml"])

    def test_a_folder_that_may_not_be_written(self):
        if os.geteuid() == 0:
            self.failed("-o", "/proc/lamps.h5", code=1, pattern=r"^error: /proc/lamps\.h5.*: .+\n$")
            return
        closed = self.folder / "closed"
        closed.mkdir(mode=0o500)
        self.failed("-o", "closed/lamps.h5", code=1, pattern=r"^error: closed/lamps\.h5.*: .*[Pp]ermission.*\n$")
        self.assertEqual(list(closed.iterdir()), [])

    def test_a_file_that_may_not_grow(self):
        def limit():
            resource.setrlimit(resource.RLIMIT_FSIZE, (40000, 40000))

        self.failed("--set", "cities.generate=3000", "--replicates", "500", preexec_fn=limit, code=1,
                    pattern=r"^error: lamps\.h5\S*: .*(File too large|cannot).*\n$")
        self.assertNotIn("lamps.h5", self.names())

    def test_a_full_disk(self):
        small = self.folder / "small"
        small.mkdir()
        mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", small], capture_output=True)
        if mounted.returncode != 0:
            self.skipTest("only root may mount a small disk; a file that may not grow is tried instead")
        self.addCleanup(subprocess.run, ["umount", small], check=True)
        self.failed("-o", "small/lamps.h5", "--set", "cities.generate=3000", "--replicates", "500", code=1,
                    pattern=r"^error: small/lamps\.h5\S*: .*(No space left on device|cannot).*\n$")
        self.assertFalse((small / "lamps.h5").exists())

    def test_an_old_result_survives_a_run_that_fails(self):
        self.assertEqual(self.hansa("run", "lamps.yaml", "--quiet").returncode, 0)
        before = (self.folder / "lamps.h5").read_bytes()

        def limit():
            resource.setrlimit(resource.RLIMIT_FSIZE, (40000, 40000))

        self.failed("--force", "--set", "cities.generate=3000", "--replicates", "500", preexec_fn=limit, code=1,
                    pattern=r"^error: lamps\.h5")
        self.assertEqual((self.folder / "lamps.h5").read_bytes(), before)


if __name__ == "__main__":
    unittest.main()
