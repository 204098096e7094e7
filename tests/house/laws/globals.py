"""Globals: no object file of the engine holds data that can be written, apart from what foreign headers bring."""

import re
import subprocess

import source

# Data of the standard library and of headers that are compiled into our objects.
_FOREIGN = re.compile(r"^(guard variable for )?(std|fmt|spdlog|CLI|nlohmann|YAML|nanoflann|Eigen|tbb|detail|__gnu_cxx)::|^\.|^DW\.ref\.|"
                      r"^__(gcov|asan|tsan|ubsan)")
_WRITABLE = re.compile(r"^(\.data|\.bss|\.tdata|\.tbss|\*COM\*)(?!\.rel\.ro)")

# GCC 12 keeps some constexpr objects of class type in .data, so what the source declares constant is believed.
_CONSTANT = re.compile(r"\bconstexpr\b[^;(){}=]*?\b(\w+)\s*(?:\[[^\]]*\]\s*)?[={;]|\bconst\s+(\w+)\s*(?:\[[^\]]*\]\s*)?[={;]")


def check(root, build):
    archives = sorted((build / "engine").glob("lib*.a")) if build else []
    if not archives:
        yield f"no library of the engine was found in {build}, build first"
    constants = set()
    for path in source.cpp_files(root, "engine"):
        constants |= constants_of(source.code_of(source.read(root, path)))
    for archive in archives:
        yield from judge(archive, constants)


def constants_of(code):
    """The names that some declaration makes constexpr or const."""
    return {name for match in _CONSTANT.finditer(code) for name in match.groups() if name}


def judge(archive, constants=frozenset()):
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
        if _WRITABLE.match(section) and int(size, 16) > 0 and not _FOREIGN.match(name) and _last(name) not in constants:
            yield f"{archive.name}({member}): '{name}' in {section} can be written; pass it as an argument or make it constexpr"


def _last(name):
    return re.split(r"::", name)[-1].split("[")[0]
