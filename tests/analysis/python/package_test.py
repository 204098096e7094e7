"""The package: installed by pip without the network, typed, of the program's version, and honest about what it lacks."""

import os
import shutil
import subprocess
import sys

import hansa
from conftest import ROOT

PACKAGE = ROOT / "analysis/python"


def run(*command, **words):
    return subprocess.run([str(word) for word in command], capture_output=True, text=True, check=False, **words)


def copied(folder):
    return shutil.copytree(PACKAGE, folder / "copy", ignore=shutil.ignore_patterns("__pycache__", "build", "*.egg-info"))


def test_pip_installs_it(tmp_path, six):
    made = run(sys.executable, "-m", "pip", "install", "--no-index", "--no-deps", "--no-build-isolation", "--target", tmp_path / "site",
               copied(tmp_path))
    assert made.returncode == 0, made.stderr
    assert (tmp_path / "site/hansa/py.typed").is_file()
    environment = dict(os.environ, PYTHONPATH=str(tmp_path / "site"))
    used = run(sys.executable, "-B", "-c", f"""import hansa
assert hansa.__file__.startswith({str(tmp_path)!r})
hansa.plot.save(hansa.plot.map(hansa.open({str(six)!r}), 'chance', 'led'), {str(tmp_path / 'map.svg')!r})
import importlib.metadata
print(importlib.metadata.version('hansa'))""", env=environment, cwd=tmp_path)
    assert used.returncode == 0, used.stderr
    assert used.stdout.strip() == hansa.__version__ and (tmp_path / "map.svg").stat().st_size > 10000


def test_it_has_the_version_of_the_program():
    told = run(hansa.find_program(), "--version").stdout.split()
    assert told[0] == "hansa" and told[1] == hansa.__version__


def test_everything_public_says_what_it_does():
    for name in set(hansa.__all__) - {"NEVER"}:
        assert len((getattr(hansa, name).__doc__ or "").split()) > 15, name
    for name in set(hansa.plot.__all__) - {"COLUMN", "PAGE"}:
        assert len((getattr(hansa.plot, name).__doc__ or "").split()) > 8, name


def test_without_matplotlib_all_but_figures_works(six, tmp_path):
    (tmp_path / "matplotlib.py").write_text("raise ImportError('no matplotlib here')\n")
    told = run(sys.executable, "-B", "-c", f"""import hansa
print(hansa.open({str(six)!r}).sizes['replicate'])
try:
    hansa.plot
except hansa.HansaError as error:
    print(error)""", env=dict(os.environ, PYTHONPATH=f"{tmp_path}:{PACKAGE}"))
    assert told.stdout.split("\n")[0] == "40" and "apt install python3-matplotlib" in told.stdout, told.stderr


def test_the_tests_say_what_is_missing():
    offered = ROOT / "tests/analysis/offered.py"
    told = run(sys.executable, "-B", offered, "numpy", "not_here", "--", "false")
    assert told.returncode == 77 and told.stdout.startswith("skipped: not_here not installed; as root: apt-get install python3-not_here")
    assert run(sys.executable, "-B", offered, "numpy", "--", "false").returncode == 1
