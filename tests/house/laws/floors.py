"""Floors: an include goes down only, and rooms of one floor do not include each other."""

import source

FLOORS = {"base": 1, "scenario": 2, "world": 3, "model": 4, "mechanisms": 5, "record": 5, "measures": 6, "run": 7,
          "io": 7, "inference": 8, "study": 9, "tell": 10, "hansa": 11, "cli": 12}


def room_of(path):
    """The room of a path relative to engine/; the face, hansa.hpp and hansa.cpp, is one of its own."""
    return path.split("/")[0].removesuffix(".hpp").removesuffix(".cpp")


def check(root, build):
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
