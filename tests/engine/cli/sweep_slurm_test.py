"""hansa sweep --slurm without a Slurm: scripts that are written and not submitted, words that do not fit."""

import json
import os
import re
import subprocess
import unittest
from pathlib import Path

from program import PROGRAM, SCENARIO, Folder

SWEEP = SCENARIO + """\
sweep:
  design: {random: 12}
  replicates: 5
  parameters: {policies.led.baseline: {uniform: [-5, -3]}}
  measures: [final_share]
"""
NOWHERE = dict(os.environ, PATH="/nowhere")


class Slurm(Folder):
    def setUp(self):
        super().setUp()
        self.write("s.yaml", SWEEP)

    def dry(self, *words):
        ended = self.hansa("sweep", "s.yaml", "--slurm", "--time", "30", "--dry-run", *words, env=NOWHERE)
        self.assertEqual((ended.returncode, ended.err), (0, ""))
        return ended.out

    def refused(self, *words, pattern, code=2):
        ended = self.hansa("sweep", "s.yaml", *words, env=NOWHERE)
        self.assertEqual((ended.returncode, ended.out), (code, ""), ended.err)
        self.assertRegex(ended.err, pattern)
        self.assertEqual(self.names(), ["lamps.yaml", "s.yaml"])

    def script(self, number=1):
        return (self.folder / "s.sweep" / f"slurm-{number:03}.sh").read_text()

    def test_the_plan_comes_first_and_what_would_be_submitted_last(self):
        out = self.dry("--tasks", "4%2", "--block", "3")
        self.assertRegex(" ".join(out.split()), r"^12 points of 5 replicates: 60 runs; \S.* core-hours by a trial on this machine, \d+ bytes in at most "
                         r"\d+ files of s\.sweep\. 4 tasks of about .* with 1 processor each, time limit 30\.")
        self.assertTrue(out.endswith("Nothing was submitted. These would be:\n  sbatch --array=1-4%2 s.sweep/slurm-001.sh 0\n"
                                     "  sbatch --dependency=afterany:JOB s.sweep/slurm-001-gather.sh\n"), out)
        self.assertTrue((self.folder / "s.sweep" / "manifest-0001.h5").exists())

    def test_what_a_script_says_runs(self):
        self.dry("--tasks", "3", "--set", "policies.led.baseline=-4.5", "--threads", "2")
        here = self.hansa("sweep", "s.yaml", "--set", "policies.led.baseline=-4.5", "--folder", "here", "-o", "here.h5", "--reproducible", "--quiet")
        self.assertEqual(here.returncode, 0, here.err)
        for task in (3, 1, 2, 2):
            environment = dict(os.environ, SLURM_ARRAY_TASK_ID=str(task))
            subprocess.run(["bash", "s.sweep/slurm-001.sh", "0"], cwd=self.folder, env=environment, check=True, capture_output=True)
        gathered = self.hansa("sweep", "gather", "s.yaml", "--reproducible", "--quiet")
        self.assertEqual(gathered.returncode, 0, gathered.err)
        self.assertEqual((self.folder / "s-sweep.h5").read_bytes(), (self.folder / "here.h5").read_bytes())

    def test_shards_are_those_of_the_last_submission_not_of_the_highest_number(self):
        self.dry("--tasks", "6", "--block", "3")
        self.dry("--tasks", "4")
        for number, job, shards in ((1, 900, 6), (2, 5, 4)):
            self.write(f"s.sweep/slurm-{number:03}.csv", f"job,offset,shards\n{job},0,{shards}\n")
        self.write("bin/squeue", "#!/bin/sh\necho '5|1|PENDING|Priority'\necho '900|2|RUNNING|None'\n").chmod(0o755)
        queue = dict(os.environ, PATH=f"{self.folder}/bin:/usr/bin:/bin")
        ended = self.hansa("sweep", "s.yaml", "--slurm", "--time", "30", "--dry-run", "--tasks", "6", env=queue)
        self.assertEqual((ended.returncode, ended.err), (0, ""))
        self.assertIn("  sbatch --array=2-4 s.sweep/slurm-003.sh 0\n", ended.out)

    def test_only_open_shards_are_submitted_again(self):
        self.dry("--tasks", "6", "--block", "2")
        for shard in (1, 2, 4, 5):
            self.assertEqual(self.hansa("sweep", "s.yaml", "--shard", f"{shard}/6", "--quiet").returncode, 0)
        self.assertIn("sbatch --array=3,6 s.sweep/slurm-002.sh 0\n", self.dry("--tasks", "6"))
        for shard in (3, 6):
            self.assertEqual(self.hansa("sweep", "s.yaml", "--shard", f"{shard}/6", "--quiet").returncode, 0)
        told = json.loads(self.dry("--json"))
        self.assertEqual((told["runs"], told["missing"], told["tasks"], told["jobs"], told["script"]), (60, 0, 0, [], ""))
        self.assertIn("all of them finished", self.dry())

    def test_options_and_prologue_are_taken_as_they_are(self):
        self.write("before.sh", "module load gcc\n")
        self.dry("--sbatch", "--account=me", "--sbatch=--mem=2G", "--prologue", "before.sh")
        self.assertRegex(self.script(), r"(?s)--signal=B:TERM@120\n#SBATCH --account=me\n#SBATCH --mem=2G\n\nmodule load gcc\n\nexec ")
        self.assertIn(f"exec {Path(PROGRAM).resolve()} sweep s.yaml --folder s.sweep", self.script())
        self.assertIsNone(re.search(r"\bmodule\b", (self.folder / "s.yaml").read_text()))

    def test_words_that_do_not_fit(self):
        for words, pattern in ((("--slurm",), r"^error: --time: --slurm needs a time limit, minutes of a task"),
                               (("--slurm", "--time", "soon"), r"^error: --time: 'soon' is out of place, "),
                               (("--slurm", "--time", "5", "--tasks", "0"), r"^error: --tasks: '0' is out of place"),
                               (("--slurm", "--time", "5", "--tasks", "5%"), r"^error: --tasks: an empty text"),
                               (("--slurm", "--time", "5", "--shard", "1/2"), r"^error: --shard: goes not with --slurm"),
                               (("--time", "5"), r"^error: hansa sweep: --time, .*--slurm was expected"),
                               (("--dry-run",), r"^error: hansa sweep: .*--slurm was expected"),
                               (("--slurm", "--time", "5", "--sbatch", "--a\n--b"), r"^error: --sbatch: more than one line"),
                               (("--slurm", "--time", "5", "--prologue", "no.sh"), r"^error: no\.sh: cannot be read"),
                               (("--slurm", "--time", "5"), r"^error: --slurm: there is no sbatch here, --dry-run")):
            with self.subTest(words):
                self.refused(*words, pattern=pattern)

    def test_values_of_options_are_no_unknown_options(self):
        ended = self.hansa("sweep", "s.yaml", "--slurm", "--sbatch", "--account=me", "--tsks", "3")
        self.assertEqual(ended.returncode, 2)
        self.assertEqual(ended.err.count("\n"), 1, ended.err)
        self.assertIn("unknown option '--tsks', ", ended.err)


if __name__ == "__main__":
    unittest.main()
