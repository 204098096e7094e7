"""Floors: an include goes down only, and rooms of one floor do not include each other; the page of them is true."""

import re
from collections import defaultdict
from pathlib import Path

import source
from laws import foreign

FLOORS = {"base": 1, "scenario": 2, "world": 3, "model": 4, "mechanisms": 5, "record": 5, "measures": 6, "statistics": 6, "design": 6, "run": 7,
          "io": 7, "inference": 8, "study": 9, "sweep": 9, "calibration": 9, "tell": 10, "hansa": 11, "cli": 12}


def room_of(path):
    """The room of a path relative to engine/; the face, hansa.hpp and hansa.cpp, is one of its own."""
    return path.split("/")[0].removesuffix(".hpp").removesuffix(".cpp")


PAGE = "CONTRIBUTING.md"
ROW = re.compile(r"^\| (\d+) \| `([\w.]+)` \| .*\S \| (.*)\|$", re.M)


def check(root, build):
    yield from _judge_includes(root)
    yield from _judge_page(root)


def _judge_includes(root):
    for path in source.cpp_files(root, "engine"):
        inside = path.relative_to("engine").as_posix()
        room = room_of(inside)
        if room not in FLOORS:
            yield f"{path}: '{room}' has no floor, add it to the table of floors or move the file"
            continue
        for line, included, quoted in source.includes(source.code_of(source.read(root, path))):
            if not quoted:
                continue
            yield from _judge(root, f"{path}:{line}", room, included)


def _judge(root, place, room, included):
    if not (root / "engine" / included).is_file():
        yield f"{place}: \"{included}\" is no file of engine/; includes are spelled relative to engine/"
        return
    other = room_of(included)
    if other not in FLOORS or other == room:
        return
    if FLOORS[other] > FLOORS[room]:
        yield f"{place}: {room} (floor {FLOORS[room]}) includes {other} (floor {FLOORS[other]}), which lies above it"
    elif FLOORS[other] == FLOORS[room]:
        yield f"{place}: {room} includes {other}, a room of the same floor"


def _judge_page(root):
    """The table of floors on the page: every room on its floor with the foreign libraries that it includes, no other."""
    if not (root / PAGE).is_file():
        yield f"{PAGE}: the page with the table of floors is missing"
        return
    told = {room_of(room): (int(floor), set(filter(None, libraries.strip().split(", "))))
            for floor, room, libraries in ROW.findall(source.read(root, Path(PAGE)))}
    there = _rooms(root)
    for room, libraries in there.items():
        if room not in told:
            yield f"{PAGE}: the table of floors lacks the room {room} (floor {FLOORS[room]})"
        elif told[room] != (FLOORS[room], libraries):
            yield (f"{PAGE}: {room} stands on floor {told[room][0]} with {_list(told[room][1])}, "
                   f"floor {FLOORS[room]} with {_list(libraries)} was expected")
    for room in sorted(told.keys() - there.keys()):
        yield f"{PAGE}: the table of floors has {room}, which is no room of engine/"


def _rooms(root):
    """room -> the foreign libraries it includes that not every room may; in order of the floors."""
    rooms = defaultdict(set)
    for path in source.cpp_files(root, "engine"):
        room = room_of(path.relative_to("engine").as_posix())
        if room not in FLOORS:
            continue
        rooms[room] |= {library for _, included, quoted in source.includes(source.code_of(source.read(root, path)))
                        if not quoted for library, (headers, _, rooms_that_may) in foreign.LIBRARIES.items()
                        if rooms_that_may is not None and re.match(headers, included)}
    return dict(sorted(rooms.items(), key=lambda item: (FLOORS[item[0]], item[0])))


def _list(libraries):
    return ", ".join(sorted(libraries)) or "no foreign library"
