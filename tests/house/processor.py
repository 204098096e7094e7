"""The result file has equal bytes when the C library may not use AVX2 and FMA, whose versions of libm round differently."""

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

# The C library renamed these tunables; a name that it does not know is ignored, so each spelling is tried.
TUNABLES = ["-AVX2_Usable,-FMA_Usable,-AVX512F_Usable", "-AVX2,-FMA,-AVX512F,-AVX512VL"]
SCENARIOS = ["scenarios/minimal.yaml", "scenarios/bike-share.yaml"]


def result(program, scenario, folder, name, tunables=None, more=("--threads", "2")):
    file = Path(folder, name)
    environment = dict(os.environ)
    environment.pop("GLIBC_TUNABLES", None)
    if tunables:
        environment["GLIBC_TUNABLES"] = f"glibc.cpu.hwcaps={tunables}"
    finished = subprocess.run([program, "run", scenario, "-o", file, "--reproducible", "--force", "--quiet",
                               "--replicates", "20", *more], env=environment, capture_output=True, text=True, check=False)
    if finished.returncode != 0:
        sys.exit(f"{scenario}: exit code {finished.returncode}\n{finished.stdout}{finished.stderr}")
    return file.read_bytes()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--program", type=Path, required=True)
    parser.add_argument("--root", type=Path, required=True)
    arguments = parser.parse_args()
    broken = 0
    with tempfile.TemporaryDirectory(prefix="hansa-processor-") as folder:
        for scenario in SCENARIOS:
            path = arguments.root / scenario
            plain = result(arguments.program, path, folder, "plain.h5")
            for number, tunables in enumerate(TUNABLES):
                if result(arguments.program, path, folder, f"{number}.h5", tunables) != plain:
                    print(f"{scenario}: other bytes under GLIBC_TUNABLES=glibc.cpu.hwcaps={tunables}")
                    broken += 1
            if result(arguments.program, path, folder, "single.h5", more=("--threads", "1")) != plain:
                print(f"{scenario}: other bytes with one thread")
                broken += 1
            if result(arguments.program, path, folder, "seed.h5", more=("--set", "seed=3")) == plain:
                print(f"{scenario}: the same bytes with another seed, so the comparison sees nothing")
                broken += 1
    print("equal bytes" if not broken else f"{broken} differences")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
