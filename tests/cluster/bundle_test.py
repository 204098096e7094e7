"""The bundle runs a sweep in a root folder with nothing else in it, without root, from wherever it lies, and finds the same."""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

PROGRAM = os.environ["HANSA"]
SWEEP = """\
hansa: 1
time: {start: 2000, end: 2009}
seed: 7
cities: {generate: 200}
networks:
  chance: {erdos_renyi: {degree: 6}}
policies:
  led:
    baseline: -4
    adopters: {random: 5}
    mechanisms:
      imitation: {exposure: {network: chance}, strength: 4}
sweep:
  design: {latin_hypercube: 30}
  replicates: 10
  parameters: {policies.led.baseline: {uniform: [-5, -3]}}
  measures: [final_share]
"""


def run(*words, **options):
    ended = subprocess.run([str(word) for word in words], capture_output=True, text=True, check=False, **options)
    if ended.returncode != 0:
        sys.exit(f"{' '.join(map(str, words))}\n{ended.stdout}{ended.stderr}exit code {ended.returncode}")
    return ended.stdout


def into(root, *words):
    """A command in another root, with no privilege to begin with: chroot by root, and else in a user's name space."""
    chroot = shutil.which("chroot", path=os.environ["PATH"] + ":/usr/sbin:/sbin")
    if os.geteuid() == 0:
        return ["env", "-i", chroot, "--userspec=65534:65534", root, *words]  # nobody
    return ["env", "-i", shutil.which("unshare"), "--map-root-user", chroot, root, *words]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("cmake", "launcher", "loader", "script"):
        parser.add_argument(f"--{name}", required=True)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="hansa-bundle-") as folder:
        os.chmod(folder, 0o755)
        root = Path(folder, "root")
        (root / "far away").mkdir(parents=True)
        run(arguments.cmake, f"-DPROGRAM={PROGRAM}", f"-DLAUNCHER={arguments.launcher}", f"-DLOADER={arguments.loader}",
            f"-DFOLDER={root}/made", "-P", arguments.script)
        bundle = root / "far away" / "bundle of hansa"
        shutil.move(root / "made", bundle)  # from any path
        for place in (root, Path(folder, "here")):
            place.mkdir(exist_ok=True)
            (place / "s.yaml").write_text(SWEEP)
            os.chmod(place, 0o777)
        run(PROGRAM, "sweep", "s.yaml", "--quiet", "--reproducible", cwd=Path(folder, "here"))
        called = "/far away/bundle of hansa/bin/hansa"
        run(*into(root, called, "sweep", "s.yaml", "--quiet", "--reproducible", "--threads", "2"))
        equal(Path(folder, "here", "s-sweep.h5"), root / "s-sweep.h5")
        run(*into(root, called, "sweep", "s.yaml", "--folder", "t", "--slurm", "--time", "5", "--dry-run"))
        if f"\nexec '{called}' sweep s.yaml" not in (root / "t" / "slurm-001.sh").read_text():
            sys.exit("a task would not call the bundle")
        # On a system: called by a link, and as a word that the shell finds.
        (Path(folder) / "link").symlink_to(bundle / "bin" / "hansa")
        environment = dict(os.environ, PATH=f"{bundle}/bin:{os.environ['PATH']}")
        for word in (Path(folder, "link"), "hansa"):
            if run(word, "--version", env=environment) != run(PROGRAM, "--version"):
                sys.exit(f"{word} says another version")
        if (root / "proc").exists() or sorted(path.name for path in root.iterdir()) != ["far away", "s-sweep.h5", "s.sweep", "s.yaml", "t"]:
            sys.exit(f"the root is not empty: {sorted(root.iterdir())}")
    print("equal files")


def equal(one, other):
    if one.read_bytes() != other.read_bytes():
        sys.exit(f"{other} differs from {one}")


if __name__ == "__main__":
    main()
