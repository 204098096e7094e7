"""Order: nothing whose order or bits depend on hashing, chance or threads stands in a room that touches results."""

import re

import source

_FORBIDDEN = {
    r"\bunordered_(multi)?(map|set)\b": "sort by stable id, or use std::map",
    r"#\s*include\s*<random>": "draw with base/random.hpp, by key",
    r"\bstd::(mt19937(_64)?|random_device|\w+_distribution)\b": "draw with base/random.hpp, by key",
    r"(?<![\w:.>])s?rand\s*\(": "draw with base/random.hpp, by key",
    r"\bstd::(transform_)?reduce\b": "sum in a fixed order: std::accumulate or a loop",
    r"\bstd::execution::": "spread work with base/parallel.hpp",
    r"\bparallel_(deterministic_)?(reduce|scan)\b": "sum whole numbers, or in a fixed order",
    r"\bcombinable\b|\benumerable_thread_specific\b": "sum whole numbers, or in a fixed order",
    r"\bstd::hash\b": "use hash_id of base/random.hpp, which is fixed",
    r"\bstd::atomic<\s*(float|double)\s*>": "sum whole numbers, or in a fixed order",
    r"-ffast-math|\b__restrict_arr\b|#\s*pragma\s+(GCC\s+optimize|STDC\s+FP_CONTRACT|omp)": "keep the flags of the house",
}
_FREE = {"cli"}


def check(root, build):
    for path in source.cpp_files(root, "engine"):
        if path.parts[1] in _FREE:
            continue
        for line, text in enumerate(source.code_of(source.read(root, path)).split("\n"), 1):
            for shape, mend in _FORBIDDEN.items():
                match = re.search(shape, text)
                if match:
                    yield f"{path}:{line}: '{match.group().strip()}', {mend}"
