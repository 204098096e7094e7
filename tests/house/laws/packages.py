"""Packages: .ci/packages lists what find_package, headers, imports and R libraries ask for, no more and no less."""

import re
import sys

import source

LIST = ".ci/packages"
SECTIONS = ["build", "page", "analysis", "test", "cluster", "fuzz", "benchmark"]
_OURS = {"hansa", "laws"}
_OF_R = {"base", "methods", "stats", "utils"}  # come with R itself


def check(root, build):
    listed = {}
    for line, words in enumerate(source.read(root, LIST).split("\n"), 1):
        if not words.strip() or words.startswith("#"):
            continue
        parts = words.split(maxsplit=2)
        if len(parts) < 3 or parts[0] not in SECTIONS:
            yield f"{LIST}:{line}: 'SECTION PACKAGE what asks for it' was expected, with one of {', '.join(SECTIONS)}"
            continue
        for asked in re.split(r",\s*", parts[2]):
            listed[asked] = (SECTIONS.index(parts[0]), line)
    asked_for = {}
    for asked, place, section in requests(root):
        asked_for.setdefault(asked, (place, section))
        if asked not in listed:
            yield f"{place}: {asked} is asked for, but no line of {LIST} provides it"
        elif listed[asked][0] > SECTIONS.index(section):
            yield f"{place}: {asked} is needed to {section}, but {LIST} lists it for {SECTIONS[listed[asked][0]]}"
    for asked, (_, line) in listed.items():
        if re.match(r"find_package|header|import|library", asked) and asked not in asked_for:
            yield f"{LIST}:{line}: nothing asks for {asked}"


def requests(root):
    """(what is asked for, place, section) over the whole repository."""
    paths = source.files(root)
    own = _OURS | {path.stem for path in paths if path.suffix == ".py"}
    for path in paths:
        section = {"analysis": "analysis", "tests": "test", "benchmarks": "benchmark"}.get(path.parts[0], "build")
        if path.parts[:2] == ("tests", "consumer"):
            continue
        shapes = _shapes(path)
        if not shapes:
            continue
        for line, words in enumerate(source.read(root, path).split("\n"), 1):
            for shape, name in shapes:
                for match in re.finditer(shape, words):
                    module = match.group(1)
                    known = {"import": own | sys.stdlib_module_names, "library": _OF_R}.get(name, set())
                    if module not in known:
                        yield f"{name} {module}", f"{path}:{line}", section


def _shapes(path):
    if path.suffix == ".cmake" or path.name == "CMakeLists.txt":
        return [(r"^\s*find_package\((\w[\w-]*)", "find_package"), (r"^\s*find_path\(\w+ ([\w./]+)", "header")]
    if path.suffix == ".py" or path.name == "run":
        return [(r"^\s*import (\w+)", "import"), (r"^\s*from (\w+)[\w.]* import", "import")]
    if path.suffix == ".R":
        return [(r"(?:library|require|requireNamespace)\(\"?(\w+)", "library"), (r"\b(\w+)::", "library")]
    return []
