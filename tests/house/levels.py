"""The program built for x86-64-v2 and x86-64-v4 writes the same bytes as the one built for x86-64-v3: results and fits."""

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from processor import SCENARIOS, result

V4 = {"avx512f", "avx512bw", "avx512cd", "avx512dq", "avx512vl"}
# Firth's penalty, plain likelihood with profile intervals, and a city intercept that is not 0. `jointly` is 0 in every row
# of the real years, so that nothing is estimated with it.
NEAR = "neighbours: {exposure: {network: nearby, shape: {power: 0.5}}, strength: 4}"
PLAIN = (f"policies.bag_ordinance.mechanisms={{{NEAR}, statewide: {{exposure: {{pool: all}}, strength: 5}}}}", "fit.intervals=profile")
FRAIL = (f"policies.bag_ordinance.mechanisms={{{NEAR}}}", "policies.bag_ordinance.trend=linear",
         "policies.bag_ordinance.frailty={city: 1}", "fit={cluster: city}")
FITS = [("scenarios/bike-share.yaml", ()), ("scenarios/brt.yaml", ()), ("scenarios/bag-ordinances.yaml", PLAIN),
        ("scenarios/bag-ordinances.yaml", FRAIL)]


def build(root, level, folder):
    for command in (["cmake", "-S", root, "-B", folder, "-G", "Ninja", f"-DHANSA_ARCH={level}", "-DHANSA_TESTS=OFF"],
                    ["cmake", "--build", folder, "--target", "hansa", "--parallel", str(os.cpu_count())]):
        finished = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False)
        if finished.returncode != 0:
            sys.exit(f"{level} does not build\n{finished.stdout[-4000:]}{finished.stderr[-4000:]}")
    return next(path for path in Path(folder).rglob("hansa") if path.is_file() and os.access(path, os.X_OK))


def fitted(program, scenario, settings, folder, name):
    file = Path(folder, name)
    words = [word for setting in settings for word in ("--set", setting)]
    finished = subprocess.run([program, "fit", scenario, "-o", file, "--reproducible", "--force", "--json", *words],
                              capture_output=True, check=False)
    if finished.returncode != 0:
        sys.exit(f"{scenario}: exit code {finished.returncode}\n{(finished.stdout + finished.stderr).decode()}")
    return file.read_bytes(), finished.stdout


def release(program):
    """What the program says that it was built from. It stands in every file that it writes."""
    return subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout.strip()


def levels():
    """The levels to compare, of which this processor runs all but perhaps the last."""
    flags = set(Path("/proc/cpuinfo").read_text().split())
    if V4 <= flags:
        return ["x86-64-v2", "x86-64-v4"]
    print("this processor has no AVX-512: x86-64-v2 is compared alone")
    return ["x86-64-v2"]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--program", type=Path, required=True, help="built for x86-64-v3")
    parser.add_argument("--root", type=Path, required=True)
    arguments = parser.parse_args()
    broken = 0
    with tempfile.TemporaryDirectory(prefix="hansa-levels-") as folder:
        for level in levels():
            program = build(arguments.root, level, Path(folder, level))
            if release(program) != release(arguments.program):
                sys.exit(f"{arguments.program} says that it is {release(arguments.program)}, and what was built for {level} "
                         f"{release(program)}: files name the commit, so build the first anew from the same one")
            for scenario in SCENARIOS:
                path = arguments.root / scenario
                if result(program, path, folder, f"{level}.h5") != result(arguments.program, path, folder, "ours.h5"):
                    print(f"{scenario}: other bytes at {level}")
                    broken += 1
            for number, (scenario, settings) in enumerate(FITS):
                path = arguments.root / scenario
                if fitted(program, path, settings, folder, f"{level}.h5") != fitted(arguments.program, path, settings,
                                                                                    folder, "ours.h5"):
                    print(f"{scenario}: fit {number + 1} has other bytes at {level}")
                    broken += 1
            for file in Path(folder).glob("*.h5"):
                file.unlink()
    print("equal bytes" if not broken else f"{broken} differences")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
