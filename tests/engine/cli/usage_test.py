"""Usage, and mistakes in it: whole answers on standard error, exit code 2."""

import unittest

from program import Folder


class Usage(Folder):
    def refused(self, *words):
        ended = self.hansa(*words)
        self.assertEqual((ended.returncode, ended.out), (2, ""))
        self.assertEqual(self.names(), ["lamps.yaml"])
        return ended.err

    def test_version_names_the_program(self):
        ended = self.hansa("--version")
        self.assertEqual((ended.returncode, ended.err), (0, ""))
        self.assertRegex(ended.out, r"^hansa \d+\.\d+\.\d+ \(.+, (GCC|Clang) .+\)\n$")

    def test_help_is_an_answer_not_an_error(self):
        for words in (["--help"], ["run", "--help"], ["check", "-h"]):
            ended = self.hansa(*words)
            self.assertEqual((ended.returncode, ended.err), (0, ""))
            self.assertIn("Usage:" if "Usage:" in ended.out else "SCENARIO", ended.out)
        self.assertIn("--reproducible", self.hansa("run", "--help").out)

    def test_help_shows_what_to_type(self):
        self.assertIn("\nUsage: hansa [OPTIONS] [SUBCOMMAND]\n", self.hansa("--help").out)
        self.assertIn("\nUsage: hansa run [OPTIONS] SCENARIO\n", self.hansa("run", "--help").out)
        self.assertIn("\nUsage: hansa network [OPTIONS] SCENARIO NAME\n", self.hansa("network", "--help").out)

    def test_no_command(self):
        self.assertRegex(self.refused(), r"^error: hansa: no command was given, one of run, check, mechanisms(, (\w+|…))* "
                                         r"was expected; see hansa --help\n$")

    def test_an_unknown_command_gets_the_nearest(self):
        self.assertRegex(self.refused("rum", "lamps.yaml"),
                         r"^error: hansa: unknown command 'rum', one of run, check, mechanisms(, (\w+|…))* was expected; "
                         r"did you mean 'run'\?\n$")

    def test_every_command_has_help_and_says_what_it_does(self):
        listed = self.hansa("--help").out.split("Subcommands:\n")[1]
        commands = [line.split()[0] for line in listed.splitlines() if line.strip() and line.startswith("  ") and line[2] != " "]
        for known in ("run", "check", "mechanisms", "describe", "schema"):
            self.assertIn(known, commands)
        for command in commands:
            ended = self.hansa(command, "--help")
            self.assertEqual((ended.returncode, ended.err), (0, ""))
            self.assertGreater(len(ended.out.splitlines()[0]), 20, command)
            self.assertIn("--help", ended.out)

    def test_unknown_options_get_the_nearest_all_at_once(self):
        lines = self.refused("run", "lamps.yaml", "--treads", "2", "--quite").splitlines()
        self.assertEqual(len(lines), 2)
        self.assertTrue(lines[0].startswith("error: hansa run: unknown option '--treads', one of "), lines[0])
        self.assertTrue(lines[0].endswith("; did you mean '--threads'?"), lines[0])
        self.assertTrue(lines[1].endswith("; did you mean '--quiet'?"), lines[1])

    def test_a_missing_scenario(self):
        self.assertEqual(self.refused("run"), "error: hansa run: SCENARIO is required, see hansa run --help\n")

    def test_two_scenarios(self):
        self.assertRegex(self.refused("run", "lamps.yaml", "other.yaml"),
                         r"^error: hansa run: .*other\.yaml.*, see hansa run --help\n$")

    def test_words_that_are_not_understood_are_told_in_their_order(self):
        self.assertEqual(self.refused("run", "lamps.yaml", "other.yaml", "more"),
                         "error: hansa run: 'other.yaml' is one word too many, see hansa run --help\n"
                         "error: hansa run: 'more' is one word too many, see hansa run --help\n")
        self.assertRegex(self.refused("run", "lamps.yaml", "-q"),
                         r"^error: hansa run: unknown option '-q', one of .* was expected.*\n$")
        self.assertRegex(self.refused("-v", "run", "lamps.yaml"),
                         r"^error: hansa: unknown option '-v', one of .* was expected.*\n$")

    def test_options_are_given_once_and_with_their_value(self):
        for words in (["-o", "a.h5", "-o", "b.h5"], ["-o", "a.h5", "--output=b.h5"]):
            self.assertEqual(self.refused("run", "lamps.yaml", *words),
                             "error: hansa run: --output is given 2 times, once was expected\n")
        self.assertEqual(self.refused("run", "lamps.yaml", "--threads"),
                         "error: hansa run: --threads has no value, N was expected after it\n")
        self.assertEqual(self.refused("fit", "lamps.yaml", "--csv"),
                         "error: hansa fit: --csv has no value, FILE was expected after it\n")

    def test_numbers_that_are_none(self):
        for value in ("many", "0", "-3", "2.5", "1e3", "99999999999999999999", ""):
            self.assertEqual(self.refused("run", "lamps.yaml", "--threads", value),
                             "error: --threads: %s is out of place, a whole number from 1 to 4096 was expected\n"
                             % (f"'{value}'" if value else "an empty text"))
        self.assertEqual(self.refused("run", "lamps.yaml", "--replicates", "0"),
                         "error: --replicates: '0' is out of place, a whole number from 1 to 1000000000 was expected\n")

    def test_a_file_that_is_not_there(self):
        for command in ("run", "check"):
            self.assertRegex(self.refused(command, "absent.yaml"), r"^error: .*absent\.yaml.* no such file.*\n$")

    def test_an_answer_that_cannot_be_given(self):
        with open("/dev/full", "wb") as full:
            ended = self.hansa("mechanisms", stdout=full)
        self.assertEqual(ended.returncode, 1)
        self.assertEqual(ended.err, "error: cannot write to standard output: No space left on device\n")


if __name__ == "__main__":
    unittest.main()
