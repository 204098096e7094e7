"""Proves that every law of the house can be broken: a small good tree keeps it, the same tree with one sin does not."""

import importlib
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parent))

GOOD = {
    "engine/base/count.hpp": "/// How many there are.\n#pragma once\n\nnamespace hansa {\nint count(int of);\n}\n",
    "engine/base/count.cpp": "/// How many there are, counted.\n#include \"base/count.hpp\"\n\n"
                             "namespace hansa {\nint count(int of) { return of; }\n}\n",
    "engine/world/city.hpp": "/// A city of the world.\n#pragma once\n#include <vector>\n#include \"base/count.hpp\"\n"
                             "namespace hansa {\nstruct City {\n  int people = 0;\n};\n}\n",
    "tests/engine/base/count_test.cpp": "/// Counting, by hand.\n#include \"base/count.hpp\"\n",
    "engine/CMakeLists.txt": "# The rooms of a small house.\nfind_package(TBB REQUIRED)\n",
    ".ci/packages": "# section package asked-by\nbuild libtbb-dev find_package TBB\n",
    "README.md": "# A small house\n",
    "CONTRIBUTING.md": "# Floors\n\n| 1 | `base` | numbers | |\n| 3 | `world` | cities | |\n",
}

LONG = "/// A long one.\nnamespace hansa {\nint f(int a) {\n" + "  ++a;\n" * 58 + "  return a;\n}\n}\n"
LONG_TEMPLATE = ("/// A long one.\nnamespace hansa {\ntemplate <class T>\nstruct S {\n  T a_;\n  explicit S(T a) : a_{a} {\n"
                 + "    ++a_;\n" * 62 + "  }\n};\n}\n")

