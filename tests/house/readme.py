"""Runs every command of a page, in a copy of the repository with the program on PATH and the package hansa on Python's.

readme.py --program hansa --root FOLDER [--page README.md]: blocks run in the folder of the page, in order. A block of
text shows lines of what the block before it prints, in their order. Each block runs in one shell.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parent))
import source  # noqa: E402

# Commands that build, or fetch, are tried whole by the clean root; here they must exist and be able to say what they do.
SCRIPTS = {"scenarios/run", "tests/run", "benchmarks/run"}


def blocks(text):
    """(language, block) of what is run, checked or shown, in order."""
    found = re.findall(r"^```(\w+)\n(.*?)^```", text, re.M | re.S)
    return [(language, block) for language, block in found if language in {"sh", "python", "yaml", "text"}]


def commands(block):
    """The lines of a block, a script of ours asked for its help instead of run; clones and installations left out."""
    lines = []
    for line in block.split("\n"):
        words = line.split("#")[0].split()
        if words and words[0] in SCRIPTS:
            line = f"{words[0]} --help"
        elif words[:2] in (["git", "clone"], ["pip", "install"]):
            line = ""
        lines.append(line)
    return "\n".join(lines)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--program", type=Path, required=True)
    parser.add_argument("--root", type=Path, required=True)
    parser.add_argument("--page", type=Path, default=Path("README.md"), help="relative to the root")
    arguments = parser.parse_args()
    found = blocks((arguments.root / arguments.page).read_text(encoding="utf-8"))
    if sum(language == "sh" for language, _ in found) < 2:
        sys.exit(f"{arguments.page} shows fewer than two blocks of commands")
    with tempfile.TemporaryDirectory(prefix="hansa-readme-") as folder:
        copy = Path(folder, "hansa")
        for path in source.files(arguments.root):
            (copy / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(arguments.root / path, copy / path)
        environment = dict(os.environ, PATH=f"{arguments.program.parent}:{Path('/usr/bin')}:{os.environ['PATH']}",
                           PYTHONPATH=str(copy / "analysis/python"), MPLBACKEND="Agg")
        broken, printed = 0, ""
        for language, block in found:
            if language == "text":
                broken += not shown(block, printed)
                continue
            printed = tried(block, language, (copy / arguments.page).parent, environment)
            broken += printed is None
    print(f"{len(found)} blocks, {broken} broken")
    return 1 if broken else 0


def shown(block, printed):
    """Whether the lines of the block are among those printed, in their order."""
    lines = iter((printed or "").split("\n"))
    missing = [line for line in block.rstrip("\n").split("\n") if line not in lines]
    if missing:
        print(f"not printed, or not in this order: {missing[0]}\n{printed}")
    return not missing


def tried(block, language, folder, environment):
    """What the block prints; None if it fails."""
    if language == "sh":
        command = ["bash", "-euo", "pipefail", "-c", commands(block)]
    elif language == "python":
        command = [shutil.which("python3", path="/usr/bin") or "python3", "-c", block]
    else:
        (folder / "shown.yaml").write_text(block)
        command = [shutil.which("hansa", path=environment["PATH"]), "check", "shown.yaml"]
    finished = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    if finished.returncode != 0:
        print(f"exit code {finished.returncode} of this {language}:\n{block}\n{finished.stdout}{finished.stderr}")
        return None
    return finished.stdout


if __name__ == "__main__":
    sys.exit(main())
