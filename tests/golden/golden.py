"""Runs the bundled scenarios and compares what comes out with the summaries pinned beside this file, number by number.

golden.py --program hansa --root FOLDER [--write]: --write pins what comes out now. Results have fixed bits, so that a
difference is a change of the engine, of a scenario or of its data: it is looked into before it is pinned.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

PINNED = Path(__file__).resolve().parent
REPLICATES = 500  # of comparisons
FEWER = {"million": 2}  # replicates of scenarios whose own number takes too long here
HISTORIES = 6  # of studies of power
PASSING = {"seconds", "file", "sha256"}  # what differs from run to run, or from build to build


def hansa(program, *words):
    ended = subprocess.run([program, *map(str, words)], capture_output=True, text=True, check=False)
    if ended.returncode != 0:
        raise SystemExit(f"hansa {' '.join(map(str, words))}: exit code {ended.returncode}\n{ended.stderr}")
    return json.loads(ended.stdout)


def is_sweep(scenario):
    return any(line.startswith("sweep:") for line in scenario.read_text(encoding="utf-8").splitlines())


def is_calibration(scenario):
    return any(line.startswith("calibrate:") for line in scenario.read_text(encoding="utf-8").splitlines())


def is_power(scenario):
    return any(line.startswith("power:") for line in scenario.read_text(encoding="utf-8").splitlines())


def power_of(program, scenario, folder):
    """Rates of a study of power, of a few histories."""
    summary = hansa(program, "power", scenario, "--json", "--quiet", "--folder", Path(folder, scenario.stem), "--set",
                    f"power.histories={HISTORIES}")
    return {key: value for key, value in summary.items() if key not in PASSING}


def calibration_of(program, scenario, folder):
    """Generations, and moments of the posterior."""
    summary = hansa(program, "calibrate", scenario, "--json", "--quiet", "--folder", Path(folder, scenario.stem), "-o",
                    Path(folder, scenario.stem + ".h5"))
    return {key: value for key, value in summary.items() if key not in PASSING}


def sweep_of(program, scenario, folder):
    """Over points: lowest, mean and highest of each measure."""
    summary = hansa(program, "sweep", scenario, "--json", "--quiet", "--folder", Path(folder, scenario.stem), "-o",
                    Path(folder, scenario.stem + ".h5"))
    return {key: value for key, value in summary.items() if key not in PASSING}


def run_of(program, scenario, folder):
    """The closing table of a run, with the scenario's own number of replicates."""
    fewer = FEWER.get(scenario.stem)
    summary = hansa(program, "run", scenario, "--json", "-o", Path(folder, scenario.stem + ".h5"),
                    *(("--replicates", fewer) if fewer else ()))
    return {key: value for key, value in summary.items() if key not in PASSING}


def comparison_of(program, scenarios, folder):
    """What each what-if changes by the last step, in all and by group."""
    told = hansa(program, "compare", *scenarios, "--json", "--reruns", 0, "--replicates", REPLICATES, "-o",
                 Path(folder, scenarios[0].stem + "-comparison.h5"))
    return {
        what_if["name"]: {
            policy["policy"]: {
                "adopters": policy["adopters"][-1], "groups": policy["groups"],
                "spending": policy["spending_to_date"][-1:],
            } for policy in what_if["policies"]
        } for what_if in told["differences"]
    }


def comparisons(folder):
    """By name, each scenario that is a base, and after it the what-ifs over it."""
    bases = {}
    for path in sorted(path for path in folder.glob("*.yaml") if not (is_sweep(path) or is_calibration(path) or is_power(path))):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("base: "):
                bases.setdefault(line.split()[1], []).append(path)
    return {Path(base).stem: [folder / base, *what_ifs] for base, what_ifs in sorted(bases.items())}


def summaries(program, folder):
    with tempfile.TemporaryDirectory(prefix="hansa-golden-") as results:
        for path in sorted(folder.glob("*.yaml")):
            summary_of = (sweep_of if is_sweep(path) else calibration_of if is_calibration(path)
                          else power_of if is_power(path) else run_of)
            yield f"{path.stem}.json", summary_of(program, path, results)
        for base, scenarios in comparisons(folder).items():
            yield f"{base}.what-ifs.json", comparison_of(program, scenarios, results)


def differing(pinned, found, path=""):
    """Where two trees of values differ."""
    if isinstance(pinned, dict) and isinstance(found, dict):
        for key in sorted(pinned.keys() | found.keys()):
            yield from differing(pinned.get(key), found.get(key), f"{path}.{key}" if path else key)
    elif isinstance(pinned, list) and isinstance(found, list) and len(pinned) == len(found):
        for number, (one, other) in enumerate(zip(pinned, found)):
            yield from differing(one, other, f"{path}[{number}]")
    elif pinned != found:
        yield f"{path}: {json.dumps(found)}, pinned is {json.dumps(pinned)}"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--program", type=Path, required=True)
    parser.add_argument("--root", type=Path, required=True)
    parser.add_argument("--write", action="store_true")
    arguments = parser.parse_args()
    complaints, names = [], set()
    for name, found in summaries(arguments.program, arguments.root / "scenarios"):
        names.add(name)
        file = PINNED / name
        if arguments.write:
            file.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        elif not file.exists():
            complaints.append(f"{name} is not pinned; look at the summary and run this with --write")
        else:
            complaints += [f"{name}: {each}" for each in differing(json.loads(file.read_text(encoding="utf-8")), found)]
    for file in sorted(PINNED.glob("*.json")):
        if file.name not in names and arguments.write:
            file.unlink()
        elif file.name not in names:
            complaints.append(f"{file.name} is pinned, and no scenario is called so")
    for complaint in complaints[:100]:
        print(complaint)
    return 1 if complaints or not names else 0


if __name__ == "__main__":
    sys.exit(main())
