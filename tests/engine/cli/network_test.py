"""`hansa network`: ties as CSV, read or drawn, one row a tie."""

import csv
import io
import json
import unittest

from program import SCENARIO, Folder

READ = SCENARIO.replace("generate: 50", "file: cities.csv").replace("  chance:", """\
  sister: {file: ties.csv, directed: false}
  seen: {file: ties.csv, weight: {attribute: size}, directed: false}
  dated: {file: dated.csv}
  lagged: {file: dated.csv, ties: lagged}
  near: {nearest: {k: 1, on: [size]}}
  tongue: {same: language}
  twos: {configuration: {degrees: size}}
  chance:""").replace("degree: 6", "degree: 1.5").replace("random: 5", "random: 1")


class Network(Folder):
    def rows(self, *words):
        """Header and rows of the answer."""
        ended = self.hansa("network", *words)
        self.assertEqual(ended.returncode, 0, ended.err)
        table = list(csv.reader(io.StringIO(ended.out, newline="")))
        return table[0], [tuple(row) for row in table[1:]]

    def read_scenario(self):
        self.write("read.yaml", READ)
        self.write("cities.csv", 'id,size,language\na,1,X\n"b, or ""B""",2,X\nc,3,Y\nd,2,Y\n')
        self.write("ties.csv", 'source,target\nc,a\n"b, or ""B""",a\n')
        self.write("dated.csv", "source,target,weight,from,until\na,c,0.3,2002,2004\na,c,0.1,2004,\nd,a,1,,\nc,a,1,1990,2001\n")

    def test_a_drawn_network_is_written_once_a_tie(self):
        header, rows = self.rows("lamps.yaml", "chance")
        self.assertEqual(header, ["draw", "source", "target", "weight"])
        ties = json.loads(self.hansa("check", "lamps.yaml", "--json").out)["networks"][0]["ties"]
        self.assertEqual(2 * len(rows), ties)
        self.assertEqual({(row[0], row[3]) for row in rows}, {("0", "1")})
        pairs = {frozenset(row[1:3]) for row in rows}
        self.assertEqual(len(pairs), len(rows))
        self.assertTrue(all(len(pair) == 2 for pair in pairs))

    def test_draws_are_keyed_by_their_numbers(self):
        _, three = self.rows("lamps.yaml", "chance", "--draws", "3", "--threads", "2")
        _, two = self.rows("lamps.yaml", "chance", "--draws", "2")
        by_draw = [{row[1:] for row in three if row[0] == str(draw)} for draw in range(3)]
        self.assertEqual([row for row in three if row[0] != "2"], two)
        self.assertTrue(all(by_draw))
        self.assertNotEqual(by_draw[0], by_draw[1])
        self.assertNotEqual(by_draw[1], by_draw[2])
        _, other = self.rows("lamps.yaml", "chance", "--set", "seed=8")
        self.assertNotEqual({row[1:] for row in other}, by_draw[0])

    def test_ties_from_a_file(self):
        self.read_scenario()
        _, rows = self.rows("read.yaml", "sister", "--draws", "2")
        self.assertEqual(rows, [(draw, "a", other, "1") for draw in ("0", "1") for other in ('b, or "B"', "c")])
        _, rows = self.rows("read.yaml", "seen")  # weights differ from the two ends: both are written
        self.assertEqual(sorted((row[1][0], row[2][0], row[3]) for row in rows),
                         [("a", "b", "1"), ("a", "c", "1"), ("b", "a", "2"), ("c", "a", "3")])
        _, rows = self.rows("read.yaml", "near")
        self.assertEqual(len(rows), 4)

    def test_dated_ties_have_their_dates(self):
        self.read_scenario()
        expected = [("0", "a", "c", "0.3", "2002", "2003"), ("0", "a", "c", "0.4", "2004", "2004"),
                    ("0", "a", "c", "0.1", "2005", ""), ("0", "c", "a", "1", "", "2001"), ("0", "d", "a", "1", "", "")]
        for name in ("dated", "lagged"):
            ended = self.hansa("network", "read.yaml", name)
            self.assertEqual(ended.returncode, 0)
            table = list(csv.reader(io.StringIO(ended.out)))
            self.assertEqual(table[0], ["draw", "source", "target", "weight", "from", "until"])
            self.assertEqual([tuple(row) for row in table[1:]], expected)

    def test_what_was_written_reads_back_as_the_same_network(self):
        self.read_scenario()
        self.assertEqual(self.hansa("network", "read.yaml", "dated", "-o", "again.csv", "--quiet").returncode, 0)
        first = self.hansa("network", "read.yaml", "dated").out
        again = self.hansa("network", "read.yaml", "dated", "--set", "networks.dated={file: again.csv}").out
        self.assertEqual(first, again)

    def test_a_file_is_never_replaced_without_force(self):
        ended = self.hansa("network", "lamps.yaml", "chance", "-o", "t.csv")
        self.assertEqual((ended.returncode, ended.err), (0, ""))
        self.assertRegex(ended.out, r"^t\.csv: \d+ ties of 'chance' in 1 draw\n$")
        before = (self.folder / "t.csv").read_text()
        self.assertEqual(before, self.hansa("network", "lamps.yaml", "chance").out)
        ended = self.hansa("network", "lamps.yaml", "chance", "-o", "t.csv", "--draws", "2")
        self.assertEqual((ended.returncode, ended.out, ended.err),
                         (2, "", "error: t.csv: exists, --force replaces it\n"))
        self.assertEqual((self.folder / "t.csv").read_text(), before)
        ended = self.hansa("network", "lamps.yaml", "chance", "-o", "t.csv", "--draws", "2", "--force", "--json")
        self.assertEqual(ended.returncode, 0)
        answer = json.loads(ended.out)
        self.assertEqual((answer["network"], answer["draws"], answer["file"]), ("chance", 2, "t.csv"))
        self.assertEqual(answer["ties"], len((self.folder / "t.csv").read_text().splitlines()) - 1)
        self.assertEqual(self.names(), ["lamps.yaml", "t.csv"])

    def test_an_input_is_never_replaced(self):
        ended = self.hansa("network", "lamps.yaml", "chance", "-o", "lamps.yaml", "--force")
        self.assertEqual((ended.returncode, ended.out), (2, ""))
        self.assertEqual((self.folder / "lamps.yaml").read_text(), SCENARIO)

    def test_mistakes(self):
        self.read_scenario()
        for words, message in {
            ("lamps.yaml", "chanse"): "lamps.yaml: unknown network 'chanse', chance was expected; did you mean 'chance'?",
            ("read.yaml", "tongue"): "read.yaml:14:3: network 'tongue' is complete groups, which are never stored as ties, "
                                     "the attribute 'language' of the cities says who observes whom",
            ("read.yaml", "twos", "--set", "networks.twos.configuration.degrees=bad"): None,
            ("lamps.yaml", "chance", "--draws", "0"): "--draws: '0' is out of place, a whole number from 1 to 1000000000 "
                                                      "was expected",
            ("lamps.yaml", "chance", "--json"): "hansa network: --json tells what was written, but the ties themselves go "
                                                "to standard output, name a file with -o",
            ("lamps.yaml",): "hansa network: NAME is required, see hansa network --help",
        }.items():
            ended = self.hansa("network", *words)
            self.assertEqual((ended.returncode, ended.out), (2, ""), words)
            if message is not None:
                self.assertIn("error: " + message + "\n", ended.err)

    def test_ties_that_cannot_be_written(self):
        with open("/dev/full", "wb") as full:
            ended = self.hansa("network", "lamps.yaml", "chance", stdout=full)
        self.assertEqual(ended.returncode, 1)
        self.assertEqual(ended.err, "error: cannot write to standard output: No space left on device\n")


if __name__ == "__main__":
    unittest.main()
