"""Runs a command if what it needs is installed; else says what to install, and ends with 77: offered.py MODULE… -- COMMAND…

R:NAME is a package of R, everything else a module of this Python.
"""

import importlib.util
import shutil
import subprocess
import sys

DEBIAN = {"h5netcdf": "python3-h5netcdf", "R:ncdf4": "r-cran-ncdf4", "R:Matrix": "r-cran-matrix", "mypy": "mypy"}
SKIPPED = 77


def missing(needed):
    """Those of the needed that are not installed."""
    lost = [name for name in needed if not name.startswith("R:") and importlib.util.find_spec(name) is None]
    for_r = [name for name in needed if name.startswith("R:")]
    if for_r and shutil.which("Rscript") is None:
        return lost + for_r
    for name in for_r:
        asked = f'quit(status = !requireNamespace("{name[2:]}", quietly = TRUE))'
        if subprocess.run(["Rscript", "--vanilla", "-e", asked], capture_output=True, check=False).returncode:
            lost.append(name)
    return lost


def main(words):
    cut = words.index("--")
    lost = missing(words[:cut])
    if lost:
        packages = sorted({DEBIAN.get(name, f"python3-{name.lower()}") for name in lost})
        print(f"skipped: {', '.join(lost)} not installed; as root: apt-get install {' '.join(packages)}, "
              "or .ci/install analysis test")
        return SKIPPED
    return subprocess.run(words[cut + 1:], check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
