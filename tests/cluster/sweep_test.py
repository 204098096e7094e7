"""Sweeps on a real Slurm whose tasks, nodes, disks and controller are hurt: in the end every byte is that of the sweep
which ran here, and only what was missing ran again."""

import json
import os
import re
import shutil
import signal
import subprocess
import time
import unittest
from pathlib import Path

import slurm
from slurm import Cluster, until

PROGRAM = os.environ["HANSA"]
LIMIT = 240  # seconds of a test, several times what it takes

# 24 blocks of 20 runs, of some milliseconds each: a task of four blocks can be caught at work.
SWEEP = """\
hansa: 1
title: Lamps
time: {start: 2000, end: 2029}
seed: 7
cities: {generate: 4000}
networks:
  chance: {erdos_renyi: {degree: 6}}
policies:
  led:
    baseline: -4
    adopters: {random: 5}
    mechanisms:
      imitation: {exposure: {network: chance}, strength: 4}
sweep:
  design: {random: 24}
  replicates: 20
  parameters: {policies.led.baseline: {uniform: [-5, -3]}}
  measures: [final_share, {series: adopters}]
"""
RUNS, TASKS = 480, 6


class Sweep(unittest.TestCase):
    """Each test has a folder of its own, all share the cluster, which is repaired before each."""

    root: Path
    cluster: Cluster
    expected: bytes

    @classmethod
    def setUpClass(cls):
        cls.root = ROOT / cls.__name__
        cls.root.mkdir()
        cls.cluster = Cluster(cls.root / "slurm")
        cls.cluster.up()
        here = cls.root / "here"
        here.mkdir()
        (here / "s.yaml").write_text(SWEEP)
        subprocess.run([PROGRAM, "sweep", "s.yaml", "--quiet", "--reproducible", "--threads", "2"], cwd=here, check=True)
        cls.expected = (here / "s-sweep.h5").read_bytes()

    @classmethod
    def tearDownClass(cls):
        cls.cluster.down()

    def setUp(self):
        signal.signal(signal.SIGALRM, self.too_long)
        signal.alarm(LIMIT)
        self.addCleanup(signal.alarm, 0)
        self.cluster.up()
        self.folder = self.root / self._testMethodName
        self.folder.mkdir()
        self.blocks = self.folder / "s.sweep"
        (self.folder / "s.yaml").write_text(SWEEP)
        self.addCleanup(self.clear)

    @staticmethod
    def too_long(*_):
        raise AssertionError(f"not done after {LIMIT} s")

    def clear(self):
        self.cluster.run("scancel", "--full", "--user=root")
        self.cluster.run("scancel", "-s", "KILL", "--user=root")
        shutil.rmtree(self.folder, ignore_errors=True)

    def hansa(self, *words, code=0):
        ended = self.cluster.run(PROGRAM, "sweep", *words, cwd=self.folder, seconds=LIMIT)
        self.assertEqual(ended.returncode, code, ended.stdout + ended.stderr)
        return ended

    def submit(self, *words):
        """What `hansa sweep --slurm` says it did."""
        told = self.hansa("s.yaml", "--slurm", "--time", "10", "--tasks", str(TASKS), "--block", "5", "--reproducible", "--json", *words)
        return json.loads(told.stdout)

    def status(self):
        return json.loads(self.hansa("status", "s.yaml", "--json").stdout)

    def finished(self):
        return len(list(self.blocks.glob("block-*.h5")))

    def at_work(self, blocks=1):
        """Waits until so many blocks are on disk, and work goes on."""
        there = self.finished()
        until(lambda: self.finished() >= there + blocks, "blocks on disk")
        self.assertLess(self.finished(), RUNS // 5, "the sweep ended before it was caught")

    def ended(self, *jobs):
        until(lambda: not [job for job in self.cluster.active() if job[0] in jobs], f"the end of {jobs}", LIMIT)

    def exit_codes(self, job):
        """Exit codes of the tasks of a job, as 'CODE:SIGNAL'."""
        return re.findall(r" ExitCode=(\d+:\d+)", self.cluster.run("scontrol", "show", "job", str(job), "-o").stdout)

    def logs(self):
        return "".join(path.read_text() for path in sorted((self.blocks / "logs").glob("*.log")))

    def is_whole(self, told):
        """Waits for the jobs, and finds the file that was gathered equal, byte for byte, and nothing left behind."""
        self.ended(*told["jobs"], *told["gather_jobs"])
        self.assertEqual(self.exit_codes(told["gather_jobs"][0]), ["0:0"], self.logs())
        self.assertTrue((self.folder / "s-sweep.h5").read_bytes() == self.expected, "other bytes than here")
        status = self.status()
        self.assertEqual((status["finished"], status["failed"], status["problems"], status["strays"]), (RUNS, 0, [], []))

    def is_not_whole(self, told):
        """Waits for the jobs: the one that gathers has failed, and says what is missing."""
        self.ended(*told["jobs"], *told["gather_jobs"])
        self.assertEqual(self.exit_codes(told["gather_jobs"][0]), ["1:0"])
        self.assertFalse((self.folder / "s-sweep.h5").exists())

    def submit_the_rest(self):
        """Submits again; tasks are those that have something to do, and there is nothing more to submit while they wait."""
        missing = {k % TASKS for k in range(RUNS // 5) if not (self.blocks / f"block-{k:06}.h5").exists()}
        told = self.submit()
        self.assertEqual((told["tasks"], told["in_queue"]), (len(missing), 0))
        return told

    def node_of(self, job):
        """A node on which a task of the job runs."""
        return until(lambda: [task[4] for task in self.cluster.jobs() if task[0] == job and task[2] == "RUNNING"], "a running task")[0]


class Order(Sweep):
    def test_through_to_gather(self):
        told = self.submit()
        self.assertEqual((told["tasks"], told["runs"], told["missing"], len(told["jobs"])), (TASKS, RUNS, RUNS, 1))
        self.is_whole(told)
        self.assertEqual(self.status()["slurm"], {"completed": TASKS, "gather completed": 1})
        again = self.submit()
        self.assertEqual((again["tasks"], again["jobs"], again["missing"]), (0, [], 0))

    def test_prologue_and_options_are_taken_as_they_are(self):
        (self.folder / "before.sh").write_text("touch prologue-$SLURM_JOB_ID # 'quoted' \"words\"\n")
        told = self.submit("--prologue", "before.sh", "--sbatch", "--comment=a b", "--sbatch", "--cpus-per-task=2", "--tasks", "3%2")
        script = (self.folder / told["script"]).read_text()
        self.assertIn("\ntouch prologue-$SLURM_JOB_ID # 'quoted' \"words\"\n", script)
        self.assertIn("\n#SBATCH --comment=a b\n#SBATCH --cpus-per-task=2\n", script)
        self.is_whole(told)
        self.assertEqual(len(list(self.folder.glob("prologue-*"))), 4)

    def test_gather_while_tasks_run(self):
        told = self.submit()
        self.at_work()
        self.assertIn("runs are missing", self.hansa("gather", "s.yaml", "--quiet", code=1).stderr)
        self.assertFalse((self.folder / "s-sweep.h5").exists())
        self.hansa("gather", "s.yaml", "--partial", "--quiet", "-o", "part.h5")
        self.is_whole(told)

    def test_term_ends_a_task_with_what_is_finished_on_disk(self):
        told = self.submit()
        self.at_work(TASKS)
        self.cluster.run("scancel", "-b", "-s", "TERM", str(told["jobs"][0]))
        self.is_not_whole(told)
        self.assertIn("130:0", self.exit_codes(told["jobs"][0]))
        self.assertRegex(self.logs(), r"interrupted: \d+ of 80 runs that were missing are on disk")
        self.assertGreaterEqual(self.finished(), TASKS)
        self.assertEqual(self.status()["at_work"], 0)
        self.assertEqual([path.name for path in self.blocks.iterdir() if "part" in path.name or "at-work" in path.name], [])
        self.is_whole(self.submit_the_rest())

    def test_resubmission_after_scancel(self):
        told = self.submit()
        self.at_work()
        self.assertEqual(self.submit()["jobs"], [], "what is in the queue was submitted again")
        self.cluster.run("scancel", str(told["jobs"][0]))
        self.is_not_whole(told)
        self.is_whole(self.submit_the_rest())

    def test_a_task_started_twice(self):
        told = self.submit()
        twice = [self.cluster.run("sbatch", "--parsable", "--array=1-6", told["script"], "0", cwd=self.folder).stdout.strip()
                 for _ in range(2)]
        self.ended(*map(int, twice))
        self.is_whole(told)
        self.assertEqual({code for each in twice for code in self.exit_codes(each)}, {"0:0"})

    def test_requeue(self):
        told = self.submit()
        self.at_work()
        self.cluster.run("scontrol", "requeue", f"{told['jobs'][0]}_1", f"{told['jobs'][0]}_4")
        self.is_whole(told)


class Faults(Sweep):
    def test_kill_9_while_a_block_is_written(self):
        told = self.submit()
        self.at_work()

        def killed():
            writing = re.search(r"\.(n\d)\.\d+\.\w+\.part$", "\n".join(path.name for path in self.blocks.iterdir()), re.M)
            return writing and self.cluster.signal(writing[1], signal.SIGKILL, "hansa")
        end = time.monotonic() + LIMIT
        while not killed() and time.monotonic() < end:
            pass
        self.is_not_whole(told)
        self.assertIn("0:9", self.exit_codes(told["jobs"][0]))
        self.assertEqual(self.status()["problems"], [])
        self.is_whole(self.submit_the_rest())

    def test_a_node_crashes(self):
        told = self.submit()
        self.at_work()
        node = self.node_of(told["jobs"][0])
        self.cluster.crash(node)
        self.cluster.give_up(node)
        self.is_whole(told)

    def test_a_node_is_lost_and_its_tasks_write_later(self):
        told = self.submit()
        self.at_work()
        node = self.node_of(told["jobs"][0])
        self.cluster.hang(node)
        self.cluster.lose(node)
        zombies = self.cluster.processes(node, "hansa")
        self.assertGreater(len(zombies), 0, "no task ran there")
        self.cluster.give_up(node)
        self.is_whole(told)
        self.cluster.wake(node)
        until(lambda: not self.cluster.processes(node, "hansa"), "the end of the zombies")
        self.is_whole(told)

    def test_the_controller_is_killed_and_restarted(self):
        told = self.submit()
        self.at_work()
        self.cluster.kill_controller()
        begun = time.monotonic()
        self.assertEqual(self.status()["slurm"], {})
        self.assertLess(time.monotonic() - begun, 30, "status waits for the controller")
        time.sleep(1)
        self.cluster.up()
        # It may have forgotten the jobs, or hold them for ever: what is on disk is the truth.
        until(lambda: self.finished() == RUNS // 5 or not self.cluster.processes("n1", "hansa") + self.cluster.processes("n2", "hansa")
              + self.cluster.processes("n3", "hansa"), "the end of the tasks")
        self.cluster.run("scancel", str(told["jobs"][0]), str(told["gather_jobs"][0]))
        self.ended(*told["jobs"], *told["gather_jobs"])
        (self.folder / "s-sweep.h5").unlink(missing_ok=True)
        again = self.submit()
        if again["jobs"]:
            self.is_whole(again)
        else:
            self.hansa("gather", "s.yaml", "--quiet", "--reproducible")
            self.assertTrue((self.folder / "s-sweep.h5").read_bytes() == self.expected, "other bytes than here")

    def test_a_full_disk_on_one_node(self):
        self.submit("--dry-run")
        space = ("nsenter", "--mount", "--target", str(self.cluster.first_process("n2")))
        subprocess.run([*space, "bash", "-euc", 'd=$(mktemp -d); cp "$1"/* $d 2>/dev/null || true; mount -t tmpfs -o size=96k none "$1"; '
                        'cp $d/* "$1"; mkdir "$1/logs"; rm -r $d; cat /dev/zero >"$1/full" 2>/dev/null || true', "fill", self.blocks], check=True)
        told = self.submit()
        self.is_not_whole(told)
        self.assertIn("1:0", self.exit_codes(told["jobs"][0]))
        self.assertIn("0:0", self.exit_codes(told["jobs"][0]))
        subprocess.run([*space, "umount", self.blocks], check=True)
        self.assertEqual(self.status()["problems"], [])
        self.is_whole(self.submit_the_rest())


if __name__ == "__main__":
    ROOT = slurm.enter()
    unittest.main()