# law: (file, text that breaks it, what the complaint must say)
SINS = {
    "floors": [
        ("engine/base/up.hpp", "/// Looks up to the world.\n#include \"world/city.hpp\"\n", "lies above it"),
        ("engine/run/a.hpp", "/// Next door is io.\n#include \"io/b.hpp\"\n", "same floor"),
        ("engine/base/lost.hpp", "/// Includes nothing.\n#include \"count.hpp\"\n", "relative to engine/"),
        ("engine/attic/a.hpp", "/// A room without a floor.\n", "has no floor"),
        ("engine/inference/a.hpp", "/// A room that no page knows.\n", "lacks the room inference (floor 8)"),
        ("engine/world/a.hpp", "/// Looks for neighbours.\n#include <nanoflann.hpp>\n", "with nanoflann was expected"),
        ("CONTRIBUTING.md", "| 2 | `base` | numbers | |\n| 3 | `world` | cities | |\n", "floor 1 with no foreign"),
        ("CONTRIBUTING.md", "| 1 | `base` | numbers | |\n| 3 | `world` | cities | |\n| 9 | `attic` | dust | |\n", "no room"),
        ("CONTRIBUTING.md", "# Floors\n", "lacks the room base"),
    ],
    "foreign": [
        ("engine/world/t.cpp", "/// Spreads itself.\n#include <tbb/parallel_for.h>\n", "oneTBB belongs to base"),
        ("engine/world/t.cpp", "/// Spreads itself.\nauto f = tbb::task_arena{};\n", "'tbb::' of oneTBB"),
        ("engine/base/y.cpp", "/// Reads.\nvoid f(YAML::Node n);\n", "yaml-cpp belongs to io"),
        ("engine/base/h.cpp", "/// Writes.\nint f() { return H5Fclose(1); }\n", "HDF5 belongs to io"),
        ("engine/base/q.cpp", "/// Asks Qt.\n#include <QtCore/QString>\n", "no known library"),
    ],
    "sizes": [
        ("engine/base/long.cpp", "/// Long.\n" + "int a();\n" * 400, "401 lines"),
        ("engine/base/long.cpp", LONG, "a function of 61 lines"),
        ("engine/base/long.cpp", LONG_TEMPLATE, "a function of 64 lines"),
        ("analysis/long.js", "// Long too.\nexport function f(a) {\n" + "  ++a;\n" * 59 + "}\n", "a function of 61 lines"),
        ("analysis/long.mjs", "// Long too.\nclass A {\n  f(a) {\n" + "    ++a;\n" * 60 + "  }\n}\n", "a function of 62 lines"),
    ],
    "openings": [
        ("engine/base/mute.cpp", "#include <vector>\n", "does not open with a comment"),
        ("engine/base/mute.cpp", "/// count\n#include <vector>\n", "a sentence was expected"),
        ("tests/mute.py", "import os\n", "does not open with a comment"),
        ("tests/CMakeLists.txt", "project(a)\n", "does not open with a comment"),
    ],
    "names": [
        ("engine/base/a.hpp", "/// Manages cities.\nclass CityManager {};\n", "CityManager"),
        ("engine/base/a.hpp", "/// Gets a city.\nint get_city();\n", "get_city"),
        ("engine/base/a.hpp", "/// Hides.\nstruct CityImpl;\n", "CityImpl"),
        ("engine/base/string_utils.hpp", "/// Strings and more.\n", "string_utils"),
    ],
    "order": [
        ("engine/model/a.cpp", "/// Hashes.\n#include <unordered_map>\nstd::unordered_map<int, int> f();\n", "unordered_map"),
        ("engine/model/a.cpp", "/// Throws dice.\n#include <random>\n", "<random>"),
        ("engine/model/a.cpp", "/// Reduces.\nauto f() { return std::reduce(a, b); }\n", "std::reduce"),
    ],
    "mirrors": [
        ("tests/engine/base/ghost_test.cpp", "/// Tests a ghost.\n", "does not exist"),
        ("tests/engine/base/count.cpp", "/// Tests counting.\n", "_test at the end"),
        ("engine/io/naked.cpp", "/// Nobody tests this room.\n", "has no tests/engine/io"),
        ("engine/mechanisms/catalogue.cpp", "/// The table.\nauto f = make_ghost;\n", "'ghost' has no tests/"),
    ],
    "texts": [
        ("engine/base/a.hpp", "/// Later. TO" + "DO finish.\n", "do it, or leave it out"),
        ("README.md", "A place" + "holder, for n" + "ow.\n", "do it, or leave it out"),
        ("README.md", "See lost/page.md for more.\n", "no page of this repository"),
        ("tests/a.py", "# See ../tests/README.md for more.\n", "no page of this repository"),
        ("engine/base/a.hpp", "/// Reads /ho" + "me/me/a.csv.\n", "a path of one machine"),
    ],
    "packages": [
        ("engine/CMakeLists.txt", "# Rooms.\nfind_package(TBB)\nfind_package(HDF5 REQUIRED)\n", "find_package HDF5 is asked for"),
        ("tests/a.py", "import numpy\n", "import numpy is asked for"),
        ("tests/a.R", "library(ncdf4)\n", "library ncdf4 is asked for"),
        ("analysis/r/a.R", "x <- stats::sd(ncdf4::nc_open(f))\n", "library ncdf4 is asked for"),
        ("analysis/a.py", "import numpy\n", "import numpy is asked for"),
        ("engine/CMakeLists.txt", "# Rooms that need nothing.\n", "nothing asks for find_package TBB"),
        (".ci/packages", "test libtbb-dev find_package TBB\n", "lists it for test"),
        (".ci/packages", "libtbb-dev\n", "was expected"),
    ],
}

# law: (source of an object file, what the complaint must say or None where it is kept)
OBJECTS = {
    "globals": [
        ("namespace hansa { int counter = 1; int f() { return ++counter; } }", "hansa::counter"),
        ("namespace hansa { int f() { static int calls = 0; return ++calls; } }", "calls"),
        ("namespace hansa { thread_local int mine = 0; int f() { return ++mine; } }", "hansa::mine"),
        ("#include <string_view>\nnamespace hansa { constexpr std::string_view names[] = {\"a\", \"b\"};\n"
         "auto f(int i) { return names[i]; } }", None),
    ],
    "libm": [
        ("#include <cmath>\ndouble f(double x) { return std::exp(x); }", "'exp'"),
        ("#include <cmath>\nfloat f(float x) { return std::log1p(x); }", "'log1pf'"),
        ("#include <cmath>\ndouble f(double x) { return std::pow(x, 0.3) + std::atan2(x, 2); }", "'pow'"),
        ("#include <random>\ndouble f(std::mt19937& g) { return std::normal_distribution<>{}(g); }", "'log'"),
        ("#include <cmath>\ndouble f(double x) { return std::sqrt(x) + std::fma(x, x, 1.0) + std::floor(x); }", None),
    ],
}


