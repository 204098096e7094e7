"""One foreign library, one room: by the headers that are included and by the names that are spelled."""

import re

import source

# library: (headers, spelled names, rooms that may)
LIBRARIES = {
    "oneTBB": (r"(tbb|oneapi)/", r"\b(tbb|oneapi)::", {"base"}),
    "Random123": (r"Random123/", r"\br123(::|array)|\b[Pp]hilox\d", {"base"}),
    "libsodium": (r"sodium(\.h|/)", r"\b(crypto_\w+|sodium_\w+)\s*\(", {"base"}),
    "nanoflann": (r"nanoflann", r"\bnanoflann::", {"world"}),
    "yaml-cpp": (r"yaml-cpp/", r"\bYAML::", {"io"}),
    "libcsv": (r"csv\.h$", r"\bcsv_(init|parse|fini|free|parser|strerror|error)\b", {"io"}),
    "nlohmann-json": (r"nlohmann/", r"\bnlohmann::", {"io"}),
    "HDF5": (r"hdf5(_hl)?\.h$|H5\w+\.h$", r"\bH5[A-Z]{1,3}\w+|\bhid_t\b|\bhsize_t\b|\bherr_t\b", {"io"}),
    "zlib": (r"zlib\.h$", r"\bz_stream\b|\b(deflate|inflate)\w*\s*\(|\bcompress2\s*\(", {"io"}),
    "Eigen": (r"Eigen/|unsupported/Eigen", r"\bEigen::", {"inference", "measures", "study"}),
    "CLI11": (r"CLI/", r"\bCLI::", {"cli"}),
    "spdlog": (r"spdlog/", r"\bspdlog::", {"cli"}),
    "fmt": (r"fmt/", r"\bfmt::", None),
}

# Headers of the operating system that are no foreign library.
SYSTEM = {"fcntl.h", "unistd.h", "sched.h", "pthread.h", "signal.h", "termios.h", "cpuid.h", "emmintrin.h", "immintrin.h",
          "spawn.h", "poll.h", "sys/auxv.h", "sys/file.h", "sys/mman.h", "sys/random.h", "sys/stat.h", "sys/types.h", "sys/ioctl.h",
          "sys/wait.h", "sys/resource.h", "sys/statvfs.h"}


def check(root, build):
    for path in source.cpp_files(root, "engine"):
        room = path.parts[1]
        code = source.code_of(source.read(root, path))
        for line, included, quoted in source.includes(code):
            if not quoted:
                yield from _judge_header(f"{path}:{line}", room, included)
        for line, text in enumerate(code.split("\n"), 1):
            if not text.lstrip().startswith("#"):
                yield from _judge_names(f"{path}:{line}", room, text)


def _judge_header(place, room, included):
    for library, (headers, _, rooms) in LIBRARIES.items():
        if re.match(headers, included):
            if rooms is not None and room not in rooms:
                yield f"{place}: <{included}> of {library} belongs to {', '.join(sorted(rooms))} only"
            return
    if included not in SYSTEM and ("/" in included or included.endswith((".h", ".hpp"))):
        yield f"{place}: <{included}> is of no known library, add its row to the table of libraries"


def _judge_names(place, room, text):
    for library, (_, names, rooms) in LIBRARIES.items():
        spelled = re.search(names, text)
        if spelled and rooms is not None and room not in rooms:
            yield f"{place}: '{spelled.group()}' of {library} belongs to {', '.join(sorted(rooms))} only"
