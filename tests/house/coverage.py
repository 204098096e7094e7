"""Says which share of the engine's lines ran since the build: coverage.py --build FOLDER --root FOLDER [--missed]."""

import argparse
import json
import subprocess
import sys
from collections import defaultdict
from pathlib import Path


def lines_run(build, root):
    """file of engine/ -> line -> how often it ran, over all object files and template instances."""
    counts = defaultdict(lambda: defaultdict(int))
    for data in sorted(build.rglob("*.gcda")):
        said = subprocess.run(["gcov", "--json-format", "--stdout", str(data)], cwd=build, capture_output=True, text=True,
                              check=True).stdout
        for document in filter(None, said.split("\n")):
            for file in json.loads(document)["files"]:
                path = Path(build, file["file"]).resolve()
                if root / "engine" in path.parents:
                    for line in file["lines"]:
                        counts[path.relative_to(root / "engine")][line["line_number"]] += line["count"]
    return counts


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--build", type=Path, required=True, help="a build of the preset `coverage` whose tests ran")
    parser.add_argument("--root", type=Path, required=True)
    parser.add_argument("--missed", action="store_true", help="list the lines that did not run")
    arguments = parser.parse_args()
    counts = lines_run(arguments.build.resolve(), arguments.root.resolve())
    if not counts:
        sys.exit("no line of the engine ran: build the preset `coverage` and run its tests first")
    rooms = defaultdict(lambda: [0, 0])
    for path, lines in sorted(counts.items()):
        run = sum(count > 0 for count in lines.values())
        for name in (path.parts[0], "all"):
            rooms[name][0] += run
            rooms[name][1] += len(lines)
        print(f"{100 * run / len(lines):5.1f} %  {path}")
        if arguments.missed:
            print(*(f"           {path}:{line}" for line, count in sorted(lines.items()) if not count), sep="\n")
    print()
    for name, (run, known) in rooms.items():
        print(f"{100 * run / known:5.1f} %  {name} ({run} of {known} lines)")


if __name__ == "__main__":
    main()