class Laws(unittest.TestCase):
    def setUp(self):
        self.root = Path(tempfile.mkdtemp(prefix="hansa-house-"))
        self.addCleanup(shutil.rmtree, self.root)

    def lay(self, tree):
        for name, text in tree.items():
            (self.root / name).parent.mkdir(parents=True, exist_ok=True)
            (self.root / name).write_text(text)

    def judge(self, law, tree):
        shutil.rmtree(self.root)
        self.root.mkdir()
        self.lay(tree)
        return list(importlib.import_module(f"laws.{law}").check(self.root, None))

    def test_a_good_tree_keeps_every_law(self):
        for law in SINS:
            with self.subTest(law):
                self.assertEqual(self.judge(law, GOOD), [])

    def test_every_sin_is_found(self):
        for law, sins in SINS.items():
            for name, text, said in sins:
                with self.subTest(f"{law}: {name}"):
                    tree = GOOD | {"engine/io/b.hpp": "/// Next door.\n"} if law == "floors" else GOOD
                    self.assertIn(said, "\n".join(self.judge(law, tree | {name: text})))

    def test_objects_are_judged(self):
        for law, samples in OBJECTS.items():
            for text, said in samples:
                with self.subTest(f"{law}: {text}"):
                    complaints = "\n".join(importlib.import_module(f"laws.{law}").judge(self.archive(text)))
                    self.assertIn(said, complaints) if said else self.assertEqual(complaints, "")

    def test_what_the_source_makes_constant_is_believed(self):
        law = importlib.import_module("laws.globals")
        code = ("constexpr std::array<Fit, 3> fits{1}; inline constexpr auto more = f(); static Field const rows[] = {};"
                "int const* pointer = nullptr; constexpr int f() { int local = 1; return local; } static int calls = 0;")
        self.assertEqual(law.constants_of(code), {"fits", "more", "rows"})
        counter = self.archive("namespace hansa { int counter = 1; int f() { return ++counter; } }")
        self.assertEqual(len(list(law.judge(counter, {"fits"}))), 1)
        self.assertEqual(list(law.judge(counter, {"counter"})), [])

    def test_missing_libraries_are_a_complaint(self):
        for law in OBJECTS:
            self.assertEqual(len(list(importlib.import_module(f"laws.{law}").check(self.root, self.root))), 1)

    def test_every_law_is_tried(self):
        laws = {path.stem for path in Path(__file__).with_name("laws").glob("*.py")}
        self.assertEqual(laws, set(SINS) | set(OBJECTS) | {"timeouts"})

    def test_tests_without_limits_are_found(self):
        timeouts = importlib.import_module("laws.timeouts")
        listed = self.root / "CTestTestfile.cmake"
        listed.write_text('add_test(a "true")\nset_tests_properties(a PROPERTIES TIMEOUT 9 LABELS fast)\n')
        self.assertEqual(list(timeouts.check(self.root, self.root)), [])
        listed.write_text('add_test(a "true")\n')
        self.assertEqual(len(list(timeouts.check(self.root, self.root))), 2)
        listed.write_text("")
        self.assertEqual(len(list(timeouts.check(self.root, self.root))), 1)

    def archive(self, text):
        (self.root / "a.cpp").write_text(text)
        subprocess.run(["c++", "-std=c++20", "-O2", "-fPIC", "-fno-math-errno", "-c", "a.cpp", "-o", "a.o"], cwd=self.root,
                       check=True)
        (self.root / "liba.a").unlink(missing_ok=True)
        subprocess.run(["ar", "rc", "liba.a", "a.o"], cwd=self.root, check=True)
        return self.root / "liba.a"


if __name__ == "__main__":
    unittest.main()
