"""`hansa check --show-selection`, and cities chosen by how central they are."""

import json

from program import SCENARIO, Folder

TIES = "source,target,weight,from\n" \
       "hub,a,1,\nhub,b,1,\nhub,c,1,\na,b,5,\nb,hub,1,\nlate,a,1,2001\nlate,b,1,2001\nlate,c,1,2001\nlate,hub,1,2001\n"
CITIES = "id,region\nhub,X\na,X\nb,Y\nc,Y\nlate,Y\nalone,X\n"


class Selections(Folder):
    def setUp(self):
        super().setUp()
        self.write("ties.csv", TIES)
        self.write("cities.csv", CITIES)

    def scenario(self, cities):
        return SCENARIO.replace("generate: 50", "file: cities.csv").replace("{random: 5}", cities) \
                       .replace("{erdos_renyi: {degree: 6}}", "{file: ties.csv}")

    def chosen(self, cities, *words):
        """The ids of the initial adopters, and what is said on standard error."""
        self.write("chosen.yaml", self.scenario(cities))
        ended = self.hansa("check", "chosen.yaml", "--show-selection", "--json", *words)
        self.assertEqual(ended.returncode, 0, ended.err)
        (one,) = json.loads(ended.out)["selections"]
        self.assertEqual((one["set"], one["count"]), ("policies.led.adopters", len(one["cities"])))
        return one["cities"], ended.err

    def by(self, centrality, count, more=""):
        return f"{{top: {count}, by: {{centrality: {centrality}, network: chance}}{more}}}"

    def test_cities_are_chosen_by_each_centrality(self):
        self.assertEqual(self.chosen(self.by("degree", 1)), (["hub"], ""))
        self.assertEqual(self.chosen(self.by("strength", 1)), (["a"], ""))
        self.assertEqual(self.chosen(self.by("betweenness", 1)), (["hub"], ""))
        self.assertEqual(self.chosen(self.by("eigenvector", 1)), (["a"], ""))
        self.assertEqual(self.chosen(self.by("pagerank", 1)), (["hub"], ""))
        self.assertEqual(self.chosen(self.by("degree", 1, ", among: {where: {region: Y}}")), (["b"], ""))

    def test_the_ties_are_those_of_the_first_step(self):
        self.assertEqual(self.chosen(self.by("degree", 1), "--set", "time.start=2001"), (["late"], ""))

    def test_the_order_of_rows_and_the_number_of_threads_do_not_matter(self):
        before = [self.chosen(self.by(each, 3))[0] for each in ("degree", "strength", "eigenvector", "pagerank")]
        for file, text in (("ties.csv", TIES), ("cities.csv", CITIES)):
            header, *rows = text.splitlines()
            self.write(file, "\n".join([header, *reversed(rows)]) + "\n")
        after = [self.chosen(self.by(each, 3))[0] for each in ("degree", "strength", "eigenvector", "pagerank")]
        self.assertEqual([sorted(each) for each in before], [sorted(each) for each in after])

    def test_cities_that_nobody_observes_are_warned_of(self):
        cities, err = self.chosen(self.by("degree", 5))
        self.assertEqual(sorted(cities), ["a", "alone", "b", "c", "hub"])
        self.assertRegex(err, r"^warning: chosen\.yaml:13:\d+: 2 of the 5 cities that are most central in network "
                              r"'chance' are not central at all there, .+\n$")

    def test_networks_that_cannot_be_looked_at_are_mistakes(self):
        for network, words in (("{same: region}", "complete groups"),
                               ("{erdos_renyi: {degree: 2}, redraw: replicate}", "drawn anew in each replicate")):
            self.write("wrong.yaml", self.scenario(self.by("degree", 1)).replace("{file: ties.csv}", network))
            ended = self.hansa("check", "wrong.yaml")
            self.assertEqual((ended.returncode, ended.out), (2, ""))
            self.assertIn(words, ended.err)
            self.assertEqual(len(ended.err.splitlines()), 1)

    def test_scores_that_do_not_exist_are_a_mistake(self):
        self.write("ties.csv", "source,target\nhub,a\na,b\n")
        self.write("wrong.yaml", self.scenario(self.by("eigenvector", 1)))
        ended = self.hansa("check", "wrong.yaml")
        self.assertEqual((ended.returncode, ended.out), (2, ""))
        self.assertRegex(ended.err, r"^error: wrong\.yaml:13:\d+: no ties of network 'chance' lead in a circle, .+\n$")

    def test_a_mistake_is_told_once(self):
        for by in ("{centrality: degre, network: chance}", "{centrality: degree, network: chanse}", "[degree]",
                   "{centrality: degree}"):
            self.write("wrong.yaml", self.scenario(f"{{top: 1, by: {by}}}"))
            ended = self.hansa("check", "wrong.yaml")
            self.assertEqual((ended.returncode, len(ended.err.splitlines())), (2, 1), ended.err)

    def test_the_list_in_words(self):
        ended = self.hansa("check", "lamps.yaml", "--show-selection")
        self.assertEqual((ended.returncode, ended.err), (0, ""))
        self.assertRegex(ended.out, r"\n\nSets of cities\n  policies\.led\.adopters \(lamps\.yaml:13:15\): 5 cities\n"
                                    r"    c\d+(, c\d+){4}\n$")
        told = json.loads(self.hansa("check", "lamps.yaml", "--show-selection", "--json").out)["selections"]
        self.assertEqual(len(told[0]["cities"]), 5)
        self.assertIn(", ".join(told[0]["cities"]) + "\n", ended.out)
        self.assertNotIn("selections", json.loads(self.hansa("check", "lamps.yaml", "--json").out))
        self.assertNotIn("Sets of cities", self.hansa("check", "lamps.yaml").out)

    def test_many_cities_are_counted_in_words_and_named_in_json(self):
        words = ("check", "lamps.yaml", "--set", "policies.led.at_risk={cities: all}", "--set", "cities.generate=60",
                 "--show-selection")
        self.assertRegex(self.hansa(*words).out, r"policies\.led\.at_risk\.cities \(--set.*\): 60 cities\n(    c.+\n)+")
        self.assertIn(" and 10 more\n", self.hansa(*words).out)
        told = json.loads(self.hansa(*words, "--json").out)["selections"]
        self.assertEqual([len(each["cities"]) for each in sorted(told, key=lambda each: each["set"])], [5, 60])

    def test_a_scenario_without_sets(self):
        self.write("adopters.csv", "city,year\nc1,1999\n")
        ended = self.hansa("check", "lamps.yaml", "--set", "policies.led.adopters={file: adopters.csv}",
                           "--show-selection")
        self.assertTrue(ended.out.endswith("\n\nNo set of cities is described.\n"), ended.out)

    def test_no_id_can_move_the_cursor(self):
        self.write("cities.csv", CITIES.replace("alone", "al\x1b[2Jone"))
        self.write("chosen.yaml", self.scenario("all"))
        ended = self.hansa("check", "chosen.yaml", "--show-selection")
        self.assertEqual(ended.returncode, 0, ended.err)
        self.assertIn("al\\x1b[2Jone", ended.out)
        self.assertNotIn("\x1b", ended.out)
