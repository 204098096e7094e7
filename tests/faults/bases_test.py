"""Hostile what-ifs: bases that are none, circles, chains, masses; refused with a place, in bounded time and memory."""

import unittest

from hostile_test import Hostile
from program import SCENARIO


class Bases(Hostile):
    def what_if(self, text, pattern):
        self.write("s.yaml", text)
        return self.refused("s.yaml", pattern)

    def test_bases_that_are_no_files(self):
        self.write("s.yaml", "base: b.yaml\nseed: 2\n")
        for said in self.places("b.yaml"):
            with self.subTest(said):
                self.refused("s.yaml", rf"^error: (s\.yaml:1:7: 'b\.yaml'|b\.yaml:) .*({said})")

    def test_bases_that_are_no_scenarios(self):
        for text, said in (("", r"^error: b\.yaml: the file is empty"), ("- 1\n", r"^error: b\.yaml:1:1: the base is no scenario"),
                           (b"\x89HDF\r\n\x1a\n" + bytes(100), r"^error: b\.yaml:\d+:\d+: the byte 0x\w\w is not text"),
                           ("id,x\na,1\n", r"^error: b\.yaml:1:1: the base is no scenario"), ("a: [", r"^error: b\.yaml:\d+:\d+: "),
                           ("a: 1\n---\nb: 2\n", r"^error: b\.yaml:\d+:\d+: the file holds more than one YAML document"),
                           (SCENARIO.encode("utf-16"), r"^error: b\.yaml: the file is in UTF-16"),
                           ("[" * 10_000, r"^error: b\.yaml:\d+:\d+: "), ("key: 1\n", r"(?m)^error: b\.yaml:1:1: unknown key 'key'")):
            with self.subTest(said):
                self.write("b.yaml", text)
                self.what_if("base: b.yaml\n", said)

    def test_names_of_bases(self):
        for name, said in (('""', "'base' is the text ''"), (".", "it is a folder"), ("..", "it is a folder"), ("/", "it is a folder"),
                           ("[b.yaml]", "'base' is a list"), ("{file: b.yaml}", "'base' is a map"), ("", "'base' is empty"),
                           ("x" * 5000, "File name too long"), ("s.yaml", "the bases go in a circle: s.yaml -> s.yaml"),
                           ('"\\x1b[31m"', "there is no such file"), ("lamps.yaml/..", "cannot be read")):
            with self.subTest(name):
                self.what_if(f"base: {name}\n", rf"^error: s\.yaml:1:\d: .*({said})")

    def test_circles(self):
        for k in range(20):
            self.write(f"{k}.yaml", f"base: {(k + 1) % 20}.yaml\n")
        lines = self.refused("0.yaml", r"^error: 19\.yaml:1:7: the bases go in a circle: 0\.yaml -> 1\.yaml -> ")
        self.assertIn("-> 19.yaml -> 0.yaml,", lines[0])

    def test_chains(self):
        self.write("0.yaml", SCENARIO)
        for k in range(1, 100):
            self.write(f"{k}.yaml", f"base: {k - 1}.yaml\nseed: {k}\n")
        self.refused("99.yaml", r"^error: 67\.yaml:1:7: the scenario has more than 32 bases")
        self.accepted("32.yaml")


class BaseMasses(Hostile):
    commands = ("check",)

    def test_aliases_in_every_file_of_a_chain(self):
        bomb = "list: &a [" + "x," * 1000 + "]\n" + "".join(f"k{k}: *a\n" for k in range(900))
        for k in range(30):
            self.write(f"{k}.yaml", (f"base: {k + 1}.yaml\n" if k < 29 else "") + bomb)
        self.refused("0.yaml", r"^error: 0\.yaml:1:7: the scenario and its bases have more than 1000000 values")

    def test_a_chain_of_large_files(self):
        for k in range(30):
            self.write(f"{k}.yaml", (f"base: {k + 1}.yaml\n" if k < 29 else "") + "# " + "c" * (1 << 20) + "\ntitle: x\n")
        self.refused("0.yaml", r"^error: 2\.yaml:1:7: the scenario and its bases have more than 4194304 bytes")

    def test_wide_maps_and_long_lists_of_what_goes(self):
        keys = 90_000
        self.write("b.yaml", "".join(f"k{k}: 1\n" for k in range(keys)))
        self.write("s.yaml", "base: b.yaml\n" + "".join(f"k{k}: 2\n" for k in range(keys)))
        self.assertEqual(len(self.refused("s.yaml", "unknown key 'k0'")), 101)
        self.write("s.yaml", "base: b.yaml\nremove: [" + ",".join(f"x{k}" for k in range(keys)) + "]\n")
        self.refused("s.yaml", r"(?m)^error: s\.yaml:2:10: 'x0' is not in the base")
        self.write("s.yaml", "base: b.yaml\nremove: [" + ",".join(f"k{k}" for k in range(keys)) + "]\n")
        self.refused("s.yaml", r"(?m)^error: s\.yaml:1:1: 'hansa' is missing")
        self.write("b.yaml", "interventions:\n" + "".join(f"  - {{name: k{k}, at: 1}}\n" for k in range(keys)))
        self.refused("s.yaml", r"(?m)^error: s\.yaml:1:1: 'hansa' is missing")
        deep = ".".join("a" * 60)
        self.write("s.yaml", "base: b.yaml\nremove: [" + ",".join(f"{deep}.k{k}" for k in range(10_000)) + "]\n")
        self.refused("s.yaml", r"(?m)^error: s\.yaml:2:10: 'a' is not in the base")


if __name__ == "__main__":
    unittest.main()
