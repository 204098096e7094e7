"""Runs every command of the README, in a copy of the repository with the program on PATH, each block in one shell."""

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


def blocks(text, languages):
    return [match.group(2) for match in re.finditer(r"^```(\w+)\n(.*?)^```", text, re.M | re.S)
            if match.group(1) in languages]


def commands(block):
    """The lines of a block, a script of ours asked for its help instead of run, a clone left out."""
    lines = []
    for line in block.split("\n"):
        words = line.split("#")[0].split()
        if words and words[0] in SCRIPTS:
            line = f"{words[0]} --help"
        elif words[:2] == ["git", "clone"]:
            line = ""
        lines.append(line)
    return "\n".join(lines)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--program", type=Path, required=True)
    parser.add_argument("--root", type=Path, required=True)
    arguments = parser.parse_args()
    text = (arguments.root / "README.md").read_text(encoding="utf-8")
    found = blocks(text, {"sh", "python", "yaml"})
    if len(blocks(text, {"sh"})) < 2:
        sys.exit("README.md shows fewer than two blocks of commands")
    with tempfile.TemporaryDirectory(prefix="hansa-readme-") as folder:
        copy = Path(folder, "hansa")
        for path in source.files(arguments.root):
            (copy / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(arguments.root / path, copy / path)
        environment = dict(os.environ, PATH=f"{arguments.program.parent}:{Path('/usr/bin')}:{os.environ['PATH']}")
        broken = sum(not tried(block, language, copy, environment) for block, language in _in_order(text))
    print(f"{len(found)} blocks, {broken} broken")
    return 1 if broken else 0


def _in_order(text):
    for match in re.finditer(r"^```(\w+)\n(.*?)^```", text, re.M | re.S):
        if match.group(1) in ("sh", "python", "yaml"):
            yield match.group(2), match.group(1)


def tried(block, language, folder, environment):
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
    return finished.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
