"""Texts: nothing is announced instead of made, no page is cited that is not here, no path of one machine."""

import posixpath
import re

import source

_FORBIDDEN = {
    r"\b(TO[D]O|FIX[M]E|X{3}|HA[C]K)\b": "do it, or leave it out",
    r"\b(st[u]bs?|place[h]olders?|lor[e]m ipsum)\b": "do it, or leave it out",
    r"\bfor n[o]w\b|\bnot (yet )?implement[e]d\b|\bcoming s[o]on\b|\bwill be add[e]d\b": "say what is there",
    r"(?<![\w.$~}/-])/(home|work|root|Users|tmp)/\w": "a path of one machine; find it relative to the source",
    r"\.\./shar[e]d\b": "outside the repository",
    r"\bcolleag[u]es?\b": "speak of the software, not of who wrote it",
    r"\bissue #?\d+\b": "the number of a ticket says nothing to a reader",
}
_SUFFIXES = source.CPP | source.SCRIPTS | {".md", ".txt", ".yaml", ".yml", ".json", ".cff", ".in", ".supp", ""}
_PAGE = re.compile(r"(?<![\w/.*-])((?:[\w.-]+/)*[\w-]+\.md)\b")


def check(root, build):
    paths = source.files(root)
    pages = {path.as_posix() for path in paths if path.suffix == ".md"}
    for path in paths:
        if path.suffix not in _SUFFIXES or path.name == "LICENSE":
            continue
        try:
            text = source.read(root, path)
        except UnicodeDecodeError:
            continue
        for line, words in enumerate(text.split("\n"), 1):
            yield from _judge(f"{path}:{line}", words, path, pages)


def _judge(place, words, path, pages):
    for shape, mend in _FORBIDDEN.items():
        match = re.search(shape, words, re.I)
        if match:
            yield f"{place}: '{match.group()}', {mend}"
    for match in _PAGE.finditer(words):
        page = match.group(1)
        if page.startswith("../"):
            found = posixpath.normpath(posixpath.join(path.parent.as_posix(), page)) in pages
        else:
            found = any(known == page or known.endswith("/" + page) for known in pages)
        if path.parts[:2] != ("tests", "house") and not found:
            yield f"{place}: '{page}' is no page of this repository"
