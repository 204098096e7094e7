"""Names: no Manager, Helper, Utils, Impl, Base among types and files, and no get_ among functions."""

import re

import source

_TYPE = re.compile(r"\b(?:class|struct|union|enum(?:\s+class)?|using|concept)\s+(\w*(?:Manager|Helper|Utils?|Impl|Base))\b")
_NAMESPACE = re.compile(r"\bnamespace\s+(\w*(?:util|helper|impl|misc|common)\w*)", re.I)
_GETTER = re.compile(r"(?<![.:>\w])(get_\w+)\s*\(")
_FILE = re.compile(r"(^|_)(manager|helpers?|utils?|impl|misc|common)(_|\.|$)")


def check(root, build):
    for path in source.cpp_files(root, "engine", "tests", "benchmarks"):
        for part in path.parts:
            if _FILE.search(part):
                yield f"{path}: '{part}' says nothing of what is inside"
        for line, text in enumerate(source.code_of(source.read(root, path)).split("\n"), 1):
            for shape, mend in ((_TYPE, "name the thing of the field"), (_NAMESPACE, "name the thing of the field"),
                                (_GETTER, "a function is a verb, or the name of what it returns")):
                match = shape.search(text)
                if match:
                    yield f"{path}:{line}: '{match.group(1)}', {mend}"
