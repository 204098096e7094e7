"""Runs an example as a reader would, and compares its figure with the one that is shown: examples.py NAME [--write].

Figures are compared pixel by pixel where the matplotlib that drew the shown one is at hand; --write replaces it.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import matplotlib
import numpy as np
from matplotlib import image
from PIL import Image

FOLDER = Path(__file__).resolve().parents[2] / "analysis/examples"

# What each prints, among other lines: the numbers that the pages of the repository quote.
SAID = {
    "bike_share": ["500 replicates of 968 cities, 1998 to 2024", "2024: 160 adopters (137 to 181)"],
    "what_if": ["33.4 more cities by 2024 (95 % interval of the mean 33.1 to 33.8); in nine of ten pairs 24 to 43",
                "equal to the comparison's first hundred: True"],
    "hypothesis_test": ["neighbours     1.42 [0.67, 2.18]  p = 0.00021", "both         AIC 801.3, weight 0.554",
                        "{'neighbours': 1.56, 'sisters': 0.75}"],
}


def drawn_by(figure):
    """The version of matplotlib that drew a PNG."""
    return Image.open(figure).info["Software"].split(",")[0].removeprefix("Matplotlib version")


def main():
    name, write = sys.argv[1], "--write" in sys.argv[2:]
    figure = name.replace("_", "-") + ".png"
    with tempfile.TemporaryDirectory(prefix="hansa-example-") as folder:
        place = FOLDER if write else Path(folder)
        done = subprocess.run([sys.executable, "-B", f"{name}.py"], cwd=FOLDER, capture_output=True, text=True, check=False,
                              env=dict(os.environ, FIGURES=str(place)))
        print(done.stdout + done.stderr)
        if done.returncode != 0:
            return 1
        lost = [line for line in SAID[name] if line not in done.stdout.split("\n")]
        if lost:
            print(f"not said: {lost[0]}")
            return 1
        if drawn_by(FOLDER / figure) != matplotlib.__version__:
            print(f"{figure} was drawn by matplotlib {drawn_by(FOLDER / figure)}, and is not compared with what "
                  f"{matplotlib.__version__} draws")
            return 0 if (place / figure).stat().st_size > 10000 else 1
        shown, made = image.imread(FOLDER / figure), image.imread(place / figure)
        if shown.shape != made.shape or np.max(np.abs(shown - made)) > 0:
            print(f"analysis/examples/{figure} is not what {name}.py draws: look at it, and pin it by examples.py {name} --write")
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
