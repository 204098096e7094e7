"""`hansa describe` and `hansa schema`: the bundled scenarios in words, and the format for editors."""

import hashlib
import json
import re
import sys
import unittest
from pathlib import Path

from program import Folder

TESTS = Path(__file__).resolve().parents[2]
SCENARIOS = TESTS.parent / "scenarios"
sys.path.append(str(TESTS / "interop"))
import core_yaml  # noqa: E402, after its folder is known
HEADINGS = [
    "1. Purpose and patterns", "2. Entities, state variables, and scales", "3. Process overview and scheduling",
    "4. Design concepts", "5. Initialization", "6. Input data", "7. Submodels", "Parameters and settings", "Sweep", "Calibration",
    "Power", "Dyadic event history", "Statistics", "Software and how to repeat this", "References",
]
NO_ROWS = ("sources", "purpose", "patterns", "base", "remove", "sweep", "calibrate", "power", "stats")  # told elsewhere, or merged
CONCEPTS = [
    "Basic principles", "Emergence", "Adaptation", "Objectives", "Learning", "Prediction", "Sensing", "Interaction",
    "Stochasticity", "Collectives", "Observation",
]

PAIR = """\
hansa: 1
time: {start: 1, end: 5}
cities: {generate: 4}
collaborations: {properties: {club: {members: [c0, c1]}}}
policies:
  lanes: {baseline: -2}
  buses:
    baseline: -2
    mechanisms: {belonging: {membership: {measure: member}}, pair: {synergy: {policy: lanes}}}
"""


def leaves(node, path=()):
    """Dotted paths of all that is written below a node, lists and sets of cities as one."""
    whole = path and path[-1] in ("coverage", "cities", "members", "adopters") and len(path) > 1
    if isinstance(node, dict) and node and not whole:
        for key, value in node.items():
            yield from leaves(value, path + (str(key),))
    else:
        yield ".".join(path)


def merged(base, over):
    """Maps key by key, everything else replaced."""
    if not isinstance(base, dict) or not isinstance(over, dict):
        return over
    return {**base, **{key: merged(base.get(key), value) for key, value in over.items()}}


def whole_scenario(path):
    """A scenario with what it leaves to its base, less what it removes from it."""
    scenario = core_yaml.load(path.read_text(encoding="utf-8"))
    if "base" not in scenario:
        return scenario
    base = whole_scenario(path.parent / scenario["base"])
    for removed in scenario.get("remove", []):
        *above, last = removed.split(".")
        node = base
        for key in above:
            node = node[key]
        del node[last]
    return merged(base, scenario)


