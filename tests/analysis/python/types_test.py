"""The types of the package, judged by mypy."""

import shutil
import subprocess

from conftest import ROOT


def test_mypy_is_content(tmp_path):
    copy = shutil.copytree(ROOT / "analysis/python", tmp_path / "copy", ignore=shutil.ignore_patterns("__pycache__"))
    (copy / "user.py").write_text("import hansa\n\nwrong: int = hansa.quantiles(hansa.open('x.h5'))\n")
    judged = subprocess.run(["mypy", "--cache-dir", tmp_path / "cache", "hansa", "user.py"], cwd=copy, capture_output=True,
                            text=True, check=False)
    errors = [line for line in judged.stdout.split("\n") if ": error:" in line]
    assert len(errors) == 1 and errors[0].startswith("user.py:3:") and "DataArray" in errors[0], judged.stdout
