"""Globals: no object file of the engine holds data that can be written, apart from what foreign headers bring."""

import re
import subprocess

# Data of the standard library and of headers that are compiled into our objects.
_FOREIGN = re.compile(r"^(guard variable for )?(std|fmt|spdlog|CLI|nlohmann|YAML|nanoflann|tbb|detail|__gnu_cxx)::|^\.|^DW\.ref\.|"
                      r"^__(gcov|asan|tsan|ubsan)")
_WRITABLE = re.compile(r"^(\.data|\.bss|\.tdata|\.tbss|\*COM\*)(?!\.rel\.ro)")

# name: why it may stay
ALLOWED = {}


def check(root, build):
    archives = sorted((build / "engine").glob("lib*.a")) if build else []
    if not archives:
        yield f"no library of the engine was found in {build}, build first"
    for archive in archives:
        yield from judge(archive)


def judge(archive):
    listing = subprocess.run(["objdump", "--demangle", "--syms", str(archive)], capture_output=True, text=True, check=True)
    member = "?"
    for line in listing.stdout.split("\n"):
        header = re.match(r"(\S+\.o):\s+file format", line)
        if header:
            member = header.group(1)
        symbol = re.match(r"[0-9a-f]+ .{7} (\S+)\s+([0-9a-f]+)\s+(?:\.hidden )?(.*)", line)
        if not symbol:
            continue
        section, size, name = symbol.groups()
        if _WRITABLE.match(section) and int(size, 16) > 0 and name not in ALLOWED and not _FOREIGN.match(name):
            yield f"{archive.name}({member}): '{name}' in {section} can be written; pass it as an argument or make it constexpr"
