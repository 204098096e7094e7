"""Hostile input, made on the fly: always an error with a place and a mend, or a correct result, within twenty seconds of
processor time and three gibibytes of addresses, whatever the file holds or is."""

import ctypes
import os
import re
import resource
import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "engine" / "cli"))
from program import SCENARIO, Folder  # noqa: E402

SECONDS = 20 if not os.environ.get("HANSA_SANITIZE") else 200  # of the processor; sanitizers take their time
PATIENCE = 100  # seconds: it hangs, though it does nothing
BYTES = 3 << 30  # of addresses: stacks and arenas of threads included
CITIES = """\
hansa: 1
time: {start: 2000, end: 2004}
replicates: 3
cities: {file: cities.csv}
networks: {sister: {file: ties.csv}}
collaborations: {file: members.csv}
policies:
  led:
    baseline: -2
    adopters: {file: adoptions.csv}
    mechanisms:
      imitation: {exposure: {network: sister}, strength: 1}
"""


def limit():
    if not os.environ.get("HANSA_SANITIZE"):  # their shadow memory has more addresses than any machine
        resource.setrlimit(resource.RLIMIT_AS, (BYTES, BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def obey_modes():
    """Root reads every file; without these two capabilities the program that is started next does not."""
    library = ctypes.CDLL(None, use_errno=True)
    bounding_set_drop, override, read_search = 24, 1, 2
    return all(library.prctl(bounding_set_drop, capability, 0, 0, 0) == 0 for capability in (override, read_search))


def limit_and_obey():
    limit()
    obey_modes()


def modes_can_be_obeyed():
    if os.geteuid() != 0:
        return True
    child = os.fork()
    if child == 0:
        os._exit(0 if obey_modes() else 1)
    return os.waitpid(child, 0)[1] == 0


class Hostile(Folder):
    commands = ("check", "run")
    prepare = staticmethod(limit)

    def setUp(self):
        super().setUp()
        self.write("cities.yaml", CITIES)
        self.write("cities.csv", "id,population\na,10\nb,20\nc,30\n")
        self.write("ties.csv", "source,target\na,b\nb,c\n")
        self.write("members.csv", "city,collaboration,joined\na,club,2001\n")
        self.write("adoptions.csv", "city,year\na,1999\n")

    def write(self, name, text):
        path = self.folder / name
        path.unlink(missing_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    def bounded(self, *words):
        words += ("--threads", "2") if words[0] == "run" else ()
        process = self.start(*words, preexec_fn=self.prepare)
        out, err = process.communicate(timeout=PATIENCE)
        process.out, process.err = out.decode(), err.decode()
        return process

    def refused(self, scenario, pattern):
        """The commands refuse it with exit code 2, in lines that are errors, and leave no file."""
        before = self.names()
        for command in self.commands:
            ended = self.bounded(command, scenario, *(["--quiet"] if command == "run" else []))
            self.assertEqual((ended.returncode, ended.out), (2, ""), ended.err[:2000])
            lines = [line for line in ended.err.split("\n") if not line.startswith("warning: ")]
            self.assertEqual(lines.pop(), "")
            for line in lines:
                self.assertRegex(line, r"^error: \S")
                self.assertLess(len(line.encode()), 3000)
            self.assertLessEqual(len(lines), 1100)
            self.assertRegex(ended.err, pattern)
        self.assertEqual(self.names(), before)
        return lines

    def accepted(self, scenario, *words):
        ended = self.bounded("run", scenario, "--quiet", "--force", "-o", "out.h5", *words)
        self.assertEqual(ended.returncode, 0, ended.err[:2000])
        self.assertEqual(self.attribute("out.h5", "complete"), 1)
        return ended.err

    def places(self, name):
        """What may stand where a file of text was expected, and what is said of it."""
        path = self.folder / name
        os.mkfifo(self.folder / "pipe")
        (self.folder / "folder").mkdir()
        (self.folder / "one").symlink_to("two")
        (self.folder / "two").symlink_to("one")
        for target, said in (("pipe", "it is not a regular file"), ("folder", "it is a folder"),
                             ("/dev/zero", "it is not a regular file"), ("/dev/stdin", None),
                             ("one", "Too many levels of symbolic links"), ("nowhere", "there is no such file")):
            path.unlink(missing_ok=True)
            path.symlink_to(target)
            yield said or "cannot be read|is empty|no header"
        path.unlink()
        os.mkfifo(path)
        yield "it is not a regular file"
        path.unlink()
        path.mkdir()
        yield "it is a folder"
        path.rmdir()
        if modes_can_be_obeyed():
            self.write(name, "x").chmod(0)
            self.prepare = limit_and_obey
            yield "Permission denied"


class Scenarios(Hostile):
    def scenario(self, text, pattern):
        self.write("s.yaml", text)
        return self.refused("s.yaml", pattern)

    def test_alias_bombs(self):
        lines = ["a: &a [" + ",".join(["x"] * 10) + "]"]
        for letter, before in zip("bcdefghij", "abcdefghi"):
            lines.append(f"{letter}: &{letter} [" + ",".join([f"*{before}"] * 10) + "]")
        self.scenario("\n".join(lines), r"s\.yaml:\d+:\d+: the file has more than 1000000 values")
        maps = ["a: &a {k: v}"] + [f"{b}: &{b} {{x: *{a}, y: *{a}}}" for a, b in zip("abcdefghijklmnopqrstuvw",
                                                                                      "bcdefghijklmnopqrstuvwx")]
        self.scenario("\n".join(maps), r"s\.yaml:\d+:\d+: the file has more than 1000000 values")
        self.scenario("a: &a [*a]", r"s\.yaml:1:8: an alias stands inside what it stands for")

    def test_values_nested_ten_thousand_deep(self):
        for piece in ("[", "{a: ", "- ", "? ", "- - ", "[{", "!!map {", "&x [", "a: [", "\"x", "!"):
            with self.subTest(piece):
                self.scenario("hansa: " + piece * 10_000, r"^error: s\.yaml:\d+:\d+: ")
        self.scenario("".join(" " * depth + "a:\n" for depth in range(2000)), "nested more than 200 deep")

    def test_bytes_that_are_not_text(self):
        self.scenario(SCENARIO.encode().replace(b"Lamps", b"La\0mps"), r"^error: s\.yaml:2:10: the byte 0x00 is not text")
        self.scenario(SCENARIO.replace("Lamps", '"La\\0mps"'), r"^error: s\.yaml:2:8: a text holds the character NUL")
        self.scenario(SCENARIO.encode().replace(b"Lamps", b"Z\xfcrich"), r"^error: s\.yaml:2:9: the byte 0xFC is not UTF-8")
        self.scenario(SCENARIO.encode("utf-16"), r"^error: s\.yaml: the file is in UTF-16, save it as UTF-8")
        self.scenario(b"", r"^error: s\.yaml: the file is empty")

    def test_marks_and_line_ends_change_nothing(self):
        self.accepted("lamps.yaml")
        expected = self.numbers("out.h5", "adoption_time")
        for text in (SCENARIO.replace("\n", "\r\n"), SCENARIO.replace("\n", "\r"), "\ufeff" + SCENARIO, SCENARIO.rstrip()):
            self.write("lamps.yaml", text)
            self.accepted("lamps.yaml")
            self.assertEqual(self.numbers("out.h5", "adoption_time"), expected)

    def test_numbers_at_their_ends(self):
        for value in ("nan", ".nan", "inf", "-.inf", "1e309", "0x1p3", "1_000", "--1", "", "[]", "1e", "٣"):
            with self.subTest(value):
                self.scenario(SCENARIO.replace("baseline: -4", f"baseline: {value}"), r"^error: s\.yaml:\d+:\d+: ")
        for value in ("-0", "1e-400", "+4", "-.5e1", "4.9e-324"):
            self.write("s.yaml", SCENARIO.replace("baseline: -4", f"baseline: {value}")
                       .replace("strength: 4", f"strength: {value}"))
            self.accepted("s.yaml")
            adopters = self.numbers("out.h5", "adopters")
            self.assertTrue(all(5 <= count <= 50 for count in adopters))
        for value in ("1e308", "-1e308"):
            self.write("s.yaml", SCENARIO.replace("baseline: -4", f"baseline: {value}"))
            ended = self.bounded("run", "s.yaml", "--quiet", "-o", "out.h5", "--force")
            self.assertEqual(ended.returncode, 1)
            self.assertRegex(ended.err, r"^error: out\.h5: replicate 0 failed: the linear predictor of city 'c\d+' ")
            self.assertEqual(self.attribute("out.h5", "complete"), 0)
        ended = self.bounded("run", "s.yaml", "--quiet", "-o", "out.h5", "--force", "--replicates", "5000")
        self.assertEqual(ended.err.count("\n"), 101)
        self.assertTrue(ended.err.endswith("error: out.h5: and 4900 more replicates failed\n"))
        told = self.attribute("out.h5", "failed_replicates").split("\n")
        self.assertEqual((len(told), told[1000]), (1002, "and 4000 more"))

    def test_labels_out_of_range(self):
        for start, end in (("-2147483648", "2009"), ("2000", "2147483648"), ("2000", "99999999999999999999"),
                           ("2000", "-99999999999999999999"), ("-1000000000", "1000000000"), ("2010", "2009"),
                           ("2000.5", "2009"), ("2000-01-01", "2009"), ("1e3", "2009")):
            with self.subTest((start, end)):
                self.scenario(SCENARIO.replace("2000", start).replace("2009", end), r"^error: s\.yaml:3:\d+: ")
        for key, value in (("seed: 7", "seed: -1"), ("seed: 7", "seed: 18446744073709551616"), ("replicates: 20", "replicates: 0"),
                           ("replicates: 20", "replicates: 99999999999"), ("generate: 50", "generate: 99999999999999"),
                           ("generate: 50", "generate: 0"), ("degree: 6", "degree: 1e300"), ("random: 5", "random: 51")):
            with self.subTest(value):
                self.scenario(SCENARIO.replace(key, value), r"^error: s\.yaml:\d+:\d+: ")

    def test_files_that_are_no_files(self):
        for said in self.places("s.yaml"):
            with self.subTest(said):
                self.refused("s.yaml", rf"^error: s\.yaml: .*({said})")

    def test_settings(self):
        for setting in ("a" * 100_000, "a=" * 50_000, "seed=" + "[" * 10_000, ".".join("a" * 100) + "=1", "seed=\ufeff",
                        "networks.chance=*x", "title=&a [*a]", "=", "seed", '"=1', "policies.led.baseline=nan"):
            ended = self.bounded("check", "lamps.yaml", "--set", setting)
            self.assertEqual(ended.returncode, 2, ended.err[:500])
            self.assertRegex(ended.err, r"^error: --set")
            self.assertLess(len(ended.err), 5000)


class Tables(Hostile):
    def cities(self, text, pattern):
        self.write("cities.csv", text)
        return self.refused("cities.yaml", pattern)

    def test_bytes_that_are_not_text(self):
        self.cities(b"id,name\na,\0\nb,x\nc,y\n", r"cities\.csv:2:2: a cell holds the byte NUL")
        self.cities(b"id,name\na,Z\xfcrich\nb,x\nc,y\n", r"cities\.csv:2:2: the byte 0xFC is not UTF-8")
        self.cities("id,name\na,x\n".encode("utf-16"), r"cities\.csv: the file is in UTF-16, save it as UTF-8")
        self.cities("id;name\na;x\n", r"cities\.csv:1: the cells are separated by ';', save the file as CSV with commas")

    def test_ragged_and_unterminated(self):
        self.cities("id,name\na\nb,x\nc,y,z\n", r"cities\.csv:2: the row has 1 cell, 2 were expected(.|\n)*cities\.csv:4: the row has 3")
        self.cities('id,name\na,"x\nb,y\n', r"cities\.csv:2: a quoted cell is never closed, a closing quote was expected")
        self.cities('id,name\na,x"y\nb,y\n', r"cities\.csv:2: a quote stands inside a cell")
        self.cities("id,name,name\na,x,y\n", r"cities\.csv:1:3: column 'name' stands twice in the header")
        self.cities("", r"cities\.csv:1: the file has no header")
        self.cities("id\n", r"cities\.csv:1: there are no cities")
        self.cities("id\na\na\n", r"cities\.csv:3:1: duplicate id 'a', it stands on line 2 already")
        self.cities('id\na\n""\n', r"cities\.csv:3:1: the id of the city is blank")

    def test_marks_and_line_ends_change_nothing(self):
        self.accepted("cities.yaml")
        expected = self.numbers("out.h5", "adoption_time")
        text = (self.folder / "cities.csv").read_text()
        for changed in (text.replace("\n", "\r\n"), text.replace("\n", "\r"), "\ufeff" + text, text.rstrip(),
                        text.replace("\n", "\n\n"), '"' + text.replace(",", '","').replace("\n", '"\n"')[:-1]):
            self.write("cities.csv", changed)
            self.accepted("cities.yaml")
            self.assertEqual(self.numbers("out.h5", "adoption_time"), expected)

    def test_numbers_at_their_ends(self):
        for value in ("nan", "inf", "-inf", "1e309", "-1", "x", "0x10", "1e", "1,5", "+-1", "١", "1e308"):
            with self.subTest(value):
                self.cities(f'id,population\na,1\nb,"{value}"\nc,\n', r"error: cities\.csv:3:2: ")
        for value in ("1e12", "-0", "0", "1e-400", "4.9e-324", "+1"):
            with self.subTest(value):
                self.write("cities.csv", f"id,population\na,{value}\nb,{value}\nc,{value}\n")
                self.accepted("cities.yaml")
                if float(value) >= 1:
                    covered = self.numbers("out.h5", "population_covered")
                    self.assertTrue(all(0 <= share <= 1 for share in covered), covered)

    def test_labels_out_of_range(self):
        for year in ("99999999999", "-99999999999", "2147483647", "-2147483648", "2000.0", "2000-01-01", "1e3", "nan"):
            with self.subTest(year):
                self.write("adoptions.csv", f"city,year\na,{year}\n")
                self.refused("cities.yaml", r"error: adoptions\.csv:2:2: '\S+' in column 'year' is not a time label, a whole number")
        self.write("adoptions.csv", "city,year,after,left\na,2147483646,-2147483646,\nb,-2147483645,-2147483646,2147483646\n")
        self.accepted("cities.yaml")

    def test_ids_with_quotes_line_ends_and_tricks(self):
        ids = ['a "quoted" one', "two\nlines", "a,comma", "'; drop table cities; --", "${HOME}", "../../etc/passwd", "\\x00",
               "\x1b[31mred\x1b[0m", "%s%n", "<script>", "Łódź", "日本", "🏙", "a\u202eb", " ", "-1", "null", "= 1+1"]
        cell = lambda text: '"' + text.replace('"', '""') + '"'  # noqa: E731
        self.write("cities.csv", "id,name\n" + "".join(f"{cell(each)},{cell(each)}\n" for each in ids if each.strip()))
        self.write("ties.csv", "source,target\n" + "".join(f"{cell(ids[0])},{cell(each)}\n" for each in ids[1:] if each.strip()))
        self.write("members.csv", f"city,collaboration\n{cell(ids[1])},{cell(ids[2])}\n")
        self.write("adoptions.csv", f"city,year\n{cell(ids[1])},1999\n")
        self.accepted("cities.yaml")
        import h5py
        with h5py.File(self.folder / "out.h5") as result:
            self.assertEqual([each.decode() for each in result["city_id"][...]], [each for each in ids if each.strip()])
        self.write("adoptions.csv", "city,year\n\"\x1b[31mred\nx\",1999\n")
        ended = self.bounded("check", "cities.yaml")
        self.assertRegex(ended.err, r"(?m)^error: adoptions\.csv:2:1: unknown city '\\x1b\[31mred\\nx', ")
        self.assertEqual(ended.err.count("\n"), 1)

    def test_names_that_differ_only_in_their_unicode_form(self):
        self.write("cities.csv", "id\ncaf\u00e9\ncafe\u0301\nb\n")
        self.write("ties.csv", "source,target\ncaf\u00e9,b\n")
        self.write("members.csv", "city,collaboration\n")
        self.write("adoptions.csv", "city,year\ncafe\u0301,1999\n")
        self.assertRegex(self.accepted("cities.yaml"), r"^warning: cities\.csv:3:1: 1 id looks like another, '.*' like that on line 2")
        self.write("cities.csv", "id\ncaf\u00e9\nb\n")
        self.refused("cities.yaml", r"error: adoptions\.csv:2:1: unknown city '.*', an id of a city was expected; '.*' looks the same, but its letters")

    def test_columns_in_other_capitals(self):
        self.write("ties.csv", "source,target,Weight\na,b,5\n")
        self.write("members.csv", "city,collaboration,Joined\na,club,2001\n")
        told = self.accepted("cities.yaml")
        self.assertIn("warning: ties.csv:1:3: column 'Weight' is not read as 'weight', did you mean 'weight'?\n", told)
        self.assertIn("warning: members.csv:1:3: column 'Joined' is not read as 'joined', did you mean 'joined'?\n", told)

    def test_files_that_are_no_files(self):
        for said in self.places("cities.csv"):
            with self.subTest(said):
                self.refused("cities.yaml", rf"error: (cities\.yaml:4:16: 'cities\.csv'|cities\.csv:1:?) .*({said})")


class Masses(Hostile):
    """Much of it: only `check`, for there is nothing to run."""

    commands = ("check",)

    def scenario(self, text, pattern):
        self.write("s.yaml", text)
        return self.refused("s.yaml", pattern)

    def cities(self, text, pattern):
        self.write("cities.csv", text)
        return self.refused("cities.yaml", pattern)

    def test_a_hundred_megabytes_of_garbage(self):
        said = r"^error: s\.yaml: the file cannot be read: it has 104857600 bytes, at most 4194304 are read\n"
        self.scenario(os.urandom(100 << 20), said)
        self.scenario(b"a" * (100 << 20), said)

    def test_four_megabytes_that_are_read(self):
        room = (4 << 20) - 8
        self.scenario(os.urandom(room), r"^error: s\.yaml:\d+:\d+: the byte 0x\w\w is not (UTF-8|text)|UTF-16")
        self.scenario("a" * room, r"^error: s\.yaml:1:1: the scenario is 'aaa")
        self.scenario("a: " + "b" * room, r"(?m)^error: s\.yaml:1:1: unknown key 'a'")
        self.scenario("a" * (room - 2) + ": b", r"^error: s\.yaml:1:")
        self.scenario("[" + "a," * (room // 2 - 2) + "a]", "more than 1000000 values")
        self.scenario("# " + "c" * room, "the file is empty")
        self.scenario("a: |\n" + " b\n" * (room // 3 - 2), "unknown key 'a'")
        self.scenario("\n" * room, "the file is empty")

    def test_hundred_thousands_of_mistakes(self):
        lines = self.scenario("hansa: 1\n" + "".join(f"key{k}: 1\n" for k in range(200_000)), "unknown key 'key0'")
        self.assertEqual(len(lines), 101)
        self.assertRegex(lines[-1], r"^error: s\.yaml: and \d+ more like these$")
        policies = "".join(f"  p{k}: {{baseline: -3, mechanisms: {{m: {{exposure: {{network: n{k}}}}}}}}}\n" for k in range(30_000))
        self.scenario("hansa: 1\ntime: {start: 1, end: 2}\ncities: {generate: 5}\nnetworks:\n" +
                      "".join(f"  x{k}: {{nearest: {{k: 1}}}}\n" for k in range(20_000)) + "policies:\n" + policies,
                      "unknown network 'n0'")
        self.write("names.yaml", SCENARIO.replace("{random: 5}", "[" + ",".join(f"d{k}" for k in range(300_000)) + "]"))
        self.assertEqual(len(self.refused("names.yaml", "unknown city 'd0'")), 101)

    def test_a_hundred_megabytes(self):
        size = 100 << 20
        self.cities(os.urandom(size), r"error: cities\.csv:\d+")
        self.cities(bytes(size), r"error: cities\.csv:1: a cell has more than 1048576 bytes")
        self.cities(b"x" * size, r"error: cities\.csv:1: a cell has more than 1048576 bytes")
        self.cities(b'id\n"' + b"x" * size, r"error: cities\.csv:2: a cell has more than 1048576 bytes, is its closing quote")
        self.cities(b'id\n"' + b"x\n" * (size // 2), r"error: cities\.csv:2: a cell has more than 1048576 bytes")
        self.cities(b"," * size, r"error: cities\.csv:1: the row has more than 100000 cells")
        self.cities(b"id,x\na," + b"," * size, r"error: cities\.csv:2: the row has more than 100000 cells")
        self.cities(b"\n" * size, r"error: cities\.csv:1: the file has no header")
        self.cities(b'"' * size, r"error: cities\.csv:1: a cell has more than 1048576 bytes")
        lines = self.cities(b"id,x\n" + b"a\n" * (size // 2), r"error: cities\.csv:2: the row has 1 cell, 2 were expected")
        self.assertRegex("\n".join(lines), r"and \d{8} more mistakes in this file")

    def test_a_million_columns(self):
        self.cities("id," + ",".join(f"c{k}" for k in range(1_000_000)) + "\n", "the row has more than 100000 cells")
        columns = range(90_000)
        self.write("cities.csv", "id," + ",".join(f"c{k}" for k in columns) + "\n" +
                   "".join(name + ",1" * len(columns) + "\n" for name in "abc"))
        self.accepted("cities.yaml")

    def test_a_million_mistakes(self):
        rows = 1_000_000
        lines = self.cities("id,lat\n" + "".join(f"c{k},91\n" for k in range(rows)), r"'91' in column 'lat' is out of range")
        self.assertTrue(any(re.match(r"error: cities\.csv: and 999\d{3} more like these", line) for line in lines), lines[-3:])
        self.write("cities.csv", "id\n" + "".join(f"c{k:06}\n" for k in range(100_000)))
        self.write("ties.csv", "source,target\n" + "".join(f"x{k:06},c000001\n" for k in range(rows)))
        self.write("adoptions.csv", "city,year\n")
        self.write("members.csv", "city,collaboration\n")
        self.refused("cities.yaml", r"error: ties\.csv:2:1: unknown city 'x000000'")

    def test_long_ids(self):
        ids = ["".join(chr(97 + (k + n) % 26) for k in range(1_000_000)) for n in range(3)]
        self.write("cities.csv", "id\n" + "\n".join(ids))
        self.refused("cities.yaml", "unknown city 'a'")
        self.write("cities.csv", "id\na\nb\nc\n")
        self.write("ties.csv", f"source,target\n{ids[0]},b\n")
        self.refused("cities.yaml", r"error: ties\.csv:2:1: unknown city 'abc.* … .*'")


if __name__ == "__main__":
    unittest.main()