class Describe(Folder):
    def described(self, *words):
        ended = self.hansa("describe", *words)
        self.assertEqual((ended.returncode, ended.err), (0, ""))
        return ended.out

    def test_bundled_scenarios_have_every_element_and_every_setting(self):
        found = sorted(SCENARIOS.glob("*.yaml"))
        self.assertGreaterEqual(len(found), 2)
        for path in found:
            if path.stat().st_size > 0 and "million" in path.name:
                continue  # large: its own test runs it
            with self.subTest(path.name):
                text = self.described(path)
                whole = whole_scenario(path)
                sections = {"Sweep": whole, "Calibration": whole, "Power": whole, "Statistics": whole,
                            "Dyadic event history": whole.get("fit", {})}
                keys = {"Sweep": "sweep", "Calibration": "calibrate", "Power": "power", "Statistics": "stats",
                        "Dyadic event history": "dyads"}
                headings = [each for each in HEADINGS if each not in sections or keys[each] in sections[each]]
                self.assertEqual(re.findall(r"^## (.+)$", text, re.M), headings)
                concepts = text.split("\n## 4. ")[1].split("\n## 5. ")[0]
                self.assertEqual(re.findall(r"^\*\*(.+?)\.\*\*", concepts, re.M), CONCEPTS)
                scenario = whole_scenario(path)  # what it leaves to its base is told as the base has it
                rows = set(re.findall(r"^\| `(.+?)` \|.*\| (?:set|default|not set) \|", text, re.M))
                for leaf in leaves({k: v for k, v in scenario.items() if k not in NO_ROWS}):
                    parts = leaf.split(".")
                    above = {".".join(parts[:n]) for n in range(1, len(parts) + 1)}
                    self.assertTrue(above & rows or any(row.startswith((leaf + ".", leaf + "[")) for row in rows), leaf)
                for policy, keys in scenario.get("policies", {}).items():
                    self.assertIn(f"\n### Policy {policy}\n", text)
                    self.assertIn(f"**Rule `{keys.get('rule', 'logit')}`.**", text)
                    for name, mechanism in keys.get("mechanisms", {}).items():
                        kind = next(key for key in mechanism if key not in ("strength", "strength_by"))
                        self.assertIn(f"**Mechanism `{name}`: `{kind}`.**", text)
                self.assertIn(hashlib.sha256(path.read_bytes()).hexdigest(), text)
                self.assertEqual(text.count("*not stated by the author*") - 1,
                                 sum(key not in scenario for key in ("purpose", "patterns")))
                self.assertNotRegex(text, r"[ \t]\n(?!\Z)")

    def test_bike_share_in_its_own_numbers(self):
        text = self.described(SCENARIOS / "bike-share.yaml")
        self.assertIn("eta_i(t) = -7.6\n    + 3 [income_i = high]\n    - 1 [income_i = low]\n"
                      "    + 1 [income_i = upper_middle]\n    + 1 M[c40]_i(t)\n    + 0.62 M[experience]_i(t)\n"
                      "    + 2 M[neighbours]_i(t)\n", text)
        self.assertIn("here: M = 0.3219 ln(1 + N)\n", text)
        self.assertIn("593 of 968 cities can decide. Of these 17 adopt on given dates instead. The others are seen: 18 adopt "
                      "on given dates, and 357 do nothing.", text)
        self.assertIn("1 adoption is dated before 1998; 34 in 1998 to 2007 happen on their dates", text)
        for name in ("bike_share", "cities", "memberships", "sister_ties"):
            digest = hashlib.sha256((SCENARIOS / "data" / f"{name}.csv").read_bytes()).hexdigest()
            self.assertIn(f"| data/{name}.csv | data | {digest} |", text)
        self.assertIn("literature (Dutton & Thomas 1984", text)
        references = text.split("\n## References\n")[1]
        for author in ("Grimm", "Prentice", "Oliver", "Strang", "Valente", "Wright"):
            self.assertIn(f"- {author}, ", references)

    def test_what_cities_sense_is_told_by_mechanism(self):
        text = self.described(SCENARIOS / "c40-platform.yaml")
        self.assertIn("and the shares of its collaborations' members that adopted (action); what brt is worth to adopters it "
                      "sees with noise.", text)
        self.assertIn("- brt: no adoption is dated before 1974; 40 in 1974 to 2004 happen on their dates", text)
        self.write("pair.yaml", PAIR)
        self.assertIn("its own memberships (belonging) and whether it has adopted lanes itself (pair).", self.described("pair.yaml"))

    def test_one_is_told_as_one_and_less_as_less(self):
        text = self.described(SCENARIOS / "cable-cars-no-medellin.yaml")
        self.assertIn("The mechanism at work is `exposure` (", text)
        self.assertIn("- urban_cable_car: no adoption is dated before 1976; 1 in 1976 to 2003 happens on its date, and cities "
                      "decide from 2004 on.", text)
        self.assertIn("720 cities feel less pressure towards `urban_cable_car`: -50 is added.", text)
        text = self.described(SCENARIOS / "procurement-club.yaml")
        self.assertIn("N adoptions of others among the members of led-club\n", text)

    def test_the_same_wherever_it_is_asked(self):
        first = self.described("lamps.yaml")
        self.assertEqual(first, self.described(self.folder / "lamps.yaml"))
        self.assertIn("| purpose", self.described("lamps.yaml", "--set", "title='a | purpose'").replace("\\|", "|"))

    def test_settings_are_described_as_set(self):
        text = self.described("lamps.yaml", "--set", "policies.led.baseline={chance: 0.15 %}", "--set", "purpose='Why?'")
        self.assertIn("| `policies.led.baseline.chance` | `0.15 %` | set |", text)
        self.assertIn("**Purpose.** Why?\n", text)
        self.assertIn("| nothing presses |  | 0.15 % |", text)

    def test_a_file_is_written_whole_and_never_over_another(self):
        told = self.described("lamps.yaml")
        self.assertEqual(self.described("lamps.yaml", "-o", "lamps.txt"), "")
        self.assertEqual((self.folder / "lamps.txt").read_text(), told)
        ended = self.hansa("describe", "lamps.yaml", "-o", "lamps.txt")
        self.assertEqual(ended.returncode, 2)
        self.assertIn("lamps.txt", ended.err)
        self.assertEqual(self.described("lamps.yaml", "-o", "lamps.txt", "--force"), "")
        ended = self.hansa("describe", "lamps.yaml", "-o", "lamps.yaml", "--force")
        self.assertEqual((ended.returncode, ended.err),
                         (2, "error: lamps.yaml: is an input of this command, write elsewhere\n"))
        self.assertEqual(self.names(), ["lamps.txt", "lamps.yaml"])

    def test_mistakes_are_told_as_by_check(self):
        self.write("wrong.yaml", "hansa: 1\nsead: 3\n")
        ended = self.hansa("describe", "wrong.yaml", "-o", "wrong.txt")
        self.assertEqual((ended.returncode, ended.out), (2, ""))
        self.assertEqual(ended.err, self.hansa("check", "wrong.yaml").err)
        self.assertEqual(self.names(), ["lamps.yaml", "wrong.yaml"])


class Schema(Folder):
    def test_a_schema_on_standard_output_or_in_a_file(self):
        ended = self.hansa("schema")
        self.assertEqual((ended.returncode, ended.err), (0, ""))
        schema = json.loads(ended.out)
        self.assertEqual(schema["$schema"], "https://json-schema.org/draft/2020-12/schema")
        self.assertIn("exposure", schema["$defs"]["mechanism"]["properties"])
        self.assertEqual(self.hansa("schema", "--output", "hansa.json").out, "")
        self.assertEqual((self.folder / "hansa.json").read_text(), ended.out)


if __name__ == "__main__":
    unittest.main()
