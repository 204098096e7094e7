"""Installs the build into a fresh prefix, builds tests/consumer against it alone, and runs it."""

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path


def run(*command):
    finished = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False)
    if finished.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))}\n{finished.stdout}{finished.stderr}exit code {finished.returncode}")
    return finished.stdout


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--build", type=Path, required=True)
    parser.add_argument("--consumer", type=Path, required=True)
    parser.add_argument("--type", required=True, help="CMAKE_BUILD_TYPE of the build")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="hansa-embedder-") as folder:
        prefix, build = Path(folder, "prefix"), Path(folder, "build")
        run("cmake", "--install", arguments.build, "--prefix", prefix)
        run("cmake", "-S", arguments.consumer, "-B", build, "-G", "Ninja", f"-DCMAKE_PREFIX_PATH={prefix}",
            f"-DCMAKE_BUILD_TYPE={arguments.type}")
        run("cmake", "--build", build)
        mean = float(run(build / "consumer"))
        source = str(arguments.build.parent.resolve())
        for package in (prefix / "lib").rglob("*.cmake"):
            if source in package.read_text():
                sys.exit(f"{package.name} of the installed package names {source}, the folder it was built in")
    # 5 of 200 cities start; e^-3 a step alone would bring about 80 more in ten steps, imitation brings the rest.
    if not 85 < mean <= 200:
        sys.exit(f"{mean} adopters on average, between 85 and 200 were expected")
    print(f"{mean} adopters on average")


if __name__ == "__main__":
    main()
