"""Mirrors: tests/engine has the shape of engine/, one file of tests for a file of the engine, and leaves none out."""

from pathlib import Path

import source

# Rooms that are tried as a whole, through the program: their sources need no file of tests each.
WHOLE = {"cli"}


def check(root, build):
    tested = set()
    for path in source.cpp_files(root, "tests/engine"):
        inside = path.relative_to("tests/engine")
        if path.suffix == ".hpp":
            continue
        if not path.stem.endswith("_test"):
            yield f"{path}: a file of tests is named after its file of the engine, with _test at the end"
            continue
        mirrored = Path("engine", inside.parent, path.stem.removesuffix("_test"))
        tested.add(mirrored)
        if not any((root / mirrored).with_suffix(suffix).is_file() for suffix in source.CPP):
            yield f"{path}: mirrors {mirrored}, which does not exist"
    for path in source.cpp_files(root, "engine"):
        if path.suffix == ".cpp" and path.parts[1] not in WHOLE and path.with_suffix("") not in tested:
            yield f"{path}: has no tests/{path.with_suffix('')}_test.cpp"
