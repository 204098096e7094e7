"""Judges the repository by a law of the house: house.py LAW --root FOLDER [--build FOLDER]."""

import argparse
import importlib
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
sys.dont_write_bytecode = True


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("law", help="the name of a file in laws/")
    parser.add_argument("--root", type=Path, required=True, help="the repository")
    parser.add_argument("--build", type=Path, help="its build folder, for the laws that read object files")
    arguments = parser.parse_args()
    law = importlib.import_module(f"laws.{arguments.law}")
    complaints = list(law.check(arguments.root.resolve(), arguments.build))
    for complaint in complaints:
        print(complaint)
    print(f"{arguments.law}: {len(complaints)} broken" if complaints else f"{arguments.law}: kept")
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main())
