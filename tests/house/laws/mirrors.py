"""Mirrors: tests/engine has the names of engine/; no room and no mechanism of the catalogue is left out."""

import re
from pathlib import Path

import source

CATALOGUE = Path("engine/mechanisms/catalogue.cpp")


def check(root, build):
    rooms = set()
    for path in source.files(root, "tests/engine"):
        inside = path.relative_to("tests/engine")
        if path.suffix not in (".cpp", ".py"):
            continue
        if not path.stem.endswith("_test"):
            if path.suffix == ".cpp":
                yield f"{path}: a file of tests is named after its file of the engine, with _test at the end"
            continue
        rooms.add(inside.parts[0])
        mirrored = Path("engine", inside.parent, path.stem.removesuffix("_test"))
        if not any((root / mirrored).with_suffix(suffix).is_file() for suffix in source.CPP):
            yield f"{path}: mirrors {mirrored}, which does not exist"
    for room in sorted({path.parts[1] for path in source.cpp_files(root, "engine") if len(path.parts) > 2} - rooms):
        if any(path.suffix == ".cpp" for path in source.cpp_files(root, f"engine/{room}")):
            yield f"engine/{room}: has no tests/engine/{room}"
    if (root / CATALOGUE).is_file():
        for name in re.findall(r"\bmake_(\w+)", source.code_of(source.read(root, CATALOGUE))):
            if not (root / f"tests/engine/mechanisms/{name}_test.cpp").is_file():
                yield f"{CATALOGUE}: the mechanism '{name}' has no tests/engine/mechanisms/{name}_test.cpp"
