"""The program under test as a user meets it: scenarios written to a folder, commands run in it, files looked into."""

import os
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

import h5py

PROGRAM = os.environ["HANSA"]

SCENARIO = """\
hansa: 1
title: Lamps
time: {start: 2000, end: 2009}
seed: 7
replicates: 20
cities:
  generate: 50
networks:
  chance: {erdos_renyi: {degree: 6}}
policies:
  led:
    baseline: -4
    adopters: {random: 5}
    mechanisms:
      imitation: {exposure: {network: chance}, strength: 4}
"""

# Large enough to be caught at work, in replicates of some milliseconds.
LONG = SCENARIO.replace("generate: 50", "generate: 20000").replace("end: 2009", "end: 2200") \
               .replace("replicates: 20", "replicates: 200000")


class Folder(unittest.TestCase):
    """A test in a new folder that is its current directory."""

    def setUp(self):
        self.folder = Path(tempfile.mkdtemp(prefix="hansa-test-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        self.write("lamps.yaml", SCENARIO)

    def write(self, name, text):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return path

    def start(self, *words, wrapper=(), **options):
        options = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "cwd": self.folder, **options}
        process = subprocess.Popen([*wrapper, PROGRAM, *words], **options)
        self.addCleanup(self.end, process)
        return process

    @staticmethod
    def end(process):
        if process.poll() is None:
            process.kill()
        process.communicate()

    def hansa(self, *words, **options):
        process = self.start(*words, **options)
        out, err = process.communicate(timeout=500)
        process.out = out.decode() if out is not None else ""
        process.err = err.decode() if err is not None else ""
        return process

    def names(self):
        return sorted(path.name for path in self.folder.iterdir())

    def attribute(self, file, name):
        """A root attribute of a result file."""
        with h5py.File(self.folder / file) as result:
            value = result.attrs[name]
        return value if isinstance(value, str) else value.item()

    def numbers(self, file, variable):
        """All numbers of a variable, in the order of the file."""
        with h5py.File(self.folder / file) as result:
            return result[variable][...].ravel().tolist()
