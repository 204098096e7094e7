"""Sweeps on a real Slurm whose tasks, nodes, disks and controller are hurt: in the end every byte is that of the sweep
which ran here, and only what was missing ran again."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import unittest
from pathlib import Path

import slurm
from slurm import Cluster, until

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "engine" / "cli"))
from program import PROGRAM, SCENARIO  # noqa: E402

LIMIT = 240  # seconds of a test, several times what it takes

# Runs of some milliseconds, in some eighty blocks: a task can be caught at work.
SWEEP = SCENARIO.replace("generate: 50", "generate: 4000").replace("end: 2009", "end: 2029") + """\
sweep:
  design: {random: 24}
  replicates: 20
  parameters: {policies.led.baseline: {uniform: [-5, -3]}}
  measures: [final_share, {series: adopters}]
"""
RUNS, TASKS, BLOCKS = 480, 6, 80


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

    def submit(self, *words, tasks=str(TASKS)):
        """What `hansa sweep --slurm` says it did."""
        told = self.hansa("s.yaml", "--slurm", "--time", "10", "--tasks", tasks, "--block", "6", "--reproducible", "--json", *words)
        return json.loads(told.stdout)

    def status(self):
        return json.loads(self.hansa("status", "s.yaml", "--json").stdout)

    def finished(self):
        return len(list(self.blocks.glob("block-*.h5")))

    def some_task_is_halfway(self):
        """Of a task that has some of its blocks on disk, several are missing: it will not end before it is told to."""
        done = [0] * TASKS
        for path in self.blocks.glob("block-*.h5"):
            done[int(path.stem[6:]) % TASKS] += 1
        return any(0 < each < BLOCKS // TASKS - 4 for each in done)

    def at_work(self, blocks=1, true=lambda: True):
        """Waits until so many blocks are on disk, and stops all tasks where they are."""
        end = time.monotonic() + LIMIT
        while self.finished() < blocks or not true():
            self.assertLess(time.monotonic(), end, "no task got to work")
        self.tell(signal.SIGSTOP)
        status = self.status()
        self.assertGreater(status["missing_blocks"], 0, "the sweep ended before it was caught")

    def tell(self, number):
        """Sends a signal to all tasks."""
        for node in self.cluster.names:
            self.cluster.signal(node, number, "hansa")

    def go_on(self):
        self.tell(signal.SIGCONT)

    def ended(self, *jobs):
        until(lambda: not [job for job in self.cluster.active() if job[0] in jobs], f"the end of {jobs}", LIMIT)

    def coming(self):
        """Tasks that work, or wait for nothing but their turn."""
        return [job for job in self.cluster.active() if "eld" not in job[3] and job[3] != "Dependency"]

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
        missing = {k % TASKS for k in range(self.status()["blocks"]) if not (self.blocks / f"block-{k:06}.h5").exists()}
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

    def test_more_replicates_run_only_what_is_new(self):
        self.is_whole(self.submit())
        more = ("--replicates", "25")
        self.hansa("s.yaml", *more, "--folder", "here", "-o", "here.h5", "--reproducible", "--quiet")
        told = self.submit(*more)
        self.assertEqual((told["runs"], told["missing"]), (24 * 25, 24 * 5))
        self.ended(*told["jobs"], *told["gather_jobs"])
        self.assertTrue((self.folder / "s-sweep.h5").read_bytes() == (self.folder / "here.h5").read_bytes(), self.logs())

    def test_prologue_and_options_are_taken_as_they_are(self):
        (self.folder / "before.sh").write_text("touch prologue-$SLURM_JOB_ID # 'quoted' \"words\"\n")
        told = self.submit("--prologue", "before.sh", "--sbatch", "--comment='a b'", "--sbatch", "--cpus-per-task=2", tasks="3%2")
        script = (self.folder / told["script"]).read_text()
        self.assertIn("\ntouch prologue-$SLURM_JOB_ID # 'quoted' \"words\"\n", script)
        self.assertIn("\n#SBATCH --comment='a b'\n#SBATCH --cpus-per-task=2\n", script)
        self.is_whole(told)
        self.assertEqual(len(list(self.folder.glob("prologue-*"))), 4)

    def test_the_lines_of_the_readme(self):
        page = (Path(__file__).resolve().parents[2] / "README.md").read_text()
        lines = re.search(r"## On a cluster\n\n```bash\n(.*?)```", page, re.S)[1].splitlines()
        lines = [line.replace("scenarios/sensitivity.yaml", "s.yaml") for line in lines if line.startswith("hansa ")]
        self.assertEqual(len(lines), 4)
        path = f"{Path(PROGRAM).parent}:{self.cluster.environment['PATH']}"
        for line in lines:
            ended = self.cluster.run("env", f"PATH={path}", "bash", "-c", line, cwd=self.folder, seconds=LIMIT)
            self.assertEqual(ended.returncode, 0, f"{line}\n{ended.stdout}{ended.stderr}")
        until(lambda: not self.cluster.active(), "the end of the jobs", LIMIT)
        self.assertTrue((self.folder / "s-sweep.h5").exists(), self.logs())

    def test_gather_while_tasks_run(self):
        told = self.submit()
        self.at_work()
        self.assertIn("runs are missing", self.hansa("gather", "s.yaml", "--quiet", code=1).stderr)
        self.assertFalse((self.folder / "s-sweep.h5").exists())
        self.hansa("gather", "s.yaml", "--partial", "--quiet", "-o", "part.h5")
        self.go_on()
        self.is_whole(told)

    def test_term_ends_a_task_with_what_is_finished_on_disk(self):
        told = self.submit()
        self.at_work(true=self.some_task_is_halfway)
        there = self.finished()
        self.cluster.run("scancel", "-b", "-s", "TERM", str(told["jobs"][0]))
        until(lambda: not self.cluster.active("-t", "PENDING", "-j", str(told["jobs"][0])), "all tasks told")
        time.sleep(1)
        self.go_on()
        self.is_not_whole(told)
        codes = self.exit_codes(told["jobs"][0])
        self.assertIn("130:0", codes)
        self.assertLessEqual(set(codes), {"130:0", "0:0", "0:15"})  # 0:15: told before the program had begun
        self.assertRegex(self.logs(), r"interrupted: \d+ of \d+ runs that were missing are on disk")
        self.assertGreaterEqual(self.finished(), there)
        self.assertEqual(self.status()["at_work"], 0)
        self.assertEqual([path.name for path in self.blocks.iterdir() if "part" in path.name or "at-work" in path.name], [])
        self.is_whole(self.submit_the_rest())

    def test_resubmission_after_scancel(self):
        told = self.submit()
        self.at_work()
        again = self.submit()
        self.assertEqual((again["jobs"], again["in_queue"]), ([], TASKS), "what is in the queue was submitted again")
        self.cluster.run("scancel", str(told["jobs"][0]))
        self.is_not_whole(told)
        self.is_whole(self.submit_the_rest())

    def test_a_task_started_twice(self):
        told = self.submit()
        twice = [int(self.cluster.run("sbatch", "--parsable", f"--array=1-{TASKS}", told["script"], "0", cwd=self.folder).stdout)
                 for _ in range(2)]
        self.ended(*twice)
        self.is_whole(told)
        self.assertEqual({code for each in twice for code in self.exit_codes(each)}, {"0:0"})

    def test_requeue(self):
        told = self.submit()
        self.at_work()
        self.cluster.run("scontrol", "requeue", f"{told['jobs'][0]}_1", f"{told['jobs'][0]}_4")
        self.go_on()
        self.is_whole(told)


class Faults(Sweep):
    def test_kill_9_while_a_block_is_written(self):
        told = self.submit()
        writer = re.compile(r"\.(n\d)-\d+\.\d+\.\w+\.part$")

        def writing():
            return [found[1] for found in map(writer.search, os.listdir(self.blocks)) if found]
        self.at_work(true=writing)
        self.cluster.signal(self.node_of(told["jobs"][0]), signal.SIGKILL, "hansa")
        for node in writing():
            self.cluster.signal(node, signal.SIGKILL, "hansa")
        self.go_on()
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
        self.go_on()
        self.is_whole(told)

    def test_a_node_is_lost_and_its_tasks_write_later(self):
        told = self.submit()
        self.at_work()
        node = self.node_of(told["jobs"][0])
        self.cluster.lose(node)
        self.cluster.hang(node)
        self.assertGreater(len(self.cluster.processes(node, "hansa")), 0, "no task ran there")
        self.cluster.give_up(node)
        for other in self.cluster.names:
            if other != node:
                self.cluster.wake(other)
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
        self.cluster.up()
        self.go_on()
        # It may have forgotten the jobs, hold them for ever though their work is done, or give new ones numbers that nodes know
        # from before, and hold these: what is on disk is the truth, and to submit again is all that is ever needed.
        for _ in range(6):
            until(lambda: not self.status()["missing_blocks"] or not self.coming(), "the end of the tasks", LIMIT)
            self.cluster.run("scancel", *(str(job) for job in (*told["jobs"], *told["gather_jobs"])))
            self.ended(*told["jobs"], *told["gather_jobs"])
            if not self.status()["missing_blocks"]:
                break
            self.cluster.up()
            told = self.submit_the_rest()
        (self.folder / "s-sweep.h5").unlink(missing_ok=True)
        self.hansa("gather", "s.yaml", "--quiet", "--reproducible")
        self.assertTrue((self.folder / "s-sweep.h5").read_bytes() == self.expected, "other bytes than here")

    def test_more_tasks_than_an_array_may_have(self):
        file = self.cluster.folder / "slurm.conf"
        usual = file.read_text()
        for text, arrays in ((usual.replace("MaxArraySize=1001", "MaxArraySize=5"), 2), (usual, 0)):
            self.cluster.stop_controller()
            file.write_text(text)
            self.cluster.up()
            told = self.submit()
            self.assertEqual(len(told["jobs"]), arrays)
            if arrays:
                self.is_whole(told)

    def test_a_full_disk_on_one_node(self):
        self.submit("--dry-run")
        space = ("nsenter", "--mount", "--target", str(self.cluster.first_process("n2")))
        fill = """here=$(mktemp -d); cp "$1"/manifest-* $here; mount -t tmpfs -o size=128k none "$1"; cp $here/* "$1"; rm -r $here
                  mkdir "$1/logs"; if cat /dev/zero >"$1/full" 2>/dev/null; then exit 1; fi"""
        subprocess.run([*space, "bash", "-euc", fill, "fill", self.blocks], check=True)
        told = self.submit()
        self.is_not_whole(told)
        self.assertEqual(set(self.exit_codes(told["jobs"][0])), {"0:0", "1:0"})
        subprocess.run([*space, "umount", self.blocks], check=True)
        self.assertEqual(self.status()["problems"], [])
        self.is_whole(self.submit_the_rest())


if __name__ == "__main__":
    ROOT = slurm.enter()
    unittest.main()
