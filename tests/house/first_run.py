"""Tries scenarios/run beside a program that only says its words: what it hands on, and what becomes of older results."""

import os
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

sys.dont_write_bytecode = True
REPOSITORY = Path(__file__).resolve().parents[2]


class FirstRun(unittest.TestCase):
    """A tree with the script alone; what installs, configures and builds has nothing to do."""

    def setUp(self):
        self.root = Path(tempfile.mkdtemp(prefix="hansa-first-run-"))
        self.addCleanup(shutil.rmtree, self.root)
        self.lay("scenarios/run", (REPOSITORY / "scenarios/run").read_text(encoding="utf-8"))
        for idle in (".ci/install", "path/cmake"):
            self.lay(idle, "#!/bin/sh\nexit 0\n")
        self.lay("build/program/bin/hansa", '#!/bin/sh\nfor word; do echo "<$word>"; done\n')

    def lay(self, name, text):
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        path.chmod(0o755)

    def words(self, *options):
        """What the program is called with, after `run SCENARIO`."""
        path = f"{self.root / 'path'}:{os.environ['PATH']}"
        ran = subprocess.run([self.root / "scenarios/run", *options], cwd=self.root, env=os.environ | {"PATH": path},
                             capture_output=True, text=True, check=False)
        self.assertEqual((ran.returncode, ran.stderr), (0, ""))
        said = [line[1:-1] for line in ran.stdout.splitlines() if line.startswith("<")]
        self.assertEqual(said[:2], ["run", str(self.root / "scenarios/bike-share.yaml")])
        return said[2:]

    def test_the_result_comes_into_the_current_folder(self):
        self.assertEqual(self.words(), ["--output", "bike-share.h5", "--force"])
        self.assertEqual(self.words("--set", "seed=2", "--quiet"),
                         ["--output", "bike-share.h5", "--force", "--set", "seed=2", "--quiet"])

    def test_the_report_is_made_of_the_result_and_its_place_is_told(self):
        for options, page in ((["--quiet"], "bike-share.html"), (["-o", "mine.h5"], "mine.html"), (["--output=a b.h5"], "a b.html"), (["-omine.h5"], "mine.html")):
            result = page.replace(".html", ".h5")
            (self.root / result).write_text("")
            path = f"{self.root / 'path'}:{os.environ['PATH']}"
            ran = subprocess.run([self.root / "scenarios/run", *options], cwd=self.root, env=os.environ | {"PATH": path}, capture_output=True, text=True, check=True)
            said = [line[1:-1] for line in ran.stdout.splitlines() if line.startswith("<")]
            self.assertEqual(said[said.index("report"):], ["report", result, "--data", str(self.root / "scenarios"), "--output", page, "--force"])
            self.assertIn(f"Open in a browser: file://{self.root.resolve() / page}", ran.stdout)

    def test_without_node_there_is_a_result_and_no_report(self):
        self.lay(".ci/install", '#!/bin/sh\n[ "$1" != page ]\n')
        (self.root / "bike-share.h5").write_text("")
        path = f"{self.root / 'path'}:{os.environ['PATH']}"
        ran = subprocess.run([self.root / "scenarios/run"], cwd=self.root, env=os.environ | {"PATH": path}, capture_output=True, text=True, check=True)
        self.assertIn("The report is left out", ran.stdout)
        self.assertNotIn("<report>", ran.stdout)

    def test_another_place_is_the_only_one_and_nothing_there_is_replaced(self):
        for options in (["-o", "mine.h5"], ["-omine.h5"], ["--output", "mine.h5"], ["--output=mine.h5", "--force"]):
            self.assertEqual(self.words("--quiet", *options), ["--quiet", *options])


if __name__ == "__main__":
    unittest.main()
