"""From data to estimates, from these to simulated histories, and from each of those to estimates again, by the program.

Bag ordinances of California places: `hansa fit -o`, `hansa run --from`, `hansa fit --histories`. A coefficient passes
where the mean of its estimates is within 4 standard errors of the mean and a tenth of a standard deviation of what was
simulated (maximum likelihood is biased by about 1/events), and its intervals hold that value as often as 95 % says,
within 4 binomial errors: for each coefficient without bias one false alarm in 16,000, and as many for the intervals.
"""

import argparse
import json
import math
import subprocess
import sys
import tempfile
from pathlib import Path


def hansa(program, *words):
    finished = subprocess.run([program, *map(str, words)], capture_output=True, text=True, check=False)
    if finished.returncode != 0:
        sys.exit(f"hansa {' '.join(map(str, words))}: exit code {finished.returncode}\n{finished.stdout}{finished.stderr}")
    return finished.stdout


def scenario(root, folder):
    """The bundled scenario without the collaboration, which no row of the real years tells of."""
    text = Path(root, "scenarios/bag-ordinances.yaml").read_text(encoding="utf-8")
    kept = [line for line in text.splitlines() if "jointly" not in line and "acting member" not in line]
    file = Path(folder, "bag-ordinances.yaml")
    file.write_text("\n".join(kept) + "\n", encoding="utf-8")
    Path(folder, "data").symlink_to(Path(root, "scenarios/data").resolve())
    return file


def mistakes(name, told, estimate, histories):
    """What is wrong with one coefficient, in words."""
    if told["simulated"] != estimate:
        yield f"{name} was simulated from {told['simulated']}, and {estimate} was estimated"
    off = abs(told["mean"] - estimate) / told["sd"]
    if off > 4 / math.sqrt(histories) + 0.1:
        yield f"the estimates of {name} are off by {off:.3f} standard deviations"
    if abs(told["coverage"] - 0.95) > 4 * math.sqrt(0.95 * 0.05 / histories):
        yield f"{told['coverage']:.1%} of the intervals of {name} hold what was simulated"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", type=Path, required=True)
    parser.add_argument("--root", type=Path, required=True)
    parser.add_argument("--histories", type=int, required=True)
    words = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="hansa-round-trip-") as folder:
        file, fit, back = scenario(words.root, folder), Path(folder, "fit.h5"), Path(folder, "back.h5")
        once = json.loads(hansa(words.program, "fit", file, "-o", fit, "--json"))["fits"]["bag_ordinance"]
        free = ["--set", "policies.bag_ordinance.adopters.until=2006"]  # nobody's decision is given
        hansa(words.program, "run", file, "--from", fit, *free, "--replicates", words.histories, "--quiet", "-o", back)
        again = json.loads(hansa(words.program, "fit", file, *free, "--histories", back, "--json"))
    found = again["histories"]["bag_ordinance"]
    wrong = []
    if (found["fitted"], found["failed"]) != (words.histories, 0):
        wrong.append(f"{found['fitted']} histories fitted, {found['failed']} failed")
    if set(found["terms"]) != set(once["coef"]):
        wrong.append(f"{sorted(once['coef'])} were estimated, and again {sorted(found['terms'])}")
    for name, told in found["terms"].items():
        print(f"{name:<12} simulated {told['simulated']:8.4f}  mean {told['mean']:8.4f}  s.d. {told['sd']:.4f}  "
              f"95 % intervals hold it {told['coverage']:.1%}")
        wrong += mistakes(name, told, once["coef"].get(name), words.histories)
    print("\n".join(wrong) or f"found again in {words.histories} histories")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
