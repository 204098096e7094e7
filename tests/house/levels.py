"""The program built for x86-64-v2 and x86-64-v4 writes the same bytes as the one built for x86-64-v3."""

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from processor import SCENARIOS, result

V4 = {"avx512f", "avx512bw", "avx512cd", "avx512dq", "avx512vl"}


def build(root, level, folder):
    for command in (["cmake", "-S", root, "-B", folder, "-G", "Ninja", f"-DHANSA_ARCH={level}", "-DHANSA_TESTS=OFF"],
                    ["cmake", "--build", folder, "--target", "hansa", "--parallel", str(os.cpu_count())]):
        finished = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False)
        if finished.returncode != 0:
            sys.exit(f"{level} does not build\n{finished.stdout[-4000:]}{finished.stderr[-4000:]}")
    return next(path for path in Path(folder).rglob("hansa") if path.is_file() and os.access(path, os.X_OK))


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
            for scenario in SCENARIOS:
                path = arguments.root / scenario
                if result(program, path, folder, f"{level}.h5") != result(arguments.program, path, folder, "ours.h5"):
                    print(f"{scenario}: other bytes at {level}")
                    broken += 1
            for file in Path(folder).glob("*.h5"):
                file.unlink()
    print("equal bytes" if not broken else f"{broken} differences")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
